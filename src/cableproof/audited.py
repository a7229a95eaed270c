"""The outcome of an audit: how faithful a mirror is, where its pages come from, what it claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from cableproof.report import Report

if TYPE_CHECKING:
    from cableproof.validators.audit.fidelity import Component
    from cableproof.validators.audit.statements import Statement
    from cableproof.validators.audit.succession import Fate

#: The components of fidelity, in the order in which they are told.
COMPONENTS = (*("completeness", "text", "metadata", "staleness", "redaction", "fixity", "links"),)


@dataclass(frozen=True)
class Release:
    """A reference: a copy of a release that the mirror was held against.

    ``selection``: it has fewer cables than its own pages count, so that nothing follows from
    what it lacks. ``tied`` names the references that say the very same of every page.
    """

    name: str
    moment: str  # when it was made, as far as it says so; else empty
    cables: int
    counter: int | None
    selection: bool
    lacks: tuple[str, ...]  # kinds of evidence of which it has nothing
    tied: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return what the document says of it."""
        return asdict(self) | {"lacks": list(self.lacks), "tied": list(self.tied)}


@dataclass(frozen=True)
class Origin:
    """Pages of a mirror of which all evidence says the same, and where they can come from.

    ``releases`` are those that nothing speaks against; none means none of those given.
    ``evidence`` has the references that each kind speaks for, and those it speaks against.
    """

    releases: tuple[str, ...]
    pages: int
    evidence: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    counter: int | None  # of cables released so far, where all of these pages say the same
    identifiers: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return what the document says of these pages."""
        evidence = {
            kind: {"for": list(spoken), "against": list(against)}
            for kind, (spoken, against) in self.evidence.items()
        }
        return {
            "releases": list(self.releases),
            "pages": self.pages,
            "counter": self.counter,
            "evidence": evidence,
            "identifiers": list(self.identifiers),
        }


@dataclass(frozen=True)
class Leftover:
    """A page of an older release than most: the releases it can be of, and what it counts."""

    identifier: str
    releases: tuple[str, ...]
    counter: int | None


@dataclass(frozen=True)
class Audit(Report):
    """What an audit found: a report with its findings, and what it says of the mirror.

    ``vector`` has a component of fidelity by name, None where it could not be asked.
    ``releases`` are those that the whole mirror can come from.
    """

    mirror: str = ""
    against: tuple[Release, ...] = ()
    vector: Mapping[str, Component | None] = field(default_factory=dict)
    releases: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    statements: tuple[Statement, ...] = ()
    fates: tuple[Fate, ...] = ()

    def audit(self) -> dict[str, Any]:
        """Return what the document says of the audit, the origins of pages left out."""
        return {
            "mirror": self.mirror,
            "references": [each.document() for each in self.against],
            "vector": {
                name: None if found is None else found.document()
                for name, found in self.vector.items()
            },
            "releases": list(self.releases),
            "leftovers": [
                asdict(each) | {"releases": list(each.releases)} for each in self.leftovers
            ],
            "statements": [each.document() for each in self.statements],
            "fates": [asdict(each) for each in self.fates],
        }

    def from_where(self) -> Iterator[dict[str, Any]]:
        """Yield the origins of pages as the document has them, the most frequent first."""
        for each in self.origins:
            yield each.document()
