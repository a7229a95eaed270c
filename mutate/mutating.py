"""Change patterns, tables and conditions one by one, and count how many changes the tests notice.

``mutating.py [--share PERCENT] [--jobs N] [--seconds N] MODULE...``; a mutant is killed if a test fails
on it, if it cannot be imported, or if it does not end. Each is tried in a copy of the checkout,
never in place, by the tests that run the lines that it reaches: the first run finds these out,
and keeps them in ``build/mutate``.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mutants import Mutant, mutants
from trying import Trial, copied, environment, tried
from watching import FOLDER
from witnesses import Witnesses

ROOT = Path(__file__).parents[1]


def watch(room: Path, jobs: int) -> None:
    """Run the tests in a copy, and keep which of them passed, and which lines each ran."""
    copy = copied(ROOT, room / "watched" / "main")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "watching", "-n", str(jobs)]
    subprocess.run(command, cwd=copy, env=environment(copy, "mutate"), check=False)
    FOLDER.parent.mkdir(exist_ok=True)
    (copy / FOLDER.relative_to(ROOT)).rename(FOLDER)


def chosen(module: str, share: float) -> list[Mutant]:
    """Return some mutants of a module, the same each time."""
    made = list(mutants((ROOT / module).read_text("utf-8")))
    number = round(len(made) * share / 100) or min(1, len(made))
    return random.Random(module).sample(made, number)


def trials(modules: list[str], share: float, seconds: float) -> Iterator[Trial]:
    """Yield what is to be tried, module by module."""
    witnesses = Witnesses(FOLDER, ROOT)
    for module in modules:
        for mutant in chosen(module, share):
            yield Trial(module, mutant, *witnesses.of(module, mutant.line, seconds))


def main() -> int:
    """Print for each module how many mutants were killed, and each that was not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--share", type=float, default=100.0, help="per cent of all, by chance")
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--seconds", type=float, default=60.0, help="of tests for a mutant")
    asked.add_argument("modules", nargs="+")
    said = asked.parse_args()
    tries, kills = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as room:
        if not FOLDER.is_dir():
            watch(Path(room), said.jobs)
        copies = [copied(ROOT, Path(room, str(each), "main")) for each in range(said.jobs)]
        for trial, killed in tried(trials(said.modules, said.share, said.seconds), copies):
            tries[trial.module] += 1
            kills[trial.module] += killed
            if not killed:
                told = f"{trial.module}:{trial.mutant.line}: {trial.mutant.what}"
                print(f"survived {len(trial.tests)} tests: {told}", file=sys.stderr, flush=True)
    print("| module | tried | killed |\n| --- | ---: | ---: |")
    for module in said.modules:
        print(f"| {module} | {tries[module]} | {kills[module]} |")
    share = 100 * kills.total() / max(tries.total(), 1)
    print(f"killed: {kills.total()} of {tries.total()}, {share:.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
