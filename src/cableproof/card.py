"""A record's card: one cable of a source, with all that can be said of it without its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cableproof.audited import Origin
    from cableproof.validators.audit.statements import Statement

FORMAT = "cableproof/1"


@dataclass(frozen=True)
class Copy:
    """Where a source has the cable; all but the name is None where it has none.

    ``digest`` is the SHA-256 of a page's bytes, or of a row's fields; ``copies`` how many
    records of that identifier the source has, of which this is the one that was compared.
    """

    source: str
    role: str  # mirror or reference
    identifier: str | None = None
    path: str | None = None
    line: int | None = None
    row: int | None = None
    digest: str | None = None
    header: str | None = None  # the digest of that part of the text
    body: str | None = None
    covered: bool | None = None  # whether a redaction mark stands in it
    copies: int = 0


@dataclass(frozen=True)
class Agreement:
    """What the sources say in one field: a word for each, and values of metadata alone.

    ``kind`` is the code of the discrepancy, if there is one.
    """

    field: str
    cells: Mapping[str, str]
    values: Mapping[str, str | None]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """All that can be said of one cable of a source without its text."""

    identifier: str
    tool: Mapping[str, Any]
    copies: tuple[Copy, ...]
    fields: tuple[Agreement, ...]
    origin: Origin | None
    statements: tuple[Statement, ...]
    findings: tuple[Mapping[str, str], ...]

    def document(self) -> dict[str, Any]:
        """Return the card as it is written to JSON (``cableproof schema card``)."""
        origin = None
        if self.origin is not None:
            known = self.origin.document()
            origin = {name: known[name] for name in ("releases", "counter", "evidence")}
        return {
            "card": FORMAT,
            "identifier": self.identifier,
            "tool": dict(self.tool),
            "copies": [asdict(each) for each in self.copies],
            "fields": [
                {
                    "field": each.field,
                    "cells": dict(each.cells),
                    "values": dict(each.values),
                    "kinds": list(each.kinds),
                }
                for each in self.fields
            ],
            "origin": origin,
            "statements": [each.document() for each in self.statements],
            "findings": [dict(each) for each in self.findings],
        }
