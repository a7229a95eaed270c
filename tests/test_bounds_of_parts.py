"""Rules on tags, on what is whole and on counts: what each says of rows that differ in one thing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from cableproof.validators.catalogue import CATALOGUE
from tests.asking import Row, found, spread

# --- tags -------------------------------------------------------------------------------------


def test_a_code_may_be_used_a_year_before_and_after_its_time() -> None:
    row = {"tag": "RH", "first_year": 1973, "final_year": 1980}
    years = spread(row, "used_in", 1971, 1972, 1981, 1982)
    assert found("TAG006", *years) == [(0, " to 1980"), (3, " to 1980")]
    row = {"tag": "KZ", "first_year": 1991, "final_year": 9999}
    assert found("TAG006", *spread(row, "used_in", 1989, 1990, 2010)) == [(0, "")]


def test_each_record_has_a_subject_code_and_a_geographic_one() -> None:
    some = [(a, b) for a in (0, 1, 2) for b in (0, 1, 2)]
    rows = [{"subject_tags": a, "geographic_tags": b} for a, b in some]
    assert [at for (at,) in found("TAG007", *rows)] == [0, 1, 2, 3, 6]


def test_a_tag_is_told_by_what_it_is() -> None:
    kinds = ["known", "unknown", "misspelt", "malformed", "name"]
    rows = spread({"tag": "PGVO", "times": 1}, "verdict", *kinds)
    assert found("TAG001", *rows) == [(1,)]
    assert found("TAG003", *rows) == [(2, "PGOV")]
    assert found("TAG002", *rows) == [
        (3, "", "warning"),
        (4, "; perhaps the name of a person", "note"),
    ]
    assert found("TAG004", *spread({"tag": "SZ"}, "times", 1, 2, 3)) == [(1,), (2,)]


@pytest.mark.parametrize(
    ("code", "extra", "field", "line"),
    [
        ("TAG005", True, "is not in the TAGS line", "is in the TAGS line and not in the field"),
        ("REF002", False, "is not in the REF block", "is in the REF block and not in the field"),
    ],
)
def test_what_only_the_field_has_is_told_from_what_only_the_text_has(
    code: str, extra: bool, field: str, line: str
) -> None:
    rows = spread({"tag": "SZ", "reference": "06BERN1"}, "where", "field", "line")
    severities = [("warning",), ("note",)] if extra else [(), ()]
    assert found(code, *rows) == [(0, field, *severities[0]), (1, line, *severities[1])]


# --- what is whole ----------------------------------------------------------------------------

STUB = "is a stub without a paragraph or a signature"


@pytest.mark.parametrize(
    ("paragraphs", "signed", "short", "stub"),
    [
        (0, False, True, True),
        (0, True, True, False),
        (1, False, True, False),
        (0, False, False, False),
        (1, True, False, False),
    ],
)
def test_a_short_text_without_paragraph_and_signature_is_a_stub(
    paragraphs: int, signed: bool, short: bool, stub: bool
) -> None:
    row = {"paragraphs": paragraphs, "signed": signed, "short": short, "text_rank": 0}
    assert found("EXT003", row | {"ending": ""}) == [(0, STUB)] * stub
    cut = found("EXT003", row | {"ending": "ends in dots"}, ending="category")
    assert cut == [(0, "ends in dots")]


def test_a_gap_is_a_note_near_a_mark_or_where_the_first_number_lacks() -> None:
    some = [(gap, near) for gap in ("", "1", "2", "1, 2") for near in (True, False)]
    rows = [{"missing_paragraphs": gap, "near_a_mark": near} for gap, near in some]
    marks = ", where redaction marks stand"
    assert found("EXT004", *rows) == [
        (2, marks, "note"),
        (3, "", "note"),
        (4, marks, "note"),
        (5, "", "warning"),
        (6, marks, "note"),
        (7, "", "warning"),
    ]


CHANGES, OTHER = "their total changes from mark to mark", "the total is not that of the class line"
LACKS = "no page is of section 2"
MARKED: Row = {
    "mark_total": 3,
    "mark_totals": 1,
    "unmarked_sections": "",
    "sections": 3,
    "section": 1,
    "missing_paragraphs": "",
    "near_a_mark": False,
    "signed": True,
    "marks": 0,
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, None),
        ({"mark_totals": 2}, (CHANGES, "warning")),
        ({"mark_totals": 2, "sections": 2}, (CHANGES, "warning")),
        ({"mark_totals": 2, "unmarked_sections": "2"}, (CHANGES, "warning")),
        ({"sections": 2}, (OTHER, "warning")),
        ({"sections": 2, "unmarked_sections": "2"}, (OTHER, "warning")),
        ({"sections": None}, None),
        ({"unmarked_sections": "2"}, (LACKS, "note")),
        ({"unmarked_sections": "2", "sections": None}, (LACKS, "note")),
        ({"unmarked_sections": "2", "signed": False}, (LACKS, "warning")),
        ({"unmarked_sections": "2", "signed": False, "marks": 1}, (LACKS, "note")),
        ({"unmarked_sections": "2", "missing_paragraphs": "3"}, (LACKS, "warning")),
        ({"unmarked_sections": "2", "missing_paragraphs": "3", "marks": 1}, (LACKS, "note")),
        (
            {"unmarked_sections": "2", "missing_paragraphs": "3", "near_a_mark": True},
            (LACKS, "note"),
        ),
        (
            {"unmarked_sections": "2", "missing_paragraphs": "3", "near_a_mark": None},
            (LACKS, "warning"),
        ),
        ({"unmarked_sections": "2", "missing_paragraphs": None}, (LACKS, "note")),
    ],
)
def test_sections_lack_where_totals_disagree_or_no_page_is_of_one(
    changes: Row, said: tuple[str, str] | None
) -> None:
    types = {"near_a_mark": "boolean", "sections": "Int64", "mark_total": "Int64"}
    sound = {**MARKED, "mark_totals": 1}
    told = CATALOGUE["EXT005"].find(pd.DataFrame([sound, MARKED | changes]).astype(types))
    assert [*zip(told.index, told["how"], told["severity"], strict=True)] == (
        [(1, *said)] if said else []
    )


# --- counts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "column", "values", "odd"),
    [
        ("EXT006", "first_section", [0, 1, 2, 3], [2, 3]),
        ("TXT008", "damaged_quotes", [0, 1, 2], [1, 2]),
        ("REC003", "records", [0, 1, 2], [1, 2]),
        ("REC004", "text_length", [0, 1, 2], [0]),
    ],
)
def test_a_count_is_odd_from_a_number_on(
    code: str, column: str, values: list[int], odd: list[int]
) -> None:
    assert [at for (at,) in found(code, *spread({}, column, *values))] == odd


#: By rule what it reads, and with which values it finds something and with which nothing.
PLAIN: dict[str, tuple[str, list[Any], list[Any]]] = {
    **{
        code: (column, ["x"], [""])
        for code, column in {
            "IDN003": "page_names",
            "IDN006": "numbers_apart",
            "ORG003": "stations_apart",
            "CLS003": "ranks_apart",
            "DAT001": "value",
            "DAT005": "page_months",
            "DAT007": "before",
            "REF001": "reference",
            "REF003": "reference",
            "RED003": "styles",
            "RED004": "passages",
            "SRC008": "disagreement",
            "TXT002": "mojibake",
            "TXT003": "replaced",
            "TXT004": "controls",
            "TXT005": "hidden",
            "TXT006": "residue",
            "TXT007": "foreign",
            "TXT009": "twin",
        }.items()
    },
    "DAT009": ("weekday_right", [False], [True]),
    "SUB001": ("subject_known", [False], [True]),
    "SUB002": ("subject_begins", [False], [True]),
    "RED002": ("statement_unread", [True], [False]),
    "REC001": ("fault", ["missing"], ["wrong"]),
    "REC002": ("fault", ["wrong"], ["missing"]),
    "PRV003": ("link_identifier", ["06BERN2"], ["06BERN1"]),
    **{
        code: ("code", [code], ["SRC000", "SRC012"])
        for code, rule in CATALOGUE.items()
        if rule.on == "troubles"
    },
}


@pytest.mark.parametrize("code", PLAIN)
def test_a_rule_finds_what_its_column_says(code: str) -> None:
    column, odd, sound = PLAIN[code]
    rows = spread({"identifier": "06BERN1"}, column, *sound, *odd, *sound)
    assert found(code, *rows) == [(len(sound) + at,) for at in range(len(odd))]
