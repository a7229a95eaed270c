"""Characters and matter that no telegram has, counted in words for each kind of them."""

from typing import Any

import polars as pl
import pytest

from cableproof.validators.telegram import characters, residue
from cableproof.validators.telegram.characters import _characters, _codes, _is_odd, _unusual

KINDS = ("mojibake", "replaced", "controls", "hidden")


def seen(*records: tuple[str | None, str | None, str | None]) -> list[tuple[Any, ...]]:
    """Return what is told of records of subject, header and body."""
    names = ("subject", "header", "body")
    batch = pl.DataFrame(records, schema=dict.fromkeys(names, pl.String), orient="row")
    return characters.attested(batch).select(KINDS).rows()


def misread(text: str, codec: str) -> str:
    """Return UTF-8 as it looks in another encoding; what is undefined there stays a control."""
    return "".join(
        bytes([byte]).decode(codec, "replace").replace("\ufffd", chr(byte))
        for byte in text.encode()
    )


@pytest.mark.parametrize("field", ["subject", "header", "body"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trams \t\r\n~", ("", "", "", "")),
        ("\u00e9 \u2019 \u00c2 \u20ac", ("", "", "", "")),
        ("\ufffd", ("", "1 replacement character", "", "")),
        ("\ufffd trams \ufffd", ("", "2 replacement characters", "", "")),
        ("\x07", ("", "", "1 control (U+0007)", "")),
        ("\x1f\x7f", ("", "", "2 controls (U+001F, U+007F)", "")),
        ("\x1f", ("", "", "1 control (U+001F)", "")),
        ("\x7f", ("", "", "1 control (U+007F)", "")),
        ("\x00\x80 \x80\x85", ("", "", "4 controls (U+0000, U+0080, U+0085)", "")),
        (
            "\x06\x05\x04\x03\x02\x01",
            ("", "", "6 controls (U+0001, U+0002, U+0003, U+0004, U+0005)", ""),
        ),
        ("\u200b", ("", "", "", "1 hidden character (U+200B)")),
        ("\u202e\u200b\u202e", ("", "", "", "3 hidden characters (U+200B, U+202E)")),
        ("tr\u0430m", ("", "", "", "1 letter of another script in a word")),
        (
            "tr\u0430m \u03b1b\u00ad",
            ("", "", "", "1 hidden character (U+00AD), 2 letters of another script in a word"),
        ),
        ("\u00c3\u0080", ("UTF-8 read as Windows-1252: 1 letter", "", "", "")),
        (
            "\u00c3\u0080 \u0085\x07",
            ("UTF-8 read as Windows-1252: 1 letter", "", "1 control (U+0007)", ""),
        ),
        (
            "\ufffd\x07\u200b",
            ("", "1 replacement character", "1 control (U+0007)", "1 hidden character (U+200B)"),
        ),
    ],
)
def test_each_kind_is_counted_in_each_field(field: str, text: str, told: tuple[str, ...]) -> None:
    own = {"subject": "", "header": "", "body": "Trams", field: text}
    record = (own["subject"], own["header"], own["body"])
    expected = tuple(words and f"{words} in the {field}" for words in told)
    nothing = (None, "\x07", None)
    assert seen(record) == [expected]
    assert seen(nothing, record, ("", None, "\x07")) == [
        (None,) * 4,
        expected,
        ("", "", "1 control (U+0007) in the body", ""),
    ]


def test_all_fields_are_told_in_their_order() -> None:
    said = "1 control (U+0007) in the subject, 2 controls (U+0007) in the header"
    assert seen(("\x07", "\x07\x07", "Trams"), (None, None, None)) == [
        ("", "", said, ""),
        (None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("name", "codec"), [("Windows-1252", "cp1252"), ("Mac Roman", "mac_roman")]
)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("\u00e9", "1 letter"), ("\u0080", "1 control"), ("\u00bf", "1 punctuation mark")),
        *(("\u00ff", "1 letter"), ("\u07ff", "1 symbol"), ("\u0800", "1 letter")),
        *(("\uf000", "1 control"), ("\U00010000", "1 letter"), ("\U0010ffff", "1 control")),
        *(("\U0001f68b", "1 symbol"), ("\u2019", "1 punctuation mark"), ("\u00a0", "1 space")),
        *(("\u0301", "1 letter"), ("\u00b2", "1 digit"), ("\u2010", "1 punctuation mark")),
        *(("\u200f", "1 control"), ("\u00a9 \u00a9", "2 symbols")),
        ("\u201cCaf\u00e9\u201d \u00a9", "1 letter, 2 punctuation marks, 1 symbol"),
    ],
)  # fmt: skip
def test_utf_8_is_known_when_it_was_read_in_another_encoding(
    name: str, codec: str, text: str, told: str
) -> None:
    assert characters._mojibake(misread(text, codec)) == f"UTF-8 read as {name}: {told}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\u00e2\u0080\u0090", "UTF-8 read as Windows-1252: 1 punctuation mark"),
        ("\u00e2\u0080\u008f", "UTF-8 read as Windows-1252: 1 control"),
        ("\u00e2\u20ac\u2122", "UTF-8 read as Windows-1252: 1 punctuation mark"),
        ("\u00a1\u00ac\u00a9", "UTF-8 read as Mac Roman: 1 symbol"),
        ("\u0131\u00ac\u00a9\u00ac\u00a9", "UTF-8 read as Mac Roman: 2 symbols"),
        ("\u221a\u00a9 \u00c3\u00a9", "UTF-8 read as Windows-1252: 1 letter"),
        ("\u00c1\u00a9 \u00f5\u00a9\u00a9\u00a9", ""),
    ],
)  # fmt: skip
def test_what_no_utf_8_has_takes_nothing_along(text: str, told: str) -> None:
    assert characters._mojibake(text) == told


