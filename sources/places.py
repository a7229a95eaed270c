"""Where records stand in the bytes, and what a reader hands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

TEXT = pl.String()
LIST = pl.List(pl.String())

#: The fields of the contract, in its order, as columns of a batch.
FIELDS: dict[str, pl.DataType] = {
    "identifier": TEXT,
    "origin": TEXT,
    "created": TEXT,
    "released": TEXT,
    "classification": TEXT,
    "tags": LIST,
    "subject": TEXT,
    "references": LIST,
    "redacted": pl.Boolean(),
    "redaction_statement": TEXT,
    "partial_extract": pl.Boolean(),
    "source_release": TEXT,
    "source_released": TEXT,
    "link": TEXT,
    "header": TEXT,
    "body": TEXT,
}

#: What a page says about its record outside the record's own fields.
PAGE: dict[str, pl.DataType] = {
    "heading_identifier": TEXT,
    "file_identifier": TEXT,
    "address_identifier": TEXT,
    "path_month": TEXT,
    "address_month": TEXT,
    "date_month": TEXT,
}

#: What the reader noticed, and where the record stands: ``start`` and ``end`` are byte offsets
#: in the file, ``line`` counts from 1, ``row`` counts from 0 in files that have no lines.
NOTICED: dict[str, pl.DataType] = {
    "other": TEXT,
    "unknown": LIST,
    "wrong": LIST,
    "start": pl.Int64(),
    "end": pl.Int64(),
    "line": pl.Int64(),
    "row": pl.Int64(),
}

COLUMNS: dict[str, pl.DataType] = {**FIELDS, **PAGE, **NOTICED}


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a piece of input: the code of an SRC rule and where it stands.

    ``facts`` fill the rule's message and never hold content. ``lost`` says that the input
    could not be read, so that it is counted as unreadable.
    """

    code: str
    path: str
    line: int | None = None
    start: int | None = None
    lost: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class At:
    """Where a piece of a file begins: path in the source, byte offset, line from 1."""

    path: str
    start: int = 0
    line: int = 1


@dataclass(frozen=True)
class Gap:
    """Bytes that belong to no record: ``start`` up to ``end``, and what they are."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Reading:
    """What a reader made of some bytes: records, troubles, and the bytes between."""

    records: pl.DataFrame
    troubles: tuple[Trouble, ...] = ()
    gaps: tuple[Gap, ...] = ()
    slots: tuple[tuple[int, int], ...] = ()  # byte ranges of the inputs that were lost
    lines: int = 0  # line ends in the bytes that were read, where readers of pieces count them

    @property
    def lost(self) -> int:
        """Return how many inputs could not be read."""
        return sum(trouble.lost for trouble in self.troubles)


class Damaged(Exception):
    """A record that cannot be read whole; the reader's own signal, always caught."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


def batch(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return ``rows`` as a batch of records; absent fields are null."""
    return pl.DataFrame(rows, schema=COLUMNS, orient="row") if rows else empty()


def empty() -> pl.DataFrame:
    """Return a batch without records."""
    return pl.DataFrame(schema=COLUMNS)


def completed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with every column of a batch, in order; what it lacks is null."""
    there = set(frame.columns)
    return frame.select(
        name if name in there else pl.lit(None, dtype=kind).alias(name)
        for name, kind in COLUMNS.items()
    )
