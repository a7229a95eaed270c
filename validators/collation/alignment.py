"""How two texts of one cable differ: in places and numbers, never in words."""

from dataclasses import dataclass, replace

from cableproof.validators.collation.changes import Change, mixed, proven_changes
from cableproof.validators.collation.ends import Ends, shared_ends
from cableproof.validators.collation.places import Run
from cableproof.validators.collation.tokens import MARK, Pair, Text
from cableproof.validators.collation.wildcards import proven

_LENGTHS = ((0, "none"), (3, "a few words"), (12, "a phrase"), (60, "a passage"))
_AT_END, _AT_START = "at the end", "at the beginning"
_MIRRORED = {
    "covered": "opened",
    "opened": "covered",
    "wording": "wording",
    "longer": "shorter",
    "shorter": "longer",
    "": "",
}


@dataclass(frozen=True)
class Passage:
    """One place in which two texts differ."""

    kind: str  #: "covered" (marks in the other for words of the base), "opened", "wording"
    paragraph: int  #: number of the paragraph of the base, 0 above the first
    at: int  #: how far into the base, per cent of its tokens
    removed: int  #: words that only the base has, where the wording differs
    added: int  #: words that only the other has, where the wording differs
    length: str  #: coarse class of how many words are covered; empty for wording
    rounded: bool = False  #: whether the words are rounded up, since some of them may be covered


@dataclass(frozen=True)
class Aligned:
    """How two texts differ."""

    passages: tuple[Passage, ...]
    restyled: bool  #: whether a place is covered in both texts, by marks of another form
    extends: str  #: "longer" if the base is the beginning or end of the other; "shorter"
    where: str  #: "at the end" or "at the beginning" of the longer one
    alike: int  #: per cent of tokens that the texts share; in tens where anything is covered
    whole: bool  #: False if a part was too long to be aligned and is told as one passage


@dataclass(frozen=True)
class _Found:
    changes: list[Change]
    same: list[Run]
    whole: bool = True
    extends: str = ""
    where: str = ""

    def mirrored(self) -> "_Found":
        """Return the same seen from the other text."""
        return replace(
            self,
            changes=[
                Change(c.other, c.base, _MIRRORED[c.kind], c.added, c.removed) for c in self.changes
            ],
            same=[Run(run.other, run.base, run.length) for run in self.same],
            extends=_MIRRORED[self.extends],
        )


def aligned(base: str, other: str, *, places: bool = True) -> Aligned:
    """Return how ``other`` differs from ``base``, two texts of normalised layout.

    Seen from the other side it is the same difference, mirrored. A mark may stand for any words
    or none; that texts are equal but for marks is proven, not guessed. Where words and marks
    differ in one place and cannot be told apart, the place is told as wording and as what its
    marks may be, so that an opened mark is not hidden behind a change of words.

    Where ``places`` are not asked for, texts without any mark are not held against each other
    word by word: that their wording differs is told as one passage, and the measures of it are
    without meaning.
    """
    if base == other:
        return Aligned((), False, "", "", 100, True)
    ends = shared_ends(base, other)
    sides = (base, other) if base <= other else (other, base)
    pair = Pair(*sides, ends.head, ends.tail)
    found = _found(pair, places=places)
    if ends.tail if found.where == _AT_END else found.where and ends.head:
        ends, pair = Ends(), Pair(*sides)  # what was left out may tell that it is no such end
        found = _found(pair, places=places)
    texts = pair.base, pair.other
    if base > other:
        found, texts = found.mirrored(), texts[::-1]
    return _told(found, *texts, ends)


def _told(found: _Found, base: Text, other: Text, ends: Ends) -> Aligned:
    common = sum(run.length for run in found.same) + sum(ends.tokens)
    total = len(base.tokens) + len(other.tokens) + 2 * sum(ends.tokens)
    alike = 200 * common // total if total else 100
    covering = {change[:2] for change in found.changes if change.kind != "wording"}
    return Aligned(
        passages=tuple(
            _passage(change, base, ends, rounded=change[:2] in covering)
            for change in sorted(found.changes)
        ),
        restyled=any(_spelt_otherwise(run, base.tokens, other.tokens) for run in found.same),
        extends=found.extends,
        where=found.where,
        alike=alike // 10 * 10 if covering else alike,  # else it tells how many words are covered
        whole=found.whole,
    )


def _spelt_otherwise(run: Run, base: list[str], other: list[str]) -> bool:
    ends = run.base + run.length, run.other + run.length
    return base[run.base : ends[0]] != other[run.other : ends[1]]


def _passage(change: Change, base: Text, ends: Ends, *, rounded: bool) -> Passage:
    wording = change.kind == "wording"
    words = [_rounded(n) if rounded else n for n in (change.removed, change.added)]
    return Passage(
        kind=change.kind,
        paragraph=base.paragraph(change.base),
        at=100 * (ends.tokens[0] + change.base) // max(len(base.tokens) + sum(ends.tokens), 1),
        removed=words[0] if wording else 0,
        added=words[1] if wording else 0,
        length="" if wording else _length(change),
        rounded=wording and rounded,
    )


def _rounded(words: int) -> int:
    """Return the most words that are in the same coarse class, or in the same hundred."""
    return next((most for most, _ in _LENGTHS if words <= most), -(-words // 100) * 100)


def _length(change: Change) -> str:
    words = change.removed if change.kind == "covered" else change.added
    return next((name for most, name in _LENGTHS if words <= most), "paragraphs")


def _found(pair: Pair, *, places: bool) -> _Found:
    """Return what differs: an end, marks alone, or several things, each judged by itself."""
    extension = _extension(pair.coded, pair.other_coded, pair.base, pair.other)
    if extension is not None:
        return extension
    proof = proven(pair.coded, pair.other_coded)
    if proof is not None:
        return _Found(list(proven_changes(proof, pair)), proof.same)
    if not (places or pair.base.marks or pair.other.marks):
        return _Found([Change(0, 0, "wording", 0, 0)], [])
    return _Found(*mixed(pair))


def _extension(coded: str, longer: str, base: Text, other: Text) -> _Found | None:
    """Return that one text is the beginning or the end of the other; None if it is not."""
    end, more = len(coded), len(longer) - len(coded)
    if more < 0:
        found = _extension(longer, coded, other, base)
        return None if found is None else found.mirrored()
    at_end, at_start = longer.startswith(coded), longer.endswith(coded)
    if not (more and (at_end or at_start) and base.has_words):
        return None
    if at_end and longer[end:] != MARK:
        added = Change(end, end, "wording", 0, other.words(end, end + more))
        return _extended(added, Run(0, 0, end), coded[-1] == MARK, _AT_END)
    if at_start and longer[:more] != MARK:
        added = Change(0, 0, "wording", 0, other.words(0, more))
        return _extended(added, Run(0, more, end), coded[0] == MARK, _AT_START)
    return None


def _extended(added: Change, same: Run, at_a_mark: bool, where: str) -> _Found:
    """Return that words were added; beside a mark they may be some of those it covered."""
    opened = [added._replace(kind="opened")] if at_a_mark and added.added else []
    return _Found([added, *opened], [same], extends="longer", where=where)
