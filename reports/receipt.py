"""A receipt: what it takes to do a run again, and the digest of the report that it made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from cableproof.reports.document import lines as report_lines

if TYPE_CHECKING:
    from cableproof.report import Report

FORMAT = "cableproof/1"


class Printed(NamedTuple):
    """What the JSON form of a report is: its size in bytes, and the SHA-256 of them."""

    bytes: int
    digest: str

    @classmethod
    def of(cls, report: Report) -> Printed:
        """Return size and digest of the report as ``--output json=FILE`` writes it."""
        size, digest = 0, sha256()
        for part in report_lines(report):
            data = part.encode()
            size += len(data)
            digest.update(data)
        return cls(size, f"sha256:{digest.hexdigest()}")


def receipt(report: Report) -> dict[str, Any]:
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
        "differences": report.differences,
    }


def lines(made: Mapping[str, Any]) -> Iterator[str]:
    """Yield a receipt as JSON text, all beyond ASCII escaped."""
    yield json.dumps(made, indent=1) + "\n"
