"""Readers: bytes in, batches of records out, each record with its place in the bytes."""
