"""What differs between two receipts, each thing by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from cableproof.books import Books
from cableproof.receipts import Document
from cableproof.sources.limits import DEFAULT
from cableproof.tool import digest_of
from cableproof.verdict import Change

_CARDS = {"rules": "rule", "schemas": "schema", "vocabularies": "vocabulary"}
_INPUT = ("files", "bytes", "records", "unreadable", "skipped")
_BOOKS = tuple(each.name for each in fields(Books))


def changes(then: Document, now: Document) -> Iterator[Change]:
    """Yield what differs: the tool, what it judges by, its settings, its inputs, its findings."""
    if then["tool"]["version"] != now["tool"]["version"]:
        yield Change("tool", "version", _apart(then["tool"]["version"], now["tool"]["version"]))
    for part, sort in _CARDS.items():
        yield from _cards(sort, then[part], now[part])
    yield from _settings(then, now)
    yield from _inputs(then["sources"], now["sources"])
    yield from _findings(then, now)


def _apart(then: object, now: object) -> str:
    return f"{_written(then)} then, {_written(now)} now"


def _written(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def _cards(sort: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    """Yield what has another digest, or stands on one side alone."""
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            told = "it is new" if name not in then else "it is gone"
            yield Change(sort, name, "it was changed" if name in then and name in now else told)


def _settings(then: Document, now: Document) -> Iterator[Change]:
    """Yield the settings that differ, and those that are not what their own digest says."""
    old, new = _leaves(then["settings"]), _leaves(now["settings"])
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield Change("setting", name, _apart(old.get(name, "none"), new.get(name, "none")))
    for part in ("settings", "rules"):
        if digest_of(then[part]) != then["tool"][part]:
            name = _edited(then) if part == "settings" else ""
            yield Change("receipt", name or part, "its digest in the receipt is another's")


def _leaves(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings by name, those in a group with the name of the group before theirs."""
    leaves: dict[str, Any] = {}
    for name, value in settings.items():
        group = value if isinstance(value, Mapping) else {"": value}
        leaves |= {f"{name}.{each}".rstrip("."): inner for each, inner in group.items()}
    return leaves


def _edited(then: Document) -> str:
    """Return the one limit that makes the settings those of their digest if it is as usual."""
    settings = then["settings"]
    for name, usual in asdict(DEFAULT).items():
        limits = settings["limits"] | {name: usual}
        if digest_of({**settings, "limits": limits}) == then["tool"]["settings"]:
            return f"settings limits.{name}"
    return ""


def _inputs(then: list[Document], now: list[Document]) -> Iterator[Change]:
    """Yield what differs in the sources; they are the same ones, in the same order."""
    for old, new in zip(then, now, strict=True):
        sizes = [{name: each[name] for name in _INPUT} for each in (old, new)]
        kinds = [each["kinds"] | each["skipped_files"] for each in (old, new)]
        for name, told in (*_counts(*sizes), *_counts(*kinds)):
            yield Change(old["role"], old["name"], f"{name}: {told}")
        if old["digest"] != new["digest"]:
            yield Change(old["role"], old["name"], "its content is another")


def _counts(then: Mapping[str, int], now: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield each name whose number differs, and both numbers; what is not there is none."""
    for name in sorted({*then, *now}):
        if then.get(name, 0) != now.get(name, 0):
            yield name, _apart(then.get(name, 0), now.get(name, 0))


def _findings(then: Document, now: Document) -> Iterator[Change]:
    """Yield what differs in the outcome: by rule, by kind, by severity, and in the books."""
    old, new = then["summary"], now["summary"]
    for part in ("findings", "not_run"):
        both = [{code: r[part] for code, r in each["rules"].items()} for each in (old, new)]
        said = part.replace("_", " ")
        yield from (Change("outcome", code, f"{said}: {told}") for code, told in _counts(*both))
    for name, told in _counts(then["differences"], now["differences"]):
        yield Change("outcome", name, told)
    for name, told in _counts(old["findings"], new["findings"]):
        yield Change("outcome", name, f"of this severity: {told}")
    books = [{name: each[name] for name in _BOOKS} for each in (old, new)]
    for name, told in _counts(*books):
        yield Change("outcome", name, told)
    for name, told in _counts(old["references"], new["references"]):
        yield Change("outcome", f"references {name}", told)
