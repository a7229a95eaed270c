"""The contract: JSON Schemas, the table schema made from them, and the vocabularies."""

from typing import Any

from cableproof.schemas.shipped import load, names, text

__all__ = ["load", "names", "table", "text"]


def table() -> Any:
    """Return the pandera table schema that is generated from ``cable.schema.json``.

    One row a record, one column a field. Use it in a pipeline of your own:
    ``cableproof.schemas.table().validate(frame, lazy=True)``.
    """
    from cableproof.schemas.frame import table_schema

    return table_schema(load("cable"))
