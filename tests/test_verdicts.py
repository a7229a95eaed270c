"""Each rule by itself, on evidence that is mixed by chance: what it says of each mixture.

No one record need have such evidence. Values are those that planted faults leave in a column,
and the numbers on both sides of those that stand in the module of the rule.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from itertools import chain
from string import Formatter
from typing import Any

import pandas as pd
import polars as pl
import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.evidence import measured
from cableproof.validators.rule import Rule
from cableproof.validators.tables import TROUBLES, tables
from tests.chance import Chance
from tests.conftest import laid
from tests.planted import planted

_MIXED = 400  # rows
_TOLD = 8  # of those of which a rule speaks, beside the digest of all
_VALUES = 24  # of a column


@cache
def _tables() -> dict[str, pd.DataFrame]:
    changes = chain.from_iterable(planted().values())
    records = list(chain.from_iterable((each.before, each.after) for each in changes))
    cards = [*chain.from_iterable((*rule.bad, *rule.good) for rule in CATALOGUE.values())]
    evidence = measured(laid([*records, *cards])).with_columns(group=pl.lit(0))
    none = pl.DataFrame(schema=TROUBLES)
    return dict(tables(evidence, none, CATALOGUE.values()).by_name)


def _source(rule: Rule) -> str:
    function = inspect.getclosurevars(rule.find).nonlocals.get("offends", rule.find)
    return inspect.getsource(sys.modules[function.__module__])


def _numbers(rule: Rule) -> list[int]:
    """Return the numbers that stand in the module of a rule, and those beside them."""
    found = {
        node.value
        for node in ast.walk(ast.parse(_source(rule)))
        if isinstance(node, ast.Constant) and type(node.value) is int
    }
    return sorted({near for number in found for near in (number - 1, number, number + 1)})


def _days(rule: Rule) -> list[str]:
    """Return the days that stand in the module of a rule, as such or as years, and those beside."""
    source = _source(rule)
    years = [f"{number}-{day}" for number in _numbers(rule) for day in ("01-01", "12-31")]
    named = re.findall(r"\b(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]\b", source)
    days = [day for day in (*years, *named) if "1960" < day < "2040"]
    beside = (pd.Timestamp(day) + pd.Timedelta(days=step) for day in days for step in (-1, 0))
    return sorted({f"{each:%Y-%m-%d}" for each in beside})


def _pool(column: pd.Series[Any], numbers: list[int], days: list[str]) -> pd.Series[Any]:
    """Return different values of a column, as many as are mixed."""
    column = column[column.notna() & ~column.astype(str).duplicated()]
    column = column.sort_values(key=lambda values: values.astype(str), kind="stable")
    pool = column.iloc[:: max(1, len(column) // _VALUES)]
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        pool = pd.concat([pool, pd.Series(numbers).astype(column.dtype)])
    if pd.api.types.is_datetime64_any_dtype(column) and days:
        pool = pd.concat([pool, pd.Series(days).astype(column.dtype)])
    return pool


def mixed(rule: Rule) -> pd.DataFrame:
    """Return rows for a rule, each value drawn by itself; null together is what may be."""
    table = _tables()[rule.on]
    chance, numbers, days = Chance(rule.code), _numbers(rule), _days(rule)
    names = [*rule.reads.split(), *rule.uses.split()]
    judged = table[table[rule.reads.split()].notna().all(axis="columns")]
    nulls = judged[names].isna().iloc[[chance.below(len(judged)) for _ in range(_MIXED)]]
    made: dict[str, Any] = {} if rule.on == "records" else {"record": range(_MIXED)}
    for name in names:
        pool = _pool(judged[name], numbers, days)
        at = [chance.below(len(pool)) for _ in range(_MIXED)]
        drawn = pool.take(at).reset_index(drop=True)
        made[name] = drawn.mask(nulls[name].to_numpy()) if nulls[name].any() else drawn
    return pd.DataFrame(made)


def _said(rule: Rule, rows: pd.DataFrame) -> list[str]:
    """Return what a rule says of rows, with the values of each."""
    found = rule.find(rows)
    names = [name for _, name, _, _ in Formatter().parse(rule.says) if name]
    facts = found[names].to_dict("records") if names else [{} for _ in range(len(found))]
    severity = found.get("severity", pd.Series([rule.severity.value] * len(found)))
    shown = rows.drop(columns="record", errors="ignore").to_dict("index")
    return sorted(
        f"{how}: {_words(fact)} < {_words(shown[at])}"
        for how, fact, at in zip(severity, facts, found.index, strict=True)
    )


def _words(values: Mapping[Any, object]) -> str:
    return ", ".join(f"{name} {value!a}" for name, value in values.items())


#: Tables of files are made of what is read, and no text that a card shows stands twice.
_NOT_MIXED = ("troubles", "trees", "indexes", "alike")
MIXABLE = [code for code, rule in CATALOGUE.items() if rule.on not in _NOT_MIXED]


@pytest.mark.parametrize("code", MIXABLE)
def test_what_a_rule_says_of_mixed_evidence(code: str, snapshot: SnapshotAssertion) -> None:
    rule = CATALOGUE[code]
    said = _said(rule, mixed(rule))
    digest = sha256("\n".join(said).encode()).hexdigest()[:16]
    step = max(1, len(said) // _TOLD)
    some = "\n".join(said[::step][:_TOLD])
    assert f"{len(said)} of {_MIXED}, {digest}\n{some}" == snapshot
