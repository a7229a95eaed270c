"""The suites of others, where a package registry has them: JSON, CSV, and naughty strings.

``CABLEPROOF_SUITES`` names a folder with the packages; without it nothing here runs.
"""

from __future__ import annotations

import json
import os
import re
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import orjson
import pytest

from cableproof.escape import _UNSAFE, shown
from cableproof.sources.limits import DEFAULT
from cableproof.sources.places import At
from cableproof.sources.reading import read_data
from cableproof.sources.recognise import Recognised
from tests import samples

FOLDER = os.environ.get("CABLEPROOF_SUITES", "")
#: Accepted by the standard, and refused by us: no text of a cable holds a NUL.
WITH_NUL = {"y_object_escaped_null_in_key.json", "y_string_null_escape.json"}


@cache
def package(name: str) -> dict[str, bytes]:
    """Return the files of a package by their names, or none where it is not there."""
    found = sorted(Path(FOLDER).glob(f"{name}-[0-9]*.tgz")) if FOLDER else []
    if not found:
        return {}
    with tarfile.open(found[0]) as archive:
        files = ((member.name, archive.extractfile(member)) for member in archive)
        return {name.removeprefix("package/"): file.read() for name, file in files if file}


def parsing() -> Iterator[tuple[str, bytes]]:
    said = package("json-test-suite").get("data/parsing.js", b"").decode()
    listed = re.search(r"\[.*\]", said, re.DOTALL)
    for each in json.loads(listed[0]) if listed else ():
        yield each["name"], each["input"].encode("utf-8", "surrogatepass")


PARSING = dict(parsing())
CSV = sorted(n[5:-4] for n in package("csv-spectrum") if n.startswith("csvs/"))
NAUGHTY = json.loads(package("big-list-of-naughty-strings").get("blns.json", b"[]"))


@pytest.mark.parametrize("name", PARSING)
def test_json_is_accepted_or_refused_as_the_standard_says(name: str) -> None:
    value = PARSING[name]
    data = b'{"identifier": "07BERN1", "x": ' + value + b"}\n"
    kind = "json" if b"\n" in value or b"\r" in value else "json-lines"
    readings = list(read_data(data, Recognised(kind), At("here"), DEFAULT))
    lost = sum(reading.lost for reading in readings)
    records = sum(len(reading.records) for reading in readings)
    assert sum(sum(reading.extents.values()) for reading in readings) == len(data)
    if name.startswith("n_"):
        assert lost
    elif name.startswith("y_") and name not in WITH_NUL:
        assert (records, lost) == (1, 0)


@pytest.mark.parametrize("name", CSV)
def test_a_table_is_the_table_that_others_read(name: str) -> None:
    data = package("csv-spectrum")[f"csvs/{name}.csv"]
    expected = json.loads(package("csv-spectrum")[f"json/{name}.json"])
    first = re.match(rb"[^,\r\n]+", data)
    assert first is not None
    key = first[0].decode()
    table = b"identifier" + data[len(first[0]) :]
    readings = list(read_data(table, Recognised("csv-table"), At("here"), DEFAULT))
    lost = sum(reading.lost for reading in readings)
    assert lost == (name == "location_coordinates")  # a quote in a field that has none around it
    if lost:
        return
    rows = samples.frame(readings).select("identifier", "other").iter_rows()
    read = [{key: own or "", **orjson.loads(other or "{}")} for own, other in rows]
    names = [name for name in (expected[0] if expected else ()) if name != key]
    numbered = [
        {key: row[key], **{str(n + 1): row[name] for n, name in enumerate(names)}}
        for row in expected
    ]
    assert read in (expected, numbered)


@pytest.mark.parametrize("number", range(len(NAUGHTY)))
def test_a_naughty_string_is_shown_without_harm(number: int) -> None:
    told = shown(NAUGHTY[number], 10_000)
    assert _UNSAFE.search(told) is None
    assert told.encode("utf-8").decode("utf-8") == told
