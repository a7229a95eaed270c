"""Results by rule: how many, how grave, and the first of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.reports.results import Result, results

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

RANKS = {severity.value: severity.rank for severity in Severity}


@dataclass
class Group:
    """What one rule found: how much, the gravest severity, and the first results or all."""

    rule: str
    name: str
    severity: str
    number: int = 0
    first: list[Result] = field(default_factory=list)


def by_rule(report: Outcome, most: int | None = None) -> list[Group]:
    """Return what each rule and kind found, the gravest first; of each up to ``most`` results."""
    groups: dict[str, Group] = {}
    for each in results(report):
        group = groups.get(each.rule)
        if group is None:
            group = groups[each.rule] = Group(each.rule, each.name, each.severity)
        group.severity = min(group.severity, each.severity, key=RANKS.__getitem__)
        group.number += 1
        if most is None or group.number <= most:
            group.first.append(each)
    return sorted(groups.values(), key=lambda each: (RANKS[each.severity], each.rule))
