"""Identifiers taken apart, and stations and files that are named by one."""

from __future__ import annotations

import pytest

from cableproof.schemas import vocab
from cableproof.sources.identifiers import (
    STRICT,
    Identifier,
    canonical,
    named_by_file,
    parsed,
    station_spelt,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("66BERN1", Identifier(1966, "BERN", 1)),
        ("65BERN1", Identifier(2065, "BERN", 1)),
        ("99BERN999999", Identifier(1999, "BERN", 999_999)),
        ("00BERN10", Identifier(2000, "BERN", 10)),
        ("10BERN100", Identifier(2010, "BERN", 100)),
        ("07BER1", None),
        ("07BERN0", None),
        ("07BERN1 ", None),
    ],
)
def test_a_year_is_of_the_twentieth_century_from_1966_on(
    text: str, parts: Identifier | None
) -> None:
    assert parsed(text) == parts
    assert parts is None or str(parts) == text


@pytest.mark.parametrize("blanks", [0, 92, 93, 94, 1000])
def test_what_is_longer_than_a_hundred_characters_spells_nothing(blanks: int) -> None:
    assert canonical("07BERN1" + " " * blanks) == ("07BERN1" if blanks <= 93 else None)


@pytest.mark.parametrize(
    ("letters", "station"),
    [
        ("BERN", "BERN"),
        ("AMEMBASSYBERN", "BERN"),
        ("AMEMBASSYEMBASSYBERN", None),
        ("EMBASSYSECSTATE", "STATE"),
        ("SECSTATE", "STATE"),
        ("BA", None),
        ("AMEMBASSYBA", None),
        ("TRAMWICK", None),
        ("bern", None),
        ("", None),
    ],
)
def test_a_station_is_spelt_with_one_word_before_it_or_by_its_alias(
    letters: str, station: str | None
) -> None:
    assert station_spelt(letters) == station


def test_each_station_that_is_known_makes_a_strict_identifier() -> None:
    known = {*vocab.posts(), *vocab.station_aliases().values(), *vocab.station_aliases()}
    spelt = {station_spelt(name) for name in known} - {None}
    assert spelt == {*vocab.posts()}
    assert all(STRICT.fullmatch(f"07{station}1") for station in spelt)


@pytest.mark.parametrize(
    ("spelt", "form"),
    [
        ("07SECTION01OF02OF03BERN4", "07BERN4"),
        ("07SECTION1OF2SECTION3OF4BERN5", "07BERN5"),
        ("07EMBASSYAMEMBASSYBERN1", None),
        ("09BERN1ZFR", "09BERN1"),
        ("1907BERN1", "07BERN1"),
        ("2107BERN1", None),
    ],
)
def test_a_canonical_form_undoes_one_spelling_of_each_sort(spelt: str, form: str | None) -> None:
    assert canonical(spelt) == form


@pytest.mark.parametrize("stem", ["07BERN1", "2007bern000001", "07BERN1234567"])
def test_a_file_is_named_for_a_cable_whatever_its_spelling(stem: str) -> None:
    assert named_by_file(stem) == stem


@pytest.mark.parametrize("stem", ["index", "07", "", "07BERN", "BERN1", "07BERN1.a"])
def test_a_file_of_another_name_is_named_for_no_cable(stem: str) -> None:
    assert named_by_file(stem) is None
