"""Rules on both sides of their bounds: what each says of rows that differ in one thing."""

from __future__ import annotations

import pandas as pd
import pytest

from cableproof.validators.catalogue import CATALOGUE
from tests.asking import found

# --- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "written", "off"),
    [
        ("minute", "2006-09-12 13:30:00", False),
        ("minute", "2006-09-12 13:30:01", True),
        ("minute", "2006-09-12 11:30:00", False),
        ("minute", "2006-09-12 11:29:59", True),
        ("hour", "2006-09-12 13:59:59", False),
        ("hour", "2006-09-12 14:00:00", True),
        ("hour", "2006-09-12 11:00:00", False),
        ("hour", "2006-09-12 10:59:59", True),
        ("day", "2006-09-12 23:59:59", False),
        ("day", "2006-09-13 00:00:00", True),
        ("day", "2006-09-12 00:00:00", False),
        ("day", "2006-09-11 23:59:59", True),
    ],
)
def test_a_date_may_be_an_hour_or_its_own_precision_from_the_telegram(
    step: str, written: str, off: bool
) -> None:
    row = {"created": "x", "created_time": "2006-09-12 12:30:00", "created_step": step}
    told = found("DAT004", row | {"written_time": written})
    assert [at for at, *_ in told] == [0] * off


def test_the_time_of_the_telegram_is_told_to_the_minute() -> None:
    row = {"created": "x", "created_time": "2006-09-12 12:30:00", "created_step": "minute"}
    rules = CATALOGUE["DAT004"]
    table = pd.DataFrame([row | {"written_time": "2006-09-13 07:05:59"}])
    for name in ("created_time", "written_time"):
        table[name] = pd.to_datetime(table[name])
    assert rules.find(table)["written"].tolist() == ["2006-09-13 07:05"]


@pytest.mark.parametrize(
    ("year", "outside"), [(1965, True), (1966, False), (2010, False), (2011, True)]
)
def test_the_set_is_of_the_years_1966_to_2010(year: int, outside: bool) -> None:
    for day in ("01-01", "12-31"):
        row = {"created": "x", "created_time": f"{year}-{day}"}
        assert found("DAT002", row) == [(0,)] * outside
        other = {"identifier": "06BERN1", **row}
        assert found("DAT003", other | {"year": 2006}) == [(0,)] * (not outside)
        assert found("DAT003", other | {"year": year}) == []


@pytest.mark.parametrize(
    ("released", "source", "when"),
    [
        ("2006-09-12 12:30", None, None),
        ("2006-09-12 12:29", None, "as released"),
        ("2006-09-12 00:01", None, "as released"),
        ("2006-09-12 00:00", None, None),  # no time was given
        ("2006-09-11 00:00", None, "as released"),
        ("2006-09-13 00:00", None, None),
        (None, "2006-09-12", None),
        (None, "2006-09-11", "as the source"),
        ("2006-09-12 12:29", "2006-09-12", "as released"),
        ("2006-09-12 12:29", "2006-09-11", "as released"),
        ("2006-09-12 12:31", "2006-09-11", "as the source"),
        ("2006-09-12 12:31", "2006-09-12", None),
        (None, None, None),
    ],
)
def test_a_release_is_not_before_the_cable(
    released: str | None, source: str | None, when: str | None
) -> None:
    row = {
        "created": "x",
        "created_time": "2006-09-12 12:30:00",
        "released": "as released",
        "released_time": released,
        "source_released": "as the source",
        "release_day": source,
    }
    never = {**row, "released_time": None, "release_day": None}
    assert found("DAT006", never, row) == ([(1, when)] if when else [])


@pytest.mark.parametrize(
    ("timed", "repeating", "odd"),
    [(4, 4, False), (5, 5, True), (6, 5, False), (6, 6, True), (5, 4, False)],
)
def test_five_times_must_repeat_their_hour_and_all_of_them(
    timed: int, repeating: int, odd: bool
) -> None:
    assert found("DAT008", {"timed": timed, "repeating": repeating}) == [(0,)] * odd


# --- extracts ---------------------------------------------------------------------------------

