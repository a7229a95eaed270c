"""How a rule is asked: what it may judge, what else lacks, and how what it finds is told."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from cableproof.finding import Severity, named, told_apart
from cableproof.validators.engine import SHEET, Checked, check
from cableproof.validators.rule import OF_FILES, Rule, columns, rows
from cableproof.validators.tables import Tables
from tests.asking import CARD, every, lines, on_records, table, told

# --- what a rule is ---------------------------------------------------------------------------


def test_a_rule_is_named_as_its_function_and_says_its_first_paragraph() -> None:
    @columns(**{**CARD, "code": "TRM001"})
    def late_trams_(table: pd.DataFrame) -> pd.Series[bool]:
        """A tram
        was late.

        Nobody knows why.
        """
        return table["identifier"] == "06BERN2"

    assert (late_trams_.name, late_trams_.what) == ("late-trams", "A tram was late.")
    assert (late_trams_.on, late_trams_.uses, late_trams_.stands_for) == ("records", "", "")
    judged = table({}, {"identifier": "06BERN2"}, {})
    assert late_trams_.find(judged).index.tolist() == [1]


def test_a_rule_without_words_says_nothing() -> None:
    def silent(table: pd.DataFrame) -> pd.DataFrame:
        return table

    assert rows(**{**CARD, "code": "TRM001"})(silent).what == ""


# --- what it may judge ------------------------------------------------------------------------


def shown(rule: Rule, tables: Tables) -> tuple[list[str], list[int], Checked]:
    """Return the columns and the rows that a rule is shown, and what is told of it."""
    seen: list[pd.DataFrame] = []

    def watching(rows: pd.DataFrame) -> pd.DataFrame:
        seen.append(rows)
        return rows[:0]

    checked = check([Rule(**{**vars(rule), "find": watching})], tables)
    return [*seen[0].columns], seen[0].index.tolist(), checked


def test_a_rule_sees_only_what_it_reads_and_only_rows_that_have_it() -> None:
    tables = on_records(
        {"created": "then", "marks": 1.0, "hidden": ""},
        {"created": None, "marks": 1.0, "hidden": ""},
        {"created": None, "marks": None, "hidden": ""},
        {"created": "then", "marks": None, "hidden": None},
        {"created": "then", "marks": None, "hidden": None},
        {"created": "then", "marks": 2.0, "hidden": None},
        {"created": "then", "marks": 2.0, "hidden": "x", "origin": "Embassy Bern"},
    )
    names, at, checked = shown(
        every(reads="identifier created marks hidden", uses="origin created"), tables
    )
    assert names == ["identifier", "created", "marks", "hidden", "origin"]
    assert at == [0, 6]
    assert checked.lacking == {"TRM001": {"no date": 2, "no text": 3}}
    assert checked.ran == {"TRM001": 2}
    assert [*checked.sheet.columns] == [*SHEET]
    assert checked.sheet.empty


def test_reasons_that_are_the_same_are_added_up() -> None:
    tables = on_records({"marks": None, "hidden": "x"}, {"marks": 1.0, "hidden": None}, {})
    checked = shown(every(reads="marks hidden"), tables)[2]
    assert (checked.lacking, checked.ran) == ({"TRM001": {"no text": 3}}, {"TRM001": 0})


def test_where_all_is_known_nothing_lacks() -> None:
    _, at, checked = shown(every(), on_records({}, {}))
    assert (at, checked.lacking, checked.ran) == ([0, 1], {"TRM001": {}}, {"TRM001": 2})


@pytest.mark.parametrize(
    ("spoken", "lacking"), [({"tags": 3}, {}), ({"tags": 1}, {"no tags field": 2}), ({}, {})]
)
def test_of_another_table_only_what_it_is_silent_on_lacks(
    spoken: dict[str, int], lacking: dict[str, int]
) -> None:
    tags = pd.DataFrame({"other": 1, "record": [2, 0], "tag": "SZ", "year": [1, None]})
    tables = on_records({}, {}, {}, tags=tags)._replace(spoken=spoken)
    names, at, checked = shown(every(on="tags", reads="tag year"), tables)
    assert (names, at) == (["record", "tag", "year"], [0])
    assert checked.lacking == {"TRM001": lacking}
    assert checked.ran == {"TRM001": 3 - sum(lacking.values())}


# --- how what it finds is told ----------------------------------------------------------------


def test_a_finding_has_the_place_of_its_record_and_the_words_of_its_card() -> None:
    checked = check([every()], on_records({}, {"identifier": "two words", "line": None, "row": 7}))
    plain = ("TRM001", "all-of-them", "error")
    assert lines(checked, *SHEET[:-1]) == [
        (
            *plain,
            0,
            "data",
            "a.jsonl",
            0,
            1,
            None,
            "06BERN1",
            "created",
            "06BERN1 is odd",
            {"identifier": "06BERN1"},
        ),
        (*plain, 1, "data", "a.jsonl", 100, None, 7, None, "created", "[9 characters] is odd", {}),
    ]
    assert told(checked, "fingerprint") == [
        named("TRM001", "data", "06BERN1", "a.jsonl", "created", "identifier=06BERN1"),
        named("TRM001", "data", None, "a.jsonl", "created"),
    ]


def test_two_findings_that_say_the_same_have_names_of_their_own() -> None:
    checked = check([every()], on_records({}, {}))
    name = named("TRM001", "data", "06BERN1", "a.jsonl", "created", "identifier=06BERN1")
    assert told(checked, "fingerprint") == told_apart([name, name])


def test_a_finding_on_a_part_has_the_place_of_the_record_of_the_part() -> None:
    tags = pd.DataFrame({"record": [2, 0], "tag": ["SZ", "SW"]})
    tables = on_records({}, {}, {"identifier": "06BERN3", "path": "b.jsonl"}, tags=tags)
    checked = check([every(on="tags", reads="tag", says="{tag}")], tables)
    assert lines(checked, "record", "identifier", "path", "start", "message") == [
        (0, "06BERN1", "a.jsonl", 0, "SW"),
        (2, "06BERN3", "b.jsonl", 200, "SZ"),
    ]


def test_fields_and_severity_are_those_of_the_row_where_it_has_them() -> None:
    plain = pd.DataFrame({"record": [0, 1], "value": ["1", "2"]})
    own = plain.assign(field=["created", "released"])
    card: Any = {"on": "dates", "reads": "value", "uses": "field", "says": "x", "fields": ""}
    mild = Rule(
        **{**vars(every(**card)), "find": lambda rows: rows.assign(severity=["note", "error"])}
    )
    tables = on_records({}, {}, dates=own)
    assert lines(check([mild], tables), "fields", "severity") == [
        ("created", "note"),
        ("released", "error"),
    ]
    card |= {"uses": "", "severity": Severity.WARNING}
    tables = on_records({}, {}, dates=plain)
    assert lines(check([every(**card)], tables), "fields", "severity") == [("", "warning")] * 2


@pytest.mark.parametrize(
    ("fields", "spelt", "line"),
    [
        ("created", "created=10 tags=13", 10),
        ("tags", "created=10 tags=13", 13),
        ("created identifier", "identifier=9 created=10", 10),
        ("body", "created=10 tags=13", 1),
        ("released", "source_released=12", 1),
        ("created", None, 1),
        ("", "created=10", 1),
    ],
)
def test_a_finding_has_the_line_of_its_first_field_where_the_page_has_one(
    fields: str, spelt: str | None, line: int
) -> None:
    tables = on_records({}, {"field_lines": spelt, "identifier": "06BERN2"})
    found = check([every(fields=fields)], tables)
    assert lines(found, "identifier", "line") == [("06BERN1", 1), ("06BERN2", line)]


@pytest.mark.parametrize("on", ["troubles", "trees", "indexes"])
def test_a_finding_on_a_file_has_a_place_of_its_own(on: str) -> None:
    assert OF_FILES == ("troubles", "trees", "indexes")
    files = pd.DataFrame(
        {
            **dict.fromkeys(("start", "line", "row"), pd.array([None, 4], dtype="Int64")),
            "record": pd.array([None, 0], dtype="Int64"),
            "source": ["data", "data"],
            "path": ["x.html", "y.html"],
            "identifier": [None, "06BERN1"],
            "counter": [5, 6],
            "facts": [{"counter": 5, "key": "k"}, {"counter": 6}],
        }
    )
    tables = on_records({"field_lines": "created=10"}, **{on: files})
    checked = check([every(on=on, reads="counter", says="{counter} cables")], tables)
    assert lines(checked, "record", "path", "line", "identifier", "message", "facts") == [
        (None, "x.html", None, None, "5 cables", {"counter": 5}),
        (0, "y.html", 4, "06BERN1", "6 cables", {"counter": 6}),
    ]


def test_facts_that_say_nothing_are_no_facts() -> None:
    tables = on_records({"hint": "", "marks": 0, "origin": "a:b"})
    (facts,) = told(
        check([every(reads="hint marks origin", says="{hint}{marks}{origin}")], tables), "facts"
    )
    assert facts == {"marks": 0}


def test_a_message_without_facts_is_told_of_each_row() -> None:
    assert told(check([every(says="odd")], on_records({}, {})), "message") == ["odd", "odd"]


def test_findings_stand_in_the_order_of_their_places() -> None:
    tables = on_records(
        {"path": "b.jsonl"},
        {"start": None, "row": 2},
        {"start": None, "row": 1, "identifier": "06BERN3"},
        {"source": "a", "path": "z.jsonl"},
        {"start": 50},
    )
    checked = check([every("TRM002"), every("TRM001")], tables)
    assert lines(checked, "record", "rule") == [
        (record, rule) for record in (3, 2, 1, 4, 0) for rule in ("TRM001", "TRM002")
    ]
    assert checked.sheet.index.tolist() == [*range(10)]
