"""Parquet files with the canonical names, a batch of rows at a time."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from cableproof.sources.batches import FIELDS, LIST, TEXT, Reading, completed, empty
from cableproof.sources.decoding import FALLBACK, not_utf8
from cableproof.sources.limits import Limits
from cableproof.sources.places import At, Trouble

_ROWS = 1000  # that are read at once
_STRING = pa.large_string()
_STRINGS = pa.large_list(_STRING)
_FAULTS = (pa.ArrowException, OSError, ValueError, OverflowError)
_TEXTS = (pa.string(), _STRING, pa.string_view(), pa.binary(), pa.large_binary())


def read(file: BinaryIO, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of a Parquet file; a row group that cannot be read is one lost input.

    Places are row numbers from 0, since a row has no byte range.
    """
    try:
        table = pq.ParquetFile(file, page_checksum_verification=True, memory_map=False)
        sizes = [table.metadata.row_group(n).num_rows for n in range(table.num_row_groups)]
        names = table.schema_arrow.names
    except _FAULTS:
        yield _lost(at, "no Parquet file, or cut short")
        return
    if "identifier" not in names or len(set(names)) < len(names):
        yield _lost(at, "another table than one of records: each name once, one of them identifier")
        return
    begins = 0
    for group, rows in enumerate(sizes):
        row = begins
        try:
            for part in table.iter_batches(_ROWS, row_groups=[group]):
                yield _reading(part, row, at)
                row += part.num_rows
        except _FAULTS:
            yield _lost(at, f"row group {group} cannot be read from row {row} on: {rows} rows")
        begins += rows


def _reading(part: pa.RecordBatch, row: int, at: At) -> Reading:
    """Return the records of some rows; one that holds a NUL is lost, as in other kinds."""
    guessed: list[Trouble] = []
    columns = {name: _plain(part.column(name), at, guessed) for name in part.schema.names}
    wrong: dict[str, pl.Series] = {}
    own = {name: _column(name, columns[name], wrong) for name in columns if name in FIELDS}
    numbers = pl.Series("row", range(row, row + part.num_rows), dtype=pl.Int64)
    frame = pl.DataFrame([values.alias(name) for name, values in own.items()] + [numbers])
    if wrong:
        named = [pl.when(bad).then(pl.lit(name)) for name, bad in wrong.items()]
        frame = frame.with_columns(wrong=pl.concat_list(named).list.drop_nulls())
    if len(own) < len(columns):
        others = {name: values for name, values in columns.items() if name not in own}
        frame = frame.with_columns(_unknown(others))
    nul = frame.select(pl.any_horizontal(_holds_nul(name) for name in own)).to_series()
    lost = [
        Trouble("SRC003", at.path, None, None, True, {"reason": f"row {n} holds a NUL"})
        for n in frame.filter(nul)["row"]
    ]
    return Reading(completed(frame.filter(~nul)), (), (*guessed, *lost))


def _plain(values: pa.Array, at: At, guessed: list[Trouble]) -> pa.Array:
    """Return a column with times as text and texts in UTF-8; what was no UTF-8 is said."""
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if pa.types.is_timestamp(kind):
        return values.cast(kind).cast(pa.timestamp("s"), safe=False).cast(_STRING)
    if pa.types.is_date(kind):
        return values.cast(kind).cast(pa.date32(), safe=False).cast(_STRING)
    if kind in _TEXTS:
        return _utf8(values.cast(kind).cast(pa.large_binary()), _STRING, at, guessed)
    if _is_list(kind) and kind.value_type in _TEXTS:
        return _utf8(values.cast(pa.large_list(pa.large_binary())), _STRINGS, at, guessed)
    return values


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _utf8(raw: pa.Array, kind: pa.DataType, at: At, guessed: list[Trouble]) -> pa.Array:
    """Return bytes as text, or lists of them; Parquet files need not keep to UTF-8."""
    try:
        return raw.cast(kind)
    except pa.ArrowInvalid:
        facts = not_utf8(at).facts
    guessed.append(Trouble("SRC005", at.path, facts=facts))
    return pa.array([_decoded(value) for value in raw.to_pylist()], kind)


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    return value.decode("utf-8", FALLBACK) if isinstance(value, bytes) else value


def _column(name: str, values: pa.Array, wrong: dict[str, pl.Series]) -> pl.Series:
    """Return a field as the contract has it; what has another type is null and in ``wrong``."""
    kind = FIELDS[name]
    if values.type == {TEXT: _STRING, LIST: _STRINGS}.get(kind, pa.bool_()):
        series = pl.Series(pl.from_arrow(values), dtype=kind)
        bad = _holds_null(series) if kind == LIST else pl.Series([False])
    else:
        series = pl.Series([None] * len(values), dtype=kind)
        bad = pl.Series(pl.from_arrow(values.is_valid()))
    if not bad.any():
        return series
    wrong[name] = bad
    return pl.select(pl.when(~bad).then(series)).to_series()


def _holds_null(lists: pl.Series) -> pl.Series:
    return lists.list.eval(pl.element().is_null()).list.any().fill_null(False)


def _holds_nul(name: str) -> pl.Expr:
    """Tell whether the texts of a field hold a NUL."""
    if FIELDS[name] == LIST:
        nuls = pl.element().str.contains("\0", literal=True)
        return pl.col(name).list.eval(nuls).list.any().fill_null(False)
    if FIELDS[name] == TEXT:
        return pl.col(name).str.contains("\0", literal=True).fill_null(False)
    return pl.lit(False)


def _unknown(columns: dict[str, pa.Array]) -> list[pl.Series]:
    """Return the columns of what the contract does not know, as JSON and by name."""
    rows = zip(*(values.to_pylist() for values in columns.values()), strict=True)
    objects = [
        {name: value for name, value in zip(columns, row, strict=True) if value is not None}
        for row in rows
    ]
    kept = [orjson.dumps(each, default=str).decode() if each else None for each in objects]
    names = [list(each) or None for each in objects]
    return [pl.Series("other", kept, dtype=TEXT), pl.Series("unknown", names, dtype=LIST)]


def _lost(at: At, reason: str) -> Reading:
    trouble = Trouble("SRC003", at.path, None, None, True, {"reason": reason})
    return Reading(empty(), (), (trouble,))
