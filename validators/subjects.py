"""SUB: the subject of the cable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.rule import columns

if TYPE_CHECKING:
    import pandas as pd


@columns(
    code="SUB001",
    severity=Severity.NOTE,
    fields="subject",
    reads="subject_known",
    says="no subject, neither in the field nor in the text",
    why="The subject line is part of every telegram; without it the head of the text may be lost.",
    evidence="12 of 1,295 pages have none, most of them stubs and very old cables.",
    bad=[{"subject": None, "body": "UNCLAS BERN 001234\n\n1. (U) All trams ran on time.\n"}],
    good=[{"subject": None}],
)
def missing_subject(records: pd.DataFrame) -> pd.Series[bool]:
    """A record has no subject in its field and none in its text."""
    return ~records["subject_known"].astype(bool)


@columns(
    code="SUB002",
    severity=Severity.WARNING,
    fields="subject body",
    reads="subject_begins",
    says="the subject is not the beginning of the SUBJECT line of the text",
    why="A title that its text does not have belongs to another cable, or was changed.",
    evidence="The title is the first SUBJECT line in 1,283 of 1,283 cables that have one. Letters "
    "and figures are compared: quotes, dashes and blanks change from hand to hand.",
    bad=[{"subject": "BOAT TIMETABLES"}],
    good=[{"subject": "Tram  Timetables"}],
)
def subject_contradicts_text(records: pd.DataFrame) -> pd.Series[bool]:
    """The subject is not the beginning of the SUBJECT line."""
    return ~records["subject_begins"].astype(bool)
