"""The gravest results where a reader takes only so many, in two passes and little memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.reports.results import Result, results

if TYPE_CHECKING:
    from cableproof.outcome import Outcome


def gravest(report: Outcome, most: int) -> tuple[Iterator[Result], dict[str, int]]:
    """Return up to ``most`` results, the gravest first, and how many of each severity are left out.

    Where some are, there is room for one more that says so. Results of one severity stand in
    their own order.
    """
    there = Counter(each.severity for each in results(report))
    room, take = most - (there.total() > most), {}
    for severity in Severity:
        take[severity.value] = min(room, there[severity.value])
        room -= take[severity.value]
    left = {s: there[s] - number for s, number in take.items() if there[s] > number}
    return _taken(report, take), left


def _taken(report: Outcome, take: dict[str, int]) -> Iterator[Result]:
    for severity, number in take.items():
        if number:
            for each in results(report):
                if each.severity == severity:
                    yield each
                    number -= 1
                    if not number:
                        break
