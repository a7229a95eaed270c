"""Change patterns and tables one by one, and count how many changes the tests notice.

``patterns.py [--share PERCENT] [--jobs N] MODULE...``; a mutant is killed if a test fails on it, or
if it cannot even be imported. Each is tried in a copy of the checkout, never in place.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Queue

from mutants import Mutant, mutants

ROOT = Path(__file__).parents[1]
#: Tests by the beginning of the module whose patterns they look at; the fastest first.
TESTS = {
    "validators/collation": (
        "test_alignment",
        "test_collation",
        "test_alike",
        "test_compare",
        "test_settling",
        "test_history",
    ),
    "validators/audit": ("test_fidelity", "test_attribution", "test_cli_audit"),
    "validators/telegram": (
        "test_rules",
        "test_numbering",
        "test_ends",
        "test_coverings",
        "test_doubtful_marks",
        "test_claims",
        "test_innocent",
    ),
    "validators": ("test_rules", "test_claims", "test_innocent", "test_identifiers", "test_swaps"),
    "sources/archives": ("test_archives", "test_fuzzed"),
    "sources": ("test_recognise", "test_readers", "test_bad_input", "test_slots", "test_places"),
}
_CODE = re.compile(r'code="([A-Z]{3}[0-9]{3})"')


def tests_of(module: str) -> list[list[str]]:
    """Return the calls of pytest that look at a module, the fastest first."""
    beginning = next(each for each in TESTS if module.startswith(each))
    files = [f"tests/{name}.py" for name in TESTS[beginning]]
    there = [file for file in files if (ROOT / file).is_file()]
    codes = " or ".join(_CODE.findall((ROOT / module).read_text("utf-8")))
    return ([["tests/test_rules.py", "-k", codes]] if codes else []) + [[file] for file in there]


def copies(number: int, room: Path) -> Iterator[Path]:
    """Yield copies of the checkout, in which mutants are tried."""
    for each in range(number):
        copy = room / str(each)
        ignored = shutil.ignore_patterns(".git", "*.pyc", "__pycache__", "site", "build")
        shutil.copytree(ROOT, copy, symlinks=True, ignore=ignored)
        yield copy


def killed(copy: Path, module: str, mutant: Mutant) -> bool:
    """Tell whether a test notices a mutant."""
    file = copy / module
    whole = file.read_text("utf-8")
    file.write_text(mutant.source, "utf-8")
    try:
        return any(_fails(copy, call) for call in tests_of(module))
    finally:
        file.write_text(whole, "utf-8")


def _fails(copy: Path, call: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *call]
    known = {
        "PYTHONPATH": f"{copy / 'src'}",
        "POLARS_MAX_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        command, cwd=copy, env=dict(os.environ) | known, capture_output=True, check=False
    )
    return done.returncode not in (0, 5)  # 5: no test was chosen


class Rooms:
    """Copies of the checkout, each of which one mutant at a time is tried in."""

    def __init__(self, room: Path, number: int) -> None:
        self.free: Queue[Path] = Queue()
        for copy in copies(number, room):
            self.free.put(copy)

    def killed(self, module: str, mutant: Mutant) -> bool:
        """Tell whether a test notices a mutant."""
        copy = self.free.get()
        try:
            return killed(copy, module, mutant)
        finally:
            self.free.put(copy)


def chosen(module: str, share: float) -> tuple[list[Mutant], int]:
    """Return some mutants of a module, the same each time, and how many there are."""
    made = list(mutants((ROOT / module).read_text("utf-8")))
    number = round(len(made) * share / 100) or min(1, len(made))
    return random.Random(module).sample(made, number), len(made)


def main() -> int:
    """Print for each module how many mutants were killed, and those that were not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--share", type=float, default=100.0, help="per cent of all, by chance")
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("modules", nargs="+")
    said = asked.parse_args()
    tried = ended = 0
    print("| module | mutants | tried | killed |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as room, ThreadPoolExecutor(said.jobs) as threads:
        rooms = Rooms(Path(room), said.jobs)
        for module in said.modules:
            some, number = chosen(module, said.share)
            ends = list(threads.map(partial(rooms.killed, module), some))
            tried, ended = tried + len(some), ended + sum(ends)
            print(f"| {module} | {number} | {len(some)} | {sum(ends)} |", flush=True)
            for mutant, end in zip(some, ends, strict=True):
                if not end:
                    told = f"survived: {module}:{mutant.line}: {mutant.what}"
                    print(told, file=sys.stderr, flush=True)
    print(f"killed: {ended} of {tried}, {100 * ended / max(tried, 1):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
