"""Try mutants in copies of the checkout, each by tests that look at what it changes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from queue import Queue

from failing import WHERE
from mutants import Mutant, changed

_FAILED, _NO_TESTS = 1, 5  # how pytest ends where a test failed, and where none was chosen
_GRACE = 60  # seconds beside those that the tests take on what is not changed
_SLOWER = 3  # times, by which tests of what is changed may be
_LEFT_OUT = (".git", "*.pyc", "__pycache__", "site", "build", ".hypothesis", ".mypy_cache")


@dataclass(frozen=True)
class Trial:
    """A mutant, and the tests that may notice it, each with the seconds that it takes."""

    module: str
    mutant: Mutant
    tests: Mapping[str, float]

    def touches(self, other: Trial) -> bool:
        """Tell whether two mutants change the same place, so that both cannot be."""
        one, two = self.mutant, other.mutant
        return self.module == other.module and one.start < two.end and two.start < one.end

    def within(self, seconds: float) -> Trial:
        """Return the trial by the first of its tests alone, as many as take so long."""
        ends = zip(self.tests, accumulate(self.tests.values()), strict=True)
        return self.by({test for test, end in ends if end <= seconds})

    def by(self, tests: set[str]) -> Trial:
        """Return the trial by these of its tests alone, or by those of whole files."""
        known = self.tests.items()
        wanted = {t: seconds for t, seconds in known if {t, t.partition("::")[0]} & tests}
        return replace(self, tests=wanted)


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


def pytest(*words: str) -> list[str]:
    """Return the command that runs tests and leaves nothing."""
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]


def tried(trials: Iterable[Trial], copies: Iterable[Path]) -> Iterator[tuple[Trial, bool]]:
    """Yield each trial, and whether a test noticed its mutant, in their order."""
    free: Queue[Path] = Queue()
    for copy in copies:
        free.put(copy)

    def noticed(trial: Trial) -> bool:
        copy = free.get()
        try:
            with _in_place(copy, [trial]):
                return bool(trial.tests) and _ended(copy, trial) not in (0, _NO_TESTS)
        finally:
            free.put(copy)

    known = [*trials]
    with ThreadPoolExecutor(free.qsize()) as threads:
        yield from zip(known, threads.map(noticed, known), strict=True)


def collected(copy: Path) -> set[str]:
    """Return the tests that a copy has: since they were watched some may have gone."""
    command = pytest("--collect-only", "-p", "no:syrupy")  # which fails as no snapshot is used
    listed = subprocess.run(
        command, cwd=copy, env=environment(copy), capture_output=True, check=True, text=True
    )
    return {line for line in listed.stdout.splitlines() if "::" in line}


def suspected(trials: Sequence[Trial], copy: Path, jobs: int) -> set[str] | None:
    """Return the tests that fail where several mutants, none in the place of another, are there.

    There are none to tell where with these mutants no tests can be run, or do not end.
    """
    told, listed = copy.parent / "failing.txt", copy.parent / "tests.txt"
    tests = {test: seconds for trial in trials for test, seconds in trial.tests.items()}
    listed.write_text("".join(f"{test}\n" for test in sorted(tests)), "utf-8")
    longest = _SLOWER * sum(tests.values()) / jobs + _GRACE
    whatever = "--continue-on-collection-errors"
    command = pytest(
        "-p", "failing", whatever, "-n", str(jobs), "--dist", "worksteal", f"@{listed}"
    )
    known = environment(copy, "mutate") | {WHERE: f"{told}"}
    with _in_place(copy, trials):
        ended = _status(command, copy, known, longest)
    return {*told.read_text("utf-8").splitlines()} if ended in (0, _FAILED) else None


@contextlib.contextmanager
def _in_place(copy: Path, trials: Iterable[Trial]) -> Iterator[None]:
    """Let a copy have some mutants, as long as it is asked."""
    by_module: defaultdict[str, list[Mutant]] = defaultdict(list)
    for trial in trials:
        by_module[trial.module].append(trial.mutant)
    whole = {name: (copy / name).read_text("utf-8") for name in by_module}
    try:
        for name, some in by_module.items():
            (copy / name).write_text(changed(whole[name], some), "utf-8")
        yield
    finally:
        for name, source in whole.items():
            (copy / name).write_text(source, "utf-8")


def _ended(copy: Path, trial: Trial) -> int | None:
    """Return how the tests of a trial ended; none if they did not."""
    longest = _SLOWER * sum(trial.tests.values()) + _GRACE
    return _status(pytest("-x", *trial.tests), copy, environment(copy), longest)


def _status(
    command: Sequence[str], copy: Path, known: Mapping[str, str], longest: float
) -> int | None:
    """Return how a command ended; none if it took longer. What it left behind is ended."""
    process = subprocess.Popen(
        command,
        cwd=copy,
        env=known,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return process.wait(longest)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
