"""Writes docs/precision.md: what fires on real pages, and whether it is true.

    python docs/precision.py

Each finding on the real pages was looked at; the verdicts are in `docs/verdicts.csv`, one for each
rule and cable. Exit status 1 if a finding has no verdict or a goal is not met.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import cableproof
from cableproof.report import Report
from cableproof.validators.catalogue import CATALOGUE

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data"
PAGE = HERE / "precision.md"
TREE = "-"  # in place of an identifier, for findings on a whole tree
_SHARE = 0.9  # of the warnings that must be true

Verdicts = Mapping[tuple[str, str, str], tuple[str, str]]


class Firing(NamedTuple):
    """A finding by its rule, its own severity, and the cable that it is on."""

    rule: str
    severity: str
    identifier: str


def verdicts() -> Verdicts:
    """Return verdict and reason of each finding that was looked at."""
    with (HERE / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["rule"], row["severity"], row["identifier"]): (row["verdict"], row["reason"])
            for row in csv.DictReader(file)
        }


def reports() -> list[Report]:
    """Return the reports on the real pages: three release trees and one page."""
    trees = sorted((DATA / "wikileaks-2010").iterdir())
    return [cableproof.validate(path) for path in (*trees, DATA / "cablebrowser")]


def firings(found: Sequence[Report]) -> Counter[Firing]:
    """Return how often each thing was found."""
    return Counter(
        Firing(each["rule"], each["severity"], each["identifier"] or TREE)
        for report in found
        for each in report.found()
    )


def goals(fired: Counter[Firing], judged: Verdicts) -> dict[str, bool]:
    """Return the goals, and whether each is met; each cable counts once for each rule."""
    said = {each: judged[each][0] for each in fired if each in judged}
    true = Counter(each.severity for each, verdict in said.items() if verdict == "true")
    all_of = Counter(each.severity for each in said)
    wrong, warnings = all_of["error"] - true["error"], all_of["warning"]
    return {
        f"every finding has a verdict ({len(said)} of {len(fired)})": len(said) == len(fired),
        f"no error is innocent ({wrong} of {all_of['error']})": wrong == 0,
        f"9 of 10 warnings are true ({true['warning']} of {warnings})": true["warning"]
        >= _SHARE * warnings,
    }


def _by_rule(found: Sequence[Report], fired: Counter[Firing], judged: Verdicts) -> Iterator[str]:
    """Yield the row of each rule of the catalogue."""
    for code, rule in CATALOGUE.items():
        ran = sum(report.rules[code].ran for report in found)
        own = {each: times for each, times in fired.items() if each.rule == code}
        said = Counter(judged.get(each, ("none", ""))[0] for each in own)
        yield (
            f"| {code} | {rule.name} | {rule.severity.value} | {ran} | {sum(own.values())} "
            f"| {len(own)} | {said['true']} | {said['innocent']} |"
        )


def page(found: Sequence[Report], judged: Verdicts) -> str:
    """Return the page in Markdown."""
    fired = firings(found)
    records = sum(report.books.records for report in found)
    notes = [judged.get(each, ("none", ""))[0] for each in fired if each.severity == "note"]
    met = (f"- {'met' if m else '**not met**'}: {goal}" for goal, m in goals(fired, judged).items())
    rows = (
        f"| {each.rule} | {each.severity} | {each.identifier} | {fired[each]} "
        f"| {' | '.join(judged.get(each, ('none', '')))} |"
        for each in sorted(fired)
    )
    return (
        "# Precision on real pages\n\n"
        f"All rules on {records} real pages: three releases of December 2010, of which the pages "
        "overlap, and one page of the cable browser. All are unclassified. The page behind each "
        "finding was looked at. *True*: what the finding says is so, and a person should know it; "
        "*innocent*: it has an innocent cause. `nox -s precision` writes this page from "
        "`docs/verdicts.csv`.\n\n## Goals\n\n"
        + "\n".join(met)
        + f"\n\nOf {len(notes)} notes {notes.count('true')} are true.\n\n"
        "## By rule\n\nRan: records on which the rule ran. Cables: different ones, over which "
        "true and innocent are counted.\n\n"
        "| rule | name | severity | ran | findings | cables | true | innocent |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
        + "\n".join(_by_rule(found, fired, judged))
        + "\n\n## Each finding\n\n"
        "| rule | severity | cable | times | verdict | why |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"
    )


def main() -> int:
    """Write the page; return 0 if all goals are met, or there are no real pages."""
    if not DATA.is_dir():
        print("the real pages are not at hand: nothing was written")
        return 0
    found, judged = reports(), verdicts()
    PAGE.write_text(page(found, judged), encoding="utf-8", newline="\n")
    fired = firings(found)
    for each in sorted(set(fired) - set(judged)):
        print("no verdict:", *each)
    for goal, met in goals(fired, judged).items():
        print("met:" if met else "NOT MET:", goal)
    return 0 if all(goals(fired, judged).values()) else 1


if __name__ == "__main__":
    sys.exit(main())
