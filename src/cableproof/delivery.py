"""A report delivered: written to files, printed, and summed up in an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import typer

from cableproof.formats import CRATE, FORMATS, Format, of_command
from cableproof.policy import Policy
from cableproof.pool import start_early
from cableproof.program import CLEAN, FINDINGS, NOTHING_CHECKED, Color, console, reader_may_leave
from cableproof.progress import Progress, progress, so_far
from cableproof.reports.crate import is_free

if TYPE_CHECKING:
    from cableproof.caching.runs import Asked
    from cableproof.finding import Severity
    from cableproof.options import Chosen
    from cableproof.outcome import Outcome
    from cableproof.source import Source

STDOUT = "-"  # in the place of a file: then the text for people is not printed
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
    published: datetime | None  # the date that a crate has
    level: Severity | None  # the lowest severity that fails
    color: Color
    notes: bool
    everything: bool
    quiet: bool
    policy: Policy = field(default_factory=Policy)
    files_alone: bool = False  # the text for people is not printed where a file is written

    @classmethod
    def of(cls, said: Chosen, files: Sequence[tuple[str, Path]]) -> Delivery:
        """Return how a command delivers that was told so by flags and settings."""
        return cls(
            files=files,
            published=said.published,
            level=said.level,
            color=said.color,
            notes=said.notes,
            everything=said.everything,
            quiet=said.quiet,
            policy=said.settings.policy,
        )


def written(
    command: str, sources: Sequence[Source], said: Chosen, *more: Path
) -> list[tuple[str, Path]]:
    """Return the reports that a command on sources was told to write: see ``files``.

    ``more`` are files that it reads beside the sources and those that settings name.
    """
    inputs = [*(source.path for source in sources), *more, *said.read]
    return files(said.output, of_command(command), inputs, said.published)


def files(
    options: list[str] | None,
    formats: Mapping[str, Format],
    inputs: Sequence[Path],
    published: datetime | None = None,
    *,
    hint: str = "--output",
) -> list[tuple[str, Path]]:
    """Return formats and files from options such as ``json=report.json``, ``-`` being no file.

    No report takes the place of a file that is read, nor of another report, and a crate no
    folder that holds a source. What a format needs is asked for before anything is read.
    """
    found: list[tuple[str, Path]] = []
    taken = {path.resolve() for path in inputs}
    for text in options or ():
        form, _, file = text.partition("=")
        if form not in formats or not file:
            known = " or ".join(f"{name}={each.place}" for name, each in formats.items())
            raise typer.BadParameter(f"{text}: write it as {known}", param_hint=hint)
        _equipped(formats[form], published)
        if file == STDOUT:
            _alone(form, found, text)
            found.append((form, Path(file)))
            continue
        whole = Path(file).resolve()
        crates = [Path(file).resolve() for form, file in found if form == CRATE]
        if _in_the_way(form, whole, taken) or any(map(whole.is_relative_to, crates)):
            message = f"{text}: the file is a source or another report"
            raise typer.BadParameter(message, param_hint=hint)
        if form == CRATE and not is_free(whole):
            message = f"{text}: a crate is a folder of its own, and there are other files"
            raise typer.BadParameter(message, param_hint=hint)
        taken.add(whole)
        found.append((form, Path(file)))
    return found


def _alone(form: str, found: Sequence[tuple[str, Path]], text: str) -> None:
    """Make sure that standard output takes one report, and that it is one file."""
    if form == CRATE or any(str(file) == STDOUT for _, file in found):
        message = f"{text}: standard output takes one report, and no folder"
        raise typer.BadParameter(message, param_hint="--output")


def _equipped(form: Format, published: datetime | None) -> None:
    """Make sure that there is the library, and the date, that a format needs."""
    if form.library and find_spec(form.library) is None:
        extra = "pip install 'cableproof[provenance]'"
        message = f"{form.name} needs the library {form.library}: {extra}"
        raise typer.BadParameter(message, param_hint="--output")
    if form.name == CRATE and published is None:
        message = "a crate has a date and a report no clock: say --published YYYY-MM-DD"
        raise typer.BadParameter(message, param_hint="--output")


def _in_the_way(form: str, whole: Path, taken: set[Path]) -> bool:
    """Tell whether what would be written stands where something is read or written already."""
    if form == CRATE:
        return any(path.is_relative_to(whole) or whole.is_relative_to(path) for path in taken)
    return whole in taken and (whole.is_file() or not whole.exists())


def answered(
    asked: Asked,
    make: Callable[[Progress], Outcome],
    said: Chosen,
    outputs: Sequence[tuple[str, Path]],
    *modules: str,
) -> int:
    """Answer what a command was asked, and return the exit status of its run.

    ``make`` makes the report, unless an earlier run did; ``modules`` are what the processes that
    read will need.
    """
    how = Delivery.of(said, outputs)
    fresh = False

    def made() -> Outcome:
        nonlocal fresh
        fresh = True
        start_early(said.jobs, *modules)
        Thread(target=import_module, args=(_shown(asked.command),), daemon=True).start()
        with progress(said.quiet) as advance, so_far(said.settings["cache"]) as told:
            return make(told(advance))

    if not said.settings["cache"]:
        return delivered(made(), how)
    from cableproof.caching import runs

    report = runs.answered(asked, made)
    if not fresh and not said.quiet and sys.stderr.isatty():
        typer.echo("nothing changed since it was read; --no-cache reads it again", err=True)
    return delivered(report, how)


def delivered(report: Outcome, how: Delivery) -> int:
    """Weigh, write and print ``report``, and return the exit status of its run."""
    if how.policy:
        from cableproof.weighing import weighed

        report = weighed(report, how.policy)
    _write_all(report, how)  # first, since standard output may be closed by its reader
    _print(report, how)
    if not report.conforms(how.level):
        return FINDINGS
    return CLEAN if report.books.records else NOTHING_CHECKED


def _write_all(report: Outcome, how: Delivery) -> None:
    from cableproof.escape import shown
    from cableproof.reports.receipt import receipt

    number = sum(report.counts.values())
    found = f"{number:,} finding" + ("" if number == 1 else "s")
    wanted = [(FORMATS[form], file) for form, file in how.files]
    made = receipt(report) if any(form.of_receipt for form, _ in wanted) else {}
    for form, file in wanted:
        if str(file) == STDOUT:
            send(form.parts(report, made))
            continue
        size = _written(report, made, form, file, how.published)
        if not how.quiet:
            typer.echo(f"wrote {shown(file)}: {size:,} bytes, {found}, no text", err=True)


def _written(
    report: Outcome, made: dict[str, Any], form: Format, file: Path, published: datetime | None
) -> int:
    """Write one format of a report, or of its receipt, and return the number of bytes."""
    from cableproof.reports.crate import write_crate
    from cableproof.reports.writing import write_whole

    if form.name == CRATE:
        day = "" if published is None else published.date().isoformat()
        return write_crate(report, made, file, day)
    return write_whole(file, form.parts(report, made))


def send(parts: Iterable[str | bytes]) -> bool:
    """Write to standard output as long as somebody reads it; tell whether all was written."""
    with reader_may_leave():
        for part in parts:
            sys.stdout.buffer.write(part.encode() if isinstance(part, str) else part)
        sys.stdout.buffer.flush()
        return True
    return False


def _shown(command: str) -> str:
    return _SHOWN.get(command, "cableproof.reports.terminal")


def _print(report: Outcome, how: Delivery) -> None:
    from cableproof.finding import Severity

    sent = any(str(file) == STDOUT for _, file in how.files)
    if sent or (how.files and how.files_alone) or (how.quiet and report.conforms(how.level)):
        return
    show = import_module(_shown(report.command)).show
    notes = how.notes or how.level is Severity.NOTE
    with reader_may_leave():
        show(report, console(how.color), how.level, notes=notes, everything=how.everything)
        sys.stdout.flush()
