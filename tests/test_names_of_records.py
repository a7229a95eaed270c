"""Rules on the names that a record gives: of itself, of its post, of its release and its copies."""

from __future__ import annotations

import pandas as pd
import pytest

from cableproof.schemas import vocab
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.near import hint, nearest, the_only_one_edit_away
from tests.asking import Row, found, spread


@pytest.mark.parametrize(
    ("identifier", "canonical", "shaped", "said"),
    [
        ("06BERN1", "06BERN1", True, None),
        ("06BERNN1", None, True, None),  # IDN002 speaks of the station
        ("09EFTOLONDON2468", "09LONDON2468", True, "; perhaps 09LONDON2468"),
        ("2006BERN1", "06BERN1", False, "; perhaps 06BERN1"),
        ("06BERN", None, False, ""),
        ("06BERN 1", None, False, "; it holds U+0020 SPACE"),
        ("06B\u00c9RN-1", None, False, "; it holds U+00C9 LATIN CAPITAL LETTER E WITH ACUTE"),
        ("06BERN\x01", None, False, "; it holds U+0001"),
    ],
)
def test_a_malformed_identifier_is_told_with_its_form_or_its_odd_character(
    identifier: str, canonical: str | None, shaped: bool, said: str | None
) -> None:
    sound = {"identifier": "06BERN2", "canonical": "06BERN2", "shaped": True}
    row = {"identifier": identifier, "canonical": canonical, "shaped": shaped}
    assert found("IDN001", sound, row) == ([] if said is None else [(1, said)])


def test_a_station_of_no_table_is_told_where_the_identifier_is_well_formed() -> None:
    names = ["06BERN1", "06BERNN1", "06XQXQXQ1"]
    rows = [{"identifier": n, "canonical": n, "station": n[2:-1]} for n in names]
    rows.append({"identifier": "06BERNN01", "canonical": "06BERNN1", "station": "BERNN"})
    assert found("IDN002", *rows, station="category") == [(1, "; perhaps BERN"), (2, "")]


def test_a_second_copy_is_an_error_where_its_content_is_another() -> None:
    rows = spread({"identifier": "06BERN1", "copies": 3}, "contents", 1, 2, 3)
    assert found("IDN004", *rows) == [
        (0, "with the same content", "warning"),
        (1, "with different content", "error"),
        (2, "with different content", "error"),
    ]


def test_a_malformed_identifier_has_a_twin_in_its_own_collection() -> None:
    names = [
        ("06BERN1", "06BERN1", 0),
        ("06BERN01", "06BERN1", 0),
        ("06BERN01", "06BERN1", 1),
        ("06BERN2", "06BERN2", 1),
        ("06BERN02", "06BERN2", 1),
        ("06BERN03", "06BERN3", 0),
        ("06BERN4", "06BERN4", 0),
    ]
    columns = ("identifier", "canonical", "group")
    rows = [dict(zip(columns, each, strict=True)) for each in names]
    assert [at for (at,) in found("IDN005", *rows)] == [1, 4]


# --- posts ------------------------------------------------------------------------------------


def test_an_origin_of_no_table_is_told_with_the_nearest() -> None:
    rows = spread({}, "origin", "Embassy Bern", "Embasy Bern", "somewhere else", "Embasy Bern")
    assert found("ORG001", *rows, origin="category") == [
        (1, "; perhaps Embassy Bern"),
        (2, ""),
        (3, "; perhaps Embassy Bern"),
    ]


def test_an_origin_is_the_post_of_the_station_where_both_are_known() -> None:
    pairs = [
        ("Embassy Bern", "BERN"),
        ("Embassy Paris", "BERN"),
        ("Embassy Bern", "PARIS"),
        ("Nowhere", "BERN"),
        ("Embassy Paris", "BERNN"),
        ("USEU Brussels", "BRUSSELS"),
        ("Embassy Paris", "PARIS"),
    ]
    rows = [{"identifier": "x", "origin": a, "station": b} for a, b in pairs]
    types = {"origin": "category", "station": "category"}
    for some in (rows, rows[::-1]):
        told = CATALOGUE["ORG002"].find(pd.DataFrame(some).astype(types))
        assert {*zip(told["origin"], told["station"], told["post"], strict=True)} == {
            ("Embassy Paris", "BERN", "Embassy Bern"),
            ("Embassy Bern", "PARIS", "Embassy Paris"),
        }
        assert len(told) == 2


def test_every_pair_of_an_origin_and_a_station_is_judged_by_itself() -> None:
    origins, stations = [*vocab.origins()][:12], [*vocab.posts()][:30]
    rows = [{"identifier": "x", "origin": a, "station": b} for a in origins for b in stations]
    told = found("ORG002", *rows, origin="category", station="category")
    apart = [n for n, r in enumerate(rows) if r["station"] not in vocab.origins()[r["origin"]]]
    assert [at for at, *_ in told] == apart


# --- releases ---------------------------------------------------------------------------------


