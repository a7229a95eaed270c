"""Change patterns, tables and conditions one by one, and count how many changes the tests notice.

``mutating.py [--share PERCENT] [--beyond PERCENT] [--jobs N] [--seconds N] [--new FILE] MODULE...``;
a mutant is killed if a test fails on it, if it cannot be imported, or if it does not end. Each is
tried in a copy of the checkout, never in place, by the tests that run the lines that it reaches, as
many as take so many seconds: the first run finds these out, and keeps them in ``build/mutate``.
Files of tests that are new since are named. What makes no difference is listed with the reason in
``equivalent.txt``.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from mutants import Mutant, mutants
from trying import Trial, copied, environment, rooms, tried
from watching import FOLDER
from witnesses import Witnesses

ROOT = Path(__file__).parents[1]
#: Lines of a module, a name, a change that makes no difference to what is done, and the reason.
EQUIVALENT = Path(__file__).with_name("equivalent.txt")


def watch(room: Path, jobs: int, tests: Sequence[str] = ()) -> None:
    """Run the tests in a copy, and keep which of them passed, and which lines each ran."""
    copy = copied(ROOT, room / "watched" / "main")
    words = ("-q", "-p", "no:cacheprovider", "-p", "watching", "--dist", "worksteal")
    command = [sys.executable, "-m", "pytest", *words, "-n", str(jobs), *tests]
    subprocess.run(command, cwd=copy, env=environment(copy, "mutate"), check=False)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in (copy / FOLDER.relative_to(ROOT)).iterdir():
        shutil.move(file, FOLDER / file.name)


def equivalent() -> set[tuple[str, str, str]]:
    """Return the modules, names and changes that are listed as equivalent.

    Raises:
        SystemExit: one is no change that can be made.

    """
    lines = (line.split("\t") for line in EQUIVALENT.read_text("utf-8").splitlines())
    listed = {(module, within, what) for module, within, what, _ in lines}
    made = {module: mutants((ROOT / module).read_text("utf-8")) for module, _, _ in listed}
    known = {(module, each.within, each.what) for module, some in made.items() for each in some}
    for unknown in sorted(listed - known):
        raise SystemExit(f"{EQUIVALENT.name} lists what is no change: {': '.join(unknown)}")
    return listed


def chosen(
    module: str, shares: tuple[float, float], left_out: set[tuple[str, str, str]]
) -> list[Mutant]:
    """Return mutants of a module, from one per cent to another of them in an order made by chance.

    It is the same each time; two of one place stand far from each other.
    """
    every = mutants((ROOT / module).read_text("utf-8"))
    made = [each for each in every if (module, each.within, each.what) not in left_out]
    mixed = random.Random(module).sample(made, len(made))
    firsts = {mutant.start: mutant for mutant in mixed}
    order = [*firsts.values(), *(each for each in mixed if each not in firsts.values())]
    begin, end = (round(len(made) * share / 100) for share in shares)
    return order[begin:end] or order[: not shares[0]]  # one at least, of those that come first


def trials(modules: Iterable[str], shares: tuple[float, float]) -> list[Trial]:
    """Return what is to be tried, module by module."""
    witnesses, left_out = Witnesses(FOLDER, ROOT), equivalent()
    return [
        Trial(module, mutant, witnesses.of(module, mutant.line))
        for module in modules
        for mutant in chosen(module, shares, left_out)
    ]


def main() -> int:
    """Print for each module how many mutants were killed, and each that was not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--share", type=float, default=100.0, help="per cent of all, by chance")
    asked.add_argument("--beyond", type=float, default=0.0, help="per cent that are passed over")
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--seconds", type=float, default=10.0, help="of tests for each")
    asked.add_argument("--new", action="append", default=[], help="a file of tests to be watched")
    asked.add_argument("modules", nargs="+")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as room:
        if said.new or not FOLDER.is_dir():
            watch(Path(room), said.jobs, said.new)
        lived = []
        with rooms(ROOT, Path(room), said.jobs) as made:
            shares = said.beyond, said.beyond + said.share
            known = [trial.among(made[0].tests) for trial in trials(said.modules, shares)]
            for trial, noticed in tried(known, made, said.seconds):
                if not noticed:
                    print(f"lives: {trial}", flush=True)
                    lived.append(trial)
    tries, lives = (Counter(trial.module for trial in some) for some in (known, lived))
    print("| module | tried | killed |\n| --- | ---: | ---: |")
    for module in said.modules:
        print(f"| {module} | {tries[module]} | {tries[module] - lives[module]} |")
    killed = len(known) - len(lived)
    print(f"killed: {killed} of {len(known)}, {100 * killed / max(len(known), 1):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
