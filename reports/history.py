"""The history for a person at a terminal: what each release changed, and whose lives it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from cableproof.escape import shown
from cableproof.finding import Severity
from cableproof.reports.terminal import books, many, rules_found, verdict

if TYPE_CHECKING:
    from cableproof.chronicle import Happening, History, Life

FIRST = 12  # lives that are shown
#: What is no change of a cable itself; lives in which nothing else happened are not listed.
_PLAIN = ("added", "blanks")


def show(
    report: History, console: Console, fail_on: Severity | None, *, notes: bool, everything: bool
) -> None:
    """Print the history; ``everything`` shows each life, ``notes`` also cables merely added."""
    rules_found(report, console, notes=notes, everything=everything)
    _releases(report, console)
    lives = [
        life
        for life in report.lives
        if notes or any(h.event not in _PLAIN for h in life.happenings)
    ]
    for life in lives if everything else lives[:FIRST]:
        _life(console, life)
    if len(lives) > FIRST and not everything:
        console.print(f"… and {len(lives) - FIRST:,} more cables: --all")
    _leftovers(report, console)
    console.print()
    books(console, report, notes=notes)
    verdict(console, report, fail_on)


def _releases(report: History, console: Console) -> None:
    for number, release in enumerate(report.releases):
        events = ", ".join(f"{count:,} {what}" for what, count in release.events if count)
        moment = f", {release.moment}" if release.moment else ""
        line = Text(shown(release.name), style="bold").append(moment, style="not bold dim")
        line.append(f": {many(release.cables, 'cable')}", style="not bold default")
        if number:
            line.append(f"; {events or 'no change'}", style="not bold default")
        console.print(line)
    console.print()
    console.print("re-dated: another release date and the same text; blanks: white space alone")
    console.print()


def _life(console: Console, life: Life) -> None:
    told = "; ".join(_told(happening) for happening in life.happenings)
    console.print(Text(f"{life.identifier}: {told}"), soft_wrap=False)


def _told(happening: Happening) -> str:
    facts = dict(happening.facts)
    words = f"{shown(happening.release)} {happening.event}"
    if happening.event == "restored":
        same = "the text of" if facts["same_text"] else "another text than"
        return f"{words} with {same} {shown(happening.earlier)}"
    more = [*facts.get("fields", ()), *facts.get("kinds", ())]
    return f"{words} ({' '.join(more)})" if more else words


def _leftovers(report: History, console: Console) -> None:
    """Name the pages that state another counter than their neighbours: of an older release."""
    for release in report.releases:
        if release.leftovers:
            few = " ".join(release.leftovers[:FIRST])
            more = len(release.leftovers) - FIRST
            rest = f" … and {more:,} more" if more > 0 else ""
            pages = many(len(release.leftovers), "page")
            console.print(
                Text(f"{shown(release.name)}: {pages} left over from an older release: {few}{rest}")
            )
