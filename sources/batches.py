"""Batches of records: the columns in which every reader hands on what it read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

import polars as pl

from cableproof.sources.decoding import bom_trouble
from cableproof.sources.index_pages import IndexPage
from cableproof.sources.places import At, Gap, Trouble

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
    "release_counter": pl.Int64(),  # of the cables released so far, as the page says
    "page_digest": TEXT,  # SHA-256 of the bytes of the page
    "furniture": TEXT,  # a digest of the page around the record
    "listed_days": TEXT,  # digests of the lists in the side bar of a release
    "listed_months": TEXT,
    "listed_origins": TEXT,
    "listed_tags": TEXT,
    "own_links": LIST,  # the cables that the page's links to itself name
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
    "field_lines": TEXT,  # the lines of single fields, as "created=10 tags=13"
}

COLUMNS: dict[str, pl.DataType] = {**FIELDS, **PAGE, **NOTICED}


@dataclass(frozen=True)
class Reading:
    """What a reader made of some bytes: records, troubles, and the bytes between."""

    records: pl.DataFrame
    rows: tuple[dict[str, Any], ...] = ()  # records that are read one by one, as from pages
    troubles: tuple[Trouble, ...] = ()
    gaps: tuple[Gap, ...] = ()
    slots: tuple[tuple[int, int], ...] = ()  # byte ranges of the inputs that were lost
    lines: int = 0  # line ends in the bytes that were read, where readers of pieces count them
    index: IndexPage | None = None  # what an index page lists, which holds no record
    links: tuple[frozenset[str], ...] = ()  # addresses of inner links, some sets a page
    extents: Mapping[str, int] = field(default_factory=dict)  # bytes by what they are

    def frame(self) -> pl.DataFrame:
        """Return all records as one batch."""
        return pl.concat([self.records, batch(list(self.rows))]) if self.rows else self.records

    @property
    def lost(self) -> int:
        """Return how many inputs could not be read."""
        return sum(trouble.lost for trouble in self.troubles)


def batch(
    rows: list[dict[str, Any]], extra: Mapping[str, pl.DataType] = MappingProxyType({})
) -> pl.DataFrame:
    """Return ``rows`` as a batch of records, with ``extra`` columns; absent fields are null."""
    schema = {**COLUMNS, **extra}
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


@cache
def empty() -> pl.DataFrame:
    """Return a batch without records."""
    return pl.DataFrame(schema=COLUMNS)


def marked(at: At, size: int) -> Reading:
    """Return the reading of a byte order mark at the beginning of a file, which says nothing."""
    gap = Gap(at.start, at.start + size, "byte order mark")
    return Reading(
        empty(), troubles=(bom_trouble(at),), gaps=(gap,), extents={gap.name: gap.end - gap.start}
    )


def completed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with every column of a batch, in order; what it lacks is null."""
    there = set(frame.columns)
    return frame.select(
        name if name in there else pl.lit(None, dtype=kind).alias(name)
        for name, kind in COLUMNS.items()
    )
