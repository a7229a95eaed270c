"""Where a text ends: inside a sentence, or as telegrams end."""

import polars as pl
import pytest

from cableproof.validators.telegram.ends import attested

TOLD = "1. (U) The clerk of the kerbs said that all trams\nof the town ran on time and that "


def ending(text: str) -> str:
    """Return how a text ends, in words."""
    return str(attested(pl.DataFrame({"body": [f"UNCLAS BERN 001234\n\n{text}\n"]}))["ending"][0])


@pytest.mark.parametrize(
    "end",
    [
        "the\nlamps of Bern",
        "the new wardens are\nfor the lamps of the quay: Lantern Keeper",
        "the budget of the town was cut by 21",
        "the lamps were counted by the UNESCO and the DP",
        "the town has three wishes;",
        "the lamps are new. The",
        "the lamps are new. \n\nHowever",
        "the wardens of the lamps (who are\nnew) and the clerks of\nthe Kerb Office",
        "the authorities of the town spoke clearly to the UN",
        "the clerk of the kerbs was born in Bern (an old town)",
        'the fair was meant for the "clerks of the kerbs"',
    ],
)
def test_a_text_that_stops_inside_a_sentence_is_told_by_any_last_word(end: str) -> None:
    assert ending(TOLD + end) == "stops inside a sentence"


@pytest.mark.parametrize(
    "end",
    [
        "it was late.",
        "it was late.\n\nNOBODY",
        "it was late.\nNobody",
        "it was late. NOBODY",
        "it was late.  Lantern Keeper",
        "it was late.\n\nLantern Keeper\nDeputy Keeper",
        "it was late.\n\n2. (U) Point of contact for the trams: Lantern Keeper",
        "it was late.\n\n2. (U) This was drafted by the office in Bern and cleared by Geneva",
        "it was late.\n\n2. (U) Reach the office in Bern at tel 031 1234567",
        'he called it "the end of the line."',
        "it was late. (Note: the clerk of the kerbs was there for the fair)",
        "it was the end of the line NOBODY",
    ],
)
def test_a_text_that_ends_as_telegrams_end_is_not_told_to_stop(end: str) -> None:
    assert ending(TOLD + end) == ""


def test_a_text_in_capitals_is_signed_by_its_last_words() -> None:
    assert ending("1. THE TRAMS OF THE TOWN RAN\nON TIME AND LATE") == ""
