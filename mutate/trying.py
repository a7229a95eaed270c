"""Try mutants in copies of the checkout, each by the tests that look at what it changes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from mutants import Mutant

_NO_TESTS = 5  # the status of pytest where no test was chosen
_GRACE = 60  # seconds beside those that the tests take on what is not changed
_SLOWER = 3  # times, by which tests of what is changed may be
_LEFT_OUT = (".git", "*.pyc", "__pycache__", "site", "build", ".hypothesis", ".mypy_cache")


@dataclass(frozen=True)
class Trial:
    """A mutant, the tests that may notice it, and the seconds that they take."""

    module: str
    mutant: Mutant
    tests: tuple[str, ...]
    seconds: float


def copied(root: Path, copy: Path) -> Path:
    """Make a copy of a checkout, in which mutants are tried, and return where it is."""
    ignored = shutil.ignore_patterns(*_LEFT_OUT)
    shutil.copytree(root, copy, symlinks=True, ignore=ignored)
    return copy


def environment(copy: Path, *folders: str) -> dict[str, str]:
    """Return the environment in which the tests of a copy look at that copy."""
    path = os.pathsep.join(f"{copy / each}" for each in ("src", *folders))
    known = {"PYTHONPATH": path, "POLARS_MAX_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return dict(os.environ) | known


def tried(trials: Iterable[Trial], copies: Iterable[Path]) -> Iterator[tuple[Trial, bool]]:
    """Yield each trial, and whether a test noticed its mutant."""
    free: Queue[Path] = Queue()
    for copy in copies:
        free.put(copy)

    def noticed(trial: Trial) -> bool:
        copy = free.get()
        try:
            return _noticed(copy, trial)
        finally:
            free.put(copy)

    known = [*trials]
    with ThreadPoolExecutor(free.qsize()) as threads:
        yield from zip(known, threads.map(noticed, known), strict=True)


def _noticed(copy: Path, trial: Trial) -> bool:
    """Tell whether a test fails on a mutant, or does not end."""
    file = copy / trial.module
    whole = file.read_text("utf-8")
    file.write_text(trial.mutant.source, "utf-8")
    try:
        return _status(copy, trial) not in (0, _NO_TESTS)
    finally:
        file.write_text(whole, "utf-8")


def _status(copy: Path, trial: Trial) -> int | None:
    """Return how the tests ended; none if they did not."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *trial.tests]
    tests = subprocess.Popen(
        command,
        cwd=copy,
        env=environment(copy),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return tests.wait(_SLOWER * trial.seconds + _GRACE)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(tests.pid, signal.SIGKILL)
        tests.wait()
