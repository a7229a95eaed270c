"""The commands on reports that were made: another form of one, and where it comes from."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cableproof.cli import app
from cableproof.options import (
    ColorOption,
    Everything,
    FailOn,
    FailOnOption,
    Jobs,
    Notes,
    Output,
    Published,
    Quiet,
)
from cableproof.program import CLEAN, FINDINGS, Color, console, reader_may_leave


@app.command()
def render(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="Made with --output json=FILE.")],
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="What to print, if not text.")
    ] = None,
    output: Output = None,
    published: Published = None,
    fail_on: FailOnOption = FailOn.ERROR,
    notes: Notes = False,
    everything: Everything = False,
    color: ColorOption = Color.AUTO,
    quiet: Quiet = False,
) -> None:
    """Give a saved report another form: the same bytes as if the run had written it.

    Exit status: that of the run, or 2 where there is no report of this version.

    Example: cableproof render report.json --format sarif > report.sarif
    """
    from cableproof.delivery import STDOUT, Delivery, delivered, files
    from cableproof.formats import of_command
    from cableproof.saved import saved

    made = saved(report)
    wanted = [*(output or ()), *([] if form is None else [f"{form}={STDOUT}"])]
    outputs = files(wanted, of_command(made.command), [report], published)
    how = Delivery(
        outputs, published, fail_on.level, color, notes, everything, quiet, files_alone=True
    )
    raise typer.Exit(delivered(made, how))


@app.command()
def verify(
    receipt: Annotated[
        Path, typer.Argument(metavar="RECEIPT", help="Made with --output receipt=FILE.")
    ],
    jobs: Jobs = None,
    color: ColorOption = Color.AUTO,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing where nothing changed.")
    ] = False,
) -> None:
    """Do the run of a receipt again, and say that the same bytes came out, or what changed.

    Paths are read from here, as they were given then. Exit status: 0 the same, 1 something
    changed, 2 no receipt of this version, 3 a source is gone, 4 a fault of our own.

    Example: cableproof verify run.receipt.json
    """
    from cableproof.progress import progress
    from cableproof.receipts import loaded
    from cableproof.reports.verification import show
    from cableproof.verifying import verified

    then = loaded(receipt)
    with progress(quiet) as advance:
        verdict = verified(
            then, jobs=os.cpu_count() or 1 if jobs is None else jobs, progress=advance
        )
    if not (quiet and verdict.same):
        with reader_may_leave():
            show(verdict, console(color))
            sys.stdout.flush()
    raise typer.Exit(CLEAN if verdict.same else FINDINGS)
