"""Pages of the releases: each part read from its place, and what is cut short told as that."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from cableproof.sources.pages import Page
from cableproof.sources.places import At, Damaged
from cableproof.sources.wikileaks import NOTICE, plain, read

ABOVE = (
    "\n<html>\n<p>Currently released so far... 1,234 / 251,287</p>\n"
    "<a href='/reldate/2010-12-01_0.html'>a</a><a href='/help.html'>b</a>\n"
)
HEADING = "<h2>Trams</h2><h3>\nViewing cable 07BERN1, TRAM\n TIMES </h3>\n"
CELLS = {
    "Reference ID": "<a href='/cable/2007/01/07BERN1.html'> 07BERN1\n</a>",
    "Created": "<a href='/date/2007-02_0.html'>2007-01-02 10:10</a>",
    "Released": "2010-12-01 09:09",
    "Classification": "UNCLASSIFIED",
    "Origin": "Embassy Bern",
}
#: Texts in which stands what would be told of the page if it were markup around the record.
HEADER = "VZ<th>CZ<a href='/cable/2006/01/06ROME1.html'>1</a>&#x000A;FM AMEMBASSY BERN"
BODY = (
    "UNCLAS\n&lt;TRAM&gt; <td>\nTAGS: <a href='/tag/ELTN_0.html'> ELTN</a> "
    "<a href=\"/tag/SZ_0.html\" class='b'>S&#90;</a>\n<a href='/cable/2006/02/06ROME2.html'>2</a>"
)
BELOW = "\n</pre></code><a href='/about.html'>c</a></html>"
PAST = "Currently released so far... 9 / 251,287"


def table(cells: dict[str, str]) -> str:
    heads = "\n".join(f"<th>{name}</th>" for name in cells)
    values = "\n".join(f"<td>{value}</td>" for value in cells.values())
    return f"<table class='cable'>\n<tr>\n{heads}\n</tr>\n<tr>{values}</tr>\n</table>\n"


def texts(header: str = HEADER, body: str = BODY) -> str:
    return f"<code><pre>{header}</pre></code>\n<code><pre\n>{body}</pre>"


def said(text: str) -> dict[str, Any]:
    """Return what a page says that begins in line 5 of its file."""
    return read(Page(text.encode(), text, At("a.html", 0, 5), is_html=True))


def test_each_part_of_a_page_is_read_from_its_place() -> None:
    assert said(ABOVE + HEADING + table(CELLS) + texts() + BELOW + PAST) == {
        "identifier": "07BERN1",
        "created": "2007-01-02 10:10",
        "released": "2010-12-01 09:09",
        "classification": "UNCLASSIFIED",
        "origin": "Embassy Bern",
        "address_identifier": "07BERN1",
        "address_month": "2007-01",
        "date_month": "2007-02",
        "listed_days": digest("2010-12-01"),
        "listed_months": None,
        "listed_origins": None,
        "listed_tags": None,
        "own_links": ["07BERN1"],
        "inner_links": (
            frozenset({"/reldate/2010-12-01_0.html"}),
            frozenset({"/help.html", "/about.html"}),
        ),
        "field_lines": "identifier=20 created=22 released=23 classification=24 origin=25 "
        "body=29 tags=29",
        "subject": "TRAM\n TIMES",
        "heading_identifier": "07BERN1",
        "release_counter": 1234,
        "furniture": digest(f"{ABOVE}<h2>Trams</h2>", f"</pre>{BELOW}{PAST}"),
        "tags": ["ELTN", "SZ"],
        "partial_extract": False,
        "header": "VZ<th>CZ1\nFM AMEMBASSY BERN",
        "body": "UNCLAS\n<TRAM> <td>\nTAGS:  ELTN SZ\n2",
    }


def digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Reference ID", "identifier"),
        ("Created", "created"),
        ("Released", "released"),
        ("Classification", "classification"),
        ("Origin", "origin"),
    ],
)
@pytest.mark.parametrize("spelt", [str.upper, lambda name: f"\n {name.replace(' ', '  ')} "])
def test_a_cell_is_told_by_its_label_however_that_is_spaced(
    name: str, field: str, spelt: Any
) -> None:
    row = said(
        HEADING + table({"Trams": "x", spelt(name): "\t\u00a0y\r\n", "Boats": "z"}) + texts()
    )
    assert row[field] == "\u00a0y"
    others = {"identifier", "created", "released", "classification", "origin"} - {field}
    assert others.isdisjoint(row)
    more = spelt(name).count("\n")
    assert row["field_lines"] == f"{field}={15 + more} body={21 + more} tags={21 + more}"


@pytest.mark.parametrize(
    ("heading", "identifier", "subject"),
    [
        ("<h1>Viewing cable 07BERN1, TRAMS</h1>", "07BERN1", "TRAMS"),
        ("<h2> Viewing cable\n07BERN1 TRAMS </h2>", "07BERN1", "TRAMS"),
        ("<h3>Viewing cable 07BERN1,</h3>", "07BERN1", None),
        ("<h3>Viewing cable 07BERN1</h3>", "07BERN1", None),
        ("<h3>Viewing cable</h3>", None, None),
        ("<h4>Viewing cable 07BERN1, TRAMS</h4>", None, None),
        ("<h3>Viewing cable a, b</h3><h3>Viewing cable c, d</h3>", "a", "b"),
        ("", None, None),
    ],
)
def test_a_heading_names_cable_and_subject(
    heading: str, identifier: str | None, subject: str | None
) -> None:
    row = said(f"<p>a</p>{heading}" + table(CELLS) + texts())
    assert (row["heading_identifier"], row["subject"]) == (identifier, subject)


@pytest.mark.parametrize(
    ("header", "partial"),
    [("", False), (NOTICE, True), (f"a&#x000A;{NOTICE} b", True), (NOTICE[:-1], False)],
)
def test_the_notice_in_the_header_says_that_it_is_an_extract(header: str, partial: bool) -> None:
    row = said(HEADING + table(CELLS) + texts(header, NOTICE))
    assert row["partial_extract"] is partial


def test_a_page_without_links_has_no_tags_and_no_addresses() -> None:
    cells = {"Reference ID": "<a name='x'>07BERN1</a>", "Created": "2007-01-02"}
    row = said(HEADING + table(cells) + texts(body="TAGS: ELTN"))
    told = ("tags", "address_identifier", "address_month", "date_month", "release_counter")
    assert {name: row[name] for name in told} == dict.fromkeys(told)
    assert row["own_links"] == []


def test_the_first_link_of_a_cell_is_its_address() -> None:
    two = "<a href='/cable/2007/01/07BERN1.html'>a</a><a href='/cable/2008/02/08ROME2.html'>b</a>"
    row = said(HEADING + table({"Reference ID": two}) + texts())
    assert (row["address_identifier"], row["address_month"]) == ("07BERN1", "2007-01")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        *[("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")],
        *[("&nbsp;", "\u00a0"), ("&AMP;", "&AMP;"), ("&copy;", "&copy;"), ("&amp", "&amp")],
        *[("&amp;lt;", "&lt;"), ("&#38;lt;", "&lt;"), ("&#65;&#x41;&#X4a;", "AAJ")],
        *[("&#0;", "\ufffd"), ("&#1;", "\x01"), ("&#xD7FF;", "\ud7ff"), ("&#xD800;", "\ufffd")],
        *[("&#57343;", "\ufffd"), ("&#57344;", "\ue000"), ("&#1114111;", "\U0010ffff")],
        *[("&#1114112;", "\ufffd"), ("&#12345678;", "&#12345678;"), ("&#x1234567;", "&#x1234567;")],
        *[("a<a href='b'>c</a>d", "acd"), ("a<abbr>b", "a<abbr>b"), ("a<b>c</b>", "a<b>c</b>")],
    ],
)
def test_links_and_references_are_undone_and_nothing_else(markup: str, text: str) -> None:
    assert plain(markup) == text


def test_a_page_may_begin_with_its_heading_or_its_table() -> None:
    assert said(HEADING[len("<h2>Trams</h2>") :] + table(CELLS) + texts())["subject"]
    assert said(table(CELLS) + texts())["identifier"] == "07BERN1"


def test_a_table_may_have_more_cells_than_labels() -> None:
    more = table(CELLS).replace("</tr>\n</table>", "<td>x</td></tr>\n</table>")
    assert said(HEADING + more + texts())["origin"] == "Embassy Bern"


TOP = HEADING + table(CELLS)
LACKING = table(CELLS).replace("<td>Embassy Bern</td>", "")
NEITHER = "cut short: neither heading nor table of the cable"
NO_TEXT, NO_END = "cut short: no text", "cut short: a text block has no end"
NO_TABLE = "cut short: the table of the cable is not whole"
AGAIN = "Viewing cable 07BERN1" + TOP.replace("Viewing cable", "") + texts()


@pytest.mark.parametrize(
    ("page", "reason", "offset"),
    [
        ("<p>\u20ac</p>", NEITHER, 10),
        (AGAIN, NEITHER, len(AGAIN)),  # before it no element begins
        (TOP + "\u20ac", NO_TEXT, len(TOP) + 3),
        (TOP + "\u20ac<pre class='a", NO_END, len(TOP) + 3),
        (TOP + "<pre>a", NO_END, len(TOP)),
        (TOP + "<pre>a</pre><pre>b", NO_END, len(TOP) + 12),
        (TOP + "<pre>a</pre>", "1 text blocks where two are meant to be", 0),
        (TOP + "<pre>a</pre>" * 3, "3 text blocks where two are meant to be", 0),
        (HEADING + texts(), NO_TABLE, 0),
        (HEADING + "<td>a</td>" + texts(), NO_TABLE, 0),
        (HEADING + LACKING + texts(), NO_TABLE, 0),
        ("<pre>Viewing cable a</pre><pre>b</pre>", NO_TABLE, 0),
    ],
)
def test_a_page_that_is_cut_short_says_why_and_where(page: str, reason: str, offset: int) -> None:
    with pytest.raises(Damaged) as caught:
        said(page)
    assert (caught.value.reason, caught.value.offset) == (reason, offset)
