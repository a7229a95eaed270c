"""Rows of quoted fields against the same said slowly: by patterns of whole rows, sign by sign."""

from __future__ import annotations

import re
from itertools import islice, pairwise, product

import numpy as np
import pytest

from cableproof.sources.quotes import (
    DOUBLED,
    ESCAPED,
    Dialect,
    Row,
    fault,
    marks,
    proven,
    rows_within,
    unescaped,
    whole_rows,
)

_LIMIT = 1000
_ENDS = (b"\n", b"\r\n", b"", b"\r", b"x", b"x\n", b"xx\n", b"\rx", b"\n\n", b"\r\r", b"\n\r\n")
_FIELDS = (b'"a"', b'""', rb'"a\"\\"', b'"\n,"', b'"\0"', b"a", b'"', b'"a"b"', rb'"a\"')
_BETWEEN = (b",", b";", b"", b",,", b'","')


def quotes_in(block: bytes) -> np.typing.NDArray[np.int64]:
    return np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord('"'))


def slowly(block: bytes) -> tuple[list[int], list[int]]:
    """Return the quotes that are not escaped, and the backslashes that escape."""
    quotes, escapes, at = [], [], 0
    while at < len(block):
        if block[at : at + 1] == b"\\":
            escapes.append(at)
            at += 1
        elif block[at : at + 1] == b'"':
            quotes.append(at)
        at += 1
    return quotes, escapes


@pytest.mark.parametrize("length", range(7))
def test_quotes_and_escapes_are_found_as_sign_by_sign(length: int) -> None:
    for signs in product(b'"\\a', repeat=length):
        block = bytes(signs)
        quotes, escapes = slowly(block)
        found = marks(block)
        assert (found.quotes.tolist(), found.escapes.tolist()) == (quotes, escapes)
        assert marks(block, quotes_in(block)).quotes.tolist() == quotes
        assert unescaped(block, quotes_in(block)).tolist() == quotes


@pytest.mark.parametrize("number", range(30))
def test_a_long_run_of_backslashes_escapes_by_twos(number: int) -> None:
    block = b'"' + b"\\" * number + b'""'
    assert unescaped(block, quotes_in(block)).tolist() == slowly(block)[0]


def slots_of(columns: int) -> list[bytes]:
    """Return many slots of so many columns, most of them no whole row."""
    plain = b",".join([b'"a"'] * (columns - 1))
    lead = plain + b"," if plain else b""
    made = [lead + field + end for field in _FIELDS for end in _ENDS]
    made += [before + lead + b'"a"\n' for before in (b"x", b"\n", b"", b" ", b"\0")]
    for number in range(columns - 1):
        for between, field in product(_BETWEEN, _FIELDS):
            fields = [b'"ab"'] * columns
            fields[number] = field
            parts = [each + b"," for each in fields[:-1]] + [fields[-1] + b"\n"]
            parts[number] = field + between
            made.append(b"".join(parts))
    return [*dict.fromkeys(made)]


def expected(slots: list[bytes], columns: int, limit: int) -> list[bool]:
    field = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
    row = field + (b"," + field) * (columns - 1)
    whole = re.compile(row + rb"\r?\n", re.DOTALL)
    last = re.compile(row + rb"(?:\r?\n)?", re.DOTALL)
    patterns = [whole] * (len(slots) - 1) + [last]
    return [
        bool(pattern.fullmatch(slot)) and b"\0" not in slot and len(slot) <= limit
        for slot, pattern in zip(slots, patterns, strict=True)
    ]


def told(slots: list[bytes], columns: int, limit: int = _LIMIT) -> list[bool]:
    block = b"".join(slots)
    edges = np.cumsum([0, *map(len, slots)])
    ranges = np.column_stack([edges[:-1], edges[1:]])
    dialect = Dialect(ESCAPED, columns, limit)
    # a slot may end in a backslash, so that the next one's quotes are told for each by itself
    quotes = np.concatenate(
        [marks(slot).quotes + at for slot, at in zip(slots, edges[:-1], strict=True)]
    )
    rows = [Row(int(a), int(b)) for a, b in ranges]
    flags: list[bool] = whole_rows(block, ranges, dialect, quotes).tolist()
    good, bad = proven(block, rows, dialect, quotes)
    assert good == [row for row, flag in zip(rows, flags, strict=True) if flag]
    assert bad == [row for row, flag in zip(rows, flags, strict=True) if not flag]
    return flags


