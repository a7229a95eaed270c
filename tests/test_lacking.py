"""Why a rule was not run, told for each column that it reads and for each table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from syrupy.assertion import SnapshotAssertion

from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.engine import check
from cableproof.validators.lacking import LACKING
from cableproof.validators.rule import OF_FILES, Rule
from cableproof.validators.tables import Tables
from tests.test_verdicts import mixed

RULES = [rule for rule in CATALOGUE.values() if rule.on not in OF_FILES]


def lacking(rule: Rule, column: str) -> dict[str, int]:
    """Return what is told where one of three records lacks what is read."""
    table = mixed(rule)[:3].reset_index(drop=True)
    table[column] = table[column].mask(table.index == 1)
    return _asked(rule, table, 3)[rule.code]


def _asked(rule: Rule, table: pd.DataFrame, speaks: int) -> dict[str, dict[str, int]]:
    """Return what three records lack where a table speaks of so many, and nothing is found."""
    silent = replace(rule, find=lambda rows: rows[:0])
    checked = check([silent], Tables({rule.on: table}, 3, {rule.on: speaks}))
    assert checked.ran == {rule.code: 3 - sum(checked.lacking[rule.code].values())}
    return checked.lacking


def test_what_a_record_lacks_is_told_for_each_column_that_a_rule_reads(
    snapshot: SnapshotAssertion,
) -> None:
    told = [
        f"{rule.code} {column}: {reason}, {times}"
        for rule in RULES
        if rule.on == "records"
        for column in rule.reads.split()
        for reason, times in lacking(rule, column).items()
    ]
    assert "\n".join(told) == snapshot


def test_where_a_table_is_silent_on_records_that_is_told(snapshot: SnapshotAssertion) -> None:
    told = [
        f"{rule.code} {rule.on}: {reason}, {times}"
        for rule in CATALOGUE.values()
        if rule.on in LACKING
        for reason, times in _asked(rule, pd.DataFrame(columns=_read(rule)), 2)[rule.code].items()
    ]
    assert "\n".join(told) == snapshot


def _read(rule: Rule) -> list[str]:
    return [*rule.reads.split(), *rule.uses.split(), "record"]


def test_no_reason_is_given_that_no_rule_asks_for() -> None:
    asked = {column for rule in RULES if rule.on == "records" for column in rule.reads.split()}
    assert set(LACKING) == asked | {rule.on for rule in CATALOGUE.values() if rule.on in LACKING}
