"""Index pages of releases: which files are such pages, and what each lists."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from cableproof.sources.index_pages import FRONT, IndexPage, counter, frame, is_index, read, text

COUNTED = "<p>Currently released so far... 1,234 / 251,287</p>"
TABLE = "<table class='cable'>"
CABLE = "cable/2007/01/07BERN1.html"


def test_a_page_of_which_little_is_known_lists_nothing() -> None:
    assert IndexPage("a", "", "tag") == IndexPage(
        *("a", "", "tag", "", 0, 0, 0, None, True, None, ())
    )


@pytest.mark.parametrize("pages", [[], [IndexPage("a", "b/", "tag", "ELTN", 1, 2, 3, "x", False)]])
def test_a_table_of_index_pages_has_a_column_for_each_thing(pages: list[IndexPage]) -> None:
    made = frame(iter(pages))
    assert dict(made.schema) == {
        **dict.fromkeys(("path", "tree", "kind", "key"), pl.String),
        **dict.fromkeys(("page", "final", "keys"), pl.Int64),
        "label": pl.String,
        "whole": pl.Boolean,
        "counter": pl.Int64,
        "cables": pl.List(pl.String),
    }
    assert made.rows() == [("a", "b/", "tag", "ELTN", 1, 2, 3, "x", False, None, [])][: len(pages)]


@pytest.mark.parametrize(
    ("page", "end", "told"),
    [
        ("Currently released so far... 1,234 / 251,287", None, 1234),
        ("aCurrently released so far 7/", None, 7),
        ("a", None, None),
        ("Currently released so far... many / 251,287", None, None),
        ("Currently released so far... ? / 1 Currently released so far... 2 / 3", None, None),
        ("aCurrently released so far... 5 / 6", 26, 5),
        ("aCurrently released so far... 5 / 6", 25, None),
        ("Currently released so far... 5 / 6", 24, None),
    ],
)
def test_the_counter_of_a_page_is_told(page: str, end: int | None, told: int | None) -> None:
    assert counter(page, end) == told


@pytest.mark.parametrize("kind", ["date", "reldate", "classification", "origin", "tag"])
def test_a_page_that_counts_cables_is_an_index_page_by_its_address(kind: str) -> None:
    for path in (f"{kind}/a_0.html", f"tree/{kind}/a_12.htm", "index.html", "tree/index.html"):
        assert is_index(COUNTED.encode(), path)
        assert not is_index(b"<p>a</p>", path)
    for path in (f"{kind}/a.html", f"{kind}/a_0.html/b", "about.html", CABLE):
        assert not is_index(COUNTED.encode(), path)


@pytest.mark.parametrize("table", ["<table class='cable'", '<table class="cable"'])
def test_a_page_with_the_table_of_a_release_is_an_index_page_if_it_is_named_for_no_cable(
    table: str,
) -> None:
    assert is_index(table.encode(), "a.html")
    assert is_index(COUNTED.encode() + table.encode(), "a.html")
    assert not is_index(table.encode(), CABLE)
    assert not is_index(b"<table class='trams'", "a.html")


@pytest.mark.parametrize("sign", ["Viewing cable ", "<pre"])
def test_a_page_that_shows_a_cable_is_no_index_page(sign: str) -> None:
    for path in ("index.html", "tag/a_0.html", "a.html"):
        assert is_index(f"{COUNTED}{TABLE}".encode(), path)
        assert not is_index(f"{COUNTED}{TABLE}{sign}".encode(), path)


def linked(kind: str, key: str, number: int = 0, words: str = "x") -> str:
    return f"<a class='b' href='/{kind}/{key}_{number}.html' title='c'>{words}</a>\n"


@pytest.mark.parametrize("kind", ["date", "reldate", "classification", "origin", "tag"])
def test_an_index_page_tells_what_it_lists(kind: str) -> None:
    other = "origin" if kind == "tag" else "tag"
    page = (
        f"{COUNTED}{linked(kind, 'a', 0, '1')}{linked(kind, 'a', 3, ' Bern &amp; B ')}"
        f"{linked(kind, 'a', 2, 'later')}{linked(kind, 'b', 9)}{linked(kind, 'c%20d')}"
        f"{linked(other, 'a', 8)}{linked(other, 'e')}"
        f"<a href='/cable/2007/01/07BERN2.html'>x</a><a href=\"/cable/2007/01/07BERN1.html#a\">x</a>"
        f"<a href='/cable/2007/02/07BERN2.html'>y</a></HTML>"
    )
    path = f"tree/{kind}/a_1.html"
    assert read(page.encode(), path) == IndexPage(
        path=path,
        tree="tree/",
        kind=kind,
        key="a",
        page=1,
        final=3,
        keys=3,
        label="Bern & B",
        whole=True,
        counter=1234,
        cables=("07BERN2", "07BERN1"),
    )


def test_a_page_that_is_cut_short_lists_what_stands_before_the_cut() -> None:
    page = "<html><a href='/cable/2007/01/07BERN%31.html'>x</a><a href='/cable/2007/01/07B"
    assert read(page.encode(), "tag/ELTN_4.html") == IndexPage(
        *("tag/ELTN_4.html", "", "tag", "ELTN"), page=4, final=4, whole=False, cables=("07BERN1",)
    )


def test_the_page_at_the_root_tells_its_counter_alone() -> None:
    page = f"{COUNTED}{linked('tag', 'a')}<a href='/{CABLE}'>x</a>".encode()
    assert read(page, "index.html") == IndexPage("index.html", "", FRONT, counter=1234)
    assert read(page, "a/index.html") == IndexPage("a/index.html", "a/", FRONT, counter=1234)
    assert read(page, "a.html") is None


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (["Embassy Bern"], "Embassy Bern"),
        (["1", "&gt;&gt;", "", " Bern "], "Bern"),
        (["12-3", "Bern", "Rome"], "Bern"),
        (["Bern?", "Rome"], "Rome"),
        (["a" * 60], "a" * 60),
        (["a" * 61, "b"], "b"),
        (["1", "2"], None),
        ([], None),
    ],
)
def test_the_first_name_by_which_a_page_calls_its_key_is_its_label(
    words: list[str], label: str | None
) -> None:
    page = "".join(linked("origin", "86", n, each) for n, each in enumerate(words))
    made = read((linked("origin", "87", 0, "Rome") + page).encode(), "origin/86_0.html")
    assert made is not None and made.label == label


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("\u20ac".encode(), "\u20ac"),
        ("\ufeff\u20ac".encode(), "\ufeff\u20ac"),
        ("\u20ac".encode("utf-16"), "\u20ac"),
        (b"\xfe\xff" + "\u20ac".encode("utf-16-be"), "\u20ac"),
        (b"a\xffb", "a\ufffdb"),
    ],
)
def test_a_page_is_decoded_as_far_as_its_addresses_need(data: bytes, expected: Any) -> None:
    assert text(data) == expected
