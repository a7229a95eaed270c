"""Sources to witness tables: manifests read as they are, all others read and measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from threading import Thread
from types import MappingProxyType

import polars as pl

from cableproof.gathering import Gathered, gather, unlike
from cableproof.manifests import gathered_of, witness_of
from cableproof.source import Source
from cableproof.sources.limits import Limits
from cableproof.sources.manifest import is_manifest
from cableproof.sources.stretches import Left
from cableproof.tasks import Measure
from cableproof.validators.collation.claiming import with_hours
from cableproof.validators.collation.forms import RUNGS
from cableproof.validators.collation.parallel import keyed
from cableproof.validators.collation.witness import attested, without_records

_FIRST = RUNGS[:2]  # rungs that decide most; for the few other cables texts are read again
_TOGETHER = 16 << 20  # bytes of records that are measured at once; more is not faster here


def prepared() -> None:
    """Import pandas, which is needed only at the end, while other processes read."""
    Thread(target=import_module, args=("cableproof.validators.tables",), daemon=True).start()


def read(
    sources: Sequence[Source],
    limits: Limits,
    jobs: int,
    digests: bool,
    progress: Callable[[int, int], None],
    left: Mapping[str, Left] = MappingProxyType({}),
) -> tuple[list[Gathered], dict[str, pl.DataFrame]]:
    """Return the books of sources and their witness tables; of some only what is ``left``.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        NoManifest: a manifest is damaged.

    """
    unlike(sources)
    prepared()
    listed = {source.name: source for source in sources if is_manifest(source.path)}
    others = [source for source in sources if source.name not in listed]
    measure = Measure(partial(attested, rungs=_FIRST), _TOGETHER)
    measured = gather(others, limits, jobs, digests, progress, measure, left)
    books = {each.source.name: each for each in measured}
    tables = {name: _witnessed(each) for name, each in books.items()}
    with ThreadPoolExecutor(max(jobs, 1)) as threads:  # which parse beside each other
        read = threads.map(lambda each: witness_of(each.path, left.get(each.name)), listed.values())
        for (name, source), (manifest, table) in zip(listed.items(), read, strict=True):
            tables[name] = table
            books[name] = gathered_of(source, digests, manifest)
    names = [source.name for source in sources]
    return [books[name] for name in names], keyed({name: tables[name] for name in names})


def _witnessed(each: Gathered) -> pl.DataFrame:
    """Return the witness table of a source, in the order of its places; its name is known."""
    if not each.evidence:
        return without_records(_FIRST)
    table = with_hours(pl.concat(each.evidence).drop("source"))
    each.evidence.clear()
    return table
