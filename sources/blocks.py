"""Large files of lines in pieces for several processes, and pieces in blocks for the memory."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from cableproof.sources import cables_csv
from cableproof.sources.beats import beat
from cableproof.sources.limits import Limits
from cableproof.sources.stretches import Stretches
from cableproof.sources.walk import Found

IN_PIECES = ("cables-csv", "json-lines")
_RANGES = 2  # ranges a piece: each is measured by itself, which costs much whatever its size
_HELD = 4  # ranges a piece that may be held in memory
_CHUNK = 1 << 16
_LONG_CHUNK = 1 << 22  # where a line goes on for long
_OVERLAP = 256  # bytes; the beginning of a record that is recognised is shorter


@dataclass(frozen=True)
class Piece:
    """A part of a large file, or all of a file: bytes ``start`` up to ``end``.

    Where there are stretches, only these are wanted of it.
    """

    found: Found
    kind: str
    start: int
    end: int
    stretches: Stretches | None = None

    @classmethod
    def of(cls, found: Found, kind: str, stretches: Stretches) -> "Piece":
        """Return the piece of a file of lines of which some stretches are wanted."""
        return cls(found, kind, stretches.start, stretches.end, stretches)

    @property
    def size(self) -> int:
        """Return how many bytes are wanted."""
        return self.end - self.start if self.stretches is None else self.stretches.size


@dataclass(frozen=True)
class Block:
    """Some slots of a file that follow one another, or a single one that is over the limit.

    Of the latter there are no ``data``, so that memory stays bounded whatever stands there.
    """

    start: int
    end: int
    data: bytes | None
    lines: int = 0  # line ends in what is over the limit


def pieces_in(found: Found, kind: str, file: BinaryIO, limits: Limits) -> list[Piece]:
    """Return the pieces in which to read a large file of lines, each beginning at a record."""
    edges = _edges(file, kind, 0, found.size, _RANGES * limits.range)
    return [Piece(found, kind, start, end) for start, end in pairwise(edges)]


def pieces_of_lines(found: Found, kind: str, number: int) -> list[Piece]:
    """Return about ``number`` pieces of a large file of lines, or of rows of `cables.csv`.

    Raises:
        OSError: it cannot be read.

    """
    with found.file.open("rb") as file:
        edges = _edges(file, kind, 0, found.size, -(-found.size // number))
    return [Piece(found, kind, start, end) for start, end in pairwise(edges)]


def pieces_between(piece: Piece, number: int) -> list[Piece]:
    """Return a piece in about so many smaller ones, each beginning at a record.

    Raises:
        OSError: the file cannot be read.

    """
    step = max(1, -(-piece.size // number))
    with piece.found.file.open("rb") as file:
        edges = _edges(file, piece.kind, piece.start, piece.end, step)
    return [Piece(piece.found, piece.kind, start, end) for start, end in pairwise(edges)]


def line_ends(piece: Piece) -> int:
    """Return how many line ends are in a piece.

    Raises:
        OSError: the file cannot be read.

    """
    with piece.found.file.open("rb") as file:
        return _line_ends(file, piece.start, piece.end)


class _Held(io.BytesIO):
    """A part of a file in memory, whose positions are those in the file."""

    def __init__(self, data: bytes, start: int) -> None:
        super().__init__(data)
        self._start = start

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position of the file, of which no other way is asked for."""
        return super().seek(offset - self._start, whence) + self._start


def blocks_of(piece: Piece, limits: Limits) -> Iterator[Block]:
    """Yield the blocks of a piece of lines.

    Raises:
        OSError: the file cannot be read.

    """
    with piece.found.file.open("rb") as file:
        yield from blocks_in(file, piece, limits)


def blocks_in(file: BinaryIO, piece: Piece, limits: Limits) -> Iterator[Block]:
    """Yield the blocks of a piece of an open file of lines, about ``limits.block`` bytes each.

    Where blocks begin is known only when what follows was read. In an archive, where to go back
    is to begin anew, a piece is held in memory for that.
    """
    if piece.found.inside and piece.size <= _HELD * limits.range:
        file.seek(piece.start)
        file = _Held(file.read(piece.size), piece.start)
    for start, end in pairwise(_edges(file, piece.kind, piece.start, piece.end, limits.block)):
        beat()
        file.seek(start)
        if end - start <= limits.block + limits.record:
            yield Block(start, end, file.read(end - start))
            continue
        data = file.read(limits.block)  # in which the last record begins, which is too long
        last = last_start(data, piece.kind)
        if last:
            yield Block(start, start + last, data[:last])
        yield Block(start + last, end, None, _line_ends(file, start + last, end))


def _line_ends(file: BinaryIO, start: int, end: int) -> int:
    found = 0
    for some in _stretches(file, start):
        found += some.count(b"\n", 0, max(end - start, 0))
        start += len(some)
        if start >= end:
            break
    return found


def last_start(data: bytes, kind: str) -> int:
    """Return where the last record begins in ``data``, at which one does."""
    if kind != "cables-csv":
        return data.rfind(b"\n") + 1
    at = len(data)
    while (at := data.rfind(b'\n"', 0, at)) >= 0:
        if cables_csv.START.match(data, at + 1):
            return at + 1
    return 0


def _edges(file: BinaryIO, kind: str, start: int, end: int, step: int) -> list[int]:
    """Return where to cut the bytes ``start`` up to ``end`` in steps, each time at a record."""
    edges = [start]
    while edges[-1] + step < end:
        edges.append(min(_record_start(file, edges[-1] + step, kind), end))
    return edges if edges[-1] == end else [*edges, end]


def _record_start(file: BinaryIO, edge: int, kind: str) -> int:
    """Return where the first record begins at or after ``edge``, or the end of the file."""
    if kind != "cables-csv":
        return _after_line(file, edge - 1)
    begin, data = edge - 1, b""
    file.seek(begin)
    while more := file.read(_CHUNK):
        beat()
        data += more
        at = cables_csv.next_start(data, 1)
        if at < len(data):
            return begin + at
        begin += max(len(data) - _OVERLAP, 0)
        data = data[-_OVERLAP:]  # in which a record may have begun
    return begin + len(data)


def _after_line(file: BinaryIO, start: int) -> int:
    """Return where the line that holds the byte ``start`` has ended, or the end of the file."""
    at = start
    for some in _stretches(file, start):
        found = some.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(some)
    return at


def _stretches(file: BinaryIO, start: int) -> Iterator[bytearray]:
    """Yield the bytes from ``start`` on, in stretches that grow, for as long as they are wanted.

    Each is in the place of the one before: to make place anew takes longer than to read.
    """
    file.seek(start)
    for size in (_CHUNK, _LONG_CHUNK):
        room = bytearray(size)
        while got := file.readinto(room):  # type: ignore[attr-defined]
            beat()
            yield room if got == len(room) else room[:got]
            if size < _LONG_CHUNK:
                break
        else:
            return
