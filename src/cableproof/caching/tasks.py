"""What came of each task, kept: so that a run that was ended goes on, and no input is read twice.

Small files are known by the digest of their bytes, parts of large ones by the file's number, size
and times. What is kept is evidence, which holds no text, as Arrow and JSON.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

import polars as pl

from cableproof.caching.fit import links_fit, tables_fit
from cableproof.caching.stamps import stamp
from cableproof.caching.store import in_use
from cableproof.sources.archives.files import named
from cableproof.sources.digests import digest_of
from cableproof.sources.limits import Limits
from cableproof.sources.places import Trouble
from cableproof.sources.reading import Seen
from cableproof.sources.walk import Found
from cableproof.tasks import Done, Measure, Task
from cableproof.work import done

KIND = "tasks"
_WORTH = 64 << 10  # bytes of a task; less is read as fast as it is looked up
_INSIDE = "in an archive"  # in the place of a digest: the stamp of the archive tells it
_HEAD = 8  # bytes that say how long each part of an entry is


def remembered(task: Task, limits: Limits, measure: Measure) -> Done:
    """Return what comes of a task: what an earlier run kept, or else what is found now."""
    store = in_use()
    inputs = None if store is None or task.size < _WORTH > _digested(task) else _inputs(task)
    if store is None or inputs is None:
        return done(task, limits, measure)
    key = store.key(limits, _spelt(measure.function), measure.together, inputs)
    kept = store.read(KIND, key)
    if kept is not None:
        return thawed(task, kept)
    found = done(task, limits, measure)
    fits = tables_fit([found.evidence, found.listed]) and links_fit(found.links)
    if fits and _as_read(task, inputs, found):
        store.write(KIND, key, frozen(found))
    return found


def _as_read(task: Task, inputs: list[object], found: Done) -> bool:
    """Tell whether small files had the bytes that they are known by when they were read."""
    read = {seen.path: seen.digest for seen in found.seen}
    return inputs[0] == [_known(each, read.get(each.path, "")) for each in task.small]


def _known(found: Found, digest: str) -> tuple[str, str, str]:
    """Return by what a small file is known: its digest, unless it stands in an archive.

    To digest what can only be read forward, and then to read it, would begin the archive anew.
    """
    return found.path, named(found.file), _INSIDE if found.inside else digest


def _digested(task: Task) -> int:
    return 0 if task.digest is None else task.digest.size


def _inputs(task: Task) -> list[object] | None:
    """Return what tells all that a task reads, or nothing where that may be changing.

    What an archive lists, and what is looked at again, is not kept.
    """
    if task.archive is not None or task.again is not None:
        return None
    try:
        members = [each for each in task.small if each.inside]
        small = [_known(e, "" if e.inside else digest_of(e.file)) for e in task.small]
        pieces = (task.piece, *task.beside)
        large = [each.found for each in pieces if each is not None]
        stamps = [stamp(each.file) for each in (*large, *members[:1], *filter(None, [task.digest]))]
    except OSError:
        return None
    if not all(digest for *_, digest in small) or not all(each.settled for each in stamps):
        return None
    return [small, pieces, stamps]


def _spelt(function: Callable[..., object]) -> str:
    """Return what a measure is, the same in every process."""
    if isinstance(function, partial):
        return f"{_spelt(function.func)} {function.args} {sorted(function.keywords.items())}"
    return f"{function.__module__}.{function.__qualname__}"


def frozen(found: Done) -> bytes:
    """Return what came of a task as bytes: two tables and all else, each after its length."""
    rest = {
        "troubles": [asdict(each) for each in found.troubles],
        "seen": [asdict(each) for each in found.seen],
        "lines": found.lines,
        "extents": found.extents,
        "digest": found.digest,
        "links": [[folder, sorted(to), times] for (folder, to), times in found.links.items()],
    }
    parts = [_arrow(found.evidence), _arrow(found.listed), json.dumps(rest).encode()]
    return b"".join(len(part).to_bytes(_HEAD, "big") + part for part in parts)


def thawed(task: Task, kept: bytes) -> Done:
    """Return what came of a task, from the bytes that were kept of it."""
    evidence, listed, said = _parts(kept)
    rest: dict[str, Any] = json.loads(said)
    return Done(
        task,
        pl.read_ipc(io.BytesIO(evidence)),
        tuple(Trouble(**each) for each in rest["troubles"]),
        tuple(Seen(**each) for each in rest["seen"]),
        rest["lines"],
        rest["digest"],
        pl.read_ipc(io.BytesIO(listed)),
        Counter({(folder, frozenset(to)): times for folder, to, times in rest["links"]}),
        Counter(rest["extents"]),
    )


def _arrow(table: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    table.write_ipc(out, compression="lz4")
    return out.getvalue()


def _parts(kept: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(kept):
        begin = at + _HEAD
        at = begin + int.from_bytes(kept[at:begin], "big")
        yield kept[begin:at]
