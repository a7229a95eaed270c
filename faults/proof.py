"""What is found of planted faults: by its rule, through a cause, and what else was said."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from kinds import Fault, Innocent
from planting import Planted

import cableproof
from cableproof.validators.catalogue import CATALOGUE

#: Sources of one run: each run has a cost of its own, and its texts are in memory at once.
_BATCH = 24
SERIOUS = ("error", "warning")

#: What is said of a record or a source: rule and severity, and how often.
Said = Counter[tuple[str, str]]


class Finding(NamedTuple):
    """What is said, of which line (or of the whole source), and the codes for which it stands."""

    rule: str
    severity: str
    line: int | None
    stands_for: frozenset[str]
    message: str


@dataclass
class Result:
    """What came of one fault, or of one innocent change, in one kind of archive.

    Places are identifiers of records, or numbers of archives and trees.
    """

    planted: int = 0
    found: int = 0
    caused: Counter[str] = field(default_factory=Counter)  #: found through a cause, by its rule
    besides: dict[str, list[str]] = field(default_factory=dict)  #: where else, by rule
    elsewhere: dict[str, list[str]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)  #: in what words a fault is told, each once

    @property
    def recalled(self) -> int:
        """Return how many are found, in whatever way."""
        return self.found + self.caused.total()


@dataclass(frozen=True)
class Baseline:
    """What is said of an archive or a tree in which nothing is planted."""

    lines: dict[str | None, Said]  #: by identifier; under None of the whole source

    def of(self, *identifiers: str | None) -> Said:
        """Return what is said of records of these names, where there are such."""
        most: Said = Counter()
        for identifier in identifiers:
            most |= self.lines.get(identifier, Counter())
        return most

    def sound(self) -> set[str]:
        """Return the records of which nothing serious is said."""
        return {
            name
            for name, told in self.lines.items()
            if name is not None and not any(severity in SERIOUS for _, severity in told)
        }

    def without(self, code: str) -> set[str]:
        """Return the records of which that rule says nothing."""
        return {
            name
            for name, told in self.lines.items()
            if name is not None and not any(rule == code for rule, _ in told)
        }


def validated(sources: Sequence[Path]) -> dict[str, list[Finding]]:
    """Return what is found in each of the sources, by its name."""
    found: dict[str, list[Finding]] = {source.name: [] for source in sources}
    for first in range(0, len(sources), _BATCH):
        report = cableproof.validate(*sources[first : first + _BATCH])
        for row in report.findings.to_dict("records"):
            found[row["source"]].append(_finding(row))
    return found


def _finding(row: dict[Any, Any]) -> Finding:
    stands_for = frozenset(str(row["facts"].get("stands_for") or "").split())
    line = None if pd.isna(row["line"]) else int(row["line"])
    return Finding(row["rule"], row["severity"], line, stands_for, row["message"])


def said(findings: Iterable[Finding]) -> Said:
    """Return how often each rule speaks, by severity."""
    return Counter((finding.rule, finding.severity) for finding in findings)


def by_line(findings: Iterable[Finding]) -> dict[int | None, list[Finding]]:
    """Return the findings of each line; under None those of the whole source."""
    lines: dict[int | None, list[Finding]] = {}
    for finding in findings:
        lines.setdefault(finding.line, []).append(finding)
    return lines


def baseline(planted: Planted, findings: Sequence[Finding]) -> Baseline:
    """Return what is said of an archive without faults."""
    lines = by_line(findings)
    told: dict[str | None, Said] = {None: said(lines.get(None, []))}
    for number, record in enumerate(planted.records, start=1):
        told[record["identifier"]] = said(lines.get(number, []))
    return Baseline(told)


def accepted(fault: Fault) -> tuple[str, ...]:
    """Return the severities at which the fault counts as found."""
    if fault.note or CATALOGUE[fault.code].severity == "note":
        return ("note",)
    return SERIOUS


def fresh(findings: Sequence[Finding], before: Said) -> list[Finding]:
    """Return the findings that were not there before."""
    left, new = Counter(before), []
    for finding in findings:
        key = finding.rule, finding.severity
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new


def judged(
    change: Fault | Innocent, planted: Planted, findings: Sequence[Finding], before: Baseline
) -> Result:
    """Return what came of a change of records."""
    result, lines = Result(planted=len(planted.groups)), by_line(findings)
    touched = {number for numbers, _ in planted.groups for number in numbers}
    for numbers, identifier in planted.groups:
        new = []
        for number in numbers:
            name = planted.records[number].get("identifier")
            own = before.of(identifier, name if isinstance(name, str) else None)
            new += fresh(lines.get(number + 1, []), own)
        count(change, new, result, identifier)
    rest = [
        (number + 1, r["identifier"])
        for number, r in enumerate(planted.records)
        if number not in touched
    ]
    for line, identifier in [*rest, (None, None)]:
        for finding in fresh(lines.get(line, []), before.of(identifier)):
            if alarming(change, finding):
                result.elsewhere.setdefault(finding.rule, []).append(identifier or "the source")
    return result


def count(change: Fault | Innocent, new: Sequence[Finding], result: Result, place: str) -> None:
    """Add to a result what is newly said at one place."""
    if isinstance(change, Fault):
        wanted = accepted(change)
        told = [f.message for f in new if f.rule == change.code]
        result.says += [each for each in dict.fromkeys(told) if each not in result.says]
        causes = [finding.rule for finding in new if change.code in finding.stands_for]
        if any(f.rule == change.code and f.severity in wanted for f in new):
            result.found += 1
        elif causes:
            result.caused[causes[0]] += 1
        else:
            result.missed.append(place)
    for rule in {f.rule for f in new if alarming(change, f)}:
        result.besides.setdefault(rule, []).append(place)


def alarming(change: Fault | Innocent, finding: Finding) -> bool:
    """Return whether a finding is none that the change should raise.

    Beside a fault that is a serious one of another rule, beside an innocent change any.
    """
    if finding.rule in change.shows:
        return False
    if isinstance(change, Innocent):
        return True
    own = finding.rule == change.code and finding.severity in accepted(change)
    return finding.severity in SERIOUS and not own
