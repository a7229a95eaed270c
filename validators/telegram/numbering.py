"""The numbers of paragraphs, where they are not simply one, two, three."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from cableproof.validators.telegram.marks import COVERED
from cableproof.validators.telegram.pages import MARK
from cableproof.validators.telegram.portions import rank_of

_HIT = re.compile(
    r"^[ \t]*\u00b6?[ \t]*(?:\((?P<before>[^()\n]{1,25})\)[ \t]*)?(?P<number>[0-9]{1,2})"
    r"\.(?:[ \t\r\n]*\((?P<after>[^()\n]{1,25})\)|[ \t\r\n.]|[A-Z(])",
    re.MULTILINE,
)
#: The same inside a line, where the text was reflowed.
_INSIDE = re.compile(
    r"(?:(?<=\s)(?P<marked>[0-9]{1,2})\.\s{0,3}\([^()\n]{1,25}\)"
    r"|(?<=[.!?\"')\u201d]\s)(?P<plain>[0-9]{1,2})\.\s{0,9}[A-Z])"
)
_APART = re.compile(r"(?:\n|[.!?][\"')\u201d]?)[ \t\r]*\n\Z")
_SECTION = re.compile(MARK.replace("[0-9]{3}", "([0-9]{3})", 1))
_BEFORE = 12  # characters in which it shows that a number stands apart
_NAMED = 10  # missing numbers that are named
_RUN = 2  # numbers that go on from one: three dates in a row do not begin lines by chance


class Hit(NamedTuple):
    """A number that may be that of a paragraph, and where it stands in the text."""

    number: int
    marked: bool  # whether a portion mark stands beside it
    start: int
    end: int
    apart: bool = False  # whether the line before it is blank, or ends a sentence
    beyond: bool = False  # whether the page marks skip a section right before it


_START = attrgetter("start")


def missing(text: str) -> tuple[str, bool]:
    """Return the numbers missing among the paragraphs of a text, and whether marks explain them.

    Each gap is looked at between the paragraphs around it: a number that stands there after all,
    or inside a line, fills it, and a redaction mark there explains it. A number given twice stands
    for the next one too.
    """
    hits = list(_hits(text))
    times = Counter(hit.number for hit in hits)
    found: list[int] = []
    explained = True
    for before, hit in pairwise([Hit(0, False, 0, 0), *best_chain(hits)]):
        lacking = set(range(before.number + 1, hit.number))
        if times[before.number] > 1:
            lacking.discard(before.number + 1)
        if not lacking:
            continue
        at, end = (bisect_left(hits, place, key=_START) for place in (before.end, hit.start))
        lacking -= {one.number for one in hits[at:end]}  # though not in the chain
        between = text[before.end : hit.start]
        lacking -= {int(one["marked"] or one["plain"]) for one in _INSIDE.finditer(between)}
        if lacking:
            explained &= COVERED.search(between) is not None
            found += sorted(lacking)
    return _named(found), bool(found) and explained


def _named(numbers: list[int]) -> str:
    """Return numbers as words of a message, the first of many."""
    rest = len(numbers) - _NAMED
    return ", ".join(map(str, numbers[:_NAMED])) + (f" and {rest} more" if rest > 0 else "")


def _hits(text: str) -> Iterator[Hit]:
    skips = _skips(text)
    skip = next(skips, len(text))
    for found in _HIT.finditer(text):
        begin, end = found.span()
        mark = found["before"] or found["after"]
        marked = mark is not None and rank_of(mark) is not None
        apart = _APART.search(text, max(0, begin - _BEFORE), begin) is not None
        beyond = skip < begin
        while skip < begin:
            skip = next(skips, len(text))
        yield Hit(int(found["number"]), marked, begin, end, apart, beyond)


def _skips(text: str) -> Iterator[int]:
    """Yield where a page mark names a later section than the next one after that before it."""
    section = 1
    for found in _SECTION.finditer(text):
        if int(found[1]) > section + 1:
            yield found.start()
        section = int(found[1])


def _following(hits: list[Hit]) -> list[int]:
    """Return how many numbers go on from each; one from the last, where it stands apart."""
    later: dict[int, int] = {}  # numbers that go on from one, it included
    apart = False
    told = []
    for hit in reversed(hits):
        last = hit.apart and not apart
        told.append(max(later.get(hit.number + 1, 0), int(last)))
        later[hit.number] = max(later.get(hit.number, 0), later.get(hit.number + 1, 0) + 1)
        apart |= hit.apart
    return told[::-1]


def best_chain(hits: list[Hit]) -> list[Hit]:
    """Return the longest rising run of numbers among those that may be of paragraphs.

    A number counts where it carries a portion mark, where the one before it has been seen, or
    where others go on from it: one where it stands apart, or where one or two numbers or a
    section are skipped, else more; so the day of a date that begins a line does not count.
    """
    seen = {0}
    following = _following(hits)
    numbers: list[int] = []  # with which the best runs of each length end
    ends: list[int] = []  # their hits
    previous: dict[int, int | None] = {}
    for i, hit in enumerate(hits):
        near = any(hit.number - step > 0 and hit.number - step in seen for step in (2, 3))
        goes_on = following[i] >= (1 if near or hit.apart or hit.beyond else _RUN)
        if not (hit.marked or hit.number - 1 in seen or goes_on):
            continue
        seen.add(hit.number)
        length = bisect_left(numbers, hit.number)
        previous[i] = ends[length - 1] if length else None
        numbers[length : length + 1] = [hit.number]
        ends[length : length + 1] = [i]
    chain: list[Hit] = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(hits[at])
        at = previous[at]
    return chain[::-1]
