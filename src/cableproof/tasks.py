"""What a source asks workers to do: its files planned as tasks, and what each hands back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from zlib import crc32

import polars as pl

from cableproof.sources.blocks import Piece
from cableproof.sources.extents import Extents
from cableproof.sources.limits import Limits
from cableproof.sources.places import Trouble
from cableproof.sources.reading import ARCHIVE, Seen, look_at_large
from cableproof.sources.stretches import Left, dealt
from cableproof.sources.walk import Found, Skipped

_FILES_A_TASK = 256
_LEFT = 32 << 20  # bytes a task of what is left of a file
#: Addresses of inner links by the folder of their pages, and on how many pages each set stands.
Links = Counter[tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class Measure:
    """What makes a narrow table without text of records, with path, kind and file of each."""

    function: Callable[[pl.DataFrame], pl.DataFrame]
    together: int = 64 << 20  #: bytes of records that are measured at once


@dataclass(frozen=True)
class Task:
    """What one worker is asked for at once: small files, a piece, slots, a digest, an archive.

    Of slots it looks at those of one piece of each source, so that most are with their like; of
    an archive at what it holds; of a file that ended a process ``again``, to read it in pieces.
    """

    number: int
    small: tuple[Found, ...] = ()
    piece: Piece | None = None
    digest: Found | None = None
    beside: tuple[Piece | None, ...] = ()
    archive: Found | None = None
    digested: bool = True  # whether large files in the archive are
    again: Found | None = None

    @property
    def size(self) -> int:
        """Return how many bytes the task reads, for the progress bar."""
        pieces = (self.piece, *self.beside)
        size = sum(piece.size for piece in pieces if piece is not None)
        return size + sum(found.size for found in self.small)


@dataclass
class Plan:
    """What is to be read of a source, or of an archive in it, and what is known of its files."""

    files: dict[str, Seen] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    large: list[Found] = field(default_factory=list)  # files that are read in pieces
    archives: list[Found] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def numbered(self) -> list[Task]:
        """Return the tasks with their numbers, in the order in which they are done."""
        return [replace(task, number=number) for number, task in enumerate(self.tasks)]


@dataclass(frozen=True)
class Done:
    """What a worker hands back: evidence, troubles, and what the files are; no text.

    ``listed`` is what the index pages among the files list, ``links`` where inner links lead,
    ``plan`` what is to be read of an archive.
    """

    task: Task
    evidence: pl.DataFrame
    troubles: tuple[Trouble, ...]
    seen: tuple[Seen, ...] = ()
    lines: int = 0  # line ends in the piece
    digest: str = ""
    listed: pl.DataFrame = field(default_factory=pl.DataFrame)
    links: Links = field(default_factory=Counter)
    extents: Extents = field(default_factory=Counter)
    seconds: tuple[float, float] = (0.0, 0.0)  # for reading and for evidence
    plan: Plan | None = None

    def moved(self, lines: int) -> Done:
        """Return the same with ``lines`` more line ends before it in the file."""
        if not lines:
            return self
        troubles = tuple(trouble.moved(lines) for trouble in self.troubles)
        evidence = self.evidence
        if len(evidence):
            evidence = evidence.with_columns(pl.col("line") + lines)
        return replace(self, evidence=evidence, troubles=troubles)


def planned(
    entries: Iterable[Found | Skipped | Trouble],
    limits: Limits,
    digests: bool,
    left: Left | None = None,
) -> Plan:
    """Return the tasks that files ask for, the largest files' digests among them.

    Of a large file only what is ``left`` is read, if anything is said of that.
    """
    plan = Plan()
    small: list[Found] = []
    for entry in entries:
        if isinstance(entry, Trouble):
            plan.troubles.append(entry)
            if entry.lost:
                plan.files.setdefault(entry.path, Seen(entry.path, 0))
        elif isinstance(entry, Skipped):
            plan.files[entry.path] = Seen(entry.path, 0, skipped=entry.what)
        elif entry.size <= limits.range:
            small.append(entry)
        else:
            _take_large(plan, entry, limits, digests, left)
    plan.tasks += (Task(0, small=tuple(few)) for few in _few(small, limits))
    return plan


def _take_large(plan: Plan, found: Found, limits: Limits, digests: bool, left: Left | None) -> None:
    """Plan to read a large file in pieces."""
    seen, pieces, readings = look_at_large(found, limits)
    plan.files[found.path] = seen
    plan.large.append(found)
    plan.troubles += (trouble for each in readings for trouble in each.troubles)
    if seen.kind == ARCHIVE:
        plan.archives.append(found)
    if left is not None:
        pieces = [Piece.of(found, seen.kind, lot) for lot in dealt(left.slots, _LEFT)]
    plan.tasks += (Task(0, piece=piece) for piece in pieces)
    if digests:
        plan.tasks.insert(0, Task(0, digest=found))


def _few(files: list[Found], limits: Limits) -> Iterator[list[Found]]:
    """Yield files in lots that one worker reads at once.

    A lot also ends after every file whose name says so, so that one that is added moves no more
    than its own lot, and what is known of the others stays known.
    """
    lot: list[Found] = []
    size = 0
    for found in files:
        if lot and (len(lot) == _FILES_A_TASK or size + found.size > limits.range):
            yield lot
            lot, size = [], 0
        lot.append(found)
        size += found.size
        if crc32(found.path.encode("utf-8", "surrogatepass")) % _FILES_A_TASK == 0:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot
