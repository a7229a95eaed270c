"""Sources gathered: their files planned as tasks, done by workers, and brought together."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from cableproof.books import UNMARKED, Books, Marked, RuleBooks, SourceBooks
from cableproof.errors import NameTakenTwice
from cableproof.finding import Severity
from cableproof.performing import performed
from cableproof.source import Source
from cableproof.sources import checksums
from cableproof.sources.archives.members import let_go
from cableproof.sources.digests import digest_of, digest_of_list
from cableproof.sources.extents import Extents
from cableproof.sources.identifiers import canonical, named_by_file
from cableproof.sources.limits import Limits
from cableproof.sources.places import Trouble
from cableproof.sources.reading import ARCHIVE, PLACED, Seen, changing
from cableproof.sources.stretches import Left
from cableproof.sources.walk import Found, walk
from cableproof.tasks import Done, Links, Measure, Plan, Task, planned
from cableproof.work import EVIDENCE

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.validators.engine import Checked
    from cableproof.validators.rule import Rule


@dataclass
class Gathered:
    """What the tasks of one source brought together."""

    source: Source
    files: dict[str, Seen] = field(default_factory=dict)
    evidence: list[pl.DataFrame] = field(default_factory=list)
    listed: list[pl.DataFrame] = field(default_factory=list)  # by index pages
    links: Links = field(default_factory=Counter)
    troubles: list[Trouble] = field(default_factory=list)
    lines: Counter[str] = field(default_factory=Counter)  # read so far of each file in pieces
    taken: Counter[str] = field(default_factory=Counter)  # bytes, likewise
    large: dict[str, Found] = field(default_factory=dict)  # the files that are read in pieces
    lists: list[Found] = field(default_factory=list)  # of checksums
    archives: list[Found] = field(default_factory=list)  # that were not opened yet
    tasks: list[Task] = field(default_factory=list)  # that were not done yet
    extents: Extents = field(default_factory=Counter)
    seconds: tuple[float, float] = (0.0, 0.0)  # of all processes, for reading and for evidence
    said_lost: frozenset[str] = frozenset()  # cables that the source of a manifest could not read
    said_unreadable: int = 0  # inputs of it

    @property
    def lost(self) -> frozenset[str]:
        """Return the cables that are there and could not be read, as far as files name them."""
        names = (named_by_file(PurePosixPath(t.path).stem) for t in self.troubles if t.lost)
        return self.said_lost | {canonical(name) or name for name in names if name}

    @property
    def nameless(self) -> bool:
        """Tell whether anything could not be read of which it is not known what it is."""
        return sum(t.lost for t in self.troubles) + self.said_unreadable > len(self.lost)

    def take(self, done: Done) -> None:
        """Take what a worker handed back; the pieces of a file come in their order."""
        if done.task.piece is not None:
            path = done.task.piece.found.path
            done = done.moved(self.lines[path])
            self.lines[path] += done.lines
            self.taken[path] += done.extents.total()
        self.seconds = (self.seconds[0] + done.seconds[0], self.seconds[1] + done.seconds[1])
        self.troubles += done.troubles
        self.links += done.links
        self.extents.update(done.extents)
        self.files |= {seen.path: seen for seen in done.seen}
        for found, seen in zip(done.task.small, done.seen, strict=True):
            if seen.skipped == checksums.WHAT:
                self.lists.append(found)
            elif seen.kind == ARCHIVE:
                self.archives.append(found)
        if done.plan is not None and done.task.archive is not None:
            self.enter(done.task.archive, done.plan)
        if len(done.evidence):
            self.evidence.append(done.evidence.with_columns(source=pl.lit(self.source.name)))
        if len(done.listed):
            self.listed.append(done.listed.with_columns(source=pl.lit(self.source.name)))
        if done.digest and done.task.digest is not None:
            path = done.task.digest.path
            self.files[path] = replace(self.files[path], digest=done.digest)

    def know(self, plan: Plan) -> None:
        """Take what is known of files before they are read, and what is to be read of them."""
        self.files |= plan.files
        self.troubles += plan.troubles
        self.large |= {found.path: found for found in plan.large}
        self.archives += plan.archives
        self.tasks += plan.tasks

    def enter(self, archive: Found, plan: Plan) -> None:
        """Take what an archive holds; it is unreadable itself where nothing could be listed."""
        plan.files.pop(archive.path, None)  # it is known, whatever is wrong with it
        if plan.troubles and not (plan.files or plan.tasks):
            self.files[archive.path] = replace(self.files[archive.path], kind="")
        self.know(plan)

    def opened(self, digests: bool) -> list[Task]:
        """Return what is still to be done: archives that were found are opened, then read."""
        tasks = self.tasks + [Task(0, archive=each, digested=digests) for each in self.archives]
        self.tasks, self.archives = [], []
        return [replace(task, number=number) for number, task in enumerate(tasks)]

    def close(self) -> None:
        """Note which files changed while they were read; of these only what was read counts."""
        for path, found in self.large.items():
            if found.changed():
                self.troubles.append(changing(path))
                self.files[path] = replace(self.files[path], digest="")
                if self.files[path].kind in PLACED:
                    self.files[path] = replace(self.files[path], size=self.taken[path])
        if self.lists:
            self._check_lists()

    def _check_lists(self) -> None:
        """Hold the lists of checksums among the files against the digests of the others."""
        digests = {
            path: None if s.skipped and not s.digest else s.digest for path, s in self.files.items()
        }
        large = [path for path in self.large if not self.files[path].digest]
        digests |= {path: digest_of(self.large[path].file) for path in large}
        for each in self.lists:
            with contextlib.suppress(OSError):  # it is gone, which is told of what it lists
                data = each.file.read_bytes()
                self.troubles += checksums.disagreeing(data, each.path, digests)

    def sign(self, digest: str) -> None:
        """Note the digest of the one file, which was read for it by itself."""
        if digest:
            self.files = {path: replace(seen, digest=digest) for path, seen in self.files.items()}

    def books(self, kinds: Mapping[str, int], marked: Marked = UNMARKED) -> SourceBooks:
        """Return the books of the source: its records by kind, and how many findings mark."""
        skipped = Counter(seen.skipped for seen in self.files.values() if seen.skipped)
        unreadable = sum(trouble.lost for trouble in self.troubles)
        records = sum(kinds.values())
        read = sum(bool(seen.kind) for seen in self.files.values())
        books = Books(
            files=len(self.files),
            read_files=read,
            skipped=skipped.total(),
            unreadable_files=sum(seen.lost for seen in self.files.values()),
            inputs=records + unreadable,
            records=records,
            clean=records - marked.flagged,
            flagged=marked.flagged,
            valid=records - marked.invalid,
            invalid=marked.invalid,
            unreadable=unreadable,
        )
        return SourceBooks(
            name=self.source.name,
            path=self.source.path.as_posix(),
            kinds=kinds,
            skipped=dict(sorted(skipped.items())),
            bytes=sum(seen.size for seen in self.files.values() if not seen.inside),
            digest=self.digest(),
            is_file=not self.source.path.is_dir(),
            books=books,
            placed_bytes=sum(seen.size for seen in self.files.values() if seen.kind in PLACED),
            extents=self.extents,
            archives=frozenset(path for path, seen in self.files.items() if seen.kind == ARCHIVE),
        )

    def digest(self) -> str:
        """Return the digest of the source: a file's own, or that of a folder's list of digests.

        It is empty for a file that was not read.
        """
        outer = (seen for seen in self.files.values() if seen.digest and not seen.inside)
        digests = {seen.path: seen.digest for seen in outer}
        if self.source.path.is_file():
            return "".join(f"sha256:{digest}" for digest in digests.values())
        return f"sha256:{digest_of_list(digests)}"


def gather(
    sources: Sequence[Source],
    limits: Limits,
    jobs: int,
    digests: bool,
    progress: Callable[[int, int], None],
    measure: Measure = EVIDENCE,
    left: Mapping[str, Left] = MappingProxyType({}),
) -> Iterator[Gathered]:
    """Yield the sources, read and measured, in their order; of some what is ``left`` alone.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.

    """
    unlike(sources)
    plans = [_planned(source, limits, digests, left.get(source.name)) for source in sources]
    total = sum(task.size for _, tasks in plans for task in tasks)
    read = 0

    def advance(size: int) -> None:
        nonlocal read
        read += size
        progress(read, total)

    with let_go():
        for gathered, tasks in plans:
            while tasks:
                for done in performed(tasks, limits, jobs, advance, measure):
                    gathered.take(done)
                tasks = gathered.opened(digests)
                total += sum(task.size for task in tasks)
            gathered.close()
            yield gathered


def unlike(sources: Sequence[Source]) -> None:
    """Make sure that no two sources have one name.

    Raises:
        NameTakenTwice: two have.

    """
    for name, times in Counter(source.name for source in sources).items():
        if times > 1:
            raise NameTakenTwice(name)


def _planned(
    source: Source, limits: Limits, digests: bool, left: Left | None
) -> tuple[Gathered, list[Task]]:
    """Return what a source asks for: its books, and the tasks."""
    gathered = Gathered(source)
    gathered.know(planned(walk(source.path), limits, digests, left))
    return gathered, gathered.opened(digests)


def troubles(gathered: Sequence[Gathered]) -> pl.DataFrame:
    """Return what the readers of all sources noticed, one row a trouble."""
    from cableproof.validators.tables import TROUBLES

    rows = [
        (each.source.name, t.path, t.start, t.line, t.code, dict(t.facts))
        for each in gathered
        for t in each.troubles
    ]
    return pl.DataFrame(rows, schema=TROUBLES, orient="row")


def marked(sheet: pd.DataFrame, source: str) -> Marked:
    """Return how many records of a source the findings mark; a note marks none."""
    own = sheet[sheet["source"] == source]
    flagged = own.loc[own["severity"] != Severity.NOTE.value, "record"]
    invalid = own.loc[own["severity"] == Severity.ERROR.value, "record"]
    return Marked(int(flagged.nunique()), int(invalid.nunique()))


def rule_books(rules: Sequence[Rule], checked: Checked) -> dict[str, RuleBooks]:
    """Return for each rule on how many records it ran, and what it found."""
    found = checked.sheet["rule"].value_counts()
    return {
        rule.code: RuleBooks(
            name=rule.name,
            severity=rule.severity,
            ran=checked.ran[rule.code],
            lacking=checked.lacking[rule.code],
            findings=int(found.get(rule.code, 0)),
        )
        for rule in rules
    }
