"""The records of a source with their texts, for use in Python; not on the way to reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from cableproof.sources.archives.listing import listed
from cableproof.sources.archives.members import let_go
from cableproof.sources.batches import COLUMNS, FIELDS, Reading, empty
from cableproof.sources.blocks import Piece
from cableproof.sources.limits import DEFAULT
from cableproof.sources.places import Trouble
from cableproof.sources.reading import ARCHIVE, look_at_large, read_piece, read_small
from cableproof.sources.walk import Found, Skipped, walk

if TYPE_CHECKING:
    import pandas as pd

PLACE = ("start", "end", "line", "row", "digest")


def readings(path: Path) -> Iterator[tuple[Found, str, Reading]]:
    """Yield the readings of every file of a source, with the file and its kind."""
    with let_go():
        yield from _of_entries(walk(path), path)


def _of_entries(
    entries: Iterable[Found | Skipped | Trouble], path: Path
) -> Iterator[tuple[Found, str, Reading]]:
    for entry in entries:
        if not isinstance(entry, Found):
            if isinstance(entry, Trouble):
                yield Found(entry.path, path, 0), "", Reading(empty(), (), (entry,))
            continue
        if entry.size <= DEFAULT.range:
            seen, parts = read_small(entry, DEFAULT)
            yield from ((entry, seen.kind, reading) for reading in parts)
            pieces: list[Piece] = []
        else:
            seen, pieces, troubles = look_at_large(entry, DEFAULT)
            yield from ((entry, seen.kind, reading) for reading in troubles)
        if seen.kind == ARCHIVE:
            yield from _of_entries(list(listed(entry, DEFAULT)), path)
        lines = 0
        for piece in pieces:
            before = lines
            for reading in read_piece(piece, DEFAULT):
                moved = reading.frame().with_columns(pl.col("line") + before)
                down = tuple(trouble.moved(before) for trouble in reading.troubles)
                yield entry, seen.kind, Reading(moved, (), down)
                lines += reading.lines


def frame(path: str | PathLike[str]) -> pd.DataFrame:
    """Return the records at ``path`` as a frame; see ``cableproof.read``."""
    parts = [pl.DataFrame(schema={"path": pl.String, **COLUMNS, "digest": pl.String})]
    lost = 0
    for found, _, reading in readings(Path(path)):
        lost += reading.lost
        if len(records := reading.frame()):
            parts.append(_placed(found, records).select(parts[0].columns))
    columns = ["path", *FIELDS, "other", *PLACE]
    made = pl.concat(parts).select(columns).to_pandas()
    made.attrs["unreadable"] = lost
    return made


def _placed(found: Found, records: pl.DataFrame) -> pl.DataFrame:
    """Return the records with their file and the digest of the bytes of each."""
    digests: list[str | None] = []
    with found.file.open("rb") as file:
        for start, end in records.select("start", "end").iter_rows():
            if start is None:
                digests.append(None)
                continue
            file.seek(start)
            digests.append(hashlib.sha256(file.read(end - start)).hexdigest())
    return records.with_columns(path=pl.lit(found.path), digest=pl.Series(digests, dtype=pl.String))
