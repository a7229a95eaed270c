"""Coded texts, a character a token: what is equal but for marks, and where the rest differs."""

import re
from collections.abc import Iterator
from itertools import pairwise, product
from types import SimpleNamespace
from typing import Any, cast

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.validators.collation import changes, runs
from cableproof.validators.collation.changes import Change
from cableproof.validators.collation.places import Block, Run, between, outside
from cableproof.validators.collation.runs import differing
from cableproof.validators.collation.sliding import slid
from cableproof.validators.collation.tokens import MARK, ONLY_IN_BASE, ONLY_IN_OTHER, Pair, Text
from cableproof.validators.collation.wildcards import Proof, proven
from tests.chance import Chance

SMALL = ["".join(signs) for n in range(5) for signs in product(f"ab{MARK}", repeat=n)]


def _spans(pattern: str, text: str) -> list[tuple[int, int]] | None:
    """Return what each mark of a pattern stands for, by a regular expression."""
    parts = map(re.escape, pattern.split(MARK))
    found = re.fullmatch("(.*?)".join(parts), text, re.DOTALL)
    if found is None or MARK not in pattern:
        return None
    return [found.span(n + 1) for n in range(pattern.count(MARK))]


def _slowly(base: str, other: str) -> tuple[str, list[Block], list[Run]] | None:
    """Return what is proven of two texts, without the runs in which nothing is the same."""
    if base == other:
        return "", [], [Run(0, 0, len(base))] if base else []
    marks = [[at for at, sign in enumerate(text) if sign == MARK] for text in (base, other)]
    if (spans := _spans(other, base)) is not None:
        kind = "covered"
        every = [Block(*span, at, at + 1) for at, span in zip(marks[1], spans, strict=True)]
    elif (spans := _spans(base, other)) is not None:
        kind = "opened"
        every = [Block(at, at + 1, *span) for at, span in zip(marks[0], spans, strict=True)]
    else:
        return None
    kept = [
        each
        for each in every
        if base[each.base : each.base_end] == MARK == other[each.other : each.other_end]
    ]
    same = [run for run in between(every, len(base)) if run.length]
    same += [Run(each.base, each.other, 1) for each in kept]
    return kind, [each for each in every if each not in kept], sorted(same)


def test_a_mark_stands_for_any_tokens_or_none() -> None:
    for base, other in product(SMALL, SMALL):
        proof = proven(base, other)
        told = proof and (proof.kind, proof.places, [run for run in proof.same if run.length])
        assert told == _slowly(base, other), (base, other)


def test_what_is_proven_is_moved_with_its_texts() -> None:
    proof = Proof("covered", [Block(1, 2, 3, 4)], [Run(5, 6, 7), Run(8, 9, 1)])
    moved = Proof("covered", [Block(11, 12, 23, 24)], [Run(15, 26, 7), Run(18, 29, 1)])
    assert proof.moved(10, 20) == moved


def test_runs_lie_between_places_and_places_outside_runs() -> None:
    places = [Block(1, 2, 1, 3), Block(4, 4, 5, 6)]
    runs = [Run(0, 0, 1), Run(2, 3, 2), Run(4, 6, 3)]
    assert between(places, 7) == runs
    assert between([], 7) == [Run(0, 0, 7)]
    base, other = "a" * 7, "b" * 9
    assert [*outside(runs, base, other)] == places
    assert [*outside([*runs[:2], Run(3, 3, 0), *runs[2:]], base, other)] == places
    assert [*outside([], base, other)] == [Block(0, 7, 0, 9)]
    assert [*outside([Run(0, 0, 7)], base, other)] == [Block(7, 7, 7, 9)]
    assert [*outside([Run(0, 2, 7)], base, other)] == [Block(0, 0, 0, 2)]
    assert [*outside([Run(0, 0, 3), Run(3, 3, 4)], base, base)] == []


