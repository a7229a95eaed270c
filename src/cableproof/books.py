"""The books of a run: every file, every input, every byte and every rule accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, field
from typing import Any, NamedTuple

from cableproof.errors import BooksDoNotBalance
from cableproof.finding import Severity
from cableproof.sources.archives.names import INSIDE


class Marked(NamedTuple):
    """How many records are flagged, by an error or a warning, and how many of these by an error."""

    flagged: int = 0
    invalid: int = 0


UNMARKED = Marked()


@dataclass(frozen=True)
class Books:
    """Every file and every input accounted for, as records, as skipped, or as unreadable.

    Files are ``unreadable_files`` where nothing in them could be read; an input is a record, or
    what is meant to be one: each file of which nothing could be read is one, too.
    """

    files: int = 0
    read_files: int = 0
    skipped: int = 0  # files that plainly hold no record
    unreadable_files: int = 0
    inputs: int = 0
    records: int = 0
    clean: int = 0
    flagged: int = 0  # by an error or a warning
    valid: int = 0
    invalid: int = 0  # by an error
    unreadable: int = 0  # inputs

    def laws(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield the laws that the books keep: both sides in words and as numbers."""
        files = self.read_files + self.skipped + self.unreadable_files
        yield "files", "read + skipped + unreadable", self.files, files
        yield "inputs", "records + unreadable", self.inputs, self.records + self.unreadable
        yield "records", "clean + flagged", self.records, self.clean + self.flagged
        yield "records", "valid + invalid", self.records, self.valid + self.invalid

    def balanced(self) -> Books:
        """Return the books, which must balance.

        Raises:
            BooksDoNotBalance: an input was lost or counted twice, which is our own fault.

        """
        for left, right, one, other in self.laws():
            if one != other:
                raise BooksDoNotBalance(f"{left} = {right}, but {self}")
        return self

    def __add__(self, other: Books) -> Books:
        return Books(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def document(self) -> dict[str, int]:
        """Return the counts by name, as they stand in the document; they must balance."""
        return asdict(self.balanced())


@dataclass(frozen=True)
class SourceBooks:
    """One source of a run: what was there, and its books.

    ``extents`` are the bytes of files whose slots are byte ranges, by what they are; all
    ``placed_bytes`` of these files must be there.
    """

    name: str
    path: str
    kinds: Mapping[str, int]  # records by kind of file
    skipped: Mapping[str, int]  # files by what they are instead of records
    bytes: int
    digest: str  # of a file its own; of a folder that of its list of digests; empty where not read
    is_file: bool
    books: Books
    placed_bytes: int = 0
    extents: Mapping[str, int] = field(default_factory=dict)
    archives: frozenset[str] = frozenset()  # paths of those whose members were read
    role: str = "source"  # or reference, manifest, mirror, against

    def balanced(self) -> SourceBooks:
        """Return the source, whose books must balance.

        Raises:
            BooksDoNotBalance: an input or a byte was lost or counted twice.

        """
        self.books.balanced()
        told = sum(self.extents.values())
        if told != self.placed_bytes:
            law = "bytes = slots + separators + named gaps"
            raise BooksDoNotBalance(f"{law}, but {self.placed_bytes:,} and {told:,}")
        return self

    def place_of(self, path: str) -> str:
        """Return where a file of the source is: a member of an archive behind its name and ``!``."""
        outer, *inside = path.split(INSIDE)
        if inside and outer not in self.archives:  # a folder may have any name
            outer, inside = path, []
        root = self.path.rstrip("/")
        return "!".join([root if self.is_file else f"{root}/{outer}", *inside])

    def document(self) -> dict[str, Any]:
        """Return what the document says of this source."""
        return {
            "name": self.name,
            "path": self.path,
            "role": self.role,
            "kinds": dict(self.kinds),
            "skipped_files": dict(self.skipped),
            "bytes": self.bytes,
            "digest": self.digest or None,
            "placed_bytes": self.placed_bytes,
            "extents": dict(sorted(self.extents.items())),
        } | self.books.document()


def placed(sources: Iterable[SourceBooks]) -> dict[str, Any]:
    """Return the bytes of all sources whose slots are byte ranges, by what they are."""
    several = list(sources)
    extents: Counter[str] = sum((Counter(each.extents) for each in several), Counter())
    return {
        "placed_bytes": sum(each.placed_bytes for each in several),
        "extents": dict(sorted(extents.items())),
    }


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
