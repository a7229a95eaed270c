"""Rows of `cables.csv` and of tables: what each holds, where it stands, and what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import polars as pl
import pytest

from cableproof.sources import cables_csv
from cableproof.sources.batches import Reading
from cableproof.sources.cables_csv import START, next_start
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.places import At, Trouble
from cableproof.sources.quotes import DOUBLED, Dialect, Row, marks, rows_within
from cableproof.sources.rows import line_ends, parsed_rows
from tests.samples import NOTICE

_AT = At("p", 100, 7)
_MARK = b"\xef\xbb\xbf"
_ODD = {"seen": "a byte that is no UTF-8", "used": "windows-1252 for such bytes"}


def row(name: str, refs: str = "", header: str = "", body: str = "b", end: str = "\n") -> bytes:
    fields = ("12", "1/2/2007 10:30", name, "Embassy", "SECRET", refs, header, body)
    return (",".join(f'"{field}"' for field in fields) + end).encode("latin-1")


def places(readings: Iterable[Reading]) -> list[tuple[object, ...]]:
    columns = ("identifier", "start", "end", "line")
    return [each for reading in readings for each in reading.records.select(columns).rows()]


def found_in(data: bytes, at: At, block: int = DEFAULT.block) -> list[Reading]:
    made = [*islice(cables_csv.read(data, at, Limits(block=block)), 99)]
    assert len(made) < 99
    return made


def bytes_of(readings: Iterable[Reading]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in readings:
        total.update(each.extents)
    return dict(total)


_BAD = b'"13","1/2/2007 10:30","x"\n'
_FILE = [
    row("A", "B|C"),
    _BAD,
    row("D", end="\r\n"),
    b"\n",
    row("E\n\nE"),
    _BAD,
    _BAD,
    row("F", end=""),
]
_WHY = {"reason": "3 fields where 8 are meant to be"}


@pytest.mark.parametrize("block", [1, 50, 130, 1 << 20])
@pytest.mark.parametrize("at", [At("p"), At("p", 1), _AT])
@pytest.mark.parametrize("before", [b"", b"\n", b"\n\n"])
def test_each_row_is_read_at_its_place_in_blocks_of_any_size(
    block: int, at: At, before: bytes
) -> None:
    data = before + b"".join(_FILE)
    made = found_in(data, at, block)
    starts = np.cumsum([len(before) + at.start, *map(len, _FILE)]).tolist()
    ends = starts[1:]
    lines = [at.line + data[: start - at.start].count(b"\n") for start in starts]
    assert places(made) == [
        (name, starts[n], ends[n], lines[n])
        for name, n in zip(("A", "D", "E\n\nE", "F"), (0, 2, 4, 7), strict=True)
    ]
    assert [each for reading in made for each in reading.troubles] == [
        Trouble("SRC003", "p", lines[n], starts[n], True, _WHY) for n in (1, 5, 6)
    ]
    assert [each for reading in made for each in reading.slots] == [
        (starts[n], ends[n]) for n in (1, 5, 6)
    ]
    assert sum(each.lines for each in made) == data.count(b"\n")
    expected = {"records": sum(len(_FILE[n]) for n in (0, 2, 4, 7)), "unreadable": 3 * len(_BAD)}
    assert bytes_of(made) == expected | {"separators": len(before) + 1}


def test_a_block_ends_at_the_first_row_behind_its_size() -> None:
    data = row("A") * 9
    size = len(row("A"))
    for block, rows in ((1, 1), (size, 1), (size + 1, 2), (2 * size, 2), (2 * size + 1, 3)):
        sizes = [len(each.records) for each in found_in(data, At("p"), block)]
        assert sizes == [rows] * (9 // rows) + [9 % rows] * (9 % rows > 0)


def test_a_byte_order_mark_is_one_at_the_beginning_of_a_file_only() -> None:
    mark, *others = found_in(_MARK + row("A"), At("p"))
    assert mark.troubles == (Trouble("SRC009", "p", 1, 0),)
    assert places(others) == [("A", 3, 3 + len(row("A")), 1)]
    for start in (1, 100):
        (lost,) = found_in(_MARK + row("A"), At("p", start))
        assert lost.troubles[0].facts == {"reason": "field 1 is not quoted"}
        assert lost.slots == ((start, start + 3 + len(row("A"))),)


def test_what_the_columns_hold() -> None:
    headers = (NOTICE, f"x\n{NOTICE} y", NOTICE.replace("cable.", "cable!"), "")
    data = b"".join(
        row("A", refs, header) for refs, header in zip(("", "B", "C|", "D|E"), headers, strict=True)
    )
    (made,) = found_in(data, At("p"))
    assert made.records["references"].to_list() == [[], ["B"], ["C", ""], ["D", "E"]]
    assert made.records["header"].to_list()[0] == NOTICE
    assert made.records["partial_extract"].to_list() == [True, True, False, False]
    assert made.records.select("created", "identifier", "origin", "classification", "body").row(
        0
    ) == (
        "1/2/2007 10:30",
        "A",
        "Embassy",
        "SECRET",
        "b",
    )


@pytest.mark.parametrize(
    "data", [b"".join(_FILE), b"\n" + row("A") + b'"\n"\n"x\n' + row("B"), b"x"]
)
def test_the_next_row_is_the_first_that_begins_at_a_place_or_behind_it(data: bytes) -> None:
    starts = [at + 1 for at in range(len(data)) if data[at : at + 2] == b'\n"']
    starts = [at for at in starts if START.match(data, at)]
    for offset in range(1, len(data) + 3):
        expected = next((at for at in starts if at >= offset), len(data))
        assert next_start(data, offset) == expected


_NAMES = ("a", "b")
#: Blocks by the rows in them, in one dialect and the other, and what these hold.
PARSED: list[tuple[bool, list[bytes], list[tuple[str, str]]]] = [
    (False, [b"x,y\n", b'"z\n""",\r\n'], [("x", "y"), ('z\n"', "")]),
    (
        False,
        [b"NA,null\n", b'"NULL",""\n', b"0512,#N/A"],
        [("NA", "null"), ("NULL", ""), ("0512", "#N/A")],
    ),
    (False, [_MARK + b"x,y\n", b"z,\n"], [("\ufeffx", "y"), ("z", "")]),
    (True, [b'"x","y"\n', b'"\\"\n\\\\",""\r\n'], [("x", "y"), ('"\n\\', "")]),
    (True, [b'"x","y"\n', b'"z",""'], [("x", "y"), ("z", "")]),
    (True, [b'"\\\\","\\y"\n'], [("\\", "y")]),
]


