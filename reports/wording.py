"""Words and numbers that the pages of several commands have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from cableproof.finding import Severity
from cableproof.reports.terminal import many

Document = Mapping[str, Any]
BLANK = "\N{NO-BREAK SPACE}"
MOST = 5000  # rows that one table of a page lists
LONGEST = 120  # characters of a value in a cell
_SHORT = 3  # characters of a name that serves as its own letter
RANKS = {severity.value: severity.rank for severity in Severity}


def letters(names: Sequence[str]) -> dict[str, str]:
    """Return by what each source is called: its own name where all are short, else a letter.

    Other letters beside names that are letters themselves would call one source by another one's name.

    >>> letters(["A", "C"]), letters(["harbour", "C"])
    ({'A': 'A', 'C': 'C'}, {'harbour': 'A', 'C': 'B'})
    """
    short = all(len(name) <= _SHORT for name in names)
    return dict(zip(names, names if short else ascii_uppercase, strict=False))


def share(part: int, whole: int) -> str:
    r"""Return a share in per cent, cut, never rounded up to all nor down to none.

    >>> [share(2999, 3000), share(1, 3000), share(3, 3)]
    ['99.9\xa0%', '<\xa00.1\xa0%', '100\xa0%']
    """
    tenths = 1000 * part // whole
    if part and not tenths:
        return f"<{BLANK}0.1{BLANK}%"
    told = f"{tenths / 10:.1f}{BLANK}%"
    return told.replace(".0", "") if part in (0, whole) else told


def cut(value: str, longest: int = LONGEST) -> str:
    """Return a value as a cell has room for it; what is cut says by how much."""
    return value if len(value) <= longest else f"{value[:longest]}… (+{len(value) - longest})"


def spaced(name: str) -> str:
    """Return the name of a rule or kind in words."""
    return name.replace("-", " ")


def severities(rows: Sequence[Document]) -> str:
    """Return how many rows there are of each severity, the gravest first."""
    counts = Counter(each["severity"] for each in rows)
    return ", ".join(many(counts[s.value], s.value) for s in Severity if counts[s.value])


def listed(
    rows: Sequence[Document], rank: Callable[[Document], Any], name: Callable[[Document], str]
) -> tuple[Sequence[Document], dict[str, int]]:
    """Return the rows that a page has room for, and how many of each name it leaves out.

    Those of a lower rank go before the others, and all stand in their own order.
    """
    if len(rows) <= MOST:
        return rows, {}
    order = sorted(range(len(rows)), key=lambda n: (rank(rows[n]), n))
    left_out = Counter(name(rows[n]) for n in order[MOST:])
    return [rows[n] for n in sorted(order[:MOST])], dict(sorted(left_out.items()))


def idle(rules: Mapping[str, Document]) -> Iterator[tuple[str, str, str]]:
    """Yield why rules were not run, which is not passed: on how many records, and which."""
    reasons: dict[tuple[str, int], list[str]] = {}
    for code, rule in rules.items():
        for lack, records in rule["lacking"].items():
            reasons.setdefault((lack, records), []).append(code)
    for (lack, records), codes in sorted(reasons.items(), key=lambda each: (-each[0][1], each[0])):
        yield many(records, "record"), lack, " ".join(codes)
