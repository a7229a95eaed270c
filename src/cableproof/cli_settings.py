"""The command that shows the settings, and where each came from."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from cableproof.cli import app
from cableproof.options import (
    Accepted,
    Baseline,
    ColorOption,
    Config,
    FailOn,
    FailOnOption,
    Ignore,
    Isolated,
    Jobs,
    Most,
    Notes,
    Profile,
    Select,
    chosen,
)
from cableproof.program import Color, console, reader_may_leave, say


class Form(StrEnum):
    """How settings are printed."""

    TEXT = "text"
    JSON = "json"


@app.command("settings")
def settings_command(
    context: typer.Context,
    select: Select = None,
    ignore: Ignore = None,
    accepted: Accepted = None,
    baseline: Baseline = None,
    most: Most = None,
    profile: Profile = None,
    config: Config = None,
    isolated: Isolated = False,
    fail_on: FailOnOption = FailOn.ERROR,
    notes: Notes = False,
    jobs: Jobs = None,
    color: ColorOption = Color.AUTO,
    form: Annotated[Form, typer.Option("--format", help="How to print them.")] = Form.TEXT,
) -> None:
    """Print each setting, its value, and where that came from.

    A flag goes before the environment, that before the settings file, that before a profile,
    and that before the default.

    Example: cableproof settings --profile strict
    """
    from cableproof.reports.configured import plain, show

    values = chosen(context).settings.values
    if form is Form.JSON:
        told: dict[str, Any] = {
            name: {"value": plain(said.value), "from": said.origin} for name, said in values.items()
        }
        say(json.dumps(told, indent=1) + "\n")
        return
    with reader_may_leave():
        show(values, console(color))
