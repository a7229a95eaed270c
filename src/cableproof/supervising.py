"""Processes that read, watched: one that dies, hangs or eats memory costs what it read, not the run.

A parser of pages or archives is code that hostile bytes may break. It runs in a process of its own
with a limit of time for each step and one of memory. What a process was at when it ended is done
again in smaller parts, down to the one record that ends it; that is told as damaged.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from cableproof.errors import CableproofError
from cableproof.sources.beats import MEASURING, beating
from cableproof.sources.limits import Limits

_LOOK = 0.25  # seconds between looks at how much memory the processes have
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
Work = Callable[[Any], Any]


@dataclass(frozen=True)
class Failure:
    """That a process ended at some work: at which step, and why."""

    step: int
    reason: str


@dataclass
class _Worker:
    """A process, and what it is at."""

    process: BaseProcess
    pipe: Connection
    work: Any = None
    step: int = MEASURING
    since: float = field(default_factory=time.monotonic)


class Supervisor:
    """Some processes that do work handed to them, each begun anew when it has ended."""

    def __init__(
        self,
        context: BaseContext,
        jobs: int,
        limits: Limits,
        begin: Callable[..., None],
        arguments: tuple[Any, ...],
    ) -> None:
        self.context, self.limits = context, limits
        self.begin, self.arguments = begin, arguments
        self.workers = [self._started() for _ in range(jobs)]

    def _started(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        target = (theirs, self.begin, self.arguments)
        process = self.context.Process(target=_serve, args=target, daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def done(
        self, function: Work, work: Sequence[Any]
    ) -> Iterator[tuple[Any, Any | Failure, Callable[[Any], None]]]:
        """Yield each piece of work with what came of it, in whatever order, and a way to add more.

        What a process raised itself is raised here.
        """
        waiting = deque(work)
        while True:
            for worker in self.workers:
                if worker.work is None and waiting:
                    self._give(worker, function, waiting.popleft())
            busy = [worker for worker in self.workers if worker.work is not None]
            if not busy:
                return
            for each, came in self._finished(busy):
                yield each, came, waiting.appendleft

    def _give(self, worker: _Worker, function: Work, work: Any) -> None:
        worker.work, worker.step, worker.since = work, MEASURING, time.monotonic()
        try:
            worker.pipe.send((function, work))
        except OSError:  # it ended while it had nothing to do
            self._replace(worker)
            worker.pipe.send((function, work))

    def _finished(self, busy: list[_Worker]) -> Iterator[tuple[Any, Any | Failure]]:
        """Yield what came of work whose processes have said something, ended, or gone too far."""
        said = wait([worker.pipe for worker in busy], _LOOK)
        for worker in busy:
            heard = self._heard(worker) if worker.pipe in said else None
            if heard is None:
                reason = self._too_far(worker)
                heard = ("failed", reason) if reason else None
            if heard is None:
                continue
            work, step, (how, what) = worker.work, worker.step, heard
            worker.work = None
            if isinstance(what, CableproofError):
                raise what
            if how == "failed":
                self._replace(worker)
                yield work, Failure(step, what)
            else:
                yield work, what

    def _heard(self, worker: _Worker) -> tuple[str, Any] | None:
        """Return what a process made or how it failed, or nothing where it only took a step."""
        try:
            while worker.pipe.poll():
                how, what = worker.pipe.recv()
                if how != "step":
                    return how, what
                worker.since = time.monotonic()
                worker.step = worker.step if what is None else what
        except (EOFError, OSError):
            worker.process.join(1)
            return "failed", _ending(worker.process.exitcode)
        return None

    def _too_far(self, worker: _Worker) -> str:
        """Return which limit a process has gone over, or nothing."""
        if time.monotonic() - worker.since > self.limits.seconds:
            return f"reading it took longer than the limit of {self.limits.seconds:,} seconds"
        if _memory(worker.process.pid) > self.limits.memory:
            return f"reading it took more memory than the limit of {self.limits.memory:,} bytes"
        return ""

    def _replace(self, worker: _Worker) -> None:
        """Begin a process in the place of one that has ended, or that must."""
        _kill(worker)
        fresh = self._started()
        worker.process, worker.pipe = fresh.process, fresh.pipe

    def close(self) -> None:
        """End all processes at once, whatever they are at."""
        for worker in self.workers:
            _kill(worker)


def _kill(worker: _Worker) -> None:
    worker.process.kill()
    worker.pipe.close()
    worker.process.join()
    worker.process.close()


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in list(signal.Signals) else str(-code)
        return f"the process that read it was ended by {name}"
    return "the process that read it ended by itself"


def _memory(process: int | None) -> int:
    """Return how many bytes of memory a process has; 0 where the system does not say."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    return 0


def _serve(pipe: Connection, begin: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Do what is asked through a pipe, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks ends it
    gc.disable()  # the objects of a block are in no cycles; the collector would walk over each
    begin(*arguments)
    while True:
        try:
            function, work = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            with beating(lambda step: pipe.send(("step", step))):
                answer = ("made", function(work))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told and not the end
            answer = _told(error)
        try:
            pipe.send(answer)
        except OSError:
            return


def _told(error: Exception) -> tuple[str, Any]:
    """Return what a process says of an error: our own as it is, of others no word of content."""
    if isinstance(error, CableproofError):
        return "raised", error
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    at = f" at {Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else ""
    return "failed", f"the reader failed on it: {type(error).__name__}{at}"
