"""The contract: JSON Schemas, the table schema made from them, and the vocabularies."""

import json
from importlib.resources import files
from typing import Any

from cableproof.errors import NoSuchSchema

SUFFIX = ".schema.json"


def names() -> list[str]:
    """Return the names of the schemas, sorted."""
    found = (entry.name for entry in files(__name__).iterdir())
    return sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX))


def text(name: str) -> str:
    """Return the schema called ``name`` as it is shipped.

    Raises:
        NoSuchSchema: there is none of that name.

    """
    if name not in names():
        raise NoSuchSchema(name, names())
    return (files(__name__) / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def load(name: str) -> dict[str, Any]:
    """Return the schema called ``name`` as a dictionary.

    Raises:
        NoSuchSchema: there is none of that name.

    """
    schema: dict[str, Any] = json.loads(text(name))
    return schema


def table() -> Any:
    """Return the pandera table schema that is generated from ``cable.schema.json``.

    One row a record, one column a field. Use it in a pipeline of your own:
    ``cableproof.schemas.table().validate(frame, lazy=True)``.
    """
    from cableproof.schemas.frame import table_schema

    return table_schema(load("cable"))
