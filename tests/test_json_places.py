"""JSON in lines and documents: what is read of each, where it stands, and what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate, islice, pairwise

import pytest

from cableproof.sources import json_document, json_lines
from cableproof.sources.batches import Reading
from cableproof.sources.json_lines import plain_objects
from cableproof.sources.json_text import read_object
from cableproof.sources.limits import DEFAULT, Limits, over_limit
from cableproof.sources.places import At, Damaged, Trouble

_MARK = b"\xef\xbb\xbf"
_PLACES = [At("p"), At("p", 1, 2), At("p", 1000, 7)]


def taken(readings: Iterable[Reading]) -> list[Reading]:
    made = [*islice(readings, 99)]
    assert len(made) < 99
    return made


def rows(readings: Iterable[Reading]) -> list[tuple[object, ...]]:
    columns = ("identifier", "origin", "start", "end", "line")
    return [each for reading in readings for each in reading.records.select(columns).rows()]


def troubles(readings: Iterable[Reading]) -> list[Trouble]:
    return [each for reading in readings for each in reading.troubles]


def slots(readings: Iterable[Reading]) -> list[tuple[int, int]]:
    return [each for reading in readings for each in reading.slots]


def bytes_of(readings: Iterable[Reading]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in readings:
        total.update(each.extents)
    return dict(total)


def lost(at: tuple[int, int], reason: str) -> Trouble:
    return Trouble("SRC003", "p", at[1], at[0], True, {"reason": reason})


_LINES = [
    b"\n",
    b'{"identifier":"A","origin":"o"}\n',
    b'{"identifier":"B","origin":"o","origin":"p"}\n',
    b" \t\r\n",
    b"[1]\n",
    b'{"identifier":"C","x":{"y":1}}\r\n',
    b"{broken\r\n",
    b'{"identifier":"D"}\r\r\n',
    b"{}\n",
    b'{"identifier":"E"}\r',
]
_READ = {
    1: ("A", "o"),
    2: ("B", "p"),
    5: ("C", None),
    7: ("D", None),
    8: (None, None),
    9: ("E", None),
}


@pytest.mark.parametrize("at", _PLACES)
@pytest.mark.parametrize("block", [1, 20, 33, 60, 100, 1 << 20])
@pytest.mark.parametrize("odd", [b"", b'{"identifier":"\xe9"}\n'])
def test_each_line_is_read_for_itself(at: At, block: int, odd: bytes) -> None:
    lines = [*_LINES[:3], odd, *_LINES[3:]] if odd else _LINES
    data = b"".join(lines)
    made = taken(json_lines.read(data, at, Limits(block=block)))
    spans = [*pairwise(accumulate(map(len, lines), initial=at.start))]
    places = {
        line: (span, at.line + n) for n, (line, span) in enumerate(zip(lines, spans, strict=True))
    }
    expected = []
    for number, said in _READ.items():
        (start, end), line = places[_LINES[number]]
        ending = {5: 2, 7: 2}.get(number, 1)
        expected.append((*said, start, end - ending, line))
    assert rows(made) == expected
    bad = {b"[1]\n": "JSON, but no object", b"{broken\r\n": "broken JSON, or cut short"}
    bad |= {odd: "it is no UTF-8"} if odd else {}
    known = [(places[line][0][0], places[line][1], line) for line in lines if line in bad]
    double = places[_LINES[2]]
    assert sorted(troubles(made), key=lambda each: each.start or 0) == sorted(
        [
            Trouble("SRC006", "p", double[1], double[0][0], facts={"key": "origin"}),
            *(lost((start, line), bad[data]) for start, line, data in known),
        ],
        key=lambda each: each.start or 0,
    )
    unread = [(start, start + len(line.rstrip(b"\r\n"))) for start, _, line in known]
    assert slots(made) == unread
    total = sum(end - start for start, end in unread)
    records = sum(len(_LINES[number]) for number in _READ)
    between = {"separators": len(data) - total - records}
    assert bytes_of(made) == {"records": records, "unreadable": total} | between
    assert sum(each.lines for each in made) == data.count(b"\n")


def test_lines_are_read_in_blocks_that_end_with_the_line_behind_their_size() -> None:
    data = b'{"identifier":"A"}\n' * 9
    size = len(data) // 9
    for block, lines in ((1, 1), (size - 1, 1), (size, 2), (2 * size - 1, 2), (2 * size, 3)):
        made = taken(json_lines.read(data, At("p"), Limits(block=block)))
        assert [len(each.records) for each in made] == [lines] * (9 // lines) + [1] * (9 % lines)
    for tail in (b"\n", b""):
        (whole,) = taken(json_lines.read(data[:-1] + tail, At("p"), Limits(block=9 * size - 2)))
        assert (len(whole.records), whole.lines) == (9, 8 + len(tail))


def test_a_mark_is_one_at_the_beginning_of_a_file_only() -> None:
    data = _MARK + b'{"identifier":"A"}\n'
    mark, record = taken(json_lines.read(data, At("p"), DEFAULT))
    assert mark.troubles == (Trouble("SRC009", "p", 1, 0),)
    assert rows([record]) == [("A", None, 3, 21, 1)]
    for start in (1, 1000):
        (whole,) = taken(json_lines.read(data, At("p", start), DEFAULT))
        assert whole.slots == ((start, start + 21),)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_line_is_as_long_as_the_limit_at_most(end: bytes) -> None:
    line = b'{"identifier":"BB"}'
    data = b'{"identifier":"A"}\n' + line + end
    for limit in range(len(line) - 1, len(line) + 3):
        made = taken(json_lines.read(data, At("p"), Limits(record=limit)))
        fits = limit >= len(line)
        assert [each[0] for each in rows(made)] == ["A", "BB"][: 1 + fits]
        assert troubles(made) == ([] if fits else [lost((19, 2), over_limit(limit))])


#: Blocks of lines by what each line plainly is.
PLAIN: list[tuple[list[bytes], list[object]]] = [
    (
        [b'{"a":1}\n', b'{"a":1,"a":2}\n', b"[1]\n", b"\n", b"{}\n"],
        [{"a": 1}, None, None, None, {}],
    ),
    ([b'{"a":{"b":1}}\n', b'{"a":"b\\":"}\n', b'{"a" \t:"\\u0000"}\n', b"{x\n"], [None] * 4),
    ([b'{"a" : 1, "b"\t:2}\n', b"7"], [{"a": 1, "b": 2}, None]),
    ([b"{}\n", b"\xff\n", b'{"a":1}\n', b'{"a":1,"a":1}\n'], [{}, None, None, None]),
    ([b'{"a":1}\n', b'{"b":[1,2]}'], [{"a": 1}, {"b": [1, 2]}]),
]


@pytest.mark.parametrize(("lines", "objects"), PLAIN)
def test_a_line_is_plainly_an_object_if_it_names_each_key_once(
    lines: list[bytes], objects: list[object]
) -> None:
    edges = [*accumulate(map(len, lines), initial=0)]
    assert plain_objects(b"".join(lines), edges) == objects


def documented(parts: list[bytes], at: At, **limits: int) -> tuple[list[Reading], list[int]]:
    """Return the readings of a document in parts, and where each part begins and the last ends."""
    made = taken(json_document.read(b"".join(parts), at, Limits(**limits)))
    return made, [*accumulate(map(len, parts), initial=at.start)]


_A, _B = b'{"identifier": "A"}', b'{"identifier" : "B",\n"origin": "o"}'
_RAW = b'{"identifier": "x\ny"}'
_BROKEN = "broken JSON, or cut short"
#: Documents in parts: which are records, and which are lost, and why.
DOCUMENTS: list[tuple[list[bytes], dict[int, str], dict[int, str]]] = [
    ([b"\n[\n", _A, b",\n\n", _B, b"\n]\n"], {1: "A", 3: "B"}, {}),
    ([b"\n", _B, b"\n"], {1: "B"}, {}),
    ([b"[", _A, b" ", _B, b"]"], {1: "A", 3: "B"}, {}),
    ([b"[", _A, b",", b'{"identifier": ', _B, b"]"], {1: "A", 4: "B"}, {3: _BROKEN}),
    ([b"[", b"{", _A, b"]"], {2: "A"}, {1: _BROKEN}),
    ([b"[", _A, b",\n", b"x\ny,", _B, b"]"], {1: "A", 4: "B"}, {3: _BROKEN}),
    ([b"[", _RAW, b", ", _B, b"]"], {3: "B"}, {1: _BROKEN}),
    ([b"[", _A, b", ", b"7]\n"], {1: "A"}, {3: "more than one value on a line"}),
    ([b"[", _A, b", ", _B[:-1]], {1: "A"}, {3: _BROKEN}),
    ([b"[", _A, b", ", _B, b"\n", b""], {1: "A", 3: "B"}, {5: _BROKEN}),
    ([b"[", b""], {}, {1: _BROKEN}),
    ([b"[]\n"], {}, {}),
    ([b"[", _A, b"", b"]\n]"], {1: "A"}, {3: _BROKEN}),
    ([_A, b"\n", b"]"], {0: "A"}, {2: _BROKEN}),
    ([_A, b", ", b'{"identifier"'], {0: "A"}, {2: _BROKEN}),
]


@pytest.mark.parametrize(("parts", "read", "unread"), DOCUMENTS)
@pytest.mark.parametrize("at", _PLACES)
@pytest.mark.parametrize("block", [1, 1 << 20])
def test_each_object_of_a_document_is_read_for_itself(
    parts: list[bytes], read: dict[int, str], unread: dict[int, str], at: At, block: int
) -> None:
    made, edges = documented(parts, at, block=block)
    lines = [at.line + b"".join(parts[:n]).count(b"\n") for n in range(len(parts))]
    assert rows(made) == [
        (name, {"B": "o"}.get(name), edges[n], edges[n + 1], lines[n]) for n, name in read.items()
    ]
    assert troubles(made) == [lost((edges[n], lines[n]), why) for n, why in unread.items()]
    assert slots(made) == [(edges[n], edges[n + 1]) for n in unread]
    sizes = [sum(len(parts[n]) for n in some) for some in (read, unread)]
    between = sum(map(len, parts)) - sum(sizes)
    names = ("records", "unreadable", "separators")
    expected = dict(zip(names, (*sizes, between), strict=True))
    assert bytes_of(made) == {name: size for name, size in expected.items() if size}


def test_a_document_may_begin_with_a_mark() -> None:
    (mark, made), _ = documented([_MARK, b"[", _A, b"]"], At("p"))
    assert mark.troubles == (Trouble("SRC009", "p", 1, 0),)
    assert rows([made]) == [("A", None, 4, 23, 1)]


def test_keys_that_an_object_of_a_document_names_twice_are_told() -> None:
    made, edges = documented([b"[\n", b'{"a":1,"b":1,"a":2,"b":3}', b"]"], At("p"))
    assert troubles(made) == [Trouble("SRC006", "p", 2, edges[1], facts={"key": k}) for k in "ab"]


def test_objects_are_kept_until_they_are_as_many_bytes_as_a_block() -> None:
    size = len(_A)
    for block, numbers in (
        (size - 1, [1, 1, 1, 0]),
        (size, [1, 1, 1, 0]),
        (size + 1, [2, 1]),
        (2 * size, [2, 1]),
        (2 * size + 1, [3, 0]),
        (3 * size + 1, [3]),
    ):
        made, _ = documented([b"[", _A, b",", _A, b",", _A, b"]"], At("p"), block=block)
        assert [len(each.records) for each in made] == numbers


def test_an_object_is_as_long_as_the_limit_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    def made_of(size: int) -> bytes:
        return b'{"identifier": "' + b"x" * (size - 18) + b'"}'

    limit = 40
    monkeypatch.setattr(json_document, "DEFAULT", Limits(record=limit))
    why = over_limit(limit)
    for size in (39, 40, 41, 60, 80, 81, 100, 120):
        parts = [b"[", made_of(size), b", ", _A, b", ", made_of(40), b"]"]
        made, edges = documented(parts, At("p"), record=limit)
        fits = size <= limit
        assert len(rows(made)) == 2 + fits
        # of one that is longer than two limits the end is not looked for
        end = edges[2] if size <= 2 * limit else edges[3]
        assert slots(made) == ([] if fits else [(1, end)])
        assert troubles(made) == ([] if fits else [lost((1, 1), why)])


#: Objects, and the keys that each names twice.
OBJECTS: list[tuple[bytes, dict[str, object], tuple[str, ...]]] = [
    (b"{}", {}, ()),
    (b' {"a": 1, "b" : [1]}\n', {"a": 1, "b": [1]}, ()),
    (b'{"b":1,"c":2,"a":3,"b":4,"a":5}', {"b": 4, "c": 2, "a": 5}, ("a", "b")),
    (b'{"a":1,"a":2,"a":3}', {"a": 3}, ("a",)),
    (b'{"a":{"b":1,"b":2}}', {"a": {"b": 2}}, ()),
    (b'{"a":"\\\\u0000","b":"\\":"}', {"a": "\\u0000", "b": '":'}, ()),
    (b'{"a":"\\\\u0000","b":[1,null,{}],"c":2}', {"a": "\\u0000", "b": [1, None, {}], "c": 2}, ()),
]


@pytest.mark.parametrize(("data", "value", "twice"), OBJECTS)
def test_an_object_is_read_with_the_keys_that_it_names_twice(
    data: bytes, value: dict[str, object], twice: tuple[str, ...]
) -> None:
    assert read_object(data) == (value, twice)


DAMAGED = [
    (b"[1]", "JSON, but no object", 0),
    (b'"x"', "JSON, but no object", 0),
    (b'{"a":"\0"}', "it holds a NUL byte", None),
    (b'{"a":"\xe9"}', "it is no UTF-8", None),
    (b'{"a":"\\u0000"}', "a value holds an escaped NUL", 6),
    (b'{"a\\u0000":1}', "a value holds an escaped NUL", 3),
    (b'{"a":{"b":[1,{"c":"x\\u0000"}]}}', "a value holds an escaped NUL", 20),
    (b'{"a":1}{"b":2}', "more than one value on a line", None),
    (b'{"a":1', "broken JSON, or cut short", None),
    (b'{"a":NaN}', "JSON that stands for no text or number", None),
    (b'{"a":"\\ud800"}', "JSON that stands for no text or number", None),
    (b"[" * 100_000, "nested too deep", None),
]


@pytest.mark.parametrize(("data", "reason", "offset"), DAMAGED)
def test_why_bytes_are_no_object(data: bytes, reason: str, offset: int | None) -> None:
    with pytest.raises(Damaged) as raised:
        read_object(data)
    assert raised.value.reason == reason
    assert offset in (None, raised.value.offset)
