"""One cable as it was read: its claims beside what text, page and place attest; no text."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cableproof.escape import shown

_UNKNOWN = "-"  # nothing is known: no claim, or no evidence for it


def show(record: dict[str, Any], evidence: dict[str, Any], console: Console) -> None:
    """Print a record: one line a field, the evidence beside the claim."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("field", no_wrap=True)
    table.add_column("claim", overflow="fold")
    table.add_column("evidence", overflow="fold")
    for field, claim, attested in _rows(record, evidence):
        table.add_row(Text(field), Text(claim), Text(attested))
    console.print(table)


def _rows(record: dict[str, Any], evidence: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    attested = _attested(record, evidence)
    for field, value in record.items():
        is_text = field in ("header", "body") and value is not None
        claim = f"{len(value):,} characters" if is_text else _claim(value)
        yield field, claim, attested.get(field, "")


def _claim(value: object) -> str:
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(shown, value)) or "none"
    return shown(value)


def _subject_line(record: dict[str, Any], evidence: dict[str, Any]) -> str:
    """Return whether the text has a subject; it is asked only where the field has none."""
    if (record["subject"] or "").strip():
        return ""
    return "the text has a subject line" if evidence["subject_known"] else "none in the text"


def _tags(evidence: dict[str, Any]) -> str:
    """Return how many codes of the two kinds that each cable needs, and what is no code."""
    if evidence["subject_tags"] is None:
        return ""
    counts = f"{evidence['subject_tags']} subject, {evidence['geographic_tags']} geographic"
    odd = ", ".join(each["tag"] for each in evidence["odd_tags"] or ())
    return f"{counts}; odd: {odd}" if odd else counts


def _attested(record: dict[str, Any], evidence: dict[str, Any]) -> dict[str, str]:
    """Return what is attested for each field, in words."""
    parts = [evidence[name] for name in ("year", "station", "serial")]
    page = evidence["page_names"]
    months = evidence["page_months"]
    said = {
        "identifier": [
            "year {}, station {}, serial {}".format(*parts) if parts[1] else "no known shape",
            "page agrees" if page == "" else f"page says: {page}" if page else "",
        ],
        "created": [
            f"{evidence['created_time']} UTC, to the {evidence['created_precision']}"
            if evidence["created_time"]
            else "no such time",
            "page agrees" if months == "" else f"page says: {months}" if months else "",
        ],
        "released": [f"{evidence['released_time']} UTC" if evidence["released_time"] else ""],
        "tags": [_tags(evidence)],
        "subject": [_subject_line(record, evidence)],
        "redacted": [f"{evidence['marks'] or 0} redaction marks in the text"],
        "partial_extract": ["routing header" if evidence["from_line"] else "no routing header"],
    }
    return {field: shown("; ".join(filter(None, words)), 200) for field, words in said.items()}
