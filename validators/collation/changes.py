"""What the differences of two texts are, where they are not all marks: each is judged by itself."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cableproof.validators.collation.places import NEAR, Block, Run, between
from cableproof.validators.collation.runs import differing
from cableproof.validators.collation.tokens import MARK, Pair
from cableproof.validators.collation.wildcards import Proof, proven

_MIRRORED = {"covered": "opened", "opened": "covered", "": ""}
_MOST_TOGETHER = 8  # neighbouring differences that are looked at as one


class Change(NamedTuple):
    """A place in which two texts differ: where it begins in each, and words in it."""

    base: int
    other: int
    kind: str
    removed: int
    added: int


class _Verdict(NamedTuple):
    """A place in which two texts differ, with the proof that it is but marks, if it is."""

    span: Block
    proof: Proof | None


def mixed(pair: Pair) -> tuple[list[Change], list[Run], bool]:
    """Return the differences, what both texts share, and whether every part could be aligned."""
    places, whole = differing(pair.coded, pair.other_coded)
    verdicts = list(_verdicts(places, pair))
    changes = [c for chain in _chains(verdicts) for c in _unproven_changes(chain, pair)]
    same = between([verdict.span for verdict in verdicts], len(pair.coded))
    for verdict in verdicts:
        if verdict.proof is not None:
            changes += proven_changes(verdict.proof, pair)
            same += verdict.proof.same
    return changes, same, whole and pair.told_apart


def proven_changes(proof: Proof, pair: Pair) -> Iterator[Change]:
    """Yield the places of a proof with the words in them.

    What only may be a mark is none where it stands for no words: it is a word that was added.
    """
    for place in proof.places:
        change = _change(proof.kind, place, pair)
        added, removed = change.kind == "covered", change.kind == "opened"
        if pair.taken and not (change.removed if added else change.added) and _taken(place, pair):
            change = Change(*change[:2], "wording", int(removed), int(added))
        yield change


def _taken(place: Block, pair: Pair) -> bool:
    """Tell whether the marks of a place are all such as are only taken for marks."""
    base = pair.base.tokens[place.base : place.base_end]
    other = pair.other.tokens[place.other : place.other_end]
    marks = pair.base.marks | pair.other.marks
    return pair.taken.issuperset(marks.intersection(base + other))


def _change(kind: str, place: Block, pair: Pair) -> Change:
    removed = pair.base.words(place.base, place.base_end)
    added = pair.other.words(place.other, place.other_end)
    return Change(place.base, place.other, kind, removed, added)


def _verdicts(places: list[Block], pair: Pair) -> Iterator[_Verdict]:
    """Yield a verdict on each place, on as many neighbours at once as one proof tells."""
    at = 0
    while at < len(places):
        end = at + 1
        most = min(len(places), at + _MOST_TOGETHER)
        while end < most and _neighbours(places[end - 1], places[end], pair):
            end += 1
        taken, verdict = _widest(places[at:end], pair)
        yield verdict
        at += taken


def _widest(places: list[Block], pair: Pair) -> tuple[int, _Verdict]:
    """Return how many of the places, from the first, are but marks, with the proof."""
    for taken in range(len(places), 0, -1):
        first, last = places[0], places[taken - 1]
        span = Block(first.base, last.base_end, first.other, last.other_end)
        proof = proven(*_parts(span, pair))
        if proof is not None:
            return taken, _Verdict(span, proof.moved(span.base, span.other))
    return 1, _Verdict(places[0], None)


def _parts(place: Block, pair: Pair) -> tuple[str, str]:
    return pair.coded[place.base : place.base_end], pair.other_coded[place.other : place.other_end]


def _near(place: Block, following: Block) -> bool:
    return following.base - place.base_end < NEAR


def _neighbours(place: Block, following: Block, pair: Pair) -> bool:
    """Tell whether few tokens part two differences, and one of them has a mark."""
    return _near(place, following) and any(_marks(place, pair) + _marks(following, pair))


def _marks(place: Block, pair: Pair) -> tuple[int, int]:
    return (
        pair.coded.count(MARK, place.base, place.base_end),
        pair.other_coded.count(MARK, place.other, place.other_end),
    )


def _chains(verdicts: list[_Verdict]) -> Iterator[list[_Verdict]]:
    """Yield the verdicts on differences that few tokens part, together."""
    chain: list[_Verdict] = []
    for verdict in verdicts:
        if chain and not _near(chain[-1].span, verdict.span):
            yield chain
            chain = []
        chain.append(verdict)
    yield chain


def _unproven_changes(chain: list[_Verdict], pair: Pair) -> Iterator[Change]:
    """Yield the changes of wording in a chain, and what the marks in it may be."""
    places = [verdict.span for verdict in chain if verdict.proof is None]
    suspect = _suspect([verdict.proof for verdict in chain if verdict.proof], places, pair)
    for place in places:
        yield from _unproven(place, suspect, pair)


def _suspect(proofs: list[Proof], places: list[Block], pair: Pair) -> set[str]:
    """Return what marks may have become in the wording beside them, whatever is proven of them.

    Where much differs, words and marks are easily aligned wrongly. A mark that is taken for one
    of the tokens under a wider mark may have been opened in the wording; and so may one that is
    taken for kept, where words are gone in one place and new in another.
    """
    suspect = {
        _MIRRORED[proof.kind]
        for proof in proofs
        if any(all(_marks(place, pair)) for place in proof.places)
    }
    if not all(proof.kind for proof in proofs) and _moved(places, pair):
        suspect |= {"covered", "opened"}
    return suspect


def _moved(places: list[Block], pair: Pair) -> bool:
    """Tell whether words are gone in one place and new in another."""
    sizes = [_change("wording", place, pair) for place in places]
    return any(c.added > c.removed for c in sizes) and any(c.added < c.removed for c in sizes)


def _unproven(place: Block, suspect: set[str], pair: Pair) -> Iterator[Change]:
    """Yield a change of wording, and what the marks in it may be: covered, opened, or both."""
    wording = _change("wording", place, pair)
    yield wording
    marks, others = (0, 0) if _kept(place, pair) else _marks(place, pair)
    if others > marks or (wording.removed and (others or "covered" in suspect)):
        yield wording._replace(kind="covered")
    if marks > others or (wording.added and (marks or "opened" in suspect)):
        yield wording._replace(kind="opened")


def _kept(place: Block, pair: Pair) -> bool:
    """Tell whether each mark plainly stands for a mark: words beside it changed one for one.

    If the words on both sides of a mark changed, it may as well have moved.
    """
    parts, others = ([len(part) for part in text.split(MARK)] for text in _parts(place, pair))
    return parts == others and not any(before and then for before, then in pairwise(parts))
