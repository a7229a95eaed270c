"""RED: what the record says of redactions, against the marks in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import MARKED, numbered, telegram
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd

_COVERED_ALIKE = {"redacted": True, "body": telegram(1235, text="The xxxxxx tram.")["body"]}
_COVERED_OTHERWISE = {"redacted": True, "body": telegram(1235, text="The xxxxxxxxx tram.")["body"]}


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


@columns(
    code="RED003",
    severity=Severity.NOTE,
    on="styles",
    fields="body",
    reads="styles",
    says="marks that are not usual here: {styles}",
    why="Another hand covered these places; they may have been covered later, or for other ends.",
    evidence="Runs of 12 letters X in 1,992 of 2,205 places, small x in runs of 5 or 12 in 1,225 "
    "of 1,260. One letter more or less is a slip. Asked of collections with a hundred marks.",
    bad=[
        {"redacted": True, "body": telegram(text="xxxxx " * 100)["body"]},
        numbered(1235, **_COVERED_OTHERWISE, partial_extract=None),
    ],
    good=[
        {"redacted": True, "body": telegram(text="xxxxx " * 100)["body"]},
        numbered(1235, **_COVERED_ALIKE, partial_extract=None),
    ],
)
def irregular_redaction_mark(styles: pd.DataFrame) -> pd.Series[bool]:
    """A redaction mark has another length or style than the usual ones of its collection."""
    return styles["styles"] != ""


@columns(
    code="RED004",
    severity=Severity.WARNING,
    on="coverings",
    fields="body",
    reads="passages copy",
    says="covered here in paragraphs {passages}, and open there in {copy}",
    why="What one copy protects, the other prints; whoever passes both on undoes the redaction.",
    evidence="Between neighbouring releases of December 2010 15 of 62 changed texts have more "
    "marks and one has fewer. Of 8,200 pairs of copies of which one was changed innocently, and "
    "both cover the same, none is found: marks are told by the words beside them, paragraphs by "
    "their numbers, 0 is what is above the first.",
    bad=[{"redacted": True, "body": MARKED}, {}],
    good=[{"redacted": True, "body": MARKED}, numbered(1235, partial_extract=None)],
)
def redacted_here_open_there(coverings: pd.DataFrame) -> pd.Series[bool]:
    """A passage is covered in one copy of a cable and open in another of the same source."""
    return coverings["passages"] != ""
