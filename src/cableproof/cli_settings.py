"""The commands on settings: what they are and where each came from, and what to start with."""

from __future__ import annotations

import json
import shlex
from enum import StrEnum
from typing import Annotated, Any

import typer

from cableproof.cli import app
from cableproof.escape import shown
from cableproof.options import OF_REPORTS, Chosen, judging
from cableproof.program import console, reader_may_leave, say


class Form(StrEnum):
    """How settings are printed."""

    TEXT = "text"
    JSON = "json"


@app.command("settings")
@judging(*OF_REPORTS)
def settings_command(
    form: Annotated[Form, typer.Option("--format", help="How to print them.")] = Form.TEXT,
    *,
    said: Chosen,
) -> None:
    """Print each setting, its value, and where that came from.

    A flag goes before the environment, that before the settings file, that before a profile,
    and that before the default.

    Example: cableproof settings --profile strict
    """
    from cableproof.reports.configured import plain, show

    values = said.settings.values
    if form is Form.JSON:
        told: dict[str, Any] = {
            name: {"value": plain(value), "from": origin}
            for name, (value, origin) in values.items()
        }
        say(json.dumps(told, indent=1) + "\n")
        return
    with reader_may_leave():
        show(values, console(said.color))


class Service(StrEnum):
    """Whose CI a workflow is for."""

    GITHUB = "github"
    GITLAB = "gitlab"


@app.command()
def init(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="The archive, as data/.")
    ] = None,
    ci: Annotated[
        Service | None, typer.Option("--ci", help="Also write a workflow that validates it.")
    ] = None,
    hook: Annotated[
        bool, typer.Option("--hook", help="Also write a pre-commit hook that does.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Write settings for an archive into this folder, and a workflow and a hook if asked.

    Nothing is overwritten unless --force says so.

    Example: cableproof init data/ --ci github --hook
    """
    from cableproof.starting import HOOK, SETTINGS, started

    archive = paths or ["data/"]
    wanted = [SETTINGS, *([ci.value] if ci else []), *([HOOK] if hook else [])]
    for file in started(wanted, archive, force=force):
        say(f"wrote {shown(file.as_posix())}\n")
    say(f"next: validate {shown(' '.join(map(shlex.quote, archive)), 400)}\n")
