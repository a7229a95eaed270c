"""Streams out of archives: which bytes they give, where they stop, and what they close."""

from __future__ import annotations

import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from itertools import accumulate

import pyarrow as pa
import pytest

from cableproof.sources.archives.faults import LIBRARY, ArchiveFault, OverLimit, guarded
from cableproof.sources.archives.streams import (
    Part,
    Unpacked,
    buffered,
    over_ratio,
    over_unpacked,
    unpacked,
)
from cableproof.sources.limits import MIB, Limits

LETTERS = b"abcdefghijklmnopqrstuvwxyz"
RATIO = "over the limit of a ratio of 100 between unpacked and packed bytes"
RAISED = (
    *(EOFError, OSError, ValueError, RuntimeError, IndexError, KeyError, TypeError),
    *(ArithmeticError, AttributeError, AssertionError, struct.error, zlib.error, lzma.LZMAError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, pa.lib.ArrowException),
)


class Noted(io.BytesIO):
    """Bytes that note how many are asked for at a time, and how often they are closed."""

    def __init__(self, data: bytes = LETTERS, breaks: int | None = None) -> None:
        super().__init__(data)
        self.asked: list[int | None] = []
        self.breaks = breaks  # the byte from which nothing can be read
        self.closings = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.asked.append(size)
        if self.breaks is not None and self.tell() >= self.breaks:
            raise EOFError
        return super().read(size)

    def close(self) -> None:
        self.closings += 1


class Begun:
    """What comes out of some bytes, and the files that were opened for it."""

    def __init__(self, *files: Noted, packed: int = 0) -> None:
        self.left = [*files]
        self.times = 0
        self.stream = Unpacked(self.begin, packed)

    def begin(self) -> tuple[Noted, ...]:
        self.times += 1
        return (self.left.pop(0),)


@pytest.mark.parametrize("error", RAISED)
def test_whatever_a_library_raises_is_a_fault_without_its_words(error: type[Exception]) -> None:
    with pytest.raises(ArchiveFault) as caught, guarded():
        raise error("words of the archive")
    said = "it is cut short" if error is EOFError else "it is damaged"
    assert (caught.value.args, caught.value.start) == ((0, said), None)


def test_nothing_else_is_taken_for_a_fault() -> None:
    assert set(LIBRARY) == set(RAISED)
    with pytest.raises(MemoryError), guarded():
        raise MemoryError
    with pytest.raises(ArchiveFault, match="it is damaged"), guarded(MemoryError):
        raise MemoryError
    with pytest.raises(OverLimit, match="too much") as caught, guarded():
        raise OverLimit("too much", 7)
    assert caught.value.start == 7


@pytest.mark.parametrize(
    ("out", "packed", "ratio", "over"),
    [
        (MIB, 1, 2, False),
        (MIB + 1, 1, 2, True),
        (MIB + 2, 1, MIB + 1, True),
        (MIB + 1, 1, MIB + 1, False),
        (MIB + 1, 0, MIB + 1, False),
        (MIB + 2, 0, MIB + 1, True),
        (3 * MIB, MIB, 3, False),
        (3 * MIB + 1, MIB, 3, True),
    ],
)
def test_a_ratio_tells_from_a_mebibyte_on(out: int, packed: int, ratio: int, over: bool) -> None:
    said = f"over the limit of a ratio of {ratio:,} between unpacked and packed bytes"
    assert over_ratio(out, packed, Limits(ratio=ratio)) == said * over


def test_a_stream_moves_to_any_place_before_it_or_behind() -> None:
    begun = Begun(Noted(), Noted(), Noted())
    stream = begun.stream
    assert (stream.readable(), stream.seekable(), stream.tell()) == (True, True, 0)
    assert (stream.seek(5), stream.tell(), stream.read(2)) == (5, 5, b"fg")
    assert (stream.seek(3, os.SEEK_CUR), stream.read(2)) == (10, b"kl")
    assert (stream.seek(12), stream.seek(0, os.SEEK_CUR), begun.times) == (12, 12, 1)
    assert (stream.seek(-1, os.SEEK_CUR), stream.read(2), begun.times) == (11, b"lm", 2)
    assert (stream.seek(0), stream.read(1), begun.times) == (0, b"a", 3)
    assert (stream.seek(25), stream.read(5), stream.read(5)) == (25, b"z", b"")
    assert (stream.seek(99), stream.tell(), stream.read(1)) == (26, 26, b"")
    with pytest.raises(ArchiveFault, match="its end is not known"):
        stream.seek(0, os.SEEK_END)


def test_what_is_passed_over_is_read_a_mebibyte_at_a_time() -> None:
    file = Noted(bytes(3 * MIB))
    stream = Begun(file).stream
    assert stream.seek(2 * MIB + 3) == 2 * MIB + 3
    assert stream.seek(2 * MIB + 3) == 2 * MIB + 3
    assert file.asked == [MIB, MIB, 3]


