"""The report of a whole run, kept: so that an archive that did not change is not read again.

It is that of the same run if program, command and settings are the same, and names and sizes of
all files; and then either no file changed since, by its number and times, or the sources have the
digests that the report tells. What settings make of findings is done anew each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from cableproof.caching.stamps import stamp
from cableproof.caching.store import Store, in_use
from cableproof.errors import CableproofError
from cableproof.outcome import Outcome
from cableproof.reports.document import lines
from cableproof.saved import saved
from cableproof.source import Source
from cableproof.sources.digests import digest_of, digest_of_list
from cableproof.sources.walk import Found, walk

_REPORTS, _STAMPS = "reports", "stamps"


@dataclass(frozen=True)
class Asked:
    """What a command was asked for: all that decides what it finds."""

    command: str
    sources: Sequence[Source]
    settings: Mapping[str, object]  # values whose ``repr`` is the same in every process
    digests: bool  # whether the report tells those of large files

    @property
    def paths(self) -> list[Path]:
        """Return where the sources are."""
        return [source.path for source in self.sources]


def answered(asked: Asked, make: Callable[[], Outcome]) -> Outcome:
    """Return what was asked for: the report of an earlier run, or else what ``make`` returns."""
    store = in_use()
    look = None if store is None else _look(asked)
    if store is None or look is None:
        return make()
    kept = _Kept(store, store.key(asked, look.names))
    found = kept.report(asked, look)
    if found is None:
        found = make()
        if _look(asked) == look:  # else something changed while it was read
            kept.keep(found, look)
    return found


@dataclass(frozen=True)
class _Look:
    """The files of all sources: a digest of their names and sizes, and one of their stamps.

    Only where they are ``settled`` do the stamps tell any change.
    """

    names: str
    stamps: str
    settled: bool = field(compare=False)


def _look(asked: Asked) -> _Look | None:
    """Return what is there, or nothing where a source is none or cannot be looked at."""
    names, stamps, settled = hashlib.sha256(), hashlib.sha256(), True
    try:
        for entry in chain.from_iterable(map(walk, asked.paths)):
            names.update(repr(entry).encode("utf-8", "backslashreplace"))
            if isinstance(entry, Found):
                found = stamp(entry.file)
                stamps.update(repr(found).encode())
                settled = settled and found.settled
    except (OSError, CableproofError):
        return None
    return _Look(names.hexdigest(), stamps.hexdigest(), settled)


@dataclass(frozen=True)
class _Kept:
    """The place of one report, which may be empty."""

    store: Store
    key: str

    def report(self, asked: Asked, look: _Look) -> Outcome | None:
        """Return the report, if there is one, it is whole, and it is of what is there now."""
        said = self.store.read(_STAMPS, self.key)
        if said is None:
            return None
        file = self.store.file(_REPORTS, self.key)
        then: dict[str, Any] = json.loads(said)
        if digest_of(file) != then["report"]:
            return None
        try:
            found = saved(file)
            if look.settled and then["stamps"] == look.stamps:
                return found
            read = {(each["path"], each["digest"]) for each in found.head()["sources"]}
            if not set(_digested(asked)) <= read:
                return None
        except CableproofError:
            return None
        self._stamp(look, then["report"])
        return found

    def keep(self, found: Outcome, look: _Look) -> None:
        """Keep a report of what was there before it was made."""
        digest = hashlib.sha256()
        parts = _through(digest.update, (line.encode() for line in lines(found)))
        if self.store.write_parts(_REPORTS, self.key, parts):
            self._stamp(look, digest.hexdigest())
        self.store.prune()

    def _stamp(self, look: _Look, report: str) -> None:
        told = json.dumps({"stamps": look.stamps if look.settled else "", "report": report})
        self.store.write(_STAMPS, self.key, told.encode())


def _through(look: Callable[[bytes], object], parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        look(part)
        yield part


def _digested(asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield the path of each source and its digest, as the books of a report have them."""
    for path in asked.paths:
        if path.is_file():
            digest = digest_of(path)
        else:
            files = (entry for entry in walk(path) if isinstance(entry, Found))
            digest = digest_of_list({found.path: digest_of(found.file) for found in files})
        yield path.as_posix(), f"sha256:{digest}"
