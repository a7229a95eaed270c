"""The command line: it parses, calls, prints, and alone knows exit statuses."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from cableproof import errors
from cableproof.finding import Severity

if TYPE_CHECKING:
    from rich.console import Console

    from cableproof.report import Report

CLEAN, FINDINGS, WRONG_CALL, NOTHING_CHECKED, FAULT = range(5)


class FailOn(StrEnum):
    """From which severity on a run fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
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
    from cableproof.run import run

    with progress(quiet) as advance:
        report = run(sources, rules, jobs=jobs, progress=advance)
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
    with _reader_may_leave():
        show(report, console(color), level, notes=notes, everything=everything)
        sys.stdout.flush()


def _say(text: str) -> None:
    with _reader_may_leave():
        sys.stdout.write(text)
        sys.stdout.flush()


@contextlib.contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Let whoever reads standard output stop reading: that changes no exit status."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(report: Report, file: Path, quiet: bool) -> None:
    from cableproof.escape import shown
    from cableproof.reports.document import lines
    from cableproof.reports.writing import write_whole

    size = write_whole(file, lines(report))
    if not quiet:
        count = len(report.findings)
        typer.echo(f"wrote {shown(file)}: {size:,} bytes, {count:,} findings, no text", err=True)


def _status(report: Report, level: Severity | None) -> int:
    if not report.conforms(level):
        return FINDINGS
    return CLEAN if report.books.records else NOTHING_CHECKED


def console(color: Color) -> Console:
    """Return the console for reports: 80 columns and no colour off a terminal."""
    from rich.console import Console

    class Plain(Console):
        """A console that leaves a closed pipe to its caller."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    terminal = sys.stdout.isatty()
    plain = color is Color.NEVER or (color is Color.AUTO and bool(os.environ.get("NO_COLOR")))
    return Plain(
        force_terminal=True if color is Color.ALWAYS else None,
        force_interactive=terminal,
        color_system=None if plain else "auto",
        no_color=plain,
        width=None if terminal else 80,
        soft_wrap=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


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
    from cableproof.inspecting import found
    from cableproof.reports.inspection import show

    with _reader_may_leave():
        for record, evidence in found(Path(path), identifier):
            show(record, evidence, console(color))


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
    _say("".join(lines))


@app.command()
def rule(code: Annotated[str, typer.Argument(help="The code of a rule, such as TAG002.")]) -> None:
    """Explain a rule: what, why, evidence, examples and severity.

    Example: cableproof rule TAG002
    """
    from cableproof.reports.rules import page
    from cableproof.validators import catalogue

    _say(page(catalogue.rule(code)))


@app.command()
def schema(name: Annotated[str, typer.Argument(help="cable or report.")]) -> None:
    """Print a JSON Schema (draft 2020-12).

    Example: cableproof schema cable > cable.schema.json
    """
    from cableproof import schemas

    _say(schemas.text(name))


_WRONG_CALLS = (
    errors.NoSuchPath,
    errors.NoSuchRule,
    errors.NoSuchSchema,
    errors.NameTakenTwice,
)


def guarded(program: Callable[[], object]) -> NoReturn:
    """Run a program and end with the exit status that its outcome has.

    What is wrong with the call or with us is one line on standard error, never a traceback:
    a traceback could quote a record.
    """
    from cableproof.escape import shown
    from cableproof.signals import terminated

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        with terminated():
            program()
            sys.stdout.flush()
    except errors.NoSuchCable as error:
        _leave(shown(error, 400), NOTHING_CHECKED)
    except _WRONG_CALLS as error:
        _leave(shown(error, 400), WRONG_CALL)
    except errors.CableproofError as error:
        _leave(shown(error, 400), FAULT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLEAN)
    except KeyboardInterrupt:
        _leave("interrupted", 130)
    except Exception as error:  # noqa: BLE001  # the last resort: no traceback may show a record
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        at = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else ""
        _leave(f"our own fault: {type(error).__name__} at {at}; please report it", FAULT)
    sys.exit(CLEAN)


def _leave(message: str, status: int) -> NoReturn:
    print(f"cableproof: {message}", file=sys.stderr)
    sys.exit(status)


def main() -> NoReturn:
    """Run ``cableproof``."""
    guarded(app)


def validate_main() -> NoReturn:
    """Run ``validate``, which is ``cableproof validate``."""
    guarded(validate_app)
