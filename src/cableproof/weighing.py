"""A report weighed by a policy: what is re-graded, left out, accepted, known, or borne.

The books stay those of the rules' own cards: a policy decides what fails a run, and not how
many records an archive has that are flagged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cableproof.accepting import Accepted, accepted
from cableproof.finding import Severity, fingerprint
from cableproof.known import Row, before, file_of
from cableproof.outcome import Outcome
from cableproof.policy import Paths, Policy, pattern
from cableproof.tool import digest_of as digest_of_values
from cableproof.validators.collation.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

EXPIRED, UNMATCHED = "ACC001", "ACC002"
_SEVERITIES = tuple(severity.value for severity in Severity)


def weighed(report: Outcome, policy: Policy) -> Outcome:
    """Return a report as a policy weighs it; without a policy the same.

    Raises:
        WrongSetting: a file of the policy is not as it must be, or the baseline is of another
            command.
        NoSuchPath: the baseline is not there.
        NoReport: the baseline is no report of this version.

    """
    if not policy:
        return report
    return Weighed(report, policy, accepted(policy.accepted, policy.expired))


@dataclass(frozen=True)
class Weighed(Outcome):
    """A report, the policy that weighs it, and what is accepted."""

    inner: Outcome
    policy: Policy
    accepted: Accepted

    @property
    def command(self) -> str:  # type: ignore[override]
        """Return the name of the command that made the report."""
        return self.inner.command

    def head(self) -> Row:
        """Return the head of the report, with what the policy makes of its findings."""
        head, tally = self.inner.head(), self._tally
        settings = head["receipt"]["settings"] | {
            "policy": self.policy.values(self.accepted.expired)
        }
        summary = head["summary"] | {
            "findings": _by_severity(tally.there),
            "counted": _by_severity(tally.counted),
            "accepted": tally.accepted,
            "ignored": dict(sorted(tally.ignored.items())),
            "thresholds": tally.thresholds,
        }
        summary["rules"] = {
            code: rule | {"findings": rule["findings"] - tally.ignored[code]}
            for code, rule in head["summary"]["rules"].items()
        } | self._own_rules(summary["records"])
        return head | {
            "tool": head["tool"] | {"settings": digest_of_values(settings)},
            "receipt": head["receipt"] | {"settings": settings},
            "sources": [*head["sources"], *self._files(head["sources"])],
            "summary": summary,
        }

    def found(self) -> Iterator[Row]:
        """Yield the findings that are not left out, and those on the accepted entries."""
        for each in self.inner.found():
            row = self._weigh(each, each["rule"], self._paths_of(each))
            if row is not None:
                yield row
        for each in self._tally.own:
            yield each | self._state(each["fingerprint"])

    def told(self) -> Iterator[Row]:
        """Yield the discrepancies, which have no one path and are left out by none."""
        for each in self.inner.told():
            row = self._weigh(each, each["kind"], ())
            if row is not None:
                yield row

    def comparison(self) -> Row | None:
        """Return what the document says of a comparison, its discrepancies left out."""
        return self.inner.comparison()

    def history(self) -> Row | None:
        """Return what the document says of a history, its lives left out."""
        return self.inner.history()

    def lived(self) -> Iterator[Row]:
        """Yield the lives of cables, which only a history has."""
        return self.inner.lived()

    def audit(self) -> Row | None:
        """Return what the document says of an audit, the origins of pages left out."""
        return self.inner.audit()

    def from_where(self) -> Iterator[Row]:
        """Yield the origins of pages, which only an audit tells."""
        return self.inner.from_where()

    def baseline(self) -> Row | None:
        """Return how many results are new, known and gone against the baseline, if there is one."""
        if self.policy.baseline is None:
            return None
        tally = self._tally
        return {"new": tally.new, "unchanged": tally.unchanged, "gone": len(tally.gone)}

    def gone(self) -> Iterator[Row]:
        """Yield the results of the baseline that are there no more."""
        yield from self._tally.gone

    def _weigh(self, each: Row, code: str, paths: Paths) -> Row | None:
        """Return a finding or discrepancy as the policy weighs it; None where it is left out."""
        if self._ignored(code, paths):
            return None
        row = each | self._state(each["fingerprint"])
        severity = self.policy.severity(code)
        if severity is not None and severity.value != each["severity"]:
            row |= {"severity": severity.value, "declared": each["severity"]}
        for entry in self.accepted.fitting(each, code, paths):
            if entry.number not in self.accepted.expired:
                return row | {"accepted": entry.told()}
        return row

    def _state(self, name: str) -> Row:
        if self.policy.baseline is None:
            return {}
        return {"state": "unchanged" if name in self._before else "new"}

    def _ignored(self, code: str, paths: Paths) -> bool:
        if code.startswith(self.policy.ignore):
            return True
        return any(code.startswith(codes) and fits(paths) for fits, codes in self._patterns)

    def _paths_of(self, finding: Row) -> Paths:
        """Return the path of a finding as the report shows it, and as it is in its source."""
        path = finding["place"]["path"]
        root = self._roots.get(finding["source"], "")
        return (path, path.removeprefix(root).lstrip("/")) if path != root else (path,)

    @cached_property
    def _roots(self) -> dict[str, str]:
        return {each["name"]: each["path"].rstrip("/") for each in self.inner.head()["sources"]}

    @cached_property
    def _patterns(self) -> list[tuple[Callable[[Paths], bool], tuple[str, ...]]]:
        return [(pattern(p), codes) for p, codes in self.policy.path_ignores.items()]

    @cached_property
    def _before(self) -> dict[str, Row]:
        """Return the results of the baseline by fingerprint."""
        file = self.policy.baseline
        return {} if file is None else before(file, self.command)

    @cached_property
    def _tally(self) -> Tally:
        return _tallied(self)

    def _own_rules(self, records: int) -> dict[str, Row]:
        """Return the books of the rules on accepted entries, which run where there is such a file."""
        if self.policy.accepted is None:
            return {}
        found = Counter(each["rule"] for each in self._tally.own)
        told = {"ran": records, "not_run": 0, "lacking": {}}
        return {
            c: {"name": KINDS[c].name, **told, "findings": found[c]} for c in (EXPIRED, UNMATCHED)
        }

    def _files(self, sources: list[Row]) -> Iterator[Row]:
        """Yield the files of the policy as sources without inputs."""
        names = {each["name"] for each in sources}
        for role in ("accepted", "baseline"):
            file: Path | None = getattr(self.policy, role)
            if file is not None:
                name = file.name if file.name not in names else f"{file.name} ({role})"
                names.add(name)
                yield file_of(name, file, role)


@dataclass
class Tally:
    """What a policy makes of the findings of a report, in numbers and in a few rows."""

    there: Counter[str]
    counted: Counter[str]
    accepted: int
    ignored: Counter[str]
    thresholds: dict[str, Row]
    own: list[Row]
    new: int
    unchanged: int
    gone: list[Row]


def _tallied(report: Weighed) -> Tally:
    """Return the tally of a report, in one pass over its findings and discrepancies."""
    tally = Tally(Counter(), Counter(), 0, Counter(), {}, [], 0, 0, [])
    by_code: dict[str, Counter[str]] = {}
    used: set[int] = set()
    seen: set[str] = set()

    def take(row: Row, code: str) -> None:
        seen.add(row["fingerprint"])
        tally.there[row["severity"]] += 1
        tally.accepted += "accepted" in row
        tally.new += row.get("state") == "new"
        tally.unchanged += row.get("state") == "unchanged"
        if "accepted" not in row and row.get("state") != "unchanged":
            by_code.setdefault(code, Counter())[row["severity"]] += 1

    for each in report.inner.found():
        paths = report._paths_of(each)
        used |= {entry.number for entry in report.accepted.fitting(each, each["rule"], paths)}
        row = report._weigh(each, each["rule"], paths)
        if row is None:
            tally.ignored[each["rule"]] += 1
        else:
            take(row, row["rule"])
    for each in report.inner.told():
        used |= {entry.number for entry in report.accepted.fitting(each, each["kind"], ())}
        row = report._weigh(each, each["kind"], ())
        if row is None:
            tally.ignored[each["kind"]] += 1
        else:
            take(row, row["kind"])
    tally.own = list(_own(report, used))
    for each in tally.own:
        take(each | report._state(each["fingerprint"]), each["rule"])
    tally.gone = [row for name, row in report._before.items() if name not in seen]
    tally.thresholds = _thresholds(report, by_code)
    for code, counts in by_code.items():
        if not tally.thresholds.get(code, {}).get("held"):
            tally.counted += counts
    return tally


def _own(report: Weighed, used: set[int]) -> Iterator[Row]:
    """Yield a finding for each entry that expired, and for each that fits nothing."""
    file = report.policy.accepted
    if file is None:
        return
    (name, *_) = (each["name"] for each in report._files(report.inner.head()["sources"]))
    for entry in report.accepted.entries:
        if entry.number not in used:
            code, said = UNMATCHED, "fits no finding"
        elif entry.number in report.accepted.expired:
            code, said = EXPIRED, f"expired, it held until {entry.until}"
        else:
            continue
        what = " ".join(filter(None, (entry.rule, entry.identifier, entry.path, entry.fingerprint)))
        severity = report.policy.severity(code) or KINDS[code].severity
        yield {
            "rule": code,
            "name": KINDS[code].name,
            "severity": severity.value,
            "source": name,
            "identifier": None,
            "fields": [],
            "message": f"entry {entry.number} {said}",
            "facts": {"entry": entry.number},
            "place": {"path": file.as_posix(), "line": entry.line},
            "fingerprint": fingerprint(code, what, entry.source),
        }


def _thresholds(report: Weighed, by_code: Mapping[str, Counter[str]]) -> dict[str, Row]:
    """Return of each threshold how many findings there were, of how many, and whether it held."""
    rules = report.inner.head()["summary"]["rules"]
    told: dict[str, Row] = {}
    for code, most in sorted(report.policy.most.items()):
        of = rules[code]["ran"] if code in rules else 0
        found = by_code.get(code, Counter[str]()).total()
        told[code] = {"most": most.text, "of": of, "found": found, "held": most.bears(found, of)}
    return told


def _by_severity(counts: Counter[str]) -> dict[str, int]:
    return {severity: counts[severity] for severity in _SEVERITIES}
