"""Telex rolls of the tram office: after a first line, one record a line with bars between."""

from __future__ import annotations

from collections.abc import Iterator

from cableproof.sources.batches import Reading, empty
from cableproof.sources.limits import Limits
from cableproof.sources.places import At, Gap, Trouble

_FIRST = b"TRAM OFFICE TELEX\n"
_FIELDS = ("identifier", "origin", "created", "classification", "body")


def recognises(head: bytes, path: str) -> bool:
    """Tell whether a file that begins so is a telex roll."""
    return head.startswith(_FIRST)


def read(data: bytes, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the records of a roll; a line that is none is lost, and said so."""
    rows, troubles, lost = [], [], []
    start = len(_FIRST)
    for number, line in enumerate(data[start:].splitlines(keepends=True), at.line + 1):
        end = start + len(line)
        values = line.decode("utf-8", "replace").rstrip("\n").split("|")
        if len(values) == len(_FIELDS) and len(line) <= limits.record:
            place = {"start": start, "end": end, "line": number}
            rows.append(dict(zip(_FIELDS, values, strict=True)) | place)
        else:
            reason = {"reason": "not five values"}
            troubles.append(Trouble("SRC003", at.path, number, start, True, reason))
            lost.append((start, end))
        start = end
    first = (Gap(0, len(_FIRST), "first line"),)
    yield Reading(empty(), tuple(rows), tuple(troubles), first, tuple(lost))
