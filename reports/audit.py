"""The audit for a person at a terminal: fidelity, origins, claims, what came and went, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cableproof.escape import shown
from cableproof.finding import Severity
from cableproof.reports.terminal import LONGEST, books, many, rules_found, verdict
from cableproof.reports.wording import BLANK, Document, share

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

_INSIDE = (0, 0, 0, 11)  # blanks before what belongs to the line above
FIRST = 12  # names of cables that are shown of each kind
_VERDICT = {
    "supported": "green",
    "consistent": "default",
    "contradicted": "bold red",
    "untestable": "dim",
    "unreadable": "yellow",
}
#: What can be said of a cable that not all have, in the order of telling.
FATES = {
    "withdrawn": "here, and no more in the newest release",
    "missing": "in the newest release, and not here",
    "unknown": "here, and in no release given",
    "restored": "gone for a while, and here",
}


def show(
    report: Outcome, console: Console, fail_on: Severity | None, *, notes: bool, everything: bool
) -> None:
    """Print the audit; ``everything`` names each cable, ``notes`` shows findings that are notes."""
    most = None if everything else FIRST
    audit = report.audit() or {}
    _references(audit["references"], console)
    _vector(audit, console)
    _origins(audit, list(report.from_where()), console, most)
    _claims(audit["statements"], console)
    _fates(audit["fates"], console, most)
    rules_found(report, console, notes=notes, everything=everything)
    books(console, report, notes=notes)
    verdict(console, report, fail_on)


def _references(references: Sequence[Document], console: Console) -> None:
    if not references:
        console.print("no reference given (--against): claims and inner consistency alone")
        console.print()
        return
    for each in references:
        line = Text(shown(each["name"]), style="bold")
        moment = shown(each["moment"]) or "release not told"
        line.append(f"  {moment}, {many(each['cables'], 'cable')}", "default")
        if each["selection"]:
            line.append(f" of the {each['counter']:,} that it counts: a selection", "default")
        if each["tied"]:
            line.append(f"; tied with {', '.join(map(shown, each['tied']))}", "default")
        console.print(line)
        if each["lacks"]:
            lacks = ", ".join(map(shown, each["lacks"]))
            console.print(Text(f"  no evidence: {lacks}", style="dim"))
    console.print()


def _vector(audit: Document, console: Console) -> None:
    """Print each component of fidelity with its denominator."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("fidelity")
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for name, found in audit["vector"].items():
        if found is None:
            table.add_row(name, "-", "", _absent(name, audit))
        else:
            of = f"{found['agree']:,} of {found['of']:,}"
            said = shown("; ".join(told(name, found)), 400)
            table.add_row(name, _share(found), of, said)
    console.print(table)
    console.print()


def _share(found: Document) -> str:
    return share(found["agree"], found["of"]).replace(BLANK, " ") if found["of"] else "-"


def _absent(name: str, audit: Document) -> str:
    no_manifest = audit["references"] and name == "fixity"
    return "no manifest among the references" if no_manifest else "no reference"


