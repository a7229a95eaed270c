"""A CSV file with a header of canonical names: commas, quotes doubled inside a field."""

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from cableproof.sources.batches import FIELDS, LIST, TEXT, Reading, completed, empty, marked
from cableproof.sources.decoding import without_bom
from cableproof.sources.extents import extents
from cableproof.sources.limits import Limits
from cableproof.sources.places import At, Gap, Trouble
from cableproof.sources.quotes import DOUBLED, Dialect, Row, fault, rows_within
from cableproof.sources.rows import line_ends, lost_row, parsed_rows

#: A last column behind all fields of the contract, in their order: in such a table, which is one of
#: ours, a cell is null unless this names its field as an empty text, and lists are JSON arrays.
EMPTY = "empty"
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TEXT = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u00[01][0-9a-fA-F]))*"'
_ARRAY = rf"^\[(?:{_TEXT}(?:,{_TEXT})*)?\]$"
_BOOLEANS = {"true": True, "false": False, "True": True, "False": False, "1": True, "0": False}


def header(data: bytes) -> tuple[list[str], int]:
    """Return the names in the first line, and where the first row begins."""
    begin = without_bom(data)
    first = _LINE.match(data, begin)
    end = first.end() if first else begin
    line = data[begin:end].decode("utf-8", "replace").strip("\r\n")
    try:
        names = next(csv.reader(io.StringIO(line)), [])
    except csv.Error:  # a name of over 128 kB: no table
        names = []
    return [name.strip() for name in names], end


def read(file: BinaryIO, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of the whole file, a block at a time."""
    data = file.readline(limits.record)
    names, begin = header(data)
    dialect = Dialect(DOUBLED, len(names), limits.record, names.index("identifier"))
    mark = without_bom(data)
    if mark:
        yield marked(at, mark)
    names_row = Gap(mark, begin, "header")
    yield Reading(empty(), gaps=(names_row,), extents={names_row.name: begin - mark})
    at = At(at.path, begin, at.line + data.count(b"\n", 0, begin))
    data = data[begin:] + file.read(limits.block)
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

    A row that may go on behind the bytes at hand is not, whatever the lines in it look like.
    Nothing is sure but the limit of a record.
    """
    end = 0
    for row in rows_within(data, Row(0, len(data)), dialect):
        if row.end == len(data) or dialect.begun.match(data, row.start):
            break
        end = row.end
    return end or (len(data) if len(data) > dialect.limit else 0)


def _block(block: bytes, at: At, names: list[str], dialect: Dialect) -> Reading:
    good: list[Row] = []
    troubles: list[Trouble] = []
    lost: list[tuple[int, int]] = []
    line, counted = at.line, 0
    for row in rows_within(block, Row(0, len(block)), dialect):
        reason = fault(block, row, dialect)
        if reason is None:
            good.append(row)
            continue
        line += block.count(b"\n", counted, row.start)
        counted = row.start
        here = At(at.path, at.start + row.start, line)
        lost.append((here.start, at.start + row.end))
        troubles.append(lost_row(reason, here))
    columns = [name if name in FIELDS else str(n) for n, name in enumerate(names)]
    frame, guessed = parsed_rows(block, good, at, columns, line_ends(block))
    unknown = {str(n): name for n, name in enumerate(names) if name not in FIELDS}
    return Reading(
        *(_record(frame, unknown), (), (*troubles, *guessed), (), tuple(lost)),
        extents=extents(block, at, frame, lost),
    )


def _record(frame: pl.DataFrame, unknown: dict[str, str]) -> pl.DataFrame:
    """Return a batch from columns of text: an empty cell is null, lists and flags are read.

    ``unknown`` has the names of the columns that the contract does not know; they are kept
    as JSON in ``other``.
    """
    own = [name for name in frame.columns if name in FIELDS]
    flags = [name for name in own if FIELDS[name] == pl.Boolean]
    lists = [name for name in own if FIELDS[name] == LIST]
    columns = {name: pl.col(name).replace_strict(_BOOLEANS, default=None) for name in flags}
    wrong = {name: ~pl.col(name).is_in(["", *_BOOLEANS]) for name in flags}
    if list(unknown.values()) == [EMPTY] and own == frame.columns[: len(FIELDS)] == list(FIELDS):
        (empty,) = unknown
        wrong |= {name: ~pl.col(name).str.contains(_ARRAY) & (pl.col(name) != "") for name in lists}
        columns |= {n: pl.when(~wrong[n]).then(pl.col(n).replace("", None)) for n in lists}
        columns |= {name: columns[name].str.json_decode(LIST) for name in lists}
        columns |= {name: _said(name, empty) for name in own if FIELDS[name] == TEXT}
        unknown = {}
    else:
        texts = {*own} - {*flags, *lists, "header", "body"}
        columns |= {name: pl.col(name).replace("", None) for name in texts}
        columns |= {name: _list(name) for name in lists}
    if wrong:
        odd = [pl.when(bad).then(pl.lit(name)) for name, bad in wrong.items()]
        columns["wrong"] = pl.concat_list(odd).list.drop_nulls()
    if unknown:
        cells = pl.struct(pl.col(number).alias(name) for number, name in unknown.items())
        columns["other"] = cells.struct.json_encode()
        columns["unknown"] = pl.lit(list(unknown.values()), dtype=LIST)
    return completed(frame.with_columns(**columns))


def _said(name: str, empty: str) -> pl.Expr:
    """Return a text of a table of ours, whose column ``empty`` names those that are empty."""
    named = pl.col(empty).str.split(" ").list.contains(pl.lit(name))
    return pl.when((pl.col(name) != "") | named).then(name)


def _list(name: str) -> pl.Expr:
    """Return a cell as a list: tags stand between blanks or commas, references between bars."""
    item = r"\([^)]*\)|[^\s,;]+" if name == "tags" else r"[^|]+"
    return pl.col(name).fill_null("").str.extract_all(item)
