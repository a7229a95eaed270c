"""What digests alone tell of a difference, asked once a text, and how it is put in words."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import polars as pl
import pytest

from cableproof.finding import Severity
from cableproof.validators.collation import undecided as module
from cableproof.validators.collation.apart import Doubt, Doubts
from cableproof.validators.collation.forms import ladder
from cableproof.validators.collation.in_words import in_words
from cableproof.validators.collation.once import once
from cableproof.validators.collation.order import moment, of_folder, ordered
from cableproof.validators.collation.showing import shown_value
from cableproof.validators.collation.undecided import (
    DEEPER,
    DIGESTS,
    PLACES,
    Judged,
    by_digests,
)
from tests.test_judged import doubts_of, frame

_BY_DIGESTS = "not told apart by digests"
#: Whether base and other cover anything, and what a difference then may be beside its kind.
_HINTS = {
    ("body", False, False): {"hint": "or CMP305"},
    ("body", True, False): {"hint": "or CMP305 or CMP402"},
    ("body", False, True): {"hint": "or CMP305 or CMP401"},
    ("body", True, True): {"hint": "or CMP305 or CMP401 or CMP402"},
    ("header", False, False): {"how": _BY_DIGESTS},
    ("header", True, False): {"how": _BY_DIGESTS, "hint": "or CMP402"},
    ("header", False, True): {"how": _BY_DIGESTS, "hint": "or CMP401"},
    ("header", True, True): {"how": _BY_DIGESTS, "hint": "or CMP401 or CMP402"},
}


def undecided(number: int, **changes: list[Any]) -> pl.DataFrame:
    """Return doubts of so many records of manifests, in which nothing is in doubt yet."""
    nowhere = {f"{side}_file": [None] * number for side in ("base", "other")}
    made = doubts_of([({}, {}, [])] * number) | nowhere | changes
    return frame(made).with_row_index("doubt")


@pytest.mark.parametrize(("part", "base", "other"), _HINTS)
def test_what_digests_do_not_tell_is_said_with_what_it_may_be(
    part: str, base: bool, other: bool
) -> None:
    rungs = {f"{side}_{part}_{rung}": [side] for side in ("base", "other") for rung in DEEPER}
    doubts = undecided(1, parts=[[part]], base_covered=[base], other_covered=[other], **rungs)
    code = "CMP304" if part == "header" else "CMP306"
    severity = Severity.ERROR if part == "header" and base else None
    assert [*by_digests(doubts)] == [Judged(0, part, code, _HINTS[part, base, other], severity)]


@pytest.mark.parametrize("part", ["header", "body"])
@pytest.mark.parametrize(
    ("alike", "code"), [(3, "CMP302"), (2, "CMP303"), (1, "CMP403"), (0, None)]
)
def test_texts_are_alike_from_the_first_rung_on_which_their_digests_are(
    part: str, alike: int, code: str | None
) -> None:
    rungs = {
        f"{side}_{part}_{rung}": [f"{side if left < 3 - alike else ''}{rung}"]
        for side in ("base", "other")
        for left, rung in enumerate(DEEPER)
    }
    (found,) = by_digests(undecided(1, parts=[[part]], **rungs))
    assert found.code == (code or {"header": "CMP304", "body": "CMP306"}[part])
    (unknown,) = by_digests(undecided(1, parts=[[part]]))  # null is like no null
    assert unknown.code in ("CMP304", "CMP306")


def test_each_part_of_each_doubt_is_told_in_its_order() -> None:
    found = by_digests(undecided(3, parts=[["body", "subject"], [], ["header"]]))
    assert [(each.doubt, each.part, each.code) for each in found] == [
        (0, "body", "CMP306"),
        (0, "subject", "CMP205"),
        (2, "header", "CMP304"),
    ]
    assert [*by_digests(undecided(0))] == []
    (subject,) = by_digests(undecided(1, parts=[["subject"]]))
    assert subject == Judged(0, "subject", "CMP205", {"how": _BY_DIGESTS})


def _asking(told: list[list[str]]) -> Callable[[Doubts], Sequence[Judged]]:
    """Return a judge that notes of whom it is asked, and says it."""

    def judge(doubts: Doubts) -> Sequence[Judged]:
        told.append([row.other for row in doubts.rows])
        assert doubts.places["other_path"].to_list() == told[-1]
        names = enumerate(told[-1])
        return [Judged(n, part, name) for n, name in names for part in ("header", "body")][::-1]

    return judge


def test_the_same_texts_are_judged_once_and_subjects_and_manifests_each_time() -> None:
    told: list[list[str]] = []
    judge = once(_asking(told))
    rows = {  # digests of base and other, parts, and whether the texts can be read
        "a": ("1", "2", ["body"], True, True),
        "b": ("1", "2", ["body"], True, True),
        "c": ("1", "2", ["body", "header"], True, True),
        "d": ("1", "3", ["body"], True, True),
        "e": ("3", "2", ["body"], True, True),
        "f": ("1", "2", ["body", "subject"], True, True),
        "g": ("1", "2", ["body", "subject"], True, True),
        "h": ("1", "2", ["body"], False, True),
        "i": ("1", "2", ["body"], True, False),
        "j": ("1", "2", ["body"], False, False),
    }

    def asked(names: str) -> list[tuple[int, str, str]]:
        own = [rows[name] for name in names]
        made = undecided(
            len(names),
            parts=[row[2] for row in own],
            base_file=["x" if row[3] else None for row in own],
            other_file=["x" if row[4] else None for row in own],
            base_body_exact=[row[0] for row in own],
            other_body_exact=[row[1] for row in own],
            other_path=list(names),
        )
        doubts = Doubts([Doubt(n, "base", name) for n, name in enumerate(names)], made)
        return [(each.doubt, each.part, each.code) for each in judge(doubts)]

    def answers(names: str) -> list[tuple[int, str, str]]:
        return [
            (n, part, name) for (n, name), part in product(enumerate(names), ("body", "header"))
        ]

    assert asked("cbadefghij") == answers("cbbdefghij")
    assert asked("jacdgi") == answers("jbcdgi")
    assert asked("ab") == answers("bb")
    assert asked("") == []
    assert told == [list("cbdefghij"), list("jgi")]


def _passages(*paragraphs: int) -> dict[str, Any]:
    return {"number": len(paragraphs), "passages": [{"paragraph": p} for p in paragraphs]}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"alike": 90, "kinds": []}, ""),
        ({"hint": "c", "where": "b", "how": "a"}, "a; b; c"),
        (_passages(0), "1 passage in \u00b6 heading"),
        (_passages(), "0 passages in \u00b6 "),
        (_passages(3, 1, 3, 0), "4 passages in \u00b6 heading, 1, 3"),
        (_passages(*range(1, 7)), "6 passages in \u00b6 1, 2, 3, 4, 5, 6"),
        (_passages(*range(1, 8)), "7 passages in \u00b6 1, 2, 3, 4, 5, 6 \u2026"),
        ({"removed": 1000, "added": 2, "alike": 9}, "-1,000 +2 words, 9 % alike"),
        (
            {"how": "longer", **_passages(2), "removed": 0, "added": 1, "alike": 9},
            "longer; 1 passage in \u00b6 2; -0 +1 words, 9 % alike",
        ),
    ],
)
def test_facts_are_told_in_a_line(facts: Mapping[str, Any], words: str) -> None:
    assert in_words(facts) == words


@pytest.mark.parametrize(
    ("field", "value", "plain", "guarded"),
    [
        ("origin", None, None, None),
        ("redacted", True, "yes", "yes"),
        ("partial_extract", False, "no", "no"),
        ("origin", "Embassy Bern", "Embassy Bern", "Embassy Bern"),
        ("origin", "Embassy Tramwick", "Embassy Tramwick", None),
        ("classification", "SECRET", "SECRET", "SECRET"),
        ("classification", "TRAMS ONLY", "TRAMS ONLY", None),
        ("tags", ["SZ", None, "TRAMS"], "SZ TRAMS", "SZ"),
        ("tags", ["TRAMS", "SZ"], "TRAMS SZ", "SZ"),
        ("tags", [], "", ""),
        ("references", ["07BERN1", "BOATS"], "07BERN1 BOATS", "07BERN1"),
        ("references", ["07BERN1", "a b c"], "07BERN1", "07BERN1"),
        ("released", "2010-12-01", "2010-12-01", "2010-12-01"),
        ("created", "said the clerk", None, None),
        ("identifier", "BOATS", "BOATS", "BOATS"),
    ],
)
def test_a_value_is_shown_as_far_as_it_may_be(
    field: str, value: object, plain: str | None, guarded: str | None
) -> None:
    assert shown_value(field, value) == plain
    assert shown_value(field, value, guarded=True) == guarded


@pytest.mark.parametrize(
    ("folder", "when"),
    [
        ("201012041811", "2010-12-04 1811"),
        ("mirror-20101204-late", "2010-12-04"),
        ("trams 2010-12-04", "2010-12-04"),
        ("20101204 or 2009-01-01", "2010-12-04"),
        *(("2010-1-04", ""), ("19991204", ""), ("trams", ""), ("", "")),
    ],
)
def test_a_folder_tells_when_its_release_was_made(folder: str, when: str) -> None:
    assert of_folder(folder) == when


def _named(*releases: str | None) -> pl.DataFrame:
    return pl.DataFrame({"source_release": pl.Series(releases, dtype=pl.String)})


def test_what_records_name_most_often_tells_it_before_the_folder_does() -> None:
    early, late = "cablegate-201012041811", "cablegate-201012102105"
    made = {name: moment(_named(name), "20090101") for name in (early, late)}
    assert [moment(_named(late, early, late, None), ""), moment(_named(late, early), "")] == [
        made[late],
        made[early],
    ]
    assert "2009-01-01" not in made.values() and made[early] < made[late]
    for odd in ((), (None,), ("trams",)):
        assert moment(_named(*odd), "20090101") == "2009-01-01"


def test_witnesses_are_ordered_by_release_only_if_all_tell_theirs() -> None:
    tables = {name: _named() for name in "cab"}
    dated = {"a": "20101204", "b": "20101203", "c": "20101204"}
    assert ordered(tables, dated, None) == ["b", "a", "c"]
    assert ordered(tables, dated, "c") == ["c", "b", "a"]
    assert ordered(tables, dated | {"b": "trams"}, None) == ["a", "b", "c"]
    assert ordered(tables, dated | {"b": "trams"}, "b") == ["b", "a", "c"]


def test_digests_are_made_anew_of_records_that_have_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    records = pl.DataFrame(
        [
            dict.fromkeys(DIGESTS, "said") | dict.fromkeys(PLACES, None) | {"file": file}
            for file in (None, "a.jsonl", None)
        ],
        schema=dict.fromkeys((*DIGESTS, *PLACES), pl.String()),
    )
    read = pl.DataFrame({"header": ["FM BERN"], "body": ["1. Trams ran."]})
    monkeypatch.setattr(module, "texts", lambda places: read.head(len(places)))
    made = module.digested(records)
    for name in DIGESTS:
        part, _, rung = name.partition("_")
        assert made[name].to_list() == ["said", ladder(read[part], (rung,))[rung][0], "said"]
    assert module.digested(records.head(1)).equals(records.head(1).select(DIGESTS))
