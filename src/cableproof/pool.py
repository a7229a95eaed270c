"""The processes that read large inputs; cheap to import, so that they can start early."""

import contextlib
import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from multiprocessing.forkserver import ensure_running

from cableproof.caching.store import Store, in_use, use
from cableproof.schemas import vocab
from cableproof.sources.limits import Limits
from cableproof.supervising import Supervisor

WORTH = 32 << 20  # bytes of input from which several processes pay
_KEPT = str(256 << 20)  # bytes that a process keeps rather than ask for them with every block
#: One thread a process, since there are as many processes as processors.
_ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": _KEPT,
    "MALLOC_MMAP_THRESHOLD_": _KEPT,
}


def start_early(jobs: int, *modules: str) -> None:
    """Let the server of processes import the readers while this process does so itself.

    ``modules`` are what all processes will need beside these. Does nothing that cannot be left
    undone.
    """
    if jobs and _has_server():
        _context(*modules)
        with _for_workers():
            ensure_running()


def _has_server() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _context(*modules: str) -> BaseContext:
    if not _has_server():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cableproof.performing", "pyarrow.compute", *modules])
    return context


@contextlib.contextmanager
def _for_workers() -> Iterator[None]:
    """Set the environment in which the processes start, and put it back."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def begin(own: dict[str, str], kept: Store | None) -> None:
    """Make a process ready: the user's own tables, and no search for what is in cycles."""
    gc.disable()
    if own:
        vocab.install(own)
    use(kept)


@contextlib.contextmanager
def supervisor(jobs: int, limits: Limits) -> Iterator[Supervisor]:
    """Yield watched processes that have imported the readers once."""
    with _for_workers():
        arguments = (vocab.installed(), in_use())
        processes = Supervisor(_context(), jobs, limits, begin, arguments)
        try:
            yield processes
        finally:
            processes.close()


@contextlib.contextmanager
def pool(jobs: int) -> Iterator[Executor]:
    """Yield an executor of ``jobs`` processes that have imported the readers once."""
    with _for_workers():
        # The objects of a block are in no cycles; the collector would walk over each of them.
        executor = ProcessPoolExecutor(
            jobs, mp_context=_context(), initializer=begin, initargs=(vocab.installed(), in_use())
        )
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)