def test_what_goes_back_lets_go_of_what_it_had_and_closes_once() -> None:
    first, second, beside = Noted(), Noted(), Noted()
    left = [(first, beside), (second, beside)]
    stream = Unpacked(lambda: left.pop(0))
    stream.read(3)
    assert (first.closings, beside.closings) == (0, 0)
    stream.seek(0)
    assert (first.closings, second.closings, beside.closings) == (1, 0, 1)
    stream.close()
    stream.close()
    assert (stream.closed, first.closings, second.closings, beside.closings) == (True, 1, 1, 2)


def test_what_broke_stays_broken_until_it_begins_anew() -> None:
    begun = Begun(Noted(breaks=4), Noted())
    stream = begun.stream
    assert stream.read(4) == b"abcd"
    faults = []
    for _ in range(2):
        with pytest.raises(ArchiveFault, match="it is cut short") as caught:
            stream.read(4)
        faults.append(caught.value)
    assert faults[0] is faults[1]
    assert (begun.times, stream.tell()) == (1, 4)
    assert (stream.seek(6), begun.times, stream.read(2)) == (6, 2, b"gh")


@pytest.mark.parametrize("most", range(22, 30))
def test_no_more_comes_out_than_the_limit(most: int) -> None:
    begun = Begun(Noted(), Noted())
    limits = Limits(unpacked=most)
    got = b""
    try:
        with begun.stream.watched(limits):
            while data := begun.stream.read(4):
                got += data
    except OverLimit as fault:
        assert fault.strerror == over_unpacked(limits)
        assert fault.strerror.startswith(f"over the limit of {most} bytes for what comes out")
    whole = [end for end in (4, 8, 12, 16, 20, 24, 26) if end <= most]
    assert got == LETTERS[: whole[-1]]
    begun.stream.seek(0)
    assert begun.stream.read(26) == LETTERS  # which is watched no more


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(), RATIO),
        (Limits(unpacked=1), RATIO),
        (Limits(ratio=MIB), over_unpacked(Limits(unpacked=MIB))),
    ],
)
def test_a_ratio_is_told_before_a_number_of_bytes(limits: Limits, reason: str) -> None:
    stream = Begun(Noted(bytes(2 * MIB)), packed=20).stream
    watched = Limits(ratio=limits.ratio, unpacked=min(limits.unpacked, MIB))
    with stream.watched(watched), pytest.raises(OverLimit) as caught:
        stream.read(MIB + 1)
    assert caught.value.strerror == reason
    stream = Begun(Noted(bytes(2 * MIB)), packed=20).stream
    with stream.watched(Limits()):
        assert len(stream.read(MIB)) == MIB


@pytest.mark.parametrize("start", [0, 3])
@pytest.mark.parametrize("size", [0, 1, 2, 7])
@pytest.mark.parametrize("ahead", [1, 3, 100])
def test_a_part_is_a_file_of_its_own(start: int, size: int, ahead: int) -> None:
    part = Part(Noted(), start, size)
    whole = LETTERS[start : start + size]
    assert (part.readable(), part.seekable(), part.tell()) == (True, True, 0)
    pieces = [*iter(lambda: part.read(ahead), b"")]
    assert pieces == [whole[at : at + ahead] for at in range(0, size, ahead)]
    assert (part.tell(), part.read(1)) == (size, b"")
    for at in range(size + 2):
        assert (part.seek(at), part.tell(), part.read()) == (at, at, whole[at:])
        assert (part.seek(-at, os.SEEK_END), part.read()) == (
            max(0, size - at),
            whole[-at:] * (at > 0),
        )
    part.seek(0)
    for step, at in zip((2, 3, -4, -9), accumulate((2, 3, -4, -1)), strict=True):
        assert (part.seek(step, os.SEEK_CUR), part.tell()) == (at, at)


def test_a_part_of_what_has_ended_is_cut_short() -> None:
    part = Part(Noted(), 20, 10)
    assert part.read(10) == LETTERS[20:]
    with pytest.raises(ArchiveFault, match="it is cut short"):
        part.read(1)
    with pytest.raises(ArchiveFault, match="it is cut short"):
        Part(Noted(breaks=0), 0, 1).read(1)


def test_a_part_closes_only_a_file_of_its_own() -> None:
    shared, own = Noted(), Noted()
    shared_part = Part(shared, 0, 3)
    for part in (shared_part, Part(own, 0, 3, own=True)):
        for _ in range(2):
            part.close()
            assert (shared.closings, own.closings) == (0, part is not shared_part)


def test_a_stream_with_a_buffer_gives_lines() -> None:
    assert buffered(Part(io.BytesIO(b"one\ntwo\nthree"), 0, 9)).readlines() == [
        b"one\n",
        b"two\n",
        b"t",
    ]


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz", "zst"])
def test_what_is_packed_closes_with_what_comes_out_of_it(packing: str) -> None:
    from tests.packed import PACKED

    file = Noted(PACKED[packing](LETTERS))
    stream = unpacked(lambda: file, packing, 1)
    assert stream.read(100) == LETTERS
    stream.close()
    assert file.closings >= 1
