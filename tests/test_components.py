"""Components of fidelity: of how many cables each is asked, and of how many it is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.validators.audit import fidelity
from cableproof.validators.audit.fidelity import Component, by_flags
from cableproof.validators.audit.homes import EXPECTED
from cableproof.validators.collation.collate import Discrepancy
from cableproof.validators.collation.kinds import KINDS
from cableproof.validators.collation.parallel import Parallel

NAMES = (EXPECTED, "mirror")
#: Of eight cables the expected has all but the last, and the mirror all but the first.
ROWS = {EXPECTED: [*range(7), None], "mirror": [None, *range(7)]}
BOTH = 6


def pair(**columns: tuple[Sequence[Any], Sequence[Any]]) -> Parallel:
    """Return seven cables of each, in columns of which both sides are given."""
    tables = {
        name: pl.DataFrame({column: said[side] for column, said in columns.items()}, strict=False)
        for side, name in enumerate(NAMES)
    }
    rows = {name: pl.Series(numbers, dtype=pl.UInt32) for name, numbers in ROWS.items()}
    return Parallel(NAMES, tables, pl.Series([f"07BERN{n}" for n in range(8)]), rows)


def apart(code: str, cable: int, field: str = "body", **facts: Any) -> Discrepancy:
    card = KINDS[code]
    return Discrepancy(
        *(code, card.name, card.severity, f"07BERN{cable}", (field, "more"), EXPECTED),
        *({}, {}, facts, cable),
    )


def test_a_component_is_told_with_its_facts() -> None:
    assert Component(1, 2).document() == {"agree": 1, "of": 2}
    assert Component(1, 2, {"a": 3}).document() == {"agree": 1, "of": 2, "a": 3}


@pytest.mark.parametrize(
    ("codes", "rung", "words"),
    [
        ([], 0, ()),
        (["CMP301"], 1, ()),
        (["CMP302"], 2, ("CMP302",)),
        (["CMP303"], 3, ("CMP303",)),
        (["CMP304"], 5, ("CMP304",)),
        (["CMP305"], 5, ("CMP305",)),
        (["CMP306"], 5, ("CMP306",)),
        (["CMP401"], 5, ()),
        (["CMP402"], 5, ()),
        (["CMP403"], 4, ()),
        (["CMP301", "CMP303", "CMP302"], 3, ("CMP302", "CMP303")),
        (["CMP403", "CMP301"], 4, ()),
        (["CMP306", "CMP301", "CMP306"], 5, ("CMP306",)),
        (["CMP401", "CMP304"], 5, ("CMP304",)),
        (["CMP101", "CMP103", "CMP205"], 0, ()),
    ],
)
def test_a_text_is_equal_from_the_deepest_rung_of_its_differences_on(
    codes: list[str], rung: int, words: tuple[str, ...]
) -> None:
    found = [apart(code, 2) for code in codes] + [apart("CMP306", 3), apart("CMP401", 4)]
    kinds = dict.fromkeys(words, 1)
    kinds["CMP306"] = kinds.get("CMP306", 0) + 1
    assert fidelity.text(pair(), found) == Component(
        BOTH - 1 - bool(words),
        BOTH,
        {
            "rungs": {
                name: BOTH - 2 - (number < rung) for number, name in enumerate(fidelity.RUNGS)
            },
            "kinds": dict(sorted(kinds.items())),
        },
    )
    assert [*fidelity.text(pair(), found).facts["kinds"]] == sorted(kinds)


FIELDS = {
    "classification": "classification_key",
    "created": "created_key",
    "origin": "origin_key",
    "tags": "tags_key",
    "references": "references_key",
    "released": "released_key",
    "redacted": "redacted",
    "partial_extract": "partial_extract",
    "subject": "subject_key",
}


def test_claims_agree_where_both_make_them_and_nothing_is_found() -> None:
    some: tuple[Sequence[Any], Sequence[Any]] = ([*"abcdef", None], [None, *"abcdef"])
    table = pair(**dict.fromkeys(FIELDS.values(), some))
    found = [
        *(apart("CMP201", 2, "classification"), apart("CMP201", 3, "classification")),
        *(apart("CMP205", 3, "subject"), apart("CMP103", 4, "identifier")),
        *(apart("CMP306", 5), apart("CMP101", 0, "identifier")),
    ]
    told = {name: {"agree": 4, "of": 4} for name in FIELDS}
    told |= {"classification": {"agree": 2, "of": 4}, "subject": {"agree": 3, "of": 4}}
    assert fidelity.metadata(table, found) == Component(BOTH - 3, BOTH, {"fields": told})


@pytest.mark.parametrize("side", [0, 1])
def test_what_one_side_does_not_claim_is_not_asked(side: int) -> None:
    whole: tuple[Sequence[Any], Sequence[Any]] = ([*"abcdefg"], [*"abcdefg"])
    lacking = [[*"abcdefg"], [*"abcdefg"]]
    lacking[side] = [None] * 7
    columns = dict.fromkeys(FIELDS.values(), whole) | {"origin_key": (lacking[0], lacking[1])}
    fields = fidelity.metadata(pair(**columns), []).facts["fields"]
    assert (fields["origin"], fields["created"]) == ({"agree": 0, "of": 0}, {"agree": 6, "of": 6})


@pytest.mark.parametrize(
    ("codes", "apart_in", "here", "there", "restyled"),
    [
        ([], 0, 0, 0, 0),
        (["CMP401"], 1, 1, 0, 0),
        (["CMP402"], 1, 0, 1, 0),
        (["CMP403"], 0, 0, 0, 1),
        (["CMP401", "CMP402", "CMP403"], 1, 1, 1, 1),
        (["CMP306", "CMP301"], 0, 0, 0, 0),
    ],
)
def test_what_is_covered_otherwise_is_counted_by_its_side(
    codes: list[str], apart_in: int, here: int, there: int, restyled: int
) -> None:
    found = [*(apart(code, 2) for code in codes), apart("CMP401", 3)]
    assert fidelity.redaction(pair(), found) == Component(
        BOTH - 1 - apart_in,
        BOTH,
        {"covered_here": 1 + here, "covered_there": there, "restyled": restyled},
    )


def test_fixity_is_asked_of_what_a_manifest_lists_and_the_mirror_has() -> None:
    kinds = ["manifest", "manifest", "manifest", "json", None, "manifest", "manifest"]
    theirs = ["a", "b", "c", "d", "e", None, "f"]
    mine = ["b", "c", "d", "e", "y", None, "g"]
    table = pair(kind=(kinds, ["json"] * 7), digest=(theirs, mine))
    assert fidelity.fixity(table) == Component(2, 4)
    none = pair(kind=(["manifest", *["json"] * 6], ["manifest"] * 7), digest=(theirs, mine))
    assert fidelity.fixity(none) is None


def test_a_cable_is_stale_that_has_an_older_form() -> None:
    stale = {"07BERN1": "b", "07BERN2": "a", "07BERN3": "b"}
    made = fidelity.staleness(pair(), stale)
    assert made == Component(BOTH - 3, BOTH, {"older": {"a": 1, "b": 2}})
    assert [*made.facts["older"]] == ["a", "b"]
    assert fidelity.staleness(pair(), {}) == Component(BOTH, BOTH, {"older": {}})


def test_what_is_neither_here_nor_missing_could_not_be_read() -> None:
    covered = {"a": {"agree": 4, "of": 9}, "b": {"agree": 5, "of": 10}}
    assert fidelity.completeness("b", covered, ["07BERN1", "07BERN2"]) == Component(
        5,
        10,
        {
            "release": "b",
            "missing": ["07BERN1", "07BERN2"],
            "unreadable": 3,
            "releases": covered,
        },
    )


@pytest.mark.parametrize(
    ("there", "here", "hint", "code"),
    [
        (False, True, "or CMP305 or CMP401", "CMP401"),
        (None, True, "or CMP401", "CMP401"),
        (True, False, "or CMP402", "CMP402"),
        (True, None, "or CMP305 or CMP401 or CMP402", "CMP402"),
        (False, True, "or CMP402", "CMP306"),
        (True, False, "or CMP305", "CMP306"),
        (True, True, "or CMP401 or CMP402", "CMP306"),
        (False, False, "or CMP401 or CMP402", "CMP306"),
        (False, True, None, "CMP306"),
    ],
)
def test_against_a_manifest_marks_on_one_side_alone_mean_that_it_is_covered(
    there: bool | None, here: bool | None, hint: str | None, code: str
) -> None:
    other: Mapping[str, Any] = {} if hint is None else {"hint": hint}
    each = apart("CMP306", 3, **other)
    flags = ([None] * 3 + [there] + [None] * 3, [None] * 2 + [here] + [None] * 4)
    (made,) = by_flags([each], pair(covered=flags))
    card = KINDS[code]
    assert (made.kind, made.name, made.severity) == (code, card.name, card.severity)
    assert (made.identifier, made.facts, made.cable) == ("07BERN3", each.facts, 3)
