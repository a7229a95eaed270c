"""What stands on a page around its record: the lists of the side bar, and links."""

from __future__ import annotations

from hashlib import sha256

import pytest

from cableproof.sources.furniture import COLUMNS, digest, told

OWN = "/cable/2007/01/07BERN1.html"


def link(address: str) -> str:
    return f"<a href='{address}'>x</a>"


def links(above: str, table: str = "", below: str = "") -> tuple[set[str], set[str]]:
    """Return to what the side bar leads, and to what all else around a record."""
    side, rest = told(above, table, below)["inner_links"]
    return {*side}, {*rest}


def test_a_digest_is_one_of_the_parts_in_their_lines() -> None:
    assert digest("a", "b") == sha256(b"a\nb").hexdigest()[:32]
    assert digest() == sha256(b"").hexdigest()[:32]


@pytest.mark.parametrize("folder", ["classification", "reldate", "date", "origin", "tag"])
def test_a_list_of_each_folder_is_a_side_bar(folder: str) -> None:
    listed = f"/{folder}/a_0.html"
    assert links(link(listed)) == ({listed}, set())
    assert links(link("/b.html") + link(listed) + link("/c.html")) == (
        {listed},
        {"/b.html", "/c.html"},
    )


@pytest.mark.parametrize("first", ["classification", "reldate", "date", "origin", "tag"])
@pytest.mark.parametrize("last", ["classification", "reldate", "date", "origin", "tag"])
def test_a_side_bar_goes_from_its_first_link_to_its_last(first: str, last: str) -> None:
    bar = [f"/{first}/a_0.html", "/b.html", f"/{last}/c_0.html"]
    above = "".join(map(link, ["/d.html", *bar, "/e.html"]))
    assert links(above, "", link("/f.html")) == ({*bar}, {"/d.html", "/e.html", "/f.html"})


@pytest.mark.parametrize("before", ["", "<p>a</p>", "a "])
def test_what_has_no_lists_has_no_side_bar(before: str) -> None:
    assert links(before) == (set(), set())
    assert links(before + "<a href='/a.html'>") == (set(), {"/a.html"})
    assert links(before + link("/a.html"), "", link("/b.html")) == (set(), {"/a.html", "/b.html"})


@pytest.mark.parametrize(
    ("above", "bar", "rest"),
    [
        ("<a href='/tag/A_0.html'><a href='/b.html'>", {"/tag/A_0.html"}, {"/b.html"}),
        ("<p><a href='/tag/A_0.html'", {"/tag/A_0.html"}, set()),
        (
            "tag/A_0.html'>" + link("/b.html") + link("/tag/C_0.html"),
            {"/b.html", "/tag/C_0.html"},
            set(),
        ),
        ("A tag/" + link("/b.html") + link("/tag/C_0.html"), {"/b.html", "/tag/C_0.html"}, set()),
        ("tag/A_0.html " + link("/b.html"), {"/b.html"}, set()),
        ("b'>x <a href='a", set(), set()),
    ],
)
def test_of_a_page_that_is_cut_what_is_left_is_told(
    above: str, bar: set[str], rest: set[str]
) -> None:
    assert links(above) == (bar, rest)


def test_each_list_has_a_digest_of_its_own_keys() -> None:
    keys = {"reldate": ["2010-12-01", "2010-12-04"], "date": ["2007-01"], "origin": ["86"]}
    above = "".join(
        link(f"/{folder}/{key}_0.html") for folder in keys for key in keys[folder][::-1]
    )
    more = link("/tag/A_0.html") + link("/tag/A_12.html") + link("/tag/B.html")
    made = told(above + more + link("/classification/5_0.html"), "", "")
    assert {name: made[name] for name in COLUMNS} == {
        "listed_days": digest("2010-12-01", "2010-12-04"),
        "listed_months": digest("2007-01"),
        "listed_origins": digest("86"),
        "listed_tags": digest("A"),
    }


def test_a_list_that_is_not_there_has_no_digest() -> None:
    made = told(link("/classification/5_0.html"), "", "")
    assert {name: made[name] for name in COLUMNS} == dict.fromkeys(
        ("listed_days", "listed_months", "listed_origins", "listed_tags")
    )


@pytest.mark.parametrize(
    ("parts", "own"),
    [
        ((link(OWN), "", ""), ["07BERN1"]),
        (("", link(OWN), ""), ["07BERN1"]),
        (("", "", link(OWN)), ["07BERN1"]),
        ((link(OWN), link(OWN), link(OWN)), ["07BERN1"]),
        (("", link(OWN), link("http://a.example/?u=%2Fcable%2F2006%2F02%2F06ROME2.html")), None),
        ((link("/tag/A_0.html") + link(OWN) + link("/tag/B_0.html"), "", ""), []),
        (("", "", link("/about.html")), []),
    ],
)
def test_links_that_name_a_cable_are_its_own_and_not_inner_ones(
    parts: tuple[str, str, str], own: list[str] | None
) -> None:
    assert told(*parts)["own_links"] == (["06ROME2", "07BERN1"] if own is None else own)
    assert OWN not in links(*parts)[1]


@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_an_address_may_stand_between_quotes_of_each_kind_or_none(quote: str) -> None:
    page = f"<A class=b HREF = {quote}c.html?d#e{quote}>"
    assert links("", "", page) == (set(), {"c.html"})
