"""The command that writes records, texts included, into one table."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cableproof.cli import app
from cableproof.delivery import STDOUT, send
from cableproof.escape import shown
from cableproof.options import Quiet
from cableproof.program import CLEAN, FINDINGS, NOTHING_CHECKED

if TYPE_CHECKING:
    from cableproof.converting import Converted


class TableFormat(StrEnum):
    """How a table is written."""

    LINES = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


@app.command()
def convert(
    path: Annotated[Path, typer.Argument(help="A file or folder.")],
    file: Annotated[Path, typer.Argument(help="The table to write; - for standard output.")],
    form: Annotated[
        TableFormat | None,
        typer.Option("--format", help="How to write it. [default: as the file's name ends]"),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write all records of a source, texts included, into one table with the contract's names.

    It is read again as the same records. What it cannot hold is said on standard error.

    Exit status: 0 all is in it, 1 something is not, 2 wrong call, 3 no record was found,
    4 the table could not be written.

    Example: cableproof convert mirror/ cables.parquet
    """
    from cableproof.converting import Converted, parts
    from cableproof.reports.writing import write_whole

    how = form.value if form is not None else _form(file)
    _apart(path, file)
    counted = Converted()
    made = parts(path, how, counted)
    if str(file) != STDOUT:
        write_whole(file, made)
    elif not send(made):
        raise typer.Exit(CLEAN)  # nobody wants the rest, and what it holds is not known
    left_out = _left_out(counted, how)
    if not quiet:
        where = "standard output" if str(file) == STDOUT else shown(file)
        said = [f"wrote {where}: {_many(counted.records, 'record')}", *left_out]
        print("\n".join(said), file=sys.stderr)
    raise typer.Exit(FINDINGS if left_out else CLEAN if counted.records else NOTHING_CHECKED)


def _form(file: Path) -> str:
    """Return the form that the name of a file says."""
    form = file.suffix.removeprefix(".").lower()
    if form not in list(TableFormat):
        known = ", ".join(TableFormat)
        raise typer.BadParameter(f"say which of {known} with --format", param_hint="FILE")
    return form


def _apart(path: Path, file: Path) -> None:
    """Make sure that nothing is written where something is read."""
    if str(file) != STDOUT and file.resolve().is_relative_to(path.resolve()):
        raise typer.BadParameter(f"{shown(file)} is in the source", param_hint="FILE")


def _left_out(counted: Converted, form: str) -> list[str]:
    """Return what the table does not hold, a line each."""
    found = []
    if counted.unreadable:
        found.append(f"{_many(counted.unreadable, 'input')} that cannot be read")
    if counted.unknown and form != TableFormat.LINES:
        where = _many(counted.unknown, "record")
        found.append(f"fields of {where} that are not in the contract; jsonl keeps them")
    if counted.wrong:
        where = _many(counted.wrong, "record")
        found.append(f"values of {where} that are of another type than the contract's")
    return [f"left out: {each}" for each in found]


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")
