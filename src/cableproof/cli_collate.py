"""The commands that set sources beside each other."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cableproof.cli import app
from cableproof.delivery import answered, files, written
from cableproof.formats import Format
from cableproof.options import Chosen, Paths, judging
from cableproof.program import CLEAN, FINDINGS, NOTHING_CHECKED, reader_may_leave
from cableproof.progress import Progress, progress

if TYPE_CHECKING:
    from cableproof.books import SourceBooks
    from cableproof.outcome import Outcome
    from cableproof.source import Source

#: What the processes need that read texts again.
JUDGING = "cableproof.validators.collation.judging"
_Reference = Annotated[
    str | None,
    typer.Option(
        "--reference", metavar="PATH", help="The source that the others are held against."
    ),
]


@app.command()
@judging()
def compare(
    paths: Paths,
    reference: _Reference = None,
    *,
    said: Chosen,
) -> None:
    """Set two to twenty sources side by side, and name every difference; no text is printed.

    Exit status: 0 nothing at or above --fail-on, 1 discrepancies, 2 wrong call, 3 no cable is
    in two of the sources, 4 a report could not be written or a fault of our own.

    Example: cableproof compare --reference cables.csv mirror/ --output html=report.html
    """
    from cableproof.caching.runs import Asked
    from cableproof.source import Source

    base = None if reference is None else Source.of(reference)
    sources = [*([] if base is None else [base]), *(Source.of(path) for path in paths)]
    outputs = written("compare", sources, said)
    name = None if base is None else base.name
    asked = Asked(
        "compare", sources, {"reference": name, "limits": said.limits}, digests=bool(outputs)
    )

    def made(progress: Progress) -> Outcome:
        from cableproof.comparing import compare as compared

        how: dict[str, Any] = {
            "jobs": said.jobs,
            "limits": said.limits,
            "digests": asked.digests,
            "progress": progress,
        }
        return compared(sources, reference=name, **how)

    raise typer.Exit(answered(asked, made, said, outputs, JUDGING))


@app.command()
@judging()
def history(
    paths: Paths,
    *,
    said: Chosen,
) -> None:
    """Tell what each release did to its cables: added, removed, restored, re-dated, changed.

    Releases stand in the order of their dates, or of the command line where one has none.

    Example: cableproof history release-1/ release-2/ release-3/
    """
    from cableproof.caching.runs import Asked
    from cableproof.source import Source

    sources = [Source.of(path) for path in paths]
    outputs = written("history", sources, said)
    asked = Asked("history", sources, {"limits": said.limits}, digests=bool(outputs))

    def made(progress: Progress) -> Outcome:
        from cableproof.recounting import recount

        return recount(
            sources, jobs=said.jobs, limits=said.limits, digests=asked.digests, progress=progress
        )

    raise typer.Exit(answered(asked, made, said, outputs, JUDGING))


class ManifestFormat(StrEnum):
    """How a manifest is written."""

    LINES = "jsonl"
    PARQUET = "parquet"


@app.command()
@judging()
def manifest(
    path: Annotated[str, typer.Argument(help="A file or folder; NAME=PATH names it.")],
    check: Annotated[
        Path | None, typer.Option(metavar="MANIFEST", help="Check the source against this one.")
    ] = None,
    form: Annotated[
        ManifestFormat, typer.Option("--format", help="How to write it.")
    ] = ManifestFormat.LINES,
    statement: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write an unsigned in-toto statement over it."),
    ] = None,
    *,
    said: Chosen,
) -> None:
    """Print the manifest of a source: claims and digests of all its records, and no text.

    With --check, hold the source against a manifest instead, and name every record that was
    altered, is missing, or was added. The digest of --statement is that of the bytes printed.

    Example: cableproof manifest release/ > release.manifest
    """
    from cableproof.pool import start_early
    from cableproof.source import Source

    if said.output and check is None:
        raise typer.BadParameter("reports are written with --check alone", param_hint="--output")
    if statement and check:
        raise typer.BadParameter("it is made of a new manifest", param_hint="--statement")
    source = Source.of(path)
    if check is not None:
        raise typer.Exit(_checked(source, check, said))
    if statement:
        statements = {"statement": Format("statement", "statement", "an in-toto statement")}
        files([f"statement={statement}"], statements, [source.path], hint="--statement")
    start_early(said.jobs)
    from cableproof.manifests import booked
    from cableproof.sources.manifest import lines, parquet

    with progress(said.quiet) as advance:
        made, books = booked(
            source, jobs=said.jobs, limits=said.limits, digests=bool(statement), progress=advance
        )
    digest = _send(lines(made) if form is ManifestFormat.LINES else [parquet(made)])
    if statement:
        _state(statement, made.head(), books, form, digest)
    unreadable = made.unreadable
    if unreadable and not said.quiet:
        word = "input" if unreadable == 1 else "inputs"
        print(f"{unreadable:,} {word} could not be read: not listed", file=sys.stderr)
    raise typer.Exit(FINDINGS if unreadable else CLEAN if len(made.records) else NOTHING_CHECKED)


def _checked(source: Source, manifest: Path, said: Chosen) -> int:
    """Hold a source against a manifest, and return the exit status."""
    from cableproof.caching.runs import Asked
    from cableproof.source import Source

    outputs = written("manifest", [source], said, manifest)
    asked = Asked("manifest", [source, Source("", manifest)], {"limits": said.limits}, digests=True)

    def made(progress: Progress) -> Outcome:
        from cableproof.fixity import checked

        return checked(source, manifest, jobs=said.jobs, limits=said.limits, progress=progress)

    return answered(asked, made, said, outputs)


def _send(parts: Iterable[bytes]) -> str:
    """Write bytes to standard output, as long as somebody reads it; return the SHA-256 of all."""
    digest = sha256()
    parts = iter(parts)
    with reader_may_leave():
        for part in parts:
            digest.update(part)
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    for part in parts:  # what nobody reads any more
        digest.update(part)
    return digest.hexdigest()


def _state(
    file: Path, head: dict[str, Any], books: SourceBooks, form: ManifestFormat, digest: str
) -> None:
    """Write the statement over a manifest that was printed."""
    from cableproof.reports.statement import lines, statement
    from cableproof.reports.writing import write_whole

    write_whole(file, lines(statement(head, books, form.value, digest)))
