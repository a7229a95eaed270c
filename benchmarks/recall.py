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


#: Where in a page of the release TAGS stand as links, which are its field.
_LINK = "href='/tag/"


@dataclass(frozen=True, slots=True)
class Recall:
    """What a report says of the defects planted in one format."""

    records: int
    planted: Counter[str]
    found: Counter[str]
    unread: Counter[str]  #: not found, and in no field of the format but only in the text
    alarms: Counter[str]  #: errors and warnings by rule on records without a planted defect

    def cell(self, kind: str) -> str:
        """Return what a table says of one kind."""
        fielded = self.planted[kind] - self.unread[kind]
        parts = [f"{self.found[kind]:,} of {fielded:,}"] if fielded else []
        parts += [f"text only: {self.unread[kind]:,}"] if self.unread[kind] else []
        return "; ".join(parts) or "none planted"


def defects(corpus: Path, form: str) -> list[dict[str, Any]]:
    """Return the defects planted in a format, each with the field in which the format has it.

    Pages in the layout of an editor have no links in their TAGS line, and so no field of tags.
    """
    planted: list[dict[str, Any]] = json.loads((corpus / "defects.json").read_bytes())[form]
    for defect in planted:
        if form == "html" and defect["field"] == "tags":
            found = next((corpus / "html").glob(f"cable/*/*/{defect['identifier']}.html"))
            text = found.read_text(encoding="utf-8")
            defect["field"] = "tags" if _LINK in text[text.rindex("<pre>") :] else "body"
    return planted


def recall(report: Path, planted: list[dict[str, Any]]) -> Recall:
    """Return what the JSON report at `report` says of what is planted."""
    document = json.loads(report.read_bytes())
    said = {(finding["rule"], finding["identifier"]) for finding in document["findings"]}
    unsound = {defect["identifier"] for defect in planted}
    found: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    for defect in planted:
        kind = defect["kind"]
        if any((code, defect["identifier"]) in said for code in EXPECTED[kind]):
            found[kind] += 1
        elif defect["field"] == "body" and kind != "empty-body":
            unread[kind] += 1
    alarms = [
        finding["rule"]
        for finding in document["findings"]
        if finding["severity"] != "note" and finding["identifier"] not in unsound
    ]
    kinds = Counter(defect["kind"] for defect in planted)
    return Recall(document["summary"]["records"], kinds, found, unread, Counter(alarms))
