"""Tables with a header: their names, their rows in blocks of any size, and what cells hold."""

from __future__ import annotations

import io
import json
from collections import Counter
from itertools import accumulate, islice, pairwise
from typing import Any

import pytest

from cableproof.sources import csv_table
from cableproof.sources.batches import FIELDS, LIST, TEXT, Reading
from cableproof.sources.csv_table import header
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.places import At, Gap, Trouble

_MARK = b"\xef\xbb\xbf"
_AT = At("p", 0, 1)

HEADERS: list[tuple[bytes, list[str], int]] = [
    (b"a,b\nx,y\n", ["a", "b"], 4),
    (b"a,b\r\nx,y\n", ["a", "b"], 5),
    (b"a,b\rx,y\r", ["a", "b"], 4),
    (b"a,b", ["a", "b"], 3),
    (_MARK + b' a ,"b,""c"\n', ["a", 'b,"c'], 15),
    (b"\xe9,b\n", ["\ufffd", "b"], 4),
    (b"", [], 0),
    (_MARK, [], 3),
    (b"\na,b\n", [], 1),
    (b"a" * 140_000 + b"\nx\n", [], 140_001),
]


@pytest.mark.parametrize(("data", "names", "begin"), HEADERS, ids=range(len(HEADERS)))
def test_a_header_is_the_first_line(data: bytes, names: list[str], begin: int) -> None:
    assert header(data) == (names, begin)


def read(data: bytes, block: int = DEFAULT.block, record: int = DEFAULT.record) -> list[Reading]:
    limits = Limits(block=block, record=record)
    made = [*islice(csv_table.read(io.BytesIO(data), _AT, limits), 200)]
    assert len(made) < 200
    return made


def places(readings: list[Reading]) -> list[tuple[object, ...]]:
    columns = ("identifier", "start", "end", "line")
    return [each for reading in readings for each in reading.records.select(columns).rows()]


def lost(readings: list[Reading]) -> list[Trouble]:
    return [each for reading in readings for each in reading.troubles if each.lost]


