"""Change patterns, tables and conditions one by one, and count how many changes the tests notice.

``mutating.py [--share PERCENT] [--jobs N] [--seconds N] [--new FILE] MODULE...``; a mutant is killed
if a test fails on it, if it cannot be imported, or if it does not end. Each is tried in a copy of
the checkout, never in place, by the tests that run the lines that it reaches: the first run finds
these out, and keeps them in ``build/mutate``. Files of tests that are new since are named.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mutants import Mutant, mutants
from trying import Trial, collected, copied, environment, pytest, suspected, tried
from watching import FOLDER
from witnesses import Witnesses

ROOT = Path(__file__).parents[1]


def watch(room: Path, jobs: int, tests: Sequence[str] = ()) -> None:
    """Run the tests in a copy, and keep which of them passed, and which lines each ran."""
    copy = copied(ROOT, room / "watched" / "main")
    command = pytest("-p", "watching", "-n", str(jobs), "--dist", "worksteal", *tests)
    subprocess.run(command, cwd=copy, env=environment(copy, "mutate"), check=False)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in (copy / FOLDER.relative_to(ROOT)).iterdir():
        shutil.move(file, FOLDER / file.name)


def chosen(module: str, share: float) -> list[Mutant]:
    """Return some mutants of a module, the same each time; of one place one while there are others."""
    made = list(mutants((ROOT / module).read_text("utf-8")))
    number = round(len(made) * share / 100) or min(1, len(made))
    mixed = random.Random(module).sample(made, len(made))
    firsts = {mutant.start: mutant for mutant in mixed}
    return [*firsts.values(), *(each for each in mixed if each not in firsts.values())][:number]


def trials(modules: Iterable[str], share: float) -> list[Trial]:
    """Return what is to be tried, module by module."""
    witnesses = Witnesses(FOLDER, ROOT)
    return [
        Trial(module, mutant, witnesses.of(module, mutant.line))
        for module in modules
        for mutant in chosen(module, share)
    ]


def living(known: Sequence[Trial], copies: Sequence[Path], seconds: float) -> list[Trial]:
    """Return those of which no test notices the mutant.

    Most are noticed by the first few tests. For the others all tests are run once, with all that
    is left in place: only those that fail then can notice any of them.
    """
    first = [trial.within(seconds) for trial in known]
    left = [
        trial
        for trial, (_, noticed) in zip(known, tried(first, copies), strict=True)
        if not noticed
    ]
    print(f"{len(known) - len(left)} of {len(known)} noticed at once", file=sys.stderr, flush=True)
    for trial in left:
        print(f"not yet: {_told(trial)}", file=sys.stderr, flush=True)
    lived: list[Trial] = []
    groups = [*together(left)]
    while groups:
        group = groups.pop()
        failing = suspected(group, copies[0], len(copies))
        if failing is not None:
            again = tried((trial.by(failing) for trial in group), copies)
            ends = zip(group, again, strict=True)
            lived += [trial for trial, (_, noticed) in ends if not noticed]
        elif len(group) > 1:  # one of them by itself is noticed by that
            middle = len(group) // 2
            groups += [group[:middle], group[middle:]]
    return lived


def _told(trial: Trial) -> str:
    return f"{trial.module}:{trial.mutant.line}: {trial.mutant.what}"


def together(left: Sequence[Trial]) -> Iterator[list[Trial]]:
    """Yield trials in groups, in each of which no two change the same place."""
    while left:
        group: list[Trial] = []
        for trial in left:
            if not any(trial.touches(other) for other in group):
                group.append(trial)
        yield group
        left = [trial for trial in left if trial not in group]


def main() -> int:
    """Print for each module how many mutants were killed, and each that was not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--share", type=float, default=100.0, help="per cent of all, by chance")
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--seconds", type=float, default=10.0, help="of tests before all are run")
    asked.add_argument("--new", action="append", default=[], help="a file of tests to be watched")
    asked.add_argument("modules", nargs="+")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as room:
        if said.new or not FOLDER.is_dir():
            watch(Path(room), said.jobs, said.new)
        copies = [copied(ROOT, Path(room, str(each), "main")) for each in range(said.jobs)]
        there = collected(copies[0])
        known = [trial.by(there) for trial in trials(said.modules, said.share)]
        lived = living(known, copies, said.seconds)
    for trial in lived:
        print(f"lives: {_told(trial)}")
    tries, lives = (Counter(trial.module for trial in some) for some in (known, lived))
    print("| module | tried | killed |\n| --- | ---: | ---: |")
    for module in said.modules:
        print(f"| {module} | {tries[module]} | {tries[module] - lives[module]} |")
    killed = len(known) - len(lived)
    print(f"killed: {killed} of {len(known)}, {100 * killed / max(len(known), 1):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