def told(name: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is to be known of a component beside its numbers, in words."""
    if name == "completeness":
        yield f"of {facts['release']}"
        yield from _unless(facts["unreadable"], "unreadable")
    elif name == "text":
        rungs = facts["rungs"]
        yield f"exact {rungs['exact']:,}, white space apart {rungs['spaced']:,}"
        yield from (f"{code} {number:,}" for code, number in facts["kinds"].items())
    elif name == "metadata":
        apart = {field: each["of"] - each["agree"] for field, each in facts["fields"].items()}
        yield from (f"{field} {number:,}" for field, number in apart.items() if number)
    elif name == "staleness":
        yield from (f"{number:,} as in {old}" for old, number in facts["older"].items())
    elif name == "redaction":
        yield from _unless(facts["covered_here"], "covered here and open there")
        yield from _unless(facts["covered_there"], "open here and covered there")
        yield from _unless(facts["restyled"], "with other marks")
    elif name == "links":
        own, inner = facts["own"], facts["inner"]
        yield f"{own['wrong']:,} of {own['of']:,} pages name another cable"
        yield f"{inner['dead']:,} of {inner['of']:,} inner addresses lead nowhere"
        yield from _unless(inner["to_missing_cables"], "to cables that are not here")


def _unless(number: int, words: str) -> Iterator[str]:
    if number:
        yield f"{number:,} {words}"


def _origins(
    audit: Document, origins: Sequence[Document], console: Console, most: int | None
) -> None:
    """Print from which releases how many pages can come, and by which evidence."""
    if not audit["references"]:
        _by_counter(origins, console)
    else:
        console.print(Text("where its pages can come from", style="bold"))
        sets: dict[tuple[str, ...], list[Document]] = {}
        for each in origins:
            sets.setdefault(tuple(each["releases"]), []).append(each)
        for releases, found in sorted(sets.items(), key=lambda item: -_pages(item[1])):
            _set(releases, found, console, most)
        whole = " or ".join(map(shown, audit["releases"]))
        console.print(
            Text(f"every page can come from {whole}" if whole else "no one release has every page")
        )
    if audit["leftovers"]:
        names = [each["identifier"] for each in audit["leftovers"]]
        console.print(Text(f"left over from an older release: {many(len(names), 'page')}"))
        _names(names, console, most)
    console.print()


def _set(
    releases: tuple[str, ...], found: Sequence[Document], console: Console, most: int | None
) -> None:
    """Print how many pages can come from the same releases, and what tells these apart."""
    names = " or ".join(map(shown, releases)) or "none of those given"
    console.print(Text(f"{_pages(found):>9,}  {names}"))
    reasons = Counter[str]()
    for each in found:
        reasons[because(each["evidence"])] += each["pages"]
    for reason, pages in reasons.most_common(most):
        console.print(Padding(Text(f"{pages:,}: {reason}", style="dim"), _INSIDE))
    if most is not None and len(reasons) > most:
        more = len(reasons) - most
        console.print(Padding(Text(f"… and {more:,} more: --all", style="dim"), _INSIDE))
    if not releases:
        _names([name for each in found for name in each["identifiers"]], console, most)


def _by_counter(origins: Sequence[Document], console: Console) -> None:
    counted = [each for each in origins if each["counter"] is not None]
    for each in counted:
        console.print(f"{each['pages']:>9,}  pages that count {each['counter']:,} cables")
    silent = _pages(origins) - _pages(counted)
    if silent:
        console.print(f"{silent:>9,}  pages or rows without a counter")


def _pages(origins: Sequence[Document]) -> int:
    return sum(each["pages"] for each in origins)


def because(evidence: Mapping[str, Document]) -> str:
    """Return the evidence that decides: which kinds tell releases apart, and for whom."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind, sides in evidence.items():
        if sides["against"]:
            kinds.setdefault(tuple(sides["for"]), []).append(kind)
    said = [
        f"{', '.join(names)} {'for ' + ' '.join(map(shown, spoken)) if spoken else 'against all'}"
        for spoken, names in kinds.items()
    ]
    return "; ".join(said) or "nothing tells them apart"


def _names(names: Sequence[str], console: Console, most: int | None) -> None:
    """Print names of cables, the first of them where they are many."""
    more = len(names) - (len(names) if most is None else most)
    few = " ".join(map(shown, names[:most])) + (f" … and {more:,} more: --all" if more > 0 else "")
    console.print(Padding(Text(few), _INSIDE))


def _claims(statements: Sequence[Document], console: Console) -> None:
    if not statements:
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("claim", "says", "verdict", ""):
        table.add_column(name, overflow="fold")
    for each in statements:
        says = " ".join(shown(value) for value in each["says"].values())
        table.add_row(each["claim"], says, _verdicts(each), shown(_why(each), LONGEST))
    console.print(table)
    console.print()


def _verdicts(each: Document) -> Text:
    parts = [Text(f"{v} {n:,}", style=_VERDICT[v]) for v, n in each["verdicts"].items() if n]
    return Text(", ").join(parts)


def _why(each: Document) -> str:
    """Return why a claim has its verdict: which evidence contradicts it, or what is lacking."""
    against = ", ".join(f"{kind} {number:,}" for kind, number in (each["against"] or {}).items())
    means = f"is {' or '.join(map(shown, each['releases']))}" if each["releases"] else ""
    return "; ".join(
        filter(None, (means, each["because"], f"against: {against}" if against else ""))
    )


def _fates(fates: Sequence[Document], console: Console, most: int | None) -> None:
    for what, words in FATES.items():
        found = [each for each in fates if each["what"] == what]
        if found:
            console.print(Text(f"{what}: {many(len(found), 'cable')} {words}"))
            names = [
                each["identifier"] + (f" ({each['earlier']})" if each["earlier"] else "")
                for each in found
            ]
            _names(names, console, most)
    if fates:
        console.print()
