"""Small tables of witnesses beside each other: what differs, said again cable by cable."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import polars as pl
import pytest

from cableproof.validators.collation import fields
from cableproof.validators.collation.floor import floor
from cableproof.validators.collation.parallel import Parallel
from tests.chance import Chance

Row = dict[str, Any]
Table = Mapping[int, Row]  # rows by the number of the cable

_TIMES = (
    *("2007-01-02 10:30:00", "2007-01-02 10:30:45", "2007-01-02 10:31:00", "2007-01-02 11:30:00"),
    *("2007-01-03 10:30:00", "2007-01-02 10:30:00.5", "2007-01-02 10:30:00.7"),
)
COLUMNS: dict[str, Sequence[object]] = {
    "classification_key": ("SECRET", "CONFIDENTIAL"),
    "created_key": _TIMES,
    "created_precision": (0, 1, 2, 3),
    "origin_key": ("bern", "rome"),
    "tags_key": ("ELTN", "SZ", ""),
    "references_key": ("", "06BERN9"),
    "released_key": _TIMES,
    "released_precision": (0, 3),
    "redacted": (True, False),
    "partial_extract": (True, False),
    "subject_key": ("A", "B"),
    "digest": ("A", "B"),
    "furniture": ("A", "B"),
    **dict.fromkeys(("header_spaced", "body_spaced", "header_exact", "body_exact"), ("A", "B")),
}
KINDS = {
    name: {int: pl.Int8(), bool: pl.Boolean()}.get(type(values[0]), pl.String())
    for name, values in COLUMNS.items()
}


def drawn(by: Chance, witnesses: int, cables: int, alike: int) -> dict[str, Table]:
    """Return tables by chance; of values that stand there about one in so many is another."""
    usual = {name: by.one(values) for name, values in COLUMNS.items()}

    def value(name: str) -> object:
        if not by.below(alike):
            return by.one(COLUMNS[name])
        return usual[name] if by.below(5) else None

    return {
        chr(97 + witness): {
            cable: {name: value(name) for name in COLUMNS} for cable in range(cables) if by.below(6)
        }
        for witness in range(witnesses)
    }


def laid_beside(tables: Mapping[str, Table], cables: int) -> Parallel:
    """Return tables beside each other, of so many cables."""
    rows = {
        name: pl.Series([[*table].index(n) if n in table else None for n in range(cables)])
        for name, table in tables.items()
    }
    return Parallel(
        tuple(tables),
        {name: pl.DataFrame([*table.values()], schema=KINDS) for name, table in tables.items()},
        pl.Series([f"07BERN{n}" for n in range(cables)], dtype=pl.String),
        {name: row.cast(pl.UInt32) for name, row in rows.items()},
    )


_COMPARED = {
    "classification": "CMP201",
    "created": "CMP202",
    "origin": "CMP203",
    "tags": "CMP204",
    "references": "CMP206",
    "released": "CMP207",
    "redacted": "CMP208",
    "partial_extract": "CMP209",
}
_LENGTHS = {0: 10, 1: 13, 2: 16}


def _apart(one: Row, other: Row, compared: fields.Compared) -> bool:
    """Tell whether two records differ in a claim that both make."""
    a, b = one[compared.key], other[compared.key]
    if compared.precision and a is not None and b is not None:
        precise = [row[compared.precision] for row in (one, other)]
        length = _LENGTHS.get(min((p for p in precise if p is not None), default=3))
        a, b = a[:length], b[:length]
    return None not in (a, b) and a != b


def _differing(
    tables: Mapping[str, Table], compared: fields.Compared, cable: int
) -> Iterator[tuple[str, str]]:
    """Yield the witnesses that differ from the base in a claim of a cable, and the base."""
    rows = {name: table[cable] for name, table in tables.items() if cable in table}
    there = {name: row for name, row in rows.items() if row[compared.key] is not None}
    precise = {name: row.get(compared.precision) for name, row in there.items()}
    finest = max((each for each in precise.values() if each is not None), default=-1)
    for base in [*[*there][:1], *[name for name, each in precise.items() if each == finest][:1]]:
        found = [n for n, row in there.items() if _apart(row, there[base], compared)]
        yield from ((name, base) for name in found)
        if found:
            return


@pytest.mark.parametrize(("witnesses", "seed"), [*product((2, 3, 4), range(4))])
def test_claims_differ_from_those_of_the_first_and_of_the_most_precise(
    witnesses: int, seed: int
) -> None:
    tables = drawn(Chance(seed), witnesses, 40, 3)
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for each in fields.differing(laid_beside(tables, 40)):
        assert len(each.cables)
        for cable, base in zip(each.cables, each.bases, strict=True):
            told = found.setdefault((each.compared.field, cable), [])
            told.append((each.witness, [*tables][base]))
    slowly = {
        (compared.field, cable): [*_differing(tables, compared, cable)]
        for compared in fields.FIELDS
        for cable in range(40)
    }
    assert found == {key: told for key, told in slowly.items() if told}


#: Times and precisions as each witness states them, who differs, and from whom.
TIMES: list[tuple[list[tuple[str | None, int | None]], list[tuple[str, str]]]] = [
    ([("10:30:00", 0), ("10:30:00", 3), ("11:30:00", 3)], [("c", "b")]),
    ([("10:30:00", 0), ("10:30:00", 1), ("10:31:00", 3), ("11:31:00", 2)], [("d", "c")]),
    ([("10:30:00", 0), ("10:30:00", 2), ("10:31:00", 1), ("11:30:00", 2)], [("d", "b")]),
    ([(None, 3), ("10:30:00", 0), ("10:30:00", 3), ("11:30:00", 3)], [("d", "c")]),
    ([("10:30:00", 3), ("10:30:00", 3), ("11:30:00", 3)], [("c", "a")]),
    ([("10:30:00", 0), ("11:30:00", 0), ("12:30:00", 3)], []),
    ([("10:30:00", 0), ("11:30:00", None), ("12:30:00", 1), ("10:30:00", 0)], [("b", "c")]),
]


@pytest.mark.parametrize(("times", "expected"), TIMES)
def test_the_base_of_a_time_is_the_first_or_else_the_most_precise(
    times: list[tuple[str | None, int | None]], expected: list[tuple[str, str]]
) -> None:
    nothing = dict.fromkeys(COLUMNS)
    tables = {
        name: {0: nothing | {"created_key": f"2007-01-02 {time}", "created_precision": precise}}
        if time
        else {0: nothing}
        for name, (time, precise) in zip("abcd", times, strict=False)
    }
    found = [*fields.differing(laid_beside(tables, 1))]
    assert [(each.witness, "abcd"[each.bases[0]]) for each in found] == expected
    assert {each.compared.field for each in found} <= {"created"}


def test_each_claim_has_its_kind_and_its_key() -> None:
    told = {each.field: (each.code, each.key, each.precision) for each in fields.FIELDS}
    assert told == {
        field: (
            code,
            field if code in ("CMP208", "CMP209") else f"{field}_key",
            f"{field}_precision" if field in ("created", "released") else "",
        )
        for field, code in _COMPARED.items()
    }


def test_a_time_is_compared_as_far_as_the_coarser_of_two_tells_it() -> None:
    whole = "2007-01-02 10:30:45 and more"
    cases = [*product(range(len(whole)), range(4), range(4))]
    own, other = (pl.Series([case[at] for case in cases], dtype=pl.Int8) for at in (1, 2))
    changed = [f"{whole[:at]}x{whole[at + 1 :]}" for at, _, _ in cases]
    told = fields.beyond(pl.Series(changed), pl.Series([whole] * len(cases)), own, other)
    assert told.to_list() == [
        at < _LENGTHS.get(min(one, two), len(whole)) for at, one, two in cases
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_noise_floor_counts_pair_by_pair(seed: int) -> None:
    tables = drawn(Chance(f"floor {seed}"), 3, 30, 40)
    names = ("c", "a", "b")
    lost = {"a": frozenset({"07BERN1", "07BERN2", "07BERN3"}), "b": frozenset({"07BERN4"})}
    for n in range(5):  # of which only some are there
        tables["a" if n < 4 else "b"].pop(n, None)  # type: ignore[attr-defined]

    def differ(one: Row, other: Row, *columns: str) -> bool:
        pairs = [(one[column], other[column]) for column in columns]
        return any(None not in pair and pair[0] != pair[1] for pair in pairs)

    def figures(one: str, other: str) -> dict[str, int]:
        a, b = tables[one], tables[other]
        keys = {n: f"07BERN{n}" for n in range(30)}
        both = [(a[n], b[n]) for n in a if n in b]
        only = [n for n in a if n not in b], [n for n in b if n not in a]
        unread = [
            {n for n in mine if keys[n] in lost.get(name, ())}
            for mine, name in zip(only, (other, one), strict=True)
        ]
        metadata = [
            differ(*pair, "subject_key") or any(_apart(*pair, each) for each in fields.FIELDS)
            for pair in both
        ]
        text = [differ(*pair, "header_spaced", "body_spaced") for pair in both]
        exact = [differ(*pair, "header_exact", "body_exact") for pair in both]
        return {
            "both": len(both),
            "only_a": len(only[0]) - len(unread[0]),
            "only_b": len(only[1]) - len(unread[1]),
            "unreadable_a": len(unread[1]),
            "unreadable_b": len(unread[0]),
            "bytes_differ": sum(differ(*pair, "digest") for pair in both),
            "furniture_differs": sum(differ(*pair, "furniture") for pair in both),
            "metadata_differs": sum(metadata),
            "whitespace_differs": sum(e and not t for e, t in zip(exact, text, strict=True)),
            "text_differs": sum(text),
            "identical": sum(not (m or t) for m, t in zip(metadata, text, strict=True)),
        }

    assert [*floor(laid_beside(tables, 30), names, lost)] == [
        (one, other, figures(one, other)) for one, other in combinations(names, 2)
    ]


def test_the_floor_of_cables_that_one_has_counts_the_unread_apart() -> None:
    tables: dict[str, Table] = {"a": drawn(Chance(1), 1, 4, 9)["a"], "b": {}}
    mine = sorted(tables["a"])
    table = laid_beside(tables, 4)
    (told,) = floor(table, ("a", "b"), {"b": frozenset({f"07BERN{mine[0]}", "07BERN99"})})
    assert told[2] | {"only_a": len(mine) - 1, "unreadable_b": 1} == told[2]
    assert sum(told[2].values()) == len(mine)
