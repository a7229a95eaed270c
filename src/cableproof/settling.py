"""What large sources of one form have alike, settled by its bytes; only the rest is read.

Sources of one archive agree in most records to the byte. A first pass finds the slots of each,
digests what they say, and proves those of the first source; a record that says the same in all
of them is counted as such. All others are read, measured and compared as ever, and so is any
record whose key one of these turns out to have too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

import polars as pl

from cableproof.errors import SourceChanged
from cableproof.gathering import Gathered, unlike
from cableproof.performing import performed
from cableproof.signing import Signing
from cableproof.source import Source
from cableproof.sources.blocks import pieces_of_lines
from cableproof.sources.extents import RECORDS
from cableproof.sources.limits import Limits
from cableproof.sources.manifest import is_lines
from cableproof.sources.reading import PLACED, look_at_large
from cableproof.sources.slots import KINDS, MANIFEST
from cableproof.sources.stretches import Left, in_lines
from cableproof.sources.walk import Found
from cableproof.tasks import Measure, Task
from cableproof.validators.collation.alike import Settled, settled, signed
from cableproof.witnesses import prepared, read

if TYPE_CHECKING:
    from os import stat_result

_BOOKED = ("kind", "key", "path", "start", "end", "identifier")  # what the books ask of all records
_WORTH = 0.5  # of the slots of each source, from which a first pass pays


@dataclass(frozen=True)
class _File:
    """The one file of a source, its kind, and its state before it was read."""

    found: Found
    kind: str
    state: tuple[int, int]

    def unchanged(self) -> bool:
        try:
            return _state(self.found.file.stat()) == self.state
        except OSError:
            return False


def _state(stat: stat_result) -> tuple[int, int]:
    return stat.st_size, stat.st_mtime_ns


@dataclass(frozen=True)
class Witnesses:
    """The sources of a comparison, as far as they are not settled, and the books of all of it.

    ``tables`` are the witness tables without the ``settled`` records that all have alike;
    ``booked`` has kind, key and place of all records, ``releases`` the release that each names.
    What is gathered has the digests of the files after ``sign``, which waits for them.
    """

    gathered: list[Gathered]
    tables: dict[str, pl.DataFrame]
    booked: dict[str, pl.DataFrame]
    releases: dict[str, pl.DataFrame]
    settled: int = 0
    files: Mapping[str, _File] = field(default_factory=dict)
    signing: Signing | None = None

    def sign(self) -> None:
        """Note the digests of files of which not all was read, and that they are what they were.

        Raises:
            SourceChanged: a file is not what it was before the first pass.

        """
        made = self.signing.digests() if self.signing else {}
        for each in self.gathered if self.files else ():
            file = self.files[each.source.name]
            if file.unchanged():
                each.sign(made.get(each.source.name, ""))
            elif self.settled:  # else what was read is a whole by itself, and has no digest
                raise SourceChanged(file.found.path)


def witnesses(
    sources: Sequence[Source],
    limits: Limits,
    jobs: int,
    digests: bool,
    progress: Callable[[int, int], None],
) -> Witnesses:
    """Return the sources read, but for what all of them have alike where they are of one form.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        NoManifest: a manifest is damaged.
        SourceChanged: a file changed while it was read.

    """
    unlike(sources)
    prepared()
    files: dict[str, _File] = {}
    first, signing = None, None
    with suppress(OSError):  # the readers say what is wrong
        files = _files(sources, limits)
        if files and digests:
            signing = Signing({name: each.found for name, each in files.items()}, limits, jobs)
        first = _surveyed(files, limits, jobs, progress) if files else None
    if first is not None:
        said = _unsettled(sources, files, first, limits, jobs, progress)
    else:
        alone = digests and signing is None
        said = _booked(*read(sources, limits, jobs, alone, progress))
    return replace(said, files=files, signing=signing)


def _files(sources: Sequence[Source], limits: Limits) -> dict[str, _File]:
    """Return the file of each source, if they are single large files of one form, or else none."""
    files = {}
    for source in sources:
        if not source.path.is_file():
            return {}
        stat = source.path.stat()
        found = Found(source.path.name, source.path, stat.st_size)
        files[source.name] = _File(found, _kind(found, limits), _state(stat))
    kinds = {each.kind for each in files.values()}
    return files if len(kinds) == 1 and kinds <= KINDS else {}


def _kind(found: Found, limits: Limits) -> str:
    if found.size <= limits.range:
        return ""
    return MANIFEST if is_lines(found.file) else look_at_large(found, limits)[0].kind


def _surveyed(
    files: Mapping[str, _File], limits: Limits, jobs: int, progress: Callable[[int, int], None]
) -> Settled | None:
    """Return what the sources have alike, or nothing where that is too little to pay."""
    tasks = _tasks(list(files.values()), limits)
    total, done = sum(task.size for task in tasks), 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    whole = pl.concat(
        each.evidence for each in performed(tasks, limits, jobs, advance, Measure(signed))
    )
    found = settled({n: whole.filter(source=at).drop("source") for at, n in enumerate(files)})
    worth = _WORTH * max(found.number + len(left) for left in found.left.values())
    return found if found.number > worth else None


def _tasks(files: Sequence[_File], limits: Limits) -> list[Task]:
    """Return the tasks of a first pass.

    Each file is cut at the same fractions of it: so most records are where the others have them.
    """
    number = -(-sum(each.found.size for each in files) // (2 * limits.range))
    pieces = [pieces_of_lines(each.found, each.kind, number) for each in files]
    return [Task(at, beside=parts) for at, parts in enumerate(zip_longest(*pieces))]


def _unsettled(
    sources: Sequence[Source],
    files: Mapping[str, _File],
    found: Settled,
    limits: Limits,
    jobs: int,
    progress: Callable[[int, int], None],
) -> Witnesses:
    """Return what is left to be read, and with it what has a key of that.

    Raises:
        SourceChanged: a file is not what it was before the first pass.

    """
    while True:
        left = {name: Left(slots, found.number) for name, slots in found.left.items()}
        gathered, tables = read(sources, limits, jobs, False, progress, left)
        kept = found.kept(pl.concat([table["key"] for table in tables.values()]))
        if len(kept) == found.number:
            break
        found = found.only(kept)
    for each in gathered:
        file = files[each.source.name]
        if not file.unchanged():
            raise SourceChanged(file.found.path)
        each.troubles = in_lines(each.troubles, file.found.file)
        if file.kind in PLACED:  # what is alike was proven slot by slot
            alike = found.alike[each.source.name]
            each.extents[RECORDS] += int((alike["end"] - alike["start"]).sum())
    return _booked(gathered, tables, found)


def _booked(
    gathered: list[Gathered], tables: dict[str, pl.DataFrame], found: Settled | None = None
) -> Witnesses:
    booked = {name: table.select(_BOOKED) for name, table in tables.items()}
    releases = {name: table.select("source_release") for name, table in tables.items()}
    if found is None:
        return Witnesses(gathered, tables, booked, releases)
    for each in gathered:
        name = each.source.name
        (seen,) = each.files.values()
        alike = found.alike[name].with_columns(
            kind=pl.lit(seen.kind), path=pl.lit(seen.path), identifier="key"
        )
        booked[name] = pl.concat([booked[name], alike.select(_BOOKED)])
        named = found.named.rename({"release": "source_release"})
        releases[name] = pl.concat([releases[name], named])
    return Witnesses(gathered, tables, booked, releases, found.number)
