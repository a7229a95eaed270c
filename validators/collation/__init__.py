"""Witnesses of one cable laid beside each other: where they differ, never in which words."""
