"""The runs of tokens that two coded texts share, in order: all of them, or only the sure ones."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from cableproof.validators.collation.tokens import MARK, ONLY_IN_OTHER

#: Pairs of tokens that are looked at: 20,000 tokens by 20,000, one bit each (50 MB).
MOST_PAIRS = 20_000 * 20_000
NEAR = 4  # equal tokens that part two differences for good
_ANCHOR = 8  # tokens in a row that both texts have only once


class Run(NamedTuple):
    """Tokens that two texts share: where they begin in each, and how many they are."""

    base: int
    other: int
    length: int

    def moved(self, base: int, other: int) -> "Run":
        """Return the same run of texts with so many more tokens before it."""
        return Run(self.base + base, self.other + other, self.length)


class Block(NamedTuple):
    """A place in which two texts differ: the span of tokens in each."""

    base: int
    base_end: int
    other: int
    other_end: int

    def moved(self, base: int, other: int) -> "Block":
        """Return the same place of texts with so many more tokens before it."""
        return Block(
            self.base + base, self.base_end + base, self.other + other, self.other_end + other
        )


def shared(base: str, other: str) -> tuple[list[Run], bool]:
    """Return the runs that two coded texts share, and whether every part could be aligned.

    Marks are no part of a run, but far from any difference, at the beginning and the end:
    whether a mark stands for a mark is judged by what is around it.
    """
    start = _beginning(base, other)
    base_rest, other_rest = base[start:], other[start:]
    end = _beginning(base_rest[::-1], other_rest[::-1])
    middle = len(base_rest) - end, len(other_rest) - end
    within = list(_within(base_rest[: middle[0]], other_rest[: middle[1]]))
    runs = [Run(0, 0, start)]
    runs += [run.moved(start, start) for run in within if run]
    runs.append(Run(start + middle[0], start + middle[1], end))
    return list(_joined(runs)), None not in within


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Yield runs without the empty ones, those that touch as one."""
    last = runs[0]
    for run in runs[1:]:
        if (last.base + last.length, last.other + last.length) == (run.base, run.other):
            last = last._replace(length=last.length + run.length)
            continue
        if last.length:
            yield last
        last = run
    if last.length:
        yield last


def blocks(runs: list[Run], base: str, other: str) -> list[Block]:
    """Return what lies between the runs."""
    found, at, other_at = [], 0, 0
    for run in [*runs, Run(len(base), len(other), 0)]:
        if run.base > at or run.other > other_at:
            found.append(Block(at, run.base, other_at, run.other))
        at, other_at = run.base + run.length, run.other + run.length
    return found


def _beginning(base: str, other: str) -> int:
    """Return how many tokens are equal from the beginning, up to a mark near the difference."""
    pairs = enumerate(zip(base, other, strict=False))
    end = next((at for at, (one, two) in pairs if one != two), min(len(base), len(other)))
    mark = base.find(MARK, max(0, end - NEAR), end)
    return end if mark < 0 else mark


def _within(base: str, other: str) -> Iterator[Run | None]:
    """Yield the runs of two texts, and None for a part that is too long to be aligned."""
    other = other.replace(MARK, ONLY_IN_OTHER)
    if len(base) * len(other) <= MOST_PAIRS:
        yield from _longest(base, other, 0, 0)
        return
    at = other_at = 0
    for anchor in [*_anchors(base, other), Run(len(base), len(other), 0)]:
        parts = base[at : anchor.base], other[other_at : anchor.other]
        if len(parts[0]) * len(parts[1]) <= MOST_PAIRS:
            yield from _longest(*parts, at, other_at)
        else:
            yield None
        if anchor.length:
            yield anchor
        at, other_at = anchor.base + anchor.length, anchor.other + anchor.length


def _longest(base: str, other: str, at: int, other_at: int) -> Iterator[Run]:
    """Yield the runs of the longest common subsequence."""
    if not (base and other):
        return
    for step in LCSseq.opcodes(base, other):
        if step.tag == "equal":
            length = step.src_end - step.src_start
            yield Run(step.src_start, step.dest_start, length).moved(at, other_at)


def _anchors(base: str, other: str) -> list[Run]:
    """Return tokens with which a sequence begins that both texts have once, as many in order."""
    places = _only_once(base)
    others = _only_once(other)
    pairs = [(at, others[key]) for key, at in places.items() if key in others]
    ends: list[int] = []  # with which the longest rising runs of each length end
    chosen: list[int] = []  # their pairs
    previous: list[int | None] = []
    for i, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        previous.append(chosen[length - 1] if length else None)
        ends[length : length + 1] = [at]
        chosen[length : length + 1] = [i]
    chain: list[Run] = []
    last = chosen[-1] if chosen else None
    while last is not None:
        chain.append(Run(*pairs[last], 1))
        last = previous[last]
    return chain[::-1]


def _only_once(text: str) -> dict[str, int]:
    """Return the sequences of tokens that a text has once, in order, and where they begin."""
    sequences = [text[at : at + _ANCHOR] for at in range(len(text) - _ANCHOR + 1)]
    times = Counter(sequences)
    return {sequence: at for at, sequence in enumerate(sequences) if times[sequence] == 1}
