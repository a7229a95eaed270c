"""What the fields of a record state: times, days, numbers and tags, value by value."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from cableproof.sources.batches import LIST, TEXT
from cableproof.validators import claims

_TIMES: dict[str, str | None] = {
    "2007-01-02": "2007-01-02 00:00:00",
    "2007-01-02 10:11": "2007-01-02 10:11:00",
    "2007-01-02 10:11:12": "2007-01-02 10:11:12",
    "2007-01-02T10:11:12": "2007-01-02 10:11:12",
    "2007-01-02T10:11:12Z": "2007-01-02 10:11:12",
    "2007-01-02 10:11:12+00:00": "2007-01-02 10:11:12",
    "2007-01-02T10:11Z": "2007-01-02 10:11:00",
    "2008-02-29": "2008-02-29 00:00:00",
    "1/2/2007 10:11": "2007-01-02 10:11:00",
    "12/31/2007 9:05": "2007-12-31 09:05:00",
    "2007-01-02Z": None,
    "2007-01-02 10": None,
    "2007-01-02 10:1": None,
    "2007-01-02 10:11:1": None,
    "2007-01-02 10:11:12.5": None,
    "2007-01-02 10:11:12+01:00": None,
    "2007-01-02  10:11": None,
    " 2007-01-02": None,
    "2007-01-02 ": None,
    "2007-1-2": None,
    "07-01-02": None,
    "12007-01-02": None,
    "2007-13-02": None,
    "2007-02-29": None,
    "2007-01-02 24:00": None,
    "1/2/2007": None,
    "1/2/07 10:11": None,
    "1/2/12007 10:11": None,
    "13/2/2007 10:11": None,
    "111/2/2007 10:11": None,
    "1/222/2007 10:11": None,
    "1/2/2007 10:1": None,
    "1/2/2007 10:11:12": None,
    "1/2/2007 110:11": None,
    "": None,
}
_PRECISE = {
    "2007-01-02": "day",
    "2007-01": "day",
    "": "day",
    "2007-01-02 10:11": "minute",
    "1/2/2007 10:11": "minute",
    "2007-01-02 10:11:12": "second",
    "2007-01-02T10:11:12Z": "second",
}
_DAYS = {
    "2011-08-30": date(2011, 8, 30),
    "2011-08": date(2011, 8, 31),
    "2008-02": date(2008, 2, 29),
    "2011-13": None,
    "2011-02-30": None,
    "2011": None,
    "2011-08-3": None,
    "2011-08-30 10:11": None,
    "x2011-08": None,
}
#: Canonical form, year, station, serial, and whether it has the strict shape.
_IDENTIFIERS: dict[str | None, tuple[str | None, int | None, str | None, int | None, bool]] = {
    "05ALMATY3419": ("05ALMATY3419", 2005, "ALMATY", 3419, True),
    "66BERN1": ("66BERN1", 1966, "BERN", 1, True),
    "10STATE123456": ("10STATE123456", 2010, "STATE", 123456, True),
    "05almaty3419": ("05ALMATY3419", 2005, "ALMATY", 3419, False),
    "05ALMATY03419": ("05ALMATY3419", 2005, "ALMATY", 3419, False),
    "05EFTOALMATY3419": ("05ALMATY3419", 2005, "ALMATY", 3419, True),
    "05TRAMWICK12": ("05TRAMWICK12", 2005, "TRAMWICK", 12, True),
    "05ALMATY": (None, None, None, None, False),
    "ALMATY3419": (None, None, None, None, False),
    "": (None, None, None, None, False),
    None: (None, None, None, None, False),
}
#: Subject codes, geographic codes, odd tags with their times, and codes not always in use.
_TAGS: list[tuple[list[str] | None, tuple[Any, ...]]] = [
    (None, (None, None, None, None)),
    ([], (0, 0, None, None)),
    (["PGOV", "PREL", "SZ"], (2, 1, None, [])),
    (["PGOV"], (1, 0, None, [])),
    (["SZ", "KZ"], (0, 2, None, ["KZ"])),
    (["PGOV", "PGOV"], (2, 0, [("PGOV", 2)], [])),
    (["PGOV", "QQQQ"], (1, 0, [("QQQQ", 1)], [])),
    (["QQQQ", "PGOV", "PGOV", "QQQQ"], (2, 0, [("QQQQ", 2), ("PGOV", 2)], [])),
]


@pytest.mark.parametrize("text", _TIMES)
def test_a_time_is_read_as_it_is_written_and_no_other_is(text: str) -> None:
    stated = pl.DataFrame({"created": [text]}).select(claims.time("created")).item()
    expected = _TIMES[text]
    assert stated == (expected and datetime.fromisoformat(expected))


def _times(name: str, created: str | None = None, released: str | None = None) -> object:
    row = {"created": created, "released": None, "source_released": released}
    return pl.DataFrame([row], schema=dict.fromkeys(row, TEXT)).select(claims.times())[name].item()


@pytest.mark.parametrize("text", _PRECISE)
def test_how_precise_a_time_is_written_is_seen(text: str) -> None:
    assert _times("created_precision", created=text) == _PRECISE[text]


@pytest.mark.parametrize("text", _DAYS)
def test_a_release_of_a_month_may_be_of_its_last_day(text: str) -> None:
    assert _times("release_day", released=text) == _DAYS[text]


@pytest.mark.parametrize("text", _IDENTIFIERS)
def test_an_identifier_tells_year_station_and_serial(text: str | None) -> None:
    row = claims.identifiers(pl.Series("identifier", [text], dtype=TEXT)).row(0, named=True)
    names = ("canonical", "year", "station", "serial", "shaped")
    assert tuple(row[name] for name in names) == _IDENTIFIERS[text]


def test_identifiers_beside_each_other_do_not_mix() -> None:
    spelt = pl.Series("identifier", [*_IDENTIFIERS], dtype=TEXT)
    told = claims.identifiers(spelt)["canonical"].to_list()
    assert told == [expected[0] for expected in _IDENTIFIERS.values()]
    assert spelt.to_list() == [*_IDENTIFIERS]


def test_tags_are_counted_by_kind_and_the_odd_ones_listed() -> None:
    batch = pl.DataFrame({"tags": pl.Series([said for said, _ in _TAGS], dtype=LIST)})
    for row, (said, expected) in zip(claims.tags(batch).iter_rows(named=True), _TAGS, strict=True):
        odd = row["odd_tags"] and [(each["tag"], each["times"]) for each in row["odd_tags"]]
        told = (row["subject_tags"], row["geographic_tags"], odd, row["dated_tags"])
        assert told == expected, said
