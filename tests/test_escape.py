"""Every foreign value is made safe for one line of a terminal before anybody sees it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableproof.escape import LONGEST, shown
from cableproof.finding import fingerprint

#: Characters that do something instead of standing for something.
ACTIVE = [
    *map(chr, range(0x20)),  # C0
    *map(chr, range(0x7F, 0xA0)),  # DEL and C1
    *map(chr, range(0x202A, 0x202F)),  # bidirectional embedding and override
    *map(chr, range(0x2066, 0x206A)),  # bidirectional isolates
    *"\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u00ad\ufeff",
    *"\ud800\udbff\udc00\udfff",  # surrogates, which no encoding can write
    "\U000e0041",  # a tag character
]


@pytest.mark.parametrize("sign", ACTIVE, ids=lambda sign: f"U+{ord(sign):04X}")
def test_an_active_character_becomes_a_visible_escape(sign: str) -> None:
    text = shown(f"a{sign}b")
    assert sign not in text
    assert text.startswith("a\\") and text.endswith(f"{ord(sign):x}b")


@pytest.mark.parametrize("value", ["07BERN1", "Embassy São Paulo", "C:\\temp", "\u00b6 1", ""])
def test_a_plain_value_is_shown_as_it_stands(value: str) -> None:
    assert shown(value) == value


@pytest.mark.parametrize("value", [7, None, True, 1.5])
def test_a_value_that_is_no_text_is_shown_as_one(value: object) -> None:
    assert shown(value) == str(value)


def test_the_longest_value_is_shown_whole() -> None:
    assert shown("x" * LONGEST) == "x" * LONGEST


def test_a_longer_value_is_cut_and_says_by_how_much() -> None:
    assert shown("x" * (LONGEST + 7)) == "x" * LONGEST + "… (+7 characters)"


@given(st.text(st.characters(exclude_categories=[])), st.integers(0, 200))
def test_what_is_shown_is_of_one_line_and_can_be_written(text: str, longest: int) -> None:
    safe = shown(text, longest)
    assert len(safe.splitlines()) <= 1
    assert safe.encode("utf-8").decode("utf-8") == safe
    assert {unicodedata.category(sign) for sign in safe} & {"Cc", "Cs", "Zl", "Zp"} == set()


@given(st.text(), st.text(), st.text())
def test_a_fingerprint_is_of_sixteen_digits_and_tells_its_parts_apart(
    a: str, b: str, c: str
) -> None:
    assert len(fingerprint(a, b)) == 16
    assert (fingerprint(a, b) == fingerprint(a, c)) == (b == c)


def test_a_fingerprint_can_be_made_of_what_no_encoding_can_write() -> None:
    assert fingerprint("\udcff") != fingerprint("\\udcff ")
