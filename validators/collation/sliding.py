"""What could stand in several places, as one of many dashes, is moved near other differences."""

from cableproof.validators.collation.places import NEAR, Block
from cableproof.validators.collation.tokens import MARK


def slid(places: list[Block], base: str, other: str) -> list[Block]:
    """Return the places in which two texts differ, as near to each other as they can be."""
    forward = _slid(places, base, other)
    backward = _slid(_turned(forward, base, other), base[::-1], other[::-1])
    return _turned(backward, base, other)


def _turned(places: list[Block], base: str, other: str) -> list[Block]:
    """Return the places of two texts seen from their ends."""
    length, other_length = len(base), len(other)
    return [
        Block(
            length - p.base_end, length - p.base, other_length - p.other_end, other_length - p.other
        )
        for p in reversed(places)
    ]


def _slid(places: list[Block], base: str, other: str) -> list[Block]:
    """Return the places, those that only one text has moved towards the place before."""
    found: list[Block] = []
    for place in places:
        moved = _nearer(place, found[-1], base, other) if found else place
        if found and moved.base == found[-1].base_end:
            last = found.pop()
            moved = Block(last.base, moved.base_end, last.other, moved.other_end)
        found.append(moved)
    return found


def _nearer(place: Block, last: Block, base: str, other: str) -> Block:
    """Return a place moved to the one before it; unmoved if it comes not near it."""
    if place.other == place.other_end:
        steps = _steps(base, place.base, place.base_end, last.base_end)
    elif place.base == place.base_end:
        steps = _steps(other, place.other, place.other_end, last.other_end)
    else:
        return place
    near = place.base - steps - last.base_end < NEAR
    return place.moved(-steps, -steps) if near else place


def _steps(text: str, start: int, end: int, least: int) -> int:
    """Return how far tokens can be moved to the front while they remain the same tokens."""
    at = start
    while at > least and text[at - 1] == text[at - 1 + end - start] != MARK:
        at -= 1
    return start - at
