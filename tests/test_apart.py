"""Texts of small tables beside each other: which readings differ, and what must be read."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from cableproof.validators.collation.apart import (
    Apart,
    Doubt,
    apart,
    doubts,
    otherwise,
    places,
    readings,
    withheld,
)
from cableproof.validators.collation.claiming import WITHHELD
from cableproof.validators.collation.fields import FIELDS
from cableproof.validators.collation.parallel import Parallel
from cableproof.validators.collation.undecided import DIGESTS, EXACT

Row = dict[str, Any]

_TEXTS = ("header_exact", "header_spaced", "body_exact", "body_spaced", "subject_key")
_KINDS: dict[str, Any] = {
    **dict.fromkeys(("file", "path", "kind", "identifier"), pl.String()),
    **dict.fromkeys(("start", "end", "row"), pl.Int64()),
    **{name: pl.String() for each in FIELDS for name in (each.field, each.key)},
    **dict.fromkeys(("tags", "references"), pl.List(pl.String())),
    **dict.fromkeys(("redacted", "partial_extract", "covered"), pl.Boolean()),
    **dict.fromkeys(("created_precision", "released_precision"), pl.Int8()),
    **dict.fromkeys((*_TEXTS, *DIGESTS), pl.String()),
}
Said = Mapping[int, Row | None]  # what a witness says otherwise than others of a cable, by number


def beside(cables: int, **witnesses: Said) -> Parallel:
    """Return witnesses that say the same of so many cables but for what is given."""

    def row(name: str, cable: int, changes: Row) -> Row:
        usual = dict.fromkeys(_TEXTS, "same") | {"covered": False, "file": name}
        return usual | {"identifier": f"07BERN{cable}", "start": cable, "path": name} | changes

    tables, rows = {}, {}
    for name, said in witnesses.items():
        there = [n for n in range(cables) if said.get(n, {}) is not None]
        own = [row(name, n, said.get(n) or {}) for n in there]
        more = {"guarded": pl.Boolean()} if any("guarded" in each for each in own) else {}
        tables[name] = pl.DataFrame(own, schema=_KINDS | more)
        at = {cable: number for number, cable in enumerate(there)}
        rows[name] = pl.Series([at.get(n) for n in range(cables)], dtype=pl.UInt32)
    keys = pl.Series([f"07BERN{n}" for n in range(cables)], dtype=pl.String)
    return Parallel(tuple(witnesses), tables, keys, rows)


def text(part: str, exact: str | None, folded: str | None = "same") -> Row:
    return {f"{part}_exact": exact, f"{part}_spaced": folded}


TABLE = beside(
    5,
    a={0: text("body", None, None), 3: None, 4: text("header", None, None)},
    b={0: text("body", "1"), 1: text("body", "1"), 2: text("body", "1", "1"), 3: None},
    c={0: text("body", "2"), 1: text("body", "2", "2"), 2: {"subject_key": "other"}},
    d={0: text("body", "3", "3"), 1: text("body", "2", "2"), 2: text("body", "2", "2"), 4: None},
    e={2: text("body", "1", "1") | text("header", "1", "1"), 1: None},
)
READINGS = {
    (2, "header", "1"): [("a", "e")],
    (0, "body", ""): [("b", "c"), ("b", "e")],
    (1, "body", ""): [("a", "b")],
    (1, "body", "2"): [("a", "c"), ("a", "d")],
    (2, "body", "1"): [("a", "b"), ("a", "e")],
    (2, "body", "2"): [("a", "d")],
    (0, "body", "3"): [("b", "d")],
    (2, "subject", "other"): [("a", "c")],
}


def _told(each: Apart) -> tuple[str, str, list[int], list[int], list[str]]:
    bases = [TABLE.names[at] for at in each.base.to_list()]
    return each.part, each.witness, each.spaced.to_list(), each.deeper.to_list(), bases


def test_witnesses_that_differ_from_the_base_are_told_part_by_part() -> None:
    first, later = ["a", "a", "a", "c", "b"], ["b", "a", "a", "c", "a"]
    assert [_told(each) for each in apart(TABLE)] == [
        ("header", "e", [], [2], first),
        ("body", "b", [1], [2], later),
        ("body", "c", [0], [1], later),
        ("body", "d", [], [0, 1, 2], later),
        ("body", "e", [0], [2], later),
        ("subject", "c", [], [2], ["a", "a", "a", "c", "a"]),
    ]


def test_readings_of_one_text_stand_together() -> None:
    found = readings(TABLE, apart(TABLE))
    assert found == READINGS
    assert otherwise(found) == {
        (2, "header"): {"e"},
        (0, "body"): {"c", "d", "e"},
        (1, "body"): {"b", "c", "d"},
        (2, "body"): {"b", "d", "e"},
        (2, "subject"): {"c"},
    }


def test_a_reading_is_read_in_a_witness_that_has_the_text() -> None:
    asked = doubts(TABLE, READINGS)
    assert asked.rows == [
        Doubt(0, "b", "d", {"body": ["d"]}),
        Doubt(1, "a", "c", {"body": ["c", "d"]}),
        Doubt(2, "a", "b", {"body": ["b", "e"]}),
        Doubt(2, "a", "c", {"subject": ["c"]}),
        Doubt(2, "a", "d", {"body": ["d"]}),
        Doubt(2, "a", "e", {"header": ["e"]}),
    ]
    assert asked.places["parts"].to_list() == [
        *(["body"], ["body"], ["body"], ["subject"], ["body"], ["header"])
    ]
    lost = TABLE.tables["b"].with_columns(file=pl.lit(None, pl.String))
    manifest = Parallel(TABLE.names, {**TABLE.tables, "b": lost}, TABLE.keys, TABLE.rows)
    assert [(each.other, each.others) for each in doubts(manifest, READINGS).rows[2:]] == [
        ("c", {"subject": ["c"]}),
        ("d", {"body": ["d"]}),
        ("e", {"header": ["e"], "body": ["b", "e"]}),
    ]
    nothing = pl.lit(None, pl.String)
    none = {name: each.with_columns(file=nothing) for name, each in TABLE.tables.items()}
    manifests = Parallel(TABLE.names, none, TABLE.keys, TABLE.rows)
    assert doubts(manifests, READINGS).rows == asked.rows


def test_the_places_of_both_records_are_told() -> None:
    table = beside(
        3,
        a={1: {"identifier": f"{WITHHELD}0", "row": 7, "covered": True}},
        b={0: None, 2: {"header_encoded": "deep", "kind": "k"}},
    )
    short = {name: each.drop("body_encoded") for name, each in table.tables.items()}
    table = Parallel(table.names, short, table.keys, table.rows)
    asked = [
        Doubt(2, "a", "b", {"header": ["b"], "body": ["b"]}),
        Doubt(1, "b", "a"),
        Doubt(1, "a", "b", {"body": ["b"]}),
    ]
    found = places(table, asked)
    names = ("file", "start", "identifier", "row", "kind", "covered", "header_encoded")
    assert found.select(f"base_{name}" for name in names).rows() == [
        ("a", 2, "07BERN2", None, None, False, None),
        ("b", 1, "07BERN1", None, None, False, None),
        ("a", 1, None, 7, None, True, None),
    ]
    assert found.select(f"other_{name}" for name in names).rows() == [
        ("b", 2, "07BERN2", None, "k", False, "deep"),
        ("a", 1, None, 7, None, True, None),
        ("b", 1, "07BERN1", None, None, False, None),
    ]
    own = ("file", "path", "kind", "start", "end", "row", "identifier", "covered", *EXACT, *DIGESTS)
    both = [f"{side}_{name}" for side in ("base", "other") for name in own]
    assert found.columns == places(table, []).columns == [*both, "parts", "withheld"]
    assert found["other_body_encoded"].to_list() == [None] * 3
    assert found["parts"].to_list() == [["body", "header"], [], ["body"]]
    assert found["withheld"].to_list() == [False, True, True]


def test_a_subject_is_withheld_where_any_witness_covers_anything() -> None:
    table = beside(
        6,
        a={0: {"covered": True}, 1: {"covered": None}, 3: None},
        b={2: {"guarded": True}, 0: {"guarded": False}, 3: None, 5: {"covered": True}},
    )
    asked = pl.Series([5, 4, 3, 2, 1, 0, 0], dtype=pl.UInt32)
    assert withheld(table, asked).to_list() == [True, False, False, True, False, True, True]
