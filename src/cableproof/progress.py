"""How far a run is: a bar on a terminal, a line every ten seconds elsewhere."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from cableproof.signals import Stopped

Progress = Callable[[int, int], None]  # of the bytes read so far and in all
_EVERY = 10.0  # seconds between lines where there is no terminal


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """Yield a function that takes the bytes read so far and in all."""
    if quiet:
        yield lambda done, total: None
    elif sys.stderr.isatty():
        yield from _bar()
    else:
        yield _lines()


@contextlib.contextmanager
def so_far(kept: bool) -> Iterator[Callable[[Progress], Progress]]:
    """Say on an interruption how far the run was; ``kept`` tells whether the next goes on there."""
    read = (0, 0)

    def told(advance: Progress) -> Progress:
        def noted(done: int, total: int) -> None:
            nonlocal read
            read = (done, total)
            advance(done, total)

        return noted

    try:
        yield told
    except Stopped as stop:
        stop.add_note(f"{read[0]:,} of {read[1]:,} bytes were read")
        stop.add_note("what was found is kept for the next run" if kept else "nothing was kept")
        stop.add_note("no report was written")
        raise


def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True, force_interactive=True)
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines() -> Progress:
    last = time.monotonic()

    def advance(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            print(f"read {done:,} of {total:,} bytes", file=sys.stderr, flush=True)

    return advance
