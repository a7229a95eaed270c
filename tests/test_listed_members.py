"""What each form of archive lists of its members, in its order, up to each limit."""

from __future__ import annotations

import gzip
import io
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import astuple, replace
from functools import partial
from importlib.util import find_spec

import pytest

from cableproof.sources.archives.containers import AGAIN, Container, over_members
from cableproof.sources.archives.faults import OverLimit
from cableproof.sources.archives.sevens import Seven
from cableproof.sources.archives.streams import over_unpacked
from cableproof.sources.archives.tars import Tar
from cableproof.sources.archives.zips import Zip, _overlap
from cableproof.sources.limits import DEFAULT, Limits
from tests.chance import Chance
from tests.packed import seven, tarred, with_link, zipped

Listed = list[tuple[str, int, int, str, str, bool]]
INSIDE = "link inside the archive"
LEADS_OUT = "a link that leads out of the archive; it was not followed"
OUT = "the name of a member leads out of the archive"
MEMBERS = {"a": b"one", "d/b": b"", "c": b"three" * 9}
LONGEST = "./" * 2047 + "/a"  # as long as a path may be
NOISE = bytes(map(Chance(1).below, [256] * 300_000))


def opened(data: bytes) -> Callable[[], io.BytesIO]:
    return partial(io.BytesIO, data)


def zip_of(data: bytes) -> Container:
    return Zip(io.BytesIO(data))


def tar_of(data: bytes) -> Container:
    return Tar(opened(data), "", len(data))


def packed_tar(data: bytes) -> Container:
    packed = gzip.compress(data, mtime=0)
    return Tar(opened(packed), "gz", len(packed))


def seven_of(data: bytes) -> Container:
    return Seven(opened(data), len(data))


FORMS: dict[str, tuple[Callable[..., bytes], Callable[[bytes], Container]]] = {
    "zip": (zipped, zip_of),
    "tar": (tarred, tar_of),
    "tar.gz": (tarred, packed_tar),
}
if find_spec("py7zr"):
    FORMS["7z"] = (seven, seven_of)
each_form = pytest.mark.parametrize("form", FORMS)


def listed(container: Container, limits: Limits = DEFAULT) -> Listed:
    return [astuple(each) for each in container.entries(limits)]


@each_form
def test_members_are_listed_in_order_and_read_in_any(form: str) -> None:
    made, of = FORMS[form]
    members = MEMBERS | {"e": NOISE}
    container = of(made(members))
    for _ in range(2):  # as often as one asks
        found = listed(container)
        assert [(each[0], each[2:]) for each in found] == [
            (name, (len(data), "", "", True)) for name, data in members.items()
        ]
    numbers = {name: (number, size) for name, number, size, *_ in found}
    for name in ("c", "a", "e", "e", "d/b", "c", "e", "a"):
        with container.open(*numbers[name]) as file:
            assert file.read() == members[name]
    with container.open(*numbers["e"]) as file:
        assert (file.read(5), file.seek(299_990), file.read()) == (NOISE[:5], 299_990, NOISE[-10:])
        assert (file.seek(3), file.read(2)) == (3, NOISE[3:5])
    container.close()


@each_form
@pytest.mark.parametrize("number", [2, 3])
def test_as_many_members_are_listed_as_the_limit_says(form: str, number: int) -> None:
    made, of = FORMS[form]
    limits = replace(DEFAULT, members=number)
    if number == 3:
        assert len(listed(of(made(MEMBERS)), limits)) == 3
    else:
        with pytest.raises(OverLimit, match=over_members(limits)):
            listed(of(made(MEMBERS)), limits)


def test_as_many_bytes_come_out_of_a_zip_as_the_limit_says() -> None:
    members = MEMBERS | {"d": b"", "e": b"e"}
    container = zip_of(zipped(members))
    said = {
        most: [fault for *_, fault, _ in listed(container, replace(DEFAULT, unpacked=most))]
        for most in (2, 3, 47, 48, 49)
    }
    over = {most: over_unpacked(Limits(unpacked=most)) for most in said}
    assert said == {
        2: [over[2]] * 5,
        3: ["", "", *[over[3]] * 3],
        47: ["", "", *[over[47]] * 3],
        48: ["", "", "", "", over[48]],
        49: [""] * 5,
    }


