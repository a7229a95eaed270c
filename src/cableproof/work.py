"""Files to evidence, in this process or in several: what every worker does."""

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace

import polars as pl

from cableproof.sources.limits import Limits
from cableproof.sources.places import Reading, Trouble
from cableproof.sources.reading import Piece, Seen, digest_of, read_piece, read_small
from cableproof.sources.walk import Found
from cableproof.validators.evidence import measured

_TOGETHER = 1000  # records that are measured together, at the least
_ENOUGH = 8 << 20  # bytes of text that are, too
_WORTH_A_POOL = 24 << 20  # bytes of input from which several processes pay


@dataclass(frozen=True)
class Task:
    """What one worker is asked for at once: some small files, a piece, or a digest."""

    number: int
    small: tuple[Found, ...] = ()
    piece: Piece | None = None
    digest: Found | None = None

    @property
    def size(self) -> int:
        """Return how many bytes the task reads, for the progress bar."""
        if self.piece is not None:
            return self.piece.end - self.piece.start
        return sum(found.size for found in self.small)


@dataclass(frozen=True)
class Done:
    """What a worker hands back: evidence, troubles, and what the files are; no text."""

    task: Task
    evidence: pl.DataFrame
    troubles: tuple[Trouble, ...]
    seen: tuple[Seen, ...] = ()
    lines: int = 0  # line ends in the piece
    digest: str = ""

    def moved(self, lines: int) -> "Done":
        """Return the same with ``lines`` more line ends before it in the file."""
        if not lines:
            return self
        down = [t if t.line is None else replace(t, line=t.line + lines) for t in self.troubles]
        evidence = self.evidence
        if len(evidence):
            evidence = evidence.with_columns(pl.col("line") + lines)
        return replace(self, evidence=evidence, troubles=tuple(down))


def done(task: Task, limits: Limits) -> Done:
    """Do a task."""
    if task.digest is not None:
        return Done(task, pl.DataFrame(), (), digest=digest_of(task.digest.file))
    seen: list[Seen] = []
    parts = Parts()
    if task.piece is not None:
        for reading in read_piece(task.piece, limits):
            parts.add(task.piece.found.path, task.piece.kind, reading)
        return parts.done(task, seen)
    for found in task.small:
        what, readings = read_small(found, limits)
        seen.append(what)
        for reading in readings:
            parts.add(found.path, what.kind, reading)
    return parts.done(task, seen)


class Parts:
    """Readings of one task; small ones are gathered, so that they are measured together."""

    def __init__(self) -> None:
        self.measured: list[pl.DataFrame] = []
        self.waiting: list[pl.DataFrame] = []
        self.troubles: list[Trouble] = []
        self.lines = 0

    def add(self, path: str, kind: str, reading: Reading) -> None:
        """Take a reading of the file at ``path``."""
        self.troubles += reading.troubles
        self.lines += reading.lines
        if len(reading.records):
            where = (pl.lit(path).alias("path"), pl.lit(kind).alias("kind"))
            self.waiting.append(reading.records.with_columns(where))
            size = sum(int(part["body"].str.len_bytes().sum()) for part in self.waiting)
            if sum(map(len, self.waiting)) >= _TOGETHER or size >= _ENOUGH:
                self.measure()

    def measure(self) -> None:
        """Turn the records that wait into evidence, and let their texts go."""
        if self.waiting:
            self.measured.append(measured(pl.concat(self.waiting)))
            self.waiting.clear()

    def done(self, task: Task, seen: list[Seen]) -> Done:
        """Return all that was taken."""
        self.measure()
        evidence = pl.concat(self.measured) if self.measured else pl.DataFrame()
        return Done(task, evidence, tuple(self.troubles), tuple(seen), self.lines)


def performed(
    tasks: list[Task], limits: Limits, jobs: int, progress: Callable[[int], None]
) -> Iterator[Done]:
    """Yield what the tasks hand back, in their order; call ``progress`` with bytes read."""
    if jobs < 2 or sum(task.size for task in tasks) < _WORTH_A_POOL:
        for task in tasks:
            progress(task.size)
            yield done(task, limits)
        return
    with _pool(jobs) as pool:
        yield from _in_order(pool, tasks, limits, progress)


def _in_order(
    pool: Executor, tasks: Iterable[Task], limits: Limits, progress: Callable[[int], None]
) -> Iterator[Done]:
    """Yield results in the order of the tasks, whatever the order in which they are ready."""
    running: dict[Future[Done], Task] = {pool.submit(done, task, limits): task for task in tasks}
    ready: dict[int, Done] = {}
    expected = 0
    for future in as_completed(running):
        result = future.result()
        progress(result.task.size)
        ready[result.task.number] = result
        while expected in ready:
            yield ready.pop(expected)
            expected += 1


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[Executor]:
    """Yield a pool of processes that import the readers once and use one thread each."""
    threads = os.environ.get("POLARS_MAX_THREADS")
    os.environ["POLARS_MAX_THREADS"] = "1"
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["cableproof.work"])
    pool = ProcessPoolExecutor(jobs, mp_context=context)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        if threads is None:
            del os.environ["POLARS_MAX_THREADS"]
        else:
            os.environ["POLARS_MAX_THREADS"] = threads
