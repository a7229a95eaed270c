"""Lists of checksums by themselves: what each line says, and digests of files and of lists."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cableproof.sources.checksums import disagreeing, what
from cableproof.sources.digests import digest_of, digest_of_list
from cableproof.sources.places import At, Damaged, Trouble
from tests.packed import zipped

ONE, TWO = "0a" * 32, "0b" * 32
FILES = {"a": ONE, "d/a": TWO, "d/e/b": ONE, "unread": "", "link": None, "d/\\xff": ONE}
NO_LINE = "a line that is no digest and a name"
OTHER = "a digest that is no SHA-256; it was not compared"
OUTSIDE = "it names a file outside of the source, which was not opened"
AGAIN = "it names a file for the second time"
ABSENT = "it names a file that is not there"
UNREAD = "it names a file that could not be read"
DIFFERS = "it names a file whose bytes have another SHA-256"
MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("path", "line", "reason"),
    [
        ("list", f"{ONE}  a", ""),
        ("list", f"{ONE} *a", ""),
        ("list", f"{ONE.upper()}  a", ""),
        ("list", f"\\{ONE}  a", ""),
        ("list", f"{ONE}  ./a", ""),
        ("list", f"{ONE}  d/../a", ""),
        ("list", f"{ONE}  d//e/./b", ""),
        ("list", f"{TWO}  a", DIFFERS),
        ("list", f"{TWO}  link", ""),
        ("list", f"{ONE}  unread", UNREAD),
        ("list", f"{ONE}  b", ABSENT),
        ("list", f"{ONE}  ", NO_LINE),
        ("list", f"{ONE}a", NO_LINE),
        ("list", f"  {ONE}  a", NO_LINE),
        ("list", f"{ONE[1:]}  a", OTHER),
        ("list", f"{ONE}0  a", OTHER),
        ("list", "0" * 32 + "  a", OTHER),
        ("list", "0" * 31 + "  a", NO_LINE),
        ("list", "0" * 129 + "  a", NO_LINE),
        ("list", "", ""),
        ("list", " \t", ""),
        ("list", "# a", ""),
        ("list", " # a", NO_LINE),
        ("list", f"{ONE}  ../a", OUTSIDE),
        ("list", f"{ONE}  d/../../a", OUTSIDE),
        ("list", f"{ONE}  /a", OUTSIDE),
        ("list", f"{ONE}  \\a", OUTSIDE),
        ("list", f"{ONE}  d\\a", OUTSIDE),
        ("d/list", f"{TWO}  a", ""),
        ("d/list", f"{ONE}  a", DIFFERS),
        ("d/list", f"{ONE}  ../a", ""),
        ("d/list", f"{ONE}  ../../a", OUTSIDE),
        ("d/list", f"{ONE}  e/b", ""),
        ("d/list", f"{ONE}  d/a", ABSENT),
        ("d/e/list", f"{ONE}  ../../a", ""),
        ("d/e/list", f"{ONE}  ../../../a", OUTSIDE),
    ],
)
def test_what_is_wrong_with_a_line(path: str, line: str, reason: str) -> None:
    for end in (b"", b"\n", b"\r\n"):
        for mark in (b"", MARK):
            found = [*disagreeing(mark + line.encode() + end, path, FILES)]
            told = Trouble("SRC011", path, 1, len(mark), facts={"reason": reason})
            assert found == [told] * bool(reason)


def test_a_name_that_is_no_utf_8_is_spelt_as_that_of_its_file() -> None:
    assert not [*disagreeing(ONE.encode() + b"  d/\xff\n", "list", FILES)]


def test_each_line_is_told_at_its_byte_and_a_name_once_that_is_named_again() -> None:
    lines = [
        f"{ONE}  a",
        "no",
        "",
        f"{TWO}  a\r",
        "# a",
        f"{TWO}  ./a",
        f"{ONE}  b",
        f"{ONE}  b",
        "x",
    ]
    found = [*disagreeing(MARK + "\n".join(lines).encode(), "list", FILES)]
    starts = [3 + sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    reasons = {2: NO_LINE, 4: AGAIN, 7: ABSENT, 8: AGAIN, 9: NO_LINE}
    assert [(each.line, each.start, each.facts["reason"]) for each in found] == [
        (line, starts[line - 1], reason) for line, reason in reasons.items()
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"{ONE}  a", "list of checksums"),
        (f"{ONE[1:]} *a", "list of checksums that are no SHA-256"),
        (f"{ONE}0  a", "list of checksums that are no SHA-256"),
        (f"a\n{ONE}  a", ""),
        ("", ""),
    ],
)
def test_the_first_line_shows_what_kind_of_list_it_is(line: str, kind: str) -> None:
    assert what(line.encode()) == kind


def test_the_digest_of_a_file_is_that_of_all_its_bytes(tmp_path: Path) -> None:
    for size in (0, 1, (1 << 19) - 1, 1 << 19, (1 << 19) + 1, (1 << 20) + 7):
        data = bytes(range(251)) * (size // 251 + 1)
        (tmp_path / "a").write_bytes(data[:size])
        assert digest_of(tmp_path / "a") == hashlib.sha256(data[:size]).hexdigest()
    assert digest_of(tmp_path / "nowhere") == ""


def test_the_digest_of_a_member_that_is_damaged_is_none(tmp_path: Path) -> None:
    from cableproof.sources.archives.members import Member, let_go

    data = bytearray(zipped({"a": b"tram " * 99, "b": b"tram " * 99}))
    data[40] ^= 255
    (tmp_path / "a.zip").write_bytes(data)
    with let_go():
        found = [digest_of(Member(tmp_path / "a.zip", each, 495, "a")) for each in (0, 1)]
    assert found == ["", hashlib.sha256(b"tram " * 99).hexdigest()]


def test_the_digest_of_a_list_does_not_depend_on_its_order() -> None:
    lines = f"{ONE}  a\n{TWO}  \udcff\n"
    expected = hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
    assert digest_of_list({"\udcff": TWO, "a": ONE}) == expected
    assert digest_of_list({"a": ONE, "\udcff": TWO}) == expected
    assert digest_of_list({}) == hashlib.sha256(b"").hexdigest()


def test_what_is_said_of_a_place_unless_it_is_told() -> None:
    plain = Trouble("SRC001", "a")
    assert (plain.line, plain.start, plain.lost, plain.facts) == (None, None, False, {})
    assert plain.moved(3) is plain
    told = Trouble("SRC003", "a", 7, 42, True, {"reason": "x"})
    assert told.moved(3) == Trouble("SRC003", "a", 10, 42, True, {"reason": "x"})
    assert (At("a").start, At("a").line) == (0, 1)
    assert (Damaged("x").offset, Damaged("x", 3).offset, str(Damaged("x"))) == (0, 3, "x")
