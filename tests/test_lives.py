"""Releases as small tables: what happened to each cable, and which event is told of it."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.validators.collation.apart import Doubts
from cableproof.validators.collation.history import EVENTS, Event, events, leftovers, usual
from cableproof.validators.collation.undecided import Judged
from tests.test_apart import Row, Said, beside, text

Told = tuple[str, str, str, dict[str, Any]]


def lives(*releases: Row | None, unreadable: str = "") -> list[Told]:
    """Return what is told of one cable beside two others that stay, release by release."""
    names = [f"r{number}" for number in range(1, len(releases) + 1)]
    said: dict[str, Said] = {name: {1: each} for name, each in zip(names, releases, strict=True)}
    lost = {name: frozenset(["07BERN1", "07BERN8"]) for name in names if name[1] in unreadable}
    asked: list[object] = []

    def judge(doubts: Doubts) -> Sequence[Judged]:
        asked.extend(doubts.rows)
        assert len(doubts.places) == len(doubts.rows)
        codes = [(n, part) for n, row in enumerate(doubts.rows) for part in row.others]
        return [Judged(n, part, f"{part} {n}") for n, part in codes * 2]

    found = events(beside(3, **said), judge, lost)
    assert {each.cable for each in found} <= {1}
    return [(each.release, each.what, each.earlier, dict(each.facts)) for each in found]


def test_what_comes_goes_and_comes_back_is_told() -> None:
    assert lives({}, {}, {}) == lives(None, None) == []
    assert lives(None, {}, {}) == [("r2", "added", "", {})]
    assert lives({}, None, None, {}, {}) == [
        ("r2", "removed", "r1", {}),
        ("r4", "restored", "r1", {"same_text": True}),
    ]
    assert lives(None, {}, None, {}, None) == [
        ("r2", "added", "", {}),
        ("r3", "removed", "r2", {}),
        ("r4", "restored", "r2", {"same_text": True}),
        ("r5", "removed", "r4", {}),
    ]


@pytest.mark.parametrize(
    ("there", "unreadable", "expected"),
    [
        ("= =", "2", []),
        ("= ", "2", []),
        (" =", "1", []),
        (" =", "", ["r2 added"]),
        ("=  ", "2", ["r3 removed"]),
        ("=  =", "2", ["r3 removed", "r4 restored"]),
        ("=  =", "3", ["r2 removed"]),
        ("=  =", "23", []),
        (" = =", "13", []),
        ("== ", "12", ["r3 removed"]),
    ],
)
def test_what_could_not_be_read_was_there(there: str, unreadable: str, expected: list[str]) -> None:
    rows: list[Row | None] = [{} if mark == "=" else None for mark in there]
    assert [f"{when} {what}" for when, what, *_ in lives(*rows, unreadable=unreadable)] == expected


def test_texts_are_compared_with_those_of_the_last_release_that_has_them() -> None:
    found = lives(
        text("body", "1", "1"),
        None,
        text("body", "2", "2") | text("header", "1", "1"),
        text("body", None, None) | text("header", "1", "1"),
        text("body", "2", "2"),
        text("body", "3", "2"),
    )
    assert found == [
        ("r2", "removed", "r1", {}),
        ("r3", "restored", "r1", {"same_text": False}),
        ("r3", "changed", "r1", {"kinds": ["body 0", "header 0"]}),
        ("r5", "changed", "r4", {"kinds": ["header 1"]}),
        ("r6", "blanks", "r5", {}),
    ]


CLAIMS: dict[str, tuple[Row, Row, list[tuple[str, dict[str, Any]]]]] = {
    "renamed": ({}, {"identifier": "07BERN01"}, [("renamed", {})]),
    "not named any more": ({}, {"identifier": None}, []),
    "released later": ({"released_key": "1"}, {"released_key": "2"}, [("re-dated", {})]),
    "released then": ({"released_key": None}, {"released_key": "2"}, []),
    "released later, and text": (
        {"released_key": "1"},
        {"released_key": "2"} | text("body", "1", "1"),
        [("changed", {"kinds": ["body 0"]})],
    ),
    "subject": ({}, {"subject_key": "A"}, [("metadata", {"fields": ["subject"]})]),
    "no subject": ({}, {"subject_key": None}, []),
    "claims": (
        {"tags_key": "A", "origin_key": "A", "redacted": True, "partial_extract": True},
        {"tags_key": "B", "origin_key": "B", "redacted": False, "subject_key": "B"},
        [("metadata", {"fields": ["origin", "tags", "redacted", "subject"]})],
    ),
    "claims and text": (
        {"classification_key": "A", "references_key": "A", "partial_extract": True},
        {"classification_key": "B", "references_key": "B", "partial_extract": False}
        | text("header", "1", "1"),
        [
            ("metadata", {"fields": ["classification", "references", "partial_extract"]}),
            ("changed", {"kinds": ["header 0"]}),
        ],
    ),
    "blanks in the header": ({}, text("header", "1"), [("blanks", {})]),
    "blanks in the body": ({}, text("body", "1"), [("blanks", {})]),
    "blanks here and text there": (
        {},
        text("header", "1") | text("body", "1", "1"),
        [("changed", {"kinds": ["body 0"]})],
    ),
    "all at once": (
        {"released_key": "1", "tags_key": "1"},
        {"released_key": "2", "tags_key": "2", "identifier": "07BERN01"} | text("body", "1"),
        [
            ("renamed", {}),
            ("re-dated", {}),
            ("metadata", {"fields": ["tags"]}),
            ("blanks", {}),
        ],
    ),
}


@pytest.mark.parametrize("what", CLAIMS)
def test_what_changes_from_one_release_to_the_next_is_an_event(what: str) -> None:
    before, after, expected = CLAIMS[what]
    assert lives(before, after) == [("r2", name, "r1", facts) for name, facts in expected]


@pytest.mark.parametrize("name", ["created", "released"])
@pytest.mark.parametrize(
    ("precise", "apart"),
    [((3, 3), True), ((3, 0), False), ((0, 3), False), ((None, None), True)],
)
def test_a_time_that_moves_within_its_precision_stays(
    name: str, precise: tuple[int | None, int | None], apart: bool
) -> None:
    times = ("2007-01-02 10:30:00", "2007-01-02 11:30:00")
    before, after = (
        {f"{name}_key": time, f"{name}_precision": each}
        for time, each in zip(times, precise, strict=True)
    )
    assert bool(lives(before, after)) is apart


def test_events_stand_in_the_order_of_cables_and_releases() -> None:
    other = {"identifier": "X", "subject_key": "A"} | text("body", "1", "1")
    table = beside(
        3,
        a={2: None},
        b={0: other, 1: text("header", "1")},
        c={0: None, 1: text("header", "1"), 2: text("body", "2", "2")},
    )
    found = events(table, lambda asked: [], {})
    assert [(each.cable, each.release, each.what) for each in found] == [
        *((0, "b", "renamed"), (0, "b", "metadata"), (0, "b", "changed"), (0, "c", "removed")),
        *((1, "b", "blanks"), (2, "b", "added"), (2, "c", "changed")),
    ]
    assert found[-1] == Event(2, "c", "changed", "b", {"kinds": []})
    assert {each.what for each in found} < {*EVENTS}


def test_what_states_a_lower_counter_than_most_is_left_over() -> None:
    def counted(*counters: int | None) -> pl.DataFrame:
        keys = [f"07BERN{9 - n}" for n in range(len(counters))]
        schema = {"key": pl.String, "release_counter": pl.Int64}
        return pl.DataFrame({"key": keys, "release_counter": counters}, schema=schema)

    most, older = leftovers(counted(9, 5, 7, 7, None, 6))
    assert (most, older.rows()) == (7, [("07BERN4", 6), ("07BERN8", 5)])
    assert leftovers(counted(5, 7))[0] == usual(pl.Series([5, 7, None])) == 7
    none, older = leftovers(counted(None, None))
    assert (none, older.rows()) == (None, [])
