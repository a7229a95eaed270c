"""What is fuzzed: each reader with its seeds, and what must hold of whatever it is given."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl

from cableproof.accepting import accepted
from cableproof.errors import CableproofError
from cableproof.receipts import loaded as receipt_at
from cableproof.saved import saved
from cableproof.settings import settings
from cableproof.sources.archives.listing import listed
from cableproof.sources.archives.members import let_go
from cableproof.sources.batches import Reading, batch
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.manifest import loaded as manifest_at
from cableproof.sources.places import At
from cableproof.sources.reading import PLACED, read_data, read_small
from cableproof.sources.recognise import recognise
from cableproof.sources.walk import Found
from cableproof.work import evidence
from tests.packed import FORMS, PACKED, seven
from tests.samples import (
    HEADER,
    as_table,
    cables_csv,
    html_page,
    json_array,
    json_lines,
    page,
    parquet,
    record,
    records,
    release_page,
    table,
)

Target = Callable[[bytes], None]
#: Small, so that each is met often.
LIMITS = replace(DEFAULT, page=1 << 16, record=4096, document=1 << 16, unpacked=1 << 20, members=64)
PAGES = {f"{each['identifier']}.txt": page(each) for each in records(2)}


def data_of(name: str) -> Target:
    """Return a target that reads bytes as a file of some name holds them."""

    def target(data: bytes) -> None:
        what = recognise(data, name, whole=True)
        if not what.kind:
            return
        first, second = (_outcome(data, name, LIMITS) for _ in range(2))
        if first != second:
            raise AssertionError("the same bytes were read in two ways")
        if what.kind in PLACED and first[0] != len(data):
            raise AssertionError("bytes were lost")

    return target


def _outcome(data: bytes, name: str, limits: Limits) -> tuple[int, int, list[object]]:
    """Return how many bytes are accounted for, how many records there are, and what is wrong."""
    what = recognise(data, name, whole=True)
    readings: list[Reading] = list(read_data(data, what, At(name), limits))
    extents: Counter[str] = Counter()
    for reading in readings:
        extents.update(reading.extents)
    troubles = [trouble for reading in readings for trouble in reading.troubles]
    number = sum(len(reading.records) + len(reading.rows) for reading in readings)
    return extents.total(), number, list(map(repr, troubles))


def telegram(data: bytes) -> None:
    """Read the text of a telegram, and what stands in its header."""
    header, _, body = data.decode("utf-8", "replace").replace("\0", "").partition("\n\n\n")
    where = {"path": "a", "kind": "json-lines", "file": "a"}
    evidence(batch([record(header=header, body=body) | where], dict.fromkeys(where, pl.String())))


def archive(data: bytes) -> None:
    """List an archive, and read what is in it."""
    with tempfile.NamedTemporaryFile(dir=_ROOM) as file, let_go():
        file.write(data)
        file.flush()
        for entry in listed(Found("a", Path(file.name), len(data)), LIMITS):
            if isinstance(entry, Found) and entry.size < 1 << 20:
                read_small(entry, LIMITS)


_ROOM = "/dev/shm" if Path("/dev/shm").is_dir() else None


def file_of(read: Callable[[Path], object]) -> Target:
    """Return a target that reads a file of ours, which may be refused and nothing else."""

    def target(data: bytes) -> None:
        with tempfile.NamedTemporaryFile(dir=_ROOM, suffix=".toml") as file:
            file.write(data)
            file.flush()
            with contextlib.suppress(CableproofError):
                read(Path(file.name))

    return target


def seeds() -> dict[str, bytes]:
    """Return for each target bytes that it reads well, from which others are made."""
    return {
        "page": page(record()),
        "html": html_page(record()) + html_page(record(2), as_table),
        "release": release_page(record()),
        "cables-csv": cables_csv(records(3)),
        "csv-table": table(records(3)),
        "json-lines": json_lines(records(3)),
        "json": json_array(records(3)),
        "parquet": parquet(records(3)),
        "telegram": f"{HEADER}\n\n\n{record()['body']}".encode(),
        **{form: pack(PAGES) for form, pack in FORMS.items()},
        "gz": PACKED["gz"](json_lines(records(3))),
        "7z": seven(PAGES),
        "settings": b'fail-on = "warning"\nignore = ["TAG"]\n[limits]\nratio = 200\n',
        "accepted": b'[[accepted]]\nrule = "TAG003"\nidentifier = "07BERN1"\nwhy = "so"\n',
        "receipt": b'{"receipt": "cableproof/1", "command": "validate", "sources": []}',
        "report": b'{"report": "cableproof/1", "command": "validate", "findings": []}',
        "manifest": b'{"manifest": "cableproof/1", "records": 0, "unreadable": 0, "kinds": {}}\n',
    }


TARGETS: dict[str, Target] = {
    "page": data_of("07BERN1.txt"),
    "html": data_of("07BERN1.html"),
    "release": data_of("cable/2007/01/07BERN1.html"),
    "cables-csv": data_of("cables.csv"),
    "csv-table": data_of("table.csv"),
    "json-lines": data_of("cables.jsonl"),
    "json": data_of("cables.json"),
    "parquet": data_of("cables.parquet"),
    "telegram": telegram,
    "zip": archive,
    "tar": archive,
    **{form: archive for form in FORMS if form.startswith("tar.")},
    "gz": archive,
    "7z": archive,
    "settings": file_of(lambda path: settings({}, config=path, alone=False)),
    "accepted": file_of(lambda path: accepted(path, frozenset())),
    "receipt": file_of(receipt_at),
    "report": file_of(saved),
    "manifest": file_of(manifest_at),
}
