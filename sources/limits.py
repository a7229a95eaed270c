"""The limits that keep one file from taking the machine; each is named when it is hit."""

from collections.abc import Mapping
from dataclasses import dataclass

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, but for ``ratio``, ``members``, ``depth`` and ``seconds``."""

    page: int = 16 * MIB  # a page file; the largest cable known is under 200 kB
    record: int = 16 * MIB  # one line of JSON or one row of CSV
    document: int = 256 * MIB  # a JSON array, which is read whole
    range: int = 32 * MIB  # a larger file is read in pieces of two of these
    block: int = 8 * MIB  # what is parsed and measured at once
    head: int = 256 * KIB  # what is looked at to recognise a large file
    unpacked: int = 64 * GIB  # all that comes out of one archive
    ratio: int = 100  # of unpacked to packed bytes
    members: int = 1_000_000  # of one archive
    depth: int = 4  # archives in one another
    nested: int = 64 * MIB  # an archive in another, which is held in memory
    memory: int = 2 * GIB  # one process that reads
    seconds: int = 60  # that a process spends on one file, or on one block of a large one


DEFAULT = Limits()
#: From what to what each limit may be set; those of sizes that are not named are alike.
_BOUNDS = {
    "unpacked": (4 * KIB, 1 << 50),
    "ratio": (1, 1_000_000),
    "members": (1, 10_000_000),
    "depth": (1, 16),
    "memory": (256 * MIB, 1 << 40),
    "seconds": (1, 86_400),
}
_SIZES = (4 * KIB, GIB)


def unfit(values: Mapping[str, int]) -> str:
    """Return which limit is not what it may be, and what that is; nothing where all are."""
    for name, value in values.items():
        least, most = _BOUNDS.get(name, _SIZES)
        if not least <= value <= most:
            return f"limit {name} is not from {least:,} to {most:,}"
    return ""


def over_limit(record: int) -> str:
    """Return why a record is not read that has more than so many bytes."""
    return f"longer than the limit of {record:,} bytes a record"
