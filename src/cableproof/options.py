"""The options that several commands have, each said once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from cableproof.finding import Severity
from cableproof.program import Color


class FailOn(StrEnum):
    """From which severity on a run fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"

    @property
    def level(self) -> Severity | None:
        """Return that severity; None where nothing fails."""
        return None if self is FailOn.NEVER else Severity(self.value)


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files or folders; NAME=PATH names one in reports."),
]
Output = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORMAT=FILE",
        help="Also write json, receipt, prov, ro-crate or, of compare and audit, html; repeatable.",
    ),
]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The date that an RO-Crate has."),
]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="Lowest severity that fails.")]
Notes = Annotated[bool, typer.Option("--notes", help="Show findings that are notes.")]
Everything = Annotated[
    bool, typer.Option("--all", help="Show every finding, not the first three of a rule.")
]
Jobs = Annotated[
    int | None, typer.Option(min=1, help="Processes to use. [default: one a processor]")
]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colour.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but findings that fail the run.")
]