def test_why_a_member_of_a_zip_is_not_read() -> None:
    made = bytearray(zipped(MEMBERS | {"../x": b"x"}))
    entries = [at for at in range(len(made)) if made.startswith(b"PK\1\2", at)]
    for at, flags in zip(entries, (1, 2, 9, 0), strict=True):
        made[at + 8] = flags
    expected = [
        ("a", 0, 0, "", "it is encrypted", True),
        ("d/b", 1, 0, "", "", True),
        ("c", 0, 0, "", "it is encrypted", True),
        ("../x", 0, 0, "", OUT, True),
    ]
    assert listed(zip_of(bytes(made))) == expected
    assert listed(zip_of(bytes(made)), replace(DEFAULT, unpacked=1))[0] == expected[0]


def test_a_ratio_of_a_member_of_a_zip_is_told_behind_its_name() -> None:
    bomb = bytes(2 << 20)
    found = listed(zip_of(zipped({"a": bomb, "../b": bomb, "c": b"c"})))
    assert [(name, fault[:27]) for name, *_, fault, _ in found] == [
        ("a", "over the limit of a ratio o"),
        ("../b", OUT[:27]),
        ("c", ""),
    ]


def test_folders_of_a_zip_are_left_out_unless_something_is_odd() -> None:
    members = {"d/": b"", "d/a": b"a", "odd/": b"odd", "../out/": b"", "e": b""}
    assert listed(zip_of(zipped(members))) == [
        ("d/a", 1, 1, "", "", True),
        ("odd/", 2, 3, "", "", True),
        ("../out/", 0, 0, "", OUT, True),
        ("e", 4, 0, "", "", True),
    ]


def test_a_name_that_stands_again_is_said_before_its_member() -> None:
    expected = [("a", 1), ("a#2", AGAIN), ("a#2", 2), ("b", 1), ("a#3", AGAIN), ("a#3", 3)]
    out, tar = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, tarfile.open(fileobj=tar, mode="w") as other:
        for name, data in (("a", b"1"), ("a", b"22"), ("b", b"3"), ("a", b"333")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            other.addfile(info, io.BytesIO(data))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                archive.writestr(name, data)
    for container in (zip_of(out.getvalue()), tar_of(tar.getvalue())):
        found = listed(container)
        assert [(name, fault or size) for name, _, size, _, fault, _ in found] == expected
        assert [lost for *_, lost in found] == [fault != AGAIN for _, fault in expected]


@pytest.mark.parametrize(
    ("leads", "inside"),
    [
        ("a", True),
        ("d/../a", True),
        ("d", False),
        ("d/b", True),
        ("nowhere", False),
        ("../a", False),
        ("/a", False),
        (LONGEST, True),
        (LONGEST[1:] + "b", False),
        (LONGEST + "b", True),  # of which no more is looked at
    ],
)
def test_a_link_in_a_zip_is_read_as_far_as_a_path_goes(leads: str, inside: bool) -> None:
    found = listed(zip_of(with_link(MEMBERS, "l", leads)))
    assert found[3:] == [("l", 0, 0, INSIDE * inside, LEADS_OUT * (not inside), True)]


def test_members_of_a_zip_may_touch_and_not_overlap() -> None:
    def overlap(*spans: tuple[int, int]) -> bool:
        members = [zipfile.ZipInfo() for _ in spans]
        for member, (start, size) in zip(members, spans, strict=True):
            member.header_offset, member.compress_size = start, size
        return _overlap(members)

    assert not overlap()
    assert not overlap((0, 999))
    assert not overlap((0, 10), (40, 5), (75, 0))
    assert not overlap((75, 0), (0, 10), (40, 5))
    assert overlap((0, 11), (40, 5))
    assert overlap((75, 9), (40, 6), (0, 0))


def test_a_member_of_a_zip_closes_what_it_is_read_from() -> None:
    container = Zip(io.BytesIO(zipped(MEMBERS)))
    inner = []
    opening = container.archive.open

    def noted(member: zipfile.ZipInfo) -> object:
        inner.append(opening(member))
        return inner[-1]

    container.archive.open = noted  # type: ignore[method-assign,assignment]
    with container.open(0, 3) as file:
        assert file.read() == b"one"
        assert not inner[0].closed
    assert inner[0].closed
    container.close()
    assert container.file.closed
