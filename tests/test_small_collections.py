"""Small collections, each on one side of a bound: neighbours, twins, copies, marks and times."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

from cableproof.validators import copies, corpus

Row = dict[str, Any]
LIST = pl.List(pl.UInt64)


def whole(*rows: Row, **schema: Any) -> pl.DataFrame:
    return pl.DataFrame([*rows], schema=schema, orient="row").with_row_index("record")


# --- neighbours by serial ---------------------------------------------------------------------

FIRST = datetime(2007, 1, 1)
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
SENT = {
    **dict.fromkeys(("group", "station", "origin", "created"), pl.String),
    **dict.fromkeys(("year", "serial"), pl.Int64),
    "created_time": pl.Datetime,
}


def sent(serial: int | None, step: timedelta | None, **fields: Any) -> Row:
    time = None if step is None else FIRST + step
    plain = {"group": "a", "station": "BERN", "origin": None, "year": 2007, "created": "x"}
    return plain | {"serial": serial, "created_time": time} | fields


def days(*rows: Row) -> dict[int, str]:
    """Return the days of the neighbours of each record, by its number."""
    told = corpus.sequence(whole(*rows, **SENT)).select("record", "before", "after")
    return {record: f"{before} {after}".strip() for record, before, after in told.rows()}


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((0, 31, 0), ""),
        ((0, 32, 0), "2007-01-01 2007-01-01"),
        ((31, 0, 31), ""),
        ((32, 0, 32), "2007-02-02 2007-02-02"),
        ((0, 40, 9), ""),
        ((0, 41, 9), "2007-01-01 2007-01-10"),
        ((40, 9, 40), ""),
        ((40, 8, 50), "2007-02-10 2007-02-20"),
        ((50, 0, 49), ""),  # the neighbours do not agree with each other
        ((5, 90, 4), ""),
        ((5, 90, 5), "2007-01-06 2007-01-06"),
    ],
)
def test_a_date_is_off_by_more_than_a_month_from_both_neighbours(
    steps: tuple[int, ...], said: str
) -> None:
    rows = [sent(serial, step * DAY) for serial, step in enumerate(steps, start=1)]
    assert days(*rows) == {1: said}
    assert days(*rows[::-1]) == {1: said}


def test_a_month_is_31_days_to_the_moment() -> None:
    late = sent(2, 31 * DAY + MOMENT)
    assert days(sent(1, 0 * DAY), late, sent(3, 0 * DAY)) == {1: "2007-01-01 2007-01-01"}


@pytest.mark.parametrize(
    "other",
    [
        {"group": "b"},
        {"station": "ROME"},
        {"origin": "Embassy Bern"},
        {"year": 2008},
        {"created_time": None},
        {"serial": None},
        {"created_time": datetime(2008, 1, 1)},  # of another year than the identifier
    ],
)
def test_only_records_of_one_post_and_year_are_neighbours(other: Row) -> None:
    assert days(sent(1, DAY), sent(2, 90 * DAY), sent(3, DAY) | other) == {}
    assert days(sent(1, DAY) | other, sent(2, 90 * DAY), sent(3, DAY)) == {}
    assert len(days(sent(1, DAY), sent(2, 90 * DAY), sent(9, DAY))) == 1


def test_each_record_between_two_others_is_told() -> None:
    rows = [sent(serial, serial * DAY) for serial in (5, 3, 1, 4, 2)]
    assert days(*rows) == {1: "", 3: "", 4: ""}


# --- texts that stand twice -------------------------------------------------------------------

TEXTS = {
    **dict.fromkeys(("group", "canonical", "text_of"), pl.String),
    "openings": LIST,
    "title": pl.UInt64,
    **dict.fromkeys(("sent_again", "corrected"), pl.Boolean),
}


def text(number: int, *openings: int, **fields: Any) -> Row:
    plain = {"group": "a", "canonical": f"07BERN{number}", "openings": [*openings]}
    return {**plain, "text_of": "", "sent_again": False, **fields}


def twins(*rows: Row) -> list[tuple[int, int]]:
    found = corpus.twins(whole(*rows, **TEXTS))
    return found.select("record", "record_other").rows()


@pytest.mark.parametrize(
    ("one", "other", "titled", "plain"),
    [
        ((1,), (1,), True, True),
        ((1,), (2,), False, False),
        ((1,), (1, 2), False, False),
        ((1,), (1, 2, 3), False, False),
        ((1, 2), (1, 2), True, False),
        ((1, 2), (1, 3), False, False),
        ((1, 2), (1, 2, 3, 4), True, False),
        ((1, 2, 3), (1, 2, 4), False, False),
        ((1, 2, 3), (1, 2, 3), True, True),
        ((1, 2, 3), (1, 2, 3, 4, 5, 6), True, True),
        ((1, 2, 3, 4, 5), (1, 2, 3, 6, 7), True, True),
        ((1, 2, 3, 4, 5), (1, 2, 6, 7, 8), False, False),
        ((1, 2, 3, 4, 5, 6), (1, 2, 3, 7, 8, 9), False, False),
        ((1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 8, 9), True, True),
        ((), (), False, False),
    ],
)
def test_two_texts_are_one_that_share_three_beginnings_and_six_of_ten(
    one: tuple[int, ...], other: tuple[int, ...], titled: bool, plain: bool
) -> None:
    for mine, theirs, same in (
        (7, 7, titled),
        (7, 8, plain),
        (None, None, plain),
        (7, None, plain),
    ):
        pair = text(1, *one, title=mine), text(2, *other, title=theirs)
        assert twins(*pair) == [(1, 0)] * same
        assert twins(*pair[::-1]) == [(0, 1)] * same


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({}, True),
        ({"group": "b"}, False),
        ({"canonical": "07BERN1"}, False),
        ({"canonical": None}, False),
        ({"text_of": None}, True),
        ({"text_of": "07ROME9"}, False),
        ({"openings": None}, False),
    ],
)
def test_twins_are_two_cables_of_a_collection_with_texts_of_their_own(
    fields: Row, same: bool
) -> None:
    assert twins(text(1, 1, 2, 3), text(2, 1, 2, 3) | fields) == [(1, 0)] * same


def test_a_text_without_a_title_shares_three_beginnings_with_one_other() -> None:
    assert twins(text(1, 1, 2, 3), text(2, 1, 2, title=7), text(3, 3, 8, 9)) == []


@pytest.mark.parametrize("number", [4, 5, 6])
def test_what_more_than_five_records_share_is_a_set_phrase(number: int) -> None:
    found = twins(*(text(n, 1, 2, 3) for n in range(number)))
    pairs = [(one, other) for one in range(number) for other in range(one)]
    assert found == (pairs if number < 6 else [])


@pytest.mark.parametrize("again", ["sent_again", "corrected"])
def test_a_repeat_that_says_so_is_no_twin_to_be_told(again: str) -> None:
    for said, told in ((True, []), (False, [(1, "07BERN1")]), (None, [(1, "07BERN1")])):
        for rows in (
            (text(1, 1, 2, 3), text(2, 1, 2, 3) | {again: said}),
            (text(1, 1, 2, 3) | {again: said}, text(2, 1, 2, 3)),
        ):
            assert corpus.alike(corpus.twins(whole(*rows, **TEXTS))).rows() == told


def test_of_two_twins_the_first_by_name_is_told() -> None:
    rows = text(2, 1, 2, 3), text(1, 1, 2, 3), text(3, 1, 2, 3)
    told = corpus.alike(corpus.twins(whole(*rows, **TEXTS)))
    assert sorted(told.rows()) == [(0, "07BERN1"), (2, "07BERN1")]


# --- times of day -----------------------------------------------------------------------------


@pytest.mark.parametrize("hour", range(24))
def test_minutes_repeat_the_hour_of_the_twelve_hour_clock(hour: int) -> None:
    frame = pl.DataFrame({"time": [datetime(2006, 9, 12, hour, minute) for minute in range(60)]})
    minutes = frame.select(corpus.repeats(pl.col("time")))["time"].arg_true().to_list()
    assert minutes == [hour % 12 or 12]


def test_of_a_collection_its_times_and_those_that_repeat_are_counted() -> None:
    times = [(9, 9), (13, 1), (9, 10), (0, 0)]
    steps = ["minute", "second", "minute", "day"]
    rows: list[Row] = [
        {"group": group, "created_time": FIRST.replace(hour=h, minute=m), "created_precision": step}
        for group in ("b", "a")
        for (h, m), step in zip(times, steps, strict=True)
    ]
    rows.append({"group": "b", "created_time": None, "created_precision": "minute"})
    schema = {"group": pl.String, "created_time": pl.Datetime, "created_precision": pl.String}
    told = corpus.groups(whole(*rows, **schema))
    assert sorted(told.rows()) == [("a", 4, 3, 2), ("b", 0, 3, 2)]


# --- copies of one cable ----------------------------------------------------------------------


def test_copies_stand_in_one_collection_under_one_identifier() -> None:
    some = [("a", "x", 1), ("b", "x", 1), ("a", "x", 2), ("a", "y", 1), ("a", None, 1)]
    some += [("a", None, 1), ("a", "x", 2), ("b", "z", 4), ("b", "z", 4)]
    rows = [dict(zip(("group", "identifier", "content"), each, strict=True)) for each in some]
    told = copies.copies(whole(*rows, group=pl.String, identifier=pl.String, content=pl.UInt64))
    assert told.rows() == [(n, "x", 3, 2) for n in (0, 2, 6)] + [(n, "z", 2, 1) for n in (7, 8)]


PAIRED = {
    **dict.fromkeys(("source", "canonical"), pl.String),
    **dict.fromkeys(("paragraphs", "marks"), pl.Int64),
    "openings": LIST,
    "title": pl.UInt64,
}


@pytest.mark.parametrize(
    ("one", "other", "paired"),
    [
        ({}, {}, False),
        ({"openings": [1, 2]}, {"openings": [3, 2]}, True),
        ({"openings": [1, 2]}, {"openings": [3, 4]}, False),
        ({"openings": None}, {"openings": [3, 4]}, False),
        ({"title": 7}, {"title": 7}, True),
        ({"title": 7}, {"title": 8}, False),
        ({"paragraphs": 2}, {"paragraphs": 1}, True),
        ({"paragraphs": 2}, {"paragraphs": 2}, True),
        ({"paragraphs": 3}, {"paragraphs": 1}, False),
        ({"title": 7}, {"title": 7, "source": "other"}, False),
        ({"title": 7}, {"title": 7, "canonical": "y"}, False),
        ({"title": 7}, {"title": 7, "marks": None}, False),
        ({"title": 7, "canonical": None}, {"title": 7, "canonical": None}, False),
    ],
)
def test_copies_to_hold_against_each_other_share_a_beginning_or_a_title_or_are_short(
    one: Row, other: Row, paired: bool
) -> None:
    plain = {"source": "a", "canonical": "x", "paragraphs": 9, "marks": 0, "openings": []}
    none = pl.DataFrame(schema={"record": pl.UInt32, "record_other": pl.UInt32})
    found = copies.pairs(whole(plain | one, plain | other, **PAIRED), none)
    assert {*found.rows()} == ({(0, 1), (1, 0)} if paired else set())
    twin = none.vstack(pl.DataFrame({"record": [1], "record_other": [0]}, schema=none.schema))
    found = copies.pairs(whole(plain | one, plain | other, **PAIRED), twin)
    assert sorted(found.rows()) == [(0, 1), (1, 0)]
