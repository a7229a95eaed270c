"""Which release each page is held against, and what of a mirror follows from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from cableproof.errors import NothingInCommon
from cableproof.validators.audit import held
from cableproof.validators.audit.attribution import KINDS, MIRROR, Pages, Part, beside
from cableproof.validators.audit.homes import forms, homes, lacking
from cableproof.validators.audit.references import Reference
from cableproof.validators.collation.fields import FIELDS
from cableproof.validators.collation.parallel import Parallel

NONE: frozenset[str] = frozenset()
CLAIMS: dict[str, Any] = {
    **{each.key: pl.String for each in FIELDS},
    **{each.precision: pl.Int8 for each in FIELDS if each.precision},
    "redacted": pl.Boolean,
    "partial_extract": pl.Boolean,
    "subject_key": pl.String,
}


def copy(name: str, table: pl.DataFrame | None = None, moment: str = "", **more: Any) -> Reference:
    made = pl.DataFrame() if table is None else table
    return Reference(
        *(name, made, moment, frozenset({name}), None, {}, NONE, NONE), **{"nameless": False} | more
    )


def claiming(words: Sequence[str]) -> pl.DataFrame:
    """Return cables of which each has a tag, and makes no other claim."""
    columns = {name: [None] * len(words) for name in CLAIMS} | {"tags_key": list(words)}
    return pl.DataFrame(columns, schema=CLAIMS)


def test_a_page_is_held_against_the_newest_whose_form_it_has_and_can_come_from() -> None:
    # of each of three references: whether it has the cable, text and claims, and is disproved
    states = ["", *("".join(each) for each in product("xt", "xc", "xo"))]
    cases = [*product(states, repeat=3)]
    said = {f"{kind.name}:{n}": [0] * len(cases) for kind in KINDS for n in range(3)}
    tables, rows, names = {MIRROR: claiming(["c"] * len(cases))}, {}, "abc"
    for number, name in enumerate(names):
        own = [case[number] for case in cases]
        said[f"text:{number}"] = [1 if "t" in state else 0 for state in own]
        said[f"presence:{number}"] = [-1 if state and "o" not in state else 0 for state in own]
        said[f"claim:{number}"] = [-1] * len(cases)
        count = iter(range(len(cases)))
        rows[name] = pl.Series([next(count) if state else None for state in own], dtype=pl.UInt32)
        tables[name] = claiming(["c" if "c" in state else "x" for state in own if state])
    rows[MIRROR] = pl.int_range(len(cases), dtype=pl.UInt32, eager=True)
    keys = pl.Series([str(n) for n in range(len(cases))])
    pages = Pages(Parallel((*names, MIRROR), tables, keys, rows), {})
    made = homes(pages, pl.DataFrame(said), [copy(name) for name in names])

    def wanted(case: Sequence[str]) -> tuple[int | None, bool]:
        there = [n for n in (2, 1, 0) if case[n]]
        alike = [n for n in there if "t" in case[n] and "c" in case[n]]
        possible = [n for n in there if "o" in case[n]]
        ranked = [*(n for n in alike if n in possible), *alike, *possible, *there]
        home = ranked[0] if ranked else None
        return home, bool(alike) and bool(case[2]) and 2 not in alike and home != 2

    assert list(zip(made.number, made.stale, strict=True)) == [wanted(case) for case in cases]


def table(**columns: Sequence[Any]) -> pl.DataFrame:
    types = {"cable": pl.UInt32}
    return pl.DataFrame(columns, schema_overrides=types)


def test_pages_without_a_home_have_no_form_and_what_the_mirror_lacks_is_of_the_base() -> None:
    first = table(cable=[0, 1, 2, 5], text=["a0", "a1", "a2", "a5"])
    second = table(cable=[1, 2, 3], more=["b1", "b2", "b3"])
    mirror = table(cable=[2, 1, 0, 3, 4], key=["2", "1", "0", "3", "4"])
    references = [copy("a", first), copy("b", second)]
    order = {"a": [2, 1, 0, None, None], "b": [1, 0, None, 2, None]}
    rows = {name: pl.Series(each, dtype=pl.UInt32) for name, each in order.items()}
    rows[MIRROR] = pl.int_range(5, dtype=pl.UInt32, eager=True)
    beside = Parallel(
        ("a", "b", MIRROR), {"a": first, "b": second, MIRROR: mirror}, mirror["key"], rows
    )
    pages = Pages(beside, {})
    number = pl.Series([0, 1, 0, 1, None], dtype=pl.Int32)
    which = pl.Series([True, True, False, True, True])
    assert forms(pages, number, references, which).to_dicts() == [
        {"cable": 2, "text": "a2", "more": None, "release": "a"},
        {"cable": 1, "text": None, "more": "b1", "release": "b"},
        {"cable": 3, "text": None, "more": "b3", "release": "b"},
    ]
    assert lacking(pages, references[0]).rows() == [(5, "a5", "a")]
    assert lacking(pages, references[1]).rows() == []


def test_texts_that_no_reference_has_as_they_stand_are_looked_at_on_deeper_rungs() -> None:
    def made(name: str, cables: Mapping[int, tuple[str | None, str | None]]) -> pl.DataFrame:
        return table(
            cable=list(cables),
            key=[str(cable) for cable in cables],
            header_spaced=[header for header, _ in cables.values()],
            body_spaced=[body for _, body in cables.values()],
            body_encoded=[f"{name}{cable}" for cable in cables],
            header_encoded=[f"{name}-{cable}" for cable in cables],
        )

    h, none = "h", None
    mirror = made("m", dict.fromkeys(range(8), (h, "x")))
    first = {0: (h, "x"), 1: (h, "y"), 2: (h, none), 3: ("g", "x"), 4: (none, "x"), 7: (h, "y")}
    second = {1: (h, "z"), 5: (h, "y"), 7: (h, "x")}
    a, b = copy("a", made("a", first)), copy("b", made("b", second))
    for references in ([a, b], [b, a]):
        pages = beside(mirror, references)
        assert [*pages.beside.names] == [*(each.name for each in references), MIRROR]
        told = {name: each["body_encoded"].to_list() for name, each in pages.reread.items()}
        assert told == {
            MIRROR: [none, "m1", none, "m3", none, "m5", none, none],
            "a": [none, "a1", none, "a3", none, none, none, none],
            "b": [none, "b1", none, none, none, "b5", none, none],
        }
        deep = pages.reread["a"]["header_encoded"].to_list()
        assert deep == [none, "a-1", none, "a-3", none, none, none, none]
    alone = beside(mirror.drop("header_encoded"), [a]).reread[MIRROR]["header_encoded"]
    assert alone.to_list() == [none] * 8


def part(releases: str, rows: Sequence[int]) -> Part:
    return Part((*releases,), {}, pl.Series(rows, dtype=pl.UInt32))


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([part("a", [0, 1]), part("bc", [2])], "a"),
        ([part("ab", [0, 1]), part("c", [2])], "b"),
        ([part("a", [0]), part("b", [1]), part("c", [2])], "c"),
        ([part("a", [0, 1]), part("ac", [2]), part("c", [3, 4, 5])], "c"),
        ([part("", [0, 1])], "c"),
    ],
)
def test_the_base_is_the_release_that_most_pages_can_come_from(
    parts: list[Part], name: str
) -> None:
    assert held.main(parts, [copy(each) for each in "abc"]).name == name


def seen(parts: Sequence[Part], base: str, weighed: pl.DataFrame | None = None) -> Any:
    """Return what is asked of a mirror that is held against three releases."""
    references = [copy(each) for each in "abc"]
    rows = sum(len(each.rows) for each in parts)
    return SimpleNamespace(
        references=references,
        parts=parts,
        mirror=pl.DataFrame({"key": ["x"] * rows}),
        base=next(each for each in references if each.name == base),
        weighed=weighed,
    )


def test_pages_that_only_older_releases_explain_are_left_over() -> None:
    parts = [part("c", [0]), part("a", [1, 4]), part("ab", [2]), part("bc", [3]), part("", [5])]
    left = {base: [row for row, _ in held.older(seen(parts, base))] for base in "abc"}
    assert left == {"a": [], "b": [1, 4], "c": [1, 4, 2]}
    assert [each for _, each in held.older(seen(parts, "c"))] == [parts[1], parts[1], parts[2]]
    assert held.numbered(seen(parts, "c")) == [0, 1, 2, 3, 1, 4]


def test_references_are_tied_that_are_the_origin_of_the_same_pages() -> None:
    two = seen([part("ab", [0]), part("abc", [1]), part("", [2])], "a")
    assert [held.tied(two, name) for name in "abc"] == [("b",), ("a",), ()]
    none = seen([part("c", [0])], "a")
    assert [held.tied(none, name) for name in "abc"] == [(), (), ()]
    all_ = seen([part("abc", [0])], "a")
    assert held.tied(all_, "b") == ("a", "c")


def test_evidence_is_silent_that_says_nothing_of_any_page() -> None:
    weighed = pl.DataFrame(
        {"k:0": [0, 0], "k:1": [0, 1], "l:0": [0, -1], "l:1": [0, 0], "m:0": [0, 0], "m:1": [0, 0]}
    )
    looked = seen([part("a", [0, 1])], "a", weighed)
    assert (held.silent(looked, 0), held.silent(looked, 1)) == (("k", "m"), ("l", "m"))


def test_references_are_in_the_order_of_their_release_if_all_have_one() -> None:
    made = [copy("b", moment="2011"), copy("c", moment="2010"), copy("a", moment="2011")]
    assert [each.name for each in held.in_order(made)] == ["c", "a", "b"]
    assert [each.name for each in held.in_order([*made, copy("d")])] == ["b", "c", "a", "d"]


def test_a_reference_without_a_cable_of_the_mirror_is_refused() -> None:
    rows = {"a": [0, 1, None], "b": [None, 0, 1], "m": [None, 0, 1], "c": [0, None, None]}
    keys = pl.Series(["1", "2", "3"])

    def beside_each(*names: str) -> Parallel:
        there = {name: pl.Series(rows[name], dtype=pl.UInt32) for name in names}
        return Parallel(names, {}, keys, there)

    held._in_common("m", beside_each("a", "b", "m"))
    with pytest.raises(NothingInCommon) as caught:
        held._in_common("m", beside_each("a", "c", "m"))
    assert str(caught.value) == str(NothingInCommon(("c", "m"), 0))


def test_each_further_copy_of_a_cable_is_looked_at_up_to_so_many() -> None:
    cables = [1, 2, 1, 1, 2, 3] + [9] * 40
    pages = pl.DataFrame({"at": range(46), "cable": cables}, schema_overrides={"at": pl.UInt32})
    standing = pl.Series([n in (0, 1, 5, 6) for n in range(46)])
    further = [each.arg_true().to_list() for each in held._further(pages, standing)]
    assert further == [[2, 4, 7], [3, 8], *([n] for n in range(9, 39))]
    assert len(further) == held._COPIES == 32


def test_all_copies_of_a_page_have_the_key_that_its_cable_has_in_the_references() -> None:
    pages = table(cable=[3, 4, 3, 5], key=["3", "4", "3", "5"], text=[*"abcd"])
    single = table(cable=[3, 4, 5], key=["3", "4", "5"])
    renamed = table(cable=[1, 4, 5], key=["1", "4", "5"])
    made = held._renamed(pages, single, renamed)
    assert made.rows() == [(1, "1", "a"), (4, "4", "b"), (1, "1", "c"), (5, "5", "d")]
    assert held._renamed(pages, single, single) is pages
