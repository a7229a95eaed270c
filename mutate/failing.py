"""A part of pytest that writes down which tests failed, or whole files: ``-p failing``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

WHERE = "FAILING_TESTS"  # the variable that names the file


class _Failing:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._tests: dict[str, None] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails, or cannot be begun or ended."""
        if report.failed:
            self._tests[report.nodeid] = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file of which no test can be run."""
        if report.failed:
            self._tests[report.nodeid] = None

    def pytest_unconfigure(self) -> None:
        """Write down what was noted."""
        self._file.write_text("".join(f"{test}\n" for test in self._tests), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Note in the process that hears of all tests."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Failing(Path(os.environ[WHERE])))
