"""The options that several commands have, each said once, and what they come to."""

from __future__ import annotations

import os
from datetime import datetime
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cableproof.finding import Severity
from cableproof.formats import FORMATS
from cableproof.keys import KEYS
from cableproof.program import Color
from cableproof.schemas import vocab

if TYPE_CHECKING:
    from cableproof.settings import Settings


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


_KEY_OF = {"most": "max"}  # of a parameter that may not be called as its key is


class Chosen(NamedTuple):
    """What a run was told by flags, the environment, files and profiles together."""

    settings: Settings
    level: Severity | None
    color: Color
    notes: bool
    jobs: int

    @property
    def read(self) -> list[Path]:
        """Return the files that settings name, which no report may take the place of."""
        policy = self.settings.policy
        return [file for file in (policy.accepted, policy.baseline) if file is not None]


def chosen(context: typer.Context) -> Chosen:
    """Return the settings of a command; only flags that were really given go before the others.

    Raises:
        WrongSetting: a setting is not as it must be.

    """
    from cableproof.settings import settings

    given = {
        _KEY_OF.get(name, name.replace("_", "-")): value.value if isinstance(value, Enum) else value
        for name, value in context.params.items()
        if _was_given(context, name)
    }
    found = settings(
        {name: value for name, value in given.items() if name in KEYS},
        config=context.params.get("config"),
        alone=bool(context.params.get("isolated")),
    )
    vocab.use(found.vocabularies())
    return Chosen(
        found,
        FailOn(found["fail-on"]).level,
        Color(found["color"]),
        found["notes"],
        found["jobs"] or os.cpu_count() or 1,
    )


def _was_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


Codes = list[str] | None
Select = Annotated[
    Codes, typer.Option(metavar="CODES", help="Run only rules that begin so, as TAG,IDN001.")
]
Ignore = Annotated[
    Codes, typer.Option(metavar="CODES", help="Leave out rules and kinds that begin so.")
]
Profile = Annotated[
    str | None, typer.Option(metavar="NAME", help="A set of settings: strict, import, survey, own.")
]
Config = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The settings file. [default: the nearest one upwards]"),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no settings file.")]
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
        help=f"Also write {', '.join(FORMATS)}; - for standard output; repeatable.",
    ),
]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The date that an RO-Crate has."),
]
Accepted = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Findings that were accepted, with who and why: TOML."),
]
Baseline = Annotated[
    str | None,
    typer.Option(metavar="REPORT", help="An earlier JSON report: only new findings fail."),
]
Most = Annotated[
    list[str] | None,
    typer.Option("--max", metavar="CODE=N", help="Up to so many, or N%, fail no run; repeatable."),
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
