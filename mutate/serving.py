"""Run tests in forks of a process that has imported all that they need, but for the project itself.

``python serving.py`` in a checkout first says which tests there are, a list in a line of JSON. For
each line that it then reads, ``{"tests": [...], "seconds": N}``, it says in another which test
failed, ``""`` where they could not be run or did not end, and ``null`` where none failed.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path.cwd()
_QUIET = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")
#: What the fork imported before pytest began has not its asserts explained.
_EARLY = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
_NO_TESTS = 5  # how pytest ends where none was chosen
_COLLECTED = 300  # seconds in which all tests must be found


class _Chosen:
    """Runs only some tests, file by file in the order of the first ones; notes what fails."""

    def __init__(self, tests: Sequence[str]) -> None:
        files = {_file(test): None for test in tests}
        ranks = {file: at for at, file in enumerate(files)}
        self._order = {test: (ranks[_file(test)], at) for at, test in enumerate(tests)}
        self.files = [*files]
        self.failed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave only what is chosen: a change may have made that some tests are not there."""
        there = (item for item in items if item.nodeid in self._order)
        items[:] = sorted(there, key=lambda item: self._order[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the test that fails."""
        if report.failed:
            self.failed = self.failed or report.nodeid


class _Collected:
    """Notes what tests there are."""

    tests: Sequence[str] = ()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note all that were collected."""
        self.tests = [item.nodeid for item in session.items]


def _file(test: str) -> str:
    return test.partition("::")[0]


def _forked(answer: Callable[[], object], seconds: float) -> Any:
    """Return what a fork of this process says, nothing but ``""`` if it ends before or is late."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(json.dumps(answer()).encode() + b"\n")
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        line = pipe.readline() if select.select([pipe], [], [], seconds)[0] else b""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(line) if line else ""


def _tests_and_modules() -> tuple[Sequence[str], list[str]]:
    """Return the tests that there are, and what they import that is not of the checkout."""
    found = _Collected()
    pytest.main([*_QUIET, "-p", "no:syrupy", "--collect-only"], plugins=[found])
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    others = [name for name, file in files.items() if file and not _is_ours(file)]
    return found.tests, others


def _is_ours(file: str) -> bool:
    return Path(file).resolve().is_relative_to(_ROOT.resolve())


def _failed(tests: Sequence[str]) -> str | None:
    """Return the first of some tests that fails, nothing where they pass or none is there."""
    chosen = _Chosen(tests)
    ended = pytest.main([*_QUIET, *_EARLY, "-x", *chosen.files], plugins=[chosen])
    return None if ended in (0, _NO_TESTS) else chosen.failed


def main() -> None:
    """Answer until nobody asks any more."""
    sys.path.insert(0, str(_ROOT))
    tests, modules = _forked(_tests_and_modules, _COLLECTED)
    for name in modules:
        with contextlib.suppress(Exception):  # what cannot be imported by itself is by the tests
            importlib.import_module(name)
    gc.freeze()  # what forks do not touch they share
    print(json.dumps(tests), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        said = _forked(partial(_failed, asked["tests"]), asked["seconds"])
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
