"""What two coded texts share: first what is sure, and in between as much as can be."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import count

from rapidfuzz.distance import LCSseq

from cableproof.validators.collation.places import NEAR, Block, Run, outside
from cableproof.validators.collation.sliding import slid
from cableproof.validators.collation.tokens import MARK, ONLY_IN_OTHER
from cableproof.validators.collation.wildcards import proven

#: Pairs of tokens that are looked at: 20,000 tokens by 20,000, one bit each (50 MB).
MOST_PAIRS = 20_000 * 20_000
_ANCHORS = (8, 3)  # tokens in a row that both texts have only once, the surest first


def differing(base: str, other: str) -> tuple[list[Block], bool]:
    """Return the places in which two coded texts differ, and whether every part was aligned.

    What lies between sequences that both texts have only once is looked at by itself. Where it
    is equal but for marks, it is one place: little words under a mark are not taken for those
    beside it. A mark stands in a place even if it may stand for a mark, unless both are far
    from any difference: what a mark stands for is judged by what is around it.
    """
    found = list(_shared(base, other, _ANCHORS))
    places = list(outside([run for run in found if run], base, other))
    return slid(places, base, other), None not in found


def _shared(base: str, other: str, sizes: tuple[int, ...]) -> Iterator[Run | None]:
    """Yield the runs that two texts share, and None for a part that is too long to be aligned."""
    start = _beginning(base, other)
    yield Run(0, 0, start)
    base, other = base[start:], other[start:]
    end = _beginning(base[::-1], other[::-1])
    length, other_length = len(base) - end, len(other) - end
    for run in _within(base[:length], other[:other_length], sizes):
        yield run and run.moved(start, start)
    yield Run(start + length, start + other_length, end)


def _beginning(base: str, other: str) -> int:
    """Return how many tokens are equal from the beginning, up to a mark near the difference."""
    pairs = enumerate(zip(base, other, strict=False))
    end = next((at for at, (one, two) in pairs if one != two), min(len(base), len(other)))
    mark = base.find(MARK, max(0, end - NEAR), end)
    return end if mark < 0 else mark


def _within(base: str, other: str, sizes: tuple[int, ...]) -> Iterator[Run | None]:
    """Yield the runs of two texts that begin and end with a difference."""
    if not (base and other) or proven(base, other):
        return
    if sizes:
        yield from _between_anchors(base, other, sizes)
    elif len(base) * len(other) <= MOST_PAIRS:
        yield from _longest(base, other.replace(MARK, ONLY_IN_OTHER))
    elif not set(base).isdisjoint(other):
        yield None


def _between_anchors(base: str, other: str, sizes: tuple[int, ...]) -> Iterator[Run | None]:
    at = other_at = 0
    for anchor in _anchors(base, other.replace(MARK, ONLY_IN_OTHER), sizes[0]):
        if anchor.base > at or anchor.other > other_at:
            parts = base[at : anchor.base], other[other_at : anchor.other]
            for run in _shared(*parts, sizes[1:]):
                yield run and run.moved(at, other_at)
        yield anchor
        at, other_at = anchor.base + anchor.length, anchor.other + anchor.length


def _longest(base: str, other: str) -> Iterator[Run]:
    """Yield the runs of the longest common subsequence."""
    for step in LCSseq.opcodes(base, other):
        if step.tag == "equal":
            length = step.src_end - step.src_start
            yield Run(step.src_start, step.dest_start, length)


def _anchors(base: str, other: str, size: int) -> list[Run]:
    """Return tokens with which a sequence begins that both texts have once, as many in order.

    They end with an empty run where both texts end.
    """
    places = _only_once(base, size)
    others = _only_once(other, size)
    pairs = [(at, others[key]) for key, at in places.items() if key in others]
    ends: list[int] = []  # with which the longest rising runs of each length end
    chosen: list[int] = []  # their pairs
    previous: list[int | None] = []
    for i, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        previous.append(chosen[length - 1] if length else None)
        ends[length : length + 1] = [at]
        chosen[length : length + 1] = [i]
    chain = [Run(len(base), len(other), 0)]
    last = chosen[-1] if chosen else None
    while last is not None:
        chain.append(Run(*pairs[last], 1))
        last = previous[last]
    return chain[::-1]


def _only_once(text: str, size: int) -> dict[str, int]:
    """Return the sequences of tokens that a text has once, in order, and where they begin."""
    sequences = [text[at : at + size] for at in range(len(text) - size + 1)]
    places = dict(zip(sequences, count()))
    if len(places) == len(sequences):  # as mostly, where they are long
        return places
    times = Counter(sequences)
    return {sequence: at for at, sequence in enumerate(sequences) if times[sequence] == 1}
