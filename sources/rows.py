"""Proven rows of a CSV file to columns; each row keeps its place."""

from codecs import BOM_UTF8
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

from cableproof.sources.decoding import FALLBACK, not_utf8
from cableproof.sources.places import At, Trouble
from cableproof.sources.quotes import LF, Marks, Row, marks


def lost_row(reason: str, here: At) -> Trouble:
    """Return the finding on a row that could not be read."""
    return Trouble("SRC003", here.path, here.line, here.start, True, {"reason": reason})


def line_ends(block: bytes) -> npt.NDArray[np.int64]:
    """Return where the line ends of ``block`` stand."""
    return np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == LF)


def parsed_rows(
    block: bytes,
    rows: Sequence[Row],
    at: At,
    names: Sequence[str],
    ends: npt.NDArray[np.int64],
    found: Marks | None = None,
) -> tuple[pl.DataFrame, list[Trouble]]:
    """Return the fields of proven ``rows`` with start, end and line, and troubles.

    ``ends`` are the line ends of the block. Values are text as written. Of the dialect with
    backslashes there are the marks that were ``found`` in the block; the other doubles its
    quotes. Bytes that are no UTF-8 are read as windows-1252, which is a finding.
    """
    troubles: list[Trouble] = []
    if not rows:
        columns = dict.fromkeys(names, pl.String) | dict.fromkeys(
            ("start", "end", "line"), pl.Int64
        )
        return pl.DataFrame(schema=columns), troubles
    whole = sum(row.end - row.start for row in rows) == len(block)
    text = block if whole else b"".join(block[row.start : row.end] for row in rows)
    lines = np.searchsorted(ends, [row.start for row in rows]) + at.line
    try:
        frame = _fields(text, names, found if whole or found is None else marks(text))
    except pa.ArrowInvalid:
        pieces = [
            _readable(block, row, at, int(line), troubles)
            for row, line in zip(rows, lines, strict=True)
        ]
        text = b"".join(pieces)
        frame = _fields(text, names, None if found is None else marks(text))
    if len(frame) != len(rows):
        raise AssertionError(f"{len(rows)} rows were proven and {len(frame)} were parsed")
    placed = frame.with_columns(
        start=pl.Series([at.start + row.start for row in rows], dtype=pl.Int64),
        end=pl.Series([at.start + row.end for row in rows], dtype=pl.Int64),
        line=pl.Series(lines, dtype=pl.Int64),
    )
    return placed, troubles


def _fields(text: bytes, names: Sequence[str], found: Marks | None) -> pl.DataFrame:
    return _parsed(text, names) if found is None else _cut(text, names, found)


def _cut(text: bytes, names: Sequence[str], found: Marks) -> pl.DataFrame:
    """Return the fields between the quotes of rows that follow one another.

    Cut at its quotes the text is a field and what stands between fields by turns; so that
    nothing is copied but to take the backslashes away.
    """
    edges = found.quotes.astype(np.int64)
    if len(found.escapes):
        edges -= np.searchsorted(found.escapes, edges)
        text = np.delete(np.frombuffer(text, dtype=np.uint8), found.escapes).tobytes()
    edges[::2] += 1  # a field begins after its first quote, and what is between at its last
    buffers = [None, pa.py_buffer(edges), pa.py_buffer(text)]
    cut = pa.Array.from_buffers(pa.large_string(), len(edges) - 1, buffers)
    cut.validate(full=True)
    parts = pl.Series(pl.from_arrow(cut))
    step = 2 * len(names)
    return pl.DataFrame({name: parts.gather_every(step, 2 * n) for n, name in enumerate(names)})


def _parsed(text: bytes, names: Sequence[str]) -> pl.DataFrame:
    if text.startswith(BOM_UTF8):  # the parser drops the first one, which is part of a value
        text = BOM_UTF8 + text
    table = pc.read_csv(
        pa.BufferReader(text),
        read_options=pc.ReadOptions(
            column_names=list(names), use_threads=False, block_size=len(text) + 1
        ),
        parse_options=pc.ParseOptions(
            double_quote=True,
            newlines_in_values=True,
            ignore_empty_lines=False,
        ),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    )
    return pl.DataFrame(pl.from_arrow(table))


def _readable(block: bytes, row: Row, at: At, line: int, troubles: list[Trouble]) -> bytes:
    """Return a row as UTF-8; if it was not, that is a finding at its first odd byte."""
    raw = block[row.start : row.end]
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line += raw.count(b"\n", 0, error.start)
        troubles.append(not_utf8(At(at.path, at.start + row.start + error.start, line)))
        return raw.decode("utf-8", FALLBACK).encode("utf-8")
    return raw
