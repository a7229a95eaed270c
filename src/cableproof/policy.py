"""What a user decides about findings: how grave, how many are borne, what is accepted or known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cableproof.errors import WrongSetting, nearest
from cableproof.finding import Severity

_MOST = re.compile(r"(?P<count>[0-9]{1,9})|(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,6})?)%")


@dataclass(frozen=True)
class Most:
    """Up to how many findings of a rule fail no run: a number, or a share of what it ran on."""

    text: str
    count: int | None
    percent: float | None

    @classmethod
    def of(cls, text: str, where: str = "max") -> Most:
        """Return the threshold that ``5`` or ``0.1%`` means; ``where`` is named if it means none.

        Raises:
            WrongSetting: it means none.

        """
        found = _MOST.fullmatch(text.strip())
        if found is None or (found["percent"] and float(found["percent"]) > 100):
            raise WrongSetting(
                where, f"{text} is no threshold: write a number, as 5, or a share, as 0.1%"
            )
        count, percent = found["count"], found["percent"]
        return cls(text.strip(), int(count) if count else None, float(percent) if percent else None)

    def bears(self, found: int, of: int) -> bool:
        """Tell whether that many findings are borne where the rule ran on ``of`` records."""
        if self.count is not None:
            return found <= self.count
        return found * 100 <= (self.percent or 0.0) * of


@dataclass(frozen=True)
class Policy:
    """Severities by code or its beginning, codes to leave out, thresholds, and two files.

    ``ignore`` are codes, or their beginnings, that are left out everywhere; ``path_ignores`` has patterns as in a ``.gitignore`` with the codes, or their beginnings, of
    which findings in such files are left out. ``accepted`` is a file of accepted findings,
    ``baseline`` a report from which only new findings fail. ``expired`` names, from 1, the
    entries that had expired where a run is done again; None asks the calendar.
    """

    severities: Mapping[str, Severity] = field(default_factory=dict)
    path_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    most: Mapping[str, Most] = field(default_factory=dict)
    accepted: Path | None = None
    baseline: Path | None = None
    expired: frozenset[int] | None = None

    def __bool__(self) -> bool:
        said = (
            *(self.severities, self.ignore, self.path_ignores),
            *(self.most, self.accepted, self.baseline),
        )
        return any(said)

    def severity(self, code: str) -> Severity | None:
        """Return the severity that settings give a rule: that of the longest beginning of it."""
        fits = [prefix for prefix in self.severities if code.startswith(prefix)]
        return self.severities[max(fits, key=len)] if fits else None

    def values(self, expired: Iterable[int]) -> dict[str, Any]:
        """Return the policy as values for a receipt; the two files stand among the sources."""
        return {
            "severities": {code: each.value for code, each in sorted(self.severities.items())},
            "ignore": list(self.ignore),
            "path_ignores": {path: list(codes) for path, codes in self.path_ignores.items()},
            "max": {code: most.text for code, most in sorted(self.most.items())},
            "expired": sorted(expired),
        }


def of_values(said: Mapping[str, Any], accepted: Path | None, baseline: Path | None) -> Policy:
    """Return the policy of a receipt, whose two files stand among its sources."""
    return Policy(
        severities={code: Severity(each) for code, each in said["severities"].items()},
        path_ignores={path: tuple(codes) for path, codes in said["path_ignores"].items()},
        ignore=tuple(said["ignore"]),
        most={code: Most.of(text) for code, text in said["max"].items()},
        accepted=accepted,
        baseline=baseline,
        expired=frozenset(said["expired"]),
    )


def known(prefix: str, codes: Iterable[str], where: str) -> str:
    """Return a code or the beginning of one, in capitals, which some code must have.

    Raises:
        WrongSetting: no code begins so; the message names the nearest.

    """
    codes = list(codes)
    found = prefix.strip().upper()
    if found and any(code.startswith(found) for code in codes):
        return found
    hint = nearest(found, [*codes, *dict.fromkeys(code[:3] for code in codes)])
    raise WrongSetting(where, f"no rule {prefix.strip()}{hint}")


Paths = tuple[str, ...]  # of one file: as a report shows it, and as it is in its source


def pattern(text: str) -> Callable[[Paths], bool]:
    """Return what tells whether a file fits a pattern as in a ``.gitignore``, by either path."""
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines([text])
    return lambda paths: any(spec.match_file(path.lstrip("/")) for path in paths)
