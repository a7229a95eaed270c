"""Files to evidence: what every worker does."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import polars as pl

from cableproof.sources.batches import Reading, batch
from cableproof.sources.digests import digest_of
from cableproof.sources.index_pages import IndexPage, frame
from cableproof.sources.limits import Limits
from cableproof.sources.places import Trouble, named
from cableproof.sources.reading import Piece, Seen, read_piece, read_small
from cableproof.sources.slots import Survey, surveyed
from cableproof.sources.walk import Found
from cableproof.validators.evidence import SAID_BY_LINES, measured

_WHERE = ("path", "kind", "file")
#: Addresses of inner links by the folder of their pages, and on how many pages each set stands.
Links = Counter[tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class Measure:
    """What makes a narrow table without text of records, with path, kind and file of each."""

    function: Callable[[pl.DataFrame], pl.DataFrame]
    together: int = 64 << 20  #: bytes of records that are measured at once


@dataclass(frozen=True)
class Task:
    """What one worker is asked for at once: some small files, a piece, slots, or a digest.

    Of slots it looks at those of one piece of each source, so that most are with their like.
    """

    number: int
    small: tuple[Found, ...] = ()
    piece: Piece | None = None
    digest: Found | None = None
    surveys: tuple[Survey, ...] = ()

    @property
    def size(self) -> int:
        """Return how many bytes the task reads, for the progress bar."""
        pieces = [self.piece, *(survey.piece for survey in self.surveys)]
        size = sum(piece.size for piece in pieces if piece is not None)
        return size + sum(found.size for found in self.small)


@dataclass(frozen=True)
class Done:
    """What a worker hands back: evidence, troubles, and what the files are; no text.

    ``listed`` is what the index pages among the files list, ``links`` where inner links lead.
    """

    task: Task
    evidence: pl.DataFrame
    troubles: tuple[Trouble, ...]
    seen: tuple[Seen, ...] = ()
    lines: int = 0  # line ends in the piece
    digest: str = ""
    listed: pl.DataFrame = field(default_factory=pl.DataFrame)
    links: Links = field(default_factory=Counter)
    seconds: tuple[float, float] = (0.0, 0.0)  # for reading and for evidence

    def moved(self, lines: int) -> "Done":
        """Return the same with ``lines`` more line ends before it in the file."""
        if not lines:
            return self
        troubles = tuple(trouble.moved(lines) for trouble in self.troubles)
        evidence = self.evidence
        if len(evidence):
            evidence = evidence.with_columns(pl.col("line") + lines)
        return replace(self, evidence=evidence, troubles=troubles)


def evidence(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the rules look at."""
    return measured(batch).drop(SAID_BY_LINES)


EVIDENCE = Measure(evidence)


def done(task: Task, limits: Limits, measure: Measure = EVIDENCE) -> Done:
    """Do a task."""
    if task.digest is not None:
        return Done(task, pl.DataFrame(), (), digest=digest_of(task.digest.file))
    if task.surveys:
        return Done(task, measure.function(surveyed(task.surveys, limits)), ())
    seen: list[Seen] = []
    parts = Parts(measure)
    if task.piece is not None:
        for reading in read_piece(task.piece, limits):
            parts.add(task.piece.found, task.piece.kind, reading)
        return parts.done(task, seen)
    for found in task.small:
        what, readings = read_small(found, limits)
        seen.append(what)
        for reading in readings:
            parts.add(found, what.kind, reading)
    return parts.done(task, seen)


class Parts:
    """Readings of one task; small ones are gathered, so that they are measured together."""

    def __init__(self, measure: Measure) -> None:
        self.how = measure
        self.measured: list[pl.DataFrame] = []
        self.rows: list[dict[str, Any]] = []
        self.frames: list[pl.DataFrame] = []
        self.size = 0  # of what waits, in bytes
        self.troubles: list[Trouble] = []
        self.indexes: list[IndexPage] = []
        self.links: Links = Counter()
        self.lines = 0
        self.begun = perf_counter()
        self.measuring = 0.0  # seconds

    def add(self, found: Found, kind: str, reading: Reading) -> None:
        """Take a reading of a file."""
        self.troubles += reading.troubles
        self.lines += reading.lines
        if reading.index is not None:
            self.indexes.append(reading.index)
        folder = found.path.rpartition("/")[0]
        self.links.update((folder, addresses) for addresses in reading.links)
        where = {"path": found.path, "kind": kind, "file": named(found.file)}
        self.rows += (row | where for row in reading.rows)
        self.size += sum(row["end"] - row["start"] for row in reading.rows)
        if len(reading.records):
            self.frames.append(
                reading.records.with_columns(pl.lit(v).alias(k) for k, v in where.items())
            )
            self.size += int(reading.records["body"].str.len_bytes().sum())
        if self.size >= self.how.together:
            self.measure()

    def measure(self) -> None:
        """Turn the records that wait into evidence, and let their texts go."""
        begun = perf_counter()
        if self.rows:
            self.frames.append(batch(self.rows, dict.fromkeys(_WHERE, pl.String())))
        if self.frames:
            self.measured.append(self.how.function(pl.concat(self.frames)))
        self.rows, self.frames, self.size = [], [], 0
        self.measuring += perf_counter() - begun

    def done(self, task: Task, seen: list[Seen]) -> Done:
        """Return all that was taken."""
        self.measure()
        evidence = pl.concat(self.measured) if self.measured else pl.DataFrame()
        troubles, listed = tuple(self.troubles), frame(self.indexes)
        seconds = (perf_counter() - self.begun - self.measuring, self.measuring)
        return Done(
            *(task, evidence, troubles, tuple(seen), self.lines),
            listed=listed,
            links=self.links,
            seconds=seconds,
        )
