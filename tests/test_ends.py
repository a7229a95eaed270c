"""The ends that two texts share are left out, and what is told of the texts is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableproof.validators.collation import alignment
from cableproof.validators.collation.alignment import Aligned, aligned
from cableproof.validators.collation.ends import Ends, plain_tokens, shared_ends
from cableproof.validators.collation.tokens import Text, first_sign, last_sign

PLAIN = "the trams of the mill ran, by ferry; and Zo\u00eb's boats - 4.5 of them - were closed. "
PIECES = (
    *(PLAIN, PLAIN * 2, "kerb ", "the ", "a", ". ", " - ", " ", " " * 130, "\n \u00a0\u2003"),
    *("1. ", "2. ", " 3. ", "17.", "\u0662. ", "x_1 ", "\u00b2\u0301", "i\u0307\u0130 ", "&amp; "),
    *("XXXXX ", "xxxxxx", " XXX ", "XXXX", "\u2588", "\u2588\u2588 ", "[redacted]", "[name "),
    *("removed] ", "(names withheld) ", "W\u0130THHELD", "< of a source deleted here > ", "[", "]"),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=14)


def whole(base: str, other: str) -> Aligned:
    """Return what is told where nothing is left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "shared_ends", lambda *_: Ends())
        return aligned(base, other)


@given(pieces, pieces, pieces, pieces)
def test_what_is_told_is_the_same_with_and_without_the_ends(
    head: list[str], one: list[str], two: list[str], tail: list[str]
) -> None:
    base, other = ("".join([*head, *middle, *tail]) for middle in (one, two))
    assert aligned(base, other) == whole(base, other)


@given(st.lists(st.sampled_from(PIECES), min_size=4, max_size=14), st.data())
def test_what_is_told_of_a_text_with_pieces_moved_is_the_same(
    parts: list[str], data: st.DataObject
) -> None:
    edited = list(parts)
    for _ in range(data.draw(st.integers(1, 3))):
        gone = edited.pop(data.draw(st.integers(0, len(edited) - 1)))
        edited.insert(data.draw(st.integers(0, len(edited))), data.draw(st.sampled_from(PIECES)))
        edited += [gone] * data.draw(st.integers(0, 1))
    base, other = "".join(parts), "".join(edited)
    assert aligned(base, other) == whole(base, other)


@pytest.mark.parametrize("added", ["", PLAIN, "boats " * 30])
@pytest.mark.parametrize("times", [3, 9])
def test_a_text_that_repeats_itself_is_told_the_same(times: int, added: str) -> None:
    base, other = PLAIN * times, PLAIN * 4 + added + PLAIN * times
    assert aligned(base, other) == whole(base, other)


def test_of_long_texts_little_is_left_to_look_at() -> None:
    base, other = (PLAIN * 40 + word + PLAIN * 40 for word in ("boats ", "kerbs "))
    ends = shared_ends(base, other)
    assert len(base) - ends.head - ends.tail < 500
    assert (base[: ends.head], ends.tokens[0]) == (
        other[: ends.head],
        len(Text(base, 0, ends.head).tokens),
    )


def test_what_may_be_a_mark_is_not_left_out() -> None:
    base = PLAIN + "[redacted] " + PLAIN * 9
    ends = shared_ends(base + "boats", base + "kerbs")
    assert ends.head <= len(PLAIN)


@given(st.text(), pieces)
def test_tokens_are_counted_without_making_them(text: str, parts: list[str]) -> None:
    text += "".join(parts)
    if first_sign(text) == len(text):
        assert plain_tokens(text) == len(Text(text, 0, len(text)).tokens)
        assert last_sign(text) == 0


@given(st.text(), pieces)
def test_whatever_is_a_mark_has_a_sign_of_one(text: str, parts: list[str]) -> None:
    text += "".join(parts)
    tokens = Text(text, 0, len(text))
    if tokens.marks or tokens.doubtful:
        assert first_sign(text) < last_sign(text)
