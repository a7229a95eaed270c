"""The tables of the parts of records: what has a row in each, and what the row says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

from cableproof.validators import parts

Row = dict[str, Any]
TEXTS = pl.List(pl.String)


def whole(*rows: Row, **schema: Any) -> pl.DataFrame:
    return pl.DataFrame([*rows], schema=schema, orient="row").with_row_index("record")


def test_an_odd_tag_is_told_with_its_times_and_with_what_it_is() -> None:
    odd = pl.List(pl.Struct({"tag": pl.String, "times": pl.Int64}))
    tags = {"SZ": 2, "PGVO": 1, "QXQX": 1, "A B": 1, "KEEPER, A": 1}
    said = [{"tag": tag, "times": times} for tag, times in tags.items()]
    table = whole({"odd_tags": None}, {"odd_tags": said}, {"odd_tags": []}, odd_tags=odd)
    assert parts.odd_tags(table).rows() == [
        (1, "SZ", 2, "known"),
        (1, "PGVO", 1, "misspelt"),
        (1, "QXQX", 1, "unknown"),
        (1, "A B", 1, "malformed"),
        (1, "KEEPER, A", 1, "name"),
    ]
    none = parts.odd_tags(table[:1])
    assert (none.rows(), none.columns) == ([], ["record", "tag", "times", "verdict"])


def test_a_tag_of_field_or_line_alone_is_told_unless_it_is_no_code() -> None:
    table = whole(
        {"tags_not_in_line": ["SZ", "QXQX"], "tags_only_in_line": ["PGOV", "SW"]},
        {"tags_not_in_line": [], "tags_only_in_line": None},
        {"tags_not_in_line": ["QXQX"], "tags_only_in_line": []},
        tags_not_in_line=TEXTS,
        tags_only_in_line=TEXTS,
    )
    odd = pl.DataFrame(
        {"record": [0, 0, 1], "tag": ["QXQX", "SZ", "PGOV"], "verdict": ["unknown", "known", "x"]}
    ).cast({"record": pl.UInt32})
    assert parts.contrasts(table, odd).rows() == [
        (0, "SZ", "field"),
        (2, "QXQX", "field"),
        (0, "PGOV", "line"),
        (0, "SW", "line"),
    ]


def test_a_tag_that_was_not_always_in_use_is_told_with_its_years() -> None:
    time = datetime(2006, 9, 12)
    table = whole(
        {"dated_tags": ["RH", "KZ"], "created_time": time},
        {"dated_tags": ["RH"], "created_time": None},
        {"dated_tags": None, "created_time": time},
        dated_tags=TEXTS,
        created_time=pl.Datetime,
    )
    assert parts.dated(table).select(
        "record", "used_in", "tag", "first_year", "final_year"
    ).rows() == [
        (0, 2006, "RH", 1973, 1980),
        (0, 2006, "KZ", 1991, 9999),
    ]


def test_a_field_that_lacks_or_is_of_another_type_is_told() -> None:
    table = whole(
        {"missing": ["origin", "created"], "wrong": ["tags"]},
        {"missing": [], "wrong": None},
        missing=TEXTS,
        wrong=TEXTS,
    )
    assert parts.claims(table).rows() == [
        (0, "origin", "missing"),
        (0, "created", "missing"),
        (0, "tags", "wrong"),
    ]


def test_a_date_is_told_that_is_there_and_cannot_be_read() -> None:
    names = {
        "created": "created_time",
        "released": "released_time",
        "source_released": "release_day",
    }
    states = [("soon", None), ("", None), (None, None), ("now", datetime(2006, 1, 2))]
    table = whole(
        *(
            {field: text, time: read} | {f: None for f in names if f != field}
            for field, time in names.items()
            for text, read in states
        ),
        **dict.fromkeys(names, pl.String),
        **dict.fromkeys(names.values(), pl.Datetime),
    )
    assert parts.dates(table).rows() == [
        (0, "created", "soon"),
        (4, "released", "soon"),
        (8, "source_released", "soon"),
    ]


def test_a_field_that_is_not_known_is_told_once_for_each_file() -> None:
    files = [("a", "x", ["one", "two"]), ("a", "x", ["two"]), ("b", "x", ["two"]), ("a", "y", None)]
    names = ("source", "path", "unknown")
    table = whole(
        *(dict(zip(names, each, strict=True)) for each in files),
        source=pl.String,
        path=pl.String,
        unknown=TEXTS,
    )
    told = parts.unknown(table).select("field", "record", "records")
    assert sorted(told.rows()) == [("one", 0, 1), ("two", 0, 2), ("two", 2, 1)]


def test_entries_and_citations_are_told_one_by_one() -> None:
    table = whole(
        {
            "not_cables": ["06BERN"],
            "references_not_in_text": ["06BERN1"],
            "references_only_in_text": ["06BERN2"],
        },
        {"not_cables": None, "references_not_in_text": [], "references_only_in_text": None},
        not_cables=TEXTS,
        references_not_in_text=TEXTS,
        references_only_in_text=TEXTS,
    )
    assert parts.entries(table).rows() == [(0, "06BERN")]
    assert parts.citations(table).rows() == [(0, "06BERN1", "field"), (0, "06BERN2", "text")]


# --- cables that cannot have been cited -------------------------------------------------------

CITING: dict[str, Any] = {
    "source": pl.String,
    "canonical": pl.String,
    "year": pl.Int64,
    "created_time": pl.Datetime,
    "cited": TEXTS,
}
THEN = datetime(2006, 9, 12, 12, 39)
DAY = timedelta(days=1)


def cable(number: int, time: datetime | None, *cited: str, **fields: Any) -> Row:
    own = {"source": "data", "canonical": f"06BERN{number}", "year": 2006}
    return {**own, "created_time": time, "cited": [*cited], **fields}


OTHERS = [
    cable(2, THEN + DAY),
    cable(3, THEN + DAY + timedelta(microseconds=1)),
    cable(4, THEN - DAY),
    cable(5, None),
    cable(6, THEN + 400 * DAY),  # whose own date is wrong
    cable(7, THEN + 9 * DAY),
    cable(7, THEN),  # a copy with an earlier date
    cable(8, THEN + 9 * DAY, source="other"),
    cable(9, THEN + 5 * DAY),
    cable(9, THEN + 9 * DAY),
]
ITSELF = "which is this cable itself"
LATER = "of a later year"


@pytest.mark.parametrize(
    ("cited", "how"),
    [
        ("06BERN1", ITSELF),
        ("06BERN2", None),
        ("06BERN3", "sent later, on 2006-09-13"),
        ("06BERN4", None),
        ("06BERN5", None),
        ("06BERN6", None),
        ("06BERN7", None),
        ("06BERN8", None),
        ("06BERN9", "sent later, on 2006-09-17"),
        ("05BERN1", None),
        ("07BERN1", LATER),
        ("10PARIS12", LATER),
        ("65BERN1", LATER),
        ("66BERN1", None),
        ("99BERN1", None),
        ("00BERN1", None),
    ],
)
def test_a_cable_cannot_cite_itself_or_what_was_sent_later(cited: str, how: str | None) -> None:
    told = parts.impossible(whole(cable(1, THEN, cited), *OTHERS, **CITING))
    assert told.rows() == ([(0, cited, how)] if how else [])


@pytest.mark.parametrize(
    ("year", "later"), [(1966, True), (1967, True), (1968, False), (2006, False)]
)
def test_a_later_year_is_one_after_that_of_the_cable_itself(year: int, later: bool) -> None:
    told = parts.impossible(whole(cable(1, THEN, "68BERN1", year=year), **CITING))
    assert told.rows() == [(0, "68BERN1", LATER)] * later


def test_what_cannot_be_cited_is_told_once_in_the_order_of_records_and_names() -> None:
    table = whole(
        cable(1, THEN, "08BERN1", "07BERN1", "08BERN1"),
        cable(2, THEN, "08BERN1", canonical=None),
        cable(3, THEN),
        cable(4, THEN, cited=None),
        cable(5, None, "06BERN5", "06BERN1"),
        **CITING,
    )
    assert parts.impossible(table).rows() == [
        (0, "07BERN1", LATER),
        (0, "08BERN1", LATER),
        (4, "06BERN5", ITSELF),
    ]


def test_citations_are_counted_and_those_of_cables_that_are_here() -> None:
    table = whole(
        cable(1, THEN, "06BERN2", "05BERN7", "06BERN2"),
        cable(2, THEN),
        cable(3, THEN, "06BERN4", cited=None),
        cable(4, THEN, "06BERN4", "06BERN4", canonical=None),
        **CITING,
    )
    assert parts.resolved(table) == (5, 2)
    assert parts.resolved(table[1:3]) == (0, 0)
