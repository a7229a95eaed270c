"""The whole outcome of a run: the books, the findings, and whether the archive conforms."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from cableproof.errors import BooksDoNotBalance
from cableproof.finding import Severity

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.tool import Tool

FORMAT = "cableproof/1"
_PARTS = ("line", "row", "start")  # of a place, each where the source has it


@dataclass(frozen=True)
class Books:
    """Every input accounted for: records, what could not be read, and what was skipped."""

    inputs: int = 0
    records: int = 0
    clean: int = 0
    flagged: int = 0
    unreadable: int = 0
    skipped: int = 0

    def balanced(self) -> Books:
        """Return the books, which must balance.

        Raises:
            BooksDoNotBalance: an input was lost or counted twice, which is our own fault.

        """
        if self.records + self.unreadable + self.skipped != self.inputs:
            raise BooksDoNotBalance(f"records + unreadable + skipped = inputs, but {self}")
        if self.clean + self.flagged != self.records:
            raise BooksDoNotBalance(f"clean + flagged = records, but {self}")
        return self

    def __add__(self, other: Books) -> Books:
        return Books(*(a + b for a, b in zip(self.counts(), other.counts(), strict=True)))

    def document(self) -> dict[str, int]:
        """Return the six counts by name, as they stand in the document; they must balance."""
        return asdict(self.balanced())

    def counts(self) -> tuple[int, ...]:
        """Return the six counts in their order."""
        return (self.inputs, self.records, self.clean, self.flagged, self.unreadable, self.skipped)


@dataclass(frozen=True)
class SourceBooks:
    """One source of a run: what was there, and its books."""

    name: str
    path: str
    kinds: Mapping[str, int]  # records by kind of file
    skipped: Mapping[str, int]  # files by what they are instead of records
    files: int
    bytes: int
    digest: str  # of a file its own; of a folder that of its list of digests and paths
    is_file: bool
    books: Books
    role: str = "source"  # or reference, manifest, mirror, against

    def document(self) -> dict[str, Any]:
        """Return what the document says of this source."""
        return {
            "name": self.name,
            "path": self.path,
            "role": self.role,
            "kinds": dict(self.kinds),
            "skipped_files": dict(self.skipped),
            "files": self.files,
            "bytes": self.bytes,
            "digest": self.digest,
        } | self.books.document()


@dataclass(frozen=True)
class RuleBooks:
    """One rule of a run: on how many records it ran, and what it found."""

    name: str
    severity: Severity
    ran: int
    lacking: Mapping[str, int]  # records on which it was not run, by what they lack
    findings: int

    @property
    def not_run(self) -> int:
        """Return on how many records the rule was not run, which is not passed."""
        return sum(self.lacking.values())

    def document(self) -> dict[str, Any]:
        """Return what the document says of this rule."""
        return {
            "name": self.name,
            "ran": self.ran,
            "not_run": self.not_run,
            "lacking": dict(self.lacking),
            "findings": self.findings,
        }


@dataclass(frozen=True)
class Report:
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
            source.books.balanced()
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

    def conforms(self, fail_on: Severity | None = Severity.ERROR) -> bool:
        """Tell whether nothing was found at or above a severity; None means that nothing fails."""
        if fail_on is None:
            return True
        return not any(self.counts[s.value] for s in Severity if s.rank <= fail_on.rank)

    def document(self) -> dict[str, Any]:
        """Return the report as it is written to JSON (``cableproof schema report``)."""
        comparison = self.comparison()
        if comparison is not None:
            comparison |= {"discrepancies": list(self.told())}
        history = self.history()
        if history is not None:
            history |= {"cables": list(self.lived())}
        audit = self.audit()
        if audit is not None:
            audit |= {"origins": list(self.from_where())}
        parts = {"comparison": comparison, "history": history, "audit": audit}
        found = {"findings": list(self.found()), **parts}
        return self.head() | found

    @property
    def differences(self) -> dict[str, int]:
        """Return the numbers, by name, in which a comparison, a history or an audit sums up."""
        return {}

    def comparison(self) -> dict[str, Any] | None:
        """Return what the document says of a comparison, its discrepancies left out."""
        return None

    def history(self) -> dict[str, Any] | None:
        """Return what the document says of a history, its lives left out."""
        return None

    def lived(self) -> Iterator[dict[str, Any]]:
        """Yield the lives of cables, which only a history has."""
        yield from ()

    def audit(self) -> dict[str, Any] | None:
        """Return what the document says of an audit, the origins of pages left out."""
        return None

    def from_where(self) -> Iterator[dict[str, Any]]:
        """Yield the origins of pages, which only an audit tells."""
        yield from ()

    def told(self) -> Iterator[dict[str, Any]]:
        """Yield the discrepancies, of which only a comparison has any."""
        yield from ()

    def head(self) -> dict[str, Any]:
        """Return what stands in the document before the findings."""
        return {
            "report": FORMAT,
            "command": self.command,
            "tool": self.tool.document(),
            "receipt": self.tool.receipt(),
            "sources": [source.document() for source in self.sources],
            "summary": self.books.document()
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
    root = source.path.rstrip("/")
    parts = {part: int(found[part]) for part in _PARTS if isinstance(found[part], int | float)}
    return {"path": root if source.is_file else f"{root}/{found['path']}"} | parts
