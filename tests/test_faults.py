"""The planted faults: every rule has enough of them, and the page that shows them is fresh."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cableproof.validators.catalogue import CATALOGUE

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "faults.md"
ENOUGH = 2
Faults = list[tuple[str, str]]


@pytest.fixture(scope="module")
def faults() -> Faults:
    listed = subprocess.run(
        [sys.executable, "faults/run.py", "--list"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "benchmarks"},
        capture_output=True,
        check=True,
        text=True,
    )
    pairs = [line.partition("\t") for line in listed.stdout.splitlines()]
    return [(code, phrase) for code, _, phrase in pairs]


def test_every_rule_has_at_least_two_planted_faults(faults: Faults) -> None:
    times = Counter(code for code, _ in faults)
    assert [code for code in CATALOGUE if times[code] < ENOUGH] == []


def test_every_planted_fault_is_of_a_rule_that_there_is(faults: Faults) -> None:
    assert {code for code, _ in faults} == set(CATALOGUE)


def test_no_planted_fault_has_the_name_of_another(faults: Faults) -> None:
    assert [name for name, times in Counter(faults).items() if times > 1] == []


def test_the_page_of_planted_faults_lists_them_all(faults: Faults) -> None:
    rows = re.findall(
        r"^\| ([A-Z]{3}\d{3}) \| \w+ \| (.+?) \|", PAGE.read_text("utf-8"), re.MULTILINE
    )
    assert rows == faults, "nox -s faults"
