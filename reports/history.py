"""The history for a person at a terminal: what each release changed, and whose lives it changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from cableproof.escape import shown
from cableproof.finding import Severity
from cableproof.reports.terminal import books, many, rules_found, verdict
from cableproof.reports.wording import Document

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

FIRST = 12  # lives that are shown
#: What is no change of a cable itself; lives in which nothing else happened are not listed.
_PLAIN = ("added", "blanks")


def show(
    report: Outcome, console: Console, fail_on: Severity | None, *, notes: bool, everything: bool
) -> None:
    """Print the history; ``everything`` shows each life, ``notes`` also cables merely added."""
    releases = (report.history() or {})["releases"]
    rules_found(report, console, notes=notes, everything=everything)
    _releases(releases, console)
    lives = [
        life
        for life in report.lived()
        if notes or any(each["event"] not in _PLAIN for each in life["events"])
    ]
    for life in lives if everything else lives[:FIRST]:
        _life(console, life)
    if len(lives) > FIRST and not everything:
        console.print(f"… and {len(lives) - FIRST:,} more cables: --all")
    _leftovers(releases, console)
    console.print()
    books(console, report, notes=notes)
    verdict(console, report, fail_on)


def _releases(releases: Sequence[Document], console: Console) -> None:
    for number, release in enumerate(releases):
        events = ", ".join(
            f"{count:,} {what}" for what, count in release["events"].items() if count
        )
        moment = f", {shown(release['moment'])}" if release["moment"] else ""
        line = Text(shown(release["name"]), style="bold").append(moment, style="not bold dim")
        line.append(f": {many(release['cables'], 'cable')}", style="not bold default")
        if number:
            line.append(f"; {events or 'no change'}", style="not bold default")
        console.print(line)
    console.print()
    console.print("re-dated: another release date and the same text; blanks: white space alone")
    console.print()


def _life(console: Console, life: Document) -> None:
    told = "; ".join(map(_told, life["events"]))
    console.print(Text(f"{shown(life['identifier'])}: {told}"), soft_wrap=False)


def _told(event: Document) -> str:
    words = f"{shown(event['release'])} {event['event']}"
    if event["event"] == "restored":
        same = "the text of" if event["same_text"] else "another text than"
        return f"{words} with {same} {shown(event['earlier'])}"
    more = [*event.get("fields", ()), *event.get("kinds", ())]
    return f"{words} ({' '.join(more)})" if more else words


def _leftovers(releases: Sequence[Document], console: Console) -> None:
    """Name the pages that state another counter than their neighbours: of an older release."""
    for release in releases:
        left = release["leftovers"]
        if left:
            more = len(left) - FIRST
            rest = f" … and {more:,} more" if more > 0 else ""
            pages = f"{many(len(left), 'page')} left over from an older release"
            few = " ".join(map(shown, left[:FIRST]))
            console.print(Text(f"{shown(release['name'])}: {pages}: {few}{rest}"))
