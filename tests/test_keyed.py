"""Which rows of several tables are the same cable: by key, by text, and which of its copies."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.validators.collation.alike import Settled, settled
from cableproof.validators.collation.parallel import (
    keyed,
    one_each,
    pairs,
    parallel,
    renamed,
    rows_of,
)

_NUMBER = pl.UInt32()
_EMPTY = "e3b0c44298fc1c149afbf4c8996fb924"
_NONE: list[int] = []


def _numbers(*values: int | None) -> pl.Series:
    return pl.Series(values, dtype=_NUMBER)


@pytest.mark.parametrize(
    ("wanted", "cables", "rows"),
    [
        *(([], [], []), ([], [1], []), ([0], [], [None]), ([0], [0], [0]), ([0], [1], [None])),
        *(([1], [0], [None]), ([3, 0, 2], [2, 3], [1, None, 0]), ([0, 9], [9], [None, 0])),
        *(([2], [9, 2, 0], [1]), ([0, 0], [0], [0, 0])),
    ],
)
def test_each_cable_is_found_in_its_row(
    wanted: Sequence[int], cables: Sequence[int], rows: Sequence[int | None]
) -> None:
    found = rows_of(_numbers(*wanted), _numbers(*cables))
    assert (found.to_list(), found.dtype) == ([*rows], _NUMBER)


def test_each_pair_of_witnesses_is_there_once() -> None:
    assert [*pairs("abc")] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [*pairs("a")] == []


def table(*rows: tuple[str | None, str | None, str | None]) -> pl.DataFrame:
    """Return a table of keys, and digests of header and body."""
    names = ("key", "header_spaced", "body_spaced")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def test_keys_are_numbered_in_their_order_in_all_tables_at_once() -> None:
    found = keyed(
        {"a": table(("c", "", ""), ("a", "", "")), "b": table(("b", "", ""), ("c", "", ""))}
    )
    assert found["a"].select("key", "cable").rows() == [("c", 2), ("a", 0)]
    assert found["b"].select("key", "cable").rows() == [("b", 1), ("c", 2)]


def test_what_has_no_identifier_is_one_cable_where_its_text_is_one() -> None:
    found = keyed(
        {
            "a": table((None, "h", "b"), ("x", "h", "b"), (None, "g", "b"), (None, None, "b")),
            "b": table((None, "g", "c"), (None, None, "b"), (None, "h", "b"), (None, "h", "b")),
        }
    )
    first, g_b, g_c, h_b = (f"nameless:{n}" for n in range(1, 5))
    assert found["a"]["key"].to_list() == [h_b, "x", g_b, first]
    assert found["b"]["key"].to_list() == [g_c, first, h_b, h_b]
    assert found["a"]["cable"].to_list() == [3, 4, 1, 0]
    assert found["a"].columns == ["key", "header_spaced", "body_spaced", "cable"]


def test_tables_of_named_cables_stay_as_they_are() -> None:
    made = {"a": table(("x", "", ""))}
    assert keyed(made)["a"].drop("cable").equals(made["a"])


def test_witnesses_stand_beside_each_other_by_their_cables() -> None:
    tables = keyed(
        {
            "a": table(("c", "1", ""), ("a", "2", "")),
            "b": table(("b", "3", ""), ("c", "4", "")),
            "left out": table(("z", "", ""), ("aa", "", "")),
        }
    )
    found = parallel(tables, ("b", "a"))
    assert (found.names, found.keys.to_list()) == (("b", "a"), ["a", "b", "c"])
    assert found.column("a", "header_spaced").to_list() == ["2", None, "1"]
    assert found.column("b", "header_spaced").to_list() == [None, "3", "4"]
    assert found.present("b").to_list() == [False, True, True]


def copies(*rows: tuple[int, str | None, bool]) -> pl.DataFrame:
    """Return a table of cables, their texts, whether they are covered, and their rows."""
    made = pl.DataFrame(rows, schema=["cable", "body_exact", "covered"], orient="row")
    return made.cast({"cable": _NUMBER, "body_exact": pl.String}).with_row_index("n")


def test_of_copies_that_one_stands_for_all_whose_text_most_tables_have() -> None:
    tables = {
        "a": copies((1, "x", False), (2, "p", False), (1, "y", True), (3, "q", False)),
        "b": copies((1, "y", False), (2, "q", True)),
        "c": copies((1, "y", False), (1, "z", False), (4, None, False), (4, "n", False)),
    }
    single, several = one_each(tables)
    told = {name: table.select("cable", "n", "covered").rows() for name, table in single.items()}
    assert told == {
        "a": [(2, 1, False), (3, 3, False), (1, 2, True)],
        "b": [(1, 0, False), (2, 1, True)],
        "c": [(1, 0, False), (4, 3, False)],
    }
    assert single["b"] is tables["b"]
    assert several.select("witness", "cable", "n", "copy").rows() == [
        *(("a", 1, 2, 0), ("c", 1, 0, 0), ("a", 1, 0, 1), ("c", 1, 1, 1)),
        *(("c", 4, 3, 0), ("c", 4, 2, 1)),
    ]
    assert several["covered"].to_list() == [True, False, False, False, False, False]
    assert several.columns == ["n", "cable", "body_exact", "covered", "witness", "copy"]


def test_copies_that_are_alike_stand_in_their_order() -> None:
    single, several = one_each({"a": copies((1, "x", False), (1, "x", True), (1, "y", False))})
    assert single["a"].rows() == [(0, 1, "x", True)]
    assert several.select("n", "copy").rows() == [(0, 0), (1, 1), (2, 2)]


def test_where_nothing_stands_twice_all_stays_as_it_is() -> None:
    made = {"a": copies((1, "x", False)), "b": copies((1, "x", True))}
    single, several = one_each(made)
    assert single == made
    assert several.select("copy").schema == {"copy": pl.Int64} and not len(several)
    assert several.columns[-2:] == ["witness", "copy"]


def named(*rows: tuple[str, str | None, str | None]) -> pl.DataFrame:
    """Return a table whose cables are numbered by the letters of their keys."""
    return table(*rows).with_columns(cable=pl.Series([ord(key) for key, *_ in rows], dtype=_NUMBER))


RENAMED: dict[str, tuple[Mapping[str, pl.DataFrame], list[str]]] = {
    "one text": ({"a": named(("a", "h", "b")), "b": named(("b", "h", "b"))}, ["a", "a"]),
    "another header": ({"a": named(("a", "h", "b")), "b": named(("b", "g", "b"))}, ["a", "b"]),
    "another body": ({"a": named(("a", "h", "b")), "b": named(("b", "h", "c"))}, ["a", "b"]),
    "no header": ({"a": named(("a", None, "b")), "b": named(("b", None, "b"))}, ["a", "a"]),
    "no body": ({"a": named(("a", "h", None)), "b": named(("b", "h", None))}, ["a", "b"]),
    "empty": ({"a": named(("a", "h", _EMPTY)), "b": named(("b", "h", _EMPTY))}, ["a", "b"]),
    "a third in one": (
        {"a": named(("a", "h", "b")), "b": named(("b", "h", "b"), ("c", "h", "b"))},
        ["a", "bc"],
    ),
    "a third in the other": (
        {"a": named(("a", "h", "b"), ("c", "h", "b")), "b": named(("b", "h", "b"))},
        ["ac", "b"],
    ),
    "both in one": (
        {"a": named(("a", "h", "b")), "b": named(("a", "h", "b"), ("b", "h", "b"))},
        ["a", "ab"],
    ),
    "swapped": (
        {
            "a": named(("a", "1", "1"), ("b", "2", "2")),
            "b": named(("d", "2", "2"), ("c", "1", "1")),
        },
        ["ab", "ba"],
    ),
    "three": (
        {
            "a": named(("a", "1", "1")),
            "b": named(("b", "2", "2")),
            "c": named(("c", "1", "1"), ("d", "2", "2"), ("e", "3", "3")),
            "d": named(("f", "3", "3"), ("b", "2", "2")),
        },
        ["a", "b", "abe", "eb"],
    ),
}


@pytest.mark.parametrize("what", RENAMED)
def test_a_cable_is_the_same_under_two_names_where_its_text_is_in_no_third(what: str) -> None:
    tables, keys = RENAMED[what]
    found = renamed(tables, [*tables])
    assert ["".join(found[name]["key"]) for name in tables] == keys
    assert ["".join(map(chr, found[name]["cable"])) for name in tables] == keys


def slots(*rows: tuple[str | None, str | None, bool]) -> pl.DataFrame:
    """Return signed slots: key, digest, and whether they are sound."""
    made = pl.DataFrame(
        [(n * 10, n * 10 + 5, *row, f"r{n}") for n, row in enumerate(rows)],
        schema=["start", "end", "key", "digest", "sound", "release"],
        orient="row",
    )
    return made.cast({"key": pl.String, "digest": pl.String})


def _told(of: Settled) -> list[dict[str, list[Any]]]:
    return [
        {name: t["start"].to_list() for name, t in each.items()} for each in (of.alike, of.left)
    ]


def test_what_is_alike_is_parted_from_what_must_be_read() -> None:
    both = [("a", "1", True), ("b", "2", True), ("c", "3", True), ("d", "4", True)]
    first = slots(*both, ("e", "5", False), (None, "6", True), ("f", "7", True), ("f", "7", True))
    other = [("d", "4", True), ("b", "x", True), ("a", "1", True), ("c", "3", False)]
    second = slots(*other, ("f", "7", True), (None, "6", True))
    found = settled({"one": first, "two": second})
    assert _told(found) == [
        {"one": [0, 30], "two": [0, 20]},
        {"one": [10, 20, 40, 50, 60, 70], "two": [10, 30, 40, 50]},
    ]
    assert (found.number, found.named.rows()) == (2, [("r0",), ("r3",)])
    assert found.kept(pl.Series(["d", "x"])).to_list() == ["a"]
    assert found.kept(pl.Series([], dtype=pl.String)).to_list() == ["a", "d"]
    assert _told(found.only(pl.Series(["d", "b"]))) == [
        {"one": [10, 30], "two": [0, 10]},
        {"one": [0, 20, 40, 50, 60, 70], "two": [20, 30, 40, 50]},
    ]
