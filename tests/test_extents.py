"""Every byte of some data is counted once: held against the same said byte by byte."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import numpy as np
import polars as pl
import pytest

from cableproof.errors import BooksDoNotBalance
from cableproof.sources.extents import LINE_ENDS, OF_JSON, WHITE, extents
from cableproof.sources.places import At, Gap

TWICE = "no byte is part of two slots"
NOTHING = "each byte is part of a slot, a separator or a named gap"
Span = tuple[int, int]


def slowly(data: bytes, at: At, spans: dict[str, list[Span]], between: bytes) -> Counter[str] | str:
    """Return what each byte is, one after another, or the law that is broken."""
    names = [""] * len(data)
    for name, ranges in spans.items():
        for start, end in ranges:
            if (
                end - at.start > len(data)
                or start < at.start
                or any(names[start - at.start : end - at.start])
            ):
                return TWICE
            names[start - at.start : end - at.start] = [name] * (end - start)
    left = [byte for byte, name in zip(data, names, strict=True) if not name]
    if not all(byte in between for byte in left):
        return NOTHING
    return Counter(name or "separators" for name in names)


def counted(
    data: bytes, at: At, records: object, spans: dict[str, list[Span]], between: bytes
) -> Counter[str] | str:
    gaps = [Gap(*span, name) for name, ranges in spans.items() for span in ranges]
    lost = spans.get("unreadable", [])
    gaps = [gap for gap in gaps if gap.name not in ("records", "unreadable")]
    try:
        return extents(data, at, records, lost, gaps, between=between)  # type: ignore[arg-type]
    except BooksDoNotBalance as error:
        return error.law


SPANS = [*combinations(range(6), 2)]
TAKEN = [[], *([span] for span in SPANS), *([a, b] for a in SPANS for b in SPANS if a != b)]


@pytest.mark.parametrize("start", [0, 7])
@pytest.mark.parametrize("data", [b"aaaaa", b"\n\n\n\n\n", b"a\naa\n", b"\naa\r\n"])
def test_what_bytes_are_is_what_each_of_them_is(data: bytes, start: int) -> None:
    at = At("here", start)
    for number, ranges in enumerate(TAKEN):
        moved = [(a + start, b + start) for a, b in ranges]
        names = ("records", "unreadable", "header")
        spans: dict[str, list[Span]] = {}
        for place, span in enumerate(moved):
            spans.setdefault(names[(number + place) % 3], []).append(span)
        records = spans.get("records", [])
        expected = slowly(data, at, spans, LINE_ENDS)
        table = pl.DataFrame(records, schema={"start": pl.Int64, "end": pl.Int64}, orient="row")
        array = np.array(records, dtype=np.int64).reshape(-1, 2)
        for form in (records, iter(records), table, array):
            found = counted(data, at, form, spans, LINE_ENDS)
            assert found == expected, (ranges, spans)


def test_many_ranges_are_taken_in_any_order() -> None:
    data = b"ab\n" * 50
    whole = [(at, at + 2) for at in range(0, 150, 3)]
    at = At("here")
    for step in (7, 11, 13):
        mixed = [whole[(n * step) % 50] for n in range(50)]
        assert extents(data, at, mixed[:30], mixed[30:]) == {
            "records": 60,
            "unreadable": 40,
            "separators": 50,
        }


def test_ranges_without_bytes_take_none() -> None:
    at = At("here", 3)
    assert extents(b"\na", at, [(4, 5), (4, 4), (3, 3), (5, 5)]) == {"records": 1, "separators": 1}
    assert extents(b"\na", at, [(5, 5), (4, 5)]) == {"records": 1, "separators": 1}
    assert extents(b"\na", at, [(4, 5)], [(4, 4)], [Gap(3, 3, "none")]) == {
        "records": 1,
        "separators": 1,
    }
    assert extents(b"", at, []) == {}
    assert extents(b"", at, iter(())) == {}


@pytest.mark.parametrize("between", [LINE_ENDS, WHITE, OF_JSON, b""])
def test_only_what_may_stand_between_does(between: bytes) -> None:
    for byte in map(bytes, zip(range(256), strict=True)):
        try:
            found = extents(b"a" + byte, At("here"), [(0, 1)], between=between)
        except BooksDoNotBalance as error:
            assert (error.law, byte in [bytes([each]) for each in between]) == (NOTHING, False)
        else:
            assert found == {"records": 1, "separators": 1}
            assert byte[0] in between


def test_what_may_stand_between() -> None:
    assert (LINE_ENDS, WHITE, OF_JSON) == (b"\r\n", b" \t\r\n\x0b\x0c", b" \t\r\n,[]")
    assert all(a < b for a, b in pairwise(sorted({*WHITE, *OF_JSON})))
