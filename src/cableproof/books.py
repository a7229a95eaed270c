"""The books of a run: every input, every source and every rule accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cableproof.errors import BooksDoNotBalance
from cableproof.finding import Severity


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
    digest: str  # of a file its own; of a folder that of its list of digests; empty where not read
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
            "digest": self.digest or None,
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
