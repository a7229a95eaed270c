"""A text as tokens: words, single signs, and marks that stand for words."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from math import inf

from cableproof.validators.telegram.marks import COVERED
from cableproof.validators.telegram.marks import MARK as _MARK

#: A token of a coded text that is a mark, and one that the other text has nowhere.
MARK, ONLY_IN_BASE, ONLY_IN_OTHER = "\0", "\1", "\2"
_FIRST_CODE = 3
MOST_CODES = 0x110000 - _FIRST_CODE  # different tokens that can be told apart

_GLUED = rf"\w*(?:{_MARK})\w*"  # with the rest of a word of which letters are covered
_TOKEN = re.compile(rf"{_GLUED}(?:\s*{_GLUED})*|\w+|[^\w\s]")
#: What may be a mark: a short run of X, a single block, a notice in brackets. By itself it may as
#: well be text: it is taken for a mark where the other text has not as many of it.
_NOTED = r"(?i:redacted|removed|withheld|deleted)"
_OF_WHAT = r"(?i:(?:names?|persons?|sources?|details?|texts?|content|passages?|identit(?:y|ies)|location)\s)"
_BLOCK = r"[\u2588\u2591-\u2593\u25a0]"
_PERHAPS = (
    rf"\b[Xx]{{3,4}}\b|{_BLOCK}|\({_OF_WHAT}?{_NOTED}\)"
    rf"|[\[{{<](?:[A-Za-z,/-]{{1,20}}\s){{0,4}}{_NOTED}(?:\s[A-Za-z,/-]{{1,20}}){{0,4}}[\]}}>]"
)
_DOUBTFUL = re.compile(_PERHAPS)
_EITHER = rf"(?:{_GLUED}|\w*{_BLOCK}\w*|{_PERHAPS})"
_TOKEN_OR_DOUBTFUL = re.compile(rf"{_EITHER}(?:\s*{_EITHER})*|\w+|[^\w\s]")
_WITHOUT_MARKS = re.compile(r"\w+|[^\w\s]")
#: What every mark has, and all that may be one, in small letters: to look for these first takes
#: a fraction of the time. No letter of them has a form that is small in another way.
_SIGNS = ("xxx", "redacted", "removed", "thheld", "deleted", *"\u2588\u2591\u2592\u2593\u25a0")
_SIGN = re.compile("|".join(_SIGNS), re.IGNORECASE)
#: The number of a paragraph; a figure comes first, since only what begins plainly is found fast.
_NUMBER = re.compile(r"[0-9](?<![\w.,][0-9])[0-9]{0,2}\.(?![0-9])")


def _has_signs(text: str) -> bool:
    small = text.lower()
    return any(sign in small for sign in _SIGNS)


def first_sign(text: str) -> int:
    """Return where the first sign of a mark stands; the length of the text if it has none."""
    found = _SIGN.search(text) if _has_signs(text) else None
    return found.start() if found else len(text)


def last_sign(text: str) -> int:
    """Return where the last sign of a mark ends; 0 if there is none."""
    return max((f.end() for f in _SIGN.finditer(text)), default=0) if _has_signs(text) else 0


@dataclass(frozen=True, repr=False)
class Text:
    """A text in its tokens from ``start`` to ``end``; marks side by side are one token.

    ``taken`` are tokens that may be marks, and are taken for such.
    """

    text: str
    start: int
    end: int
    taken: frozenset[str] = frozenset()

    @cached_property
    def tokens(self) -> list[str]:
        """The tokens as they are spelt."""
        return self._pattern.findall(self.text, self.start, self.end)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        part = self.text, self.start, self.end
        if not _has_signs(self.text[self.start : self.end]):
            return _WITHOUT_MARKS
        if _DOUBTFUL.search(*part):
            return _TOKEN_OR_DOUBTFUL
        return _TOKEN if COVERED.search(*part) else _WITHOUT_MARKS

    @cached_property
    def marks(self) -> set[str]:
        """The tokens that are marks, each spelling once."""
        if self._pattern is _WITHOUT_MARKS:
            return set()
        joined = "\0".join(["", *set(self.tokens), ""])  # searched at once: no mark holds a NUL
        plain = {
            joined[joined.rindex("\0", 0, found.start()) + 1 : joined.index("\0", found.end())]
            for found in COVERED.finditer(joined)
        }
        return plain | self.taken.intersection(self.tokens)

    @cached_property
    def doubtful(self) -> Counter[str]:
        """The tokens that may be marks and are not plainly so, and how often they stand there."""
        if self._pattern is not _TOKEN_OR_DOUBTFUL:
            return Counter()
        found = Counter(self.tokens)
        plain = [t for t in found if t in self.marks or not _DOUBTFUL.search(t)]
        for token in plain:
            del found[token]
        return found

    def words(self, start: int, end: int) -> int:
        """Return how many words stand from one token to another.

        A word is what has a letter or figure and is no mark.
        """
        tokens = self.tokens[start:end]
        if self.marks:
            tokens = [token for token in tokens if token not in self.marks]
        return sum(map(_is_word, tokens))

    @cached_property
    def has_words(self) -> bool:
        """Whether the whole text, and not only what is looked at, has any word."""
        beside = self.text[: self.start], self.text[self.end :]
        return any(map(_is_word, beside)) or any(
            token not in self.marks and _is_word(token) for token in self.tokens
        )

    @cached_property
    def _paragraphs(self) -> list[tuple[int, int]]:
        """The numbered paragraphs: the token at which each begins, and its number.

        Those that begin before the first token begin with it; those after the last are none.
        """
        begins, at, done = [], 0, self.start
        for start, number in _chain(self.text):
            if start >= self.end:
                break
            if start > done:
                at += len(self._pattern.findall(self.text, done, start))
                done = start
            begins.append((at, number))
        return begins

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph in which a token stands, 0 above the first."""
        before = bisect_right(self._paragraphs, (at, inf))
        return self._paragraphs[before - 1][1] if before else 0


