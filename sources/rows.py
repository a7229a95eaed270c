"""Proven rows of a CSV file to columns, by pyarrow; each row keeps its place."""

from codecs import BOM_UTF8
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

from cableproof.sources.decoding import FALLBACK, not_utf8
from cableproof.sources.places import At, Trouble
from cableproof.sources.quotes import LF, Row


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
    *,
    escaped: bool,
) -> tuple[pl.DataFrame, list[Trouble]]:
    """Return the fields of proven ``rows`` with start, end and line, and troubles.

    ``ends`` are the line ends of the block. Values are text as written. ``escaped`` tells the dialect with backslashes from the one
    with doubled quotes. Bytes that are no UTF-8 are read as windows-1252, which is a finding.
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
        table = _parse(text, names, pa.large_string(), escaped)
    except pa.ArrowInvalid:
        pieces = [
            _readable(block, row, at, int(line), troubles)
            for row, line in zip(rows, lines, strict=True)
        ]
        table = _parse(b"".join(pieces), names, pa.large_string(), escaped)
    if table.num_rows != len(rows):
        raise AssertionError(f"{len(rows)} rows were proven and {table.num_rows} were parsed")
    frame = pl.DataFrame(pl.from_arrow(table)).with_columns(
        start=pl.Series([at.start + row.start for row in rows], dtype=pl.Int64),
        end=pl.Series([at.start + row.end for row in rows], dtype=pl.Int64),
        line=pl.Series(lines, dtype=pl.Int64),
    )
    return frame, troubles


def _parse(text: bytes, names: Sequence[str], kind: pa.DataType, escaped: bool) -> pa.Table:
    if text.startswith(BOM_UTF8):  # the parser drops the first one, which is part of a value
        text = BOM_UTF8 + text
    return pc.read_csv(
        pa.BufferReader(text),
        read_options=pc.ReadOptions(
            column_names=list(names), use_threads=False, block_size=len(text) + 1
        ),
        parse_options=pc.ParseOptions(
            double_quote=not escaped,
            escape_char="\\" if escaped else False,
            newlines_in_values=True,
            ignore_empty_lines=False,
        ),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(names, kind),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    )


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
