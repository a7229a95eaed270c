"""What must not be found: look-alikes of defects, each with the reason why it is none."""

from collections.abc import Callable, Sequence

import pytest

from cableproof.schemas import vocab
from cableproof.validators.examples import BODY, HEADER
from cableproof.validators.rule import Row
from tests.telegrams import agreeing

Alone = Callable[[Sequence[Row]], list[list[str]]]
Innocents = list[tuple[Row, str]]
Codes = Callable[[Sequence[Row]], list[str]]

NOTICE = (
    "This record is a partial extract of the original cable. "
    "The full text of the original cable is not available."
)


def sent(identifier: str, origin: str, created: str = "2006-09-12 12:39:00", **more: object) -> Row:
    """Return what a record of that identifier has of its own."""
    own = {"identifier": identifier, "link": identifier, "origin": origin, "created": created}
    return own | more


def told(text: str, **more: object) -> Row:
    """Return what a record has whose only paragraph is ``text``."""
    return {
        "body": f"UNCLAS BERN 001234\nSUBJECT: TRAM TIMETABLES\n\n1. (U) {text}\n\nNOBODY\n",
        **more,
    }


IDENTIFIERS: Innocents = [
    (sent("06BRUSSELS12", "USEU Brussels"), "BRUSSELS serves two offices"),
    (sent("06BRUSSELS12", "Embassy Brussels"), "BRUSSELS serves two offices"),
    (sent("06USEUBRUSSELS12", "USEU Brussels"), "the mission has a code of its own too"),
    (sent("06KIEV12", "Embassy Kyiv"), "one office, older code"),
    (sent("06KYIV12", "Embassy Kyiv"), "one office, newer code"),
    (sent("06CALCUTTA1", "Consulate Kolkata"), "one office, older code"),
    (sent("06BELIZE1", "Embassy Belmopan"), "one office, older code"),
    (sent("06AITTAIPEI1", "American Institute Taiwan, Taipei"), "one office, two codes"),
    (sent("06TAIPEI1", "American Institute Taiwan, Taipei"), "one office, two codes"),
    (sent("06IRANRPODUBAI1", "Iran RPO Dubai"), "one office, two codes"),
    (sent("06DUBAI1", "Consulate Dubai"), "another office in the same city"),
    (sent("06UNVIEVIENNA1", "UNVIE"), "an office with a counter of its own"),
    (sent("06STATE123456", "Secretary of State"), "serials of STATE have six digits"),
    (sent("06WASHDC1", "Department of State"), "not folded into STATE: three exist"),
    (sent("06PARTO120001", "US Delegation, Secretary"), "day and running number"),
    (sent("06DHAHRAN1", "** Dhahran"), "malformed, but the set's own text"),
    (sent("66BUENOSAIRES2481", "Embassy Buenos Aires", "1966-12-20 20:08"), "of 1966"),
    (sent("68BERN1", "Embassy Bern", "1968-02-29 00:00"), "of 1968, on a leap day"),
    (sent("99BERN1", "Embassy Bern", "1999-12-31 23:59:00"), "the last minute of its year"),
    (sent("10BERN1", "Embassy Bern", "2010-02-28 23:59:00"), "of the last month of the set"),
    (sent("06BERN999999", "Embassy Bern"), "a serial above the list's highest: a selection"),
]
LATE = sent("09BERN1", "Embassy Bern", "2009-11-29 12:39", source_release=None)
DATES: Innocents = [
    ({"created": "2006-12-31 23:59:00"}, "the last minute of the identifier's year"),
    ({"created": "2006-01-01 00:00:00"}, "the first minute of the identifier's year"),
    ({"created": "2006-09-12"}, "a source that gives the day only"),
    ({"created": "2006-09-12 12:39"}, "a source that gives minutes"),
    ({"created": "2006-09-12T12:39:00Z"}, "the standard's spelling"),
    ({"created": "9/12/2006 12:39"}, "the spelling of cables.csv"),
    ({"created": "9/12/2006 12:39", "path_month": "2006-09"}, "one month, two spellings"),
    ({"created": "2006-09-12 12:12"}, "one time whose minutes repeat its hour is chance"),
    ({"released": "2006-09-12 12:39:00"}, "released in the minute of its creation"),
    ({"released": "2006-09-12"}, "released on the day of its creation, time not given"),
    ({"released": ""}, "an optional field left empty"),
    (
        {**LATE, "source_released": "2009-11-29"},
        "its source was released on the same day",
    ),
    (
        {**LATE, "source_released": "2009-11"},
        "its source was released in the same month, day not given",
    ),
    ({"source_released": "2011-10"}, "the release's date, given to the month"),
    ({"source_release": None, "source_released": None}, "a source that names no release"),
]
PAGES: Innocents = [
    (sent("06MADRID12", "Embassy Madrid", link="06MADRID00012"), "serial padded with zeros"),
    ({"link": "http://w.example/cable/2006/09/06BERN1234.html"}, "an address that ends in it"),
    ({"link": "https://w.example/plusd/cables/06BERN1234_a.html"}, "PlusD appends a letter"),
    ({"link": "https://w.example/origin/12_0.html"}, "an address that names no cable"),
    ({"link": None}, "no link"),
    ({"heading_identifier": "06BERN001234"}, "a heading with a padded serial"),
    ({"file_identifier": "06bern1234"}, "a file system that folds case"),
    ({"heading_identifier": "2006BERN1234"}, "a year in four digits"),
    (sent("06EFTOBERN12", "Embassy Bern", heading_identifier="06BERN12"), "see IDN001"),
    ({"path_month": "2006-09", "address_month": "2006-09", "date_month": "2006-09"}, "agreed"),
]
TAGS: Innocents = [
    ({"tags": ["PGOV", "SZ", "RU"]}, "ISO style for Russia: in no code list, common"),
    ({"tags": ["PGOV", "SZ", "VZ"]}, "for Venezuela: in no code list, common"),
    ({"tags": ["PGOV", "SZ", "AU-1"]}, "the African Union, not Austria"),
    ({"tags": ["PGOV", "SZ", "NATO", "UNGA", "UN"]}, "organizations"),
    ({"tags": ["PGOV", "SZ", "UNGA/C-1"]}, "an organization with a stroke"),
    ({"tags": ["PGOV", "SZ", "KPAO", "KDEM"]}, "programs"),
    ({"tags": ["SZ", "PGOV"]}, "the other order"),
    ({"tags": None}, "cables.csv has no column of tags: not run"),
]
CLASSIFICATIONS: Innocents = [
    ({"classification": name}, "a string of the set")
    for name, row in vocab.classifications().items()
    if row["canonical"] == "yes"
]
SUBJECTS: Innocents = [
    ({"subject": None}, "the text has a SUBJECT line"),
    ({"subject": None, "body": "UNCLAS BERN 1\n\nSUBJ: TRAMS\n\n1. On time."}, "abbreviated"),
    ({"subject": None, "body": "UNCLAS BERN 1\n\nSubject TRAMS\n\n1. On time."}, "mixed case"),
    ({"subject": "XXXXXXXXXXXX", "redacted": True}, "a subject that is covered"),
]
REDACTIONS: Innocents = [
    (told("The film was rated XXX."), "three X are no mark"),
    (told("Section XXXX of the code."), "four X occur as text"),
    (told("Superbowl XXXIX and XXXVIII."), "Roman numerals"),
    (told("Articles xxix and xxxviii."), "Roman numerals in small letters"),
    (told("They said [sic] so."), "a bracket of the drafter"),
    (told("[Note: the snow was removed by noon. End note.]"), "a note of the drafter"),
    (told("He [the conductor] withheld applause."), "a bracket that explains a word"),
    (told("The sign (redacted in the original) was blue."), "round brackets"),
    (told("He saw a \u25a0 on the map."), "one block is a character"),
    (told("XXXXXXXXXXXX ran on time.", redacted=True), "flag and mark agree"),
    (told("XXXXXXXXXXXX ran on time.", redacted=None), "a source without the flag"),
    (
        {"redacted": False, "redaction_statement": "This cable was not redacted by Wikileaks."},
        "the known statement, understood",
    ),
]
OLD = sent("04BERN1234", "Embassy Bern", "2004-09-12 12:39:00")
EXTRACTS: Innocents = [
    ({**OLD, "partial_extract": True, "header": NOTICE}, "the notice stands for the header"),
    ({**OLD, "partial_extract": True, "header": NOTICE + "\n121239Z Sep 04"}, "with a DTG"),
    ({"partial_extract": False, "header": None}, "a source without headers: not run"),
    ({"partial_extract": None, "header": None}, "a source without the flag"),
    ({"partial_extract": None, "header": HEADER}, "a source without the flag"),
    ({"header": "R 121239Z SEP 06\nFM AMEMBASSY BERN\nTO SECSTATE\n"}, "the older header"),
    ({"header": "INFO LOG-00\n" + HEADER}, "a distribution block first"),
    ({"created": "2006-03-12 12:39:00"}, "full in the months of the changeover"),
    (
        {"created": "2006-06-21 12:39:00", "partial_extract": True, "header": NOTICE},
        "the last partial extract",
    ),
    ({"body": "UNCLAS BERN 001234\n\nAll trams ran.\n\nNOBODY"}, "short, but signed"),
    ({"body": BODY + "NNNN\n\nEnd Cable Text"}, "an end mark proves nothing"),
    ({"body": BODY.replace("\n", " \r\n")}, "another system's line ends"),
    ({"references": ["06BERN1200", "IIR 7 717 0001 06"]}, "a report is cited beside a cable"),
]
INNOCENT: Innocents = [
    *(*IDENTIFIERS, *DATES, *PAGES, *TAGS, *CLASSIFICATIONS),
    *(*SUBJECTS, *REDACTIONS, *EXTRACTS),
]
#: What is innocent in itself and stands in a record that is not.
EXPECTED = {"see IDN001": ["IDN001"]}


