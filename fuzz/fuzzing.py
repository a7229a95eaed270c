"""Fuzz every reader in turn: ``fuzzing.py [SECONDS] [TARGET...]``; fails if anything crashed."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from targets import TARGETS

HERE = Path(__file__).parent
CRASHES = HERE.parent / "tests" / "crashes"  # each is a test from then on
_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_EDGES = re.compile(r"cov: (\d+)")


def fuzzed(name: str, seconds: int) -> tuple[int, int, bool]:
    """Return how often a target ran, how many branches it met, and whether it crashed."""
    with tempfile.TemporaryDirectory() as corpus:
        command = [sys.executable, str(HERE / "one.py"), name, str(seconds), corpus, str(CRASHES)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    runs, edges = _RUNS.findall(done.stderr), _EDGES.findall(done.stderr)
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
    return int(runs[-1]) if runs else 0, int(edges[-1]) if edges else 0, bool(done.returncode)


def main() -> int:
    """Fuzz what the command line says, and print a table."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    CRASHES.mkdir(exist_ok=True)
    bad = 0
    print("| reader | seconds | runs | branches | crashed |\n| --- | ---: | ---: | ---: | --- |")
    for name in sys.argv[2:] or TARGETS:
        runs, edges, crashed = fuzzed(name, seconds)
        bad += crashed
        print(
            f"| {name} | {seconds} | {runs:,} | {edges:,} | {'yes' if crashed else 'no'} |",
            flush=True,
        )
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