def parsed(
    parts: Sequence[bytes], taken: Sequence[int], *, slashes: bool, names: Sequence[str] = _NAMES
) -> tuple[list[tuple[object, ...]], list[Trouble]]:
    block = b"".join(parts)
    edges = np.cumsum([0, *map(len, parts)]).tolist()
    rows = [Row(edges[n], edges[n + 1]) for n in taken]
    found = marks(block) if slashes else None
    frame, troubles = parsed_rows(block, rows, _AT, names, line_ends(block), found)
    assert frame.columns == [*names, "start", "end", "line"]
    assert frame.dtypes == [*([pl.String] * len(names)), *([pl.Int64] * 3)]
    return frame.rows(), troubles


def placed(parts: Sequence[bytes], number: int) -> tuple[int, int, int]:
    before = b"".join(parts[:number])
    return 100 + len(before), 100 + len(before) + len(parts[number]), 7 + before.count(b"\n")


@pytest.mark.parametrize(("slashes", "rows", "values"), PARSED)
@pytest.mark.parametrize("around", [(), (b"\n\n",), (b'"\n', b'\\"\n'), (b"xxx\n",)])
def test_rows_are_parsed_whatever_stands_between_them(
    slashes: bool, rows: list[bytes], values: list[tuple[str, str]], around: tuple[bytes, ...]
) -> None:
    parts = [*around, *(part for each in rows for part in (each, *around))]
    step = len(around) + 1
    taken = [len(around) + n * step for n in range(len(rows))]
    expected = [(*value, *placed(parts, n)) for value, n in zip(values, taken, strict=True)]
    assert parsed(parts, taken, slashes=slashes) == (expected, [])


@pytest.mark.parametrize("slashes", [True, False])
def test_no_rows_are_a_table_without_rows(slashes: bool) -> None:
    assert parsed([b"x\n"], [], slashes=slashes) == ([], [])


@pytest.mark.parametrize("slashes", [True, False])
def test_a_row_that_is_no_utf8_is_read_and_told_at_its_first_odd_byte(slashes: bool) -> None:
    first = b'"\\"x","y"\n' if slashes else b'"""x",y\n'
    parts = [
        first,
        b'"\n\n\xe9","\xe9\n\xe9"\n',
        b"\n",
        b'"\xc3\xa9","\x81"\n',
        b'"u","v"\n',
    ]
    rows, troubles = parsed(parts, [0, 1, 3, 4], slashes=slashes)
    values = [('"x', "y"), ("\n\n\xe9", "\xe9\n\xe9"), ("\xe9", "\x81"), ("u", "v")]
    assert rows == [
        (*value, *placed(parts, n)) for value, n in zip(values, (0, 1, 3, 4), strict=True)
    ]
    assert troubles == [
        Trouble("SRC005", "p", 7 + 3, placed(parts, 1)[0] + 3, facts=_ODD),
        Trouble("SRC005", "p", 7 + 6, placed(parts, 3)[0] + 6, facts=_ODD),
    ]


def test_a_row_of_one_empty_field_is_a_row() -> None:
    assert parsed([b"\n", b"x\n"], [0, 1], slashes=False, names=["a"])[0] == [
        ("", 100, 101, 7),
        ("x", 101, 103, 8),
    ]
    assert parsed([b"\n"], [0], slashes=False, names=["a"])[0] == [("", 100, 101, 7)]


def test_rows_that_were_not_proven_are_refused() -> None:
    for slashes, part in ((True, b'"a","b","c","d"\n'), (False, b"a,b\nc,d\n")):
        with pytest.raises(AssertionError, match=r"^1 rows were proven and 2 were parsed$"):
            parsed([part], [0], slashes=slashes)


def test_rows_of_some_columns_are_found_and_parsed_alike() -> None:
    block = b'a,b\n"c\n""",d\n\n,\n'
    rows = [*rows_within(block, Row(0, len(block)), Dialect(DOUBLED, 2, 99))]
    frame, _ = parsed_rows(block, rows, At("p"), _NAMES, line_ends(block))
    assert frame.select(_NAMES).rows() == [("a", "b"), ('c\n"', "d"), ("", "")]