def _is_word(token: str) -> bool:
    return token.isalnum() or (len(token) > 1 and any(map(str.isalnum, token)))


def _chain(text: str) -> Iterator[tuple[int, int]]:
    """Yield the numbers of paragraphs and where they stand.

    Each is the one before it and one; the first is 1, or else the first number after which
    the next one stands somewhere. A sentence that ends in the number that is due counts too.
    """
    hits = [(found.start(), int(found[0][:-1])) for found in _NUMBER.finditer(text)]
    due = 1 if any(number == 1 for _, number in hits) else _first_of_a_run(hits)
    for start, number in hits:
        if number == due:
            yield start, number
            due += 1


def _first_of_a_run(hits: list[tuple[int, int]]) -> int | None:
    first, later = None, set()
    for _, number in reversed(hits):
        if number + 1 in later:
            first = number
        later.add(number)
    return first


class Pair:
    """Two texts of one cable, also coded with one character a token.

    Equal characters are equal tokens, but a mark is like any other mark, and all tokens that
    only one of the texts has are one character, which the other text has not. So are those
    for which there is no character left, if there are more than ``MOST_CODES``. What may be a
    mark is one where the texts have not as many of it: where both have it, it is a word of them.
    Of each text so many characters of ``head`` and ``tail`` are left out.
    """

    def __init__(self, base: str, other: str, head: int = 0, tail: int = 0) -> None:
        self.base, self.other = (Text(t, head, len(t) - tail) for t in (base, other))
        ours, theirs = self.base.doubtful, self.other.doubtful
        self.taken = frozenset((ours - theirs) + (theirs - ours))
        if self.taken:
            self.base, self.other = (replace(t, taken=self.taken) for t in (self.base, self.other))
        tokens, others = self.base.tokens, self.other.tokens
        there = set(others)
        common = [token for token in dict.fromkeys(tokens) if token in there]
        codes = {token: chr(code) for code, token in enumerate(common[:MOST_CODES], _FIRST_CODE)}
        codes |= dict.fromkeys(self.base.marks | self.other.marks, MARK)
        self.coded = "".join(map(codes.get, tokens, repeat(ONLY_IN_BASE)))
        self.other_coded = "".join(map(codes.get, others, repeat(ONLY_IN_OTHER)))
        self.told_apart = len(common) <= MOST_CODES
