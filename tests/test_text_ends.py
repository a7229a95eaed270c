"""How a text ends: signed, cut off or inside a sentence, at the edges of what is read."""

from typing import Any

import polars as pl

from cableproof.validators.telegram.ends import attested

DOTS, INSIDE = "ends in three dots", "stops inside a sentence"
LONG = "Trams ran on time.\n" * 60


def seen(*bodies: str | None) -> list[tuple[Any, ...]]:
    batch = pl.DataFrame({"body": bodies}, schema={"body": pl.String})
    return attested(batch).select("ending", "signed", "short").rows()


ENDS: list[tuple[str, str | None, bool | None]] = [
    *(("", None, None), (" \n", None, None), ("Boats ran.", "", False)),
    *(("Boats ran.\nNOBODY", "", True), ("NOBODY", "", True), ("A. Nobody", "", True)),
    *(("Boats ran. NOBODY", "", True), ("Boats ran.\n\nNOBODY\n\nNNNN\n", "", True)),
    *(("Boats ran on. Nobody", "", True), ("The clerk NOBODY", "", False)),
    *(("Boats ran...", DOTS, False), ("NOBODY...", DOTS, False)),
    *(("Boats\nNOBODY\nran...", DOTS, False), ("Boats ran\u2026", DOTS, False)),
    *(("Boats ran to the", INSIDE, False), ("Boats ran to Bern", INSIDE, False)),
    *(("Boats ran. The", INSIDE, True), ("He said so to AB", INSIDE, False)),
    *(("He saw it; he went to 12", INSIDE, False), ("He went to the quay of\nAB", "", True)),
    *(("He saw it;", "", False), ("He went to the quay of ABCD", "", False)),
    *(("Contact: he went to AB", "", False), ("Contact: he went to the", INSIDE, False)),
    *(("Anna  Bea Carol Nobody", "", True), ("Anna Bea Carol Dora Nobody", "", False)),
    *(("A. Nobody,", "", False), ("A. Nobody2", "", False), ("NOBODY.", "", True)),
    *(("A. nobody", "", False), ("N", "", False), ("NO", "", True), ("No", "", True)),
    *((" ".join("N" * 16), "", True), (" ".join("N" * 16) + "N", "", False)),
    *(
        *(("A Nobody", "", True), ("Anna B Nobody", "", True)),
        ("N" * 31, "", True),
        ("N." * 16, "", False),
        ("Anna (Nobody", "", False),
    ),
    *((f"{LONG}Boats ran...", DOTS, False), (f"{LONG}NOBODY\nran...", "", False)),
    *((f"{LONG}Boats ran to the", INSIDE, False), (f"{LONG}NOBODY", "", True)),
]


def test_a_text_ends_so() -> None:
    told = [(ending, signed, len(body) < 1000) for body, ending, signed in ENDS]
    assert seen(None, *(body for body, _, _ in ENDS)) == [(None, None, None), *told]
    assert seen() == []


def test_the_end_of_a_text_is_its_last_240_characters() -> None:
    places = (100, 238, 239, 240, 241, 242, 300)
    told = seen(*("x" + "NOBODY".rjust(place - 1) for place in places))
    assert told == [("", place > 240, True) for place in places]


def test_a_short_text_has_less_than_1000_characters() -> None:
    sizes = (998, 999, 1000, 1001)
    told = seen(*("\nNOBODY\n...".rjust(size, "\u00e9") for size in sizes))
    assert told == [(DOTS if size < 1000 else "", False, size < 1000) for size in sizes]
