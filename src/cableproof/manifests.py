"""Manifests made of sources, and read as sources."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl

from cableproof.books import SourceBooks
from cableproof.gathering import Gathered, gather
from cableproof.source import Source
from cableproof.sources.digests import digest_of
from cableproof.sources.identifiers import canonical
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.manifest import COLUMNS, Manifest, loaded
from cableproof.sources.reading import Seen
from cableproof.sources.stretches import Left
from cableproof.tasks import Measure
from cableproof.validators.collation.claiming import stated, with_hours
from cableproof.validators.collation.forms import RUNGS
from cableproof.validators.collation.witness import attested, without_records

_ORDER = ("path", "start", "row")


def manifest_of(
    source: Source,
    *,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Manifest:
    """Return the manifest of a source, its records in the order of their places.

    Raises:
        NoSuchPath: the source is not there.

    """
    return booked(source, limits=limits, jobs=jobs, digests=False, progress=progress)[0]


def booked(
    source: Source,
    *,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    digests: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Manifest, SourceBooks]:
    """Return the manifest of a source and its books, which ``digests`` asks to be whole.

    Raises:
        NoSuchPath: the source is not there.

    """
    measure = Measure(partial(attested, rungs=RUNGS))
    (gathered,) = gather([source], limits, jobs, digests, progress, measure)
    table = pl.concat(gathered.evidence) if gathered.evidence else without_records(RUNGS)
    records = table.sort(_ORDER, nulls_last=True, maintain_order=True)
    unreadable = sum(trouble.lost for trouble in gathered.troubles)
    kinds = dict(table.group_by("kind").len().sort("kind").iter_rows())
    made = Manifest(records.select(*COLUMNS), unreadable, kinds, tuple(sorted(gathered.lost)))
    return made, gathered.books(kinds)


def witness_of(path: Path, left: Left | None = None) -> tuple[Manifest, pl.DataFrame]:
    """Return a manifest and its witness table: without places, so that no text is read again.

    Where something is ``left``, it is the table of that alone.

    Raises:
        NoManifest: it is damaged, or of another version.

    """
    manifest = loaded(path, left)
    records = manifest.records
    claims = stated(records)
    rest = [name for name in COLUMNS if name not in claims.columns]
    nowhere = {"file": pl.String, "start": pl.Int64, "end": pl.Int64}
    table = with_hours(pl.concat([records.select(rest), claims], how="horizontal"))
    return manifest, table.with_columns(
        *(pl.lit(None, dtype=kind).alias(name) for name, kind in nowhere.items()),
        kind=pl.lit("manifest"),
        covered=pl.col("covered").fill_null(value=True),  # what is not said may be
    )


def gathered_of(source: Source, digests: bool, manifest: Manifest | None = None) -> Gathered:
    """Return the books of a source that is a manifest, whose digest is that of the file.

    What its own source could not read is no trouble of the manifest, but neither is it missing.
    """
    size = source.path.stat().st_size
    digest = digest_of(source.path) if digests else ""
    name = source.path.name
    made = Gathered(source, {name: Seen(name, size, "manifest", "", digest)})
    if manifest is not None:
        made.said_lost = frozenset(canonical(name) or name for name in manifest.lost)
        made.said_unreadable = manifest.unreadable
    return made
