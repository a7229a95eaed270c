"""JSON objects as columns: held against the same said value by value."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import polars as pl
import pytest

from cableproof.sources.batches import (
    COLUMNS,
    FIELDS,
    NOTICED,
    PAGE,
    Reading,
    batch,
    completed,
    empty,
    marked,
)
from cableproof.sources.objects import batch_of
from cableproof.sources.places import At, Gap, Trouble

Object = dict[str, Any]
TEXT, LIST, FLAG = ("subject", "tags", "redacted")
VALUES: list[Any] = [
    None,
    "a",
    "",
    True,
    False,
    1,
    1.5,
    [],
    ["a"],
    ["a", "b"],
    [None],
    ["a", 1],
    "ab",
    {"a": 1},
]
RIGHT = {
    TEXT: lambda value: isinstance(value, str),
    FLAG: lambda value: isinstance(value, bool),
    LIST: lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
}


def slowly(objects: list[Object]) -> list[Object]:
    """Return what each object says of the fields above, and what is wrong and unknown in it."""
    said = []
    for each in objects:
        wrong = [
            name for name in FIELDS if each.get(name) is not None and not RIGHT[name](each[name])
        ]
        unknown = {key: value for key, value in each.items() if key not in FIELDS}
        kept = {name: None if name in wrong else each.get(name) for name in RIGHT}
        other = json.dumps(unknown, ensure_ascii=False, separators=(",", ":")) if unknown else None
        said.append(kept | {"wrong": wrong or None, "other": other, "unknown": [*unknown] or None})
    return said


def check(objects: list[Object]) -> None:
    starts = pl.Series(range(len(objects)), dtype=pl.Int64)
    found = batch_of(objects, {"start": starts})
    assert found.schema == pl.Schema(COLUMNS)
    assert found["start"].equals(starts)
    assert found.select(*RIGHT, "wrong", "other", "unknown").to_dicts() == slowly(objects), objects
    rest = [name for name in COLUMNS if name not in (*RIGHT, "wrong", "other", "unknown", "start")]
    assert all(found[name].null_count() == len(objects) for name in rest)


@pytest.mark.parametrize("name", RIGHT)
def test_a_value_of_another_type_is_left_out_and_named(name: str) -> None:
    for first, second in product(VALUES, VALUES):
        check([{name: first}, {name: second}])
    check([{name: value, "x": value} for value in VALUES])
    check([{name: value} for value in VALUES if RIGHT[name](value) or value is None])


@pytest.mark.parametrize(
    "objects",
    [
        [],
        [{}],
        [{}, {TEXT: "a"}],
        [{TEXT: "a"}, {}],
        [{TEXT: "a"}, {FLAG: True}],
        [{TEXT: "a", FLAG: True}, {FLAG: False, TEXT: "b"}],
        [{TEXT: "a", FLAG: True}, {TEXT: "b", LIST: ["a"]}],
        [{TEXT: "a", FLAG: True}, {TEXT: "b"}],
        [{TEXT: "a"}, {TEXT: "b", FLAG: True, LIST: ["a"]}],
        [{TEXT: 1, FLAG: 1, LIST: 1}, {TEXT: "b", FLAG: True, LIST: []}],
        [{"x": None, "\xe9": "\u4e2d", TEXT: "a"}, {TEXT: "b"}, {"x": 1 << 70, "\xe9": "\u4e2d"}],
        [{"x": 1}],
    ],
)
def test_objects_may_have_any_keys(objects: list[Object]) -> None:
    check(objects)


def test_what_is_nested_too_deep_is_said_to_be() -> None:
    deep: Any = "a"
    for _ in range(100_000):
        deep = [deep]
    found = batch_of([{"x": deep}], {})
    assert found["other"].to_list() == ['"nested deeper than can be kept"']
    assert found["unknown"].to_list() == [["x"]]
    while isinstance(deep, list):  # what lets go of it is a function, too
        deep = deep.pop()


def test_a_batch_has_the_columns_of_the_contract_and_of_places() -> None:
    lists = ["tags", "references", "own_links", "unknown", "wrong"]
    numbers = ["release_counter", "start", "end", "line", "row"]
    assert " ".join(FIELDS) == (
        "identifier origin created released classification tags subject references redacted "
        "redaction_statement partial_extract source_release source_released link header body"
    )
    assert " ".join(PAGE) == (
        "heading_identifier file_identifier address_identifier path_month address_month "
        "date_month release_counter page_digest furniture listed_days listed_months "
        "listed_origins listed_tags own_links"
    )
    assert " ".join(NOTICED) == "other unknown wrong start end line row field_lines"
    assert [*COLUMNS] == [*FIELDS, *PAGE, *NOTICED]
    assert {name for name, kind in COLUMNS.items() if kind == pl.List(pl.String)} == {*lists}
    assert {name for name, kind in COLUMNS.items() if kind == pl.Int64} == {*numbers}
    flags = {name for name, kind in COLUMNS.items() if kind == pl.Boolean}
    assert flags == {"redacted", "partial_extract"}
    assert empty().schema == pl.Schema(COLUMNS)
    assert len(empty()) == 0


def test_rows_make_a_batch_and_what_lacks_is_null() -> None:
    made = batch([{"body": "a", "x": 1}, {"tags": ["b"]}], {"x": pl.Int64()})
    assert made.columns == [*COLUMNS, "x"]
    assert made.select("body", "tags", "x").rows() == [("a", None, 1), (None, ["b"], None)]
    whole = completed(pl.DataFrame({"start": [1], "x": [2], "body": ["a"]}))
    assert whole.equals(batch([{"body": "a", "start": 1}]))


def test_a_reading_of_which_nothing_is_said_holds_nothing() -> None:
    plain = Reading(empty())
    assert (plain.lines, plain.lost, plain.index, dict(plain.extents)) == (0, 0, None, {})
    assert (plain.rows, plain.troubles, plain.gaps, plain.slots, plain.links) == ((),) * 5
    assert plain.frame() is plain.records
    lost = tuple(Trouble("SRC003", "x", lost=lost) for lost in (True, False, True))
    both = Reading(batch([{"body": "a"}]), ({"body": "b"},), lost)
    assert (both.frame()["body"].to_list(), both.lost) == (["a", "b"], 2)


def test_a_mark_is_told_where_it_stands() -> None:
    found = marked(At("x", 7, 3), 3)
    assert (found.troubles, found.gaps) == (
        (Trouble("SRC009", "x", 3, 7),),
        (Gap(7, 10, "byte order mark"),),
    )
    assert (dict(found.extents), len(found.frame())) == ({"byte order mark": 3}, 0)
