"""What is told of an archive and its members by their first bytes and names alone."""

from __future__ import annotations

import io
import tarfile
from dataclasses import astuple
from pathlib import Path

import pytest

from cableproof.sources.archives.containers import Entry, Names
from cableproof.sources.archives.files import named, of_name
from cableproof.sources.archives.forms import form_of, is_document, is_tar, packing_of
from cableproof.sources.archives.members import Member
from cableproof.sources.archives.names import spelt, target, unsafe
from tests.packed import zipped

ABSOLUTE = "the name of a member is an absolute path"
OUT = "the name of a member leads out of the archive"
BACKSLASH = "the name of a member holds a backslash"
CONTROL = "the name of a member holds a control character"


def block(written: str, *, name: str = "a", before: int = 0, kind: bytes = b"0") -> bytes:
    """Return a header of a tar whose checksum is written so, with a byte before it."""
    info = tarfile.TarInfo(name)
    made = bytearray(info.tobuf(tarfile.USTAR_FORMAT, "latin-1"))
    made[147], made[156:157] = before, kind
    made[148:156] = b" " * 8
    made[148:156] = (written % sum(made)).encode().ljust(8, b"\0")
    return bytes(made)


@pytest.mark.parametrize(
    "written",
    ["%06o\0 ", "%06o  ", "%06o\0\0", "%07o\0", "%07o ", " %06o\0", "  %06o", " %07o", "%6o\0 "],
)
@pytest.mark.parametrize("name", ["a", "\xff" * 100])
@pytest.mark.parametrize("before", [0, 32, 49])
def test_a_tar_is_told_by_the_checksum_of_its_first_block(
    written: str, name: str, before: int
) -> None:
    whole = block(written, name=name, before=before)
    assert is_tar(whole)
    assert is_tar(whole + b"more")
    assert form_of(whole) == "tar"
    assert not is_tar(whole[:511])
    for at in (0, 99, 146, 147, 150, 153, 156, 157, 511):
        other = bytearray(whole)
        other[at] ^= 1
        assert not is_tar(bytes(other)), at


@pytest.mark.parametrize("written", ["%08o", "%07ox", "x%07o", "-%06o", "%x", "", "%06o8"])
def test_a_checksum_that_is_no_octal_number_tells_no_tar(written: str) -> None:
    whole = block("%06o\0 ")
    said = (written % 4242 if written else "").encode().ljust(8, b"\0")
    assert not is_tar(whole[:148] + said + whole[156:])


def test_a_checksum_of_as_many_digits_as_there_is_room_for_is_none() -> None:
    whole = block("%06o\0 ", name="\xff" * 100)
    number = int(whole[148:154], 8)
    assert is_tar(whole[:148] + f"0{number:06o} ".encode() + whole[156:])
    assert not is_tar(whole[:148] + f"0{number:06o}x".encode() + whole[156:])
    assert not is_tar(whole[:148] + f"00{number:06o}".encode() + whole[156:])
    assert not is_tar(whole[:147] + b"0" + f"{number:06o}\0 ".encode() + whole[156:])


def test_a_tar_of_another_kind_of_first_member_is_one() -> None:
    for kind in (b"\0", b"1", b"5", b"g", b"x"):
        assert form_of(block("%06o\0 ", kind=kind)) == "tar"


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (zipped({"a": b""}), "zip"),
        (zipped({}), "zip"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"PK\x01\x02", ""),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"7z\xbc\xaf\x27\x1d", ""),
        (b"\x1f\x8b\x08", "gz"),
        (b"\x1f\x8b\x09", ""),
        (b"BZh", "bz2"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"\x28\xb5\x2f\xfd", "zst"),
        (b"", ""),
        (bytes(512), ""),
        (b"<html>".ljust(512), ""),
        (b"-" * 30 + b"mimetype", ""),
    ],
)
def test_each_form_has_its_first_bytes(head: bytes, form: str) -> None:
    assert form_of(head) == form
    assert packing_of(head) == (form if form in ("gz", "bz2", "xz", "zst") else "")


