"""A JSON document: an array of objects, or one object over several lines."""

import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from cableproof.sources.batches import Reading
from cableproof.sources.decoding import bom_trouble, without_bom
from cableproof.sources.json_lines import duplicate_key
from cableproof.sources.json_text import read_object
from cableproof.sources.objects import batch_of
from cableproof.sources.places import At, Damaged, Gap, Trouble

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]"]', re.DOTALL)
_FIRST_KEY = re.compile(rb'\s*\[?\s*\{\s*("[^"\\]{1,80}")\s*:')
_BETWEEN = re.compile(rb"[ \t\r\n,]*")
_ARRAY = re.compile(rb"[ \t\r\n]*\[")
_END = re.compile(rb"\][ \t\r\n]*\Z")


def read(data: bytes, at: At) -> Iterator[Reading]:
    """Yield the records of a JSON document, each object read for itself.

    What stands between objects and is no separator is an input that was lost. After damage
    the reader goes on where the next object begins with the key with which the first did.
    """
    objects: list[dict[str, Any]] = []
    places: list[tuple[int, int, int]] = []
    troubles: list[Trouble] = []
    lost: list[tuple[int, int]] = []
    mark = without_bom(data)
    if mark:
        troubles.append(bom_trouble(at))
    line, counted = at.line, 0
    for start, end in _slots(data, mark):
        line += data.count(b"\n", counted, start)
        counted = start
        here = At(at.path, at.start + start, line)
        try:
            value, twice = read_object(data[start:end])
        except Damaged as damage:
            lost.append((here.start, at.start + end))
            facts = {"reason": damage.reason}
            troubles.append(Trouble("SRC003", at.path, line, here.start, True, facts))
            continue
        troubles += [duplicate_key(key, here) for key in twice]
        objects.append(value)
        places.append((here.start, at.start + end, line))
    columns = zip(*places, strict=True) if places else ((), (), ())
    series = (pl.Series(values, dtype=pl.Int64) for values in columns)
    frame = batch_of(objects, dict(zip(("start", "end", "line"), series, strict=True)))
    gaps = (Gap(0, mark, "byte order mark"),) if mark else ()
    yield Reading(frame, (), tuple(troubles), gaps, tuple(lost))


def _slots(data: bytes, begin: int) -> Iterator[tuple[int, int]]:
    """Yield the byte range of each object, and of whatever else is no separator."""
    first = _FIRST_KEY.match(data, begin)
    again = re.compile(rb"\{\s*" + re.escape(first[1]) + rb"\s*:") if first else None
    at = begin
    is_array = _ARRAY.match(data, at)
    at = is_array.end() if is_array else at
    whole = True
    while (at := _after_separators(data, at)) < len(data):
        if is_array and _END.match(data, at):
            return
        end = _end_of_object(data, at)
        whole = end is not None
        if end is None:
            found = again.search(data, at + 1) if again else None
            end = found.start() if found else len(data)
        yield at, end
        at = end
    if is_array and whole:
        yield len(data), len(data)  # the array has no end: something was lost


def _after_separators(data: bytes, at: int) -> int:
    found = _BETWEEN.match(data, at)
    return found.end() if found else at


def _end_of_object(data: bytes, start: int) -> int | None:
    """Return where the object that begins at ``start`` ends, or None if it has no end."""
    if data[start] != ord("{"):
        return None
    depth = 0
    for token in _TOKEN.finditer(data, start):
        sign = token[0]
        if sign == b'"':
            return None
        depth += (sign in b"{[") - (sign in b"}]")
        if depth == 0:
            return token.end()
    return None
