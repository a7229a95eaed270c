"""A report delivered: written to files, printed, and summed up in an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cableproof.program import CLEAN, FINDINGS, NOTHING_CHECKED, Color, console, reader_may_leave

if TYPE_CHECKING:
    from cableproof.finding import Severity
    from cableproof.report import Report

#: The module that writes each format; its function ``lines`` yields the parts of the file.
WRITERS = {"json": "cableproof.reports.document", "html": "cableproof.reports.page"}
#: The module that prints the report of each command.
_SHOWN = {
    "audit": "cableproof.reports.audit",
    "compare": "cableproof.reports.comparison",
    "history": "cableproof.reports.history",
}


@dataclass(frozen=True)
class Delivery:
    """Where a report goes, and how much of it is shown."""

    files: Sequence[tuple[str, Path]]  # format and file
    level: Severity | None  # the lowest severity that fails
    color: Color
    notes: bool
    everything: bool
    quiet: bool


def files(
    options: list[str] | None, formats: Sequence[str], inputs: Sequence[Path]
) -> list[tuple[str, Path]]:
    """Return formats and files from options such as ``json=report.json``.

    No report takes the place of a file that is read, nor of another report.
    """
    found: list[tuple[str, Path]] = []
    taken = {path.resolve() for path in inputs}
    for text in options or ():
        form, _, file = text.partition("=")
        if form not in formats or not file:
            known = " or ".join(f"{each}=FILE" for each in formats)
            raise typer.BadParameter(f"{text}: write it as {known}", param_hint="--output")
        whole = Path(file).resolve()
        if whole in taken and (whole.is_file() or not whole.exists()):
            message = f"{text}: the file is a source or another report"
            raise typer.BadParameter(message, param_hint="--output")
        taken.add(whole)
        found.append((form, Path(file)))
    return found


def delivered(report: Report, how: Delivery) -> int:
    """Write and print ``report``, and return the exit status of its run."""
    for form, file in how.files:  # first, since standard output may be closed by its reader
        _write(report, form, file, quiet=how.quiet)
    _print(report, how)
    if not report.conforms(how.level):
        return FINDINGS
    return CLEAN if report.books.records else NOTHING_CHECKED


def _write(report: Report, form: str, file: Path, *, quiet: bool) -> None:
    from cableproof.escape import shown
    from cableproof.reports.writing import write_whole

    lines: Callable[[Report], Iterable[str]] = import_module(WRITERS[form]).lines
    size = write_whole(file, lines(report))
    if not quiet:
        number = sum(report.counts.values())
        found = f"{number:,} finding" + ("" if number == 1 else "s")
        typer.echo(f"wrote {shown(file)}: {size:,} bytes, {found}, no text", err=True)


def _print(report: Report, how: Delivery) -> None:
    from cableproof.finding import Severity

    if how.quiet and report.conforms(how.level):
        return
    show = import_module(_SHOWN.get(report.command, "cableproof.reports.terminal")).show
    notes = how.notes or how.level is Severity.NOTE
    with reader_may_leave():
        show(report, console(how.color), how.level, notes=notes, everything=how.everything)
        sys.stdout.flush()
