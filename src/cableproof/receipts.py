"""Receipts as they come from anybody: read, judged, and nothing in them believed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cableproof.errors import NoReceipt, NoSuchPath
from cableproof.reports.receipt import FORMAT
from cableproof.schemas.shipped import load
from cableproof.sources.limits import unfit

LARGEST = 4 << 20  # bytes of a receipt; one of ours has about twenty thousand
#: The roles of the sources of each command, in their order.
_ROLES = {
    "validate": "source( source)*",
    "compare": "(reference|source)( source)*",
    "history": "source( source)*",
    "manifest": "source manifest",
    "audit": "(against )*mirror",
}
_FILES = "( accepted)?( baseline)?"  # of settings, after the sources of any command
Document = Mapping[str, Any]


def loaded(path: Path) -> Document:
    """Return the receipt at ``path``: of this version, valid by its schema, and fit to be run.

    Raises:
        NoSuchPath: there is no file.
        NoReceipt: it is none, is damaged, is of another version, or asks for what no run does.

    """
    found = _parsed(path)
    document: Document = found if isinstance(found, dict) else {}
    form = document.get("receipt")
    if not isinstance(form, str):
        raise NoReceipt(str(path), "it does not say that it is one")
    if form != FORMAT:
        raise NoReceipt(str(path), f"it is of version {form[:40]}, and this reads {FORMAT}")
    wrong = _invalid(document) or _unfit(document)
    if wrong:
        raise NoReceipt(str(path), wrong)
    return document


def _parsed(path: Path) -> Any:
    if not path.is_file():
        raise NoSuchPath(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise NoReceipt(str(path), (error.strerror or "it cannot be read").lower()) from None
    if len(data) > LARGEST:
        raise NoReceipt(str(path), f"it has more than {LARGEST:,} bytes")
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise NoReceipt(str(path), "it is damaged") from None


def _invalid(document: Document) -> str:
    """Return what breaks the schema, by its place alone; empty where nothing does."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    worst = best_match(Draft202012Validator(load("receipt")).iter_errors(document))
    return "" if worst is None else f"it is damaged at {worst.json_path}"


def _unfit(document: Document) -> str:
    """Return what a valid receipt asks for that no run does; empty where it is fit."""
    sources, settings = document["sources"], document["settings"]
    roles = " ".join(source["role"] for source in sources)
    if not re.fullmatch(_ROLES[document["command"]] + _FILES, roles):
        return "its command has other sources"
    if settings.get("reference") not in (None, *(source["name"] for source in sources)):
        return "its reference is no source"
    if not all(_possible(source["name"], source["path"]) for source in sources):
        return "its sources have no possible names and paths"
    odd = unfit(settings["limits"])
    return f"its {odd}" if odd else ""


def _possible(name: str, path: str) -> bool:
    """Tell whether a source can have that name, and a file that path."""
    try:
        return bool(name.encode() and path) and b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
