"""Rules over tables: one sheet of findings, and for each rule on how many records it ran."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd

from cableproof.finding import Severity, named, told_apart
from cableproof.validators.lacking import LACKING
from cableproof.validators.rule import OF_FILES, Rule
from cableproof.validators.tables import IDENTITY, Tables
from cableproof.validators.telling import lasting, told, worded

SHEET = (
    "rule",
    "name",
    "severity",
    "record",
    *IDENTITY,
    "fields",
    "message",
    "facts",
    "fingerprint",
)


@dataclass(frozen=True)
class Checked:
    """What the rules found: one row a finding, and how many records each rule ran on.

    ``lacking`` tells of each rule what the other records lack, and how many lack it.
    """

    sheet: pd.DataFrame
    ran: dict[str, int]
    lacking: dict[str, dict[str, int]]


def check(rules: Iterable[Rule], tables: Tables) -> Checked:
    """Return the findings of ``rules``, sorted, and on how many records each rule ran."""
    rules = list(rules)
    ran: dict[str, int] = {}
    lacking: dict[str, dict[str, int]] = {}
    sheets = []
    for rule in rules:
        judged, lacking[rule.code] = _judged(rule, tables)
        ran[rule.code] = tables.records - sum(lacking[rule.code].values())
        offenders = rule.find(judged)
        if len(offenders):
            sheets.append(_sheet(rule, offenders, tables))
    if not sheets:
        return Checked(pd.DataFrame(columns=list(SHEET)), ran, lacking)
    sheet = pd.concat(sheets, ignore_index=True)
    sheet = _sorted(_without_consequences(sheet, rules))
    sheet = sheet.assign(fingerprint=told_apart(sheet["fingerprint"]))
    return Checked(sheet[list(SHEET)], ran, lacking)


def _judged(rule: Rule, tables: Tables) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the rows that the rule can judge, and what the records that it cannot judge lack.

    A row in which a column that the rule reads is null is not judged: not run is not passed.
    """
    table = tables.by_name[rule.on]
    known = np.ones(len(table), dtype=bool)
    lacking: dict[str, int] = {}
    for column in rule.reads.split():
        there = table[column].notna().to_numpy() if table[column].hasnans else True
        lost = int((known & ~there).sum()) if there is not True else 0
        if lost:
            known &= there
            lacking[LACKING[column]] = lacking.get(LACKING[column], 0) + lost
    if rule.on != "records":
        silent = tables.records - tables.spoken.get(rule.on, tables.records)
        lacking = {LACKING[rule.on]: silent} if silent else {}
    seen = table[_columns(rule, table)]
    return seen if known.all() else seen[known], lacking


def _columns(rule: Rule, table: pd.DataFrame) -> list[str]:
    """Return the columns that the rule has said it looks at, and no others."""
    if rule.on in OF_FILES:
        return list(table.columns)
    own = ["record"] if rule.on != "records" else []
    return list(dict.fromkeys((*own, *rule.reads.split(), *rule.uses.split())))


def _sheet(rule: Rule, offenders: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return one row a finding, worded from the rule's template."""
    facts = _facts(rule, offenders)
    own = [rule.fields] * len(offenders) if rule.fields else offenders.get("field")
    severity = offenders.get("severity")
    sheet = _places(rule, offenders, tables).assign(
        rule=rule.code,
        name=rule.name,
        severity=rule.severity.value if severity is None else severity.to_numpy(),
        fields="" if own is None else list(own),
        facts=pd.Series([_kept(row) for row in facts], dtype=object),
        message=[rule.says.format_map({k: worded(k, v) for k, v in row.items()}) for row in facts],
    )
    sheet = sheet.assign(fingerprint=_named(sheet))
    if rule.on in OF_FILES:
        return sheet
    spelt = tables.by_name["records"]["field_lines"].loc[sheet["record"].to_numpy(dtype=int)]
    return sheet.assign(line=_lines(sheet, spelt.tolist()))


def _lines(sheet: pd.DataFrame, spelt: list[Any]) -> list[Any]:
    """Return the line of each finding's first field where the page has one, else the record's."""
    lines = []
    for line, fields, places in zip(sheet["line"], sheet["fields"], spelt, strict=True):
        field = fields.partition(" ")[0]
        found = isinstance(places, str) and field and re.search(rf"\b{field}=([0-9]+)", places)
        lines.append(int(found[1]) if found else line)
    return lines


def _facts(rule: Rule, offenders: pd.DataFrame) -> list[dict[str, Any]]:
    """Return for each offender what the rule's template names."""
    names = [name for _, name, _, _ in Formatter().parse(rule.says) if name]
    if rule.on == "troubles":
        return [{name: facts.get(name) for name in names} for facts in offenders["facts"]]
    values = [offenders[name].tolist() for name in names]
    rows = zip(*values, strict=True) if names else [()] * len(offenders)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _kept(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts that may be told and say something."""
    kept = {name: told(name, value) for name, value in facts.items()}
    return {name: value for name, value in kept.items() if value not in ("", None)}


def _places(rule: Rule, offenders: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return record, source, place and identifier of each offender."""
    if rule.on in OF_FILES:
        found = offenders[["record", *IDENTITY]].reset_index(drop=True)
    else:
        at = offenders.index if rule.on == "records" else offenders["record"]
        found = tables.by_name["records"].loc[at, ["record", *IDENTITY]].reset_index(drop=True)
    found = found.astype({"record": "Int64", "source": str, "path": str})
    names = [told("identifier", i if isinstance(i, str) else None) for i in found["identifier"]]
    return found.assign(identifier=pd.Series(names, dtype=object))


def _without_consequences(sheet: pd.DataFrame, rules: list[Rule]) -> pd.DataFrame:
    """Return the sheet without what follows from another finding on the same record.

    The finding that is the cause names the codes that it stands for, in its facts. A note is
    no cause: what is often innocent must not hide what is said beside it.
    """
    there = set(sheet["rule"])
    for rule in rules:
        if rule.code not in there or there.isdisjoint(rule.stands_for.split()):
            continue
        follow = sheet["rule"].isin(rule.stands_for.split()) & sheet["record"].notna()
        cause = (sheet["rule"] == rule.code) & (sheet["severity"] != Severity.NOTE.value)
        dropped = sheet[follow & sheet["record"].isin(sheet.loc[cause, "record"])]
        if dropped.empty:
            continue
        codes = dropped.groupby("record")["rule"].agg(lambda found: " ".join(sorted(set(found))))
        stands = sheet["record"].map(codes.to_dict()).where(cause)
        pairs = zip(sheet["facts"], stands, strict=True)
        facts = [{**own, "stands_for": s} if isinstance(s, str) else own for own, s in pairs]
        sheet = sheet.assign(facts=pd.Series(facts, index=sheet.index, dtype=object))
        sheet = sheet.drop(index=dropped.index)
    return sheet


def _sorted(sheet: pd.DataFrame) -> pd.DataFrame:
    order = ["source", "path", "start", "row", "line", "rule", "fields", "message"]
    return sheet.sort_values(order, na_position="first", kind="stable").reset_index(drop=True)


def _named(sheet: pd.DataFrame) -> list[str]:
    """Return for each finding its fingerprint, not yet told apart from those of its like."""
    rows = zip(
        *(sheet[column] for column in ("rule", "source", "identifier", "path", "fields", "facts")),
        strict=True,
    )
    return [
        named(rule, source, who if isinstance(who, str) else None, path, fields, *lasting(facts))
        for rule, source, who, path, fields, facts in rows
    ]
