"""A part of pytest that writes down which test runs which lines of the project, and for how long.

``python -m pytest -p watching -n 2`` with this folder on the path; `witnesses.py` reads what it
writes, and what was written before: tests that are new are watched by themselves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path
from time import perf_counter

import pytest
from coverage import Coverage

FOLDER = Path(__file__).parents[1] / "build" / "mutate"


class _Watching:
    """Lines by test, with what a fixture runs for the test that asks for it first."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.times: dict[str, float] = {}
        self._failed: set[str] = set()
        self._said = folder / f"times.{worker}.json"
        self._cover = Coverage(
            data_file=folder / f"lines.{worker}",
            source_pkgs=["cableproof"],
            config_file=False,
            branch=False,
        )
        self._cover.set_option("run:relative_files", True)
        unmeasured = ["module-not-measured", "no-data-collected"]  # where few tests are watched
        self._cover.set_option("run:disable_warnings", unmeasured)
        self._cover.erase()
        self._cover.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Lay what is run until the test has ended to its account."""
        self._cover.switch_context(item.nodeid)
        start = perf_counter()
        try:
            return (yield)
        finally:
            self._cover.switch_context("")
            if item.nodeid not in self._failed:
                self.times[item.nodeid] = perf_counter() - start

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Pass over what does not pass."""
        if not report.passed:
            self._failed.add(report.nodeid)

    def pytest_unconfigure(self) -> None:
        """Write down what was seen."""
        self._cover.stop()
        self._cover.save()
        self._said.write_text(json.dumps(self.times), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Watch in each process that runs tests, not in the one that only hands them out."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        FOLDER.mkdir(parents=True, exist_ok=True)
        config.pluginmanager.register(
            _Watching(FOLDER, f"{os.environ.get('PYTEST_XDIST_WORKER', '')}.{os.getpid()}")
        )
