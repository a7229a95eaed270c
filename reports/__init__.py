"""Findings to documents for people and for machines."""