@pytest.mark.parametrize("columns", [1, 2, 3, 8])
def test_a_slot_is_one_whole_row_if_a_pattern_of_it_matches(columns: int) -> None:
    slots = [slot for slot in slots_of(columns) if slot]
    assert told(slots, columns) == expected(slots, columns, _LIMIT)
    assert told(slots[::-1], columns) == expected(slots[::-1], columns, _LIMIT)
    for slot in slots:
        assert told([slot], columns) == expected([slot], columns, _LIMIT)
    for pair in pairwise(slots[:40]):
        assert told([*pair], columns) == expected([*pair], columns, _LIMIT)


def test_a_whole_row_is_as_long_as_the_limit_at_most() -> None:
    slots = [b'"a","b"\n', b'"abc","d"\n', b'"ab","c"\n', b'"abcd","e"\n']
    for limit in range(7, 13):
        assert told(slots, 2, limit) == [len(slot) <= limit for slot in slots]


def test_of_no_slots_none_is_whole() -> None:
    dialect = Dialect(ESCAPED, 2, _LIMIT)
    assert proven(b"", [], dialect, quotes_in(b"")) == ([], [])


_THREE = Dialect(ESCAPED, 3, 40)
_TWO = Dialect(DOUBLED, 2, 40)
_NUL = "it holds a NUL byte"
_LONG = "longer than the limit of 40 bytes a record"
_QUOTE = "an unescaped quote in field"
FAULTS: list[tuple[Dialect, bytes, str | None]] = [
    (_THREE, b'"a","b","c"\n', None),
    (_THREE, b'"a","b","c"\r\n', None),
    (_THREE, b'"a","b","c"\r', None),
    (_THREE, b'"a","b","c"', None),
    (_THREE, b'"a","","' + b"c" * 31 + b'"', None),
    (_THREE, b'"a","","' + b"c" * 32 + b'"', _LONG),
    (_THREE, b'"a","b"\n', "2 fields where 3 are meant to be"),
    (_THREE, b'"a"', "1 fields where 3 are meant to be"),
    (_THREE, b'"a","b","c","d"\n', "4 fields where 3 are meant to be"),
    (_THREE, b'"a""b","c","d"\n', f"{_QUOTE} 1: quotes are doubled, not escaped by a backslash"),
    (_THREE, b'"a","c""","d"\n', f"{_QUOTE} 2: quotes are doubled, not escaped by a backslash"),
    (_THREE, b'"a"b","c","d"\n', f"{_QUOTE} 1"),
    (_THREE, b'"a","b"c,"d"\n', f"{_QUOTE} 2"),
    (_THREE, b'"a","b","c"d\n', f"{_QUOTE} 3"),
    (_THREE, b'a,"b","c"\n', "field 1 is not quoted"),
    (_THREE, b'"a",b,"c"\n', "field 2 is not quoted"),
    (_THREE, b'"a",', "field 2 is not quoted"),
    (_THREE, b'"a","b', "field 2 has no closing quote"),
    (_THREE, b'"a', "field 1 has no closing quote"),
    (_THREE, b'"', "field 1 has no closing quote"),
    (_THREE, b'\0"a","b","c"\n', _NUL),
    (_THREE, b'"a\0","b","c"\n', _NUL),
    (_THREE, b'"a","b","c"\n\0', _NUL),
    (_TWO, b"a,b\n", None),
    (_TWO, b"a,b", None),
    (_TWO, b",\n", None),
    (_TWO, b'"a""b","c\n,d"\n', None),
    (_TWO, b"a,b,c\n", "3 fields where 2 are meant to be"),
    (_TWO, b"a\n", "1 fields where 2 are meant to be"),
    (_TWO, b'a"b,c\n', f"{_QUOTE} 1"),
    (_TWO, b'a,"b"c\n', f"{_QUOTE} 2"),
    (_TWO, b'"a"b,c\n', f"{_QUOTE} 1"),
    (_TWO, b'a,"b\n', f"{_QUOTE} 2"),
]


