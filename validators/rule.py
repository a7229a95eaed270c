"""What a rule is: a predicate, and the card that explains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import getdoc
from typing import TYPE_CHECKING, TypedDict, Unpack

from cableproof.finding import Severity

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, object]
Example = Sequence[Row]  # records, each as the fields in which it differs from a clean one
#: Tables of files and not of records: a row has a place of its own.
OF_FILES = ("troubles", "trees", "indexes")


class Card(TypedDict, total=False):
    """What the writer of a rule fills in; all but the first may have a default."""

    code: str
    severity: Severity
    on: str  # the table that the rule looks at: one of validators/tables.py
    fields: str  # of the record, of which the finding speaks
    reads: str  # columns of the table; where one is null the rule is not run
    uses: str  # columns that it also looks at, and that may be null
    says: str  # a template over columns of the offending rows
    why: str
    evidence: str
    bad: Example
    good: Example
    stands_for: str  # codes that are dropped for a record of which this rule speaks


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that can be wrong with a record, and how to find it."""

    name: str
    what: str
    find: Callable[[pd.DataFrame], pd.DataFrame]
    code: str
    severity: Severity
    reads: str
    says: str
    why: str
    evidence: str
    bad: Example
    good: Example
    on: str = "records"
    uses: str = ""
    fields: str = ""
    stands_for: str = ""


def columns(**card: Unpack[Card]) -> Callable[[Callable[[pd.DataFrame], pd.Series[bool]]], Rule]:
    """Make a rule of a predicate over whole columns; ``True`` marks an offender."""

    def rule(offends: Callable[[pd.DataFrame], pd.Series[bool]]) -> Rule:
        return _rule(offends, lambda table: table[offends(table)], card)

    return rule


def rows(**card: Unpack[Card]) -> Callable[[Callable[[pd.DataFrame], pd.DataFrame]], Rule]:
    """Make a rule of a function that returns the offending rows.

    It may add columns for the message, and a column ``severity`` where an offence is milder
    than the card says.
    """

    def rule(offenders: Callable[[pd.DataFrame], pd.DataFrame]) -> Rule:
        return _rule(offenders, offenders, card)

    return rule


def _rule(
    function: Callable[..., object], find: Callable[[pd.DataFrame], pd.DataFrame], card: Card
) -> Rule:
    """Return the rule: its name is the function's, what it says is the docstring."""
    what = " ".join((getdoc(function) or "").partition("\n\n")[0].split())
    name = function.__name__.rstrip("_").replace("_", "-")
    return Rule(name=name, what=what, find=find, **card)
