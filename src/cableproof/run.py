"""A run: sources to evidence to findings, with every input accounted for."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

import polars as pl

from cableproof.errors import NameTakenTwice
from cableproof.finding import Severity
from cableproof.report import Books, Report, RuleBooks, SourceBooks
from cableproof.source import Source
from cableproof.sources.index_pages import TREE, frame
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.places import Trouble
from cableproof.sources.reading import Seen, look_at_large
from cableproof.sources.walk import Found, Skipped, walk
from cableproof.tool import tool
from cableproof.work import Done, Task, performed

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.validators.engine import Checked
    from cableproof.validators.rule import Rule

_FILES_A_TASK = 256


@dataclass
class Gathered:
    """What the tasks of one source brought together."""

    source: Source
    files: dict[str, Seen] = field(default_factory=dict)
    evidence: list[pl.DataFrame] = field(default_factory=list)
    listed: list[pl.DataFrame] = field(default_factory=list)  # by index pages
    troubles: list[Trouble] = field(default_factory=list)
    lines: Counter[str] = field(default_factory=Counter)  # read so far of each file in pieces
    seconds: tuple[float, float] = (0.0, 0.0)  # of all processes, for reading and for evidence

    def take(self, done: Done) -> None:
        """Take what a worker handed back; the pieces of a file come in their order."""
        if done.task.piece is not None:
            path = done.task.piece.found.path
            done = done.moved(self.lines[path])
            self.lines[path] += done.lines
        self.seconds = (self.seconds[0] + done.seconds[0], self.seconds[1] + done.seconds[1])
        self.troubles += done.troubles
        self.files |= {seen.path: seen for seen in done.seen}
        if len(done.evidence):
            self.evidence.append(done.evidence.with_columns(source=pl.lit(self.source.name)))
        if len(done.listed):
            self.listed.append(done.listed.with_columns(source=pl.lit(self.source.name)))
        if done.digest and done.task.digest is not None:
            path = done.task.digest.path
            self.files[path] = replace(self.files[path], digest=done.digest)


def run(
    sources: Sequence[Source],
    rules: Sequence[Rule],
    *,
    limits: Limits = DEFAULT,
    jobs: int = 1,
    digests: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Return the report on ``sources``: read, measure, check, account.

    Without ``digests`` large files are not digested, which takes a fifth of the time; such a
    report is to be shown and not to be kept.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        BooksDoNotBalance: an input was lost, which is our own fault.

    """
    names = Counter(source.name for source in sources)
    for name, times in names.items():
        if times > 1:
            raise NameTakenTwice(name)
    clock = _Clock()
    if jobs > 1:  # this process has little to do while others read
        Thread(target=import_module, args=("cableproof.validators.tables",), daemon=True).start()
    gathered = list(_gather(sources, limits, jobs, digests, progress))
    clock.lap("reading and evidence")
    from cableproof.validators.engine import check
    from cableproof.validators.parts import resolved
    from cableproof.validators.tables import tables

    evidence = _evidence(gathered)
    checked = check(rules, tables(evidence, _troubles(gathered), rules, _listed(gathered)))
    clock.lap("rules")
    report = Report(
        command="validate",
        sources=tuple(_books(each, evidence, checked.sheet) for each in gathered),
        rules=_rule_books(rules, checked),
        findings=checked.sheet,
        tool=tool({"rules": [rule.code for rule in rules], "limits": asdict(limits)}),
        citations=resolved(evidence),
        shares=clock.laps,
    )
    clock.lap("books")
    for number, name in enumerate(("reading", "evidence")):
        clock.laps[name] = sum(each.seconds[number] for each in gathered)
    return report


class _Clock:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name], self.last = now - self.last, now


def _gather(
    sources: Sequence[Source],
    limits: Limits,
    jobs: int,
    digests: bool,
    progress: Callable[[int, int], None],
) -> Iterator[Gathered]:
    plans = [_planned(source, limits, digests) for source in sources]
    total = sum(task.size for _, tasks in plans for task in tasks)
    read = 0

    def advance(size: int) -> None:
        nonlocal read
        read += size
        progress(read, total)

    for gathered, tasks in plans:
        for done in performed(tasks, limits, jobs, advance):
            gathered.take(done)
        yield gathered


