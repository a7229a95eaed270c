"""The commands on where a report comes from."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cableproof.cli import app
from cableproof.options import ColorOption, Jobs
from cableproof.program import CLEAN, FINDINGS, Color, console, reader_may_leave


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
        verdict = verified(then, jobs=jobs or os.cpu_count() or 1, progress=advance)
    if not (quiet and verdict.same):
        with reader_may_leave():
            show(verdict, console(color))
            sys.stdout.flush()
    raise typer.Exit(CLEAN if verdict.same else FINDINGS)
