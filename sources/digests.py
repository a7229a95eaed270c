"""Digests of files as they stand, and of lists of them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path


def digest_of(file: Path) -> str:
    """Return the SHA-256 digest of a file in hexadecimal digits; empty where it cannot be read."""
    try:
        with file.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError:  # which the reader of the file tells
        return ""


def digest_of_list(digests: Mapping[str, str]) -> str:
    """Return the digest of a list of files, each with its own: of ``digest  path``, a line each."""
    lines = (f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
