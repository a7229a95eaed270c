"""What made a report: the program, its settings, and digests of all that it judges by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cableproof.validators.rule import Rule

#: Of a card all that is said of a rule; its code belongs to the version of the program.
_CARD = (
    *("code", "name", "severity", "on", "fields", "reads", "uses", "says", "what"),
    *("why", "evidence", "bad", "good", "stands_for"),
)


@dataclass(frozen=True)
class Tool:
    """The program of a run: its version, the settings as values, and digests by name."""

    version: str
    settings: Mapping[str, Any]
    rules: Mapping[str, str]  # of the card of each rule and kind, by code
    schemas: Mapping[str, str]
    vocabularies: Mapping[str, str]

    def document(self) -> dict[str, str]:
        """Return name, version, and the digests of the rule set and of the settings."""
        return {
            "name": "cableproof",
            "version": self.version,
            "rules": digest_of(self.rules),
            "settings": digest_of(self.settings),
        }

    def receipt(self) -> dict[str, dict[str, Any]]:
        """Return the settings as values, and the digests by which a change can be named."""
        return {
            "settings": dict(self.settings),
            "rules": dict(self.rules),
            "schemas": dict(self.schemas),
            "vocabularies": dict(self.vocabularies),
        }


def tool(settings: Mapping[str, Any]) -> Tool:
    """Return what makes a report with ``settings``, which are values that JSON knows."""
    from cableproof.schemas import shipped, vocab

    return Tool(
        version("cableproof"),
        settings,
        _cards(),
        {name: _sha256(shipped.text(name).encode()) for name in shipped.names()},
        {name: _sha256(vocab.text(name).encode()) for name in vocab.names()},
    )


def digest_of(value: object) -> str:
    """Return the digest of a value: the SHA-256 of its JSON text with sorted keys."""
    return _sha256(json.dumps(value, sort_keys=True, default=_plain).encode())


def _sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _cards() -> dict[str, str]:
    from cableproof.validators.catalogue import CATALOGUE
    from cableproof.validators.collation.kinds import KINDS

    cards = {code: _card(rule) for code, rule in CATALOGUE.items()}
    cards |= {code: digest_of(asdict(kind)) for code, kind in KINDS.items()}
    return dict(sorted(cards.items()))


def _card(rule: Rule) -> str:
    return digest_of({name: getattr(rule, name) for name in _CARD})


def _plain(value: object) -> object:
    """Return a mapping or sequence of a card as JSON knows it; nothing else may stand in one."""
    return dict(value) if isinstance(value, Mapping) else list(value)  # type: ignore[call-overload]
