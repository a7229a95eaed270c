"""The text of a page by its bytes, and what of it had to be guessed, to the byte."""

from __future__ import annotations

import codecs

import pytest

from cableproof.sources.decoding import BOMS, FALLBACK, bom_trouble, decoded, not_utf8, without_bom
from cableproof.sources.places import At, Damaged, Trouble

AT = At("here", 1000, 50)
MARK = codecs.BOM_UTF8
GUESSED = {"seen": "a byte that is no UTF-8", "used": "windows-1252 for such bytes"}
WIDE = {"seen": "a UTF-16 byte order mark", "used": "UTF-16"}


def guessed(start: int, line: int) -> Trouble:
    return Trouble("SRC005", "here", line, start, facts=GUESSED)


MARKED = Trouble("SRC009", "here", 50, 1000)


@pytest.mark.parametrize(
    ("data", "text", "troubles"),
    [
        (b"", "", []),
        ("a\u4e2d\n".encode(), "a\u4e2d\n", []),
        (MARK, "", [MARKED]),
        (MARK + b"a", "a", [MARKED]),
        (b"a" + MARK, "a\ufeff", []),
        (b"\xe9", "\xe9", [guessed(1000, 50)]),
        (b"\x80\x81\x9d", "\u20ac\x81\x9d", [guessed(1000, 50)]),
        (b"\na\nb\xe9\n\xe9\n", "\na\nb\xe9\n\xe9\n", [guessed(1004, 52)]),
        (MARK + b"\na\nb\xe9\n", "\na\nb\xe9\n", [MARKED, guessed(1007, 52)]),
        ("\u4e2d\xe9".encode() + b"\xe4\xb8", "\u4e2d\xe9\xe4\xb8", [guessed(1005, 50)]),
        (
            "\ufeffa\n\u4e2d".encode("utf-16-le"),
            "a\n\u4e2d",
            [Trouble("SRC005", "here", 50, 1000, facts=WIDE)],
        ),
        (
            "\ufeffa\n\u4e2d".encode("utf-16-be"),
            "a\n\u4e2d",
            [Trouble("SRC005", "here", 50, 1000, facts=WIDE)],
        ),
    ],
)
def test_bytes_that_are_no_utf_8_are_read_one_by_one(
    data: bytes, text: str, troubles: list[Trouble]
) -> None:
    assert decoded(data, AT) == (text, troubles)


@pytest.mark.parametrize(
    ("data", "reason", "offset"),
    [
        (b"\0", "it holds a NUL byte", 0),
        (b"a\0\0", "it holds a NUL byte", 1),
        (MARK + b"ab\0", "it holds a NUL byte", 5),
        (b"a\xe9\0charset=latin-1", "it holds a NUL byte", 2),
        (codecs.BOM_UTF16_LE + b"a", "it begins as UTF-16 and is none", 0),
        (codecs.BOM_UTF16_BE + b"\xd8\0", "it begins as UTF-16 and is none", 0),
        ("\ufeffab\0".encode("utf-16-le"), "it holds a NUL byte", 0),
        ("\ufeff\0".encode("utf-16-be"), "it holds a NUL byte", 0),
    ],
)
def test_a_page_with_a_nul_or_a_wrong_mark_is_damaged(
    data: bytes, reason: str, offset: int
) -> None:
    with pytest.raises(Damaged) as caught:
        decoded(data, AT)
    assert (caught.value.reason, caught.value.offset) == (reason, offset)


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("ISO-8859-5", "\u0416"),
        ("iso-8859-15", "\u20ac"),
        ("latin-1", "\xe9"),
        ("windows-1251", "\u0416"),
        ("cp1257", "\u0105"),
        ("koi8-r", "\u0416"),
        ("KOI8-U", "\u0454"),
        ("gb2312", "\u4e2d"),
        ("gbk", "\u4e2d"),
        ("gb18030", "\u4e2d"),
        ("big5", "\u4e2d"),
        ("euc-jp", "\u4e2d"),
        ("euc_kr", "\uac00"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(name: str, signs: str) -> None:
    for written in (f"charset={name}", f"charset = '{name}'", f'CHARSET charset="{name}"'):
        text = f"<meta {written}>\n{signs}"
        assert decoded(text.encode(name), AT) == (text, [])
    marked = MARK + f"charset={name}".encode() + b"\xe9"
    assert decoded(marked, AT)[1][1] == guessed(1000 + len(marked) - 1, 50)


@pytest.mark.parametrize(
    "name",
    ["utf-8", "utf-7", "utf-16", "ascii", "cp037", "rot13", "hex", "nonsense", "cp1259", "x" * 41],
)
def test_no_other_encoding_is_taken_from_a_page(name: str) -> None:
    data = f"<meta charset={name}>\n+AGE-".encode() + b"\xe9"
    assert decoded(data, AT) == (data.decode("latin-1"), [guessed(1000 + len(data) - 1, 51)])


def test_a_page_that_is_not_what_it_declares_is_utf_8() -> None:
    text = "charset=gbk \u4e2d\u4e2d"
    assert decoded(text.encode() + b"\xff", AT) == (f"{text}\xff", [guessed(1018, 50)])


def test_a_page_declares_its_encoding_near_its_beginning() -> None:
    declared = b"charset=iso-8859-5"
    for before, text in (
        (0, "\u0416"),
        (2048 - 18, "\u0416"),
        (2048 - 16, "\xb6"),
        (2048 - 9, "\xb6"),
        (2048, "\xb6"),
    ):
        data = b"-" * before + declared + b" \xb6"
        assert decoded(data, AT)[0][-1] == text
    # what stands at the edge is read as far as it goes there
    assert decoded(b"-" * (2048 - 17) + b"charset=iso-8859-15 \xa4", AT)[0][-1] == "\xa4"
    assert decoded(b"-" * (2048 - 19) + b"charset=iso-8859-15 \xa4", AT)[0][-1] == "\u20ac"
    assert decoded(b"-" * (2048 - 18) + b"charset=iso-8859-15 \xa4", AT)[0][-1] == "\xa4"
    assert decoded(b"-" * (2048 - 18) + b"charset=iso-8859-15", AT)[0][-1] == "5"


def test_what_may_stand_at_the_beginning_of_a_file() -> None:
    assert [without_bom(data) for data in (b"", b"\xef\xbb", MARK, MARK + b"a", b"a" + MARK)] == [
        0,
        0,
        3,
        3,
        0,
    ]
    assert BOMS == ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    assert (bom_trouble(AT), not_utf8(AT)) == (MARKED, guessed(1000, 50))


def test_what_cannot_be_written_is_not_read_otherwise() -> None:
    with pytest.raises(UnicodeEncodeError):
        "\udcff".encode("utf-8", FALLBACK)