def bytes_of(readings: list[Reading]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in readings:
        total.update(each.extents)
    return dict(total)


_ROWS = [
    b"07BERN1,x\n",
    b"\n",
    b'07BERN2,"a\n""b\n\n"\r\n',
    b"07BERN3,x,y\n",
    b'"07BERN4",\n',
    b"\r\n",
    b'07BERN5""\n',
    b"07BERN8,z\n",
    b'07BERN6,"\n07BERN7,x\n"',
]


@pytest.mark.parametrize("block", [1, 2, 3, 5, 8, 13, 21, 34, 55, 1 << 20])
@pytest.mark.parametrize("mark", [b"", _MARK])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_rows_are_read_at_their_places_in_blocks_of_any_size(
    block: int, mark: bytes, end: bytes
) -> None:
    head = b"identifier,body" + end
    data = mark + head + b"".join(_ROWS)
    edges = [*accumulate(map(len, _ROWS), initial=len(mark + head))]
    spans = [*pairwise(edges)]
    lines = [1 + data[:start].count(b"\n") for start in edges]
    made = read(data, block)
    assert places(made) == [
        (f"07BERN{name}", *spans[n], lines[n])
        for name, n in ((1, 0), (2, 2), (4, 4), (8, 7), (6, 8))
    ]
    why = {
        3: "3 fields where 2 are meant to be",
        6: "an unescaped quote in field 1",
    }
    assert lost(made) == [
        Trouble("SRC003", "p", lines[n], spans[n][0], True, {"reason": reason})
        for n, reason in why.items()
    ]
    assert [each for reading in made for each in reading.slots] == [spans[n] for n in why]
    sizes = [len(each) for each in _ROWS]
    expected = {
        "header": len(head),
        "records": sum(sizes[n] for n in (0, 2, 4, 7, 8)),
        "unreadable": sizes[3] + sizes[6],
        "separators": sizes[1] + sizes[5],
    }
    assert bytes_of(made) == expected | ({"byte order mark": 3} if mark else {})
    gaps = [each for reading in made for each in reading.gaps]
    assert gaps[-1] == Gap(len(mark), len(mark + head), "header")
    assert len(gaps) == 1 + bool(mark)


def test_as_many_rows_are_read_at_once_as_are_surely_whole() -> None:
    data = b"identifier,body\n" + b"07BERN1,x\n" * 9
    for block, sizes in (
        (10, [1] * 7 + [2]),
        (15, [1, 1, 2, 1, 2, 2]),
        (20, [1, 2, 2, 2, 2]),
        (200, [9]),
    ):
        assert [len(each.records) for each in read(data, block)[1:] if len(each.records)] == sizes


@pytest.mark.parametrize("block", [1, 2, 5, 1 << 20])
def test_a_line_of_a_first_text_that_looks_like_a_row_is_none(block: int) -> None:
    row = b'"a\nx,07BERN7\nb",07BERN1\n'
    assert places(read(b"body,identifier\n" + row * 2, block)) == [
        ("07BERN1", 16, 16 + len(row), 2),
        ("07BERN1", 16 + len(row), 16 + 2 * len(row), 5),
    ]


def test_a_blank_line_before_a_row_that_is_lost_is_counted() -> None:
    made = read(b"identifier,body\n\n07BERN1,x,y\n")
    assert [(each.line, each.start) for each in lost(made)] == [(3, 17)]


def test_a_row_that_has_no_end_is_lost_in_parts_that_are_longer_than_the_limit_by_a_block() -> None:
    head, row = b"identifier,body\n", b'07BERN1,"' + b"x" * 40
    (begin, end) = len(head), len(head + row)
    for limit in (20, 21):
        made = read(head + row, 1, limit)
        edges = [*range(begin, end, limit + 1), end]
        assert [each for reading in made for each in reading.slots] == [*pairwise(edges)]


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_row_is_as_long_as_the_limit_at_most(more: int) -> None:
    row = b"07BERN1,abcdefghijk\n"
    made = read(b"identifier,body\n" + row + b"07BERN2,x\n", record=len(row) + more)
    assert [each[0] for each in places(made)] == ["07BERN1", "07BERN2"][more < 0 :]


def only(names: str, cells: str) -> dict[str, Any]:
    readings = read(f"{names}\n{cells}\n".encode())
    (made,) = [each for reading in readings for each in reading.records.to_dicts()]
    return made


@pytest.mark.parametrize(
    ("cell", "said"),
    [("true", True), ("True", True), ("1", True), ("false", False), ("False", False), ("0", False)],
)
@pytest.mark.parametrize("name", ["redacted", "partial_extract"])
def test_a_flag_is_said_in_six_ways(name: str, cell: str, said: bool) -> None:
    made = only(f"identifier,{name}", f"07BERN1,{cell}")
    assert (made[name], made["wrong"]) == (said, [])


@pytest.mark.parametrize("cell", ["TRUE", "yes", "2", " true", "maybe"])
def test_a_flag_that_is_said_otherwise_is_wrong(cell: str) -> None:
    made = only("partial_extract,redacted,identifier", f"{cell},0,07BERN1")
    assert (made["partial_extract"], made["redacted"]) == (None, False)
    assert made["wrong"] == ["partial_extract"]
    made = only("partial_extract,redacted,identifier", f"{cell},{cell},")
    assert made["wrong"] == ["partial_extract", "redacted"]
    assert made["identifier"] is None


def test_lists_are_divided_by_what_stands_between_their_items() -> None:
    made = only("identifier,tags,references", '07BERN1,"PREL, SZ;(x y) ETRD",06BERN1|06BERN2 x||y')
    assert made["tags"] == ["PREL", "SZ", "(x y)", "ETRD"]
    assert made["references"] == ["06BERN1", "06BERN2 x", "y"]
    assert made["wrong"] is None


def test_an_empty_cell_is_null_but_for_texts_and_lists() -> None:
    names = [*FIELDS]
    made = only(",".join(names), "," * (len(names) - 1) + '""')
    full: dict[str, object] = {name: [] if kind == LIST else None for name, kind in FIELDS.items()}
    assert {name: made[name] for name in names} == full | {"header": "", "body": ""}
    assert (made["other"], made["unknown"]) == (None, None)


def cells(**changed: str) -> str:
    made = dict.fromkeys([*FIELDS, "empty"], "") | {"identifier": "07BERN1"} | changed
    return ",".join('"' + value.replace('"', '""') + '"' for value in made.values())


_OURS = ",".join([*FIELDS, "empty"])


def test_a_table_of_ours_tells_what_is_empty_from_what_is_not_there() -> None:
    texts = [name for name, kind in FIELDS.items() if kind == TEXT and name != "identifier"]
    made = only(_OURS, cells())
    assert {made[name] for name in FIELDS if name != "identifier"} == {None}
    assert (made["wrong"], made["other"], made["unknown"]) == ([], None, None)
    for name in texts:
        others = [each for each in texts if each != name]
        assert only(_OURS, cells(empty=name))[name] == ""
        named = only(_OURS, cells(empty=" ".join(others), **{name: "x"}))
        assert [named[each] for each in [name, *others]] == ["x"] + [""] * len(others)
        assert only(_OURS, cells(empty=f"x{name} {name}x"))[name] is None


LISTS: list[tuple[str, list[str] | None, bool]] = [
    ("", None, False),
    ("[]", [], False),
    ('["a"]', ["a"], False),
    ('["a b","|","","\\u001f\\n"]', ["a b", "|", "", "\x1f\n"], False),
    ("a", None, True),
    ("[7]", None, True),
    ('["a", "b"]', None, True),
    ('["a"]x', None, True),
    ('x["a"]', None, True),
]


@pytest.mark.parametrize(("cell", "said", "wrong"), LISTS)
@pytest.mark.parametrize("name", ["tags", "references"])
def test_a_list_in_a_table_of_ours_is_json(
    name: str, cell: str, said: list[str] | None, wrong: bool
) -> None:
    made = only(_OURS, cells(**{name: cell, "redacted": "true", "partial_extract": "?"}))
    assert made[name] == said
    assert (made["redacted"], made["partial_extract"]) == (True, None)
    assert set(made["wrong"]) == {"partial_extract", *([name] if wrong else [])}


def test_a_table_is_one_of_ours_only_with_all_fields_in_their_order() -> None:
    fields = [*FIELDS]
    swapped = [fields[1], fields[0], *fields[2:]]
    for names in (fields[:-1], swapped, ["empty", *fields], [*fields, "more"]):
        last = names if "empty" in names or "more" in names else [*names, "empty"]
        values = {"identifier": "07BERN1", "tags": "[x y]", "empty": "tags", "more": "m"}
        made = only(",".join(last), ",".join(values.get(name, "") for name in last))
        (unknown,) = [name for name in last if name not in FIELDS]
        assert made["tags"] == ["[x", "y]"]
        assert made["unknown"] == [unknown]
        assert json.loads(made["other"]) == {unknown: values[unknown]}


def test_columns_that_are_unknown_are_kept_by_their_names() -> None:
    made = only("x,identifier,empty,y", "1,07BERN1,,z")
    assert json.loads(made["other"]) == {"x": "1", "empty": "", "y": "z"}
    assert made["unknown"] == ["x", "empty", "y"]
