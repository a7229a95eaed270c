"""What the fields of a record state, read one by one: identifiers, times, tags, and what lacks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from cableproof.schemas import vocab
from cableproof.sources.batches import LIST
from cableproof.validators.claims import identifiers, tags, times
from cableproof.validators.evidence import HEAD, SAID_BY_LINES, measured
from tests.conftest import laid

Row = dict[str, Any]


# --- identifiers ------------------------------------------------------------------------------

READ: dict[str | None, tuple[str | None, int | None, str | None, int | None, bool]] = {
    "06BERN1234": ("06BERN1234", 2006, "BERN", 1234, True),
    "66BERN1": ("66BERN1", 1966, "BERN", 1, True),
    "65BERN1": ("65BERN1", 2065, "BERN", 1, True),
    "99PARIS123456": ("99PARIS123456", 1999, "PARIS", 123456, True),
    "00BERN7": ("00BERN7", 2000, "BERN", 7, True),
    "06BERNNN1": ("06BERNNN1", 2006, "BERNNN", 1, True),
    "09EFTOLONDON2468": ("09LONDON2468", 2009, "LONDON", 2468, True),
    "2007BERN0001": ("07BERN1", 2007, "BERN", 1, False),
    "06BERN": (None, None, None, None, False),
    "all trams": (None, None, None, None, False),
    None: (None, None, None, None, False),
}


def test_an_identifier_is_read_as_year_station_and_serial() -> None:
    for some in ([*READ], [*READ][::-1], [*READ][:1], [*READ][-2:], [None]):
        told = identifiers(pl.Series(some, dtype=pl.String))
        assert told.select("canonical", "year", "station", "serial", "shaped").rows() == [
            READ[each] for each in some
        ]


# --- times ------------------------------------------------------------------------------------


def stated(field: str, column: str, *texts: str | None) -> list[Any]:
    frame = pl.DataFrame({n: [None] * len(texts) for n in ("created", "released")}).cast(pl.String)
    frame = frame.with_columns(source_released=pl.lit(None, pl.String))
    frame = frame.with_columns(pl.Series(field, texts, dtype=pl.String))
    return frame.select(times())[column].to_list()


NOON = datetime(2006, 9, 12, 12, 39)


@pytest.mark.parametrize("field", ["created", "released"])
def test_a_time_is_read_in_each_of_its_forms(field: str) -> None:
    read = {
        "2006-09-12 12:39:05": NOON.replace(second=5),
        "2006-09-12T12:39:00": NOON,
        "2006-09-12 12:39": NOON,
        "2006-09-12T12:39:00Z": NOON,
        "2006-09-12T12:39Z": NOON,
        "2006-09-12 12:39:00+00:00": NOON,
        "2006-09-12": datetime(2006, 9, 12),
        "9/12/2006 12:39": NOON,
        "09/12/2006 9:05": datetime(2006, 9, 12, 9, 5),
        "2006-13-45 12:39:00": None,
        "2006-02-30": None,
        "13/45/2006 12:39": None,
        "2006-09-12 24:00": None,
        "soon": None,
        "": None,
        None: None,
    }
    assert stated(field, f"{field}_time", *read) == [*read.values()]
    assert [stated(field, f"{field}_time", text)[0] for text in read] == [*read.values()]


def test_a_date_is_as_precise_as_it_is_written() -> None:
    texts = ["2006-09-12 12:39:05", "9/12/2006 12:39", "2006-09-12 12:39", "2006-09-12", "x", None]
    steps = ["second", "minute", "minute", "day", "day", "day"]
    assert stated("created", "created_precision", *texts) == steps


def test_a_release_of_a_month_was_at_its_end_at_the_latest() -> None:
    read = {
        "2011-10-04": date(2011, 10, 4),
        "2011-09": date(2011, 9, 30),
        "2012-02": date(2012, 2, 29),
        "2011-13": None,
        "2011-02-30": None,
        "2011": None,
        None: None,
    }
    assert stated("source_released", "release_day", *read) == [*read.values()]
    assert stated("source_released", "release_day", "2011-09") == [date(2011, 9, 30)]


# --- tags -------------------------------------------------------------------------------------


def filed(*lists: list[str | None] | None) -> list[Row]:
    return tags(pl.DataFrame({"tags": [*lists]}, schema={"tags": LIST})).to_dicts()


def odd(**times: int) -> list[Row]:
    return [{"tag": tag, "times": number} for tag, number in times.items()]


def test_tags_are_counted_and_the_odd_and_the_dated_are_named() -> None:
    some: list[tuple[list[str | None] | None, tuple[Any, ...]]] = [
        (["PGOV", "SZ"], (1, 1, None, [])),
        (["PGOV", "PREL", "SZ", "PREL"], (3, 1, odd(PREL=2), [])),
        (["QXQX", "PGOV", "QXQX"], (1, 0, odd(QXQX=2), [])),
        (["QXQX"], (0, 0, odd(QXQX=1), [])),
        (["SZ", "QXQX", "SZ"], (0, 2, odd(SZ=2, QXQX=1), [])),
        (["RH", "KZ", "RH"], (0, 1, odd(RH=2), ["RH", "KZ"])),
        ([], (0, 0, None, None)),
        ([None], (0, 0, None, None)),
        (None, (None, None, None, None)),
    ]
    names = ("subject_tags", "geographic_tags", "odd_tags", "dated_tags")
    for order in (some, some[::-1]):
        told = filed(*(given for given, _ in order))
        assert told == [dict(zip(names, wanted, strict=True)) for _, wanted in order]


def test_odd_and_dated_tags_stand_in_the_order_of_the_record() -> None:
    words = [f"Q{a}{b}Q" for a in "ZYXWVU" for b in "ZYXWVU"]
    dated = sorted(vocab.tag_periods(), key=lambda code: code[::-1])
    (told,) = filed([*words, *dated])
    assert [each["tag"] for each in told["odd_tags"]] == words
    assert told["dated_tags"] == dated


# --- what a record attests --------------------------------------------------------------------


def attested(name: str, *records: Row) -> list[Any]:
    return measured(laid(records))[name].to_list()


def test_no_text_and_nothing_that_is_compared_at_once_is_kept() -> None:
    batch = laid([{}]).with_columns(file=pl.lit("cables.jsonl"))
    given, kept = batch.columns, measured(batch).columns
    assert [name for name in kept if name in given] == [
        *("identifier", "origin", "created", "released", "classification", "redacted"),
        *("partial_extract", "source_release", "source_released", "release_counter"),
        *("page_digest", "unknown", "wrong", "start", "end", "line", "row", "field_lines"),
        *("source", "path", "kind"),
    ]
    assert {"head", "address_month"} & {*kept} == set()


def test_what_the_lines_say_by_themselves_is_told_from_what_they_say_together() -> None:
    assert {*SAID_BY_LINES} == {
        *("header_serial", "text_serial", "mark_serial", "security_rank", "dateline"),
        *("group_time", "text_station", "mark_station", "header_station", "from_station"),
        "top_section",
    }
    assert {*SAID_BY_LINES} < {*measured(laid([{}])).columns}


def test_a_subject_stands_in_its_field_or_in_the_beginning_of_the_text() -> None:
    line = "SUBJECT: X"
    last = "\n" * (HEAD - len(line)) + line
    some: dict[tuple[str | None, str | None], bool | None] = {
        ("TRAMS", None): True,
        ("TRAMS", "no line"): True,
        ("TRAMS", line): True,
        (None, line): True,
        (" ", line): True,
        (None, "no line"): False,
        ("", "no line"): False,
        (None, None): None,
        (" ", None): None,
        (None, last): True,
        (None, f"\n{last}"): False,
    }
    assert HEAD == 3000
    records: list[Row] = [{"subject": subject, "body": body} for subject, body in some]
    assert attested("subject_known", *records) == [*some.values()]


def test_a_text_has_a_length_in_bytes_if_it_has_any_word() -> None:
    texts = {"": 0, " \n": 0, "x": 1, " \u00e9\n": 4, None: None}
    assert attested("text_length", *({"body": text} for text in texts)) == [*texts.values()]


def test_a_required_field_lacks_where_it_is_blank_and_not_where_it_is_wrong() -> None:
    names = ("identifier", "origin", "created", "classification")
    blank = [None, "", " \t\n", "\ufeff\x85"]
    for name in names:
        assert attested("missing", *({name: text} for text in blank)) == [[name]] * len(blank)
    empty = dict.fromkeys(names)
    assert attested("missing", {}, empty, {"origin": 7}, {"origin": 7, "created": None}) == [
        [],
        [*names],
        [],
        ["created"],
    ]


def test_a_statement_on_redaction_is_understood_where_it_tells_the_flag() -> None:
    some = [(flag, text) for flag in (True, False, None) for text in ("said", None)]
    records = [{"redacted": flag, "redaction_statement": text} for flag, text in some]
    assert attested("statement_unread", *records) == [False] * 4 + [True, None]


def test_the_tags_of_a_page_of_a_release_are_kept_as_its_index_has_them() -> None:
    codes = pl.Series(["PGOV", "SZ"]).hash(0).to_list()
    some: list[Row] = [
        {"tags": ["pgov", "SZ"], "release_counter": 3},
        {"tags": ["PGOV"], "release_counter": None},
        {"tags": None, "release_counter": 0},
    ]
    assert attested("linked_tags", *some) == [codes, None, []]
    assert attested("linked_tags", *some[1:2]) == [None]


NAMES = {"heading": "heading_identifier", "file name": "file_identifier"}
NAMES |= {"address": "address_identifier"}
MONTHS = {"path": "path_month", "address": "address_month", "date index": "date_month"}


@pytest.mark.parametrize(
    ("told", "columns", "own", "other", "claim"),
    [
        ("page_names", NAMES, "06BERN1234", "06BERN1243", "identifier"),
        ("page_months", MONTHS, "2006-09", "2006-08", "created"),
    ],
)
def test_a_page_contradicts_its_record_by_what_it_says_otherwise(
    told: str, columns: dict[str, str], own: str, other: str, claim: str
) -> None:
    assert attested(told, {}, {}) == [None, None]
    for what, name in columns.items():
        rows: list[Row] = [{name: own}, {name: other}, {}, {name: other, claim: None}]
        assert attested(told, *rows) == ["", f"{what} {other}", None, None]
    every = ", ".join(f"{what} {other}" for what in columns)
    assert attested(told, dict.fromkeys(columns.values(), other)) == [every]


def test_the_month_of_an_address_is_that_of_the_link_where_nothing_else_is_known() -> None:
    link = {"link": "http://x.example/cable/2006/08/06BERN1234.html"}
    told = attested("page_months", link, link | {"address_month": "2006-07"})
    assert told == ["address 2006-08", "address 2006-07"]


def test_a_name_in_another_spelling_is_the_records_own() -> None:
    odd = {"identifier": "2006BERN01234", "link": None}
    assert attested(
        "page_names",
        {"heading_identifier": "2006BERN01234"},
        {"heading_identifier": "2006BERN01243"},
        {"heading_identifier": "all trams"},
        odd | {"heading_identifier": "06BERN1234"},
        odd | {"heading_identifier": "06BERN1243"},
        {"identifier": "all trams", "heading_identifier": "no trams", "link": None},
    ) == [
        *("", "heading 2006BERN01243", "heading all trams", "", "heading 06BERN1243"),
        "heading no trams",
    ]
    links = ["06BERN01234", "06BERN1243", "cable/2006/09/06BERN1234_a.html", "home.html", None]
    assert attested("link_identifier", *({"link": link} for link in links)) == [
        *("06BERN1234", "06BERN1243", "06BERN1234", None, None)
    ]