@pytest.mark.parametrize("odd", list("\ufffd\x07\x85\u200b\u00c2\u221a\u0430\u03b1"))
def test_few_characters_are_looked_for(odd: str) -> None:
    assert _is_odd(odd)
    assert _characters(pl.Series([None, f"tram {odd}~", ""])) == {odd}
    assert list(_unusual(pl.Series(["tram", None, f"\u00e9{odd}"]))) == [(2, f"\u00e9{odd}")]


def test_other_characters_are_not_looked_for() -> None:
    assert not any(map(_is_odd, " ~\u00e9\u2019\u00a0\u00b2\u0301\u0627\ue000"))
    assert list(_unusual(pl.Series(["tram", None, "\u00e9"]))) == []


@pytest.mark.parametrize("texts", [[], [None], [None, ""], ["trams"], ["\u00e9"], ["\x07"]])
@pytest.mark.parametrize("more", [[], ["a" * (1 << 18)], ["\u00e9" * ((1 << 17) + 9), None, "~"]])
def test_characters_of_all_texts_are_told_however_long_they_are(
    texts: list[str | None], more: list[str | None]
) -> None:
    every = {*"".join(text or "" for text in texts + more)}
    assert _characters(pl.Series(texts + more, dtype=pl.String)) == every & {"\u00e9", "\x07"}


def test_numbers_of_the_first_five_are_named() -> None:
    assert _codes({*"fedcba"}) == "U+0061, U+0062, U+0063, U+0064, U+0065"
    assert _codes({"\U0010ffff", "\t"}) == "U+0009, U+10FFFF"


def left(*bodies: str | None) -> list[tuple[Any, ...]]:
    """Return what is left in bodies, beside others."""
    batch = pl.DataFrame({"body": ["<b>", None, *bodies, "UNCLAS"]}, schema={"body": pl.String})
    first, none, *told, last = residue.attested(batch).rows()
    assert [first, none, last] == [("tags: 1", "", 0), (None, None, None), ("", "", 0)]
    return told


RECORD, SQL = "a record of another file", "a fragment of SQL"
DATABASE, NOTE = "the head of a database record", "a note or credit of an editor"


LEFT: list[tuple[str | None, tuple[Any, ...]]] = [
        (None, (None, None, None)),
        ("", ("", "", 0)),
        ("Trams ran < 5, & > 6, so", ("", "", 0)),
        ("<br>", ("tags: 1", "", 0)),
        ("&amp;", ("entities: 1", "", 0)),
        ("<b>&lt;</b>", ("tags: 2, entities: 1", "", 0)),
        ("It,s late", ("", "", 1)),
        ("He don,t say, that it,s late", ("", "", 2)),
        ("He said &Late,8 and &so,8 and it,s", ("", "", 3)),
        ("He said &Late,8", ("", "", 1)),
        ("9/12/2006 12:39,06BERN1234,X", ("", RECORD, 0)),
        ("12:39,06BERN1234,X", ("", "", 0)),
        ("INSERT INTO trams VALUES (1)", ("", SQL, 0)),
        ("DROP TABLE trams;", ("", SQL, 0)),
        ("CREATE TABLE trams (", ("", SQL, 0)),
        ("LOCK TABLES `trams`", ("", SQL, 0)),
        ("UPDATE `trams` SET", ("", SQL, 0)),
        ("SELECT * FROM trams;", ("", SQL, 0)),
        ("SELECT a few", ("", "", 0)),
        ("id: 1\norigin: x\ncreated: y", ("", DATABASE, 0)),
        ("id: 1\norigin: x\n", ("", "", 0)),
        ("UNCLAS BERN 001234\nid: 1\norigin: x\ncreated: y", ("", "", 0)),
        ("[Editor's note: so]", ("", NOTE, 0)),
        ("[Editor\u2019s note: so]", ("", NOTE, 0)),
        ("(editors' note: so)", ("", NOTE, 0)),
        ("[EDITOR'S NOTE: so]", ("", NOTE, 0)),
        ("\u00a9 2010", ("", NOTE, 0)),
        ("The editor's note", ("", "", 0)),
        ("All rights reserved", ("", NOTE, 0)),
        ("id: 1\nid: 2\nid: 3\nDROP TABLE trams;\n\u00a9 2010 <p>", ("tags: 1", f"{SQL}, {DATABASE}, {NOTE}", 0)),
    ]  # fmt: skip


def test_what_was_left_is_told_in_words() -> None:
    assert left(*(body for body, _ in LEFT)) == [told for _, told in LEFT]
    assert left() == []


def test_the_head_of_a_record_stands_in_800_characters() -> None:
    heads = ("id:".rjust(end - 797, "\n") for end in (799, 800, 801))
    texts = ("id: 1\nid: 2\n" + "tram\n" * 157 + f"{head}\n" for head in heads)
    assert [told for _, told, _ in left(*texts)] == [DATABASE, DATABASE, ""]


def test_a_credit_stands_in_the_last_400_characters() -> None:
    texts = ("All rights reserved".ljust(place) for place in (399, 400, 401))
    assert [told for _, told, _ in left(*texts)] == [NOTE, NOTE, ""]
