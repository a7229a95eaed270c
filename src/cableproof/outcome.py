"""What a run found, as its document tells it: made just now, or saved and read again.

Every report for people and for machines is made of an outcome alone, so that one made later of
a saved document has the same bytes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib import import_module
from typing import Any

from cableproof.books import Books
from cableproof.finding import Severity

FORMAT = "cableproof/1"


class Outcome(ABC):
    """The document of a run, in parts: its head, and rows that can be told again and again."""

    command: str

    @abstractmethod
    def head(self) -> dict[str, Any]:
        """Return what stands in the document before the findings."""

    @abstractmethod
    def found(self) -> Iterator[dict[str, Any]]:
        """Yield the findings in their order."""

    def comparison(self) -> dict[str, Any] | None:
        """Return what the document says of a comparison, its discrepancies left out."""
        return None

    def told(self) -> Iterator[dict[str, Any]]:
        """Yield the discrepancies, of which only a comparison has any."""
        yield from ()

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

    def baseline(self) -> dict[str, Any] | None:
        """Return how many results are new, known and gone against a baseline, if there is one."""
        return None

    def gone(self) -> Iterator[dict[str, Any]]:
        """Yield the results of a baseline that are there no more."""
        yield from ()

    def document(self) -> dict[str, Any]:
        """Return the whole document (``cableproof schema report``), all rows in memory."""
        parts = {
            "comparison": (self.comparison(), "discrepancies", self.told),
            "history": (self.history(), "cables", self.lived),
            "audit": (self.audit(), "origins", self.from_where),
            "baseline": (self.baseline(), "findings", self.gone),
        }
        whole = {
            name: None if part is None else part | {rows: list(each())}
            for name, (part, rows, each) in parts.items()
        }
        if whole["baseline"] is None:
            del whole["baseline"]
        return self.head() | {"findings": list(self.found())} | whole

    def _repr_html_(self) -> str:
        """Return the report as a notebook shows it: metadata and numbers, no text of a cable."""
        html: str = import_module("cableproof.reports.fragment").html(self)
        return html

    @property
    def books(self) -> Books:
        """Return the books of all sources together."""
        summary = self.head()["summary"]
        return Books(**{each.name: summary[each.name] for each in fields(Books)})

    @property
    def counts(self) -> Mapping[str, int]:
        """Return the number of findings and discrepancies of each severity."""
        counts: dict[str, int] = self.head()["summary"]["findings"]
        return counts

    @property
    def counted(self) -> Mapping[str, int]:
        """Return of each severity how many decide whether the run fails.

        Those are not accepted, not in the baseline, and not within a threshold.
        """
        counted: dict[str, int] | None = self.head()["summary"].get("counted")
        return self.counts if counted is None else counted

    def conforms(self, fail_on: Severity | None = Severity.ERROR) -> bool:
        """Tell whether nothing counts at or above a severity; None means that nothing fails."""
        if fail_on is None:
            return True
        counts = self.counted
        return not any(counts[s.value] for s in Severity if s.rank <= fail_on.rank)
