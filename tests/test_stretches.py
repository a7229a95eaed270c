"""Stretches of files against the same said slowly: byte by byte, slot by slot."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from cableproof.sources import stretches
from cableproof.sources.batches import COLUMNS, Reading
from cableproof.sources.places import Trouble
from cableproof.sources.stretches import Stretches, dealt, in_lines

_DATA = bytes(range(120))
#: Edges of slots, some of which touch.
SLOTS = [
    [(0, 10), (10, 20), (30, 40), (40, 60)],
    [(0, 7)],
    [(5, 6), (6, 7), (9, 30), (31, 32), (32, 40), (41, 100)],
    [(3, 13), (20, 30), (30, 30), (30, 41), (50, 80), (80, 90), (95, 96)],
    [(10, 20), (30, 40), (50, 60), (70, 80)],
    [(0, 10), (10, 20), (20, 30), (30, 40), (40, 50)],
]
each_table = pytest.mark.parametrize("slots", SLOTS)


def table(slots: list[tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame({"start": [a for a, _ in slots], "end": [b for _, b in slots]})


def slowly(slots: list[tuple[int, int]], size: int) -> list[tuple[tuple[int, int], ...]]:
    """Return slots in lots by the bytes up to the end of each."""
    lots: dict[int, list[tuple[int, int]]] = {}
    total = 0
    for start, end in slots:
        total += end - start
        lot = lots.setdefault(total // size, [])
        if lot and lot[-1][1] == start:
            start = lot.pop()[0]
        lot.append((start, end))
    return [tuple(lot) for lot in lots.values()]


@each_table
def test_slots_are_dealt_in_lots_as_one_by_one(slots: list[tuple[int, int]]) -> None:
    for size in (*range(1, 80), 1000):
        made = dealt(table(slots), size)
        assert [each.edges for each in made] == slowly(slots, size)
        assert all(type(edge) is int for each in made for pair in each.edges for edge in pair)


@each_table
def test_all_of_some_slots_are_one_lot(slots: list[tuple[int, int]]) -> None:
    whole = Stretches.of(table(slots))
    assert [whole.edges] == slowly(slots, 10_000)
    assert (whole.start, whole.end) == (slots[0][0], slots[-1][1])
    assert whole.size == sum(b - a for a, b in slots)
    joined = b"".join(_DATA[a:b] for a, b in slots)
    assert whole.bytes_of(io.BytesIO(_DATA)) == joined
    positions = [whole.start + at for at in range(len(joined))]
    moved = [at + int(by) for at, by in zip(positions, whole.moves(positions), strict=True)]
    assert bytes(_DATA[at] for at in moved) == joined
    assert int(whole.moves(whole.start)) == 0


def test_records_and_troubles_are_placed_in_the_file() -> None:
    some = Stretches(((10, 20), (30, 45), (60, 70)))
    places = {"start": [10, 15, 20, 40], "end": [14, 20, 35, 45], "line": [1, 2, 3, 4]}
    records = pl.DataFrame(places).select(
        pl.col(name).cast(kind) if name in places else pl.lit(None, kind).alias(name)
        for name, kind in COLUMNS.items()
    )
    troubles = (
        Trouble("SRC003", "a", 2, 22),
        Trouble("SRC002", "a", 7),
        Trouble("SRC005", "a", 3, 35),
    )
    reading = Reading(records, troubles=troubles, extents={"records": 5})
    placed = some.placed(reading)
    assert placed.records["start"].to_list() == [10, 15, 30, 65]
    assert placed.records["end"].to_list() == [14, 20, 45, 70]
    assert placed.records["line"].to_list() == [None] * 4
    assert placed.records.schema == records.schema
    assert placed.troubles == (
        Trouble("SRC003", "a", None, 32),
        Trouble("SRC002", "a", 7),
        Trouble("SRC005", "a", None, 60),
    )
    assert placed.extents == {"records": 5}
    assert some.placed(Reading(records.clear())).records.equals(records.clear())


@pytest.mark.parametrize("size", [1, 3, 1 << 22])
def test_troubles_are_told_in_the_lines_in_which_they_start(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches, "_CHUNK", size)
    data = b"\n\nab\nc\n\n\ndefg\nh"
    file = tmp_path / "a"
    file.write_bytes(data)
    starts = [7, 0, 15, 3, 3, 1, 2, 14, 13]
    troubles = [Trouble("SRC003", "a", None, start) for start in starts]
    nowhere = Trouble("SRC002", "a", 5)
    told = in_lines([nowhere, *troubles, nowhere], file)
    assert told == [
        nowhere,
        *(Trouble("SRC003", "a", data[:start].count(b"\n") + 1, start) for start in starts),
        nowhere,
    ]
    for start in range(len(data)):
        (only,) = in_lines([Trouble("SRC003", "a", None, start)], file)
        assert only.line == data[:start].count(b"\n") + 1


def test_in_a_file_that_has_become_shorter_lines_count_up_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"a\nb\n")
    told = in_lines([Trouble("SRC003", "a", None, start) for start in (2, 90, 95)], file)
    assert [each.line for each in told] == [2, 3, 3]


def test_a_file_is_not_opened_where_no_trouble_has_a_place(tmp_path: Path) -> None:
    known = [Trouble("SRC002", "a", 5)]
    assert in_lines(known, tmp_path / "nothing here") == known
