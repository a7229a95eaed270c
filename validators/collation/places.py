"""Places in two texts, by tokens: where they are alike, and where they differ."""

from collections.abc import Iterator
from typing import NamedTuple

NEAR = 4  # equal tokens that part two differences for good


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


def between(places: list[Block], length: int) -> list[Run]:
    """Return the runs that lie between places in which two texts differ."""
    found, at, other_at = [], 0, 0
    for place in places:
        found.append(Run(at, other_at, place.base - at))
        at, other_at = place.base_end, place.other_end
    return [*found, Run(at, other_at, length - at)]


def outside(runs: list[Run], base: str, other: str) -> Iterator[Block]:
    """Yield the places that lie outside the runs which two texts share."""
    at = other_at = 0
    for run in [*(run for run in runs if run.length), Run(len(base), len(other), 0)]:
        if run.base > at or run.other > other_at:
            yield Block(at, run.base, other_at, run.other)
        at, other_at = run.base + run.length, run.other + run.length