PARTIAL, FULL = "a partial extract", "a full cable"


@pytest.mark.parametrize(
    ("time", "odd"),
    [
        ("1999-12-31 23:59", None),
        ("2000-01-01 00:00", FULL),
        ("2005-12-31 23:59", FULL),
        ("2006-01-01 00:00", None),
        ("2006-06-30 23:59", None),
        ("2006-07-01 00:00", PARTIAL),
        ("2010-12-31 23:59", PARTIAL),
        ("2011-01-01 00:00", None),
    ],
)
def test_partial_extracts_are_of_2000_to_june_2006(time: str, odd: str | None) -> None:
    flags = {PARTIAL: True, FULL: False}
    for flag, partial in flags.items():
        row = {"partial_extract": partial, "created": "x", "created_time": time}
        assert found("EXT002", row) == ([(0, odd)] if odd == flag else [])


def test_a_partial_extract_has_no_routing_header_and_a_full_cable_has_one() -> None:
    both = [(flag, header) for flag in (True, False) for header in (True, False)]
    rows = [{"partial_extract": flag, "from_line": header} for flag, header in both]
    assert found("EXT001", *rows) == [
        (0, PARTIAL, "has a routing header"),
        (3, FULL, "has no routing header"),
    ]


# --- classifications --------------------------------------------------------------------------


def test_a_portion_is_above_the_whole_by_its_rank_and_sensitive_is_a_note() -> None:
    ranks = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3)]
    rows = [{"classification": "x", "rank": a, "portion_rank": b, "portions": 1} for a, b in ranks]
    assert found("CLS004", *rows) == [
        (1, "SBU", "note"),
        (2, "C", "warning"),
        (4, "C", "warning"),
        (7, "S", "warning"),
    ]


CAPTION = {True: "the text has the caption ", False: "the text has no caption "}


@pytest.mark.parametrize("name", ["SECRET//NOFORN", "SECRET/NF", "SECRET"])
@pytest.mark.parametrize("said", [True, False])
def test_noforn_stands_in_the_captions_and_in_the_field_or_in_none(name: str, said: bool) -> None:
    row = {"classification": name, "rank": 3, "noforn": said, "sensitive": False}
    odd = said != (name != "SECRET")
    told = found("CLS005", row)
    assert told == [(0, f"{CAPTION[said]}NOFORN", "note")] * odd


@pytest.mark.parametrize("rank", [0, 1, 2, 3])
@pytest.mark.parametrize("said", [True, False])
def test_sensitive_stands_in_the_captions_of_what_is_classified_so(rank: int, said: bool) -> None:
    row = {"classification": "x", "rank": rank, "noforn": False, "sensitive": said}
    odd = rank < 2 and said != (rank == 1)
    assert found("CLS005", row) == [(0, f"{CAPTION[said]}SENSITIVE", "warning")] * odd


NOT_SO = "the executive order's line says N/A"
DATED = "the executive order's line has a date of declassification"
NEVER = "the date of declassification does not exist"
BEFORE = "the date of declassification is before the cable"
LATE = "the date of declassification is very late"


@pytest.mark.parametrize(
    ("opening", "day", "classified", "open_to_all"),
    [
        ("none", None, NOT_SO, None),
        ("event", None, None, None),
        (None, None, None, None),
        ("date", None, NEVER, DATED),
        ("date", "2006-09-11", BEFORE, DATED),
        ("date", "2006-09-12", None, DATED),
        ("date", "2056-12-31", None, DATED),
        ("date", "2057-01-01", LATE, DATED),
    ],
)
def test_what_is_classified_has_a_day_on_which_it_is_not_any_more(
    opening: str | None, day: str | None, classified: str | None, open_to_all: str | None
) -> None:
    row = {"classification": "x", "order": 12958, "created_time": "2006-09-12 12:30"}
    row |= {"opening": opening, "opening_day": day}
    for rank in range(4):
        said = classified if rank >= 2 else open_to_all
        told = found("CLS006", row | {"rank": rank}, opening="category")
        assert told == ([(0, said, "warning")] if said else [])
