"""Places in a text at which an edit can be made without touching anything but words of prose."""

import re
from random import Random
from typing import NamedTuple

_FIRST = re.compile(r"(?m)^1\. ")
_END = 60  # characters at the end in which a signature may stand
_APART = 120  # characters between two places, and from a place to a mark
_WORDS = re.compile(r"(?<=[a-z] )[a-z]{4,12}(?: [a-z]{2,12}){0,3}(?= [a-z])")
_SENTENCE = re.compile(r"(?<=[a-z]\. )[A-Z][a-z]+ [^.\"'\n\u201c\u201d]{20,}\. (?=[A-Z][a-z])")
#: What the corpus, and these edits, put over words.
COVER = "XXXXXXXXXXXX"


class Span(NamedTuple):
    """From one character to another."""

    start: int
    end: int


def prose(text: str) -> Span:
    """Return from where to where a text has paragraphs and nothing else; empty if it has none."""
    first = _FIRST.search(text)
    return Span(first.end(), max(first.end(), len(text) - _END)) if first else Span(0, 0)


def spots(text: str, rng: Random, number: int) -> list[Span]:
    """Return some places with one to four plain words, in order and far from each other."""
    within = prose(text)
    marks = [at.start() for at in re.finditer(COVER, text)]
    found = [Span(*match.span()) for match in _WORDS.finditer(text, *within)]
    rng.shuffle(found)
    taken: list[Span] = []
    for span in found:
        others = [*(spot.start for spot in taken), *marks]
        if len(taken) < number and all(abs(span.start - at) > _APART for at in others):
            taken.append(span)
    return sorted(taken)


def sentences(text: str) -> list[Span]:
    """Return the sentences that stand between two others of a paragraph."""
    return [Span(*match.span()) for match in _SENTENCE.finditer(text, *prose(text))]


def put(text: str, spans: list[Span], words: list[str]) -> str:
    """Return a text with words in place of those at some spans, which are in order."""
    for span, new in zip(reversed(spans), reversed(words), strict=True):
        text = text[: span.start] + new + text[span.end :]
    return text
