r"""The `cables.csv` of September 2011: eight quoted columns, backslash escapes, no header.

A record begins ``"number","M/D/YYYY H:MM",`` at the beginning of a line; quotes inside a field
are escaped, so that this can stand nowhere else. Each row is proven by its quotes before it is
parsed: exactly sixteen that are not escaped, at the edges of its fields. A row that is not
proven is lost, by itself, with the reason; rows are never shifted, joined or dropped.
"""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from cableproof.sources.batches import LIST, Reading, completed, marked
from cableproof.sources.decoding import without_bom
from cableproof.sources.extents import extents
from cableproof.sources.limits import Limits
from cableproof.sources.places import At, Trouble
from cableproof.sources.quotes import (
    ESCAPED,
    QUOTE,
    Dialect,
    Row,
    fault,
    marks,
    proven,
    rows_within,
)
from cableproof.sources.rows import line_ends, lost_row, parsed_rows

NAMES = ("number", "created", "identifier", "origin", "classification", "references", "header")
COLUMNS = (*NAMES, "body")
START = re.compile(rb'(?:\A|(?<=\n))"[0-9]+","[0-9]{1,2}/[0-9]{1,2}/[0-9]{4} [0-9]{1,2}:[0-9]{2}",')
NOTICE = "This record is a partial extract of the original cable."
_CANDIDATE = b'\n"'


def read(data: bytes, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of a piece of the file that begins at the start of a row."""
    begins = without_bom(data) if at.start == 0 else 0
    if begins:
        yield marked(at, begins)
    line = at.line
    while begins < len(data):
        ends = next_start(data, begins + limits.block)
        block = data[begins:ends]
        reading = _block(block, At(at.path, at.start + begins, line), limits)
        yield reading
        line += reading.lines
        begins = ends


def next_start(data: bytes, offset: int) -> int:
    """Return where the first row begins that does so at or after ``offset``, or the end."""
    at = offset - 1
    while (at := data.find(_CANDIDATE, at)) >= 0:
        if START.match(data, at + 1):
            return at + 1
        at += 1
    return len(data)


def _slots(block: bytes, ends: npt.NDArray[np.int64]) -> list[Row]:
    """Return where rows stand by their beginnings, each after one of the line ends."""
    signs = np.frombuffer(block, dtype=np.uint8)
    lines = ends[ends < len(block) - 1] + 1
    candidates = lines[signs[lines] == QUOTE].tolist()
    starts = [0, *(at for at in candidates if START.match(block, at))]
    return [Row(a, b) for a, b in zip(starts, [*starts[1:], len(block)], strict=True)]


def _block(block: bytes, at: At, limits: Limits) -> Reading:
    dialect = Dialect(ESCAPED, len(COLUMNS), limits.record)
    ends = line_ends(block)
    found = marks(block)
    good, bad = proven(block, _slots(block, ends), dialect, found.quotes)
    troubles: list[Trouble] = []
    lost: list[tuple[int, int]] = []
    line, counted = at.line, 0
    for slot in bad:
        for row in rows_within(block, slot, dialect):
            reason = fault(block, row, dialect)
            if reason is None:
                good.append(row)
                continue
            line += block.count(b"\n", counted, row.start)
            counted = row.start
            here = At(at.path, at.start + row.start, line)
            lost.append((here.start, at.start + row.end))
            troubles.append(lost_row(reason, here))
    good.sort()
    frame, guessed = parsed_rows(block, good, at, COLUMNS, ends, found)
    return Reading(
        *(_record(frame), (), (*troubles, *guessed), (), tuple(lost), len(ends)),
        extents=extents(block, at, frame, lost),
    )


def _record(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of a batch from the columns of the file."""
    references = pl.col("references")
    return completed(
        frame.drop("number").with_columns(
            references=pl.when(references == "")
            .then(pl.lit([], dtype=LIST))
            .otherwise(references.str.split("|")),
            partial_extract=pl.col("header").str.contains(NOTICE, literal=True),
        )
    )
