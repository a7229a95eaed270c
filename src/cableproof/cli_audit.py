"""The commands that hold a mirror against copies of the releases it may come from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cableproof.cli import app
from cableproof.cli_collate import JUDGING
from cableproof.delivery import answered, written
from cableproof.options import Cache, Chosen, ColorOption, Jobs, Quiet, chosen, judging
from cableproof.program import Color, console, reader_may_leave, say
from cableproof.progress import Progress, progress

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

_Against = Annotated[
    list[str] | None,
    typer.Option(
        "--against",
        metavar="NAME=PATH",
        help="A copy of a release, or its manifest; can be given up to nineteen times.",
    ),
]


@app.command()
@judging()
def audit(
    mirror: Annotated[str, typer.Argument(help="A file or folder; NAME=PATH names it.")],
    against: _Against = None,
    *,
    said: Chosen,
) -> None:
    """Tell how faithful a mirror is, and from which release each of its pages can come.

    Without --against the mirror is held against its own claims, counters, index pages and
    links alone, and its claims stay untestable.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong call, 3 a reference has no
    cable of the mirror, 4 a report could not be written or a fault of our own.

    Example: cableproof audit mirror/ --against 2010-12-07=release-a/ --against b.manifest
    """
    from cableproof.caching.runs import Asked
    from cableproof.source import Source

    own, others = Source.of(mirror), [Source.of(path) for path in against or ()]
    outputs = written("audit", [own, *others], said)
    asked = Asked("audit", [own, *others], {"limits": said.limits}, digests=bool(outputs))

    def made(progress: Progress) -> Outcome:
        from cableproof.auditing import audit as audited

        return audited(
            own,
            others,
            jobs=said.jobs,
            limits=said.limits,
            digests=asked.digests,
            progress=progress,
        )

    raise typer.Exit(answered(asked, made, said, outputs, JUDGING))


class CardFormat(StrEnum):
    """How a card is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command()
def cite(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(help="Of the cable, such as 05ALMATY3419.")],
    mirror: Annotated[
        str, typer.Option("--in", metavar="PATH", help="The file or folder that is cited.")
    ],
    against: _Against = None,
    form: Annotated[
        CardFormat, typer.Option("--format", help="How to print the card.")
    ] = CardFormat.TEXT,
    jobs: Jobs = None,
    cache: Cache = True,
    color: ColorOption = Color.AUTO,
    quiet: Quiet = False,
) -> None:
    """Print a record's card, fit for a footnote: places, digests, agreement, claims; no text.

    Exit status: 0 printed, 2 wrong call, 3 the source has no such cable, or nothing in common
    with a reference.

    Example: cableproof cite 05ALMATY3419 --in mirror/ --against csv=cables.csv --format markdown
    """
    from cableproof.pool import start_early
    from cableproof.source import Source

    own, others = Source.of(mirror), [Source.of(path) for path in against or ()]
    said = chosen(context)
    start_early(said.jobs, JUDGING)
    from cableproof.citing import cite as cited
    from cableproof.reports import card as cards

    with progress(quiet) as advance:
        card = cited(identifier, own, others, jobs=said.jobs, limits=said.limits, progress=advance)
    if form is CardFormat.TEXT:
        with reader_may_leave():
            cards.show(card, console(said.color))
    else:
        write = cards.markdown if form is CardFormat.MARKDOWN else cards.lines
        say("".join(write(card)))
