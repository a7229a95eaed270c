"""The report of a run made just now: its books balance, and its findings are a table."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cableproof.books import Books, RuleBooks, SourceBooks, placed
from cableproof.errors import BooksDoNotBalance
from cableproof.finding import Severity
from cableproof.outcome import FORMAT, Outcome

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.tool import Tool

_PARTS = ("line", "row", "start")  # of a place, each where the source has it


@dataclass(frozen=True)
class Report(Outcome):
    """What a run found.

    ``findings`` is a pandas DataFrame with one row a finding and the columns rule, name,
    severity, source, path, start, line, row, identifier, fields, message, facts and
    fingerprint, sorted by place. It holds metadata values and never text of a cable.
    """

    command: str
    sources: tuple[SourceBooks, ...]
    rules: Mapping[str, RuleBooks]
    findings: pd.DataFrame
    tool: Tool
    citations: tuple[int, int] = (0, 0)  # of cables, and those of them to cables that are here
    shares: Mapping[str, float] = field(
        default_factory=dict, compare=False
    )  # seconds a stage, see run

    def __post_init__(self) -> None:
        for source in self.sources:
            source.balanced()
        records = self.books.records
        for code, rule in self.rules.items():
            if rule.ran + rule.not_run != records:
                raise BooksDoNotBalance(f"{code}: ran + not run = records")
        if sum(rule.findings for rule in self.rules.values()) != len(self.findings):
            raise BooksDoNotBalance("findings by rule = findings")

    @property
    def books(self) -> Books:
        """Return the books of all sources together."""
        return sum((source.books for source in self.sources), Books())

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of findings of each severity."""
        found = self.findings["severity"].value_counts()
        return {severity.value: int(found.get(severity.value, 0)) for severity in Severity}

    def head(self) -> dict[str, Any]:
        """Return what stands in the document before the findings."""
        return {
            "report": FORMAT,
            "command": self.command,
            "tool": self.tool.document(),
            "receipt": self.tool.receipt(),
            "sources": [source.document() for source in self.sources],
            "summary": self.books.document()
            | placed(self.sources)
            | {
                "findings": self.counts,
                "references": self.references(),
                "rules": {code: rule.document() for code, rule in self.rules.items()},
            },
        }

    def references(self) -> dict[str, int]:
        """Return how many citations there are with their year, and how many lead out of the set."""
        cited, here = self.citations
        return {"cited": cited, "unresolved": cited - here}

    def found(self) -> Iterator[dict[str, Any]]:
        """Yield the findings in their order; their paths begin with their source's."""
        roots = {source.name: source for source in self.sources}
        values = zip(*(self.findings[column].tolist() for column in self.findings), strict=True)
        for row in values:
            found = dict(zip(self.findings, row, strict=True))
            yield {
                "rule": found["rule"],
                "name": found["name"],
                "severity": found["severity"],
                "source": found["source"],
                "identifier": found["identifier"] if isinstance(found["identifier"], str) else None,
                "fields": found["fields"].split(),
                "message": found["message"],
                "facts": found["facts"],
                "place": _place(found, roots[found["source"]]),
                "fingerprint": found["fingerprint"],
            }


def _place(found: Mapping[Hashable, Any], source: SourceBooks) -> dict[str, Any]:
    parts = {part: int(found[part]) for part in _PARTS if isinstance(found[part], int | float)}
    return {"path": source.place_of(str(found["path"]))} | parts
