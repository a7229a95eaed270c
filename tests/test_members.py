"""Members of archives as files: opened as often as one asks, listed as those of a folder are."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from cableproof.sources.archives import members
from cableproof.sources.archives.faults import ArchiveFault
from cableproof.sources.archives.listing import listed
from cableproof.sources.archives.members import Member, container, let_go
from cableproof.sources.archives.zips import Zip
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.places import Trouble
from cableproof.sources.walk import Found, Skipped
from tests.chance import Chance
from tests.packed import PACKED, Members, seven, tarred, with_link, zipped

NOISE = bytes(map(Chance(2).below, [256] * 300_000))
MEMBERS = {"a": b"one", "d/b": b"", "c": NOISE}


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> object:
    with let_go():
        yield
    assert not members._open


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def found(path: Path) -> Found:
    return Found(path.name, path, path.stat().st_size, (1, 2, 3))


def reasons(path: Found, limits: Limits = DEFAULT) -> list[object]:
    """Return the names of what is listed, and the reasons of what is wrong."""
    return [
        each.facts["reason"] if isinstance(each, Trouble) else each.path
        for each in listed(path, limits)
    ]


def opened(path: Path) -> Zip:
    made = container(path)
    assert isinstance(made, Zip)
    return made


def test_two_archives_are_held_open_those_that_were_asked_for_last(tmp_path: Path) -> None:
    paths = [written(tmp_path, f"{n}.zip", zipped({"a": b"a" * n})) for n in range(4)]
    with let_go():
        first, second = opened(paths[0]), opened(paths[1])
        assert (opened(paths[0]), opened(paths[1])) == (first, second)
        assert opened(paths[0]) is first
        third = opened(paths[2])
        assert (first.file.closed, second.file.closed, third.file.closed) == (False, True, False)
        assert (opened(paths[0]), opened(paths[2])) == (first, third)
        again = opened(paths[1])
        assert again is not second
        assert [each.file.closed for each in (first, third, again)] == [True, False, False]
    assert [each.file.closed for each in (first, third, again)] == [True, True, True]


def test_an_archive_that_changed_is_opened_anew(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", zipped({"a": b"1"}))
    before = container(path)
    os.utime(path, ns=(1, 1))
    assert container(path) is not before
    assert container(path) is container(path)


def test_an_archive_that_cannot_be_opened_is_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    opening = Path.open

    def noted(self: Path, mode: str) -> object:
        opened.append(opening(self, mode))
        return opened[-1]

    path = written(tmp_path, "a.zip", b"PK\x03\x04 and no more")
    monkeypatch.setattr(Path, "open", noted)
    with pytest.raises(ArchiveFault, match="it is damaged"):
        container(path)
    assert [each.closed for each in opened] == [True, True]


@pytest.mark.parametrize("end", ["zip", "tar", "7z", *(f"tar.{end}" for end in PACKED), *PACKED])
def test_a_member_is_read_whole_and_by_parts_in_any_archive(end: str, tmp_path: Path) -> None:
    if end == "7z" and not find_spec("py7zr"):
        pytest.skip("no library of 7z archives")
    form, _, packing = end.rpartition(".")
    makers: dict[str, Callable[[Members], bytes]] = {"zip": zipped, "tar": tarred, "7z": seven}
    whole = makers.get(form or end)
    data = NOISE if whole is None else whole(MEMBERS)
    path = written(tmp_path, f"c.{end}", PACKED.get(packing, bytes)(data))
    outer = written(tmp_path, "outer.zip", zipped({"d/c": b"", f"x/c.{end}": path.read_bytes()}))
    inner = Member(outer, 1, path.stat().st_size, f"x/c.{end}")
    archives: tuple[Path | Member, ...] = (path, inner)
    for depth, archive in enumerate(archives):
        made = list(listed(replace(found(path), file=archive), DEFAULT))
        files = {"c": NOISE} if whole is None else MEMBERS
        assert [each.path for each in made] == [f"c.{end}!/{name}" for name in files]
        for each, expected in zip(made, files.values(), strict=True):
            assert isinstance(each, Found)
            assert (each.size, each.state, each.inside) == (len(expected), (1, 2, 3), True)
            assert isinstance(each.file, Member)
            assert (each.file.archive, each.file.depth) == (archive, depth + 1)
            assert each.file.read_bytes() == expected
            with each.file.open() as file:
                assert (file.seek(3), file.read(2)) == (3, expected[3:5])
            assert each.file.stat() == each.file.outermost.stat()


def test_an_archive_by_itself_may_grow_as_far_as_its_own_size_lets_it(tmp_path: Path) -> None:
    packed = PACKED["gz"](tarred({"c": NOISE * 4, "0": bytes(1 << 20)}))
    assert reasons(found(written(tmp_path, "c.tar.gz", packed))) == ["c.tar.gz!/c", "c.tar.gz!/0"]


def test_the_limits_of_archives_in_one_another_are_met_exactly(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", zipped({"a.zip": zipped({"b": b""})}))
    inner = next(iter(listed(found(path), DEFAULT)))
    assert isinstance(inner, Found)
    deepest = replace(DEFAULT, depth=1)
    assert reasons(found(path), deepest) == ["a.zip!/a.zip"]
    assert reasons(inner, deepest) == ["over the limit of 1 archives in one another"]
    assert reasons(found(path), replace(DEFAULT, nested=1)) == ["a.zip!/a.zip"]
    assert reasons(inner, replace(DEFAULT, nested=inner.size)) == ["a.zip!/a.zip!/b"]
    (said,) = reasons(inner, replace(DEFAULT, nested=inner.size - 1))
    assert said == f"over the limit of {inner.size - 1} bytes for an archive in an archive"


def test_what_is_wrong_with_an_archive_is_told_behind_its_members(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tar", tarred({"a": b"", "../b": b"", "c": b""})[:1536])
    out = "the name of a member leads out of the archive"
    ended = "it has no end-of-archive block: it is cut short or damaged"
    assert [*listed(found(path), DEFAULT)] == [
        Found("a.tar!/a", Member(path, 512, 0, "a"), 0, inside=True),
        Trouble("SRC004", "a.tar!/../b", lost=True, facts={"reason": out}),
        Found("a.tar!/c", Member(path, 1536, 0, "c"), 0, inside=True),
        Trouble("SRC004", "a.tar", None, 1536, True, {"reason": ended}),
    ]


def test_members_that_are_none_are_said_to_be(tmp_path: Path) -> None:
    linked = found(written(tmp_path, "a.zip", with_link({"a": b"", "b": b""}, "l", "a")))
    assert [*listed(linked, DEFAULT)][2:] == [Skipped("a.zip!/l", "link inside the archive")]
    twice = found(written(tmp_path, "a.tar", tarred({"a": b""})[:512] + tarred({"a": b""})))
    reason = "its name stands more than once in the archive; each was read"
    assert [*listed(twice, DEFAULT)][1] == Trouble("SRC004", "a.tar!/a#2", facts={"reason": reason})


def test_why_an_archive_cannot_be_opened_is_told_as_the_system_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = replace(found(written(tmp_path, "a.zip", zipped({}))), file=tmp_path / "b.zip")
    assert reasons(gone) == ["no such file or directory"]

    def refused(self: Path, **_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "stat", refused)
    assert reasons(gone) == ["cannot be opened"]
