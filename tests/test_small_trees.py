"""Small release trees and few marks, each on one side of a bound: counters, indexes, coverings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import pytest

from cableproof.sources import index_pages
from cableproof.sources.index_pages import FRONT
from cableproof.validators import copies, listings, trees
from cableproof.validators.tables import TROUBLES

Row = dict[str, Any]


# --- the cable pages of a tree ----------------------------------------------------------------

WHOLE: dict[str, Any] = {
    **dict.fromkeys(("source", "path", "kind", "classification", "origin"), pl.String),
    **dict.fromkeys(("created_time", "released_time"), pl.Datetime),
    "release_counter": pl.Int64,
    "linked_tags": pl.List(pl.UInt64),
}
OWN: Row = {
    "source": "data",
    "kind": "wikileaks-page",
    "created_time": datetime(2006, 9, 12, 12, 39),
    "released_time": datetime(2010, 12, 1, 21, 9),
    "classification": "SECRET",
    "origin": "Embassy Bern",
    "release_counter": 7,
    "linked_tags": [1, 2],
}
KNOWN = ("2006-09", "2010-12-01", "SECRET", "Embassy Bern", [1, 2])


def pages(paths: list[str], lost: dict[str, str], **changes: Any) -> dict[str, tuple[Any, ...]]:
    whole = [OWN | {"path": path} | changes for path in paths]
    troubles: list[Any] = [("data", path, 0, 1, code, {}) for path, code in lost.items()]
    found = trees.pages(
        pl.DataFrame(whole, schema=WHOLE, orient="row"),
        pl.DataFrame(troubles, schema=TROUBLES, orient="row"),
    )
    assert {*found["source"]} <= {"data"}
    own = found.select("path", "tree", "name", "counter", "read", *index_pages.KINDS)
    return {path: tuple(rest) for path, *rest in own.rows()}


def test_a_cable_page_has_what_an_index_may_say_of_it() -> None:
    paths = ["x/cable/2006/09/06BERN1.html", "cable/2006/09/06BERN2.htm", "06BERN3.html"]
    assert pages(paths, {}) == {
        paths[0]: ("x/", "06BERN1", 7, True, *KNOWN),
        paths[1]: ("", "06BERN2", 7, True, *KNOWN),
    }
    assert pages(paths, {}, kind="json-lines") == {}


def test_pages_that_share_a_name_say_nothing_and_one_that_is_lost_is_there() -> None:
    one, same, lost = (f"cable/2006/{name}.html" for name in ("09/a", "10/a", "09/b"))
    other, far = "cable/2006/09/c.html", "x/cable/2006/09/a.html"
    found = pages([one, same, far], {lost: "SRC003", other: "SRC001", one: "SRC003", "d": "SRC001"})
    assert found == {
        one: ("", "a", 7, True, *[None] * 5),
        same: ("", "a", 7, True, *[None] * 5),
        far: ("x/", "a", 7, True, *KNOWN),
        lost: ("", "b", None, None, *[None] * 5),
        other: ("", "c", None, None, *[None] * 5),
    }
    assert pages([one], {lost: "SRC010"}).keys() == {one}


PAGES = {
    **dict.fromkeys(("source", "tree", "path"), pl.String),
    "counter": pl.Int64,
    "read": pl.Boolean,
}
LISTED = {
    **dict.fromkeys(("source", "tree", "path", "kind"), pl.String),
    "counter": pl.Int64,
}


def counted(counters: list[int | None], *listed: tuple[str, int | None]) -> list[tuple[Any, ...]]:
    """Return path, counter, front, whether mixed, and the numbers of pages and records."""
    some = [("data", "x/", f"{n}.html", c, c != 0 or None) for n, c in enumerate(counters)]
    others = [("data", "x/", f"{kind}.html", kind, n) for kind, n in listed]
    found = trees.counted(
        pl.DataFrame(some, schema=PAGES, orient="row"),
        pl.DataFrame(others, schema=LISTED, orient="row"),
    )
    return found.select("path", "counter", "front", "mixed", "pages", "records").rows()


@pytest.mark.parametrize(
    ("counters", "listed", "told"),
    [
        ([3], [], []),
        ([3], [("date", None)], [("x/cable", 3, None, False, 1, 1)]),
        ([3, 3], [], [("x/cable", 3, None, False, 2, 2)]),
        ([3, 3, 4], [], [("x/cable", 3, None, True, 3, 3)]),
        ([3, 4], [], [("x/cable", 4, None, True, 2, 2)]),
        ([3, 3, 0], [], [("x/cable", 3, None, True, 3, 2)]),
        ([None, None], [], []),
        ([None, None], [(FRONT, 5)], [(f"{FRONT}.html", 5, 5, False, 2, 2)]),
        ([3, None], [(FRONT, 5)], [(f"{FRONT}.html", 3, 5, False, 2, 2)]),
        ([3, 3], [(FRONT, 5), (FRONT, 6)], [(f"{FRONT}.html", 3, 5, False, 2, 2)]),
        ([3], [(FRONT, 3)], [(f"{FRONT}.html", 3, 3, False, 1, 1)]),
        ([], [(FRONT, 3)], []),
    ],
)
def test_a_tree_is_counted_by_most_of_its_pages(
    counters: list[int | None], listed: list[tuple[str, int | None]], told: list[tuple[Any, ...]]
) -> None:
    assert counted(counters, *listed) == told


# --- the cables that an index page names ------------------------------------------------------


def listing(names: list[str], counter: int = 9) -> tuple[int, str, str]:
    """Return what is told of an index of a month that lists names, of which no page is there."""
    own = {"source": "data", "tree": "x/", "name": "06BERN1", "date": "2006-09"}
    others = dict.fromkeys(("reldate", "classification", "origin"), None)
    there = pl.DataFrame([own | others], schema_overrides=dict.fromkeys(others, pl.String))
    page: Row = {"source": "data", "path": "x/date/2006-09_0.html", "tree": "x/", "kind": "date"}
    page |= {"key": "2006-09", "page": 0, "final": 0, "keys": 1, "whole": True, "cables": names}
    counts = {"source": "data", "tree": "x/", "pages": 9, "counter": counter}
    labels = pl.DataFrame([page]).with_columns(label=pl.lit(None, pl.String))
    found = listings.indexes(there, labels, pl.DataFrame([counts]))
    rows = {path: rest for path, *rest in found.drop("source", "tree").rows()}
    assert rows["x/date"] == [len({*names}), "", ""]
    entries, disagreement, cables = rows["x/date/2006-09_0.html"]
    return entries, disagreement, cables


@pytest.mark.parametrize("number", [1, 4, 5, 6])
def test_an_index_names_at_most_five_cables_in_their_order(number: int) -> None:
    names = [f"06BERN{n}" for n in range(2, 2 + number)]
    told = (number + 1, f"{number} without a page", ", ".join(names[:5]))
    assert listing(["06BERN1", *names[::-1]]) == told


def test_an_index_of_a_selection_is_not_asked_for_pages() -> None:
    assert listing(["06BERN1", "06BERN2"], counter=10) == (2, "", "")
    assert listing(["06BERN1", "06BERN2"], counter=9) == (2, "1 without a page", "06BERN2")


# --- marks ------------------------------------------------------------------------------------


def odd(styles: dict[str, int], *others: str) -> list[tuple[int, str]]:
    """Return which marks are odd of a record with so many of each, and of one with others."""
    every = [style for style, times in styles.items() for _ in range(times)]
    rows = [{"group": "a", "mark_styles": each} for each in (every, [*others], None)]
    schema: dict[str, Any] = {"group": pl.String, "mark_styles": pl.List(pl.String)}
    whole = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("record")
    return copies.irregular(copies.marks(whole)).rows()


@pytest.mark.parametrize(("number", "kept"), [(99, 0), (100, 100), (101, 101)])
def test_marks_are_asked_of_a_collection_that_has_a_hundred(number: int, kept: int) -> None:
    schema: dict[str, Any] = {"group": pl.String, "mark_styles": pl.List(pl.String)}
    rows = [{"group": "a", "mark_styles": ["block"] * number}, {"group": "b", "mark_styles": ["x"]}]
    whole = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("record")
    assert copies.marks(whole).rows() == [(0, "a", "block", "block", 0)] * kept


@pytest.mark.parametrize(
    ("styles", "others", "said"),
    [
        ({"X of 12": 99}, ["X of 20"], []),
        ({"X of 12": 100}, ["X of 20"], [(1, "X of 20")]),
        ({"X of 12": 98}, ["X of 20"], []),  # too few to tell
        ({"X of 12": 198}, ["X of 20", "X of 20"], []),
        ({"X of 12": 199}, ["X of 20", "X of 20"], [(1, "X of 20")]),
        ({"X of 12": 200}, [f"X of {n}" for n in (10, 11, 12, 13, 14)], [(1, "X of 10, X of 14")]),
        ({"X of 12": 200}, ["x of 12"], [(1, "x of 12")]),
        ({"block": 200}, ["X of 1", "[removed]"], [(1, "X of 1, [removed]")]),
        ({"block": 200}, ["[removed]", "[removed]"], [(1, "[removed]")]),
        (
            {"X of 12": 5000},
            [f"X of {n}" for n in range(20, 34)],
            [(1, ", ".join(f"X of {n}" for n in range(20, 32)))],
        ),
    ],
)
def test_a_mark_is_odd_that_hardly_any_other_is_like(
    styles: dict[str, int], others: list[str], said: list[tuple[int, str]]
) -> None:
    assert odd(styles, *others) == said


COVERED: dict[str, Any] = {
    "path": pl.String,
    **dict.fromkeys(("line", "text_length", "covered_length", "paragraphs"), pl.Int64),
    "covered": pl.List(
        pl.Struct({"passage": pl.Int64, "shown": pl.Int64, "between": pl.List(pl.UInt64)})
    ),
}
PAIR = pl.DataFrame({"record": [0, 1], "record_other": [1, 0]}).cast(pl.UInt32)


def open_there(one: Row, other: Row) -> list[tuple[Any, ...]]:
    plain = {"path": "a", "line": 1, "text_length": 100, "paragraphs": 3}
    rows = [plain | one, plain | {"path": "b", "line": None} | other]
    whole = pl.DataFrame(rows, schema=COVERED, orient="row").with_row_index("record")
    return copies.coverings(whole, PAIR).rows()


def passage(number: int, shown: int, *between: int) -> Row:
    return {"passage": number, "shown": shown, "between": [*between]}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"covered": [passage(2, 5, 7)]}, {}, "2"),
        ({"covered": [passage(2, 5, 7)]}, {"covered": [passage(2, 5, 7)]}, None),
        ({"covered": [passage(2, 5, 7)]}, {"covered": [passage(1, 5, 7)]}, None),
        ({"covered": [passage(3, 5, 7)]}, {}, "3"),
        ({"covered": [passage(4, 5, 7)]}, {}, None),  # of which the other has no paragraph
        ({"covered": [passage(2, 5, 7)]}, {"covered": [passage(2, 8, 6)]}, None),
        ({"covered": [passage(2, 5, 7)]}, {"covered": [passage(2, 9, 6)]}, "2"),
        ({"covered": [passage(2, 5, 7, 8)]}, {"covered": [passage(2, 5, 6)]}, None),
        (
            {"covered": [passage(2, 5, 7, 8)], "covered_length": 1},
            {"covered": [passage(2, 5, 6)]},
            "2",
        ),
        (
            {"covered": [passage(2, 5, 7, 8)], "covered_length": 1},
            {"covered": [passage(2, 5, 6)], "covered_length": 1},
            None,
        ),
        (
            {"covered": [passage(2, 5, 7, 8)], "covered_length": 0},
            {"covered": [passage(2, 5, 6)]},
            None,
        ),
        (
            {"covered": [passage(2, 5, 7)], "covered_length": 1},
            {"covered": [passage(2, 5, 6)]},
            None,
        ),
        ({"covered": [passage(1, 5, 7), passage(0, 5, 8)]}, {}, "0, 1"),
    ],
)
def test_a_passage_is_open_where_the_other_copy_shows_more(
    one: Row, other: Row, found: str | None
) -> None:
    if "covered" not in other:
        assert open_there(one, other) == ([(0, found, "b")] if found else [])
        return
    told = [rest for record, *rest in open_there(one, other) if record == 0]
    assert told == ([[found, "b"]] if found else [])


def test_of_several_copies_each_is_held_against_each_other_by_itself() -> None:
    plain = {"line": None, "text_length": 100, "paragraphs": 3}
    one, same = ({"path": path, "covered": [passage(2, 5, 7)]} for path in "ab")
    more = {"path": "d", "covered": [passage(1, 5, 9), passage(2, 5, 7)]}
    rows = [plain | each for each in (one, same, {"path": "c"}, more)]
    whole = pl.DataFrame(rows, schema=COVERED, orient="row").with_row_index("record")
    pairs = [(n, m) for n in range(4) for m in range(4) if n != m]
    pair = pl.DataFrame(pairs, schema=PAIR.schema, orient="row")
    assert sorted(copies.coverings(whole, pair).rows()) == [
        (0, "2", "c"),
        (1, "2", "c"),
        (3, "1", "a"),
    ]
