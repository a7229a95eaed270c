"""Pieces and blocks of files of lines, against cuts made slowly at the beginnings of records."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest

from cableproof.sources import blocks
from cableproof.sources.blocks import (
    IN_PIECES,
    Block,
    Piece,
    blocks_of,
    last_start,
    line_ends,
    pieces_between,
    pieces_in,
    pieces_of_lines,
)
from cableproof.sources.cables_csv import START
from cableproof.sources.limits import Limits
from cableproof.sources.stretches import Stretches
from cableproof.sources.walk import Found

_ROW = b'"%d","1/2/2007 10:30",%s\n'
_BODIES = (b"x", b'a\n"no row\n"1","2"', b"", b'"\n\n"', b"y" * 40, b"", b'\n"')
_ROWS = b"".join(_ROW % each for each in enumerate(_BODIES))
_LINES = b"abc\n\n{}\n" + b"x" * 30 + b"\n\n\nlast\n"
#: Whole files, some of which begin or end in no record.
DATA = [
    *[("json-lines", data) for data in (_LINES, _LINES[:-1], b"\n" + _LINES, b"x" * 50, b"\n" * 9)],
    *[("cables-csv", data) for data in (_ROWS, _ROWS[:-4], b"\n" + _ROWS, b"no\n" * 30)],
    ("cables-csv", _ROWS + b'\n"nothing more\n' * 5),
]
each_file = pytest.mark.parametrize(("kind", "data"), DATA)


@pytest.fixture(params=[None, 1, 3, 30])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int | None:
    """Let files be read in very small chunks."""
    size: int | None = request.param
    if size is not None:
        monkeypatch.setattr(blocks, "_CHUNK", size)
        monkeypatch.setattr(blocks, "_LONG_CHUNK", size + 4)
        monkeypatch.setattr(blocks, "_OVERLAP", 32)
    return size


def starts_in(kind: str, data: bytes) -> list[int]:
    """Return where records begin behind the first."""
    lines = [at + 1 for at in range(len(data)) if data[at : at + 1] == b"\n"]
    return [at for at in lines if kind == "json-lines" or START.match(data, at)]


def cut(kind: str, data: bytes, start: int, end: int, step: int) -> list[tuple[int, int]]:
    starts, edges = starts_in(kind, data), [start]
    while edges[-1] + step < end:
        nearest = next((at for at in starts if at >= edges[-1] + step), end)
        edges.append(min(nearest, end))
    return [*pairwise(dict.fromkeys([*edges, end]))]


def blocks_cut(kind: str, data: bytes, start: int, end: int, limits: Limits) -> Iterator[Block]:
    for a, b in cut(kind, data, start, end, limits.block):
        if b - a <= limits.block + limits.record:
            yield Block(a, b, data[a:b], 0)
            continue
        head = data[a : a + limits.block]
        last = max([0, *starts_in(kind, head)])
        if last:
            yield Block(a, a + last, head[:last], 0)
        yield Block(a + last, b, None, data[a + last : b].count(b"\n"))


class Inner:
    """A file in an archive, of which each seek and each read is noted."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.sought: list[int] = []

    def open(self, mode: str) -> io.BytesIO:
        outer = self

        class Noting(io.BytesIO):
            def seek(self, offset: int, whence: int = 0) -> int:
                outer.sought.append(offset)
                return super().seek(offset, whence)

        assert mode == "rb"
        return Noting(self.data)


def found_of(data: bytes, *, inside: bool = False) -> Found:
    file: Any = Inner(data)
    return Found("here", file, len(data), inside=inside)


def edges_of(pieces: list[Piece], found: Found, kind: str) -> list[tuple[int, int]]:
    assert all(
        (piece.found, piece.kind, piece.stretches) == (found, kind, None) for piece in pieces
    )
    return [(piece.start, piece.end) for piece in pieces]


