"""The part of the bench that sets sources side by side: two releases, and their manifests.

The releases differ in planted edits (see `edits.py`). `cableproof compare` runs in turn with the
csv module merely reading both, and with datacompy where a Python is named that has it; what it
names each edit is held against the key (see `confusion.py`).
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from confusion import Confusion, confusion
from edits import KEY, NEWER, OLDER
from processes import Command, Cost, command, proportional, run, tell
from results import Goal, Row, machine, measured, memory, seconds, table

TITLE = "## Sources side by side"
HERE = Path(__file__).parent
_JOBS = 2
_RATIO, _ALL = 1.5, 1200  # of merely reading both; MB
_PEERS = 5  # runs beside datacompy, which needs much memory
_MANIFESTS, _STARTS = 5.0, 3  # seconds; runs of a median


@dataclass(frozen=True, slots=True)
class Releases:
    """Two releases and where reports on them go."""

    folder: Path
    reports: Path

    @property
    def both(self) -> tuple[Path, Path]:
        """The older and the newer one."""
        return self.folder / OLDER, self.folder / NEWER

    def command(self, *paths: Path, report: str = "") -> Command:
        """Return the command that compares them, or what else is at two paths."""
        older, newer = paths or self.both
        output: list[str | Path] = ["--output", f"json={self.reports / report}"] if report else []
        how = ["--jobs", str(_JOBS), "--quiet", *output]
        return [command("cableproof"), "compare", "--reference", older, newer, *how]


def released(corpus: Path) -> Path:
    """Return the folder of the two releases of a corpus, which are made if they are not there."""
    folder = corpus / "releases"
    if not (folder / KEY).is_file():  # written last
        tell("making two releases")
        made: Command = [sys.executable, HERE / "edits.py", "--corpus", corpus, "--out", folder]
        run(made, statuses=(0,))
    return folder


def _readers(releases: Releases, pairs: int) -> list[Row]:
    """Return the rows of a comparison against merely reading both releases."""
    tell("two releases, to warm up")
    warm = run(releases.command(report="warm.json"), proportional)
    read: Command = [sys.executable, HERE / "readers.py", "csv", *releases.both]
    costs: list[tuple[Cost, Cost]] = []
    for number in range(pairs):
        tell(f"two releases, pair {number + 1} of {pairs}")
        costs.append((run(releases.command(report="timed.json")), run(read)))
    ours, theirs = [a for a, _ in costs], [b for _, b in costs]
    times = [a.cpu / b.cpu for a, b in costs if a.cpu and b.cpu]
    return [
        measured("compare two releases", [cost.wall for cost in ours], " s"),
        measured("Python's csv module merely reading both", [cost.wall for cost in theirs], " s"),
        measured(f"ratio, of {pairs} pairs", [a.wall / b.wall for a, b in costs], "", Goal(_RATIO)),
        seconds("processor time, compare", [cost.cpu for cost in ours]),
        measured("ratio of processor times", times) if times else Row("", "not measured"),
        memory("memory, largest worker", [cost.largest for cost in ours]),
        memory("memory, all processes together", [warm.together], _ALL),
    ]


def _peer(releases: Releases, python: Path | None) -> list[Row]:
    """Return the rows of a comparison against datacompy's of the same records."""
    if python is None:
        return [Row("datacompy on Polars", "not installed: see peers.txt")]
    other: Command = [python, HERE / "peers.py", *releases.both]
    costs = []
    for number in range(_PEERS):
        tell(f"datacompy, pair {number + 1} of {_PEERS}")
        costs.append((run(releases.command(report="timed.json")), run(other, statuses=(0,))))
    theirs = [b for _, b in costs]
    ratios = [a.wall / b.wall for a, b in costs]
    tell("memory of both")
    ours = run(releases.command(report="timed.json"), proportional)  # its processes share much
    shares = [ours.together / b.together for b in theirs if ours.together and b.together]
    return [
        measured("datacompy on Polars, the same records", [b.wall for b in theirs], " s"),
        seconds("processor time, datacompy", [b.cpu for b in theirs]),
        measured(f"compare to datacompy, ratio of {_PEERS} pairs", ratios, "", Goal(1.0)),
        memory("memory, datacompy", [b.together for b in theirs]),
        measured("compare to datacompy, share of its memory", shares, "", Goal(1 / 6))
        if shares
        else Row("", "not measured"),
    ]


def _manifests(releases: Releases) -> list[Row]:
    """Return the row of a comparison of the manifests of both releases."""
    paths = []
    for source in releases.both:
        tell(f"{source.name}, its manifest")
        paths.append(releases.reports / f"{source.stem}.manifest")
        with paths[-1].open("wb") as file:
            subprocess.run([command("cableproof"), "manifest", source], stdout=file, check=True)
    walls = [run(releases.command(*paths, report="listed.json")).wall for _ in range(_STARTS)]
    return [measured("compare their manifests", walls, " s", Goal(_MANIFESTS, " s"))]


def _named(found: Confusion) -> list[Row]:
    """Return the rows of what was found of what is planted."""
    besides = ", ".join(f"{count:,} {code}" for code, count in sorted(found.besides.items()))
    fine = found.right == found.planted
    return [
        Row(
            "planted edits named as what they are, and nothing else",
            f"{found.right:,} of {found.planted:,}; {found.missed:,} missed",
            "all",
            "yes" if fine else "**no**",
        ),
        Row(
            "discrepancies on records without an edit",
            besides or "none",
            "none",
            "**no**" if besides else "yes",
        ),
    ]


def compared(corpus: Path, pairs: int, reports: Path, python: Path | None) -> str:
    """Measure, and return the part of the page that is on comparing."""
    releases = Releases(released(corpus), reports)
    rows = [*_readers(releases, pairs), *_peer(releases, python), *_manifests(releases)]
    found = confusion(reports / "warm.json", releases.folder / KEY)
    names, *lines = found.matrix()
    edits: Sequence[str] = ("edit", "kind", "planted", "right", "missed", "named otherwise")
    return (
        f"{TITLE}\n\n{machine()}\n\n"
        "Two releases of the corpus that differ in planted edits, made by `edits.py`; both jobs "
        "and reports as in use. datacompy runs in an environment of its own, reads the files by "
        "pyarrow, and writes its own report.\n\n"
        f"{table([*rows, *_named(found)], Row._fields)}\n\n"
        "Of the planted edits, by kind; columns are what the report names, and records on which "
        "nothing is reported:\n\n"
        f"{table(lines, names)}\n\n"
        f"{table(list(found.rows()), edits)}\n"
    )
