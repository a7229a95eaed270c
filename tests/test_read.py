"""What is read of files of which some bytes were changed by chance stands in a snapshot.

A line a file: its kind, then each record with its place and the digest of what it says, then what
is wrong, and how the bytes are accounted for.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import polars as pl
import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.sources.batches import Reading
from cableproof.sources.limits import DEFAULT
from cableproof.sources.places import At
from cableproof.sources.reading import read_data
from cableproof.sources.recognise import recognise
from tests import samples
from tests.chance import Chance

_TWO = samples.records(2)
_FILES = {
    "cable.txt": samples.page(_TWO[0]),
    "cables.txt": samples.pages(_TWO),
    "lines.html": samples.html_pages(_TWO),
    "list.html": samples.html_page(_TWO[0], samples.as_dl),
    "table.html": samples.html_page(_TWO[0], samples.as_table),
    "cable/2007/01/07BERN1.html": samples.release_page(_TWO[0]),
    "cables.csv": samples.cables_csv(_TWO),
    "table.csv": samples.table(_TWO),
    "cables.jsonl": samples.json_lines(_TWO),
    "cables.json": samples.json_array(_TWO),
    "object.json": samples.json_object(_TWO),
}
_PIECES = (
    *(b'"', b'""', b"\\", b'\\"', b",", b"\n", b"\r\n", b"\r", b"\n\n", b"\0", b"\xff", b"\xc3"),
    *(b"<", b">", b"&", b"&amp;", b"&#10;", b"</pre>", b"<pre>", b"<!--", b"{", b"}", b"[", b"]"),
    *(b":", b" ", b"\t", b"7", b"x", b"null", b"true", b"\xef\xbb\xbf", b"\xe2\x80\x94", b"T"),
)
_SEEDS = 60


def _edited(data: bytes, by: Chance) -> bytes:
    """Return bytes of which a few pieces are left out, put in, doubled, moved or cut off."""
    for _ in range(1 + by.below(3)):
        at, length = by.below(len(data) + 1), 1 + by.below(40)
        match by.below(8):
            case 0:
                data = data[:at] + data[at + length :]
            case 1:
                data = data[: at + length] + data[at:]
            case 2 if by.below(4) == 0:
                data = data[:at]
            case 3:
                data = data[:at] + data[at + length :] + data[at : at + length]
            case 4:
                data = data[:at] + by.one(_PIECES) + data[at + 1 :]
            case _:
                data = data[:at] + by.one(_PIECES) + data[at:]
    return data


def _said(row: dict[str, Any]) -> str:
    """Return the identifier and place of a record, and a digest of all that it says."""
    what = sha256(json.dumps(row, default=str, sort_keys=True).encode("utf-8", "replace"))
    name = str(row["identifier"])
    short = name if name.isalnum() and name.isascii() and len(name) < 16 else f"[{len(name)}]"
    return f"{short} {row['start']}-{row['end']} {what.hexdigest()[:6]}"


def _line(name: str, data: bytes) -> str:
    what = recognise(data, name, whole=True)
    if not what.kind:
        return f"not read: {what.skipped or what.damage or 'unknown'}"
    readings: list[Reading] = list(read_data(data, what, At(name), DEFAULT))
    rows = pl.concat([each.frame() for each in readings], how="diagonal").to_dicts()
    told = [
        f"{t.code} {t.start} line {t.line}{' lost' * t.lost} {json.dumps(dict(t.facts))}"
        for each in readings
        for t in each.troubles
    ]
    bytes_of: dict[str, int] = {}
    for each in readings:
        for kind, number in each.extents.items():
            bytes_of[kind] = bytes_of.get(kind, 0) + number
    parts = (what.kind, ", ".join(map(_said, rows)), ", ".join(told), json.dumps(bytes_of))
    return " | ".join(parts)


@pytest.mark.parametrize("name", _FILES)
def test_what_is_read_of_damaged_bytes_stays_as_it_is(
    name: str, snapshot: SnapshotAssertion
) -> None:
    files = [_edited(_FILES[name], Chance(seed)) for seed in range(_SEEDS)]
    assert "\n".join(_line(name, each) for each in (_FILES[name], *files)) == snapshot
