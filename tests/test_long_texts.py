"""Texts whose ends are left out, and their tokens: what is counted and where things stand."""

import re
from itertools import product

import pytest

from cableproof.validators.collation import alignment, tokens
from cableproof.validators.collation.alignment import Aligned, Passage, aligned
from cableproof.validators.collation.ends import Ends, alike, plain_tokens, shared_ends
from cableproof.validators.collation.tokens import (
    MARK,
    ONLY_IN_BASE,
    ONLY_IN_OTHER,
    Pair,
    Text,
    first_sign,
    last_sign,
)

PLAIN = "the trams of the mill ran, by ferry; and the boats - 4.5 of them - were closed. "
_LEFT = 128  # characters beside a difference that are looked at


def test_characters_that_are_the_same_are_counted_from_either_end() -> None:
    texts = ["".join(signs) for n in range(5) for signs in product("ab", repeat=n)]
    for one, other in product(texts, texts):
        for most in range(min(len(one), len(other)) + 1):
            pairs = [*zip(one, other, strict=False)][:most]
            ends = [*zip(one[::-1], other[::-1], strict=False)][:most]
            for some, from_end in ((pairs, False), (ends, True)):
                same = next((n for n, (a, b) in enumerate(some) if a != b), most)
                assert alike(one, other, most, from_end=from_end) == same


def test_words_and_signs_are_counted_as_a_pattern_finds_them() -> None:
    for n in range(5):
        for signs in product(" a_.\u00e9\u00a0\u2014", repeat=n):
            text = "".join(signs)
            assert plain_tokens(text) == len(re.findall(r"\w+|[^\w\s]", text)), text


@pytest.mark.parametrize(
    ("before", "behind", "head"),
    [
        *(("kerb", _LEFT, 4), ("kerb", _LEFT - 1, 0), ("kerb", 300, 4), ("k l", _LEFT, 3)),
        *(("", _LEFT, 0), ("kerb\u2588", _LEFT, 0), ("k l m", _LEFT - 2, 3)),
    ],
)
def test_a_beginning_is_left_out_up_to_a_blank_far_from_a_difference(
    before: str, behind: int, head: int
) -> None:
    shared = f"{before} {'b' * behind}"
    found = shared_ends(f"{shared}1", f"{shared}2 x")
    assert found == Ends(head, 0, (len(before[:head].split()), 0))


@pytest.mark.parametrize(
    ("before", "behind", "tail"),
    [
        *((_LEFT, "kerb", 5), (_LEFT - 1, "kerb", 0), (300, "kerb", 5), (_LEFT, "k l", 4)),
        *((_LEFT, "", 1), (_LEFT, "\u2588 kerb", 0), (_LEFT - 2, "k l m", 4)),
    ],
)
def test_an_end_is_left_out_from_a_blank_far_from_a_difference(
    before: int, behind: str, tail: int
) -> None:
    shared = f"{'b' * before} {behind}"
    found = shared_ends(f"1{shared}", f"x 2{shared}")
    assert found == Ends(0, tail, (0, len(shared[len(shared) - tail :].split())))


def test_blanks_beside_what_is_left_out_are_no_token() -> None:
    blanks = " " * (_LEFT + 9)
    assert shared_ends(f"kerb{blanks}1", f"kerb{blanks}2") == Ends()
    assert shared_ends(f"1{blanks}kerb", f"2{blanks}kerb") == Ends()
    assert shared_ends(f"1 {'b' * _LEFT}", f"2 {'b' * _LEFT}") == Ends()
    assert shared_ends("a b c", "a b d") == shared_ends("", "") == Ends()


def test_of_what_both_begin_and_end_with_nothing_is_left_out_twice() -> None:
    for times in range(1, 9):
        base, other = PLAIN * times, PLAIN * (times + 2)
        ends = shared_ends(base, other)
        assert ends.head + ends.tail <= len(base)
        assert ends.tokens[0] == len(Text(base, 0, ends.head).tokens)


