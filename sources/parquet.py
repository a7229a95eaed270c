"""Parquet files with the canonical names, a row group at a time."""

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from cableproof.sources.batches import Reading, empty
from cableproof.sources.limits import Limits
from cableproof.sources.objects import batch_of
from cableproof.sources.places import At, Trouble


def read(file: BinaryIO, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of a Parquet file; a row group that cannot be read is one lost input.

    Places are row numbers from 0, since a row has no byte range.
    """
    try:
        table = pq.ParquetFile(file, page_checksum_verification=True, memory_map=False)
        groups = table.num_row_groups
    except (pa.ArrowException, OSError, ValueError):
        yield _lost(at, "no Parquet file, or cut short")
        return
    row = 0
    for group in range(groups):
        rows = table.metadata.row_group(group).num_rows
        try:
            batches = list(table.iter_batches(1000, row_groups=[group]))
        except (pa.ArrowException, OSError, ValueError):
            yield _lost(at, f"row group {group} cannot be read: {rows} rows from row {row} on")
            row += rows
            continue
        for part in batches:
            numbers = pl.Series(range(row, row + part.num_rows), dtype=pl.Int64)
            yield Reading(batch_of(_objects(part), {"row": numbers}))
            row += part.num_rows


def _objects(part: pa.RecordBatch) -> list[dict[str, object]]:
    """Return the rows as objects; a null is a value that is absent."""
    return [{k: v for k, v in row.items() if v is not None} for row in part.to_pylist()]


def _lost(at: At, reason: str) -> Reading:
    trouble = Trouble("SRC003", at.path, None, None, True, {"reason": reason})
    return Reading(empty(), (), (trouble,))
