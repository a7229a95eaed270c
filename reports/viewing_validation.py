"""What a page shows of a validation: verdict, books, where findings are, and each rule's block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from cableproof.finding import Severity
from cableproof.reports.cards import Told, told
from cableproof.reports.gravest import gravest
from cableproof.reports.grouped import RANKS
from cableproof.reports.results import Result, results
from cableproof.reports.terminal import laws, many
from cableproof.reports.wording import MOST, idle, letters
from cableproof.schemas import vocab

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

_IDENTIFIER = re.compile(r"([0-9]{2})([A-Z]+)[0-9]+")
_FIRST_CENTURY = 66  # the year of the oldest cable: what is below is of this century
_BARS = 15  # bars of one chart
_OF_SETTINGS = ("accepted", "baseline")  # roles of files that were not read as archives


class Bar(NamedTuple):
    """One bar of a chart; widths are in per cent of the longest."""

    name: str
    number: int
    parts: list[tuple[str, float, float]]  # tone, where it begins, and how wide it is


@dataclass
class Block:
    """What one rule found: how often, in which severities, and its card."""

    code: str
    name: str
    card: Told | None
    counts: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    known: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    cables: set[str] = field(default_factory=set)

    @property
    def number(self) -> int:
        """Return how many findings there are."""
        return self.counts.total()

    @property
    def tone(self) -> str:
        """Return the letter of the gravest severity."""
        return min(self.counts, key=RANKS.__getitem__)[0]

    @property
    def said(self) -> str:
        """Return the severities, and what is accepted or known, in words."""
        parts = [many(self.counts[s.value], s.value) for s in Severity if self.counts[s.value]]
        parts += [f"{self.accepted:,} accepted"] if self.accepted else []
        parts += [f"{self.known:,} known before"] if self.known else []
        return ", ".join(parts)


class Seen:
    """What one pass over the findings counts."""

    def __init__(self) -> None:
        self.blocks: dict[str, Block] = {}
        self.by_source: dict[str, Counter[str]] = {}
        self.by_year: dict[str, Counter[str]] = {}
        self.by_post: dict[str, Counter[str]] = {}

    def take(self, each: Result) -> None:
        """Count a finding."""
        block = self.blocks.setdefault(each.rule, Block(each.rule, each.name, told(each.rule)))
        block.counts[each.severity] += 1
        block.accepted += each.accepted is not None
        block.known += each.state == "unchanged"
        block.sources[each.source] += 1
        if each.identifier is not None:
            block.cables.add(each.identifier)
        tone = each.severity[0]
        _count(self.by_source, each.source, tone)
        named = _IDENTIFIER.fullmatch(each.identifier or "")
        if named and named[2] in vocab.posts():
            _count(self.by_year, _year(int(named[1])), tone)
            _count(self.by_post, named[2], tone)


def _count(table: dict[str, Counter[str]], name: str, tone: str) -> None:
    table.setdefault(name, Counter())[tone] += 1


def _year(two: int) -> str:
    return str(two + (1900 if two >= _FIRST_CENTURY else 2000))


def view(report: Outcome) -> dict[str, Any]:
    """Return all that the page shows of a report."""
    head = report.head()
    seen = Seen()
    for each in results(report):
        seen.take(each)
    taken, left = gravest(report, MOST)
    names = [each["name"] for each in head["sources"] if each["role"] not in _OF_SETTINGS]
    summary = head["summary"]
    blocks = sorted(seen.blocks.values(), key=lambda b: ("ewn".index(b.tone), b.code))
    return {
        "head": head,
        "sigla": letters(names),
        "passed": report.conforms(),
        "counts": _counts(report.counts),
        "counted": _counts(report.counted) if report.counted != report.counts else "",
        "blocks": blocks,
        "most": max((block.number for block in blocks), default=1),
        "charts": list(_charts(seen, names)),
        "rows": list(taken),
        "number": sum(report.counts.values()),
        "left_out": {severity: f"{number:,}" for severity, number in left.items()},
        "numbers": {name: number for number, name in enumerate(names)},
        "laws": laws(head),
        "idle": list(idle(summary["rules"])),
        "ran": sum(bool(rule["ran"]) for rule in summary["rules"].values()),
        "baseline": report.baseline(),
        "thresholds": summary.get("thresholds", {}),
        "ignored": summary.get("ignored", {}),
        "accepted": summary.get("accepted", 0),
    }


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(many(number, severity) for severity, number in counts.items())


def _charts(seen: Seen, names: Sequence[str]) -> Iterator[tuple[str, str, list[Bar]]]:
    """Yield the charts that say anything: what each counts by, in how many, and its bars."""
    if len(names) > 1:
        yield "By source", "Source", _bars(seen.by_source, sorted(seen.by_source))
    if seen.by_year:
        yield (
            "By year of the cable",
            "Year",
            _bars(seen.by_year, sorted(seen.by_year), len(seen.by_year)),
        )
    if seen.by_post:
        order = sorted(seen.by_post, key=lambda post: (-seen.by_post[post].total(), post))
        yield "By post", "Post", _bars(seen.by_post, order)


def _bars(table: Mapping[str, Counter[str]], order: Sequence[str], most: int = _BARS) -> list[Bar]:
    """Return the bars of a chart; those beyond the last that has room are added up."""
    shown, rest = order[:most], order[most:]
    rows = {name: table[name] for name in shown}
    if rest:
        rows[f"… {len(rest):,} others"] = sum((table[name] for name in rest), Counter[str]())
    longest = max((counts.total() for counts in rows.values()), default=1)
    return [Bar(name, counts.total(), _parts(counts, longest)) for name, counts in rows.items()]


def _parts(counts: Mapping[str, int], longest: int) -> list[tuple[str, float, float]]:
    """Return the parts of a bar by severity, the gravest first."""
    parts, start = [], 0.0
    for tone in "ewn":
        width = round(100 * counts.get(tone, 0) / longest, 2)
        if width:
            parts.append((tone, round(start, 2), width))
        start += width
    return parts
