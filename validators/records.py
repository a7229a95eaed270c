"""REC: the record's contract, with the verdict of ``cable.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import telegram
from cableproof.validators.rule import columns

if TYPE_CHECKING:
    import pandas as pd


@columns(
    code="REC001",
    severity=Severity.ERROR,
    on="claims",
    reads="field fault",
    says="{field} is absent or empty",
    why="Without identifier, origin, date and classification a record cannot be placed or cited.",
    evidence="All four are present in each of the 1,295 pages of the December 2010 release.",
    bad=[{"origin": None}],
    good=[{"origin": "Embassy Bern"}],
)
def missing_field(claims: pd.DataFrame) -> pd.Series[bool]:
    """A required field is absent or empty."""
    return claims["fault"] == "missing"


@columns(
    code="REC002",
    severity=Severity.ERROR,
    on="claims",
    reads="field fault",
    says="{field} has another type than the contract's",
    why="A number or list where a text is meant was made by a program that misread its source.",
    evidence="Table readers turn identifiers such as 05E1234 into numbers unless told not to.",
    bad=[{"subject": 12}],
    good=[{"subject": "TRAM TIMETABLES"}],
)
def wrong_type(claims: pd.DataFrame) -> pd.Series[bool]:
    """A field has another type than the contract's."""
    return claims["fault"] == "wrong"


@columns(
    code="REC003",
    severity=Severity.NOTE,
    on="unknown",
    reads="field records",
    says="{field} is no field of the contract; it is kept (records with it: {records})",
    why="A field of another name may be a known one misspelt.",
    evidence="The fields of seven known sources are all in the contract.",
    bad=[{"clasification": "UNCLASSIFIED"}],
    good=[{"classification": "UNCLASSIFIED"}],
)
def unknown_field(unknown: pd.DataFrame) -> pd.Series[bool]:
    """The source has a field that the contract does not know."""
    return unknown["records"] > 0


@columns(
    code="REC004",
    severity=Severity.ERROR,
    fields="body",
    reads="text_length",
    says="no text at all",
    why="A record without text in a source that carries texts has lost it.",
    evidence="None of the 1,295 pages of the December 2010 release is without text; not run on "
    "files in which no record has one.",
    bad=[{"body": " \n"}],
    good=[telegram(text="All on time.")],
)
def empty_body(records: pd.DataFrame) -> pd.Series[bool]:
    """A record has no text at all."""
    return records["text_length"] == 0
