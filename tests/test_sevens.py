"""7z archives: what is listed, what flows out in which order, and that nothing goes on behind."""

from __future__ import annotations

import io
import threading
from dataclasses import astuple, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from cableproof.sources.archives.containers import AGAIN
from cableproof.sources.archives.faults import ArchiveFault, OverLimit
from cableproof.sources.archives.sevens import Seven, _writers
from cableproof.sources.archives.streams import over_ratio, over_unpacked
from cableproof.sources.limits import DEFAULT, MIB, Limits
from tests.chance import Chance
from tests.packed import seven

py7zr = pytest.importorskip("py7zr")

NOISE = bytes(map(Chance(3).below, [256] * 100_000))
MEMBERS = {"a": b"one", "b": b"", "c": b"three" * 9}


class Opened:
    """An archive, and how often its file was opened."""

    def __init__(self, data: bytes) -> None:
        self.data, self.times = data, 0
        self.archive = Seven(self.open, len(data))

    def open(self) -> io.BytesIO:
        self.times += 1
        return io.BytesIO(self.data)

    def listed(self, limits: Limits = DEFAULT) -> list[tuple[object, ...]]:
        return [astuple(each) for each in self.archive.entries(limits)]

    def read(self, number: int, size: int) -> bytes:
        with self.archive.open(number, size) as file:
            return file.read()


def stored(*members: tuple[str, bytes], password: str | None = None) -> bytes:
    """Return an archive whose members are stored as they are."""
    out = io.BytesIO()
    filters = None if password else [{"id": py7zr.FILTER_COPY}]
    with py7zr.SevenZipFile(out, "w", filters=filters, password=password) as archive:
        for name, data in members:
            archive.writestr(data, name)
    return out.getvalue()


