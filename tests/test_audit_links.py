"""Links of a mirror: which lead to files that are there, and which name another cable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.validators.audit.fidelity import Component
from cableproof.validators.audit.links import FIRST, leading, wrong

FILES = ("index.html", "date/2007-01_0.html", "cable/2007/01/07BERN1.html", "help/index.html")


def told(
    links: Mapping[tuple[str, frozenset[str]], int],
    files: Sequence[str] = FILES,
    cables: frozenset[str] = frozenset({"07BERN1"}),
) -> Component:
    return leading(links, files, cables, wrong=0, own=0)


def dead(folder: str, address: str, files: Sequence[str] = FILES) -> list[dict[str, Any]]:
    """Return the links of a page to one address that lead to no file."""
    found = told({(folder, frozenset({address})): 1}, files)
    assert found.agree == found.of - len(found.facts["dead"])
    return list(found.facts["dead"])


@pytest.mark.parametrize(
    ("folder", "address"),
    [
        ("", "index.html"),
        ("", "/index.html"),
        ("", "./index.html"),
        ("", "."),
        ("", "/"),
        ("", "help"),
        ("", "help/"),
        ("", "help/index.html"),
        ("date", "2007-01_0.html"),
        ("date", "2007%2D01_0.html"),
        ("date", "/date/2007-01_0.html"),
        ("date", "../date/2007-01_0.html"),
        ("date", ".."),
        ("cable/2007/01", "../../../index.html"),
        ("cable/2007/01", "/index.html"),
        ("cable/2007/01", "07BERN1.html"),
        ("tag", "/cable/2007/01/07BERN1.html"),
        ("classification", "/index.html"),
        ("reldate", "/index.html"),
        ("origin", "/index.html"),
    ],
)
def test_a_link_to_a_file_of_its_tree_is_true(folder: str, address: str) -> None:
    assert dead(folder, address) == []
    within = [f"old/tree/{file}" for file in FILES]
    if folder or not address.startswith("/"):
        below = f"old/tree/{folder}".rstrip("/")
        assert address in (".", "..", "/") or dead(below, address, within) == []


@pytest.mark.parametrize(
    ("folder", "address", "path"),
    [
        ("", "date/2007-02_0.html", "date/2007-02_0.html"),
        ("date", "index.html", "[15 characters]"),
        ("date", "/a.html", "[6 characters]"),
        ("old/date", "/index.html", "[14 characters]"),
        ("mytag", "/tag/A_0.html", "tag/A_0.html"),
        ("", "tag/ELTN_12.html", "tag/ELTN_12.html"),
        ("", "reldate/2010-12-01_0.htm", "reldate/2010-12-01_0.htm"),
    ],
)
def test_a_dead_link_is_told_by_its_address_if_that_is_one_of_an_index_page(
    folder: str, address: str, path: str
) -> None:
    assert dead(folder, address) == [{"path": path, "pages": 1}]


def test_a_root_that_is_not_there_is_a_dead_link() -> None:
    assert dead("", "/", []) == [{"path": "index.html", "pages": 1}]


def test_links_are_counted_by_their_targets_and_the_most_frequent_dead_ones_come_first() -> None:
    links = {
        ("", frozenset({"tag/B_0.html", "index.html", "tag/A_0.html"})): 2,
        ("tag", frozenset({"B_0.html", "C_0.html"})): 3,
    }
    found = told(links)
    assert found.facts["inner"] == {"of": 4, "dead": 3, "to_missing_cables": 0}
    assert found.facts["dead"] == [
        {"path": "tag/B_0.html", "pages": 5},
        {"path": "tag/C_0.html", "pages": 3},
        {"path": "tag/A_0.html", "pages": 2},
    ]
    assert (found.agree, found.of) == (1, 4)


def test_of_dead_links_as_frequent_the_first_by_name_comes_first() -> None:
    names = ["tag/C_0.html", "tag/A_0.html", "tag/B_0.html"]
    found = told({("x/" * n + "..", frozenset({f"/{name}"})): 1 for n, name in enumerate(names)})
    assert [each["path"] for each in found.facts["dead"]] == sorted(names)


@pytest.mark.parametrize("number", [FIRST - 1, FIRST, FIRST + 1])
def test_only_some_dead_links_are_named(number: int) -> None:
    found = told({("", frozenset(f"origin/{n}_0.html" for n in range(number))): 1})
    assert len(found.facts["dead"]) == min(number, 20)
    assert found.facts["inner"]["dead"] == number


def test_a_link_to_a_cable_that_the_mirror_lacks_is_missing_and_not_dead() -> None:
    names = ("07BERN2", "07BERN0001", "07BERN%31", "odd", "07BERN1")
    links = {("", frozenset(f"cable/2006/02/{name}.html" for name in names)): 1}
    found = told(links, cables=frozenset({"07BERN1"}))
    assert found.facts["inner"] == {"of": 2, "dead": 0, "to_missing_cables": 2}
    assert (found.agree, found.of) == (2, 2)
    assert told(links, cables=frozenset({"07BERN1", "odd"})).of == 3


def test_own_links_and_inner_ones_are_counted_together() -> None:
    links = {("", frozenset({"index.html", "tag/A_0.html", "cable/2006/02/07BERN2.html"})): 1}
    found = leading(links, FILES, frozenset(), wrong=3, own=10)
    assert found == Component(
        *(8, 12),
        {
            "own": {"of": 10, "wrong": 3},
            "inner": {"of": 2, "dead": 1, "to_missing_cables": 1},
            "dead": [{"path": "tag/A_0.html", "pages": 1}],
        },
    )


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ([], None),
        (None, None),
        (["07BERN1"], None),
        (["07BERN0001"], None),
        (["07BERN2"], "07BERN2"),
        (["07BERN1", "07BERN3", "07BERN2"], "07BERN3"),
        (["odd"], "odd"),
    ],
)
def test_a_page_links_itself_if_that_is_its_cable_however_it_is_spelt(
    own: list[str] | None, told: str | None
) -> None:
    pages = pl.DataFrame(
        {"key": ["07BERN2", "07BERN1", "odd"], "own_links": [["07BERN2"], own, ["odd"]]},
        schema={"key": pl.String, "own_links": pl.List(pl.String)},
    )
    assert wrong(pages).to_list() == [None, told, None]
