"""The cablebrowser page: one cable as plain text, or the same page as HTML."""

import re
from typing import Any

from cableproof.sources.furniture import digest, inner_links
from cableproof.sources.html import rendered
from cableproof.sources.pages import Page, divided_text, field_lines
from cableproof.sources.places import Damaged

HEAD = re.compile(r"US embassy cable - (\S+)")
FOOT = "Latest source of this page is"
NOTICE = "This record is a partial extract of the original cable."
_FIELDS = {
    "Identifier": "identifier",
    "Wikileaks": "link",
    "Origin": "origin",
    "Created": "created",
    "Released": "released",
    "Classification": "classification",
    "Tags": "tags",
    "Redacted": "redacted",
}
_LABEL = re.compile(
    r"\s*(Identifier|Wikileaks|Origin|Created|Released|Classification|Tags|Redacted)\s*:[ \t]*(.*)",
    re.DOTALL,
)
_LINK = re.compile(r"(?:View )?(\S+)(?: at Wikileaks\.org)?")
_TAG = re.compile(r"\([^)]*\)|[^\s,;]+")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_STATEMENTS = {
    "this cable was not redacted by wikileaks": False,
    "this cable was redacted by wikileaks": True,
}


def read(page: Page) -> dict[str, Any]:
    """Return the record that a cablebrowser page prints.

    Raises:
        Damaged: the page is cut short, or has no place where its record would stand.

    """
    text = rendered(page.text) if page.is_html else page.text
    lines = _LINE.findall(text)[:-1]
    head = next((HEAD.fullmatch(line.strip()) for line in lines if line.strip()), None)
    first = next((i for i, line in enumerate(lines) if _label(line) == "Identifier"), None)
    if first is None:
        raise Damaged("cut short: no Identifier line", len(page.data))
    labels, after = _labels(lines, first)
    places = {_FIELDS[label]: page.at.line + number for label, (_, number) in labels.items()}
    foot = _foot(lines, after)
    if foot is None:
        raise Damaged("cut short: no closing line that names the source", len(page.data))
    record = _fields({label: value for label, (value, _) in labels.items()})
    partial = _notice(lines, after)
    text_begins = after if partial is None else partial + 1
    header, body = divided_text("".join(lines[text_begins:foot]).strip("\r\n \t"))
    title = _title(lines, first)
    release, _, released = lines[foot].strip().removeprefix(FOOT).partition(", released ")
    return record | {
        "subject": title,
        "partial_extract": partial is not None,
        "source_release": release.strip() or None,
        "source_released": released.strip() or None,
        "header": header,
        "body": body,
        "heading_identifier": head[1] if head else None,
        "furniture": digest(*_above(lines[:first], title), *lines[foot + 1 :]),
        "field_lines": None if page.is_html else field_lines(places),
        "inner_links": (inner_links(page.text),) if page.is_html else (),
    }


def _label(line: str) -> str | None:
    found = _LABEL.fullmatch(line.rstrip("\r\n"))
    return found[1] if found else None


def _labels(lines: list[str], first: int) -> tuple[dict[str, tuple[str, int]], int]:
    """Return the labelled values with their lines, and the first line after them."""
    labels: dict[str, tuple[str, int]] = {}
    after = first
    for number in range(first, len(lines)):
        found = _LABEL.fullmatch(lines[number].rstrip("\r\n"))
        if found and found[1] not in labels:
            labels[found[1]] = found[2].strip(), number
            after = number + 1
        elif lines[number].strip():
            break
    return labels, after


def _notice(lines: list[str], after: int) -> int | None:
    """Return the number of the line with the partial-extract notice, if it stands there."""
    for number in range(after, len(lines)):
        if lines[number].strip():
            return number if lines[number].strip().startswith(NOTICE) else None
    return None


def _foot(lines: list[str], after: int) -> int | None:
    for number in range(len(lines) - 1, after - 1, -1):
        if lines[number].strip().startswith(FOOT):
            return number
    return None


def _title(lines: list[str], first: int) -> str | None:
    """Return the last paragraph before the labels, where it is a title."""
    paragraph = next((line.strip() for line in reversed(lines[:first]) if line.strip()), "")
    return None if HEAD.fullmatch(paragraph) or paragraph.startswith("Disclaimer:") else paragraph


def _above(lines: list[str], title: str | None) -> list[str]:
    """Return the lines above the labels that say nothing of the record itself."""
    bare = (line.strip() for line in lines)
    return [line for line in bare if line != title and not HEAD.fullmatch(line)]


def _fields(labels: dict[str, str]) -> dict[str, Any]:
    link = _LINK.fullmatch(labels.get("Wikileaks", ""))
    statement = labels.get("Redacted")
    return {
        "identifier": labels.get("Identifier"),
        "origin": labels.get("Origin"),
        "created": labels.get("Created"),
        "released": labels.get("Released"),
        "classification": labels.get("Classification"),
        "tags": _TAG.findall(labels.get("Tags", "")),
        "redacted": _redacted(statement) if statement else None,
        "redaction_statement": statement,
        "link": link[1] if link else None,
        "own_links": [link[1]] if link else None,
    }


def _redacted(statement: str) -> bool | None:
    """Return what a statement says, however it is spaced and spelt; None where that is not known."""
    return _STATEMENTS.get(" ".join(statement.split()).rstrip(".").casefold())
