"""JSON lines: one object a line, each line read for itself."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl
import pyarrow as pa

from cableproof.sources.batches import Reading, marked
from cableproof.sources.decoding import without_bom
from cableproof.sources.extents import WHITE, Extents, extents
from cableproof.sources.json_text import KEYS, read_object
from cableproof.sources.limits import Limits, over_limit
from cableproof.sources.objects import batch_of
from cableproof.sources.places import At, Damaged, Trouble

Edges = npt.NDArray[np.int64]


def read(data: bytes, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of whole lines of a JSON lines file, a block at a time."""
    begins = without_bom(data) if at.start == 0 else 0
    if begins:
        yield marked(at, begins)
    line = at.line
    while begins < len(data):
        ends = data.find(b"\n", min(begins + limits.block, len(data))) + 1 or len(data)
        reading = _block(data[begins:ends], At(at.path, at.start + begins, line), limits)
        yield reading
        line += reading.lines
        begins = ends


def _block(block: bytes, at: At, limits: Limits) -> Reading:
    edges = _edges(block)
    troubles: list[Trouble] = []
    lost: list[tuple[int, int]] = []
    objects = plain_objects(block, edges)
    numbers = list(range(len(objects)))
    sizes_fit = max((b - a for a, b in pairwise(edges)), default=0) <= limits.record
    odd = [n for n, each in enumerate(objects) if each is None]
    if odd or not sizes_fit:
        for number in odd if sizes_fit else numbers:
            line = block[edges[number] : edges[number + 1]].rstrip(b"\r\n")
            here = At(at.path, at.start + edges[number], at.line + number)
            try:
                objects[number], found = (
                    _careful(line, here, limits) if line.strip() else (None, [])
                )
                troubles += found
            except Damaged as damage:
                objects[number] = None
                lost.append((here.start, here.start + len(line)))
                troubles.append(_lost(damage, here))
        numbers = [number for number in numbers if objects[number] is not None]
    starts = np.array(edges, dtype=np.int64)
    places = {
        "start": pl.Series(starts[numbers] + at.start),
        "end": pl.Series(_ends(block, starts[1:][numbers]) + at.start),
        "line": pl.Series(np.array(numbers, dtype=np.int64) + at.line),
    }
    frame = batch_of([each for each in objects if each is not None], places)
    return Reading(
        *(frame, (), tuple(troubles), (), tuple(lost)),
        lines=len(edges) - 2 + block.endswith(b"\n"),
        extents=_extents(block, at, starts, numbers, lost),
    )


def _extents(
    block: bytes, at: At, starts: Edges, records: list[int], lost: list[tuple[int, int]]
) -> Extents:
    """Return what the bytes of a block are; to a record belongs the end of its line."""
    lines = np.column_stack([starts[:-1], starts[1:]])[records] + at.start
    return extents(block, at, lines, lost, between=WHITE)


def plain_objects(block: bytes, edges: list[int]) -> list[dict[str, Any] | None]:
    """Return the object of each line between ``edges``, None where it is not plainly one.

    It is one where the line is JSON by the standard and names each key once.
    """
    pairs = zip(_loaded(block, edges), _keys(block, edges), strict=True)
    return [each if type(each) is dict and len(each) == keys else None for each, keys in pairs]


def _loaded(block: bytes, edges: list[int]) -> list[Any]:
    """Return the value of each line, None where there is none by the standard."""
    view = memoryview(block)  # of which a slice copies nothing
    try:
        return [orjson.loads(view[a:b]) for a, b in pairwise(edges)]
    except orjson.JSONDecodeError:
        return [_value(block[a:b]) for a, b in pairwise(edges)]


def _value(line: bytes) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def _edges(block: bytes) -> list[int]:
    """Return where the lines begin, and where the last one ends."""
    edges = [0]
    while (end := block.find(b"\n", edges[-1])) >= 0:
        edges.append(end + 1)
    return edges if edges[-1] == len(block) else [*edges, len(block)]


def _ends(block: bytes, after: Edges) -> Any:
    """Return where lines end without their line ends."""
    signs = np.frombuffer(block, dtype=np.uint8)
    ends = after - (signs[after - 1] == 0x0A)
    return ends - (signs[np.maximum(ends - 1, 0)] == 0x0D)


def _keys(block: bytes, edges: list[int]) -> list[int]:
    """Return how many keys each line can have at the most; 0 if not all are UTF-8."""
    offsets = pa.py_buffer(np.array(edges, dtype=np.int64))
    buffers = [None, offsets, pa.py_buffer(block)]
    lines = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(edges) - 1, buffers)
    try:
        text = pl.Series(pl.from_arrow(lines)).cast(pl.String)
    except pl.exceptions.PolarsError:  # a line is no UTF-8, and so no JSON
        return [0] * len(lines)
    return text.str.count_matches(KEYS).to_list()


def _careful(line: bytes, here: At, limits: Limits) -> tuple[dict[str, Any], list[Trouble]]:
    """Return the object of a line that is not plain, and what is odd about it."""
    if len(line) > limits.record:
        raise Damaged(over_limit(limits.record))
    value, twice = read_object(line)
    return value, [duplicate_key(key, here) for key in twice]


def duplicate_key(key: str, here: At) -> Trouble:
    """Return the finding on a key that an object names twice."""
    return Trouble("SRC006", here.path, here.line, here.start, facts={"key": key})


def _lost(damage: Damaged, here: At) -> Trouble:
    return Trouble(
        "SRC003", here.path, here.line, here.start, lost=True, facts={"reason": damage.reason}
    )