@pytest.fixture(scope="module")
def found(codes_alone: Alone) -> list[list[str]]:
    return codes_alone([agreeing(row) for row, _ in INNOCENT])


@pytest.mark.parametrize("number", range(len(INNOCENT)), ids=[why for _, why in INNOCENT])
def test_an_innocent_look_alike_is_not_found(number: int, found: list[list[str]]) -> None:
    _, why = INNOCENT[number]
    assert found[number] == EXPECTED.get(why, [])


def test_every_origin_of_the_table_is_innocent_with_its_stations(codes_alone: Alone) -> None:
    pairs = [(origin, code) for origin, codes in vocab.origins().items() for code in codes]
    rows = [agreeing(sent(f"06{code}1", origin)) for origin, code in pairs]
    found = codes_alone(rows)
    assert [pair for pair, codes in zip(pairs, found, strict=True) if codes] == []


def test_every_code_of_the_table_of_tags_is_innocent(codes_alone: Alone) -> None:
    ended = [tag for tag, (_, last) in vocab.tag_periods().items() if last < 2005]
    known = [tag for tag in vocab.tags() if tag not in ("PGOV", "SZ", *ended)]
    found = codes_alone([agreeing({"tags": ["PGOV", "SZ", tag]}) for tag in known])
    assert [tag for tag, codes in zip(known, found, strict=True) if codes] == []


