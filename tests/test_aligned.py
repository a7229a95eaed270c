"""What is said of six hundred invented pairs of texts stands in a snapshot, a line a pair."""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.validators.collation.alignment import Aligned, aligned
from tests.chance import Chance

_WORDS = (
    *("trams", "boats", "kerbs", "clerk", "the", "bridge", "of", "mill", "and", "ferry", "said"),
    *("that", "Bern", "forty", "counted", "nobody", "(C)", "1.", "2.", "3.", ",", ".", "it's"),
    *("lamp-post", "1,200", "caf\u00e9", "\u201cquay\u201d", "N/A", "//", "tram4", "XX", "a"),
)
#: Of these some may be marks or text, and some are marks glued to a word.
_DOUBTFUL = (
    *("XXX", "xxxx", "\u2588", "\u2591\u2592", "(name redacted)", "(removed)", "[text withheld]"),
    *("[names and places deleted here]", "{removed}", "<redacted>", "Tram\u2588", "\u2588s", "X"),
)
_MARKS = ("XXXXX", "XXXXXXXXXXXX", "xxxxxx", "[redacted]", "[NAME REMOVED]", "\u2588\u2588\u2588")
_GAPS = (" ", " ", " ", " ", "  ", "\n", " \n \n", "\t")


_Tokens = list[str]


def _words(by: Chance, number: int) -> _Tokens:
    return [by.one(_WORDS if by.below(12) else _DOUBTFUL) for _ in range(number)]


def _covered(words: _Tokens, by: Chance) -> _Tokens:
    start, length = by.below(len(words)), 1 + by.below(7)
    return [*words[:start], by.one(_MARKS), *words[start + length :]]


def _glued(words: _Tokens, by: Chance) -> _Tokens:
    place = by.below(len(words))
    return [*words[:place], words[place][:2] + by.one(_MARKS), *words[place + 1 :]]


def _reworded(words: _Tokens, by: Chance) -> _Tokens:
    start, length = by.below(len(words)), by.below(4)
    return [*words[:start], *_words(by, by.below(4)), *words[start + length :]]


def _moved(words: _Tokens, by: Chance) -> _Tokens:
    start = by.below(len(words))
    middle = start + (len(words) - start) // 2
    return [*words[middle:], *words[start:middle], *words[:start]]


def _repeated(words: _Tokens, by: Chance) -> _Tokens:
    start, length = by.below(len(words)), 1 + by.below(9)
    return [*words[: start + length], *words[start : start + length], *words[start + length :]]


def _cut_at_the_end(words: _Tokens, by: Chance) -> _Tokens:
    return words[: 1 + by.below(len(words))]


def _cut_at_the_start(words: _Tokens, by: Chance) -> _Tokens:
    return words[by.below(len(words)) :]


def _restyled(words: _Tokens, by: Chance) -> _Tokens:
    style = by.one(_MARKS)
    return [style if word in _MARKS else word for word in words]


def _respelt(words: _Tokens, by: Chance) -> _Tokens:
    place = by.below(len(words))
    return [*words[:place], words[place].upper() + by.one(("", "-", "s", ".")), *words[place + 1 :]]


_CHANGES: tuple[Callable[[_Tokens, Chance], _Tokens], ...] = (
    *(_covered, _covered, _covered, _glued, _reworded, _reworded, _moved, _repeated),
    *(_cut_at_the_end, _cut_at_the_start, _restyled, _respelt),
)


def _text(words: _Tokens, by: Chance) -> str:
    return "".join(word + by.one(_GAPS) for word in words).strip()


def _pair(seed: int) -> tuple[str, str]:
    """Return an invented text with marks in it, and what up to four changes made of it."""
    by = Chance(seed)
    base = _words(by, 2 + by.below(90))
    for _ in range(by.below(4)):
        base = _covered(base, by)
    other = base
    for _ in range(1 + by.below(4)):
        other = _CHANGES[by.below(len(_CHANGES))](other, by)
    return _text(base, by), _text(other, by)


def _line(said: Aligned) -> str:
    passages = [
        f"{p.kind} {p.paragraph} {p.at} -{p.removed} +{p.added} {p.length}{'~' * p.rounded}"
        for p in said.passages
    ]
    flags = [said.extends, said.where, *(["restyled"] if said.restyled else [])]
    return f"{said.alike} {said.whole} {' '.join(filter(None, flags))}: {'; '.join(passages)}"


@pytest.mark.parametrize("first", range(0, 600, 100))
def test_what_is_said_of_a_pair_stays_as_it_is(first: int, snapshot: SnapshotAssertion) -> None:
    pairs = [_pair(seed) for seed in range(first, first + 100)]
    assert "\n".join(_line(aligned(*pair)) for pair in pairs) == snapshot


def test_the_kinds_are_the_same_where_places_are_not_asked_for() -> None:
    def kinds(said: Aligned) -> tuple[set[str], bool, str, str]:
        return {p.kind for p in said.passages}, said.restyled, said.extends, said.where

    for pair in map(_pair, range(600)):
        assert kinds(aligned(*pair, places=False)) == kinds(aligned(*pair))
