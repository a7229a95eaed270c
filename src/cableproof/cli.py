"""The command line: it parses, calls, prints, and alone knows exit statuses."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from cableproof.finding import Severity
from cableproof.program import (
    CLEAN,
    FINDINGS,
    NOTHING_CHECKED,
    Color,
    console,
    guarded,
    reader_may_leave,
    say,
)

if TYPE_CHECKING:
    from cableproof.report import Report


class FailOn(StrEnum):
    """From which severity on a run fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


_APP: dict[str, Any] = {
    "pretty_exceptions_enable": False,
    "add_completion": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
app = typer.Typer(no_args_is_help=True, **_APP)
validate_app = typer.Typer(no_args_is_help=True, **_APP)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"cableproof {version('cableproof')} (record schema 1.0, report schema 1.0)")
        raise typer.Exit


_Version = Annotated[
    bool,
    typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit."),
]
_Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files or folders; NAME=PATH names one in reports."),
]
_Output = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", metavar="FORMAT=FILE", help="Also write a report: json=FILE."),
]
_Codes = list[str] | None


@app.callback()
def cableproof(version: _Version = False) -> None:
    """Proof archives of US diplomatic cables."""


@app.command()
@validate_app.command()
def validate(
    paths: _Paths,
    output: _Output = None,
    fail_on: Annotated[FailOn, typer.Option(help="Lowest severity that fails.")] = FailOn.ERROR,
    select: Annotated[
        _Codes, typer.Option(metavar="CODES", help="Run only rules that begin so, as TAG,IDN001.")
    ] = None,
    ignore: Annotated[
        _Codes, typer.Option(metavar="CODES", help="Leave out rules that begin so.")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Show findings that are notes.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every finding, not the first three of a rule.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes to use. [default: one a processor]")
    ] = None,
    color: Annotated[Color, typer.Option(help="When to use colour.")] = Color.AUTO,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but findings that fail the run.")
    ] = False,
    version: _Version = False,
) -> None:
    """Check each record of the sources against the contract and against itself.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong call, 3 nothing was
    checked, 4 a report could not be written or a fault of our own.

    Example: validate data/ --output json=report.json --fail-on warning
    """
    from cableproof.pool import start_early
    from cableproof.progress import progress
    from cableproof.source import Source
    from cableproof.validators.catalogue import selected

    outputs = [_format_and_file(text) for text in output or ()]
    rules = selected(_codes(select), _codes(ignore))
    sources = [Source.of(path) for path in paths]
    jobs = jobs or os.cpu_count() or 1
    start_early([source.path for source in sources], jobs)
    Thread(target=import_module, args=("cableproof.reports.terminal",), daemon=True).start()
    from cableproof.run import run

    with progress(quiet) as advance:
        report = run(sources, rules, jobs=jobs, digests=bool(outputs), progress=advance)
    level = None if fail_on is FailOn.NEVER else Severity(fail_on.value)
    for file in outputs:  # first, since standard output may be closed by its reader
        _write(report, file, quiet)
    _print(report, color, level, notes=notes, everything=everything, quiet=quiet)
    raise typer.Exit(_status(report, level))


def _codes(options: list[str] | None) -> tuple[str, ...]:
    parts = (part.strip().upper() for option in options or () for part in option.split(","))
    return tuple(part for part in parts if part)


def _format_and_file(text: str) -> Path:
    form, _, file = text.partition("=")
    if form != "json" or not file:
        raise typer.BadParameter(f"{text}: write it as json=FILE", param_hint="--output")
    return Path(file)


def _print(
    report: Report,
    color: Color,
    level: Severity | None,
    *,
    notes: bool,
    everything: bool,
    quiet: bool,
) -> None:
    from cableproof.reports.terminal import show

    if quiet and report.conforms(level):
        return
    notes = notes or level is Severity.NOTE
    with reader_may_leave():
        show(report, console(color), level, notes=notes, everything=everything)
        sys.stdout.flush()


def _write(report: Report, file: Path, quiet: bool) -> None:
    from cableproof.escape import shown
    from cableproof.reports.document import lines
    from cableproof.reports.writing import write_whole

    size = write_whole(file, lines(report))
    if not quiet:
        found = f"{len(report.findings):,} finding" + ("" if len(report.findings) == 1 else "s")
        typer.echo(f"wrote {shown(file)}: {size:,} bytes, {found}, no text", err=True)


def _status(report: Report, level: Severity | None) -> int:
    if not report.conforms(level):
        return FINDINGS
    return CLEAN if report.books.records else NOTHING_CHECKED


@app.command()
def inspect(
    path: Annotated[str, typer.Argument(help="A file or folder.")],
    identifier: Annotated[
        str | None, typer.Argument(help="Which cable, if there are more.")
    ] = None,
    color: Annotated[Color, typer.Option(help="When to use colour.")] = Color.AUTO,
) -> None:
    """Show one cable as it was read: claims beside evidence, and no text.

    Example: cableproof inspect data/ 06BERN1234
    """
    from cableproof.inspecting import inspected
    from cableproof.reports.inspection import show

    with reader_may_leave():
        for record, evidence, found in inspected(Path(path), identifier):
            show(record, evidence, found, console(color))


@app.command()
def rules() -> None:
    """List the rules: code, name, severity and what each says.

    Example: cableproof rules
    """
    from cableproof.validators.catalogue import CATALOGUE

    lines = (
        f"{each.code}  {each.severity.value:<7}  {each.name:<36}  {each.what}\n"
        for each in CATALOGUE.values()
    )
    say("".join(lines))


@app.command()
def rule(code: Annotated[str, typer.Argument(help="The code of a rule, such as TAG002.")]) -> None:
    """Explain a rule: what, why, evidence, examples and severity.

    Example: cableproof rule TAG002
    """
    from cableproof.reports.rules import page
    from cableproof.validators import catalogue

    say(page(catalogue.rule(code)))


@app.command()
def schema(name: Annotated[str, typer.Argument(help="cable or report.")]) -> None:
    """Print a JSON Schema (draft 2020-12).

    Example: cableproof schema cable > cable.schema.json
    """
    from cableproof import schemas

    say(schemas.text(name))


def main() -> NoReturn:
    """Run ``cableproof``."""
    guarded(app)


def validate_main() -> NoReturn:
    """Run ``validate``, which is ``cableproof validate``."""
    guarded(validate_app)
