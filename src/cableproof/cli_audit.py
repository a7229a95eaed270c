"""The commands that hold a mirror against copies of the releases it may come from."""

from __future__ import annotations

from typing import Annotated

import typer

from cableproof.cli import app
from cableproof.cli_collate import begun
from cableproof.delivery import Delivery, delivered
from cableproof.options import (
    ColorOption,
    Everything,
    FailOn,
    FailOnOption,
    Jobs,
    Notes,
    Output,
    Quiet,
)
from cableproof.program import Color

_Against = Annotated[
    list[str] | None,
    typer.Option(
        "--against",
        metavar="NAME=PATH",
        help="A copy of a release, or its manifest; can be given up to nineteen times.",
    ),
]


@app.command()
def audit(
    mirror: Annotated[str, typer.Argument(help="A file or folder; NAME=PATH names it.")],
    against: _Against = None,
    output: Output = None,
    fail_on: FailOnOption = FailOn.ERROR,
    notes: Notes = False,
    everything: Everything = False,
    jobs: Jobs = None,
    color: ColorOption = Color.AUTO,
    quiet: Quiet = False,
) -> None:
    """Tell how faithful a mirror is, and from which release each of its pages can come.

    Without --against the mirror is held against its own claims, counters, index pages and
    links alone, and its claims stay untestable.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong call, 3 a reference has no
    cable of the mirror, 4 a report could not be written or a fault of our own.

    Example: cableproof audit mirror/ --against 2010-12-07=release-a/ --against b.manifest
    """
    from cableproof.progress import progress
    from cableproof.source import Source

    own, others = Source.of(mirror), [Source.of(path) for path in against or ()]
    outputs, jobs = begun([own, *others], output, ("json",), jobs)
    from cableproof.auditing import audit as audited

    with progress(quiet) as advance:
        report = audited(own, others, jobs=jobs, digests=bool(outputs), progress=advance)
    how = Delivery(outputs, fail_on.level, color, notes=notes, everything=everything, quiet=quiet)
    raise typer.Exit(delivered(report, how))
