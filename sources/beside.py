"""Slots of several files held beside each other, byte for byte, before any is parsed.

Only those of the first file are looked at closely. One of another file that says the same is
found by that: its bytes are there, and then the next slot begins. Mostly it is the one that is
due, since files of one archive have their records in one order.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.sources.blocks import Piece, blocks_of
from cableproof.sources.limits import Limits
from cableproof.sources.slots import FORMS, Edges, Form, Proven, texts_of

#: One row a slot. ``identifier`` is what it calls itself where that is plain to see; ``said`` all
#: that it says: nothing where a slot of each of the other files says the same, and null where it
#: has no plain name or is no UTF-8. ``sound`` tells of the first file's whether they are proven
#: to hold one whole record, of others whether they may; ``release`` is the one that it names.
SLOTS: dict[str, pl.DataType] = {
    "source": pl.Int32(),
    "start": pl.Int64(),
    "end": pl.Int64(),
    "identifier": TEXT,
    "said": TEXT,
    "release": TEXT,
    "sound": pl.Boolean(),
}
_NONE = -1  # in the place of the number of a slot


def surveyed(pieces: Sequence[Piece | None], limits: Limits) -> pl.DataFrame:
    """Return the slots of a piece of each of several files, with the columns ``SLOTS``.

    There is no piece of a file that has ended.

    Raises:
        OSError: a file cannot be read.

    """
    form = next(FORMS[piece.kind] for piece in pieces if piece is not None)
    known = _Known(form, limits.record)
    held = [_Held(form, limits.record, known) for _ in pieces[1:]]
    every = (known, *held)
    for each, piece in zip(every, pieces, strict=True):
        for block in blocks_of(piece, limits) if piece is not None else ():
            if block.data is None:  # a slot that is too long to be read
                each.add(Proven(np.array([block.start, block.end]), np.array([False])), [None])
            else:
                each.take(block.data, block.start)
    alike = set(known.likes).intersection(*(each.likes for each in held)) - {_NONE}
    return pl.concat(each.table(source, alike) for source, each in enumerate(every))


class _Slot(NamedTuple):
    """A slot with a plain name: what it says stands on both sides of its place, or is kept of it.

    It is the same slot in whatever file it says the same.
    """

    name: bytes
    block: bytes
    start: int
    place: int
    kept: bytes
    rest: int
    end: int

    @property
    def said(self) -> bytes:
        return self.block[self.start : self.place] + self.kept + self.block[self.rest : self.end]


class _Slots:
    """The slots of a piece, and for each of them the number of the known one that is like it."""

    def __init__(self, form: Form, limit: int) -> None:
        self.form, self.limit = form, limit
        self.slots: list[_Slot | None] = []
        self.likes: list[int] = []
        self.tables: list[pl.DataFrame] = []

    def take(self, block: bytes, at: int) -> None:
        """Take the slots of a block that stands in the file at a byte."""
        raise NotImplementedError

    def add(
        self, proven: Proven, slots: Sequence[_Slot | None], likes: Sequence[int] = (_NONE,)
    ) -> None:
        """Take slots by their edges in the file."""
        self.slots += slots
        self.likes += likes
        columns = {"start": proven.edges[:-1], "end": proven.edges[1:], "sound": proven.sound}
        release = pl.lit(None) if proven.releases is None else proven.releases
        self.tables.append(pl.DataFrame(columns).with_columns(release=release))

    def slot(self, block: bytes, start: int, end: int) -> _Slot | None:
        """Return a slot if it has a plain name."""
        name = self.form.named.match(block, start, end)
        place = name and self.form.place.search(block, start, end)
        if not name or not place:
            return None
        return _Slot(name[1], block, start, place.start(), place[1], place.end(), end)

    def table(self, source: int, alike: set[int]) -> pl.DataFrame:
        """Return one row a slot, with the columns ``SLOTS``."""
        pairs = zip(self.slots, self.likes, strict=True)
        said = [slot and (b"" if like in alike else slot.said) for slot, like in pairs]
        names = [slot and slot.name.decode() for slot in self.slots]
        whole = (
            pl.concat(self.tables, how="vertical_relaxed")
            if self.tables
            else pl.DataFrame(schema=SLOTS)
        )
        return whole.with_columns(
            source=pl.lit(source),
            identifier=pl.Series(names, dtype=TEXT),
            said=texts_of(pl.Series(said, dtype=pl.Binary)),
        ).select(pl.col(name).cast(kind) for name, kind in SLOTS.items())


class _Known(_Slots):
    """The slots of the first file, which are proven, and by which name each is found."""

    def __init__(self, form: Form, limit: int) -> None:
        super().__init__(form, limit)
        self.rows: dict[bytes, int] = {}

    def take(self, block: bytes, at: int) -> None:
        """Take the slots of a block that stands in the file at a byte."""
        found = self.form.proven(block, self.limit)
        slots = [self.slot(block, *edges) for edges in pairwise(found.edges.tolist())]
        numbers = range(len(self.slots), len(self.slots) + len(slots))
        for number, slot in zip(numbers, slots, strict=True):
            if slot is not None:
                self.rows.setdefault(slot.name, number)
        self.add(found._replace(edges=found.edges + at), slots, numbers)

    def end_of(self, number: int, block: bytes, at: int) -> int:
        """Return where a slot ends that begins in a block and says what a known one says, or 0."""
        slot = self.slots[number] if 0 <= number < len(self.slots) else None
        if slot is None or not (
            slot.place == slot.start or block.startswith(slot.block[slot.start : slot.place], at)
        ):
            return 0
        place = self.form.place.match(block, at + slot.place - slot.start)
        if not place or place[1] != slot.kept:
            return 0
        rest = memoryview(slot.block)[slot.rest : slot.end]  # of which nothing is copied
        end = place.end() + len(rest)
        if not block.startswith(rest, place.end()):
            return 0
        return end if end == len(block) or self.form.begins.match(block, end) else 0


class _Held(_Slots):
    """The slots of another file, each held against the known one that is due or has its name."""

    def __init__(self, form: Form, limit: int, known: _Known) -> None:
        super().__init__(form, limit)
        self.known = known
        self.due = 0

    def take(self, block: bytes, at: int) -> None:
        """Take the slots of a block that stands in the file at a byte."""
        edges, slots, likes = [0], [], []
        while (start := edges[-1]) < len(block):
            like, end = self._next(block, start)
            edges.append(end)
            likes.append(like)
            slots.append(self.known.slots[like] if like >= 0 else self.slot(block, start, end))
        placed: Edges = np.array(edges, dtype=np.int64)
        self.add(Proven(placed + at, np.diff(placed) <= self.limit), slots, likes)

    def _next(self, block: bytes, at: int) -> tuple[int, int]:
        """Return which known slot the one is like that begins in a block, and where it ends."""
        like = self.due
        end = self.known.end_of(like, block, at)
        if not end:
            name = self.form.named.match(block, at)
            like = self.known.rows.get(name[1], _NONE) if name else _NONE
            end = self.known.end_of(like, block, at)
        if like >= 0:
            self.due = like + 1
        return (like, end) if end else (_NONE, self.form.after(block, at + 1))