@each_file
@pytest.mark.usefixtures("chunk")
def test_a_file_is_cut_in_pieces_at_the_records_that_are_nearest(kind: str, data: bytes) -> None:
    found = found_of(data)
    for step in (1, 2, 5, 20, len(data) - 1, len(data), len(data) + 1):
        number = -(-len(data) // step)
        expected = cut(kind, data, 0, len(data), -(-len(data) // number))
        assert edges_of(pieces_of_lines(found, kind, number), found, kind) == expected
        pieces = pieces_in(found, kind, found.file.open("rb"), Limits(range=step))
        assert edges_of(pieces, found, kind) == cut(kind, data, 0, len(data), 2 * step)


@each_file
@pytest.mark.usefixtures("chunk")
def test_a_piece_is_cut_in_smaller_ones(kind: str, data: bytes) -> None:
    found, starts = found_of(data), [0, *starts_in(kind, data), len(data)]
    for start, end in (
        (starts[0], starts[-1]),
        (starts[1], starts[-2]),
        (starts[-3:][0], starts[-1]),
    ):
        piece = Piece(found, kind, start, max(start, end))
        for number in (1, 2, 3, max(piece.size, 1)):
            expected = cut(kind, data, start, piece.end, max(1, -(-piece.size // number)))
            assert edges_of(pieces_between(piece, number), found, kind) == expected


@each_file
@pytest.mark.usefixtures("chunk")
def test_blocks_are_about_as_long_as_they_may_be_and_hold_no_record_that_is_too_long(
    kind: str, data: bytes
) -> None:
    starts = [0, *starts_in(kind, data), len(data)]
    for inside in (False, True):
        found = found_of(data, inside=inside)
        for block in (1, 2, 7, 24, 45, 90):
            for limits in (Limits(block=block, record=record) for record in (1, 3, 22, 60)):
                for start, end in ((0, len(data)), (starts[-3:][0], len(data)), (0, starts[-2])):
                    expected = [*blocks_cut(kind, data, start, end, limits)]
                    piece = Piece(found, kind, start, end)
                    assert [*islice(blocks_of(piece, limits), 200)] == expected


def test_a_block_is_read_up_to_the_limits_of_a_block_and_a_record_together() -> None:
    data = b"ab\n" + b"x" * 29 + b"\n"
    for more in (-1, 0, 1):
        piece = Piece(found_of(data), "json-lines", 0, len(data))
        made = [*blocks_of(piece, Limits(block=10, record=len(data) - 10 + more))]
        whole = [Block(0, 33, data)]
        assert made == (whole if more >= 0 else [Block(0, 3, b"ab\n"), Block(3, 33, None, 1)])


@each_file
def test_the_last_record_that_has_begun_in_some_bytes_is_found(kind: str, data: bytes) -> None:
    for end in range(len(data) + 1):
        assert last_start(data[:end], kind) == max([0, *starts_in(kind, data[:end])])


@each_file
@pytest.mark.usefixtures("chunk")
def test_line_ends_are_counted_between_any_edges(kind: str, data: bytes) -> None:
    for start in range(0, len(data), 3):
        for end in (start, start + 1, start + 2, start + 7, len(data)):
            piece = Piece(found_of(data), kind, start, max(start, end))
            assert line_ends(piece) == data[start:end].count(b"\n")


@each_file
@pytest.mark.usefixtures("chunk")
def test_stretches_are_all_bytes_up_to_the_end(kind: str, data: bytes) -> None:
    for start in (0, 1, 5, len(data) - 1, len(data)):
        read = [bytes(some) for some in blocks._stretches(io.BytesIO(data), start)]
        assert b"".join(read) == data[start:], kind


class Endless(io.BytesIO):
    """A file of one line that goes on, of which each request is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def readinto(self, room: Any) -> int:
        self.asked.append(len(room))
        if len(self.asked) == 4:
            room[-1:] = b"\n"
        return len(room)

    def read(self, size: int | None = -1) -> bytes:
        self.asked.append(size or 0)
        return b"x" * (size or 0) if len(self.asked) < 4 else b""


def test_a_line_is_sought_in_a_small_stretch_first_and_then_in_large_ones() -> None:
    file = Endless()
    small, large = 65_536, 4_194_304
    assert blocks._after_line(file, 0) == small + 3 * large
    assert file.asked == [small, large, large, large]


def test_a_row_is_sought_in_small_chunks() -> None:
    file = Endless()
    assert blocks._record_start(file, 1, "cables-csv") == 3 * 65_536
    assert file.asked == [65_536] * 4


@pytest.mark.parametrize(("kept", "digits"), [(256, 236), (257, 237), (22, 1), (21, 1)])
def test_a_row_is_found_though_its_beginning_is_in_two_chunks(kept: int, digits: int) -> None:
    begins = b"\n" + b'"%s","1/2/2007 10:30",' % (b"7" * digits)
    data = b"x" * (65_536 - kept) + begins + b"\n" + _ROW % (1, b"")
    at = 65_536 - kept + 1
    expected = (
        at if kept <= 256 else data.rindex(b'\n"1",') + 1
    )  # of a long one only so much is kept
    assert blocks._record_start(io.BytesIO(data), 1, "cables-csv") == expected


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("size", [79, 80, 81])
def test_a_piece_of_an_archive_is_held_if_it_has_four_ranges_at_most(
    inside: bool, size: int
) -> None:
    data = b"ab\n" * 40
    found = found_of(data, inside=inside)
    made = [*blocks_of(Piece(found, "json-lines", 3, 3 + size), Limits(range=20, block=10))]
    assert b"".join(each.data or b"" for each in made) == data[3 : 3 + size]
    held = inside and size <= 80
    file: Any = found.file
    assert (file.sought == [3]) == held


def test_what_is_held_has_the_positions_of_the_file() -> None:
    held = blocks._Held(b"abcdef", 100)
    assert (held.seek(102), held.read(2), held.seek(100), held.read(1)) == (102, b"cd", 100, b"a")


def test_a_piece_has_the_size_of_what_is_wanted_of_it() -> None:
    found = found_of(_LINES)
    stretches = Stretches(((3, 5), (9, 20)))
    piece = Piece.of(found, "json-lines", stretches)
    assert piece == Piece(found, "json-lines", 3, 20, stretches)
    assert piece.size == 13
    assert Piece(found, "json-lines", 3, 20).size == 17


def test_files_of_these_kinds_are_read_in_pieces(tmp_path: Path) -> None:
    assert {*IN_PIECES} == {kind for kind, _ in DATA}
    file = tmp_path / "a"
    file.write_bytes(_LINES)
    found = Found("a", file, len(_LINES))
    assert [*blocks_of(Piece(found, "json-lines", 0, len(_LINES)), Limits())] == [
        Block(0, len(_LINES), _LINES)
    ]
