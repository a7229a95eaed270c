"""The findings of an audit: what differs from the release it comes from, and claims disproved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from cableproof.escape import shown
from cableproof.finding import Severity, named
from cableproof.validators.audit.attribution import Part
from cableproof.validators.audit.held import Held, numbered, older
from cableproof.validators.audit.homes import EXPECTED
from cableproof.validators.audit.statements import Statement
from cableproof.validators.collation.collate import Discrepancy, spelt
from cableproof.validators.collation.in_words import in_words
from cableproof.validators.collation.kinds import KINDS
from cableproof.validators.collation.parallel import Parallel
from cableproof.validators.telling import told

_WHERE = ("path", "line", "row", "start")
Finding = dict[str, Any]


def of_discrepancies(held: Held) -> Iterator[Finding]:
    """Yield a finding for each discrepancy between the mirror and what is expected of it.

    Copies of one cable are held against it each by itself, so that none hides another.
    """
    for pair, found in ((held.pair, held.found), *held.copies):
        yield from _of_pair(held, pair, found)


def _of_pair(held: Held, pair: Parallel, found: Sequence[Discrepancy]) -> Iterator[Finding]:
    here, there = pair.tables[held.name], pair.tables[EXPECTED]
    for each in found:
        if each.kind == "CMP102" and not held.complete:
            continue  # it may be in what is not at hand of a reference
        mine, theirs = (pair.rows[name][each.cable] for name in (held.name, EXPECTED))
        release = None if theirs is None else str(there["release"][theirs])
        if mine is None:
            place = _place(there, theirs) | {"source": release, "record": None}
        else:
            place = _place(here, mine) | {"source": held.name, "record": here["at"][mine]}
        facts = dict(each.facts) if each.kind.startswith(("CMP3", "CMP4")) else {}
        plain = {name: value for name, value in facts.items() if name != "passages"}
        strange = each.kind == "CMP101" and not held.of_base  # of a release that it is no copy of
        severity = Severity.NOTE if strange else each.severity
        yield _finding(
            *(each.kind, severity, each.identifier, each.fields[0], _message(each, release)),
            place=place,
            facts=plain | ({"release": release} if release else {}),
            says=[release, *(each.values.get(of) for of in (EXPECTED, held.name)), *facts.values()],
        )


def _message(each: Discrepancy, release: str | None) -> str:
    """Return what differs, in our own words and values that may be shown."""
    name = each.identifier
    if each.kind == "CMP101":
        return f"{name} is not here; {release} has it"
    if release is None:
        return f"{name} is in none of the references"
    there, here = (
        each.values.get(EXPECTED),
        next(value for witness, value in each.values.items() if witness != EXPECTED),
    )
    field = each.fields[0]
    if there is not None and here is not None:
        values = f"{_shown(there)} in {release}, {_shown(here)} here"
        return f"{name}: {values}" if field == "identifier" else f"{name}, {field}: {values}"
    how = in_words(each.facts)
    what = each.name.replace("-", " ")
    return f"{name}, {field}: {what} from {release}" + (f" ({how})" if how else "")


def _shown(value: str) -> str:
    return shown(value) if value else "nothing"


def disproved(held: Held, contradicted: Sequence[tuple[Statement, pl.Series]]) -> Iterator[Finding]:
    """Yield a finding for each page that cannot come from the release that it claims."""
    part_of = numbered(held) if contradicted else []
    for statement, rows in contradicted:
        says = " ".join(str(value) for value in statement.says.values())
        for row in rows:
            part = held.parts[part_of[row]]
            against = _against(part, statement.releases)
            key = spelt(held.mirror["key"][row])
            claim = {"footer": "it claims release", "counter": "it counts"}.get(
                statement.claim, "its folder claims"
            )
            yield _finding(
                *("PRV004", None, key, "source_release" if statement.claim == "footer" else ""),
                f"{key}: {claim} {says}, which {' and '.join(against)} contradict",
                place=_place(held.mirror, row) | {"source": held.name, "record": row},
                facts={"claim": statement.claim},
                says=[statement.claim, says],
            )


def _against(part: Part, releases: Sequence[str]) -> list[str]:
    return [
        kind
        for kind, said in part.says.items()
        if kind != "claim" and any(said[name] < 0 for name in releases)
    ]


def left_over(held: Held) -> Iterator[Finding]:
    """Yield a finding for each page that is of an older release than most."""
    for row, part in older(held):
        key = spelt(held.mirror["key"][row])
        yield _finding(
            *(
                "PRV005",
                None,
                key,
                "",
                f"{key}: of {' or '.join(part.releases)}, not of a later one",
            ),
            place=_place(held.mirror, row) | {"source": held.name, "record": row},
            facts={"releases": " ".join(part.releases)},
            says=part.releases,
        )


def _finding(
    code: str,
    severity: Severity | None,
    identifier: str,
    field: str,
    message: str,
    *,
    place: Mapping[str, Any],
    facts: Mapping[str, Any],
    says: Sequence[object],
) -> Finding:
    kind = KINDS[code]
    who = told("identifier", identifier)
    return {
        "rule": code,
        "name": kind.name,
        "severity": (severity or kind.severity).value,
        **place,
        "identifier": who,
        "fields": field,
        "message": message,
        "facts": dict(facts),
        "fingerprint": named(code, place["source"], who, place["path"], field, *says),
    }


def _place(table: pl.DataFrame, row: int) -> dict[str, Any]:
    return {name: table[name][row] for name in _WHERE}
