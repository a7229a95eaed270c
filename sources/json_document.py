"""A JSON document: an array of objects, or one object over several lines."""

import json
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from cableproof.sources.batches import Reading, marked
from cableproof.sources.decoding import without_bom
from cableproof.sources.extents import OF_JSON, extents
from cableproof.sources.json_lines import duplicate_key
from cableproof.sources.json_text import read_object
from cableproof.sources.limits import DEFAULT, Limits, over_limit
from cableproof.sources.objects import batch_of
from cableproof.sources.places import At, Damaged, Trouble

_FIRST_KEY = re.compile(rb'\s*\[?\s*\{\s*("[^"\\]{1,80}")\s*:')
_BETWEEN = re.compile(rb"[ \t\r\n,]*")
_ARRAY = re.compile(rb"[ \t\r\n]*\[")
_END = re.compile(rb"\][ \t\r\n]*\Z")

#: Finds where a value ends. What it builds is thrown away, and what it lets pass that is no
#: JSON by the standard is refused when the bytes of the object are read.
_ENDS = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)


class _Unnumbered(str):
    """Text whose line ends are not counted, as the decoder would from the start for each error."""

    def count(self, *_: object) -> int:
        return 0

    def rfind(self, *_: object) -> int:
        return -1


def read(data: bytes, at: At, limits: Limits = DEFAULT) -> Iterator[Reading]:
    """Yield the records of a JSON document, each object read for itself.

    What stands between objects and is no separator is an input that was lost. After damage
    the reader goes on where the next object begins with the key with which the first did.
    """
    mark = without_bom(data)
    if mark:
        yield marked(at, mark)
    line, counted = at.line, 0
    some = _Some()
    begins = mark  # of the bytes that are not accounted for yet
    for start, end in _slots(data, mark):
        line += data.count(b"\n", counted, start)
        counted = start
        some.take(data[start:end], At(at.path, at.start + start, line), limits)
        if some.size >= limits.block:
            yield some.reading(data[begins:end], At(at.path, at.start + begins))
            some, begins = _Some(), end
    yield some.reading(data[begins:], At(at.path, at.start + begins))


class _Some:
    """Objects and troubles that wait to become a reading."""

    def __init__(self) -> None:
        self.objects: list[dict[str, Any]] = []
        self.places: list[tuple[int, int, int]] = []
        self.troubles: list[Trouble] = []
        self.lost: list[tuple[int, int]] = []
        self.size = 0

    def take(self, slot: bytes, here: At, limits: Limits) -> None:
        """Take the object in a slot, or what is wrong with it."""
        self.size += len(slot)
        try:
            if len(slot) > limits.record:
                raise Damaged(over_limit(limits.record))
            value, twice = read_object(slot)
        except Damaged as damage:
            facts = {"reason": damage.reason}
            self.lost.append((here.start, here.start + len(slot)))
            self.troubles.append(Trouble("SRC003", here.path, here.line, here.start, True, facts))
            return
        self.troubles += [duplicate_key(key, here) for key in twice]
        self.objects.append(value)
        self.places.append((here.start, here.start + len(slot), here.line))

    def reading(self, data: bytes, at: At) -> Reading:
        """Return all that was taken from ``data``, which begins at ``at``."""
        columns = zip(*self.places, strict=True) if self.places else ((), (), ())
        series = (pl.Series(values, dtype=pl.Int64) for values in columns)
        frame = batch_of(self.objects, dict(zip(("start", "end", "line"), series, strict=True)))
        return Reading(
            *(frame, (), tuple(self.troubles), (), tuple(self.lost)),
            extents=extents(data, at, frame, self.lost, between=OF_JSON),
        )


def _slots(data: bytes, begin: int) -> Iterator[tuple[int, int]]:
    """Yield the byte range of each object, and of whatever else is no separator."""
    first = _FIRST_KEY.match(data, begin)
    key = first[1] if first else b'"identifier"'
    again = re.compile(rb"\{\s*" + re.escape(key) + rb"\s*:")
    at = begin
    is_array = _ARRAY.match(data, at)
    at = is_array.end() if is_array else at
    whole = True
    ends = _Ends(data)
    while (at := _after_separators(data, at)) < len(data):
        if is_array and _END.match(data, at):
            return
        end = ends.of_object(at)
        whole = end is not None
        if end is None:
            found = again.search(data, at + 1)
            end = found.start() if found else len(data)
        yield at, end
        at = end
    if is_array and whole:
        yield len(data), len(data)  # the array has no end: something was lost


def _after_separators(data: bytes, at: int) -> int:
    found = _BETWEEN.match(data, at)
    return found.end() if found else at


class _Ends:
    """Tells where the objects of a document end, in one pass over it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.base = self.till = 0
        self.window = _Unnumbered()

    def of_object(self, start: int) -> int | None:
        """Return where the object that begins at ``start`` ends, or None if it has no end."""
        if self.data[start] != ord("{"):
            return None
        if self.till < min(start + DEFAULT.record, len(self.data)):
            self.base, self.till = start, start + 2 * DEFAULT.record
            self.window = _Unnumbered(self.data[self.base : self.till], "latin-1")
        try:
            _, end = _ENDS.raw_decode(self.window, start - self.base)
        except (ValueError, RecursionError):
            return None
        return self.base + int(end)
