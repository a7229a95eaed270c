"""Real pages, where they are at hand: every record is read, and what is found is true."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import cableproof
from cableproof.report import Report

DATA = Path(__file__).parents[1].parent / "shared" / "data"
PAGE = DATA / "cablebrowser" / "05ALMATY3419.txt"
TREES = DATA / "wikileaks-2010"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real pages are not at hand")

#: Each was held against the TAGS line of its page, which says the same in all four.
REPEATED = ("TAG004", "06PARIS2242"), ("TAG004", "09BERLIN1626")
RUN_TOGETHER = ("TAG001", "09PARIS1267")  # EIND and ETRD without the blank between them
OWN_FORM = ("TAG001", "10MOSCOW293")  # DEAX, as rare as DEA
#: Stubs of 240 to 260 characters that end in three dots.
STUBS = (
    ("EXT003", "06KABUL3934"),
    ("EXT003", "08MOSCOW2700"),
    ("EXT003", "08VLADIVOSTOK68"),
    ("EXT003", "09DUSHANBE575"),
)
GAP = ("EXT004", "09MUNICH25")  # paragraph 7 follows on 5
LATER_GAP = ("EXT004", "10BRASILIA140")  # paragraph 3 follows on 1
#: The samples are a part of each tree, whose pages count them all.
SELECTION = ("SRC007", None)
FIRST = {SELECTION, *REPEATED, RUN_TOGETHER, *STUBS, GAP}
NOTES = {
    "DAT008": 1,
    "TAG007": 1,
    "CLS004": 6,
    "CLS006": 1,
    "EXT004": 1,
    "EXT005": 2,
    "TXT008": 11,
}
#: The text of another cable: class line and page marks name another post and number.
SWAPPED = [("TXT001", "10MEXICO614")]

EXPECTED = {
    "201012070806": (62, FIRST, NOTES),
    "201012072146": (73, {*FIRST, OWN_FORM}, NOTES | {"TAG007": 2, "EXT005": 4}),
    "201012102105": (
        104,
        {*FIRST, OWN_FORM, LATER_GAP},
        NOTES | {"TAG007": 2, "SUB001": 1, "CLS004": 8, "EXT004": 2, "EXT005": 7},
    ),
}
#: Of the cablebrowser page, as it prints them.
FIELDS = {
    "identifier": "05ALMATY3419",
    "origin": "US Office Almaty",
    "created": "2005-09-23 12:39:00",
    "classification": "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    "subject": "KAZAKHSTAN: CHARGE DELIVERS TIP BENCHMARKS",
    "redacted": False,
    "redaction_statement": "This cable was not redacted by Wikileaks.",
    "partial_extract": True,
    "source_release": "cablebrowser-2",
    "source_released": "2011-10-04",
    "link": "05ALMATY3419",
    "header": "",
}
each_tree = pytest.mark.parametrize("build", EXPECTED)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {build: cableproof.validate(TREES / build) for build in EXPECTED}


def pairs(report: Report, severity: str) -> list[tuple[str, str | None]]:
    sheet = report.findings[report.findings["severity"] == severity]
    return list(zip(sheet["rule"], sheet["identifier"], strict=True))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@each_tree
def test_every_page_of_a_release_tree_is_one_record(build: str, reports: dict[str, Report]) -> None:
    books = reports[build].books
    assert (books.inputs, books.records, books.unreadable) == (EXPECTED[build][0],) * 2 + (0,)


@each_tree
def test_the_only_error_in_a_release_tree_is_a_swapped_text(
    build: str, reports: dict[str, Report]
) -> None:
    assert pairs(reports[build], "error") == SWAPPED


def test_the_swapped_text_is_named_and_stands_for_what_follows(reports: dict[str, Report]) -> None:
    sheet = reports["201012102105"].findings
    (facts,) = sheet.loc[sheet["rule"] == "TXT001", "facts"]
    assert facts["text_of"] == "10ISLAMABAD416"
    assert facts["stands_for"] == "CLS003 CLS004 CLS005 CLS006 IDN006"


@each_tree
def test_the_warnings_on_a_release_tree_are_true(build: str, reports: dict[str, Report]) -> None:
    found = pairs(reports[build], "warning")
    assert Counter(found) == Counter(EXPECTED[build][1])


@each_tree
def test_the_notes_on_a_release_tree_are_few(build: str, reports: dict[str, Report]) -> None:
    sheet = reports[build].findings
    notes = sheet.loc[sheet["severity"] == "note", "rule"].value_counts()
    assert notes.to_dict() == EXPECTED[build][2]


@each_tree
def test_every_field_of_a_release_page_is_read(build: str) -> None:
    frame = cableproof.read(TREES / build)
    needed = ["identifier", "origin", "created", "released", "classification", "header", "body"]
    assert not frame[needed].isna().any(axis=None)
    assert frame["identifier"].is_unique
    assert (frame["body"].str.len() > 0).all()


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    (record,) = cableproof.read(PAGE).to_dict("records")
    return {str(name): value for name, value in record.items()}


@pytest.mark.parametrize(("field", "value"), FIELDS.items())
def test_a_field_of_the_cablebrowser_page_is_read_as_printed(
    field: str, value: object, page: dict[str, Any]
) -> None:
    assert page[field] == value


def test_the_tags_of_the_cablebrowser_page_are_read_in_their_order(page: dict[str, Any]) -> None:
    assert list(page["tags"]) == ["PGOV", "PREL", "KZ", "POLITICAL"]


def test_the_text_of_the_cablebrowser_page_is_read_whole(page: dict[str, Any]) -> None:
    assert len(page["body"]) == 4299
    assert digest(page["body"]) == "093825da23f57159"
    assert page["body"].endswith("NNNN")


def test_the_cablebrowser_page_is_placed_by_its_bytes(page: dict[str, Any]) -> None:
    data = PAGE.read_bytes()
    assert (page["start"], page["end"], page["line"]) == (0, len(data), 1)
    assert page["digest"] == hashlib.sha256(data).hexdigest()


def test_the_cablebrowser_page_has_one_finding() -> None:
    report = cableproof.validate(PAGE)
    (found,) = report.document()["findings"]
    assert (found["rule"], found["severity"]) == ("TAG002", "warning")
    assert found["facts"] == {"tag": "POLITICAL"}
    assert report.books.records == 1
