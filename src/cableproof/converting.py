"""The records of a source as one table with the names of the contract, texts included.

It is the user's own data, and the one way out of this program by which texts go. All three forms
are read again as the same records: what is not said is null and stays apart from what is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from cableproof.reading import readings
from cableproof.sources.batches import FIELDS, LIST, TEXT
from cableproof.sources.csv_table import EMPTY

_TOGETHER = 8 << 20  # bytes of texts that are written at once


@dataclass
class Converted:
    """What a conversion counted; whole when its last part was taken."""

    records: int = 0
    unreadable: int = 0  # inputs, which are nowhere in the table
    unknown: int = 0  # records with fields that the contract does not have
    wrong: int = 0  # records with values of another type than the contract's, which are left out

    def take(self, batch: pl.DataFrame, lost: int) -> None:
        """Count the records of a batch, and the inputs that were lost beside them."""
        self.records += len(batch)
        self.unreadable += lost
        self.unknown += int(batch["other"].is_not_null().sum())
        self.wrong += int((batch["wrong"].list.len().fill_null(0) > 0).sum())


def parts(path: Path, form: str, counted: Converted) -> Iterator[bytes]:
    """Yield the table of a source in one of ``FORMS``, and count in ``counted`` what is in it.

    Raises:
        NoSuchPath: there is nothing at ``path``.

    """
    return FORMS[form](_batches(path, counted))


def _batches(path: Path, counted: Converted) -> Iterator[pl.DataFrame]:
    """Yield the records in their order, small files gathered so that they are written together."""
    waiting: list[pl.DataFrame] = []
    size = 0
    for _, _, reading in readings(path):
        batch = reading.frame()
        counted.take(batch, reading.lost)
        if len(batch):
            waiting.append(batch.select(*FIELDS, "other"))
            size += int(batch["body"].str.len_bytes().sum())
        if size >= _TOGETHER:
            yield pl.concat(waiting)
            waiting, size = [], 0
    if waiting:
        yield pl.concat(waiting)


def _lines(batches: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    """Yield one JSON object a record; fields that the contract does not have stand at its end."""
    own = pl.struct(*FIELDS).struct.json_encode().str.strip_suffix("}")
    more = pl.concat_str(pl.lit(","), pl.col("other").str.strip_prefix("{"))
    for batch in batches:
        lines = batch.select(pl.concat_str(own, more.fill_null("}"))).to_series()
        yield ("\n".join(lines) + "\n").encode()


class _Sink:
    """A file for writers that want one: what is written to it is taken out again."""

    closed = False

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(self.parts[-1])

    def flush(self) -> None:
        """Do nothing: all is there at once."""

    def close(self) -> None:
        """Do nothing: what was written is still to be taken."""

    def taken(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        return data


Writer = Callable[[_Sink, pa.Schema], Any]
#: A cell of text is in quotes, so that what is not said and has none is told from it.
_CSV: Writer = partial(pc.CSVWriter, write_options=pc.WriteOptions(quoting_style="all_valid"))
_PARQUET: Writer = partial(pq.ParquetWriter, compression="zstd")


def _rows(batches: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    """Yield CSV with a header: lists as JSON, and in a column the names of what is empty."""
    empty = [pl.when(pl.col(n) == "").then(pl.lit(n)) for n, k in FIELDS.items() if k == TEXT]
    named = pl.concat_list(empty).list.drop_nulls().list.join(" ")
    lists = [_spelt(name).alias(name) for name, kind in FIELDS.items() if kind == LIST]
    flags = [pl.col(name).cast(TEXT) for name, kind in FIELDS.items() if kind == pl.Boolean]
    schema = dict.fromkeys([*FIELDS, EMPTY], TEXT)
    told = (batch.with_columns(named.alias(EMPTY), *lists, *flags) for batch in batches)
    return _written((batch.select(*schema) for batch in told), schema, _CSV)


def _spelt(name: str) -> pl.Expr:
    """Return a list as a JSON array; null stays null."""
    whole = pl.struct(pl.col(name).alias("_")).struct.json_encode()
    array = whole.str.strip_prefix('{"_":').str.strip_suffix("}")
    return pl.when(pl.col(name).is_not_null()).then(array)


def _columns(batches: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    """Yield a Parquet file, a row group a batch."""
    return _written((batch.select(*FIELDS) for batch in batches), FIELDS, _PARQUET)


def _written(
    batches: Iterator[pl.DataFrame], kinds: Mapping[str, pl.DataType], writer: Writer
) -> Iterator[bytes]:
    """Yield what a writer of Arrow makes of batches; also of none, where it is a table still."""
    sink, schema = _Sink(), pl.DataFrame(schema=kinds).to_arrow(compat_level=_OLDEST).schema
    with writer(sink, schema) as out:
        for batch in batches:
            out.write_table(batch.to_arrow(compat_level=_OLDEST))
            yield sink.taken()
    yield sink.taken()


_OLDEST = pl.CompatLevel.oldest()  # of Arrow's types those that every reader knows
#: The forms of a table, each by the suffix of its files.
FORMS: dict[str, Callable[[Iterator[pl.DataFrame]], Iterator[bytes]]] = {
    "jsonl": _lines,
    "csv": _rows,
    "parquet": _columns,
}
