"""The report as JSON, the form of which every other is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cableproof.report import Books, Report, SourceBooks

FORMAT = "cableproof/1"
_PARTS = ("line", "row", "start")  # of a place, each where the source has it


def document(report: Report) -> dict[str, Any]:
    """Return the report as a dictionary, valid by ``report.schema.json``."""
    return _frame(report) | {"findings": list(_findings(report)), "comparison": None}


def _frame(report: Report) -> dict[str, Any]:
    return {
        "report": FORMAT,
        "command": report.command,
        "tool": dict(report.tool),
        "sources": [_source(source) for source in report.sources],
        "summary": _counts(report.books)
        | {
            "findings": report.counts,
            "rules": {
                code: {
                    "name": rule.name,
                    "ran": rule.ran,
                    "not_run": rule.not_run,
                    "findings": rule.findings,
                }
                for code, rule in report.rules.items()
            },
        },
    }


def _counts(books: Books) -> dict[str, int]:
    names = ("inputs", "records", "clean", "flagged", "unreadable", "skipped")
    return dict(zip(names, books.balanced().counts(), strict=True))


def _source(source: SourceBooks) -> dict[str, Any]:
    return {
        "name": source.name,
        "path": source.path,
        "kinds": dict(source.kinds),
        "skipped_files": dict(source.skipped),
        "files": source.files,
        "bytes": source.bytes,
        "digest": source.digest,
    } | _counts(source.books)


def _findings(report: Report) -> Iterator[dict[str, Any]]:
    """Yield the findings in their order; places are relative to the source's path."""
    roots = {source.name: source.path.rstrip("/") for source in report.sources}
    single = {source.name for source in report.sources if source.is_file}
    sheet = report.findings
    values = zip(*(sheet[column].tolist() for column in sheet), strict=True)
    for row in values:
        found = dict(zip(sheet, row, strict=True))
        root = roots[found["source"]]
        path = root if found["source"] in single else f"{root}/{found['path']}"
        place: dict[str, Any] = {"path": path}
        place |= {part: int(found[part]) for part in _PARTS if isinstance(found[part], int | float)}
        yield {
            "rule": found["rule"],
            "name": found["name"],
            "severity": found["severity"],
            "source": found["source"],
            "identifier": found["identifier"] if isinstance(found["identifier"], str) else None,
            "fields": found["fields"].split(),
            "message": found["message"],
            "facts": found["facts"],
            "place": place,
            "fingerprint": found["fingerprint"],
        }


def lines(report: Report) -> Iterator[str]:
    """Yield the report as JSON text: one finding a line, all beyond ASCII escaped."""
    head = json.dumps(_frame(report), indent=1)
    yield head.removesuffix("\n}") + ',\n "findings": ['
    between = "\n"
    for finding in _findings(report):
        yield between + "  " + json.dumps(finding)
        between = ",\n"
    yield ("\n ]" if between == ",\n" else "]") + ',\n "comparison": null\n}\n'
