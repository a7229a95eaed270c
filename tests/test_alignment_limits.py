"""Two texts that are too long to be aligned, or made to take long: the work is bounded."""

from collections.abc import Callable
from time import process_time

import pytest

from cableproof.validators.collation import runs, tokens
from cableproof.validators.collation.alignment import aligned
from tests.test_alignment import kinds


def test_a_text_that_is_too_long_to_be_aligned_is_told_as_one_passage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "MOST_PAIRS", 20)
    found = aligned("So " + "trams ran " * 9 + "XXXXX on", "So " + "boats ran " * 9 + "far on")
    assert (found.whole, kinds(found)) == (False, {"wording": 1, "opened": 1})


def test_a_long_text_is_aligned_between_sequences_that_occur_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = [f"tram{n}" for n in range(60)]
    other = [*base[:5], "XXXXX", *base[7:30], "boats", *base[31:50], "kerbs", *base[50:]]
    monkeypatch.setattr(runs, "MOST_PAIRS", 400)
    found = aligned(" ".join(base), " ".join(other))
    assert (found.whole, kinds(found)) == (True, {"covered": 1, "wording": 2})


def test_more_different_words_than_can_be_told_apart_are_said_to_be_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tokens, "MOST_CODES", 2)
    found = aligned("So trams ran on and on", "So boats ran on and on")
    assert (found.whole, kinds(found)) == (False, {"wording": 2})


HOSTILE: dict[str, Callable[[int], tuple[str, str]]] = {
    "marks": lambda n: ("XXXXX a " * n + "c", "b a " * n + "d"),
    "marks against marks": lambda n: ("XXXXX a " * n + "c", "[redacted] b " * n + "d"),
    "marks that are proven": lambda n: ("XXXXX a " * n, "b a " * n),
    "one word again and again": lambda n: ("b " + "a " * n + "c", "c " + "a " * (n - 9) + "b"),
    "nothing alike": lambda n: (" ".join(map(str, range(n))), " ".join(map(str, range(n, 2 * n)))),
    "brackets": lambda n: ("[" * n, "[" * n + "redacted] b"),
    "numbers": lambda n: ("1. " * n + "a", "1. 2. " * (n // 2) + "b"),
    "dashes": lambda n: ("a - b " + "- " * n + "c - e", "a b - " + "- " * n + "- c e"),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_texts_made_to_take_long_do_not(
    make: Callable[[int], tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_PAIRS", 1 << 14)
    small, times, most = 1 << 11, 8, 3

    def work(size: int) -> float:
        pair, spent = make(size), []
        for _ in range(3):
            start = process_time()
            aligned(*pair)
            spent.append(process_time() - start)
        return min(spent)

    assert work(small * times) < most * times * max(work(small), 0.002)
