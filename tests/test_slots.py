"""Slots of large files, found before anything is parsed, and read each at its own place."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cableproof.sources import beside
from cableproof.sources.blocks import Piece, line_ends, pieces_of_lines
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.quotes import marks, unescaped
from cableproof.sources.reading import read_piece
from cableproof.sources.slots import KINDS
from cableproof.sources.stretches import Stretches, dealt, in_lines
from cableproof.sources.walk import Found
from tests.samples import cables_csv, json_lines, records

MADE = {"cables-csv": cables_csv, "json-lines": json_lines}


def file_of(folder: Path, kind: str, more: bytes = b"") -> Found:
    file = folder / kind
    file.write_bytes(MADE[kind](records(5)) + more)
    return Found(kind, file, file.stat().st_size)


def surveyed(found: Found, kind: str, limits: Limits = DEFAULT) -> pl.DataFrame:
    pieces = pieces_of_lines(found, kind, -(-found.size // limits.range))
    return pl.concat([beside.surveyed([piece, None], limits) for piece in pieces])


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("size", [64, 1500, 1 << 20])
def test_slots_are_the_same_in_blocks_of_any_size(kind: str, size: int, tmp_path: Path) -> None:
    found = file_of(tmp_path, kind, b"no record at all\n")
    slots = surveyed(found, kind, Limits(range=size, block=size))
    assert slots.equals(surveyed(found, kind))
    assert [0, *slots["end"]] == [*slots["start"], found.size]


@pytest.mark.parametrize("kind", MADE)
def test_a_slot_that_is_no_whole_record_is_not_sound(kind: str, tmp_path: Path) -> None:
    found = file_of(tmp_path, kind, {"cables-csv": b'"6","1/2/2007 10:30",\n'}.get(kind, b'{"\n'))
    assert surveyed(found, kind)["sound"].to_list() == [True] * 5 + [False]


@pytest.mark.parametrize("kind", MADE)
def test_a_slot_that_is_longer_than_a_record_may_be_is_not_sound(kind: str, tmp_path: Path) -> None:
    found = file_of(tmp_path, kind)
    slots = surveyed(found, kind)
    sizes = (slots["end"] - slots["start"]).to_list()
    pieces = [Piece(found, kind, 0, found.size)] * 2
    for limit in (max(sizes), max(sizes) - 1):
        both = beside.surveyed(pieces, Limits(record=limit))
        for source in (0, 1):
            sound = both.filter(source=source)["sound"].to_list()
            assert sound == [size <= limit for size in sizes]


@pytest.mark.parametrize("kind", MADE)
def test_a_slot_that_is_no_utf8_says_nothing(kind: str, tmp_path: Path) -> None:
    found = file_of(tmp_path, kind)
    (tmp_path / kind).write_bytes(found.file.read_bytes().replace(b"TRAM 3 AND", b"TRAM \xe9 AND"))
    slots = surveyed(found, kind)
    assert slots["said"].is_null().to_list() == [n == 2 for n in range(5)]
    assert not slots["sound"][2]


@pytest.mark.parametrize("kind", MADE)
def test_a_slot_says_nothing_where_one_of_each_other_file_says_the_same(
    kind: str, tmp_path: Path
) -> None:
    cables = records(5)
    orders = ([0, 1, 2, 3, 4], [4, 3, 2, 1, 0, 0], [1, 2, 4])
    pieces = []
    for number, order in enumerate(orders):
        file = tmp_path / str(number)
        file.write_bytes(MADE[kind]([cables[n] for n in order]))
        pieces.append(Piece(Found(kind, file, file.stat().st_size), kind, 0, file.stat().st_size))
    slots = beside.surveyed(pieces, Limits(block=64))
    for number, order in enumerate(orders):
        own = slots.filter(source=number)
        assert own["identifier"].to_list() == [cables[n]["identifier"] for n in order]
        assert (own["said"] == "").to_list() == [n in (1, 2, 4) for n in order]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("wanted", [[0], [1, 2], [0, 3, 4], [4]])
def test_some_slots_are_read_as_in_the_whole_file(
    kind: str, wanted: list[int], tmp_path: Path
) -> None:
    found = file_of(tmp_path, kind)
    stretches = Stretches.of(surveyed(found, kind)[wanted])
    (some,) = read_piece(Piece.of(found, kind, stretches), DEFAULT)
    (whole,) = read_piece(Piece(found, kind, 0, found.size), DEFAULT)
    assert some.records.drop("line").equals(whole.records[wanted].drop("line"))


@pytest.mark.parametrize("kind", MADE)
def test_troubles_of_some_slots_are_told_where_they_stand(kind: str, tmp_path: Path) -> None:
    found = file_of(tmp_path, kind)
    data = found.file.read_bytes().replace(b"TRAM 4 AND", b"TRAM \xe9 AND")
    (tmp_path / kind).write_bytes(data)
    (whole,) = read_piece(Piece(found, kind, 0, len(data)), DEFAULT)
    stretches = Stretches.of(surveyed(found, kind)[[1, 3]])
    (some,) = read_piece(Piece.of(found, kind, stretches), DEFAULT)
    assert in_lines(some.troubles, found.file) == list(whole.troubles)


@pytest.mark.parametrize("kind", MADE)
def test_line_ends_of_a_piece_are_those_between_its_edges(kind: str, tmp_path: Path) -> None:
    found = file_of(tmp_path, kind)
    data = found.file.read_bytes()
    for start in range(0, found.size, 97):
        for end in (start, start + 1, (start + found.size) // 2, found.size):
            assert line_ends(Piece(found, kind, start, end)) == data[start:end].count(b"\n")


def test_slots_are_dealt_in_lots_and_those_that_touch_are_one_stretch() -> None:
    slots = pl.DataFrame({"start": [0, 10, 30, 40], "end": [10, 20, 40, 60]})
    assert [lot.edges for lot in dealt(slots, 1000)] == [((0, 20), (30, 60))]
    assert [lot.edges for lot in dealt(slots, 25)] == [((0, 20),), ((30, 40),), ((40, 60),)]
    assert dealt(slots.clear(), 1000) == []


@given(st.binary().map(lambda each: bytes(b'"\\\\\\a'[sign % 5] for sign in each)))
@example(b"\\" * 20 + b'"' + b"\\" * 21 + b'"')
def test_quotes_are_escaped_by_every_odd_backslash_before_them(block: bytes) -> None:
    quotes = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord('"'))
    assert unescaped(block, quotes).tolist() == marks(block).quotes.tolist()


def test_the_forms_that_have_slots_are_those_of_lines() -> None:
    assert {*KINDS} == {*MADE, "manifest"}
