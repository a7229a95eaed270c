"""What is seen in a field of a record, however it is filled, stands in a snapshot."""

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.validators import near, tagging
from tests.seen import differences

WAYS: dict[str, tuple[object, ...]] = {
    "identifier": (
        *("06BERN1234", "06BERN1235", "06BERN01234", "06bern1234", "2006BERN1234", "06 BERN 1234"),
        *(
            "06EFTOBERN1234",
            "06BERN1234A",
            "06BERN",
            "BERN1234",
            "06BERN12345678",
            "06TRAMWICK1",
            "",
        ),
        *("66BERN1", "65BERN1", "06BERN1234 ", "06STATE123456", "06BERN1234ZDK1234", None),
    ),
    "link": (
        *("http://trams.example/cable/2006/09/06BERN1234.html", "/cable/2006/10/06BERN1234.html"),
        *("06BERN1235", "06BERN1234_a", "06BERN1234_a.html", "06BERN1234_f.html", "06BERN1234.htm"),
        *(
            "http://trams.example/06BERN1234.html?x=1",
            "http://trams.example/",
            "06bern1234",
            "",
            None,
        ),
        *("cable/2006/09/06BERN1235.html", "http://trams.example/cable/2006/9/06BERN1234.html"),
    ),
    "created": (
        *(
            "2006-09-12",
            "2006-09-12 12:39",
            "2006-09-12T12:39:00Z",
            "9/12/2006 12:39",
            "2006-09-13",
        ),
        *("2006-09-12 12:12:00", "soon", "", None, "2006-09-31", "2011-01-01", "1965-12-31"),
    ),
    "classification": (
        *("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "CONFIDENTIAL", "CONFIDENTIAL//NOFORN", "SECRET"),
        *("SECRET//NOFORN", "TOP SECRET", "unclassified", "U", "Confidential", "XXXXX", "", None),
    ),
    "subject": (
        *(
            "TRAM TIMETABLE",
            "TRAM  TIMETABLES",
            "Tram Timetables",
            "TIMETABLES",
            "XXXXXXXXXXXX",
            "BOATS",
        ),
        *(
            "TRAM TIMETABLES AND BOATS",
            "TRAM TIMETABLES...",
            "",
            None,
            "\u201cTRAM TIMETABLES\u201d",
        ),
    ),
    "origin": ("Embassy Lima", "Embassy Tramwick", "embassy bern", "Embassy  Bern", "", None),
    "tags": (
        *(
            ["PGOV"],
            ["PGOV", "PREL", "SZ", "ECON"],
            ["SZ", "PREL", "PGOV"],
            ["pgov"],
            [""],
            [],
            None,
        ),
        *(["PGOV", "PGOV", "PREL", "SZ"], ["QQQQ"], ["KZ"], ["PGOVX"], ["OTRA (KEEPER, A.)"]),
    ),
    "references": (
        *(
            ["06BERN99"],
            ["06 BERN 99"],
            ["BERN 99"],
            ["06BERN99", "06LIMA12"],
            ["see the last"],
            [""],
        ),
        *(["IIR 6 901 0001 06"], ["E-MAIL"], ["@"], ["12 SEP 06"], ["06BERN1234"], [], None),
    ),
    "redacted": (True, False, None),
    "redaction_statement": (
        *("This cable was not redacted by Wikileaks.", "This cable was redacted by Wikileaks."),
        *("This cable was not seen.", "", None),
    ),
    "partial_extract": (True, False, None),
    "released": ("2010-12-01", "2006-09-11", "2006-09-12 12:38", "late", "", None),
    "source_release": ("cablebrowser-1", "cablebrowser-3", "trams-1", "", None),
    "source_released": ("2011-10-04", "2011-10", "2011", "2005-01-01", "", None),
    "header": (
        "",
        None,
        "This record is a partial extract of the original cable.",
        "\n\n",
        "FM AMEMBASSY BERN",
    ),
    "body": ("", None, " \n ", "UNCLAS BERN 001234", "XXXXX", "1. One. 2. Two.", "\ufeff", "\x1c"),
}
_TAGS = {
    "PGOV": "known",
    "SZ": "known",
    "PGVO": "misspelt",
    "PGOVV": "misspelt",
    "QQQQ": "unknown",
    "QQ": "unknown",
    "(NONE)": "name",
    "()": "name",
    "KEEPER, A": "name",
    "KEEPER,": "malformed",
    ",A": "malformed",
    "KEEPER, A, B": "malformed",
    "A": "malformed",
    "QQQQQQQQQ": "malformed",
    "QQ&QQ": "unknown",
    "QQ-1'X": "unknown",
    "QQ-": "malformed",
    "-QQ": "malformed",
    "QQ1": "malformed",
    "Q Q": "malformed",
    "pgov": "malformed",
    "": "malformed",
}
_ONE_AWAY = {
    "tram": "tram",
    "trm": "tram",
    "traam": "tram",
    "trbm": "tram",
    "rtam": "tram",
    "boa": None,  # boat and boar are as near
    "trbb": None,
    "": None,
}


@pytest.mark.parametrize("field", WAYS)
def test_a_field_tells_this_however_it_is_filled(field: str, snapshot: SnapshotAssertion) -> None:
    seen = differences([({}, {field: way}) for way in WAYS[field]])
    lines = [f"{way!a}: {what}" for way, what in zip(WAYS[field], seen, strict=True)]
    assert "\n".join(lines) == snapshot


@pytest.mark.parametrize("tag", _TAGS)
def test_a_tag_is_one_kind_of_thing(tag: str) -> None:
    assert tagging.verdict(tag) == _TAGS[tag]


@pytest.mark.parametrize("word", _ONE_AWAY)
def test_a_word_is_corrected_only_where_one_other_is_an_edit_away(word: str) -> None:
    words = ("tram", "boat", "boar", "quay")
    assert near.the_only_one_edit_away(word, words) == _ONE_AWAY[word]


def test_the_nearest_word_is_suggested_and_none_where_none_is_near() -> None:
    assert near.nearest("TRAMZ", ("boats", "trams")) == "trams"
    assert near.nearest("zzz", ("boats", "trams")) is None
