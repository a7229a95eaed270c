"""Whether two coded texts are equal but for marks, each mark standing for any tokens or none."""

from typing import NamedTuple

from cableproof.validators.collation.places import Block, Run
from cableproof.validators.collation.tokens import MARK


class Proof(NamedTuple):
    """That two texts are equal but for marks: what each mark stands for, and the rest."""

    kind: str  # "covered" where marks of the other stand for tokens of the base, "opened"
    places: list[Block]
    same: list[Run]  # with the marks that stand for a mark

    def moved(self, base: int, other: int) -> "Proof":
        """Return the same of texts with so many more tokens before it."""
        return Proof(
            self.kind,
            [place.moved(base, other) for place in self.places],
            [run.moved(base, other) for run in self.same],
        )


def proven(base: str, other: str) -> Proof | None:
    """Return the proof that two coded texts are equal but for marks of one; None if not."""
    if base == other:
        return Proof("", [], [Run(0, 0, len(base))])
    if (spans := _stands_for(other, base)) is not None:
        return _proof(
            "covered", [Block(*span, mark, mark + 1) for mark, span in spans], base, other
        )
    if (spans := _stands_for(base, other)) is not None:
        return _proof("opened", [Block(mark, mark + 1, *span) for mark, span in spans], base, other)
    return None


def _stands_for(pattern: str, text: str) -> list[tuple[int, tuple[int, int]]] | None:
    """Return where each mark of a pattern stands, and its span of the text; None if unlike.

    What stands between two marks is looked for from left to right; the first place is as good
    as any, since a mark takes what is left.
    """
    first, *between = pattern.split(MARK)
    if not between:
        return None
    last = between.pop()
    end = len(text) - len(last)
    if end < len(first) or not text.startswith(first) or not text.endswith(last):
        return None
    spans = []
    mark = at = len(first)
    for part in between:
        found = text.find(part, at, end)
        if found < 0:
            return None
        spans.append((mark, (at, found)))
        mark, at = mark + 1 + len(part), found + len(part)
    return [*spans, (mark, (at, end))]


def _proof(kind: str, places: list[Block], base: str, other: str) -> Proof:
    """Return the proof that the places give, without those where a mark stands for a mark."""
    changed, same = [], []
    at, other_at = 0, 0
    for place in places:
        same.append(Run(at, other_at, place.base - at))
        at, other_at = place.base_end, place.other_end
        if base[place.base : at] == other[place.other : other_at]:
            same.append(Run(place.base, place.other, 1))
        else:
            changed.append(place)
    same.append(Run(at, other_at, len(base) - at))
    return Proof(kind, changed, same)