def test_every_release_is_innocent_with_its_date(codes_alone: Alone) -> None:
    rows = list(vocab.releases().values())
    said = [{"source_release": r["name"], "source_released": r["released"]} for r in rows]
    assert codes_alone(said) == [[]] * len(rows)


def test_one_number_at_two_offices_of_a_city_is_no_duplicate(codes_found: Codes) -> None:
    pair = [sent("06VIENNA12", "Embassy Vienna"), sent("06UNVIEVIENNA12", "UNVIE")]
    assert codes_found(list(map(agreeing, pair))) == []


def test_one_number_under_two_codes_of_an_office_is_no_duplicate(codes_found: Codes) -> None:
    origin = "American Institute Taiwan, Taipei"
    pair = [sent("06TAIPEI12", origin), sent("06AITTAIPEI12", origin)]
    assert codes_found(list(map(agreeing, pair))) == []


def test_one_cable_in_two_collections_is_no_duplicate(codes_alone: Alone) -> None:
    assert codes_alone([{}, {}]) == [[], []]


def test_a_record_without_text_is_innocent_where_no_record_has_one(codes_found: Codes) -> None:
    pair = [{"body": None}, sent("06BERN1235", "Embassy Bern", body=None)]
    assert codes_found(list(map(agreeing, pair))) == []
