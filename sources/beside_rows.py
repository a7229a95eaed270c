"""Rows of `cables.csv` held beside each other: see ``beside.surveyed``.

Only those of the first file are looked at closely. One of another file that says the same is
found by that: its bytes are there, and then the next row begins. Mostly it is the one that is
due, since files of one archive have their records in one order.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.sources.blocks import Piece, blocks_of
from cableproof.sources.cables_csv import START, next_start
from cableproof.sources.limits import Limits
from cableproof.sources.slots import NAME, SLOTS, Edges, Proven, rows, texts_of

_NONE = -1  # in the place of the number of a slot
#: What a row calls itself, where that is plain to see.
_NAMED = re.compile(START.pattern + f'"{NAME}",'.encode())
#: The number of a row, which differs from release to release.
_NUMBER = re.compile(rb'(?:\A|(?<=\n))"[0-9]+",(?="[0-9]{1,2}/)')


def surveyed(pieces: Sequence[Piece | None], limits: Limits) -> Iterator[pl.DataFrame]:
    """Yield the slots of a piece of each file: those of the first are proven.

    Raises:
        OSError: a file cannot be read.

    """
    known = _Known(limits.record)
    held = [_Held(limits.record, known) for _ in pieces[1:]]
    every = (known, *held)
    for each, piece in zip(every, pieces, strict=True):
        for block in blocks_of(piece, limits) if piece is not None else ():
            if block.data is None:  # a row that is too long to be read
                edges = np.array([block.start, block.end])
                each.add(edges, Proven(np.array([False])), [None], [_NONE])
            else:
                each.take(block.data, block.start)
    alike = set(known.likes).intersection(*(each.likes for each in held)) - {_NONE}
    for each in every:
        yield each.table(alike)


class _Slot(NamedTuple):
    """A slot with a plain name: what it says stands behind its number, in whatever file."""

    name: bytes
    block: bytes
    start: int
    end: int

    @property
    def said(self) -> bytes:
        return self.block[self.start : self.end]


class _Slots:
    """The slots of a piece, and for each of them the number of the known one that is like it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.slots: list[_Slot | None] = []
        self.likes: list[int] = []
        self.tables: list[pl.DataFrame] = []

    def take(self, block: bytes, at: int) -> None:
        """Take the slots of a block that stands in the file at a byte."""
        raise NotImplementedError

    def add(
        self, edges: Edges, proven: Proven, slots: Sequence[_Slot | None], likes: Sequence[int]
    ) -> None:
        """Take slots by their edges in the file."""
        self.slots += slots
        self.likes += likes
        columns = {"start": edges[:-1], "end": edges[1:], "sound": proven.sound}
        self.tables.append(pl.DataFrame(columns))

    def table(self, alike: set[int]) -> pl.DataFrame:
        """Return one row a slot."""
        pairs = zip(self.slots, self.likes, strict=True)
        said = [slot and (b"" if like in alike else slot.said) for slot, like in pairs]
        names = [slot and slot.name.decode() for slot in self.slots]
        whole = pl.concat(self.tables) if self.tables else pl.DataFrame(schema=SLOTS)
        return whole.with_columns(
            identifier=pl.Series(names, dtype=TEXT),
            said=texts_of(pl.Series(said, dtype=pl.Binary)),
            release=pl.lit(None, TEXT),
        )


def _slot(block: bytes, start: int, end: int) -> _Slot | None:
    """Return a slot if it has a plain name."""
    name = _NAMED.match(block, start, end)
    number = name and _NUMBER.match(block, start)
    return _Slot(name[1], block, number.end(), end) if name and number else None


class _Known(_Slots):
    """The slots of the first file, which are proven, and by which name each is found."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.rows: dict[bytes, int] = {}

    def take(self, block: bytes, at: int) -> None:
        """Take the slots of a block that stands in the file at a byte."""
        edges, proven = rows(block, self.limit)
        slots = [_slot(block, *both) for both in pairwise(edges.tolist())]
        numbers = range(len(self.slots), len(self.slots) + len(slots))
        for number, slot in zip(numbers, slots, strict=True):
            if slot is not None:
                self.rows.setdefault(slot.name, number)
        self.add(edges + at, proven, slots, numbers)

    def end_of(self, number: int, block: bytes, at: int) -> int:
        """Return where a slot ends that begins in a block and says what a known one says, or 0."""
        slot = self.slots[number] if 0 <= number < len(self.slots) else None
        begins = slot and _NUMBER.match(block, at)
        if not slot or not begins:
            return 0
        said = memoryview(slot.block)[slot.start : slot.end]  # of which nothing is copied
        end = begins.end() + len(said)
        if not block.startswith(said, begins.end()):
            return 0
        return end if end == len(block) or START.match(block, end) else 0


class _Held(_Slots):
    """The slots of another file, each held against the known one that is due or has its name."""

    def __init__(self, limit: int, known: _Known) -> None:
        super().__init__(limit)
        self.known = known
        self.due = 0

    def take(self, block: bytes, at: int) -> None:
        """Take the slots of a block that stands in the file at a byte."""
        edges, slots, likes = [0], [], []
        while (start := edges[-1]) < len(block):
            like, end = self._next(block, start)
            edges.append(end)
            likes.append(like)
            slots.append(self.known.slots[like] if like >= 0 else _slot(block, start, end))
        placed: Edges = np.array(edges, dtype=np.int64)
        self.add(placed + at, Proven(np.diff(placed) <= self.limit), slots, likes)

    def _next(self, block: bytes, at: int) -> tuple[int, int]:
        """Return which known slot the one is like that begins in a block, and where it ends."""
        like = self.due
        end = self.known.end_of(like, block, at)
        if not end:
            name = _NAMED.match(block, at)
            like = self.known.rows.get(name[1], _NONE) if name else _NONE
            end = self.known.end_of(like, block, at)
        if like >= 0:
            self.due = like + 1
        return (like, end) if end else (_NONE, next_start(block, at + 1))