@pytest.mark.parametrize(
    ("base", "other", "places", "nearer"),
    [
        ("xaaaaab", "yaaaab", [(0, 1, 0, 1), (5, 6, 5, 5)], [(0, 2, 0, 1)]),
        ("xcaaaab", "ycaaab", [(0, 1, 0, 1), (5, 6, 5, 5)], [(0, 1, 0, 1), (2, 3, 2, 2)]),
        ("ycaaab", "xcaaaab", [(0, 1, 0, 1), (5, 5, 5, 6)], [(0, 1, 0, 1), (2, 2, 2, 3)]),
        ("xcdeaab", "ycdeab", [(0, 1, 0, 1), (5, 6, 5, 5)], [(0, 1, 0, 1), (4, 5, 4, 4)]),
        ("xcdefaab", "ycdefab", [(0, 1, 0, 1), (6, 7, 6, 6)], [(0, 1, 0, 1), (6, 7, 6, 6)]),
        ("xabab", "yab", [(0, 1, 0, 1), (3, 5, 3, 3)], [(0, 3, 0, 1)]),
        (
            f"x{MARK}{MARK}b",
            f"y{MARK}b",
            [(0, 1, 0, 1), (2, 3, 2, 2)],
            [(0, 1, 0, 1), (2, 3, 2, 2)],
        ),
        ("aab", "ab", [(1, 2, 1, 1)], [(1, 2, 1, 1)]),
        ("xab", "yac", [(0, 1, 0, 1), (2, 3, 2, 3)], [(0, 1, 0, 1), (2, 3, 2, 3)]),
        ("baaaaax", "baaaay", [(1, 2, 1, 1), (6, 7, 5, 6)], [(5, 7, 5, 6)]),
        ("baaacx", "baacy", [(1, 2, 1, 1), (5, 6, 4, 5)], [(3, 4, 3, 3), (5, 6, 4, 5)]),
        ("", "", [], []),
    ],
)
def test_what_could_stand_in_several_places_stands_near_others(
    base: str, other: str, places: list[tuple[int, ...]], nearer: list[tuple[int, ...]]
) -> None:
    assert slid([Block(*each) for each in places], base, other) == nearer


def _coded(by: Chance) -> tuple[str, str]:
    """Return two coded texts made of each other by chance."""
    signs = "abcdefghijklmnopqrstuvwxyz"[: 2 + by.below(24)]
    base = [by.one(signs) for _ in range(1 + by.below(60))]
    for _ in range(by.below(4)):
        base[by.below(len(base))] = MARK
    other = list(base)
    for _ in range(1 + by.below(5)):
        start, length = by.below(len(other) + 1), by.below(5)
        new = [by.one(f"{signs}{MARK}{ONLY_IN_OTHER}") for _ in range(by.below(4))]
        other[start : start + length] = new
    own = {*base} - {*other} - {MARK}
    return (
        "".join(ONLY_IN_BASE if sign in own else sign for sign in base),
        "".join(sign if sign in base or sign == MARK else ONLY_IN_OTHER for sign in other),
    )


def _in_a_line(places: list[Block], whole: bool) -> str:
    said = [f"{p.base}-{p.base_end}/{p.other}-{p.other_end}" for p in places]
    return " ".join([*said, *([] if whole else ["part"])])


