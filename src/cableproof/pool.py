"""The processes that read large inputs; cheap to import, so that they can start early."""

import contextlib
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from multiprocessing.forkserver import ensure_running
from pathlib import Path

from cableproof.sources.walk import Found, walk

WORTH = 24 << 20  # bytes of input from which several processes pay
_THREADS = "POLARS_MAX_THREADS"  # of each process: one, since there are as many as processors


def start_early(paths: Iterable[Path], jobs: int) -> None:
    """Let the server of processes import the readers while this process does so itself.

    Does nothing where the input is small, and nothing that cannot be left undone.
    """
    if jobs > 1 and _is_large(paths) and _has_server():
        _context()
        with _one_thread_each():
            ensure_running()


def _is_large(paths: Iterable[Path]) -> bool:
    size = 0
    for path in paths:
        if not path.exists():
            return False
        for entry in walk(path):
            size += entry.size if isinstance(entry, Found) else 0
            if size >= WORTH:
                return True
    return False


def _has_server() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _context() -> BaseContext:
    if not _has_server():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cableproof.work"])
    return context


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[_THREADS]
        if before is not None:
            os.environ[_THREADS] = before


@contextlib.contextmanager
def pool(jobs: int) -> Iterator[Executor]:
    """Yield an executor of ``jobs`` processes that have imported the readers once."""
    with _one_thread_each():
        executor = ProcessPoolExecutor(jobs, mp_context=_context())
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)