def test_members_are_listed_with_what_is_odd_about_them(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a").write_bytes(b"one")
    (tmp_path / "d" / "l").symlink_to("a")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writeall(tmp_path / "d", "d")
        for data in (b"22", b"", b"4"):
            archive.writestr(data, "b\nc" if not data else "d/a")
    link = ("d/l", 0, 0, "", "a link, which was not followed", True)
    control = ("b\nc", 0, 0, "", "the name of a member holds a control character", True)
    assert Opened(out.getvalue()).listed() == [
        ("d/a", 0, 3, "", "", True),
        link,
        ("d/a#2", 0, 0, "", AGAIN, False),
        ("d/a#2", 2, 2, "", "", True),
        control,
        ("d/a#3", 0, 0, "", AGAIN, False),
        ("d/a#3", 4, 1, "", "", True),
    ]


def test_an_archive_is_listed_up_to_its_limits() -> None:
    opened = Opened(seven(MEMBERS))
    whole = [
        (name, number, len(data), "", "", True)
        for number, (name, data) in enumerate(MEMBERS.items())
    ]
    assert opened.listed(replace(DEFAULT, unpacked=48, members=3)) == whole
    with pytest.raises(OverLimit, match=over_unpacked(Limits(unpacked=47))):
        opened.listed(replace(DEFAULT, unpacked=47))
    with pytest.raises(OverLimit, match="over the limit of 2 members"):
        opened.listed(replace(DEFAULT, members=2, unpacked=1))
    opened.archive.close()


def test_a_bomb_is_told_by_its_ratio_first() -> None:
    bomb = seven({"a": bytes(2 * MIB)})
    for limits in (DEFAULT, replace(DEFAULT, unpacked=4096)):
        with pytest.raises(OverLimit) as caught:
            Opened(bomb).listed(limits)
        assert caught.value.strerror == over_ratio(2 * MIB, 1, limits) != ""


def test_an_archive_with_a_password_is_not_read() -> None:
    with pytest.raises(ArchiveFault, match="it is encrypted"):
        Opened(stored(("a", b"one"), password="tram")).listed()


def test_members_in_their_order_flow_out_of_one_opening() -> None:
    members = {**MEMBERS, "d": NOISE * 5, "e": b"five"}
    opened = Opened(stored(*members.items()))
    sizes = [len(data) for data in members.values()]
    assert opened.times == 1
    for order, times in (((0, 1, 2, 3, 4), 2), ((4,), 3), ((0, 3), 4), ((3, 4), 5), ((1,), 6)):
        for number in order:
            assert opened.read(number, sizes[number]) == [*members.values()][number]
        assert opened.times == times
    with opened.archive.open(3, sizes[3]) as file:
        assert file.read(3) == NOISE[:3]
        assert (file.seek(450_000), file.read(3), opened.times) == (
            450_000,
            NOISE[50_000:50_003],
            6,
        )
    assert (opened.read(4, 4), opened.times) == (b"five", 6)  # what was left of the other is gone
    opened.archive.close()
    assert opened.archive.file.closed


def test_a_member_that_is_longer_than_it_says_is_cut_and_a_shorter_one_is_a_fault() -> None:
    opened = Opened(stored(*MEMBERS.items()))
    assert opened.read(2, 10) == b"threethree"
    with pytest.raises(ArchiveFault, match="it is cut short"):
        opened.read(0, 4)
    opened.archive.close()


def test_what_nobody_reads_any_more_is_unpacked_no_further() -> None:
    opened = Opened(stored(("a", NOISE), *((f"b{n}", b"b") for n in range(50))))
    with opened.archive.open(0, len(NOISE)) as file:
        assert file.read(5) == NOISE[:5]
    flow = opened.archive.flow
    assert flow is not None
    assert flow.thread.is_alive()  # a little ahead, and no more
    others = [each for each in threading.enumerate() if each is not threading.main_thread()]
    assert flow.thread in others
    assert flow.thread.daemon  # so that no process waits for it at its end
    opened.archive.close()
    assert not flow.thread.is_alive()
    assert opened.archive.flow is None


def test_what_is_damaged_is_told_as_often_as_one_asks() -> None:
    data = bytearray(stored(("a", b"one"), ("b", NOISE), ("c", b"three")))
    data[40_000] ^= 255
    opened = Opened(bytes(data))
    assert opened.read(0, 3) == b"one"
    for _ in range(2):
        with pytest.raises(ArchiveFault, match="it is damaged"):
            opened.read(1, len(NOISE))
        with pytest.raises(ArchiveFault, match="it is damaged"):
            opened.read(2, 5)
    assert opened.read(0, 3) == b"one"
    opened.archive.close()


def test_a_member_without_a_checksum_is_read_as_it_is() -> None:
    opened = Opened(stored(("a", NOISE)))
    opened.archive.members[0].crc32 = None
    assert opened.read(0, len(NOISE)) == NOISE
    opened.archive.members[0].crc32 = 0
    with opened.archive.open(0, len(NOISE)) as file, pytest.raises(ArchiveFault):
        file.read()
    opened.archive.close()


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("second", [0, 1])
def test_members_may_be_read_by_turns(first: int, second: int) -> None:
    members = [NOISE * 9, NOISE[::-1] * 9]
    opened = Opened(stored(("a", members[0]), ("b", members[1])))
    size, step, got = len(members[0]), 400_000, [b"", b""]
    with opened.archive.open(first, size) as one, opened.archive.open(second, size) as two:
        for _ in range(0, size, step):
            for at, file in enumerate((one, two)):
                got[at] += file.read(step)
    assert got == [members[first], members[second]]
    opened.archive.close()


def test_what_the_library_writes_to_hands_on_chunks_and_ends() -> None:
    put: list[bytes | None] = []
    library = SimpleNamespace(io=SimpleNamespace(Py7zIO=object, WriterFactory=object))
    writer = _writers(library, put.append).create("a")
    assert (writer.size(), writer.seek(5), writer.read(), writer.flush()) == (0, 0, b"", None)
    assert [writer.write(data) for data in (b"one", b"", b"three")] == [3, 0, 5]
    assert (writer.size(), put) == (8, [b"one", b"three"])
    writer.close()
    assert put == [b"one", b"three", None]
    assert _writers(library, put.append).create("b").size() == 0
