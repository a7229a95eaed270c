"""What the heading says of its order, TAGS and SUBJECT, at the edges of what is read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from cableproof.validators.telegram.heading import _after, _is_code, _stands, attested

_NOTHING = {
    "order": None,
    "opening": None,
    "opening_day": None,
    "tags_not_in_line": None,
    "tags_only_in_line": None,
    "subject_begins": None,
}


def seen(*records: tuple[str | None, Sequence[str] | None, str | None]) -> list[dict[str, Any]]:
    """Return what is attested of heads with tags and subjects of telegrams sent in 2006."""
    heads, tags, subjects = zip(*records, strict=True)
    columns = {
        "head": pl.Series(heads, dtype=pl.String),
        "tags": pl.Series(tags, dtype=pl.List(pl.String)),
        "subject": pl.Series(subjects, dtype=pl.String),
    }
    batch = pl.DataFrame(columns)
    found = attested(batch.with_columns(year=pl.lit(2006)))
    lists = [name for name in found.columns if name.startswith("tags")]
    return found.with_columns(pl.col(lists).list.sort()).to_dicts()


def codes(head: str | None, *tags: str | None) -> tuple[Any, Any]:
    (row,) = seen((head, tags, None))  # type: ignore[arg-type]
    return row["tags_not_in_line"], row["tags_only_in_line"]


def begins(head: str | None, subject: str | None) -> bool | None:
    (row,) = seen((head, None, subject))
    told: bool | None = row["subject_begins"]
    return told


@pytest.mark.parametrize(
    ("said", "opening", "day"),
    [
        ("N/A", "none", None),
        ("N/A DECL: 09/12/2016", "none", date(2016, 9, 12)),
        ("DECLASSIFIED 09/12/2016", "declassified", date(2016, 9, 12)),
        ("DECL: 09/12/2016", "date", date(2016, 9, 12)),
        ("DECL: 2016-09-12", "date", date(2016, 9, 12)),
        ("DECL: 02/30/2016", "date", None),
        ("DECL: 09/12/06", "date", date(2006, 9, 12)),
        ("DECL: 09/12/99", "date", date(2099, 9, 12)),
        ("DECL: OADR", "event", None),
        ("TRAMS", None, None),
    ],
)
def test_an_order_says_when_it_opens(said: str, opening: str | None, day: date | None) -> None:
    (row,) = seen((f"E.O. 12958: {said}\n", None, None))
    assert row == {**_NOTHING, "order": 12958, "opening": opening, "opening_day": day}


@pytest.mark.parametrize(
    ("year", "sent", "whole"),
    [
        *(("16", 2006, 2016), ("06", 2006, 2006), ("05", 2006, 2005), ("99", 2006, 2099)),
        *(("75", 1974, 1975), ("75", 1975, 1975), ("75", 1976, 2075), ("00", 1900, 1900)),
        *(("66", None, 1966), ("65", None, 2065), ("99", None, 1999), ("2016", 2006, 2016)),
        *(("1980", 2006, 1980), ("0099", 2006, 2099), ("0100", 2006, 100), ("0101", 2006, 101)),
    ],
)
def test_a_year_of_two_digits_lies_after_the_telegram(
    year: str, sent: int | None, whole: int
) -> None:
    given = pl.DataFrame({"year": [year], "sent": [sent]}, schema={"year": str, "sent": int})
    assert given.select(_after(pl.col("year"), pl.col("sent"))).item() == whole


def test_each_record_has_its_own_row() -> None:
    line = "E.O. 12958: N/A\nTAGS: PGOV, SZ\nSUBJECT: TRAMS\n"
    order = {"order": 12958, "opening": "none"}
    assert seen(
        (None, ["SZ"], "TRAMS"),
        (line, None, None),
        (line, ["SZ", "PREL"], "TRAMS"),
        ("Trams", ["SZ"], "TRAMS"),
        (line, ["PGOV", "SZ"], "BOATS"),
        (line, [], " "),
        (line, ["PGOV", "SZ"], "TRAM"),
    ) == [
        _NOTHING,
        {**_NOTHING, **order},
        {
            **_NOTHING,
            **order,
            "tags_not_in_line": ["PREL"],
            "tags_only_in_line": ["PGOV"],
            "subject_begins": True,
        },
        _NOTHING,
        {
            **_NOTHING,
            **order,
            "tags_not_in_line": [],
            "tags_only_in_line": [],
            "subject_begins": False,
        },
        {**_NOTHING, **order, "tags_not_in_line": [], "tags_only_in_line": ["PGOV", "SZ"]},
        {
            **_NOTHING,
            **order,
            "tags_not_in_line": [],
            "tags_only_in_line": [],
            "subject_begins": True,
        },
    ]


@pytest.mark.parametrize(
    ("line", "tags", "lacking", "more"),
    [
        ("PGOV, SZ", ["PGOV", "SZ"], [], []),
        ("PGOV, SZ", ["PGOV"], [], ["SZ"]),
        ("PGOV", ["PGOV", "SZ"], ["SZ"], []),
        ("PGOV, PREL", ["PGOV", "SZ", "ECON"], ["ECON", "SZ"], ["PREL"]),
        ("PGOV, PREL, ECON", ["PGOV"], [], ["ECON", "PREL"]),
        ("PGOV, KERB", ["PGOV"], [], []),  # no code at all
        ("pgov, sz", ["PGOV", "SZ"], [], []),
        ("PGOVSZ", ["PGOV", "SZ"], [], []),
        ("KERB", ["PGOV"], ["PGOV"], []),
        ("TRAM LINES", ["Tram Lines", "TRAM", "LINES"], [], []),
        ("TRAM LINES", ["Tramlines of Bern", "Tram-Lines"], ["Tramlines of Bern"], []),
    ],
)
def test_codes_are_held_against_those_of_the_line(
    line: str, tags: list[str], lacking: list[str], more: list[str]
) -> None:
    assert codes(f"TAGS: {line}\nSUBJECT: X", *tags) == (lacking, more)


@pytest.mark.parametrize(
    ("tag", "line", "stands"),
    [
        *(("PGOV", "PGOVPREL", True), ("PREL", "PGOVPREL", True), ("SZ", "KERB/SZ/KERB", True)),
        *(("GOV", "PGOVPREL", False), ("SZ", "KERBS", False), ("SZ", "", False)),
        *(("PGOV", "PGOV", False), ("S", "SZ", False), ("SZ", "PGOV, KERBSZ", True)),
        *(("Tram Lines", "X, TRAMLINES", True), ("Tram Lines", "TRAM, BOAT LINES", False)),
        *(("Trams!", "THE TRAMS", True), ("Trams!", "SZ", False)),
    ],
)
def test_a_tag_may_stand_in_another_spelling(tag: str, line: str, stands: bool) -> None:
    assert _stands(tag, line) is stands


def test_a_code_is_one_of_the_table() -> None:
    assert [_is_code(word) for word in ("PGOV", "SZ", "KERB", "")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("blanks", "code"), [(497, "AR"), (496, "ARC"), (495, "ARCO"), (0, "ARCO")]
)
def test_codes_are_read_in_500_characters(blanks: int, code: str) -> None:
    assert codes("TAGS:" + " " * blanks + "ARCO") == ([], [code])


def test_codes_begin_right_behind_the_word() -> None:
    assert codes("TAGSSZ\n", "SZ") == ([], [])


@pytest.mark.parametrize(
    ("line", "field", "told"),
    [
        ("SUBJECT: TRAMS OF BERN", "Trams", True),
        ("SUBJECT: TRAMS", "Trams of Bern", False),
        ("SUBJTRAMS", "TRAMS", True),
        ("SUBJTRAMS", "RAMS", False),
        ("SUBJECT: TRAMS", "--", None),
        ("SUBJECT: TRAMS", " ", None),
        ("SUBJECT: --", "TRAMS", False),
        ("TRAMS", "TRAMS", None),
        ("Subject: Trams", "-- TRAMS --", True),
    ],
)
def test_a_field_may_begin_the_subject(line: str, field: str, told: bool | None) -> None:
    assert begins(line, field) is told


@pytest.mark.parametrize(("odd", "told"), [(1, False), (299, False), (300, False), (301, True)])
def test_a_subject_is_compared_up_to_its_300th_character(odd: int, told: bool) -> None:
    field = "T" * (odd - 1) + "B" + "T" * (400 - odd)
    assert begins("SUBJ" + "T" * 400, field) is told


@pytest.mark.parametrize(("place", "told"), [(599, True), (600, True), (601, False), (900, False)])
def test_a_subject_stands_in_600_characters_of_the_line(place: int, told: bool) -> None:
    assert begins("SUBJTRA" + " " * (place - 4) + "M", "TRAM") is told
