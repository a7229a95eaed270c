"""Findings that somebody looked at and accepted: read from ``accepted.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cableproof.errors import WrongSetting, nearest
from cableproof.policy import Paths, pattern

#: What an entry may say, and of what type.
KEYS: dict[str, type] = {
    "rule": str,
    "identifier": str,
    "source": str,
    "path": str,
    "fingerprint": str,
    "reason": str,
    "who": str,
    "until": date,
}
_ASKED = ("reason", "who")
_BEGINS = re.compile(r"^[ \t]*\[\[\s*accepted\s*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One accepted finding, or all of a rule on a cable or in files of a path.

    ``path`` is a pattern as in a ``.gitignore``. ``number`` and ``line`` are from 1.
    """

    number: int
    line: int
    rule: str
    identifier: str
    source: str
    path: str
    fingerprint: str
    reason: str
    who: str
    until: date | None

    def told(self) -> dict[str, Any]:
        """Return what a report says of an accepted finding."""
        until = None if self.until is None else self.until.isoformat()
        return {"reason": self.reason, "who": self.who, "until": until}


def entries(file: Path) -> tuple[Entry, ...]:
    """Return the entries of a file of accepted findings.

    Raises:
        WrongSetting: it is not there, is no TOML, or an entry is not as it must be.

    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
        whole = tomllib.loads(text.replace("\r\n", "\n"))
    except OSError as error:
        raise WrongSetting(str(file), (error.strerror or "cannot be read").lower()) from None
    except (ValueError, RecursionError) as error:
        raise WrongSetting(str(file), f"it is no TOML: {error}") from None
    for name in whole:
        if name != "accepted":
            raise WrongSetting(f"{file}: {name}", "entries begin with [[accepted]]")
    listed = whole.get("accepted", [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise WrongSetting(str(file), "entries begin with [[accepted]]")
    begins = [text.count("\n", 0, found.start()) + 1 for found in _BEGINS.finditer(text)]
    lines = begins if len(begins) == len(listed) else [1] * len(listed)
    return tuple(
        _entry(file, number, line, each)
        for number, (line, each) in enumerate(zip(lines, listed, strict=True), 1)
    )


def _entry(file: Path, number: int, line: int, said: Mapping[str, Any]) -> Entry:
    where = f"{file}:{line}"
    for name, value in said.items():
        if name not in KEYS:
            raise WrongSetting(f"{where}: {name}", f"no such key{nearest(name, KEYS)}")
        if isinstance(value, datetime) or not isinstance(value, KEYS[name]):
            kind = "a date, as 2027-01-31" if name == "until" else "a text"
            raise WrongSetting(f"{where}: {name}", f"it must be {kind}")
    for name in _ASKED:
        if not said.get(name, "").strip():
            raise WrongSetting(where, f"an accepted finding needs a {name}")
    named = said.get("rule") and (said.get("identifier") or said.get("path"))
    if not (said.get("fingerprint") or named):
        raise WrongSetting(where, "name a fingerprint, or a rule with an identifier or a path")
    given = {name: said.get(name, "") for name in KEYS} | {"until": said.get("until")}
    return Entry(number, line, **given)


@dataclass(frozen=True)
class Accepted:
    """The entries of a file, by what they fit, and the numbers of those that expired."""

    entries: tuple[Entry, ...] = ()
    expired: frozenset[int] = frozenset()

    def fitting(self, row: Mapping[str, Any], code: str, paths: Paths) -> list[Entry]:
        """Return the entries that fit a finding or discrepancy, whether they expired or not."""
        some = (*self._by_print.get(row["fingerprint"], ()), *self._by_rule.get(code, ()))
        return [entry for entry in some if self._fits(entry, row, paths)]

    def _fits(self, entry: Entry, row: Mapping[str, Any], paths: Paths) -> bool:
        if entry.identifier and entry.identifier != row["identifier"]:
            return False
        if entry.source and entry.source not in (row.get("source"), *row.get("cells", ())):
            return False
        return not entry.path or self._paths[entry.number](paths)

    @cached_property
    def _paths(self) -> dict[int, Callable[[Paths], bool]]:
        return {each.number: pattern(each.path) for each in self.entries if each.path}

    @cached_property
    def _by_print(self) -> dict[str, list[Entry]]:
        return _grouped((each.fingerprint, each) for each in self.entries if each.fingerprint)

    @cached_property
    def _by_rule(self) -> dict[str, list[Entry]]:
        return _grouped((e.rule.upper(), e) for e in self.entries if not e.fingerprint)


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for key, entry in pairs:
        groups.setdefault(key, []).append(entry)
    return groups


def today() -> date:
    """Return the day, in UTC, that ``SOURCE_DATE_EPOCH`` fixes where it is set.

    Raises:
        WrongSetting: that is no number of seconds.

    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise WrongSetting("SOURCE_DATE_EPOCH", "it must be seconds since 1970") from None


def accepted(file: Path | None, over: frozenset[int] | None = None) -> Accepted:
    """Return the accepted findings of a file, of which those in ``over`` expired.

    Without ``over`` the calendar says which did; it is asked where an entry has a day at all.

    Raises:
        WrongSetting: the file is not as it must be.

    """
    listed = () if file is None else entries(file)
    if over is None:
        over = _expired(listed, today()) if any(each.until for each in listed) else frozenset()
    return Accepted(listed, over)


def _expired(listed: tuple[Entry, ...], day: date) -> frozenset[int]:
    """Return the numbers of the entries that held until a day before ``day``."""
    return frozenset(each.number for each in listed if each.until is not None and each.until < day)
