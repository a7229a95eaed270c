"""The part of the bench on second runs: of an archive that did not change, and of one ended half way.

Each command keeps what it finds in a folder of its own, empty at first. The run that is ended gets
SIGKILL when half of what it keeps is there, so that nothing of it can tidy up.
"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import Command, Cost, command, run, tell
from results import Goal, Row, machine, measured, table

TITLE = "## Once more"
_GOAL = 0.1  # of the first run
_LOOK = 0.02  # seconds between two looks at what is kept
_QUIET = ("--quiet", "--jobs", "2")


@contextmanager
def keeping() -> Iterator[Path]:
    """Yield an empty folder in which all commands keep what they find."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"CABLEPROOF_CACHE": "yes", "CABLEPROOF_CACHE_DIR": folder}
        try:
            yield Path(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)


def again(corpus: Path, pairs: int) -> str:
    """Measure, and return the part of the page that is on second runs."""
    rows = []
    for name in ("cables.csv", "cables.jsonl", "html"):
        rows += _twice(name, [command("validate"), corpus / name, *_QUIET], pairs)
    return (
        f"{TITLE}\n\n{machine()}\n\n"
        "`validate` with nothing kept, with an empty folder to keep in, once more, and after a run "
        "that was killed when half of its evidence was kept; in turn, over whole archives.\n\n"
        f"{table(rows, Row._fields)}\n"
    )


def _twice(name: str, call: Command, pairs: int) -> list[Row]:
    none: list[Cost] = []
    first: list[Cost] = []
    second: list[Cost] = []
    on: list[Cost] = []
    size = entries = 0
    tell(f"{name}, to warm up")
    run([*call, "--no-cache"])
    for number in range(pairs):
        tell(f"{name} again and again, {number + 1} of {pairs}")
        none.append(run([*call, "--no-cache"]))
        with keeping() as folder:
            first.append(run(call))
            second.append(run(call))
            size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            entries = len(list(folder.glob("tasks/*/*")))
        with keeping() as folder:
            _killed(call, folder, entries // 2)
            on.append(run(call))
    firsts = [a.wall for a in first]
    return [
        measured(f"validate {name}, nothing kept", [c.wall for c in none], " s"),
        measured("the same, keeping", firsts, " s"),
        measured("once more", [c.wall for c in second], " s"),
        measured(
            "ratio to the first", [b.wall / a for a, b in _beside(firsts, second)], "", Goal(_GOAL)
        ),
        measured("keeping to not keeping", [b / a.wall for a, b in zip(none, firsts, strict=True)]),
        measured(
            "after one killed half way, to the first", [b.wall / a for a, b in _beside(firsts, on)]
        ),
        Row("kept", f"{size / 1e6:.0f} MB in {entries:,} entries of evidence and a report"),
    ]


def _beside(firsts: list[float], others: list[Cost]) -> Iterator[tuple[float, Cost]]:
    return zip(firsts, others, strict=True)


def _killed(call: Command, folder: Path, entries: int) -> None:
    """Run a command, and kill it and its processes as soon as it has kept so many entries."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(call, stdout=quiet, stderr=quiet, start_new_session=True)
    while process.poll() is None and len(list(folder.glob("tasks/*/*"))) < entries:
        time.sleep(_LOOK)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
