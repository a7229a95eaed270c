"""The commands that set sources beside each other."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cableproof.cli import app
from cableproof.delivery import Delivery, delivered, files
from cableproof.options import (
    ColorOption,
    Everything,
    FailOn,
    FailOnOption,
    Jobs,
    Notes,
    Output,
    Paths,
    Quiet,
)
from cableproof.program import Color

_Reference = Annotated[
    str | None,
    typer.Option(
        "--reference", metavar="PATH", help="The source that the others are held against."
    ),
]


@app.command()
def compare(
    paths: Paths,
    reference: _Reference = None,
    output: Output = None,
    fail_on: FailOnOption = FailOn.ERROR,
    notes: Notes = False,
    everything: Everything = False,
    jobs: Jobs = None,
    color: ColorOption = Color.AUTO,
    quiet: Quiet = False,
) -> None:
    """Set two to twenty sources side by side, and name every difference; no text is printed.

    Exit status: 0 nothing at or above --fail-on, 1 discrepancies, 2 wrong call, 3 no cable is
    in two of the sources, 4 a report could not be written or a fault of our own.

    Example: cableproof compare --reference cables.csv mirror/ --output html=report.html
    """
    from cableproof.pool import start_early
    from cableproof.progress import progress
    from cableproof.source import Source

    outputs = files(output, ("json", "html"))
    base = None if reference is None else Source.of(reference)
    sources = [*([] if base is None else [base]), *(Source.of(path) for path in paths)]
    jobs = jobs or os.cpu_count() or 1
    start_early([source.path for source in sources], jobs)
    from cableproof.comparing import compare as compared

    with progress(quiet) as advance:
        report = compared(
            sources,
            reference=None if base is None else base.name,
            jobs=jobs,
            digests=bool(outputs),
            progress=advance,
        )
    how = Delivery(outputs, fail_on.level, color, notes=notes, everything=everything, quiet=quiet)
    raise typer.Exit(delivered(report, how))
