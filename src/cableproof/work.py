"""Files to evidence: what every worker does."""

from collections import Counter
from dataclasses import replace
from time import perf_counter
from typing import Any

import polars as pl

from cableproof.sources.archives.files import named
from cableproof.sources.archives.listing import listed
from cableproof.sources.batches import Reading, batch
from cableproof.sources.beats import MEASURING, beat
from cableproof.sources.beside import surveyed
from cableproof.sources.digests import digest_of
from cableproof.sources.extents import Extents
from cableproof.sources.index_pages import IndexPage, frame
from cableproof.sources.limits import Limits
from cableproof.sources.places import Trouble
from cableproof.sources.reading import Seen, read_piece, read_small
from cableproof.sources.walk import Found
from cableproof.tasks import Done, Links, Measure, Task, planned
from cableproof.validators.evidence import SAID_BY_LINES, measured

_WHERE = ("path", "kind", "file")


def evidence(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the rules look at."""
    return measured(batch).drop(SAID_BY_LINES)


EVIDENCE = Measure(evidence)


def done(task: Task, limits: Limits, measure: Measure = EVIDENCE) -> Done:
    """Do a task; the number of each file of it that begins is told to whoever watches."""
    if task.digest is not None:
        return Done(task, pl.DataFrame(), (), digest=digest_of(task.digest.file))
    if task.archive is not None:
        plan = planned(list(listed(task.archive, limits)), limits, task.digested)
        return Done(task, pl.DataFrame(), (), plan=plan)
    if task.again is not None:
        pieces = replace(limits, range=max(task.again.size // 4, 1))
        return Done(task, pl.DataFrame(), (), plan=planned([task.again], pieces, digests=True))
    if task.beside:
        return Done(task, measure.function(surveyed(task.beside, limits)), ())
    seen: list[Seen] = []
    parts = Parts(measure)
    if task.piece is not None:
        for reading in read_piece(task.piece, limits):
            beat(MEASURING)
            parts.add(task.piece.found, task.piece.kind, reading)
        return parts.done(task, seen)
    for number, found in enumerate(task.small):
        beat(number)
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
        self.extents: Extents = Counter()
        self.begun = perf_counter()
        self.measuring = 0.0  # seconds

    def add(self, found: Found, kind: str, reading: Reading) -> None:
        """Take a reading of a file."""
        self.troubles += reading.troubles
        self.lines += reading.lines
        self.extents.update(reading.extents)
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
        beat(MEASURING)
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
            extents=self.extents,
            seconds=seconds,
        )
