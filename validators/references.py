"""REF: the cables that a cable cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import BODY
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd


def _citing(block: str) -> str:
    """Return a text with a REF block."""
    return BODY.replace("TIMETABLES\n", f"TIMETABLES\nREF: {block}\n")


_CITED = _citing("A. BERN 1199\n     B. 05 GENEVA 871")


@columns(
    code="REF001",
    severity=Severity.NOTE,
    on="entries",
    fields="references",
    reads="reference",
    says="{reference} is no cable and no known other kind of reference",
    why="An entry that names nothing cannot be followed, and often hides one that could.",
    evidence="922 of the 135,290 distinct entries of the published set have not the shape of an "
    "identifier. Reports, letters, telephone calls and e-mails are known other kinds.",
    bad=[{"references": ["06BERN"]}],
    good=[{"references": ["06BERN0001", "IIR 7 727 0012 08"]}],
)
def malformed_reference(entries: pd.DataFrame) -> pd.Series[bool]:
    """An entry of the references is no cable and no known other kind of reference."""
    return entries["reference"] != ""


@rows(
    code="REF002",
    severity=Severity.NOTE,
    on="citations",
    fields="references body",
    reads="reference where",
    says="{reference} {how}",
    why="The references were taken from the REF block; one that it lacks belongs elsewhere.",
    evidence="Of 1,586 references in 726 REF blocks 1,077 name post and number alone, so that "
    "the year is compared only where the block gives it. None of the sample pages has the field.",
    bad=[{"references": ["06BERN1199"], "body": _CITED}],
    good=[{"references": ["06BERN1199", "05GENEVA871"], "body": _CITED}],
)
def references_contradict_text(citations: pd.DataFrame) -> pd.DataFrame:
    """Field and REF block name different cables."""
    own = citations["where"] == "field"
    how = {True: "is not in the REF block", False: "is in the REF block and not in the field"}
    return citations.assign(how=own.map(how))


@columns(
    code="REF003",
    severity=Severity.WARNING,
    on="impossible",
    fields="references body",
    reads="reference how",
    says="it cites {reference}, {how}",
    why="A cable can only cite what was there before it; number, year or date is wrong.",
    evidence="Of 890 references to the own station without a year 51 have a serial above the "
    "cable's own: 31 of these are of the year before, and 8 were numbered out of order, so that "
    "only a stated year or the date of the cited cable counts, with a day allowed. None of the "
    "sample pages cites itself or a later cable.",
    bad=[{"references": None, "body": _citing("07 BERN 12")}],
    good=[{"references": None, "body": _citing("BERN 1300")}],
)
def impossible_reference(impossible: pd.DataFrame) -> pd.Series[bool]:
    """A cable cites itself, or one that was sent later."""
    return impossible["reference"] != ""
