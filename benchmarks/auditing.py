"""The part of the bench that audits: a full release as a mirror, against three manifests.

`cableproof audit` runs in turn with `validate` of the same file. Of every cable it is known which
of the releases have it as it is in the mirror, so that each set is held against the key.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from comparing import released
from edits import NEWER, OLDER
from processes import Command, Cost, command, proportional, run, tell
from results import Goal, Row, machine, measured, memory, table

TITLE = "## A mirror and its releases"
_JOBS = 2
_RATIO = 1.2  # of validating the mirror alone


def _manifests(corpus: Path, reports: Path) -> list[Path]:
    """Return the manifests of three releases: of the corpus, and of the two made of it."""
    folder = released(corpus)
    made = []
    for source in (corpus / "cables.csv", folder / OLDER, folder / NEWER):
        tell(f"{source.name}, its manifest")
        made.append(reports / f"{source.stem}.manifest")
        with made[-1].open("wb") as file:
            subprocess.run([command("cableproof"), "manifest", source], stdout=file, check=True)
    return made


def audited(corpus: Path, pairs: int, reports: Path) -> str:
    """Measure, and return the part of the page that is on audits."""
    against = [word for each in _manifests(corpus, reports) for word in ("--against", each)]
    mirror = released(corpus) / NEWER
    how: Sequence[str] = ("--jobs", str(_JOBS), "--quiet")
    audit: Command = [command("cableproof"), "audit", mirror, *against, *how]
    validate: Command = [command("validate"), mirror, *how]
    tell("an audit, to warm up")
    warm = run(audit, proportional)
    costs: list[tuple[Cost, Cost]] = []
    for number in range(pairs):
        tell(f"an audit, pair {number + 1} of {pairs}")
        costs.append((run(audit), run(validate)))
    ours, theirs = [a for a, _ in costs], [b for _, b in costs]
    rows = [
        measured("audit a release against three manifests", [c.wall for c in ours], " s"),
        measured("validate it alone", [c.wall for c in theirs], " s"),
        measured(f"ratio, of {pairs} pairs", [a.wall / b.wall for a, b in costs], "", Goal(_RATIO)),
        memory("memory, all processes together", [warm.together]),
    ]
    return (
        f"{TITLE}\n\n{machine()}\n\n"
        "The newer of the two releases as a mirror, against the manifests of three: of the corpus, "
        f"of the older and of itself.\n\n{table(rows, Row._fields)}\n"
    )
