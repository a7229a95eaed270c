"""The fields of a record, read once from ``cable.schema.json``."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from cableproof.schemas import shipped


@dataclass(frozen=True)
class Field:
    """What the contract says of one field."""

    name: str
    kind: str  # the JSON type beside null: string, boolean or array (of strings)
    required: bool  # present and, for strings, matching its pattern: never null
    pattern: re.Pattern[str] | None

    def admits_type(self, value: object) -> bool:
        """Tell whether ``value`` has a type that the contract names for this field."""
        if value is None:
            return not self.required
        if self.kind == "array":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        return isinstance(value, bool if self.kind == "boolean" else str)


def _field(name: str, schema: dict[str, Any], required: bool) -> Field:
    types = schema["type"]
    kind = next(t for t in ([types] if isinstance(types, str) else types) if t != "null")
    pattern = schema.get("pattern")
    return Field(name, kind, required, re.compile(pattern) if pattern else None)


@cache
def fields() -> dict[str, Field]:
    """Return the fields of a record by name, in the contract's order."""
    schema = shipped.load("cable")
    return {
        name: _field(name, part, name in schema["required"])
        for name, part in schema["properties"].items()
    }
