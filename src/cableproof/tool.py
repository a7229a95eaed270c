"""What made a report: the program, and digests of its rules and settings."""

import hashlib
import json
from importlib.metadata import version
from typing import Any


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def tool(settings: dict[str, Any]) -> dict[str, str]:
    """Return name, version, and the digests of the rule set and of the run's settings."""
    from cableproof.validators.catalogue import CATALOGUE

    cards = {c: (r.name, r.severity, r.reads, r.says, r.what) for c, r in CATALOGUE.items()}
    return {
        "name": "cableproof",
        "version": version("cableproof"),
        "rules": _digest(cards),
        "settings": _digest(settings),
    }
