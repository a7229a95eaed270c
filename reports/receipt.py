"""A receipt: what it takes to do a run again, and the digest of the report that it made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from cableproof.reports.document import lines as report_lines

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

FORMAT = "cableproof/1"


class Printed(NamedTuple):
    """What the JSON form of a report is: its size in bytes, and the SHA-256 of them."""

    bytes: int
    digest: str

    @classmethod
    def of(cls, report: Outcome) -> Printed:
        """Return size and digest of the report as ``--output json=FILE`` writes it."""
        size, digest = 0, sha256()
        for part in report_lines(report):
            data = part.encode()
            size += len(data)
            digest.update(data)
        return cls(size, f"sha256:{digest.hexdigest()}")


def receipt(report: Outcome) -> dict[str, Any]:
    """Return the receipt of a run (``cableproof schema receipt``).

    It says what the report says in the same words, but the findings.
    """
    head = report.head()
    return {
        "receipt": FORMAT,
        "report": Printed.of(report)._asdict(),
        "command": head["command"],
        "tool": head["tool"],
        **head["receipt"],
        "sources": head["sources"],
        "summary": head["summary"],
        "differences": differences(report),
    }


def differences(report: Outcome) -> dict[str, int]:
    """Return the numbers, by name, in which a comparison, a history or an audit sums up."""
    comparison, audit = report.comparison(), report.audit()
    if comparison is not None:
        return dict(comparison["kinds"])
    if audit is not None:
        return _audited(audit)
    return dict(
        sorted(Counter(e["event"] for life in report.lived() for e in life["events"]).items())
    )


def _audited(audit: Mapping[str, Any]) -> dict[str, int]:
    """Return what agrees by component, claims by verdict, and cables by what became of them."""
    counts = Counter(each["what"] for each in audit["fates"])
    counts += Counter(leftover=len(audit["leftovers"]))
    for each in audit["statements"]:
        counts.update({f"claims {verdict}": n for verdict, n in each["verdicts"].items() if n})
    agree = {f"{name} agrees": each["agree"] for name, each in audit["vector"].items() if each}
    return agree | dict(sorted(counts.items()))


def lines(made: Mapping[str, Any]) -> Iterator[str]:
    """Yield a receipt as JSON text, all beyond ASCII escaped."""
    yield json.dumps(made, indent=1) + "\n"
