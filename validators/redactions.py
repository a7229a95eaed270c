"""RED: what the record says of redactions, against the marks in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import MARKED
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd


@rows(
    code="RED001",
    severity=Severity.WARNING,
    fields="redacted body",
    reads="redacted marks",
    says="the record says that it is {said}; redaction marks in the text: {marks}",
    why="A flag that is wrong misleads whoever must know whether a text is complete.",
    evidence="A run of five or more X, capital or small, stands in 301 of 1,295 cables, most of "
    "twelve or five letters; brackets such as [NAME REMOVED] in 11. Runs of four are rarer, and "
    "occur as text.",
    bad=[{"redacted": False, "body": MARKED}],
    good=[{"redacted": True, "body": MARKED}],
)
def redaction_flag_contradicts_text(records: pd.DataFrame) -> pd.DataFrame:
    """The flag says not redacted and the text has marks, or redacted and it has none."""
    odd = records[records["redacted"].astype(bool) != (records["marks"] > 0)]
    return odd.assign(said=odd["redacted"].map({True: "redacted", False: "not redacted"}))


@columns(
    code="RED002",
    severity=Severity.WARNING,
    fields="redacted",
    reads="statement_unread",
    says="the statement on redaction is none that is known; it is kept word for word",
    why="A statement that is not understood may be the one that says something was taken out.",
    evidence="One wording is known from pages, for a cable that was not redacted.",
    bad=[{"redacted": None, "redaction_statement": "Parts of this cable were modified."}],
    good=[{"redacted": False, "redaction_statement": "This cable was not redacted by Wikileaks."}],
)
def unreadable_redaction_flag(records: pd.DataFrame) -> pd.Series[bool]:
    """The page makes a statement on redaction that the reader does not understand."""
    return records["statement_unread"]