@pytest.mark.parametrize("most", [400_000_000, 9])
def test_where_coded_texts_differ_stays_as_it_is(
    most: int, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    assert runs.MOST_PAIRS == 400_000_000
    monkeypatch.setattr(runs, "MOST_PAIRS", most)
    told = []
    for seed in range(200):
        base, other = _coded(Chance(f"coded {seed}"))
        places, whole = differing(base, other)
        told.append(_in_a_line(places, whole))
        kept = "".join(base[run.base :][: run.length] for run in between(places, len(base)))
        assert kept == "".join(
            other[run.other :][: run.length] for run in between(places, len(base))
        )
        assert all(a.base_end < b.base or a.other_end < b.other for a, b in pairwise(places))
    assert "\n".join(told) == snapshot


def _pair(base: str, other: str) -> Pair:
    return cast(Pair, SimpleNamespace(coded=base, other_coded=other))


def _verdicts(base: str, other: str, places: list[Block]) -> Iterator[tuple[Any, ...]]:
    for verdict in changes._verdicts(places, _pair(base, other)):
        yield (*verdict.span, verdict.proof and verdict.proof.kind)


@pytest.mark.parametrize("number", [1, 7, 8, 9, 16, 17])
def test_neighbours_are_proven_together_but_not_more_than_a_few(number: int) -> None:
    base, other = "ax" * number, f"{MARK}x" * number
    places = [Block(2 * n, 2 * n + 1, 2 * n, 2 * n + 1) for n in range(number)]
    ends = [*range(8, number, 8), number]
    assert [*_verdicts(base, other, places)] == [
        (2 * start, 2 * end - 1, 2 * start, 2 * end - 1, "covered")
        for start, end in pairwise([0, *ends])
    ]


@pytest.mark.parametrize(
    ("gap", "mark", "together"),
    [*((n, MARK, n < 4) for n in range(1, 7)), *((n, "q", False) for n in range(1, 7))],
)
def test_few_tokens_and_a_mark_make_neighbours(gap: int, mark: str, together: bool) -> None:
    base, other = "a" + "x" * gap + "bc", mark + "x" * gap + MARK
    places = [Block(0, 1, 0, 1), Block(gap + 1, gap + 3, gap + 1, gap + 2)]
    found = [*_verdicts(base, other, places)]
    one, two = (
        (*place, "covered" if code == MARK else None)
        for place, code in zip(places, (mark, MARK), strict=True)
    )
    assert found == ([(0, gap + 3, 0, gap + 2, "covered")] if together else [one, two])


@pytest.mark.parametrize(
    ("sizes", "moved"),
    [
        *(([], False), ([(1, 1)], False), ([(1, 2)], False), ([(1, 1), (1, 0)], False)),
        *(([(1, 1), (0, 1)], False), ([(0, 1), (1, 0)], True), ([(2, 1), (3, 3), (1, 2)], True)),
    ],
)
def test_words_moved_if_they_are_gone_here_and_new_there(
    sizes: list[tuple[int, int]], moved: bool
) -> None:
    places = [Block(0, removed, 0, added) for removed, added in sizes]
    assert changes._moved(places, Pair("a a a", "b b b")) is moved


@pytest.mark.parametrize(
    ("base", "other", "kept"),
    [
        *((f"a{MARK}", f"b{MARK}", True), (f"a{MARK}c", f"b{MARK}d", False), ("a", "b", True)),
        *((f"a{MARK}", f"bc{MARK}", False), (f"{MARK}a{MARK}", f"{MARK}b{MARK}", True)),
        *((f"{MARK}a", "ab", False), (f"a{MARK}{MARK}c", f"b{MARK}{MARK}d", True)),
    ],
)
def test_a_mark_is_kept_where_words_on_one_side_changed(base: str, other: str, kept: bool) -> None:
    place = Block(0, len(base), 0, len(other))
    assert changes._kept(place, _pair(base, other)) is kept


#: Words removed and added, coded texts, what is suspected, and what the marks may be.
UNPROVEN = [
    (1, 1, "a", "b", "", ""),
    (0, 0, "a", f"b{MARK}", "", "covered"),
    (0, 0, f"a{MARK}", "b", "", "opened"),
    (0, 0, f"a{MARK}c", f"b{MARK}d", "", ""),
    (1, 0, f"a{MARK}c", f"b{MARK}d", "", "covered"),
    (0, 1, f"a{MARK}c", f"b{MARK}d", "", "opened"),
    (1, 1, f"a{MARK}c", f"b{MARK}d", "", "covered opened"),
    (1, 1, f"a{MARK}", f"b{MARK}", "", ""),
    (1, 1, f"a{MARK}", f"b{MARK}", "covered", "covered"),
    (1, 1, "a", "b", "covered", "covered"),
    (1, 1, "a", "b", "opened", "opened"),
    (1, 1, "a", "b", "covered opened", "covered opened"),
    (0, 1, "a", "b", "covered", ""),
    (1, 0, "a", "b", "opened", ""),
    (1, 0, f"a{MARK}{MARK}", f"b{MARK}", "", "covered opened"),
    (0, 0, f"a{MARK}{MARK}", f"b{MARK}", "", "opened"),
    (0, 0, f"a{MARK}", f"b{MARK}{MARK}", "", "covered"),
]


@pytest.mark.parametrize(("removed", "added", "base", "other", "suspect", "kinds"), UNPROVEN)
def test_marks_in_a_change_of_words_may_be_covered_or_opened(
    removed: int, added: int, base: str, other: str, suspect: str, kinds: str
) -> None:
    pair = _pair(base, other)
    pair.base, pair.other = (
        cast(Text, SimpleNamespace(words=lambda start, end, n=n: n)) for n in (removed, added)
    )
    place = Block(0, len(base), 0, len(other))
    found = [*changes._unproven(place, {*suspect.split()}, pair)]
    told = [Change(0, 0, kind, removed, added) for kind in ("wording", *kinds.split())]
    assert found == told
