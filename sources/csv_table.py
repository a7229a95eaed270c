"""A CSV file with a header of canonical names: commas, quotes doubled inside a field."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

import orjson
import polars as pl

from cableproof.sources.batches import FIELDS, LIST, Reading, completed, empty
from cableproof.sources.decoding import bom_trouble, without_bom
from cableproof.sources.limits import Limits
from cableproof.sources.places import At, Gap, Trouble
from cableproof.sources.quotes import DOUBLED, Dialect, Row, fault, rows_within
from cableproof.sources.rows import lost_row, parsed_rows

_BOOLEANS = {"true": True, "false": False, "True": True, "False": False, "1": True, "0": False}


def header(data: bytes) -> tuple[list[str], int]:
    """Return the names in the first line, and where the first row begins."""
    begin = without_bom(data)
    end = data.find(b"\n", begin) + 1 or len(data)
    line = data[begin:end].decode("utf-8", "replace").strip("\r\n")
    names = next(csv.reader(io.StringIO(line)), [])
    return [name.strip() for name in names], end


def read(file: BinaryIO, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of the whole file, a block at a time."""
    data = file.read(limits.block)
    names, begin = header(data)
    dialect = Dialect(DOUBLED, len(names), limits.record)
    mark = without_bom(data)
    gaps = [Gap(mark, begin, "header")] + ([Gap(0, mark, "byte order mark")] if mark else [])
    yield Reading(empty(), (), (bom_trouble(at),) if mark else (), tuple(gaps))
    at = At(at.path, begin, at.line + 1)
    data = data[begin:]
    while data:
        more = file.read(limits.block)
        end = len(data) if not more else _last_whole(data, dialect)
        if end:
            block = data[:end]
            yield _block(block, at, names, dialect)
            at = At(at.path, at.start + end, at.line + block.count(b"\n"))
        data = data[end:] + more


def _last_whole(data: bytes, dialect: Dialect) -> int:
    """Return where the last row ends that is surely whole; 0 where more is needed.

    After damage nothing is sure but the limit of a record.
    """
    end = 0
    for row in rows_within(data, Row(0, len(data)), dialect):
        if row.end == len(data):
            break
        end = row.end
    return end or (len(data) if len(data) > dialect.limit else 0)


def _block(block: bytes, at: At, names: list[str], dialect: Dialect) -> Reading:
    good: list[Row] = []
    troubles: list[Trouble] = []
    lost: list[tuple[int, int]] = []
    for row in rows_within(block, Row(0, len(block)), dialect):
        reason = fault(block, row, dialect)
        if reason is None:
            good.append(row)
            continue
        here = At(at.path, at.start + row.start, at.line + block.count(b"\n", 0, row.start))
        lost.append((here.start, at.start + row.end))
        troubles.append(lost_row(reason, here))
    frame, guessed, _ = parsed_rows(block, good, at, names, escaped=False)
    return Reading(record(frame), (), (*troubles, *guessed), (), tuple(lost))


def record(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a batch from columns of text: an empty cell is null, lists and flags are read."""
    places = ("start", "end", "line", "row")
    own = [name for name in frame.columns if name in FIELDS]
    unknown = [name for name in frame.columns if name not in FIELDS and name not in places]
    empty_is_null = [
        pl.col(name).replace("", None) for name in own if name not in ("header", "body")
    ]
    read = frame.with_columns(empty_is_null)
    flags = [name for name in own if FIELDS[name] == pl.Boolean]
    wrong = (
        pl.concat_list(
            pl.when(pl.col(name).is_not_null() & ~pl.col(name).is_in(list(_BOOLEANS))).then(
                pl.lit(name)
            )
            for name in flags
        ).list.drop_nulls()
        if flags
        else pl.lit(None, dtype=LIST)
    )
    kept = pl.struct(unknown).map_elements(lambda row: orjson.dumps(row).decode(), pl.String)
    return completed(
        read.with_columns(
            wrong=wrong,
            other=kept if unknown else pl.lit(None, dtype=pl.String),
            unknown=pl.lit(unknown or None, dtype=LIST),
        )
        .with_columns(
            [pl.col(name).replace_strict(_BOOLEANS, default=None) for name in flags]
            + [_list(name, " ,") for name in own if name == "tags"]
            + [_list(name, "|") for name in own if name == "references"]
        )
        .drop(unknown)
    )


def _list(name: str, separators: str) -> pl.Expr:
    """Return a cell as a list of what stands between ``separators``."""
    if separators == "|":
        return pl.col(name).fill_null("").str.extract_all(r"[^|]+")
    return pl.col(name).fill_null("").str.extract_all(r"\([^)]*\)|[^\s,;]+")
