"""JSON objects to batches: types are checked by the column, odd ones one by one."""

import json
from collections.abc import Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

import numpy as np
import orjson
import polars as pl
import pyarrow as pa

from cableproof.schemas.contract import Field, fields
from cableproof.sources.batches import FIELDS, LIST, TEXT, completed

_OLD = pl.CompatLevel.oldest()  # text in the layout of the type below
_LISTS = pa.large_list(pa.large_string())


def batch_of(objects: Sequence[dict[str, Any]], places: dict[str, pl.Series]) -> pl.DataFrame:
    """Return ``objects`` as a batch; ``places`` are its columns of place.

    A value of another type than the contract's is left out of its column, and its field is
    named in ``wrong``. A field that the contract does not know is kept as JSON in ``other``
    and named in ``unknown``.
    """
    wrong: dict[int, list[str]] = {}
    values = _values(objects)
    columns = {
        name: _column(values[name], field, wrong)
        for name, field in fields().items()
        if name in values
    }
    columns |= places
    if values.keys() - columns.keys():
        columns |= _unknown(objects)
    if wrong:
        columns["wrong"] = pl.Series([wrong.get(i) for i in range(len(objects))], dtype=LIST)
    return completed(pl.DataFrame(columns))


def _values(objects: Sequence[dict[str, Any]]) -> dict[str, Sequence[Any]]:
    """Return the values of the objects by key; what an object lacks is None.

    Most files are written by one program, so that all objects have the same keys and can be
    turned at once.
    """
    shape = tuple(objects[0]) if objects else ()
    if len(shape) > 1 and all(len(each) == len(shape) for each in objects):
        with suppress(KeyError):
            rows = list(map(itemgetter(*shape), objects))
            return dict(zip(shape, zip(*rows, strict=True), strict=True))
    keys = dict.fromkeys(key for each in objects for key in each)
    return {key: [each.get(key) for each in objects] for key in keys}


def _column(values: Sequence[Any], field: Field, wrong: dict[int, list[str]]) -> pl.Series:
    """Return the values of one field; what has a wrong type is noted in ``wrong``."""
    try:
        return _series(values, field.kind)
    except (TypeError, pl.exceptions.PolarsError, pa.ArrowException):
        pass
    kept = list(values)
    for number, value in enumerate(values):
        if value is not None and not field.admits_type(value):
            wrong.setdefault(number, []).append(field.name)
            kept[number] = None
    return _series(kept, field.kind)


def _series(values: Sequence[Any], kind: str) -> pl.Series:
    """Return a column of one JSON type, by the maker that is fast for it and refuses others."""
    if kind == "array":
        return _lists(values)
    return pl.Series(values, dtype=TEXT if kind == "string" else pl.Boolean(), strict=True)


def _lists(values: Sequence[Any]) -> pl.Series:
    """Return a column of lists of text, made of its flat values and where each list ends.

    Arrow's own maker of lists takes a text for a list of its letters, and imports pandas.
    """
    if not all(value is None or type(value) is list for value in values):
        raise TypeError
    flat = pl.Series([item for value in values if value for item in value], dtype=TEXT)
    if flat.null_count():
        raise TypeError
    ends = np.cumsum([0, *(len(value) if value else 0 for value in values)], dtype=np.int64)
    there = np.packbits([value is not None for value in values], bitorder="little")
    buffers = [pa.py_buffer(there), pa.py_buffer(ends)]
    children = [flat.to_arrow(compat_level=_OLD)]
    lists = pa.Array.from_buffers(_LISTS, len(values), buffers, children=children)
    return pl.Series(pl.from_arrow(lists))


_TOO_DEEP = '"nested deeper than can be kept"'


def _written(values: dict[str, Any]) -> str:
    """Return values as JSON; a fast writer gives up on what a fast reader reads."""
    try:
        return orjson.dumps(values).decode()
    except TypeError:
        pass
    try:
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return _TOO_DEEP


def _unknown(objects: Sequence[dict[str, Any]]) -> dict[str, pl.Series]:
    """Return the columns of what the contract does not know."""
    odd = [[key for key in each if key not in FIELDS] or None for each in objects]
    kept = [
        _written({key: each[key] for key in keys}) if keys else None
        for each, keys in zip(objects, odd, strict=True)
    ]
    return {"other": pl.Series(kept, dtype=TEXT), "unknown": pl.Series(odd, dtype=LIST)}