@pytest.mark.parametrize(("dialect", "row", "reason"), FAULTS)
@pytest.mark.parametrize(("before", "after"), [(b"", b""), (b"\0\n", b"\0"), (b'"x"' * 9, b"y\n")])
def test_a_row_is_whole_or_it_is_told_why_not(
    dialect: Dialect, row: bytes, reason: str | None, before: bytes, after: bytes
) -> None:
    place = Row(len(before), len(before) + len(row))
    assert fault(before + row + after, place, dialect) == reason


_KEYED = Dialect(DOUBLED, 2, _LIMIT, 0)
_SECOND = Dialect(DOUBLED, 3, _LIMIT, 1)
#: Slots by the rows that are in them; what is blank between them is left out.
WITHIN: list[tuple[Dialect, list[bytes]]] = [
    (_THREE, [b'"a","b","c"\n', b'"d","e","f"\n']),
    (_THREE, [b"\n", b'"a","b","c"\n', b"\r\n\r\n\n", b'"d","e","f"\n', b"\n", b"\r"]),
    (_THREE, [b'"a","b"\n', b'"d","e","f"\r\n', b'"g"']),
    (_THREE, [b'"a","b"\n "d","e","f"\n', b'"g","h","i"\n']),
    (_THREE, [b'x"a","b","c"\n', b'"d","e","f"\n']),
    (_THREE, [b'"a","b","c","d"\n', b'"d","e","f"\r']),
    (_THREE, [b"nothing at all\nof a row"]),
    (_TWO, [b"a,b\n", b"\n\n", b"c,d\r", b'"e\n",f\n']),
    (_TWO, [b"a,b,c\n", b"x,y\n", b'"""",z']),
    (_KEYED, [b"a,b,c\nx,y\n", b'07BERN1,"z\n"\n']),
    (_KEYED, [b"a,b,c\nx,07BERN1\n", b'"07BERN1",z\n', b"x,y\n"]),
    (_KEYED, [b"a,b,c\n", b"07" + b"x" * 60 + b",y\n", b"x,y\n"]),
    (_KEYED, [b"a,b,c\n07" + b"x" * 61 + b",y\n", b"07BERN1,z\n"]),
    (_KEYED, [b"a,b,c\n07BE,y\n", b"07BER,z\n"]),
    (_SECOND, [b"a,b\n07BERN1,x,y\nx,y,07BERN1\n", b'x,07BERN1,"\n"\n', b"a,b,c\n"]),
    (Dialect(DOUBLED, 2, _LIMIT, 1), [b"a,b,c\n07BERN1,y\n", b"y,07BERN1\n"]),
]


@pytest.mark.parametrize(("dialect", "rows"), WITHIN)
@pytest.mark.parametrize(
    ("before", "after"), [(b"", b""), (b"\n", b"\n"), (b'"\n', b'"1","2","3"')]
)
def test_after_what_is_no_row_reading_goes_on_at_the_next_whole_one(
    dialect: Dialect, rows: list[bytes], before: bytes, after: bytes
) -> None:
    edges = np.cumsum([len(before), *map(len, rows)]).tolist()
    block = before + b"".join(rows) + after
    places = [Row(a, b) for a, b in pairwise(edges) if block[a:b].strip(b"\r\n")]
    slot = Row(edges[0], edges[-1])
    assert [*islice(rows_within(block, slot, dialect), len(rows) + 1)] == places


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_row_that_is_cut_off_has_begun_until_it_has_all_columns(columns: int) -> None:
    dialect = Dialect(DOUBLED, columns, _LIMIT)
    fields = [b'"a""\n,b"', b"c", b'"d"'][:columns]
    row = b",".join(fields)
    for end in range(len(row) + 1):
        assert dialect.begun.match(b"x\n" + row[:end], 2), row[:end]
    for more in (b",", b"\n", b"\nc", b"\r", b",e"):
        assert not dialect.begun.match(row + more), more
    assert (dialect.begun.match(b"a,b,c") is not None) == (columns == 3)
