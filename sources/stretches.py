"""Some slots of a file of lines, read as if they followed one another, each at its own place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl

from cableproof.sources.archives.members import File
from cableproof.sources.batches import Reading
from cableproof.sources.places import Trouble

_CHUNK = 1 << 22


@dataclass(frozen=True)
class Stretches:
    """Byte ranges of a file in their order, each of one whole slot or of several."""

    edges: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, slots: pl.DataFrame) -> "Stretches":
        """Return all of some slots, at least one."""
        (whole,) = dealt(slots, int(slots["end"].max()) + 1)  # type: ignore[arg-type]
        return whole

    def bytes_of(self, file: BinaryIO) -> bytes:
        """Return what stands in them, joined."""
        parts = []
        for start, end in self.edges:
            file.seek(start)
            parts.append(file.read(end - start))
        return b"".join(parts)

    @property
    def start(self) -> int:
        """Return where the first begins; positions in what is joined count from here."""
        return self.edges[0][0]

    @property
    def end(self) -> int:
        """Return where the last ends."""
        return self.edges[-1][1]

    @property
    def size(self) -> int:
        """Return how many bytes they have."""
        return sum(end - start for start, end in self.edges)

    @cached_property
    def _moves(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return where each begins in what is joined, and how far that is from its own place."""
        own = np.array(self.edges, dtype=np.int64)
        joined = np.cumsum([self.start, *(own[:-1, 1] - own[:-1, 0])])
        return joined, own[:, 0] - joined

    def moves(self, positions: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Return how far positions in what is joined are from their places in the file."""
        joined, moves = self._moves
        found: npt.NDArray[np.int64] = moves[np.searchsorted(joined, positions, "right") - 1]
        return found

    def placed(self, reading: Reading) -> Reading:
        """Return a reading of what is joined with its places in the file.

        Its lines are not known; those of troubles are told by ``in_lines``.
        """
        records = reading.records
        if len(records):
            moved = pl.Series(self.moves(records["start"].to_numpy()))
            line = pl.lit(None, dtype=pl.Int64).alias("line")
            records = records.with_columns(pl.col("start", "end") + moved, line)
        troubles = tuple(self._trouble(each) for each in reading.troubles)
        return Reading(records, troubles=troubles, extents=reading.extents)

    def _trouble(self, trouble: Trouble) -> Trouble:
        if trouble.start is None:
            return trouble
        return replace(trouble, start=trouble.start + int(self.moves(trouble.start)), line=None)


@dataclass(frozen=True)
class Left:
    """The slots of a file that are left to be read, and how many records stand beside them.

    ``slots`` has their start and end; those of the other records are known to be sound.
    """

    slots: pl.DataFrame
    others: int


def dealt(slots: pl.DataFrame, size: int) -> list[Stretches]:
    """Return slots in lots of about ``size`` bytes; those that touch are one stretch."""
    edges = slots.select("start", "end").to_numpy()
    if not len(edges):
        return []
    lots = np.cumsum(edges[:, 1] - edges[:, 0]) // size
    fresh = np.ones(len(edges), dtype=bool)
    fresh[1:] = (edges[1:, 0] != edges[:-1, 1]) | (lots[1:] != lots[:-1])
    first = np.flatnonzero(fresh)
    whole = np.column_stack([edges[first, 0], edges[np.append(first[1:], len(edges)) - 1, 1]])
    parts = np.split(whole, np.flatnonzero(np.diff(lots[first])) + 1)
    return [Stretches(tuple((int(a), int(b)) for a, b in part)) for part in parts]


def in_lines(troubles: Iterable[Trouble], file: File) -> list[Trouble]:
    """Return the troubles of a file of lines, each in the line in which it starts.

    Raises:
        OSError: the file cannot be read.

    """
    known = list(troubles)
    starts = sorted({t.start for t in known if t.start is not None})
    lines = dict(zip(starts, _lines(file, starts) if starts else (), strict=True))
    return [t if t.start is None else replace(t, line=lines[t.start]) for t in known]


def _lines(file: File, starts: Sequence[int]) -> list[int]:
    found, line, at = [], 1, 0
    with file.open("rb") as source:
        for start in starts:
            while at < start:
                data = source.read(min(_CHUNK, start - at))
                if not data:  # the file is shorter than it was
                    break
                line += data.count(b"\n")
                at += len(data)
            found.append(line)
    return found
