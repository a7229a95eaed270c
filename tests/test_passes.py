"""Passes over whole columns: what they tell is what one text after the other would tell."""

from collections.abc import Callable

import polars as pl
import pytest

from cableproof.validators.telegram import passes

TEXT = pl.String()
TEXTS = pl.Series("texts", ["tram", None, "a boat", "", "tram and boat"], dtype=TEXT)


def upper(few: pl.Series) -> pl.Series:
    return few.str.to_uppercase()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("tram",), ["TRAM", None, "-", "-", "TRAM AND BOAT"]),
        (("t.*m",), ["-", None, "-", "-", "-"]),
        (("t.*m", "boa."), ["-", None, "-", "-", "-"]),
        (("boat", "tram"), ["TRAM", None, "A BOAT", "-", "TRAM AND BOAT"]),
        (("kerb",), ["-", None, "-", "-", "-"]),
        (("",), ["TRAM", None, "A BOAT", "", "TRAM AND BOAT"]),
        (pl.Series([None, True, True, False, None]), ["-", None, "A BOAT", "-", "-"]),
        (pl.Series([None, False, False, False, None]), ["-", None, "-", "-", "-"]),
    ],
)
def test_only_texts_with_a_word_are_looked_at(
    words: tuple[str, ...] | pl.Series, told: list[str | None]
) -> None:
    looked: list[pl.Series] = []

    def telling(few: pl.Series) -> pl.Series:
        looked.append(few)
        return upper(few)

    assert passes.only_where(TEXTS, words, telling, "-").to_list() == told
    without = passes.only_where(TEXTS, words, upper, None).to_list()
    assert without == [None if one == "-" else one for one in told]
    assert {text for few in looked for text in few} <= {
        *(text for text, one in zip(TEXTS, told, strict=True) if one != "-")
    }


def test_a_pattern_occurs_only_beside_its_word() -> None:
    told = passes.contains(TEXTS, "boat", "^a|tram")
    assert told.to_list() == [False, None, True, False, True]


@pytest.mark.parametrize(
    ("characters", "left"),
    [("", "a.b*c a"), (".", "ab*c a"), (".* ", "abca"), ("[a]", ".b*c "), ("a.b*c ", "")],
)
def test_characters_are_taken_away_as_they_are(characters: str, left: str) -> None:
    assert passes.without(pl.Series(["a.b*c a", None]), characters).to_list() == [left, None]


@pytest.mark.parametrize("others", [[], ["x TRAM y"], [None], ["boat"], ["tram z"], ["", "tram z"]])
def test_what_stands_after_a_word_is_told_or_after_a_pattern(others: list[str | None]) -> None:
    after = {
        "x TRAM y": " y",
        "TRAM": "",
        "a tram b TRAM c TRAM d": " c TRAM d",
        "a tram b\ntram c": " b\ntram c",
        "boat": None,
        "tram z": " z",
        "": None,
        None: None,
    }
    for first in after:
        texts = [first, *others]
        told = passes.after(pl.Series(texts, dtype=TEXT), "TRAM", "(?i:tram)").to_list()
        assert told == [after[text] for text in texts]


LISTS = pl.Series([["b", None, "a"], None, [], ["c"], [None], ["a", "a"]], dtype=pl.List(TEXT))


def test_a_row_an_element_of_lists() -> None:
    assert passes.flat(LISTS, "one").rows() == [(0, "b"), (0, "a"), (3, "c"), (5, "a"), (5, "a")]
    empty = passes.flat(LISTS.head(0), "one")
    assert empty.schema == {"at": pl.Int64(), "one": TEXT}


def test_rows_without_anything_told_are_null() -> None:
    told = pl.DataFrame({"at": [3, 0], "a": [7, None], "b": ["x", "y"]})
    assert passes.by_row(4, told).rows() == [(None, "y"), (None, None), (None, None), (7, "x")]
    assert passes.by_row(0, told.head(0)).rows() == []


def test_rows_are_numbered_from_0() -> None:
    assert passes.numbered(TEXTS.head(2), "text").rows() == [(0, "tram"), (1, None)]


@pytest.mark.parametrize("told", [upper, lambda few: few.str.len_chars()])
def test_what_is_told_of_nothing_is_of_its_kind(told: Callable[[pl.Series], pl.Series]) -> None:
    found = passes.only_where(TEXTS, ("kerb",), told, None)
    assert (found.dtype, found.null_count()) == (told(TEXTS).dtype, len(TEXTS))