def _planned(source: Source, limits: Limits, digests: bool) -> tuple[Gathered, list[Task]]:
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
            tasks += (Task(0, piece=piece) for piece in pieces)
            if pieces and digests:
                tasks.insert(0, Task(0, digest=entry))
    tasks += (Task(0, small=tuple(few)) for few in _few(small, limits))
    return gathered, [replace(task, number=n) for n, task in enumerate(tasks)]


def _few(files: list[Found], limits: Limits) -> Iterator[list[Found]]:
    """Yield files in lots that one worker reads at once."""
    lot: list[Found] = []
    size = 0
    for found in files:
        if lot and (len(lot) == _FILES_A_TASK or size + found.size > limits.range):
            yield lot
            lot, size = [], 0
        lot.append(found)
        size += found.size
    if lot:
        yield lot


def _evidence(gathered: Sequence[Gathered]) -> pl.DataFrame:
    """Return the evidence of all sources, one row a record, in the order of their places."""
    parts = [part for each in gathered for part in each.evidence]
    if not parts:
        from cableproof.sources.batches import empty
        from cableproof.validators.evidence import SAID_BY_LINES, measured

        nowhere = [pl.lit("").alias(name) for name in ("path", "kind", "source", "group")]
        return measured(empty().with_columns(nowhere)).drop(SAID_BY_LINES)
    tree = pl.col("path").str.extract(TREE)
    pages = pl.col("kind").str.ends_with("-page")
    place = pl.when(pages).then(tree.fill_null("")).otherwise(pl.col("path"))
    group = pl.concat_str("source", "kind", place, separator="\x1f")
    return pl.concat(parts).with_columns(group.cast(pl.Categorical).to_physical().alias("group"))


def _listed(gathered: Sequence[Gathered]) -> pl.DataFrame:
    """Return what the index pages of all sources list."""
    none = frame([]).with_columns(source=pl.lit(""))
    return pl.concat([none, *(part for each in gathered for part in each.listed)])


def _troubles(gathered: Sequence[Gathered]) -> pl.DataFrame:
    from cableproof.validators.tables import TROUBLES

    rows = [
        (each.source.name, t.path, t.start, t.line, t.code, dict(t.facts))
        for each in gathered
        for t in each.troubles
    ]
    return pl.DataFrame(rows, schema=TROUBLES, orient="row")


def _books(each: Gathered, evidence: pl.DataFrame, sheet: pd.DataFrame) -> SourceBooks:
    own = evidence.filter(pl.col("source") == each.source.name)
    skipped = Counter(seen.skipped for seen in each.files.values() if seen.skipped)
    unreadable = sum(trouble.lost for trouble in each.troubles)
    bad = (sheet["source"] == each.source.name) & (sheet["severity"] != Severity.NOTE.value)
    flagged = int(sheet.loc[bad, "record"].nunique())
    books = Books(
        inputs=len(own) + unreadable + skipped.total(),
        records=len(own),
        clean=len(own) - flagged,
        flagged=flagged,
        unreadable=unreadable,
        skipped=skipped.total(),
    )
    kinds = own.group_by("kind").len().sort("kind").rows()
    return SourceBooks(
        name=each.source.name,
        path=each.source.path.as_posix(),
        kinds=dict(kinds),
        skipped=dict(sorted(skipped.items())),
        files=len(each.files),
        bytes=sum(seen.size for seen in each.files.values()),
        digest=_digest(each),
        is_file=not each.source.path.is_dir(),
        books=books,
    )


def _digest(each: Gathered) -> str:
    """Return the digest of a source: a file's own, or that of a folder's list of digests."""
    digests = {path: seen.digest for path, seen in each.files.items() if seen.digest}
    if each.source.path.is_file():
        return "sha256:" + next(iter(digests.values()), "")
    lines = (f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    listed = hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass"))
    return "sha256:" + listed.hexdigest()


def _rule_books(rules: Sequence[Rule], checked: Checked) -> dict[str, RuleBooks]:
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
