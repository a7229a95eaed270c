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
    says="the record says that it is {said}, and the text has {marks} redaction marks",
    why="A flag that is wrong misleads whoever must know whether a text is complete.",
    evidence="Marks are runs of twelve or thirteen X in all 77 places of the sample pages, "
    "and brackets that say redacted, removed or withheld; shorter runs occur as text.",
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
