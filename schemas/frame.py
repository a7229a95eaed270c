"""The pandera table schema, generated from the JSON Schema of a record."""

from collections.abc import Callable
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from cableproof.schemas.contract import Field, fields


def _absent(value: object) -> bool:
    """Tell whether a cell of a frame stands for no value; a list never does."""
    return value is None or value is pd.NA or (isinstance(value, float) and isnan(value))


def _checked(test: Callable[[object], bool]) -> Callable[[pd.Series], pd.Series]:
    """Return ``test`` as a check of a whole column."""
    return lambda column: column.map(test).astype(bool)


def _column(field: Field) -> pa.Column:
    def typed(value: object) -> bool:
        cell = value.tolist() if isinstance(value, np.ndarray) else value
        return _absent(cell) or field.admits_type(cell)

    def present(value: object) -> bool:
        return not _absent(value)

    def matching(value: object) -> bool:
        pattern = field.pattern
        return pattern is None or not isinstance(value, str) or pattern.search(value) is not None

    tests = [("type", typed), ("pattern", matching)]
    if field.required:
        tests.append(("required", present))
    checks = [pa.Check(_checked(test), name=name, ignore_na=False) for name, test in tests]
    return pa.Column(checks=checks, nullable=True, required=field.required)


def table_schema(schema: dict[str, Any]) -> pa.DataFrameSchema:
    """Return the table schema of the record ``schema``: one row a record, the same verdict.

    The checks are called ``type``, ``pattern`` and ``required``, as the keywords are.
    """
    columns = {name: _column(field) for name, field in fields().items()}
    return pa.DataFrameSchema(columns, name=schema["title"], description=schema["description"])
