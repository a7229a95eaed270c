"""Where in a text differences lie: marks on a bar, and the same in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

HEIGHT = 12  # of a bar; its width is 100, one for each per cent of the base
_BY_WORDS = ((3, 4), (10, 6), (50, 9))  # up to so many words so high, and beyond that the whole
_BY_LENGTH = {"none": 4, "a few words": 4, "a phrase": 6, "a passage": 9, "paragraphs": HEIGHT}


class Place(NamedTuple):
    """One place: paragraph of the base, per cent of its length, and how much differs there."""

    paragraph: str
    at: int
    much: str


def marks(passages: Sequence[Mapping[str, Any]]) -> str:
    """Return the path that draws the passages, one upright mark a place, the highest where two meet.

    >>> marks([{"at": 5, "removed": 2, "added": 0}, {"at": 5, "removed": 0, "added": 20}])
    'M5 12v-9'
    """
    heights: dict[int, int] = {}
    for each in passages:
        heights[each["at"]] = max(heights.get(each["at"], 0), _height(each))
    return "".join(f"M{at} {HEIGHT}v-{high}" for at, high in sorted(heights.items()))


def _height(each: Mapping[str, Any]) -> int:
    if "length" in each:
        return _BY_LENGTH[each["length"]]
    words = max(each["removed"], each["added"])
    return next((high for most, high in _BY_WORDS if words <= most), HEIGHT)


def places(passages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Return the passages in words; of what is covered only the coarse class of its length."""
    return [
        Place(str(each["paragraph"] or "heading"), each["at"], _much(each)) for each in passages
    ]


def _much(each: Mapping[str, Any]) -> str:
    if "length" in each:
        return "no words" if each["length"] == "none" else str(each["length"])
    return exchanged(each["removed"], each["added"])


def exchanged(removed: int, added: int) -> str:
    r"""Return how many words the base alone has, and how many the other alone.

    >>> exchanged(1051, 3)
    '\u22121,051 +3'
    """
    return f"\N{MINUS SIGN}{removed:,} +{added:,}"
