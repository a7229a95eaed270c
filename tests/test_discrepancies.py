"""Discrepancies of small tables: who differs from whom, and what is said of each witness."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.finding import Severity, fingerprint
from cableproof.validators.collation.apart import Doubts
from cableproof.validators.collation.collate import Discrepancy, all_spelt, collate, spelt
from cableproof.validators.collation.parallel import Parallel
from cableproof.validators.collation.undecided import Judged
from tests.test_apart import TABLE, Row, Said, beside


def _none(_: Doubts) -> Sequence[Judged]:
    return ()


def cells(each: Discrepancy) -> str:
    short = {"agrees": "=", "differs": "x", "otherwise": "o", "silent": "s", "absent": "-"}
    return "".join(short.get(word, "?") for word in each.cells.values())


def told(found: Sequence[Discrepancy]) -> list[tuple[str, ...]]:
    return [(d.identifier, d.kind, *d.fields, d.base, cells(d)) for d in found]


def test_what_differs_is_told_of_every_witness() -> None:
    assert told(collate(TABLE, _none, {})) == [
        ("07BERN0", "CMP301", "body", "b", "s=xox"),
        ("07BERN1", "CMP101", "identifier", "a", "====-"),
        ("07BERN1", "CMP301", "body", "a", "=xoo-"),
        ("07BERN3", "CMP102", "identifier", "c", "--==="),
        ("07BERN4", "CMP101", "identifier", "a", "===-="),
    ]


@pytest.mark.parametrize(
    ("there", "unreadable", "code", "row"),
    [
        *((" =", "", "CMP102", "-="), ("= ", "", "CMP101", "=-"), ("= ", "b", None, "")),
        *((" =", "a", None, ""), ("  =", "a", "CMP101", "?-="), ("  =", "b", "CMP102", "-?=")),
        *(
            (" = ", "a", "CMP101", "?=-"),
            ("=  ", "b", "CMP101", "=?-"),
            ("= =", "", "CMP101", "=-="),
        ),
        *(("==", "", None, ""), ("  =", "ab", None, "")),
    ],
)
def test_a_cable_that_some_lack_is_missing_or_extra_unless_it_could_not_be_read(
    there: str, unreadable: str, code: str | None, row: str
) -> None:
    said = {
        name: {} if mark == "=" else {1: None} for name, mark in zip("abc", there, strict=False)
    }
    lost = {name: frozenset(["07BERN1"]) for name in unreadable}
    found = collate(beside(2, **said), _none, lost)
    assert [(d.kind, d.severity, cells(d)) for d in found] == (
        [(code, {"CMP101": Severity.ERROR}.get(code, Severity.WARNING), row)] if code else []
    )
    assert all(
        (d.cable, d.identifier, d.base) == (1, "07BERN1", "abc"[there.index("=")]) for d in found
    )


def test_other_names_of_a_cable_are_shown() -> None:
    names = [None, "07BERN01", "07BERN0", None, "07BERN1"]
    rows: list[Said] = [{0: {"identifier": name}} if name else {0: None} for name in names]
    table = beside(1, **dict(zip("abcde", [{0: {"identifier": None}}, *rows[1:]], strict=True)))
    found = [d for d in collate(table, _none, {}) if d.kind == "CMP103"]
    assert told(found) == [("07BERN0", "CMP103", "identifier", "b", "==x-x")]
    assert found[0].values == dict(zip("abcde", names, strict=True))


def test_claims_that_differ_are_shown_with_who_is_silent() -> None:
    def tags(*words: str, **more: Any) -> Row:
        return {"tags": [*words], "tags_key": " ".join(words)} | more

    table = beside(
        3,
        a={0: {}, 1: tags("SZ"), 2: tags("SZ")},
        b={0: tags("SZ"), 1: tags("TRAMS"), 2: tags("SZ")},
        c={0: tags("ELTN"), 1: None, 2: tags("TRAMS", covered=True)},
        d={0: tags("SZ"), 1: tags("SZ", origin="Embassy Bern", origin_key="bern"), 2: tags()},
        e={1: {"origin": "Embassy Rome", "origin_key": "rome"}},
    )
    found = [d for d in collate(table, _none, {}) if d.fields[0] in ("tags", "origin")]
    assert told(found) == [
        ("07BERN0", "CMP204", "tags", "b", "s=x=s"),
        ("07BERN1", "CMP203", "origin", "d", "ss-=x"),
        ("07BERN1", "CMP204", "tags", "a", "=x-=s"),
        ("07BERN2", "CMP204", "tags", "a", "==xxs"),
    ]
    assert [[*d.values.values()] for d in found] == [
        [None, "SZ", "ELTN", "SZ", None],
        [None, None, None, "Embassy Bern", "Embassy Rome"],
        ["SZ", "TRAMS", None, "SZ", None],
        ["SZ", "SZ", "", "", None],
    ]
    assert {d.severity for d in found} == {Severity.WARNING, Severity.ERROR}


def test_what_a_judge_says_is_told_of_all_who_have_the_reading() -> None:
    answers = [
        Judged(0, "body", "CMP306", {"alike": 3}),
        Judged(1, "body", "CMP402"),
        Judged(2, "body", "CMP304", {"how": "x"}, Severity.ERROR),
        Judged(3, "subject", "CMP205", {"how": "y"}, Severity.NOTE, ("A", "B")),
    ]
    found = collate(TABLE, lambda asked: answers, {})
    assert told([d for d in found if d.kind not in ("CMP101", "CMP102", "CMP301")]) == [
        ("07BERN0", "CMP306", "body", "b", "s=oxo"),
        ("07BERN1", "CMP402", "body", "a", "=oxx-"),
        ("07BERN2", "CMP205", "subject", "a", "==x=="),
        ("07BERN2", "CMP304", "body", "a", "=x=ox"),
    ]
    by_kind = {d.kind: (d.severity, d.facts, [*d.values.values()]) for d in found}
    assert by_kind["CMP306"] == (Severity.ERROR, {"alike": 3}, [None] * 5)
    assert by_kind["CMP304"] == (Severity.ERROR, {"how": "x"}, [None] * 5)
    shown = ["A", None, "B", None, None]
    assert by_kind["CMP205"] == (Severity.NOTE, {"how": "y"}, shown)
    hidden = collate(TABLE, lambda asked: [Judged(3, "subject", "CMP205", {"how": "y"})], {})
    (subject,) = [d for d in hidden if d.kind == "CMP205"]
    assert (subject.facts, {*subject.values.values()}) == ({"how": "y", "withheld": True}, {None})


def test_a_discrepancy_is_named_by_what_it_shows() -> None:
    made = Discrepancy(
        *("CMP204", "tags-differ", Severity.WARNING, "07BERN1", ("tags",), "b"),
        {"a": "silent", "c": "differs", "b": "agrees", "d": "absent", "e": "otherwise"},
        {"b": "SZ", "c": "ELTN", "e": "PREL"},
        {"z": 1, "how": "x"},
    )
    says = ("CMP204", "07BERN1", "tags", "c", "d", "SZ", "ELTN", None, ("how", "x"), ("z", "1"))
    assert (made.says, made.cable, made.like) == (says, -1, 0)
    assert made.fingerprint == fingerprint(*says)


def test_what_says_the_same_is_numbered() -> None:
    table = beside(4, a={}, b={0: None, 1: None, 2: None})
    keys = pl.Series(["and the clerk", "and the baker", "07BERN1", "07BERN3"])
    found = collate(Parallel(table.names, table.tables, keys, table.rows), _none, {})
    assert [(d.identifier, d.cable, d.like) for d in found] == [
        *(("07BERN1", 2, 0), ("[13 characters]", 0, 0), ("[13 characters]", 1, 1))
    ]
    assert found[2].fingerprint == fingerprint(*found[1].says, 1) != found[1].fingerprint
    assert [spelt(key) for key in keys] == all_spelt(keys).to_list()
    assert keys[0] == "and the clerk"
