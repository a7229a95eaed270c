"""The card of a rule or of a kind of discrepancy, as reports tell it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.collation.kinds import KINDS


class Told(NamedTuple):
    """What a report says of a rule; the words are those of its card."""

    code: str
    name: str
    severity: str
    what: str
    why: str
    more: str  # the evidence for a rule, or the innocent causes of a kind


@cache
def told(code: str) -> Told | None:
    """Return the card of a rule or kind; nothing for a code that is in no table of ours."""
    if code in CATALOGUE:
        rule = CATALOGUE[code]
        return Told(code, rule.name, rule.severity.value, rule.what, rule.why, rule.evidence)
    if code in KINDS:
        kind = KINDS[code]
        more = f"Innocent causes: {kind.innocent}" if kind.innocent else ""
        return Told(code, kind.name, kind.severity.value, kind.what, kind.why, more)
    return None
