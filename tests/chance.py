"""What chance draws, the same on every machine and in every version of Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

_Drawn = TypeVar("_Drawn")


class Chance:
    """Draws from the numbers of a seed alone, of which Python promises that they stay."""

    def __init__(self, seed: int | str) -> None:
        self._random = Random(seed)

    def below(self, most: int) -> int:
        return int(self._random.random() * most)

    def one(self, some: Sequence[_Drawn]) -> _Drawn:
        return some[self.below(len(some))]