def test_a_release_of_no_table_is_told_with_the_nearest() -> None:
    rows = spread({}, "source_release", "cablebrowser-2", "cablebrowser-7", "Q", "cablebrowser-7")
    (one, first), (two, second), (three, third) = found("PRV001", *rows, source_release="category")
    assert (one, two, three) == (1, 2, 3)
    assert (first[:23], second, third) == ("; perhaps cablebrowser-", "", first)


@pytest.mark.parametrize(
    ("release", "stated", "known"),
    [
        ("cablebrowser-2", "2011-10-04", None),
        ("cablebrowser-2", "2011-10", None),
        ("cablebrowser-2", "2011-10-04 12:00", None),
        ("cablebrowser-2", "2011-10-05", "2011-10-04"),
        ("cables.csv", "2011-09-30", None),
        ("cables.csv", "2011-10", "2011-09"),
        ("no such release", "2011-10-05", None),
    ],
)
def test_a_release_has_the_day_of_the_table_as_far_as_it_is_stated(
    release: str, stated: str, known: str | None
) -> None:
    right = {"source_release": "cablebrowser-2", "source_released": "2011-10-04"}
    others = [right | {"source_release": "cables.csv"}, right | {"source_released": "2011-10"}]
    row = {"source_release": release, "source_released": stated}
    wrong = [(0, "2011-09"), *([(2, known), (4, known)] if known else [])]
    assert found("PRV002", others[0], right, row, others[1], row) == wrong
    assert found("PRV002", right, row)[:1] == ([(1, known)] if known else [])
    assert [*CATALOGUE["PRV002"].find(pd.DataFrame([right])).columns] == [*right, "known"]


@pytest.mark.parametrize(
    ("counter", "pages", "front", "mixed", "beside"),
    [
        (5, 5, None, False, None),
        (5, 5, 5, False, None),
        (5, 5, 4, False, ", 4 in index.html"),
        (5, 5, None, True, None),
        (5, 4, None, False, ""),
        (5, 6, 5, True, " on most pages"),
        (5, 4, 3, True, " on most pages, 3 in index.html"),
        (5, 4, 4, False, ", 4 in index.html"),
    ],
)
def test_a_tree_has_as_many_pages_as_its_pages_and_its_front_say(
    counter: int, pages: int, front: int | None, mixed: bool, beside: str | None
) -> None:
    plain: Row = {"counter": 1, "pages": 1, "front": None, "mixed": False}
    row = {"counter": counter, "pages": pages, "front": front, "mixed": mixed}
    told = found("SRC007", plain, row, front="Int64")
    assert told == ([] if beside is None else [(1, beside)])


# --- texts and marks --------------------------------------------------------------------------


def test_a_flag_of_redaction_agrees_with_the_marks() -> None:
    some = [(flag, marks) for flag in (True, False) for marks in (0, 1, 2)]
    rows = [{"redacted": flag, "marks": marks} for flag, marks in some]
    assert found("RED001", *rows) == [(0, "redacted"), (4, "not redacted"), (5, "not redacted")]


def test_of_a_text_of_another_cable_it_is_told_whose_year_was_taken() -> None:
    said = [("", None), ("06PARIS777", True), ("06PARIS777", False), ("06PARIS777", None)]
    rows = [{"identifier": "x", "text_of": text, "year_told": told} for text, told in said]
    taken = "; the year is not told, this record's is taken"
    for kind in ("boolean", "object"):
        assert found("TXT001", *rows, year_told=kind) == [(1, ""), (2, taken), (3, taken)]


# --- the nearest word -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "words", "only"),
    [
        ("TRAM", ["TRAMS", "BOAT"], "TRAMS"),
        ("TRAM", ["BOAT", "RTAM"], "RTAM"),
        ("TRAM", ["TRAY", "TRAMS"], None),
        ("TRAM", ["TRAYS", "TOYS", "BOAT"], None),
        ("TRAM", ["TRAYS", "TRAMS", "TOYS"], "TRAMS"),
        ("TRAM", [], None),
    ],
)
def test_a_word_is_meant_that_is_the_only_one_an_edit_away(
    word: str, words: list[str], only: str | None
) -> None:
    assert the_only_one_edit_away(word, words) == only


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("ABCDEFGXYZ", "abcdefghij"),  # seven of ten letters
        ("ABCDEFWXYZ", None),
        ("OPQRSTUV0AB", None),  # eight of eleven and of twelve
        ("abcdefghij", "abcdefghij"),
        ("klmnopqrstuvwxyz0123", "klmnopqrstuvwxyz01234"),
    ],
)
def test_a_word_is_near_that_has_seven_of_ten_letters(word: str, near: str | None) -> None:
    assert nearest(word, ["zzz", "abcdefghij", "klmnopqrstuvwxyz01234", "opqrstuv9876"]) == near


@pytest.mark.parametrize(("suggestion", "said"), [("SZ", "; perhaps SZ"), ("", ""), (None, "")])
def test_a_hint_is_the_end_of_a_message(suggestion: str | None, said: str) -> None:
    assert hint(suggestion) == said
