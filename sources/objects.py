"""JSON objects to batches: types are checked by the column, odd ones one by one."""

from collections.abc import Sequence
from typing import Any

import orjson
import polars as pl
import pyarrow as pa

from cableproof.schemas.contract import fields
from cableproof.sources.batches import FIELDS, LIST, TEXT, completed

_LISTS = pa.large_list(pa.large_string())


def batch_of(objects: Sequence[dict[str, Any]], places: dict[str, pl.Series]) -> pl.DataFrame:
    """Return ``objects`` as a batch; ``places`` are its columns of place.

    A value of another type than the contract's is left out of its column, and its field is
    named in ``wrong``. A field that the contract does not know is kept as JSON in ``other``
    and named in ``unknown``.
    """
    wrong: dict[int, list[str]] = {}
    columns = {name: _column(objects, name, wrong) for name in FIELDS} | places
    columns |= _unknown(objects)
    if wrong:
        columns["wrong"] = pl.Series([wrong.get(i) for i in range(len(objects))], dtype=LIST)
    return completed(pl.DataFrame(columns))


def _column(objects: Sequence[dict[str, Any]], name: str, wrong: dict[int, list[str]]) -> pl.Series:
    """Return the values of one field; what has a wrong type is noted in ``wrong``."""
    values = [obj.get(name) for obj in objects]
    field = fields()[name]
    try:
        return _series(values, field.kind)
    except (TypeError, pl.exceptions.PolarsError, pa.ArrowException):
        pass
    for number, value in enumerate(values):
        if value is not None and not field.admits_type(value):
            wrong.setdefault(number, []).append(name)
            values[number] = None
    return _series(values, field.kind)


def _series(values: list[Any], kind: str) -> pl.Series:
    """Return a column of one JSON type, by the maker that is fast for it and refuses others."""
    if kind == "array":
        return pl.Series(pl.from_arrow(pa.array(values, type=_LISTS)))
    return pl.Series(values, dtype=TEXT if kind == "string" else pl.Boolean(), strict=True)


def _unknown(objects: Sequence[dict[str, Any]]) -> dict[str, pl.Series]:
    """Return the columns of what the contract does not know, where there is any."""
    known = FIELDS.keys()
    odd = [
        [key for key in obj if key not in known] if obj.keys() - known else None for obj in objects
    ]
    if not any(odd):
        return {}
    kept = [
        orjson.dumps({key: obj[key] for key in keys}).decode() if keys else None
        for obj, keys in zip(objects, odd, strict=True)
    ]
    return {"other": pl.Series(kept, dtype=TEXT), "unknown": pl.Series(odd, dtype=LIST)}
