"""Which of the planted defects a report names, and what it names besides."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The rules of which one must speak on a record with that defect.
EXPECTED = {
    "duplicate-identifier": ("IDN004",),
    "empty-body": ("REC004",),
    "malformed-identifier": ("IDN001",),
    "misspelt-station": ("IDN001", "IDN002"),  # the first where the table knows what is meant
    "misspelt-tag": ("TAG003",),
    "repeated-tag": ("TAG004",),
    "unknown-classification": ("CLS001",),
    "unknown-station": ("IDN002",),
    "unknown-tag": ("TAG001",),
    "unreadable-date": ("DAT001",),
    "wrong-origin": ("ORG002",),
    "wrong-year": ("DAT003",),
}


@dataclass(frozen=True, slots=True)
class Recall:
    """What a report says of the defects planted in one format."""

    records: int
    planted: Counter[str]
    found: Counter[str]
    idle: frozenset[str]  #: kinds of which no rule ran, since the format has no such field
    alarms: Counter[str]  #: errors and warnings by rule on records without a planted defect

    @property
    def run(self) -> int:
        """Return how many defects are of a kind of which a rule ran."""
        return sum(count for kind, count in self.planted.items() if kind not in self.idle)

    def cell(self, kind: str) -> str:
        """Return what a table says of one kind."""
        if not self.planted[kind]:
            return "none planted"
        if kind in self.idle:
            return f"not run ({self.planted[kind]:,})"
        return f"{self.found[kind]:,} of {self.planted[kind]:,}"


def recall(report: Path, defects: list[dict[str, Any]]) -> Recall:
    """Return what the JSON report at `report` says of `defects`, as `defects.json` lists them."""
    document = json.loads(report.read_bytes())
    said = {(found["rule"], found["identifier"]) for found in document["findings"]}
    unsound = {defect["identifier"] for defect in defects}
    ran = {code for code, books in document["summary"]["rules"].items() if books["ran"]}
    found = [
        defect["kind"]
        for defect in defects
        if any((code, defect["identifier"]) in said for code in EXPECTED[defect["kind"]])
    ]
    alarms = [
        finding["rule"]
        for finding in document["findings"]
        if finding["severity"] != "note" and finding["identifier"] not in unsound
    ]
    return Recall(
        records=document["summary"]["records"],
        planted=Counter(defect["kind"] for defect in defects),
        found=Counter(found),
        idle=frozenset(kind for kind, codes in EXPECTED.items() if not ran.intersection(codes)),
        alarms=Counter(alarms),
    )
