"""What each kind of evidence says of a page and a reference, and what follows from all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import polars as pl
import pytest

from cableproof.sources.furniture import COLUMNS as LISTED
from cableproof.validators.audit.attribution import (
    KINDS,
    MIRROR,
    Kind,
    Pages,
    Part,
    Says,
    parts,
    weighed,
)
from cableproof.validators.audit.references import Reference
from cableproof.validators.collation.parallel import Parallel

NONE: frozenset[str] = frozenset()
TESTS = {kind.name: kind.test for kind in KINDS}
TYPES: dict[str, Any] = {
    **dict.fromkeys(("key", "furniture", "digest", "body_spaced", "header_spaced"), pl.String),
    **dict.fromkeys(("released_key", "source_release", *LISTED), pl.String),
    **dict.fromkeys(("released_precision", "release_counter"), pl.Int64),
}
DEEP = {"header_encoded": pl.String, "body_encoded": pl.String}
NO_LISTS: Mapping[str, str | None] = dict.fromkeys(LISTED)


def copy(**changes: Any) -> Reference:
    made = Reference("a", pl.DataFrame(), "", frozenset({"a"}), None, NO_LISTS, NONE, NONE, False)
    return replace(made, **changes)


def said(
    kind: str, reference: Reference, *both: tuple[Mapping[str, Any], Mapping[str, Any] | None]
) -> list[bool | None]:
    """Return what a test says of pages, each given beside what a reference has, or lacks."""
    mine = [{"key": f"07BERN{n}", **own} for n, (own, _) in enumerate(both)]
    theirs = [other for _, other in both if other is not None]
    count = iter(range(len(theirs)))
    rows = pl.Series([None if o is None else next(count) for _, o in both], dtype=pl.UInt32)
    tables = {MIRROR: _table(mine, TYPES), "a": _table(theirs, TYPES)}
    every = pl.int_range(len(both), dtype=pl.UInt32, eager=True)
    table = Parallel(("a", MIRROR), tables, tables[MIRROR]["key"], {"a": rows, MIRROR: every})
    reread = {
        MIRROR: _table(mine, DEEP),
        "a": _table([other or {} for _, other in both], DEEP),
    }
    return TESTS[kind](Pages(table, reread), reference).to_list()


def _table(rows: Sequence[Mapping[str, Any]], types: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in types}, schema=types)


def test_a_cable_that_a_whole_release_lacks_or_could_not_read_speaks_so() -> None:
    pages: list[tuple[Mapping[str, Any], Mapping[str, Any] | None]]
    pages = [({}, {}), ({}, None), ({}, None), ({}, {})]
    lost = frozenset({"07BERN2", "07BERN3"})
    assert said("presence", copy(unreadable=lost), *pages) == [True, False, None, True]
    partial = copy(unreadable=lost, nameless=True)
    assert said("presence", partial, *pages) == [True, None, None, True]


def test_bytes_are_compared_of_pages_with_pages_and_of_rows_with_rows() -> None:
    page, other, row = (
        {"furniture": "x", "digest": "1"},
        {"furniture": "y", "digest": "2"},
        {"digest": "1"},
    )
    assert said(
        "file", copy(), (page, page), (page, other), (page, row), (row, row), (row, page),
        (page, None), (row, {"digest": "2"}), ({}, row),
    ) == [True, False, None, True, None, None, False, None]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "header", "body_deep", "header_deep", "same"),
    [
        (*(True, True, None, None), True),
        (*(True, None, None, None), True),
        (*(True, False, None, None), False),
        (*(False, True, None, None), False),
        (*(None, True, None, None), None),
        (*(False, True, True, True), True),
        (*(False, False, True, None), True),
        (*(False, False, True, False), False),
        (*(False, False, False, True), False),
        (*(True, False, False, True), False),
        (*(None, None, True, True), True),
        (*(None, None, False, True), None),
    ],
)
def test_words_are_the_same_as_they_stand_or_on_a_deeper_rung(
    body: bool | None,
    header: bool | None,
    body_deep: bool | None,
    header_deep: bool | None,
    same: bool | None,
) -> None:
    equal = {
        "body_spaced": body,
        "header_spaced": header,
        "body_encoded": body_deep,
        "header_encoded": header_deep,
    }
    mine = {name: None if flag is None else "x" for name, flag in equal.items()}
    theirs = {name: {True: "x", False: "y", None: None}[flag] for name, flag in equal.items()}
    assert said("text", copy(), (mine, theirs)) == [same]


def test_times_of_release_are_the_same_as_far_as_both_are_told() -> None:
    def at(moment: str | None, precision: int = 3) -> dict[str, Any]:
        return {"released_key": moment, "released_precision": precision}

    noon = at("2010-12-01 12:00:00")
    assert said(
        "released",
        copy(),
        *((noon, noon), (noon, at("2010-12-01 12:00:01")), (noon, at("2010-12-01 00:00:00", 0))),
        *((at("2010-12-02 00:00:00", 0), noon), (noon, at(None)), (at(None), noon), (noon, None)),
    ) == [True, False, True, False, None, None, None]


@pytest.mark.parametrize(
    ("kind", "column", "of"),
    [
        ("counter", "release_counter", lambda most: {"counter": most}),
        *(
            (name.removeprefix("listed_"), name, lambda m, n=name: {"lists": {**NO_LISTS, n: m}})
            for name in LISTED
        ),
    ],
)
def test_a_page_says_what_most_pages_of_a_release_say_or_its_own_there(
    kind: str, column: str, of: Any
) -> None:
    first, second, third = (1, 2, 3) if kind == "counter" else ("1", "2", "3")
    pairs = [
        *((first, first), (first, second), (second, second), (second, third), (None, first)),
        *((first, None), (second, None), (None, None)),
    ]
    both = [({column: own}, {column: theirs}) for own, theirs in pairs]
    known = said(kind, copy(**of(first)), *both, ({column: first}, None), ({column: second}, None))
    assert known == [True, True, True, False, None, True, False, None, True, False]
    unknown = said(kind, copy(**of(None)), *both, ({column: first}, None))
    assert unknown == [True, False, True, False, None, None, None, None, None]


def test_index_pages_say_which_cables_a_release_has_if_there_are_any() -> None:
    both: list[tuple[Mapping[str, Any], None]] = [({}, None), ({}, None)]
    assert said("index", copy(indexed=frozenset({"07BERN1"})), *both) == [False, True]
    assert said("index", copy(), *both) == [None, None]


def test_a_page_may_name_its_release() -> None:
    named = [({"source_release": name}, None) for name in ("a", "b", "c", None)]
    assert said("claim", copy(names=frozenset({"a", "b"})), *named) == [True, True, False, None]


def test_the_kinds_of_evidence_are_these_in_this_order() -> None:
    told = [(kind.name, kind.what, kind.firm, kind.narrows) for kind in KINDS]
    assert told == [
        ("presence", "whether the release has the cable", True, True),
        ("file", "the digest of the page, or of the row", False, True),
        ("text", "the words of header and body", False, True),
        ("released", "the release date of the cable", False, True),
        ("counter", "how many cables the page says are out", True, True),
        *((name, f"the {name} that the page lists", False, True) for name in NAMES),
        ("index", "the index pages of the release", False, True),
        ("claim", "the release that the page names", False, False),
    ]
    assert (Kind("", "", TESTS["file"]).firm, Kind("", "", TESTS["file"]).narrows) == (False, True)
    assert (*map(int, (Says.AGAINST, Says.NOTHING, Says.FOR)),) == (-1, 0, 1)


NAMES = ("days", "months", "origins", "tags")


@pytest.mark.parametrize("firm", [False, True])
def test_what_differs_speaks_against_a_reference_if_it_is_firm_or_another_one_agrees(
    firm: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [*product((True, False, None), repeat=3)]
    flags = {
        name: pl.Series([case[n] for case in cases], dtype=pl.Boolean)
        for n, name in enumerate("abc")
    }
    kind = Kind("k", "", lambda pages, reference: flags[reference.name], firm)
    monkeypatch.setattr("cableproof.validators.audit.attribution.KINDS", (kind,))
    none: Any = None
    made = weighed(none, [copy(name=name) for name in "abc"])
    assert made.columns == ["k:0", "k:1", "k:2"]
    assert made.rows() == [
        tuple(1 if own else -1 if own is False and (firm or True in case) else 0 for own in case)
        for case in cases
    ]
    assert set(made.dtypes) == {pl.Int8}


def test_pages_are_told_apart_by_what_all_evidence_says_the_most_first() -> None:
    def row(**said: int) -> dict[str, int]:
        usual = {f"{kind.name}:{number}": 0 for kind in KINDS for number in (0, 1)}
        return usual | {f"{name[:-1]}:{name[-1]}": value for name, value in said.items()}

    rows = [row(file0=1), row(), row(text1=-1), row(), row(claim0=-1, text0=-1, file1=-1), row(text1=-1), row(claim0=-1), row()]  # fmt: skip
    made = parts(pl.DataFrame(rows), [copy(name="a"), copy(name="b")])
    assert [each.rows.to_list() for each in made] == [[1, 3, 7], [2, 5], [0], [4], [6]]
    assert [each.releases for each in made] == [("a", "b"), ("a",), ("a", "b"), (), ("a", "b")]
    assert all(isinstance(each, Part) and each.rows.dtype == pl.UInt32 for each in made)
    assert [*made[0].says] == [kind.name for kind in KINDS]
    assert made[3].sided("text", Says.AGAINST) == ["a"]
    assert made[3].sided("text", Says.NOTHING) == ["b"]
    assert made[2].sided("file", Says.FOR) == ["a"]
