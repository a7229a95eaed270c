"""What a report found, as one kind of row for every list: findings, and discrepancies.

Lists that go into other programs have one row a result, whichever command it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from cableproof.validators.collation.in_words import in_words

if TYPE_CHECKING:
    from cableproof.outcome import Outcome


class Result(NamedTuple):
    """A finding, or a discrepancy between sources, whose rule is its kind.

    Attributes:
        sources: the name of the source, or of those that differ.
        path: of the file, beginning with that of the source, as it was given; of a discrepancy
            that of the first source that differs, or else of the base.
        line: from 1; row: from 0; start: in bytes. Each is None where the source has none.
        state: ``new`` or ``unchanged`` where there was a baseline.
        accepted: why, by whom and until when somebody accepted it.
        declared: the severity on the card, where settings grade it otherwise.

    """

    rule: str
    name: str
    severity: str
    sources: tuple[str, ...]
    identifier: str | None
    fields: tuple[str, ...]
    message: str
    path: str
    line: int | None
    row: int | None
    start: int | None
    facts: dict[str, Any]
    fingerprint: str
    state: str | None = None
    accepted: dict[str, Any] | None = None
    declared: str | None = None

    @property
    def source(self) -> str:
        """Return the names of the sources in one line."""
        return ", ".join(self.sources)

    @property
    def told(self) -> str:
        """Return the message with the cable of which it speaks."""
        if self.identifier is None or self.identifier in self.message:
            return self.message
        return f"{self.identifier}: {self.message}"


def results(report: Outcome) -> Iterator[Result]:
    """Yield the findings of a report, and then its discrepancies, each in their order."""
    for each in report.found():
        place = each["place"]
        yield Result(
            rule=each["rule"],
            name=each["name"],
            severity=each["severity"],
            sources=(each["source"],),
            identifier=each["identifier"],
            fields=tuple(each["fields"]),
            message=each["message"],
            path=place["path"],
            line=place.get("line"),
            row=place.get("row"),
            start=place.get("start"),
            facts=each["facts"],
            fingerprint=each["fingerprint"],
            **_judged(each),
        )
    roots = {source["name"]: source["path"] for source in report.head()["sources"]}
    for each in report.told():
        differ = [name for name, cell in each["cells"].items() if cell in _APART]
        yield Result(
            rule=each["kind"],
            name=each["name"],
            severity=each["severity"],
            sources=tuple(differ),
            identifier=each["identifier"],
            fields=tuple(each["fields"]),
            message=_message(each, differ),
            path=roots.get(next(iter(differ), each["base"]), each["base"]),
            line=None,
            row=None,
            start=None,
            facts=each["facts"],
            fingerprint=each["fingerprint"],
            **_judged(each),
        )


#: What the cells of the sources say that are not as the base is.
_APART = ("differs", "absent", "otherwise")


def _judged(each: dict[str, Any]) -> dict[str, Any]:
    """Return what was said of a result beside its rule, as far as anything was."""
    return {name: each[name] for name in ("state", "accepted", "declared") if name in each}


def _message(each: dict[str, Any], differ: list[str]) -> str:
    """Return in words what a discrepancy is: which sources differ from which, and how."""
    cells = each["cells"]
    here = [name for name in cells if cells[name] not in ("absent", "unreadable")]
    absent = [name for name in differ if cells[name] == "absent"]
    if absent:
        return f"in {', '.join(here)}, absent from {', '.join(absent)}"
    fields = " and ".join(each["fields"]) or "text"
    said = f"{fields} of {', '.join(differ)} is not that of {each['base']}"
    how = in_words(each["facts"])
    return f"{said}: {how}" if how else said
