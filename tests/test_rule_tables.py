"""The tables that rules look at: their columns, and what is carried, placed and kept in each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import polars as pl
import pytest

from cableproof.validators import tables as made
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.evidence import measured
from cableproof.validators.examples import numbered
from cableproof.validators.tables import IDENTITY, TROUBLES, of_releases, of_troubles, tables
from tests.conftest import laid

Row = dict[str, Any]
NONE = pl.DataFrame(schema=TROUBLES)
#: Texts of which nearly each record has one of its own; all others are kept once for many.
OWN = {
    *("identifier", "canonical", "link_identifier", "created", "released"),
    *("field_lines", "missing_paragraphs", "unmarked_sections"),
}
SHARED = {
    *("source", "path", "origin", "station", "classification", "source_release"),
    *("opening", "ending", "created_step", "page_names", "page_months", "text_of"),
    *("numbers_apart", "stations_apart", "ranks_apart", "mojibake", "replaced", "controls"),
    *("source_released", "hidden", "residue", "foreign"),
}


def evidence(*records: Row) -> pl.DataFrame:
    return measured(laid(records)).with_columns(group=pl.lit(0))


def test_the_records_have_the_columns_that_rules_look_at_and_those_of_their_places() -> None:
    rule = CATALOGUE["EXT005"]
    asked = tables(evidence({}), NONE, [rule]).by_name["records"].columns
    named = {*rule.reads.split(), *rule.uses.split()}
    assert {*asked} == {"record", "field_lines", "subject_tags", *IDENTITY, *named}
    every = tables(evidence({}), NONE, CATALOGUE.values()).by_name["records"].columns
    assert [name for name in every if name in asked] == [*asked]


def test_texts_that_many_records_share_are_kept_once() -> None:
    table = tables(evidence({}), NONE, CATALOGUE.values()).by_name["records"]
    texts = {n for n in table.columns if isinstance(table[n].dtype, pd.StringDtype)}
    shared = {n for n in table.columns if isinstance(table[n].dtype, pd.CategoricalDtype)}
    assert (texts, shared) == (OWN, SHARED)


def test_a_table_keeps_whole_numbers_and_flags_as_such_where_some_are_not_known() -> None:
    frame = pl.DataFrame(
        {
            "number": [1, 2],
            "some": [1, None],
            "flag": [True, False],
            "seldom": [None, True],
            "share": [0.5, None],
            "text": ["a", None],
        }
    )
    table = made._pandas(frame)
    assert {name: str(kind) for name, kind in table.dtypes.items()} == {
        "number": "int64",
        "some": "Int64",
        "flag": "bool",
        "seldom": "boolean",
        "share": "float64",
        "text": "str",
    }
    assert table["text"].isna().tolist() == [False, True]


def test_each_table_says_of_how_many_records_it_speaks() -> None:
    some: list[Row] = [{}, {"tags": None}, {"references": None}, {"body": None, "header": None}]
    records = [numbered(n, **each, partial_extract=None) for n, each in enumerate(some, start=1)]
    found = tables(evidence(*records), NONE, [])
    assert found.records == 4
    assert found.spoken == {
        **dict.fromkeys(("tags", "dated", "entries", "impossible", "alike"), 3),
        **dict.fromkeys(("contrasts", "sequence"), 2),
        **dict.fromkeys(("citations", "coverings", "styles", "trees", "indexes"), 0),
    }


def test_only_neighbours_out_of_order_have_a_row() -> None:
    days = ("2006-01-05", "2006-08-05", "2006-01-09", "2006-01-10")
    some = [numbered(n + 1, created=f"{day} 10:00:00") for n, day in enumerate(days)]
    found = tables(evidence(*some), NONE, [CATALOGUE["DAT007"]])
    rows = found.by_name["sequence"][["record", "before", "after"]]
    assert rows.to_numpy().tolist() == [[1, "2006-01-05", "2006-01-09"]]
    assert found.spoken["sequence"] == 2


# --- what a file or a collection carries ------------------------------------------------------

CARRIED: dict[str, Any] = {
    "source": pl.String,
    "path": pl.String,
    "group": pl.String,
    "text_length": pl.Int64,
    "wrong": pl.List(pl.String),
    "from_line": pl.Boolean,
    "created_time": pl.Datetime,
    "created_precision": pl.String,
}


def carried(column: str, *rows: Row) -> list[Any]:
    plain = {"source": "data", "path": "a", "group": "a", "created_precision": "minute"}
    whole = pl.DataFrame([plain | row for row in rows], schema=CARRIED, orient="row")
    return made._carried(whole)[column].to_list()


def test_a_text_lacks_in_a_file_in_which_another_record_has_one() -> None:
    assert carried(
        "text_length",
        {"text_length": 7},
        {"text_length": None},
        {"text_length": None, "wrong": ["body"]},
        {"text_length": None, "wrong": ["tags"]},
        {"text_length": 0},
        {"text_length": None, "path": "b"},
        {"text_length": None, "source": "other"},
    ) == [7, 0, None, 0, 0, None, None]


def test_a_header_lacks_in_a_collection_in_which_another_record_has_one() -> None:
    assert carried(
        "from_line",
        {"from_line": True},
        {"from_line": False},
        {"from_line": None},
        {"from_line": False, "group": "b"},
        {"from_line": None, "group": "b"},
    ) == [True, False, None, None, None]


def at(group: str, hour: int, minute: int, precision: str = "minute") -> Row:
    time = datetime(2006, 9, 12, hour, minute)
    return {"group": group, "created_time": time, "created_precision": precision}


def test_a_date_is_as_precise_as_it_is_written_and_its_collection_is() -> None:
    assert carried(
        "created_step",
        at("a", 9, 9),
        at("a", 0, 12, "second"),
        at("a", 0, 0, "day"),
        {"group": "a", "created_time": None},
        {"group": "a", "created_time": None, "created_precision": "day"},
        at("b", 9, 9),
        at("b", 9, 10, "second"),
        at("c", 0, 0, "day"),
    ) == ["hour", "hour", "day", "minute", "day", "minute", "minute", "day"]


# --- troubles, and the records in which they stand --------------------------------------------


def records() -> pl.DataFrame:
    """Return the places of records in two files, in no order, and of one without a place."""
    places = [("b", 0, 10), ("a", 50, 60), ("a", 10, 30), ("a", None, None), ("a", 30, 40)]
    return pl.DataFrame(
        {
            "source": "data",
            "path": [path for path, _, _ in places],
            "start": [start for _, start, _ in places],
            "end": [end for _, _, end in places],
            "identifier": [f"06BERN{n}" for n in range(len(places))],
        }
    )


#: Places of troubles, and the numbers of the records in which they stand.
STANDS = [
    ("a", 55, 1),
    ("a", 9, None),
    ("a", 10, 2),
    ("a", None, None),
    ("a", 29, 2),
    ("a", 30, 4),
    ("b", 9, 0),
    ("b", 10, None),
    ("a", 39, 4),
    ("a", 40, None),
    ("a", 49, None),
    ("a", 50, 1),
    ("b", None, None),
    ("a", 60, None),
    ("c", 5, None),
    ("a", 11, 2),
]


def troubles() -> pl.DataFrame:
    rows = [
        ("data", path, start, n, "SRC003", {"reason": f"no {n}", "odd": [n]})
        for n, (path, start, _) in enumerate(STANDS)
    ]
    return pl.DataFrame(rows, schema=TROUBLES, orient="row")


def test_a_trouble_is_of_the_record_in_whose_bytes_it_stands(
    capfd: pytest.CaptureFixture[str],
) -> None:
    found = of_troubles(records(), troubles())
    assert (found.records, found.spoken, [*found.by_name]) == (5, {}, ["troubles"])
    table = found.by_name["troubles"]
    own = [(None, None) if n is None else (n, f"06BERN{n}") for _, _, n in STANDS]
    assert {str(table[name].dtype) for name in ("record", "start", "row")} == {"Int64"}
    rows = table[["record", "identifier"]].astype(object)
    assert [*rows.where(rows.notna(), None).itertuples(index=False, name=None)] == own
    assert table["line"].tolist() == [*range(len(STANDS))]
    assert table["row"].isna().all()
    assert table["facts"].tolist() == troubles()["facts"].to_list()
    assert {*table.columns} == {*IDENTITY, "code", "record", "facts"}
    assert capfd.readouterr().err == ""  # where warnings of compiled parts come out


def test_troubles_have_a_place_a_code_and_facts() -> None:
    assert {
        **dict.fromkeys(("source", "path", "code"), pl.String),
        **dict.fromkeys(("start", "line"), pl.Int64),
        "facts": pl.Object,
    } == TROUBLES
    row = ("data", "a", 5, 7, "SRC003", {"reason": "why"})
    assert pl.DataFrame([row], schema=TROUBLES, orient="row").rows() == [row]


# --- what an audit asks of releases -----------------------------------------------------------


@pytest.mark.parametrize("name", ["trees", "indexes"])
def test_an_audit_asks_of_claims_troubles_trees_and_index_pages(name: str) -> None:
    pages = pl.DataFrame({"source": "data", "tree": ["x/", "x/", "y/"], "read": [True, None, True]})
    files = pl.DataFrame({"source": ["data"], "path": ["x/date"], "tree": ["x/"], "records": [3]})
    own = pl.DataFrame(
        {
            "line": [1] * 5,
            "row": None,
            "field_lines": "created=3",
            "source_release": "cablebrowser-2",
            "source_released": "2011-10-04",
            "link_identifier": "06BERN1",
            "rank": 1,
        }
    )
    whole = pl.concat([records(), own], how="horizontal")
    found = of_releases(whole, troubles(), pages, files, files)
    assert (found.records, found.spoken) == (5, {"trees": 3, "indexes": 1})
    assert [*found.by_name] == ["records", "troubles", "trees", "indexes"]
    assert [*found.by_name["records"].columns] == [
        *("record", "field_lines", "source", "path", "start", "line", "row", "identifier"),
        *("source_release", "source_released", "link_identifier"),
    ]
    assert found.by_name["records"]["record"].tolist() == [*range(5)]
    assert len(found.by_name["troubles"]) == len(STANDS)
    table = found.by_name[name]
    assert table[["source", "path", "tree", "records"]].to_numpy().tolist() == [
        ["data", "x/date", "x/", 3]
    ]
    assert table[["record", "start", "line", "row", "identifier"]].isna().all(axis=None)
