"""Sources gathered: their files planned as tasks, done by workers, and brought together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING
from zlib import crc32

import polars as pl

from cableproof.books import Books, RuleBooks, SourceBooks
from cableproof.errors import NameTakenTwice
from cableproof.performing import performed
from cableproof.source import Source
from cableproof.sources.digests import digest_of_list
from cableproof.sources.identifiers import canonical, named_by_file
from cableproof.sources.limits import Limits
from cableproof.sources.places import Trouble
from cableproof.sources.reading import Piece, Seen, look_at_large
from cableproof.sources.stretches import Left, dealt
from cableproof.sources.walk import Found, Skipped, walk
from cableproof.work import EVIDENCE, Done, Links, Measure, Task

if TYPE_CHECKING:
    from cableproof.validators.engine import Checked
    from cableproof.validators.rule import Rule

_FILES_A_TASK = 256
_LEFT = 8 << 20  # bytes a task of what is left of a file


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
        self.seconds = (self.seconds[0] + done.seconds[0], self.seconds[1] + done.seconds[1])
        self.troubles += done.troubles
        self.links += done.links
        self.files |= {seen.path: seen for seen in done.seen}
        if len(done.evidence):
            self.evidence.append(done.evidence.with_columns(source=pl.lit(self.source.name)))
        if len(done.listed):
            self.listed.append(done.listed.with_columns(source=pl.lit(self.source.name)))
        if done.digest and done.task.digest is not None:
            path = done.task.digest.path
            self.files[path] = replace(self.files[path], digest=done.digest)

    def sign(self, digest: str) -> None:
        """Note the digest of the one file, which was read for it by itself."""
        if digest:
            self.files = {path: replace(seen, digest=digest) for path, seen in self.files.items()}

    def books(self, kinds: Mapping[str, int], flagged: int) -> SourceBooks:
        """Return the books of the source: its records by kind, and how many are flagged."""
        skipped = Counter(seen.skipped for seen in self.files.values() if seen.skipped)
        unreadable = sum(trouble.lost for trouble in self.troubles)
        records = sum(kinds.values())
        books = Books(
            inputs=records + unreadable + skipped.total(),
            records=records,
            clean=records - flagged,
            flagged=flagged,
            unreadable=unreadable,
            skipped=skipped.total(),
        )
        return SourceBooks(
            name=self.source.name,
            path=self.source.path.as_posix(),
            kinds=kinds,
            skipped=dict(sorted(skipped.items())),
            files=len(self.files),
            bytes=sum(seen.size for seen in self.files.values()),
            digest=self.digest(),
            is_file=not self.source.path.is_dir(),
            books=books,
        )

    def digest(self) -> str:
        """Return the digest of the source: a file's own, or that of a folder's list of digests.

        It is empty for a file that was not read.
        """
        digests = {path: seen.digest for path, seen in self.files.items() if seen.digest}
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

    for gathered, tasks in plans:
        for done in performed(tasks, limits, jobs, advance, measure):
            gathered.take(done)
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
    """Return the tasks that a source asks for, the largest files' digests among them."""
    gathered = Gathered(source)
    tasks: list[Task] = []
    small: list[Found] = []
    for entry in walk(source.path):
        if isinstance(entry, Trouble):
            gathered.troubles.append(entry)
            gathered.files[entry.path] = Seen(entry.path, 0)
        elif isinstance(entry, Skipped):
            gathered.files[entry.path] = Seen(entry.path, 0, skipped=entry.what)
        elif entry.size <= limits.range:
            small.append(entry)
        else:
            seen, pieces, readings = look_at_large(entry, limits)
            gathered.files[entry.path] = seen
            gathered.troubles += (trouble for each in readings for trouble in each.troubles)
            if left is not None:
                pieces = [Piece.of(entry, seen.kind, lot) for lot in dealt(left.slots, _LEFT)]
            tasks += (Task(0, piece=piece) for piece in pieces)
            if digests:
                tasks.insert(0, Task(0, digest=entry))
    tasks += (Task(0, small=tuple(few)) for few in _few(small, limits))
    return gathered, [replace(task, number=n) for n, task in enumerate(tasks)]


def _few(files: list[Found], limits: Limits) -> Iterator[list[Found]]:
    """Yield files in lots that one worker reads at once.

    A lot also ends after every file whose name says so, so that one that is added moves no more
    than its own lot, and what is known of the others stays known.
    """
    lot: list[Found] = []
    size = 0
    for found in files:
        if lot and (len(lot) == _FILES_A_TASK or size + found.size > limits.range):
            yield lot
            lot, size = [], 0
        lot.append(found)
        size += found.size
        if crc32(found.path.encode("utf-8", "surrogatepass")) % _FILES_A_TASK == 0:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def troubles(gathered: Sequence[Gathered]) -> pl.DataFrame:
    """Return what the readers of all sources noticed, one row a trouble."""
    from cableproof.validators.tables import TROUBLES

    rows = [
        (each.source.name, t.path, t.start, t.line, t.code, dict(t.facts))
        for each in gathered
        for t in each.troubles
    ]
    return pl.DataFrame(rows, schema=TROUBLES, orient="row")


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
