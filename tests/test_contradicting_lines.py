"""What the lines of a telegram say together against the record: each line by itself, and all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

from cableproof.schemas import vocab
from cableproof.validators.witnesses import agreement, rank

THEN = datetime(2006, 9, 12, 12, 39)
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("created_time", "dateline", "group_time"), pl.Datetime),
    **dict.fromkeys(("serial", "year", "rank", "text_rank", "security_rank"), pl.Int64),
    **dict.fromkeys(("text_serial", "header_serial", "mark_serial"), pl.Int64),
    **dict.fromkeys(("station", "text_station", "mark_station", "identifier"), pl.String),
    **dict.fromkeys(("header_station", "from_station"), pl.String),
    "subject_begins": pl.Boolean,
    "tags_not_in_line": pl.List(pl.String),
}
OWN = {"serial": 1234, "station": "BERN", "year": 2006, "rank": 0, "created_time": THEN}


def said(**changes: Any) -> dict[str, Any]:
    """Return what is told of a record whose lines say what ``changes`` have, beside a silent one."""
    rows = [OWN | changes, OWN]
    told, silent = agreement(pl.DataFrame(rows, schema=SCHEMA, orient="row")).to_dicts()
    assert set(silent.values()) == {None}
    return told


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        ({}, None),
        ({"text_serial": 1234}, ""),
        ({"text_serial": 1243}, "class line 1243"),
        ({"mark_serial": 1234}, ""),
        ({"mark_serial": 1235}, "page marks 1235"),
        ({"header_serial": 1234}, ""),
        ({"header_serial": 1233}, "line of the sending station 1233"),
        ({"header_serial": 2345, "serial": 12345}, ""),
        ({"header_serial": 0, "serial": 10000}, ""),
        ({"header_serial": 9999, "serial": 9999}, ""),
        ({"header_serial": 12345, "serial": 12345}, "line of the sending station 12345"),
        ({"text_serial": 1234, "mark_serial": 7}, "page marks 7"),
        (
            {"text_serial": 1, "header_serial": 2, "mark_serial": 3},
            "class line 1, line of the sending station 2, page marks 3",
        ),
        ({"text_serial": 5, "serial": None}, None),
        ({"text_serial": 0, "serial": 0}, ""),
    ],
)
def test_a_line_contradicts_the_serial_by_another_number(
    lines: dict[str, Any], apart: str | None
) -> None:
    assert said(**lines)["numbers_apart"] == apart


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        ({"text_station": "PARIS", "mark_station": "PARIS"}, None),
        ({"from_station": "BERN"}, ""),
        ({"from_station": "PARIS"}, "FM line PARIS"),
        ({"header_station": "ROME"}, "routing indicator ROME"),
        ({"from_station": "BERN", "header_station": "ROME"}, "routing indicator ROME"),
        ({"from_station": "PARIS", "header_station": "BERN"}, "FM line PARIS"),
        (
            {"from_station": "PARIS", "header_station": "ROME"},
            "FM line PARIS, routing indicator ROME",
        ),
        ({"from_station": "PARIS", "station": "BERNN"}, None),
    ],
)
def test_a_line_contradicts_the_station_by_another_office(
    lines: dict[str, Any], apart: str | None
) -> None:
    assert said(**lines)["stations_apart"] == apart


@pytest.mark.parametrize(
    ("own", "line", "apart"),
    [
        (0, 0, ""),
        (0, 2, "CONFIDENTIAL"),
        (0, 3, "SECRET"),
        (1, 0, ""),  # these lines do not tell what is sensitive
        (1, 2, "CONFIDENTIAL"),
        (2, 0, "UNCLASSIFIED"),
        (2, 2, ""),
        (2, 3, "SECRET"),
        (3, 0, "UNCLASSIFIED"),
        (3, 2, "CONFIDENTIAL"),
        (3, 3, ""),
        (-1, 0, "UNCLASSIFIED"),
        (4, 3, "SECRET"),
        (None, 3, None),
        (3, None, None),
    ],
)
def test_a_line_contradicts_the_classification_by_another_rank(
    own: int | None, line: int | None, apart: str | None
) -> None:
    for name, what in {"text_rank": "class line", "security_rank": "security line"}.items():
        told = said(**{"rank": own, name: line})["ranks_apart"]
        assert told == (f"{what} {apart}" if apart else apart)
    both = said(rank=own, text_rank=line, security_rank=line)["ranks_apart"]
    assert both == (f"class line {apart}, security line {apart}" if apart else apart)


@pytest.mark.parametrize(
    ("line", "group", "farther"),
    [
        (None, None, None),
        (DAY, None, DAY),
        (None, DAY, DAY),
        (DAY, 2 * DAY, 2 * DAY),
        (2 * DAY, DAY, 2 * DAY),
        (-2 * DAY, DAY, -2 * DAY),
        (DAY, -2 * DAY, -2 * DAY),
        (-DAY, DAY, DAY),
        (DAY, -DAY, -DAY),
        (DAY + MOMENT, -DAY, DAY + MOMENT),
        (-DAY - MOMENT, DAY, -DAY - MOMENT),
    ],
)
def test_of_two_written_times_the_farther_one_is_held_against_the_record(
    line: timedelta | None, group: timedelta | None, farther: timedelta | None
) -> None:
    times = {"dateline": line, "group_time": group}
    told = said(**{name: step if step is None else THEN + step for name, step in times.items()})
    assert told["written_time"] == (None if farther is None else THEN + farther)


# --- the text of another cable ----------------------------------------------------------------

OTHER = {"text_serial": 1243}
PARIS = {"text_station": "PARIS"}


@pytest.mark.parametrize(
    ("lines", "name", "year_told"),
    [
        ({"text_serial": 1234}, "", None),
        ({"mark_serial": 1234, "mark_station": "PARIS"}, "", None),
        (PARIS, None, None),
        (PARIS | OTHER | {"serial": None}, None, None),
        # another serial of another office
        (OTHER, "", None),
        (OTHER | PARIS, "06PARIS1243", False),
        (OTHER | {"mark_station": "PARIS"}, "06PARIS1243", False),
        ({"mark_serial": 7, "mark_station": "PARIS"}, "06PARIS7", False),
        (OTHER | {"mark_serial": 1234, "mark_station": "PARIS"}, "06PARIS1243", False),
        (OTHER | {"text_station": "BERN", "mark_station": "PARIS"}, "", None),
        (PARIS | {"text_serial": 1234, "mark_serial": 7}, "", None),
        # another serial, and a second line that contradicts the record
        (OTHER | {"mark_serial": 1243}, "06BERN1243", False),
        (OTHER | {"mark_serial": 1244}, "", None),
        ({"mark_serial": 1243}, "", None),
        (OTHER | {"subject_begins": False}, "06BERN1243", False),
        (OTHER | {"subject_begins": True}, "", None),
        ({"mark_serial": 1243, "subject_begins": False}, "06BERN1243", False),
        (OTHER | {"tags_not_in_line": ["SZ", "PGOV"]}, "06BERN1243", False),
        (OTHER | {"tags_not_in_line": ["SZ", "PGOV", "PREL"]}, "06BERN1243", False),
        (OTHER | {"tags_not_in_line": ["SZ"]}, "", None),
        (OTHER | {"dateline": THEN}, "", None),
        (OTHER | {"dateline": THEN + DAY}, "", None),
        (OTHER | {"dateline": THEN - DAY}, "", None),
        (OTHER | {"dateline": THEN + DAY + MOMENT}, "06BERN1243", True),
        (OTHER | {"dateline": THEN - DAY - MOMENT}, "06BERN1243", True),
        ({"text_serial": 1234, "subject_begins": False}, "", None),
        # the year is that of the dateline, else the record's
        (OTHER | PARIS | {"dateline": datetime(1999, 1, 2)}, "99PARIS1243", True),
        (OTHER | PARIS | {"dateline": datetime(2000, 1, 2)}, "00PARIS1243", True),
        (OTHER | PARIS | {"year": 2010}, "10PARIS1243", False),
        (OTHER | PARIS | {"year": 1975}, "75PARIS1243", False),
    ],
)
def test_a_text_is_of_the_cable_that_two_of_its_lines_name(
    lines: dict[str, Any], name: str | None, year_told: bool | None
) -> None:
    told = said(**lines)
    assert (told["text_of"], told["year_told"]) == (name, year_told)


# --- ranks ------------------------------------------------------------------------------------


def ranks(*names: str | None) -> list[int | None]:
    return pl.DataFrame({"classification": [*names]}).select(rank())["classification"].to_list()


def test_a_classification_has_the_rank_of_the_table_however_it_is_spelt() -> None:
    assert ranks("UNCLASSIFIED", "UNCLAS", "SBU", "LIMITED OFFICIAL USE") == [0, 0, 1, 1]
    assert ranks("CONFIDENTIAL", "C", "CONFIDENTIAL//NOFORN", "SECRET", "S//NF") == [2, 2, 2, 3, 3]
    assert ranks("TOP SECRET", "n/a", "secret", "TRAMS", None) == [4, -1, None, None, None]


@pytest.fixture
def own_row() -> Iterator[None]:
    vocab.install({"classifications": "name,rank,abbreviations\nTRAMS ONLY,,TO\n"})
    yield
    vocab.install({})


@pytest.mark.usefixtures("own_row")
def test_a_classification_of_the_users_own_without_a_rank_has_the_lowest() -> None:
    assert ranks("TRAMS ONLY", "TO", "SECRET") == [0, 0, 3]
