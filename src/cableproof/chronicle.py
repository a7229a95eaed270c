"""The outcome of a history: what each release changed, and the life of each cable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from cableproof.report import Report


@dataclass(frozen=True)
class Release:
    """One release: its cables, and how many of them were what since the one before."""

    name: str
    moment: str  # when it was made, as far as it says so; else empty
    cables: int
    counter: int | None  # of the cables released so far, as most of its pages state
    leftovers: tuple[str, ...]  # cables whose pages state less: of an older release
    events: tuple[tuple[str, int], ...]

    def document(self) -> dict[str, Any]:
        """Return what the document says of this release."""
        return asdict(self) | {"leftovers": list(self.leftovers), "events": dict(self.events)}


@dataclass(frozen=True)
class Happening:
    """Something that happened to a cable: at which release, and since which earlier one."""

    release: str
    event: str
    earlier: str
    facts: tuple[tuple[str, Any], ...]

    def document(self) -> dict[str, Any]:
        """Return what the document says of it."""
        told = {"release": self.release, "event": self.event, "earlier": self.earlier or None}
        return told | dict(self.facts)


@dataclass(frozen=True)
class Life:
    """A cable, the releases that have it, and what happened to it."""

    identifier: str
    releases: tuple[str, ...]
    happenings: tuple[Happening, ...]


@dataclass(frozen=True)
class History(Report):
    """What releases did to their cables: a report with its findings on input, and the lives.

    ``lives`` are those of cables to which anything happened, sorted by identifier.
    """

    releases: tuple[Release, ...] = ()
    lives: tuple[Life, ...] = ()

    @property
    def events(self) -> Counter[str]:
        """Return how often what happened."""
        return Counter(h.event for life in self.lives for h in life.happenings)

    def history(self) -> dict[str, Any]:
        """Return what the document says of the releases."""
        return {"releases": [release.document() for release in self.releases]}

    def lived(self) -> Iterator[dict[str, Any]]:
        """Yield the lives as the document has them."""
        for life in self.lives:
            yield {
                "identifier": life.identifier,
                "releases": list(life.releases),
                "events": [happening.document() for happening in life.happenings],
            }