@pytest.mark.parametrize(
    "first",
    [
        "[Content_Types].xml",
        "mimetype",
        "META-INF/x",
        "_rels/.rels",
        "docProps/a",
        "word/a",
        "xl/a",
    ],
)
def test_a_zip_that_begins_with_a_part_of_a_document_is_one(first: str) -> None:
    data = zipped({first: b"", "cables.csv": b""})
    assert (is_document(data), form_of(data)) == (True, "")
    for other in (f"-{first}", first[1:]):
        data = zipped({other: b"", first: b""})
        assert (is_document(data), form_of(data)) == (False, "zip")
    assert not is_document(b"-" * 30 + first.encode())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "a member without a name"),
        ("/a", ABSOLUTE),
        ("\\a", ABSOLUTE),
        ("/", ABSOLUTE),
        ("C:a", ABSOLUTE),
        ("z:", ABSOLUTE),
        ("/../a", ABSOLUTE),
        ("..", OUT),
        ("../a", OUT),
        ("a/..", OUT),
        ("a\\..\\b", OUT),
        ("a/../b", OUT),
        ("a\\b", BACKSLASH),
        ("a\\b\n", BACKSLASH),
        ("a\n", CONTROL),
        ("\x00", CONTROL),
        ("a\x1fb", CONTROL),
        ("\x7f", CONTROL),
        ("a b~", ""),
        ("a/", ""),
        ("1:a", ""),
        ("ab:c", ""),
        ("...", ""),
        ("a/..b/c../d", ""),
        ("a//b/./c", ""),
    ],
)
def test_why_a_name_is_unsafe(name: str, reason: str) -> None:
    assert unsafe(name) == reason


@pytest.mark.parametrize(
    ("name", "link", "leads"),
    [
        ("l", "a", "a"),
        ("l", ".", "."),
        ("l", "./a/./b/", "a/b"),
        ("l", "..", None),
        ("l", "../a/b", None),
        ("l", "..a/b", "..a/b"),
        ("l", "a/../../b", None),
        ("d/l", "..", "."),
        ("d/e/l", "../../a", "a"),
        ("d/e/l", "../a", "d/a"),
        ("d/l", "/d/a", None),
        ("d/l", "/..", None),
    ],
)
def test_where_a_link_leads_in_an_archive(name: str, link: str, leads: str | None) -> None:
    assert target(name, link) == leads


def test_names_are_told_apart_by_how_often_they_stood() -> None:
    names = Names()
    said = [names.apart(name) for name in ("a", "b", "a", "a", "b", "\udcff", "\\xff")]
    assert said == [
        ("a", True),
        ("b", True),
        ("a#2", False),
        ("a#3", False),
        ("b#2", False),
        ("\\xff", True),
        ("\\xff#2", False),
    ]
    assert spelt("\xe9\udce9") == "\xe9\\xe9"


def test_an_entry_of_a_name_alone_is_the_first_member_without_bytes() -> None:
    assert astuple(Entry("a")) == ("a", 0, 0, "", "", True)


@pytest.mark.parametrize("path", ["a", "/a b/\udcff", "\u4e2d/!"])
def test_a_member_is_told_in_a_table_with_all_archives_around_it(path: str) -> None:
    file = Path(path)
    member = Member(file, 3, 42, 'o"\u4e2d\udcff/b.zip')
    inner = Member(member, 0, 7, "c")
    for each in (file, member, inner):
        name = named(each)
        assert of_name(name) == each
        assert name.encode("utf-8")
    assert named(inner).count("\0") == 2
    assert [each.depth for each in (member, inner, Member(inner, 1, 1, "d"))] == [1, 2, 3]
    assert inner.outermost == member.outermost == file


def test_a_tar_that_a_library_writes_is_told_in_each_of_its_forms() -> None:
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=form) as archive:
            archive.addfile(tarfile.TarInfo("a/" * 60 + "\u4e2d"))
        assert form_of(out.getvalue()[:512]) == "tar"
