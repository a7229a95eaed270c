"""Pages of the cablebrowser: labels, title, texts and closing line, each from its place."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from cableproof.sources.cablebrowser import FOOT, NOTICE, read
from cableproof.sources.pages import Page
from cableproof.sources.places import At, Damaged

ABOVE = [
    "",
    " US embassy cable - 07BERN1 ",
    "",
    "Disclaimer: A tram.",
    " Menu ",
    "",
    " TRAM TIMES ",
    "",
]
LABELS = {
    "Identifier": "07BERN1",
    "Wikileaks": "View 07BERN1 at Wikileaks.org",
    "Origin": "Embassy Bern",
    "Created": "2007-01-02 10:30:00",
    "Released": "2010-12-01",
    "Classification": "UNCLASSIFIED",
    "Tags": "ELTN,(Trams and boats); SZ",
    "Redacted": "This cable was not redacted by Wikileaks.",
}
HEADER = ["VZCZC", "FM AMEMBASSY BERN"]
BODY = ["UNCLAS BERN 000001", "", "1. Tram.", f"{FOOT} a tram, released never", "NNNN"]
CLOSING = f" {FOOT} cablebrowser-2, released 2011-10-04 "
BELOW = ["", " Help ", "About"]


def said(lines: list[str], *, end: str = "\n", is_html: bool = False) -> dict[str, Any]:
    """Return what a page says that begins in line 5 of its file."""
    text = end.join(lines)
    return read(Page(text.encode(), text, At("a", 0, 5), is_html))


def labelled(**changes: str | None) -> list[str]:
    told = {name: value for name, value in (LABELS | changes).items() if value is not None}
    return [f" {name} : {value} " for name, value in told.items()]


def page(**changes: str | None) -> list[str]:
    return [*labelled(**changes), *HEADER, *BODY, CLOSING]


def digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_part_of_a_page_is_read_from_its_place(end: str) -> None:
    labels = labelled()
    labels[2:2] = ["", "\t"]
    lines = [*ABOVE, *labels, "", f" {NOTICE} The rest is not here.", "", *HEADER, *BODY]
    below = [f"{line}{end}" for line in BELOW[:-1]] + BELOW[-1:]
    assert said([*lines, CLOSING, *BELOW], end=end) == {
        "identifier": "07BERN1",
        "origin": "Embassy Bern",
        "created": "2007-01-02 10:30:00",
        "released": "2010-12-01",
        "classification": "UNCLASSIFIED",
        "tags": ["ELTN", "(Trams and boats)", "SZ"],
        "redacted": False,
        "redaction_statement": "This cable was not redacted by Wikileaks.",
        "link": "07BERN1",
        "own_links": ["07BERN1"],
        "subject": "TRAM TIMES",
        "partial_extract": True,
        "source_release": "cablebrowser-2",
        "source_released": "2011-10-04",
        "header": end.join(HEADER),
        "body": end.join(BODY),
        "heading_identifier": "07BERN1",
        "furniture": digest("", "", "Disclaimer: A tram.", "Menu", "", "", *below),
        "field_lines": "identifier=13 link=14 origin=17 created=18 released=19 "
        "classification=20 tags=21 redacted=22",
        "inner_links": (),
    }


FIELDS = {
    **{name: name.lower() for name in LABELS if name not in ("Wikileaks", "Tags", "Redacted")},
    "Wikileaks": "link",
    "Redacted": "redaction_statement",
}


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "Identifier"])
def test_a_field_that_has_no_label_is_not_told(name: str) -> None:
    row = said(page(**{name: None}))
    assert row[FIELDS[name]] is None
    others = {field: row[field] for label, field in FIELDS.items() if label != name}
    assert others == {field: said(page())[field] for field in others}


def test_a_label_that_stands_twice_ends_the_labels() -> None:
    row = said([*labelled(Tags=None), "Origin: Embassy Rome", "Tags: X", "UNCLAS", CLOSING])
    assert (row["origin"], row["tags"]) == ("Embassy Bern", [])
    assert row["body"] == "Origin: Embassy Rome\nTags: X\nUNCLAS"


@pytest.mark.parametrize(
    ("above", "heading", "subject"),
    [
        (["US embassy cable - 07BERN1", "TRAM"], "07BERN1", "TRAM"),
        (["US embassy cable - 07BERN1", "", ""], "07BERN1", None),
        (["TRAM", "US embassy cable - 07BERN1"], None, None),
        (["US embassy cable - 07BERN1 b", "TRAM", "Disclaimer: None."], None, None),
        (["", "BOAT", "TRAM", " "], None, "TRAM"),
    ],
)
def test_the_last_line_above_the_labels_is_the_title_and_the_first_the_heading(
    above: list[str], heading: str | None, subject: str | None
) -> None:
    row = said([*above, *page()])
    assert (row["heading_identifier"], row["subject"]) == (heading, subject)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("View 07BERN1 at Wikileaks.org", "07BERN1"),
        ("07BERN1", "07BERN1"),
        ("View 07BERN1", "07BERN1"),
        ("View 07 BERN1 at Wikileaks.org", None),
        ("", None),
    ],
)
def test_a_link_names_the_cable_alone(link: str, told: str | None) -> None:
    row = said(page(Wikileaks=link))
    assert (row["link"], row["own_links"]) == (told, [told] if told else None)


@pytest.mark.parametrize(
    ("statement", "redacted"),
    [
        ("This cable was redacted by Wikileaks.", True),
        ("This cable was not redacted by Wikileaks.", False),
        ("THIS CABLE  WAS\tREDACTED BY WIKILEAKS", True),
        ("this cable was not redacted by wikileaks..", False),
        ("This cable was read by Wikileaks.", None),
        ("", None),
    ],
)
def test_a_statement_says_whether_anything_is_covered(
    statement: str, redacted: bool | None
) -> None:
    row = said(page(Redacted=statement))
    assert (row["redacted"], row["redaction_statement"]) == (redacted, statement)


@pytest.mark.parametrize(
    ("between", "partial", "header", "body"),
    [
        ([], False, "", ""),
        (["", " "], False, "", ""),
        ([NOTICE], True, "", ""),
        (["", f" {NOTICE} x", "a"], True, "", "a"),
        (["a", NOTICE], False, "", f"a\n{NOTICE}"),
        ([NOTICE, NOTICE, "a"], True, "", f"{NOTICE}\na"),
        ([" FM AMEMBASSY BERN", "", "UNCLAS", " "], False, "FM AMEMBASSY BERN", "UNCLAS"),
        (["a"], False, "", "a"),
    ],
)
def test_the_texts_stand_between_labels_and_closing_line(
    between: list[str], partial: bool, header: str, body: str
) -> None:
    row = said([*labelled(), *between, CLOSING])
    assert (row["partial_extract"], row["header"], row["body"]) == (partial, header, body)


@pytest.mark.parametrize(
    ("closing", "release", "released"),
    [
        (f"{FOOT} a, released b", "a", "b"),
        (f"{FOOT} a", "a", None),
        (f"{FOOT} , released b", None, "b"),
        (f"{FOOT}", None, None),
    ],
)
@pytest.mark.parametrize("below", [[], ["x"], ["x", "y"], ["", "x", "y"]])
def test_the_last_closing_line_names_the_release(
    closing: str, release: str | None, released: str | None, below: list[str]
) -> None:
    row = said([*labelled(), f"{FOOT} older", closing, *below])
    assert (row["source_release"], row["source_released"]) == (release, released)
    assert row["body"] == f"{FOOT} older"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["US embassy cable - 07BERN1", "TRAM"], "cut short: no Identifier line"),
        ([*labelled(Identifier=None), "a", CLOSING], "cut short: no Identifier line"),
        ([CLOSING, *labelled(), "a"], "cut short: no closing line that names the source"),
        (labelled(), "cut short: no closing line that names the source"),
    ],
)
def test_a_page_that_is_cut_short_says_why_and_where(lines: list[str], reason: str) -> None:
    with pytest.raises(Damaged) as caught:
        said(lines)
    assert (caught.value.reason, caught.value.offset) == (reason, len("\n".join(lines)))


def test_a_page_in_markup_tells_its_links_and_no_lines() -> None:
    text = "<br>\n".join([*page(), "<a href='about.html'>About</a>"])
    row = said([text], is_html=True)
    assert row["inner_links"] == (frozenset({"about.html"}),)
    assert row["field_lines"] is None
    assert row["body"] == "\n".join(BODY)
