"""The JSON Schemas as they are shipped, and the one way to read them."""

import json
from importlib.resources import files
from typing import Any

from cableproof.errors import NoSuchSchema

SUFFIX = ".schema.json"
_FOLDER = "cableproof.schemas"


def names() -> list[str]:
    """Return the names of the schemas, sorted."""
    found = (entry.name for entry in files(_FOLDER).iterdir())
    return sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX))


def text(name: str) -> str:
    """Return the schema called ``name`` as it is shipped.

    Raises:
        NoSuchSchema: there is none of that name.

    """
    if name not in names():
        raise NoSuchSchema(name, names())
    return (files(_FOLDER) / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def load(name: str) -> dict[str, Any]:
    """Return the schema called ``name`` as a dictionary.

    Raises:
        NoSuchSchema: there is none of that name.

    """
    schema: dict[str, Any] = json.loads(text(name))
    return schema