@pytest.mark.parametrize("at", [0, 1, 40, 150, 199])
@pytest.mark.parametrize("new", ["boats", "boats and kerbs", "", "XXXXX"])
def test_where_words_differ_is_measured_in_the_whole_text(at: int, new: str) -> None:
    words = [f"w{n}" for n in range(200)]
    other = [*words[:at], *new.split(), *words[at + 1 :]]
    if new == "" and at in (0, 199):
        return  # an end that was lost
    found = aligned(" ".join(words), " ".join(other))
    same = 200 * 199 // (200 + len(other))
    if new == "XXXXX":
        passage = Passage("covered", 0, at // 2, 0, 0, "a few words")
        assert found == Aligned((passage,), False, "", "", 90, True)
    else:
        passage = Passage("wording", 0, at // 2, 1, len(new.split()), "")
        assert found == Aligned((passage,), False, "", "", same, True)


def test_an_end_is_one_though_what_is_left_out_repeats_it() -> None:
    count = len(Text(PLAIN, 0, len(PLAIN)).tokens)
    words = Text(PLAIN, 0, len(PLAIN)).words(0, count)
    found = aligned("XXXXX " + PLAIN * 3, "[redacted] " + PLAIN * 4)
    same = 200 * (3 * count + 1) // (7 * count + 2)
    passage = Passage("wording", 0, 100, 0, words, "")
    assert found == Aligned((passage,), True, "longer", "at the end", same, True)
    found = aligned(PLAIN * 3 + "XXXXX", PLAIN * 4 + "[redacted]")
    passage = Passage("wording", 0, 0, 0, words, "")
    assert found == Aligned((passage,), True, "longer", "at the beginning", same, True)


def test_words_that_are_left_out_need_not_be_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_CODES", 100)
    words = " ".join(f"w{n}" for n in range(200))
    assert aligned(f"{words} trams {words}", f"{words} boats {words}").whole
    assert not aligned(f"trams {words} trams", f"boats {words} boats").whole


@pytest.mark.parametrize(("common", "whole"), [(2, True), (3, False)])
def test_so_many_different_words_are_told_apart(
    common: int, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tokens.MOST_CODES + 3 == 0x110000
    monkeypatch.setattr(tokens, "MOST_CODES", 2)
    words = " ".join("abc"[:common])
    pair = Pair(f"x {words} x", f"y {words} y")
    kept = "\3\4" + ONLY_IN_BASE * (common - 2)
    assert (pair.coded, pair.told_apart) == (f"\1{kept}\1", whole)
    assert pair.other_coded == f"\2{kept.replace(ONLY_IN_BASE, ONLY_IN_OTHER)}\2"


def test_texts_that_differ_in_blanks_alone_are_wholly_alike() -> None:
    assert aligned("", "trams").passages == (Passage("wording", 0, 0, 0, 1, ""),)
    assert aligned(" ", "\n") == Aligned((), False, "", "", 100, True)


def test_where_places_are_not_asked_for_nothing_is_measured() -> None:
    for pair in (("a 1. b", "a 1. c d"), ("a 1. c d", "a 1. b")):
        found = aligned(*pair, places=False)
        assert found == Aligned((Passage("wording", 0, 0, 0, 0, ""),), False, "", "", 0, True)
    assert aligned("trams", "trams boats").passages == (Passage("wording", 0, 100, 0, 1, ""),)


def test_numbers_of_words_beside_marks_are_rounded_up() -> None:
    pairs = [(0, 0), (1, 3), (3, 3), (4, 12), (12, 12), (13, 60), (60, 60), (61, 100)]
    pairs += [(100, 100), (101, 200), (200, 200), (201, 300), (10_000, 10_000)]
    assert [alignment._rounded(words) for words, _ in pairs] == [most for _, most in pairs]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *(("", 0, 0), ("trams", 5, 0), ("a XXX b", 2, 5), ("a \u2588 b \u25a0", 2, 7)),
        *(("[Names Withheld] x", 9, 15), ("xxxx", 0, 3), ("deleted or removed", 0, 18)),
        ("xxx redacted removed withheld deleted \u2588\u2591\u2592\u2593\u25a0 a", 0, 43),
    ],
)
def test_signs_of_marks_are_found(text: str, first: int, last: int) -> None:
    assert (first_sign(text), last_sign(text)) == (first, last)


#: A text, its tokens, which of them are marks, which may be, and how many are words.
TOKENS: dict[str, tuple[list[str], set[str], set[str], int]] = {
    "the tram-stop, a 7.": (["the", "tram", "-", "stop", ",", "a", "7", "."], set(), set(), 5),
    "XXXXX xxxxxx a": (["XXXXX xxxxxx", "a"], {"XXXXX xxxxxx"}, set(), 1),
    "a TramXXXXX [redacted]": (["a", "TramXXXXX [redacted]"], {"TramXXXXX [redacted]"}, set(), 1),
    "XXXXX, XXXX": (["XXXXX", ",", "XXXX"], {"XXXXX"}, {"XXXX"}, 1),
    "a \u2588 b": (["a", "\u2588", "b"], set(), {"\u2588"}, 2),
    "a [text removed] (names withheld)": (
        *(["a", "[text removed] (names withheld)"], {"[text removed] (names withheld)"}),
        *(set(), 1),
    ),
    "(redacted) a_b _": (["(redacted)", "a_b", "_"], set(), {"(redacted)"}, 2),
    "_a a_ __ _": (["_a", "a_", "__", "_"], set(), set(), 2),
    "the removed one": (["the", "removed", "one"], set(), set(), 3),
    "\u2014 \u00e9 _": (["\u2014", "\u00e9", "_"], set(), set(), 1),
    "": ([], set(), set(), 0),
}


@pytest.mark.parametrize("text", TOKENS)
def test_a_text_is_cut_into_words_signs_and_marks(text: str) -> None:
    found, (spelt, marks, doubtful, words) = Text(text, 0, len(text)), TOKENS[text]
    assert (found.tokens, found.marks, {*found.doubtful}) == (spelt, marks, doubtful)
    assert found.words(0, len(spelt)) == words
    inner = Text(f"x1 {text} x2", 3, 3 + len(text))
    assert (inner.tokens, inner.marks, {*inner.doubtful}) == (spelt, marks, doubtful)


def test_what_may_be_a_mark_is_one_where_the_other_has_not_as_many() -> None:
    def taken(base: str, other: str) -> tuple[set[str], str, str]:
        pair = Pair(base, other)
        return {*pair.taken}, pair.coded, pair.other_coded

    assert taken("a XXX", "a XXX") == (set(), "\3\4", "\3\4")
    assert taken("a XXX", "a b") == ({"XXX"}, f"\3{MARK}", "\3\2")
    assert taken("a b", "a XXX") == ({"XXX"}, "\3\1", f"\3{MARK}")
    assert taken("a XXX b XXX", "a XXX b") == ({"XXX"}, f"\3{MARK}\5{MARK}", f"\3{MARK}\5")
    assert taken("XXX a", "\u2588 a") == ({"XXX", "\u2588"}, f"{MARK}\3", f"{MARK}\3")
    assert taken("a XXXXX", "a [redacted]") == (set(), f"\3{MARK}", f"\3{MARK}")
    assert taken("a XXXXX", "a b") == (set(), f"\3{MARK}", "\3\2")


@pytest.mark.parametrize(
    ("text", "start", "end", "has"),
    [
        *(("a XXXXX", 0, 7, True), ("XXXXX", 0, 5, False), ("- XXXXX .", 0, 9, False)),
        *(("ab - XXXXX", 3, 10, True), ("- XXXXX ab", 0, 7, True), ("- a -", 1, 3, True)),
        *(("-- XXXXX --", 3, 8, False), ("", 0, 0, False), ("a", 0, 1, True)),
    ],
)
def test_a_text_has_words_wherever_they_stand(text: str, start: int, end: int, has: bool) -> None:
    assert Text(text, start, end).has_words is has


@pytest.mark.parametrize("start", [0, 2, 6, 8, 13])
@pytest.mark.parametrize("end", [25, 30, 33])
def test_a_token_stands_in_a_paragraph_wherever_the_text_is_cut(start: int, end: int) -> None:
    text = "a b c 1. d e f g. 2. h i 3. j k 4."
    found = Text(text, start, end)
    starts = [match.start() for match in re.finditer(r"\w+|[^\w\s]", text)]
    begins = {text.index(f"{n}."): n for n in range(1, 5)}
    kept = [at for at in starts if start <= at < end]
    expected = [max((n for at, n in begins.items() if at <= each), default=0) for each in kept]
    assert [found.paragraph(at) for at in range(len(kept))] == expected
    last = max((n for at, n in begins.items() if at < end), default=0)
    assert found.paragraph(len(kept)) == last


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        *(("1. a", [1]), ("9. a", []), ("", []), ("1. a 2. b 4. c", [1, 2])),
        *(("2. a 3. b", [2, 3]), ("2. a 4. b 5. c", [4, 5]), ("2. 3. 7. 8.", [2, 3])),
        *(("3. a 1. b 2. c", [1, 2]), ("1. 1. 2. 2. 3.", [1, 2, 3]), ("4. 3. 4.", [3, 4])),
        *(("3. 2. 1. 2.", [1, 2]), ("9. 8. 7.", []), ("0. 1. 2.", [1, 2]), ("12. 13.", [12, 13])),
    ],
)
def test_paragraphs_are_numbered_one_after_the_other(text: str, numbers: list[int]) -> None:
    found = [*tokens._chain(text)]
    assert [number for _, number in found] == numbers
    assert all(text[at:].startswith(f"{number}.") for at, number in found)
