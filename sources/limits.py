"""The limits that keep one file from taking the machine; each is named when it is hit."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes."""

    page: int = 16 * MIB  # a page file; the largest cable known is under 200 kB
    record: int = 16 * MIB  # one line of JSON or one row of CSV
    document: int = 256 * MIB  # a JSON array, which is read whole
    range: int = 32 * MIB  # a larger file is read in pieces of two of these
    block: int = 8 * MIB  # what is parsed and measured at once
    head: int = 256 * 1024  # what is looked at to recognise a large file


DEFAULT = Limits()
