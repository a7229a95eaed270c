"""Manifests: the evidence of a source without its texts, as JSON lines or Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from cableproof.errors import NoManifest, NoSuchPath
from cableproof.sources.archives.members import File
from cableproof.sources.batches import LIST, TEXT
from cableproof.sources.furniture import COLUMNS as LISTED
from cableproof.sources.recognise import MANIFEST
from cableproof.sources.stretches import Left, Stretches

#: What reading a damaged manifest may raise.
_DAMAGE = (
    *(pl.exceptions.PolarsError, OSError, RecursionError),
    *(ValueError, KeyError, TypeError, OverflowError),
)
FORMAT = "cableproof/1"
KEY = "cableproof"  # of the head in a Parquet file
_PARQUET = b"PAR1"
_LONGEST = 40  # characters of another version's name that are told
_CLAIMS = (
    *("identifier", "origin", "created", "released", "classification"),
    *("source_release", "source_released"),
)
_RUNGS = ("exact", "spaced", "encoded", "laid_out", "covered_alike")
#: The columns of a manifest, in their order.
COLUMNS: dict[str, pl.DataType] = {
    **dict.fromkeys(_CLAIMS, TEXT),
    "tags": LIST,
    "references": LIST,
    "redacted": pl.Boolean(),
    "partial_extract": pl.Boolean(),
    "path": TEXT,
    "kind": TEXT,
    "line": pl.Int64(),
    "row": pl.Int64(),
    "release_counter": pl.Int64(),
    "furniture": TEXT,
    **dict.fromkeys(LISTED, TEXT),
    "own_links": LIST,
    "covered": pl.Boolean(),
    "subject_key": TEXT,
    **{f"{part}_{rung}": TEXT for part in ("header", "body") for rung in _RUNGS},
    "digest": TEXT,
}


@dataclass(frozen=True)
class Manifest:
    """What a manifest lists: one row a record, and the counts of its source."""

    records: pl.DataFrame
    unreadable: int
    kinds: Mapping[str, int]
    lost: tuple[str, ...] = ()  # the cables of what is unreadable, as far as files name them

    def head(self) -> dict[str, Any]:
        """Return the first line."""
        return {
            "manifest": FORMAT,
            "records": len(self.records),
            "unreadable": self.unreadable,
            "kinds": dict(self.kinds),
        } | ({"lost": list(self.lost)} if self.lost else {})


def is_manifest(path: Path) -> bool:
    """Tell whether there is a manifest at ``path``, by its first bytes."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(MANIFEST))
    except OSError:  # a folder, or what the readers will say cannot be read
        return False
    return begins == MANIFEST or (begins.startswith(_PARQUET) and KEY in _metadata(path))


def is_lines(path: File) -> bool:
    """Tell whether there is a manifest in lines at ``path``, by its first bytes."""
    with path.open("rb") as file:
        return file.read(len(MANIFEST)) == MANIFEST


def _metadata(path: Path) -> dict[str, str]:
    try:
        return pl.read_parquet_metadata(path)
    except (pl.exceptions.PolarsError, OSError):
        return {}


def loaded(path: Path, left: Left | None = None) -> Manifest:
    """Return the manifest at ``path``; of one in lines only the records that are left.

    Raises:
        NoSuchPath: there is nothing there.
        NoManifest: it is damaged, or of another version.

    """
    if not path.exists():
        raise NoSuchPath(str(path))
    try:
        with path.open("rb") as file:
            parquet = file.read(len(_PARQUET)) == _PARQUET
        head, records = _from_parquet(path) if parquet else _from_lines(path, left)
        unknown = set(records.columns) - COLUMNS.keys()
        manifest, number = _made(head, _completed(records)), int(head["records"])
    except _DAMAGE:
        raise NoManifest(str(path), "it is damaged") from None
    version = str(head.get("manifest"))[:_LONGEST]
    if version != FORMAT:
        raise NoManifest(str(path), f"it is of version {version}, and {FORMAT} can be read")
    if unknown:
        raise NoManifest(str(path), f"it has columns that {FORMAT} has not")
    others = 0 if left is None else left.others
    if number != len(records) + others or manifest.records["digest"].null_count():
        raise NoManifest(str(path), "it is cut short")
    return manifest


def _made(head: Mapping[str, Any], records: pl.DataFrame) -> Manifest:
    lost = (str(name) for name in head.get("lost", ()))
    return Manifest(records, int(head["unreadable"]), dict(head["kinds"]), tuple(lost))


def _from_lines(path: Path, left: Left | None) -> tuple[dict[str, Any], pl.DataFrame]:
    with path.open("rb") as file:
        head = json.loads(file.readline())
        source = path if left is None else Stretches.of(left.slots).bytes_of(file)
    return head, pl.read_ndjson(source, schema=COLUMNS).slice(1)  # the head has no such columns


def _from_parquet(path: Path) -> tuple[dict[str, Any], pl.DataFrame]:
    return json.loads(pl.read_parquet_metadata(path)[KEY]), pl.read_parquet(path)


def _completed(records: pl.DataFrame) -> pl.DataFrame:
    there = set(records.columns)
    return records.select(
        pl.col(name).cast(kind) if name in there else pl.lit(None, dtype=kind).alias(name)
        for name, kind in COLUMNS.items()
    )


def lines(manifest: Manifest) -> Iterator[bytes]:
    """Yield a manifest as JSON lines; columns in which nothing stands are left out."""
    yield json.dumps(manifest.head()).encode() + b"\n"
    records = _written(manifest.records)
    for start in range(0, len(records), _ROWS):
        yield records[start : start + _ROWS].write_ndjson().encode()


_ROWS = 10_000  # that are written at once


def _written(records: pl.DataFrame) -> pl.DataFrame:
    always = ("identifier", "path", "kind", "digest")
    return records.select(
        name for name in COLUMNS if name in always or records[name].null_count() < len(records)
    )


def parquet(manifest: Manifest) -> bytes:
    """Return a manifest as a Parquet file."""
    buffer = io.BytesIO()
    head = {KEY: json.dumps(manifest.head())}
    _written(manifest.records).write_parquet(buffer, compression="zstd", metadata=head)
    return buffer.getvalue()
