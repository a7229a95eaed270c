"""Digests of files as they stand, and of lists of them."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cableproof.sources.beats import beat

if TYPE_CHECKING:
    from pathlib import Path

    from cableproof.sources.archives.members import Member


_CHUNK = 1 << 19  # which the cache of a processor holds, so that it is not fetched twice


def digest_of(file: "Path | Member") -> str:
    """Return the SHA-256 digest of a file in hexadecimal digits; empty where it cannot be read."""
    try:
        with file.open("rb") as source:
            found = hashlib.sha256()
            room = bytearray(_CHUNK)  # one for all: to make room anew takes as long as to read
            while got := source.readinto(room):  # type: ignore[attr-defined]
                found.update(memoryview(room)[:got])
                beat()
            return found.hexdigest()
    except OSError:  # which the reader of the file tells
        return ""


def digest_of_list(digests: Mapping[str, str]) -> str:
    """Return the digest of a list of files, each with its own: of ``digest  path``, a line each."""
    lines = (f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
