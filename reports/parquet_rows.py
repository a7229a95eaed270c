"""Results as a Parquet table, with the same safe cells as the CSV."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from cableproof.reports.rows import Row, rows

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

_TOGETHER = 50_000  # rows of a row group
_NUMBERS = ("line", "row")
SCHEMA = pa.schema(
    [(name, pa.int64() if name in _NUMBERS else pa.string()) for name in Row._fields]
)


def lines(report: Outcome) -> Iterator[bytes]:
    """Yield the bytes of the file, row group by row group."""
    sink = BytesIO()
    each = rows(report)
    with pq.ParquetWriter(sink, SCHEMA, compression="zstd") as writer:
        while some := list(islice(each, _TOGETHER)):
            columns = [list(column) for column in zip(*some, strict=True)]
            arrays = [pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)]
            writer.write_table(pa.table(arrays, schema=SCHEMA))
            yield _taken(sink)
    yield sink.getvalue()


def _taken(sink: BytesIO) -> bytes:
    """Return what was written so far, and forget it."""
    part = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return part
