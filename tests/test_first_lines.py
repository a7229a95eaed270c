"""What the first lines of a text and its header say, at the edges of what is read."""

from datetime import datetime
from typing import Any

import polars as pl
import pytest

from cableproof.validators.telegram import class_line, header
from cableproof.validators.telegram.dates import century, moment

LINE = "UNCLAS BERN 001234"
DATELINE = "Tuesday, 12 September 2006, 12:39"


def seen(*heads: str | None) -> pl.DataFrame:
    return class_line.attested(pl.DataFrame({"head": heads}, schema={"head": pl.String}))


def told(name: str, head: str | None) -> Any:
    return seen(head)[name].item()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("UNCLAS BERN 001234", (0, "BERN", 1234, None, None, False, False)),
        ("C O N F I D E N T I A L BERN 12", (2, "BERN", 12, None, None, False, False)),
        ("SECRET LIMA 001234", (3, "LIMA", 1234, None, None, False, False)),
        ("SECRET NOFORN LIMA 000001", (3, "LIMA", 1, None, None, True, False)),
        ("UNCLAS FOUO BERN 001234", (0, "BERN", 1234, None, None, False, True)),
        ("UNCLAS FOUO NOFORN BERN 001234", (0, "BERN", 1234, None, None, True, True)),
        ("UNCLAS SECTION 01 OF 03 BERN 001234", (0, "BERN", 1234, 1, 3, False, False)),
        ("SECRET TRAMWICK 001234\n\nNOFORN", (3, None, 1234, None, None, True, False)),
        ("SECRET BERN 001234\n\nSENSITIVE", (3, "BERN", 1234, None, None, False, True)),
        ("NOFORN\nUNCLAS BERN 001234", (0, "BERN", 1234, None, None, True, False)),
        ("SENSITIVE\nUNCLAS BERN 001234", (0, "BERN", 1234, None, None, False, True)),
        ("XUNCLAS BERN 001234\n\nSIPDIS\n", (None, None, None, None, None, None, None)),
        ("SENSITIVE\nNOFORN", (None, None, None, None, None, None, None)),
        ("", (None, None, None, None, None, None, None)),
        (None, (None, None, None, None, None, None, None)),
    ],
)
def test_a_class_line_tells_this(line: str | None, told: tuple[Any, ...]) -> None:
    columns = ("text_rank", "text_station", "text_serial", "section", "sections")
    assert seen(line).select(*columns, "noforn", "sensitive").row(0) == told


@pytest.mark.parametrize(
    ("line", "time", "right"),
    [
        (DATELINE, datetime(2006, 9, 12, 12, 39), True),
        (DATELINE.replace("Tues", "Mon"), datetime(2006, 9, 12, 12, 39), False),
        (DATELINE.replace("12 Sep", "31 Sep"), None, None),
        (DATELINE.replace(", 12:39", ", 12:60"), None, None),
        ("Trams", None, None),
    ],
)
def test_a_dateline_tells_this(line: str, time: datetime | None, right: bool | None) -> None:
    assert seen(f"{line}\n{LINE}\n").select("dateline", "weekday_right").row(0) == (time, right)


@pytest.mark.parametrize("end", [129, 130, 131])
def test_a_dateline_stands_in_130_characters(end: int) -> None:
    found = told("dateline", DATELINE.rjust(end, "\n") + "\n")
    assert (found is not None) is (end <= 130)


@pytest.mark.parametrize("lines", [["near"], ["far"], ["near", "far"], ["far", "near", "far"]])
def test_a_class_line_is_looked_for_further_down_where_it_must_be(lines: list[str]) -> None:
    heads = {"near": f"{LINE}\n", "far": "SECRET" + " " * 200 + "LIMA 001235\n"}
    columns = {"near": (0, "BERN", 1234), "far": (3, "LIMA", 1235)}
    found = seen(*(heads[line] for line in lines), None)
    rows = found.select("text_rank", "text_station", "text_serial").rows()
    assert rows == [*(columns[line] for line in lines), (None, None, None)]


@pytest.mark.parametrize("end", [18, 100, *range(120, 145), 400, *range(690, 702), 705, 1000])
def test_a_number_in_a_class_line_is_read_whole_or_not_at_all(end: int) -> None:
    goes_on = told("text_serial", LINE.rjust(end, "\n") + "\n\nSIPDIS\n")
    stops = told("text_serial", LINE.rjust(end, "\n"))
    assert goes_on == (1234 if end < 700 else None)
    assert stops == (1234 if end <= 700 else None)


@pytest.mark.parametrize("end", [35, *range(120, 170)])
def test_a_section_is_no_serial_where_its_line_stands_lower(end: int) -> None:
    line = "UNCLAS SECTION 01 OF 03 BERN 001234".rjust(end, "\n")
    found = seen(f"{line}\n\nSIPDIS\n").select("text_serial", "section", "sections")
    assert found.row(0) == (1234, 1, 3)


@pytest.mark.parametrize("before", ["", DATELINE + "\n\n", "\n" * 80, "\n" * 110, "\n" * 200])
def test_a_class_line_may_go_on_with_all_the_text(before: str) -> None:
    text = f"{before}{LINE} SIPDIS " + "Trams ran on time. " * 90
    assert told("text_serial", text) == 1234


@pytest.mark.parametrize("end", [9, 500, 1199, 1200, 1201])
@pytest.mark.parametrize("word", ["SENSITIVE", "CORRECTED"])
def test_captions_stand_in_1200_characters(end: int, word: str) -> None:
    head = LINE + word.rjust(end, "\n")[len(LINE) :] if end > 50 else f"{word}\n{LINE}"
    name = word.lower()
    assert told(name, head) is (end <= 1200)


def test_whether_a_telegram_is_a_corrected_one_is_null_without_a_text() -> None:
    assert seen(None, "", "Trams")["corrected"].to_list() == [None, False, False]


@pytest.mark.parametrize(
    ("letters", "rank"),
    [("UUUUU", 0), ("EEEEE", 0), ("CCCCC", 2), ("SSSSS", 3), ("TTTTT", None), ("UUUU", None)],
)
def test_a_header_tells_this(letters: str, rank: int | None) -> None:
    lines = f"DE RUEHSW #0234 2551239\nZNR {letters} ZZH\nR 121239Z SEP 06 ZDK\nFM AMEMBASSY LIMA\n"
    assert header.attested(pl.DataFrame({"header": [lines]})).to_dicts() == [
        {
            "header_serial": 234,
            "header_station": "BERN",
            "security_rank": rank,
            "group_time": datetime(2006, 9, 12, 12, 39),
            "from_station": "LIMA",
            "sent_again": True,
        }
    ]


def test_a_year_of_two_digits_is_of_the_century_from_1966_on() -> None:
    years = pl.DataFrame({"year": ["65", "66", "67", "99", "00", "XX", None]})
    assert years.select(century(pl.col("year")))["literal"].to_list() == [
        *("2065", "1966", "1967", "1999", "2000", "20XX", None)
    ]


def test_there_is_no_such_time_where_the_calendar_has_none() -> None:
    days = pl.DataFrame({"day": ["2006-02-28", "2006-02-30", "trams", None]})
    times = days.select(moment(pl.col("day"), "%Y-%m-%d", pl.lit("07"), pl.lit("09")))
    assert times.to_series().to_list() == [datetime(2006, 2, 28, 7, 9), None, None, None]
