"""Cables that came and went, against the same said slowly, cable by cable."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest

from cableproof.validators.audit.references import Reference
from cableproof.validators.audit.succession import Fate, fates
from cableproof.validators.collation.parallel import Parallel

NONE: frozenset[str] = frozenset()
ORDER = {"missing": 0, "withdrawn": 1, "unknown": 2, "restored": 3}


def sources(number: int) -> list[str]:
    return ["mirror", *"abcd"[:number]]


def beside(texts: list[dict[str, str]], names: list[str]) -> Parallel:
    """Return cables of which each source that has one has a text."""
    rows: dict[str, list[int | None]] = {name: [] for name in names}
    tables = {}
    for name in names:
        own = [cable[name] for cable in texts if name in cable]
        for cable in texts:
            rows[name].append(sum(n is not None for n in rows[name]) if name in cable else None)
        tables[name] = pl.DataFrame(
            {
                "header_spaced": [None if t == "?" else t[:1] for t in own],
                "body_spaced": [None if t == "?" else t[1:] for t in own],
            },
            schema=dict.fromkeys(("header_spaced", "body_spaced"), pl.String),
        )
    made = {name: pl.Series(numbers, dtype=pl.UInt32) for name, numbers in rows.items()}
    return Parallel(
        tuple(names), tables, pl.Series([f"07BERN{n}" for n in range(len(texts))]), made
    )


def references(names: list[str], partial: str = "") -> list[Reference]:
    return [
        Reference(*(name, pl.DataFrame(), "", NONE, None, {}, NONE, NONE), nameless=name in partial)
        for name in names
    ]


def fate(name: str, has: dict[str, str], order: list[str], partial: str) -> Fate | None:
    """Return what became of a cable in releases in their order."""
    earlier = [each for each in order[:-1] if each in has]
    if "mirror" not in has:
        return Fate(name, "missing", [*earlier, order[-1]][0]) if order[-1] in has else None
    if order[-1] not in has:
        if earlier:
            return None if order[-1] in partial else Fate(name, "withdrawn", earlier[-1])
        return None if partial else Fate(name, "unknown")
    return None


def restored(name: str, has: dict[str, str], order: list[str], partial: str) -> Fate | None:
    gaps = [
        at
        for at, each in enumerate(order)
        if each not in has | dict.fromkeys(partial, "") and "mirror" in has
        if any(e in has for e in order[:at]) and any(e in has for e in order[at + 1 :])
    ]
    if not gaps:
        return None
    before = next(e for e in reversed(order[: gaps[-1]]) if e in has)
    after = next(e for e in order[gaps[-1] + 1 :] if e in has)
    one, other = (has[e] == has["mirror"] for e in (before, after))
    form = {(1, 1): "both", (1, 0): "earlier", (0, 1): "later", (0, 0): "neither"}[one, other]
    return Fate(name, "restored", before, form)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("partial", ["", "a", "b", "c", "d", "bc"])
def test_cables_came_and_went_as_each_by_itself(number: int, partial: str) -> None:
    names = sources(number)
    texts = [
        {name: text for name, text in zip(names, said, strict=True) if text}
        for said in product(("", "xx", "yy"), repeat=len(names))
        if any(said)
    ]
    there = "".join(each for each in partial if each in names)
    expected = [
        found
        for how in (fate, restored)
        for n, has in enumerate(texts)
        if (found := how(f"07BERN{n}", has, names[1:], there))
    ]
    made = [*fates("mirror", beside(texts, names), references(names[1:], there))]
    assert made == sorted(
        expected, key=lambda each: (ORDER[each.what], int(each.identifier.removeprefix("07BERN")))
    )


@pytest.mark.parametrize(
    ("mirror", "first", "last", "form"),
    [
        ("ab", "ab", "ab", "both"),
        ("ab", "ab", "ac", "earlier"),
        ("ab", "ab", "cb", "earlier"),
        ("ab", "cb", "ab", "later"),
        ("ab", "ac", "cb", "neither"),
        ("ab", "?", "ac", "earlier"),
        ("?", "ab", "ac", "both"),
    ],
)
def test_a_restored_cable_has_the_form_of_its_header_and_body(
    mirror: str, first: str, last: str, form: str
) -> None:
    table = beside([{"mirror": mirror, "a": first, "c": last}], ["mirror", "a", "b", "c"])
    assert [*fates("mirror", table, references([*"abc"]))] == [
        Fate("07BERN0", "restored", "a", form)
    ]


def test_a_cable_without_a_name_of_its_kind_is_not_told_by_it() -> None:
    table = beside([{"a": "xx"}], ["mirror", "a"])
    odd = Parallel(table.names, table.tables, pl.Series(["a tram of ours"]), table.rows)
    assert [*fates("mirror", odd, references(["a"]))] == [Fate("[14 characters]", "missing", "a")]
