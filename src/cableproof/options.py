"""The options that several commands have, each said once, and what they come to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import Enum, StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

from cableproof.finding import Severity
from cableproof.formats import FORMATS
from cableproof.keys import KEYS
from cableproof.program import Color
from cableproof.schemas import vocab
from cableproof.sources.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from cableproof.policy import Policy
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
    """What a command was told by flags, the environment, files and profiles together.

    What no settings say (``output``, ``published``, ``everything``, ``quiet``) is as the flags
    say, or as if nobody had.
    """

    settings: Settings
    level: Severity | None
    color: Color
    notes: bool
    jobs: int
    output: list[str] | None
    published: datetime | None
    everything: bool
    quiet: bool

    @property
    def limits(self) -> Limits:
        """Return the limits, those of the settings among them."""
        return replace(DEFAULT, **self.settings["limits"])

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
    _keep(found["cache"])
    _proven(found.policy)
    return Chosen(
        found,
        FailOn(found["fail-on"]).level,
        Color(found["color"]),
        found["notes"],
        (os.cpu_count() or 1) if found["jobs"] is None else found["jobs"],
        context.params.get("output"),
        context.params.get("published"),
        context.params.get("everything", False),
        context.params.get("quiet", False),
    )


def _keep(wanted: bool) -> None:
    """Let all that is found from here on be kept, in so far as that is wanted."""
    from cableproof.caching.program import digest
    from cableproof.caching.store import Store, folder, use

    place = folder() if wanted else None
    use(None if place is None else Store(place, digest(vocab.installed())))


def _proven(policy: Policy) -> None:
    """Read the files that settings name once, so that what is wrong is told before the archive."""
    from cableproof.accepting import accepted
    from cableproof.saved import saved

    accepted(policy.accepted, policy.expired)
    if policy.baseline is not None:
        saved(policy.baseline)


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
LimitsOption = Annotated[
    list[str] | None,
    typer.Option("--limits", metavar="NAME=N", help="Another limit, as ratio=200; repeatable."),
]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="Lowest severity that fails.")]
Notes = Annotated[bool, typer.Option("--notes", help="Show findings that are notes.")]
Everything = Annotated[
    bool, typer.Option("--all", help="Show every finding, not the first three of a rule.")
]
Jobs = Annotated[
    int | None,
    typer.Option(min=0, help="Processes that read; 0: this one. [default: one a processor]"),
]
Cache = Annotated[
    bool, typer.Option("--cache/--no-cache", help="Read again only what changed since.")
]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colour.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but findings that fail the run.")
]

#: The options of all commands that judge, with what they are without a flag, in the order of help.
_JUDGING: dict[str, tuple[Any, Any]] = {
    "output": (Output, None),
    "published": (Published, None),
    "fail_on": (FailOnOption, FailOn.ERROR),
    "select": (Select, None),
    "ignore": (Ignore, None),
    "accepted": (Accepted, None),
    "baseline": (Baseline, None),
    "most": (Most, None),
    "profile": (Profile, None),
    "config": (Config, None),
    "isolated": (Isolated, False),
    "notes": (Notes, False),
    "everything": (Everything, False),
    "jobs": (Jobs, None),
    "limits": (LimitsOption, None),
    "cache": (Cache, True),
    "color": (ColorOption, Color.AUTO),
    "quiet": (Quiet, False),
}
#: Those of them that no settings know.
OF_REPORTS = ("output", "published", "everything", "quiet")

Command = Callable[..., None]
_ALONE = Parameter.KEYWORD_ONLY  # so that they may stand in any order


def judging(*without: str) -> Callable[[Command], Command]:
    """Give a command the options of all that judge, but those named in ``without``.

    The function under it is given what they come to as ``said``; they stand in the command's help
    where ``said`` stands among the function's own parameters.
    """

    def made(function: Command) -> Command:
        hints = get_type_hints(function, include_extras=True)
        parameters = [Parameter("context", _ALONE, annotation=typer.Context)]
        own = []
        for name, each in signature(function).parameters.items():
            if name == "said":
                parameters += (_option(name) for name in _JUDGING if name not in without)
            else:
                own.append(name)
                parameters.append(each.replace(kind=_ALONE, annotation=hints[name]))

        @wraps(function)
        def command(context: typer.Context, **given: Any) -> None:
            function(**{name: given[name] for name in own}, said=chosen(context))

        command.__annotations__ = {each.name: each.annotation for each in parameters}
        vars(command)["__signature__"] = Signature(parameters)
        return command

    return made


def _option(name: str) -> Parameter:
    kind, usual = _JUDGING[name]
    return Parameter(name, _ALONE, default=usual, annotation=kind)
