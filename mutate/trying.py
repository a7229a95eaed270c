"""Try mutants in copies of the checkout, each by tests that look at what it changes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.util import cache_from_source
from pathlib import Path
from queue import Queue
from typing import Any

from mutants import Mutant, changed

_GRACE = 30  # seconds beside those that the tests take on what is not changed
_SLOWER = 3  # times, by which tests of what is changed may be
_LEFT_OUT = (".git", "*.pyc", "__pycache__", "site", "build", ".hypothesis", ".mypy_cache")


@dataclass(frozen=True)
class Trial:
    """A mutant, and the tests that may notice it, each with the seconds that it takes."""

    module: str
    mutant: Mutant
    tests: Mapping[str, float]

    def within(self, seconds: float, first: Mapping[str, None]) -> Trial:
        """Return the trial by some ``first`` of its tests, and by others for which time is left."""
        chosen: dict[str, float] = {}
        for test in [*(test for test in first if test in self.tests), *self.tests]:
            if test not in chosen and self.tests[test] <= seconds:
                chosen[test] = self.tests[test]
                seconds -= chosen[test]
        return replace(self, tests=chosen)

    def among(self, there: set[str]) -> Trial:
        """Return the trial by those of its tests that are still there."""
        tests = {test: seconds for test, seconds in self.tests.items() if test in there}
        return replace(self, tests=tests)

    def __str__(self) -> str:
        mutant = self.mutant
        return f"{self.module}:{mutant.line}: {mutant.within}: {mutant.what}"


class Room:
    """A copy of the checkout, and a process that runs its tests."""

    def __init__(self, root: Path, copy: Path) -> None:
        self._copy = copied(root, copy)
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("serving.py")],
            cwd=copy,
            env=environment(copy),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.tests: set[str] = set(self._said())
        self._sound: set[str] = set()  # that are known to pass on what is not changed

    def noticed_by(self, trial: Trial) -> str | None:
        """Return the test that fails with a mutant, and not without it.

        It is ``""`` where the tests cannot be run, or do not end, with the mutant.
        """
        failed = self._failed(trial)
        while failed is not None:
            suspects = {failed} if failed else {*trial.tests}
            if suspects <= self._sound or self._failed(trial.among(suspects), whole=True) is None:
                self._sound |= suspects
                return failed
            trial = trial.among({*trial.tests} - suspects)
            failed = self._failed(trial)
        return None

    def _failed(self, trial: Trial, *, whole: bool = False) -> str | None:
        """Return the first test that fails with a mutant, or with the ``whole`` module as it is."""
        if not trial.tests:
            return None
        longest = _SLOWER * sum(trial.tests.values()) + _GRACE
        asked = {"tests": [*trial.tests], "seconds": longest}
        with contextlib.nullcontext() if whole else _in_place(self._copy, trial):
            print(json.dumps(asked), file=self._process.stdin, flush=True)
            failed: str | None = self._said()
        return failed

    def _said(self) -> Any:
        return json.loads(self._process.stdout.readline())  # type: ignore[union-attr]

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


@contextlib.contextmanager
def rooms(root: Path, folder: Path, number: int) -> Iterator[Sequence[Room]]:
    """Yield so many rooms, each in a folder of its own."""
    with ThreadPoolExecutor(number) as threads:
        copies = [folder / str(each) / "main" for each in range(number)]
        made = [*threads.map(lambda copy: Room(root, copy), copies)]
    try:
        yield made
    finally:
        for each in made:
            each.close()


def copied(root: Path, copy: Path) -> Path:
    """Make a copy of a checkout, in which mutants are tried, and return where it is."""
    ignored = shutil.ignore_patterns(*_LEFT_OUT)
    shutil.copytree(root, copy, symlinks=True, ignore=ignored)
    return copy


def environment(copy: Path, *folders: str) -> dict[str, str]:
    """Return the environment in which the tests of a copy look at that copy."""
    path = os.pathsep.join(f"{copy / each}" for each in ("src", *folders))
    return dict(os.environ) | {"PYTHONPATH": path, "POLARS_MAX_THREADS": "1"}


def tried(
    trials: Sequence[Trial], made: Sequence[Room], seconds: float
) -> Iterator[tuple[Trial, bool]]:
    """Yield each trial, and whether a test noticed its mutant, in their order.

    What noticed one of a module's is tried first on those that follow.
    """
    free: Queue[Room] = Queue()
    for room in made:
        free.put(room)
    first: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def noticed(trial: Trial) -> bool:
        room, known = free.get(), first[trial.module]
        try:
            failed = room.noticed_by(trial.within(seconds, {**known}))
        finally:
            free.put(room)
        if failed:
            known[failed] = None
        return failed is not None

    with ThreadPoolExecutor(len(made)) as threads:
        yield from zip(trials, threads.map(noticed, trials), strict=True)


@contextlib.contextmanager
def _in_place(copy: Path, trial: Trial) -> Iterator[None]:
    """Let a copy have a mutant, as long as it is asked."""
    file = copy / trial.module
    compiled = Path(cache_from_source(str(file)))  # which is told from another by seconds alone
    whole = file.read_text("utf-8")
    try:
        file.write_text(changed(whole, trial.mutant), "utf-8")
        compiled.unlink(missing_ok=True)
        yield
    finally:
        file.write_text(whole, "utf-8")
        compiled.unlink(missing_ok=True)
