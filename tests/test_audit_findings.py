"""Findings of an audit: where each stands, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from cableproof.validators.audit.findings import of_discrepancies
from cableproof.validators.audit.homes import EXPECTED
from cableproof.validators.collation.collate import Discrepancy
from cableproof.validators.collation.kinds import KINDS
from cableproof.validators.collation.parallel import Parallel

HERE = pl.DataFrame(
    {"path": ["p", "q"], "line": [1, 2], "row": [3, 4], "start": [5, 6], "at": [7, 8]}
)
THERE = HERE.drop("at").with_columns(path=pl.Series(["r", "s"]), release=pl.Series(["a", "b"]))
#: The first cable both have, the second the mirror lacks, the third only the mirror has.
ROWS: dict[str, list[int | None]] = {EXPECTED: [0, 1, None], "mirror": [1, None, 0]}
PLACE = {"path": "q", "line": 2, "row": 4, "start": 6, "source": "mirror", "record": 8}


def apart(
    code: str, cable: int = 0, fields: Sequence[str] = ("tags", "more"), **more: Any
) -> Discrepancy:
    card = KINDS[code]
    return Discrepancy(
        *(code, card.name, card.severity, f"07BERN{cable}", tuple(fields), EXPECTED, {}),
        *(more.get("values", {EXPECTED: None, "mirror": None}), more.get("facts", {}), cable),
    )


def found(each: Discrepancy, **of: bool) -> list[dict[str, Any]]:
    """Return the findings on one discrepancy, without what names them."""
    rows = {name: pl.Series(numbers, dtype=pl.UInt32) for name, numbers in ROWS.items()}
    tables = {EXPECTED: THERE, "mirror": HERE}
    pair = Parallel((EXPECTED, "mirror"), tables, pl.Series([*"xyz"]), rows)
    usual: dict[str, Any] = {"name": "mirror", "pair": pair, "found": [each], "copies": ()}
    held: Any = SimpleNamespace(**usual | {"complete": True, "of_base": True} | of)
    return [
        {name: value for name, value in made.items() if name not in ("name", "fingerprint")}
        for made in of_discrepancies(held)
    ]


@pytest.mark.parametrize(("of_base", "severity"), [(True, "error"), (False, "note")])
def test_a_cable_that_is_missing_stands_where_its_release_has_it(
    of_base: bool, severity: str
) -> None:
    place = {"path": "s", "line": 2, "row": 4, "start": 6, "source": "b", "record": None}
    assert found(apart("CMP101", 1), of_base=of_base) == [
        {
            "rule": "CMP101",
            "severity": severity,
            **place,
            "identifier": "07BERN1",
            "fields": "tags",
            "message": "07BERN1 is not here; b has it",
            "facts": {"release": "b"},
        }
    ]


def test_a_cable_too_many_is_told_where_nothing_can_hide_it() -> None:
    place = {"path": "p", "line": 1, "row": 3, "start": 5, "source": "mirror", "record": 7}
    assert found(apart("CMP102", 2), complete=True) == [
        {
            "rule": "CMP102",
            "severity": "warning",
            **place,
            "identifier": "07BERN2",
            "fields": "tags",
            "message": "07BERN2 is in none of the references",
            "facts": {},
        }
    ]
    assert found(apart("CMP102", 2), complete=False) == []


@pytest.mark.parametrize("of_base", [False, True])
@pytest.mark.parametrize("complete", [False, True])
def test_a_difference_stands_on_its_page_with_its_facts(of_base: bool, complete: bool) -> None:
    facts = {"how": "another", "passages": ["x"]}
    each = apart("CMP304", fields=("header", "more"), facts=facts)
    message = "07BERN0, header: header differs from a (another)"
    assert found(each, of_base=of_base, complete=complete) == [
        {
            "rule": "CMP304",
            "severity": "warning",
            **PLACE,
            "identifier": "07BERN0",
            "fields": "header",
            "message": message,
            "facts": {"how": "another", "release": "a"},
        }
    ]


@pytest.mark.parametrize(
    ("code", "field", "there", "here", "message"),
    [
        ("CMP204", "tags", "ELTN", "SZ", "07BERN0, tags: ELTN in a, SZ here"),
        ("CMP204", "tags", "", "SZ", "07BERN0, tags: nothing in a, SZ here"),
        ("CMP204", "tags", "ELTN", "", "07BERN0, tags: ELTN in a, nothing here"),
        ("CMP204", "tags", None, "SZ", "07BERN0, tags: tags differ from a"),
        ("CMP204", "tags", "ELTN", None, "07BERN0, tags: tags differ from a"),
        ("CMP204", "tags", None, None, "07BERN0, tags: tags differ from a"),
        ("CMP103", "identifier", "07BERN1", "07BERN2", "07BERN0: 07BERN1 in a, 07BERN2 here"),
    ],
)
def test_values_are_told_where_both_may_be_shown(
    code: str, field: str, there: str | None, here: str | None, message: str
) -> None:
    values: Mapping[str, str | None] = {"mirror": here, EXPECTED: there}
    (made,) = found(apart(code, fields=(field, "more"), values=values, facts={"a": "b"}))
    assert made["message"] == message
    assert (made["fields"], made["facts"]) == (field, {"release": "a"})
