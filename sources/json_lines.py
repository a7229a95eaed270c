"""JSON lines: one object a line, each line read for itself."""

from collections.abc import Iterator
from typing import Any

import orjson
import polars as pl

from cableproof.sources.decoding import bom_trouble, without_bom
from cableproof.sources.json_text import keys_are_plain, read_object
from cableproof.sources.limits import Limits
from cableproof.sources.objects import batch_of
from cableproof.sources.places import At, Damaged, Gap, Reading, Trouble


def read(data: bytes, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of whole lines of a JSON lines file, a block at a time."""
    begins = without_bom(data) if at.start == 0 else 0
    early = Reading(
        batch_of([], {}), (bom_trouble(at),), (Gap(0, begins, "byte order mark"),)
    )
    if begins:
        yield early
    line = at.line
    while begins < len(data):
        ends = data.find(b"\n", min(begins + limits.block, len(data))) + 1 or len(data)
        block = data[begins:ends]
        reading = _block(block, At(at.path, at.start + begins, line), limits)
        yield reading
        line += reading.lines
        begins = ends


def _block(block: bytes, at: At, limits: Limits) -> Reading:
    lines = block.split(b"\n")
    starts = [at.start]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    objects: list[dict[str, Any]] = []
    numbers: list[int] = []
    troubles: list[Trouble] = []
    lost: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        try:
            value = orjson.loads(line)
            sure = type(value) is dict and keys_are_plain(line, value) and b"\\u0000" not in line
            if sure and len(line) <= limits.record:
                objects.append(value)
                numbers.append(number)
                continue
        except orjson.JSONDecodeError:
            pass
        if not line.strip():
            continue
        here = At(at.path, starts[number], at.line + number)
        try:
            value, found = _careful(line, here, limits)
        except Damaged as damage:
            lost.append((here.start, here.start + len(line)))
            troubles.append(_lost(damage, here))
            continue
        troubles += found
        objects.append(value)
        numbers.append(number)
    places = {
        "start": pl.Series([starts[n] for n in numbers], dtype=pl.Int64),
        "end": pl.Series([starts[n] + len(lines[n]) for n in numbers], dtype=pl.Int64),
        "line": pl.Series([at.line + n for n in numbers], dtype=pl.Int64),
    }
    frame = batch_of(objects, places)
    return Reading(frame, tuple(troubles), (), tuple(lost), len(lines) - 1)


def _careful(line: bytes, here: At, limits: Limits) -> tuple[dict[str, Any], list[Trouble]]:
    """Return the object of a line that is not plain, and what is odd about it."""
    if len(line) > limits.record:
        raise Damaged(f"longer than the limit of {limits.record:,} bytes a record")
    value, twice = read_object(line)
    return value, [duplicate_key(key, here) for key in twice]


def duplicate_key(key: str, here: At) -> Trouble:
    """Return the finding on a key that an object names twice."""
    return Trouble("SRC006", here.path, here.line, here.start, facts={"key": key})


def _lost(damage: Damaged, here: At) -> Trouble:
    return Trouble(
        "SRC003", here.path, here.line, here.start, lost=True, facts={"reason": damage.reason}
    )
