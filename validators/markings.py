"""CLS: the classification of the whole against the marks in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import BODY, HEADER
from cableproof.validators.rule import columns, rows
from cableproof.validators.telegram.portions import NAMES

if TYPE_CHECKING:
    import pandas as pd

_SENSITIVE, _CONFIDENTIAL = 1, 2  # ranks of SBU and C
_ORDERS = (10290, 10501, 10964, 11652, 12065, 12356, 12958, 13292, 13526)
_LONGEST = 50  # years to a date of declassification, more than any seen
_FOUO = "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
_SECRET_BODY = BODY.replace("UNCLAS BERN", "S E C R E T BERN").replace("N/A", "DECL: 09/12/2016")
_SECRET = {
    "classification": "SECRET",
    "body": _SECRET_BODY.replace("(U)", "(S)"),
    "header": HEADER.replace("ZNR UUUUU", "ZNY SSSSS"),
}


@columns(
    code="CLS003",
    severity=Severity.WARNING,
    fields="classification body",
    reads="classification ranks_apart",
    says="the classification is {classification}, but of the text: {ranks_apart}",
    why="The class line and the line of the security check state what the sender decided.",
    evidence="The class line agrees in 1,278 of 1,285 cables: five of the others carry the text "
    "of another cable, in two the field is wrong. The security line agrees in 1,118 of 1,120, "
    "the same two disagree.",
    bad=[
        {
            **_SECRET,
            "classification": "CONFIDENTIAL",
            "body": BODY.replace("UNCLAS BERN", "S E C R E T BERN").replace(
                "N/A", "DECL: 09/12/2016"
            ),
        }
    ],
    good=[_SECRET],
)
def classification_contradicts_text(records: pd.DataFrame) -> pd.Series[bool]:
    """Class line or security line has another rank than the classification."""
    return records["ranks_apart"] != ""


@rows(
    code="CLS004",
    severity=Severity.WARNING,
    fields="classification body",
    reads="classification rank portion_rank portions",
    says="the whole is {classification}, but paragraphs marked {mark}: {portions}",
    why="A whole is classified as high as its highest part; else the part is exposed.",
    evidence="The highest mark is no higher in 1,243 of 1,257 cables. Of the others four carry "
    "the text of another cable, two have a paragraph marked S in a CONFIDENTIAL whole, and eight "
    "are UNCLASSIFIED with SBU paragraphs, which is therefore a note.",
    bad=[{"body": BODY.replace("(U)", "(C)")}],
    good=[{**_SECRET, "body": _SECRET_BODY.replace("(U)", "(S//NF)")}],
)
def portion_above_classification(records: pd.DataFrame) -> pd.DataFrame:
    """A paragraph is marked above the whole; SBU in an UNCLASSIFIED whole is a note."""
    odd = records[records["portion_rank"] > records["rank"]]
    mild = odd["portion_rank"] == _SENSITIVE
    return odd.assign(
        mark=odd["portion_rank"].map(dict(enumerate(NAMES))),
        severity=mild.map({True: Severity.NOTE.value, False: Severity.WARNING.value}),
    )


@rows(
    code="CLS005",
    severity=Severity.WARNING,
    fields="classification body",
    reads="classification rank noforn sensitive",
    says="the classification is {classification}, but {seen}",
    why="A caption limits who may read a cable; list and text must name the same.",
    evidence="SENSITIVE agrees in 103 of 104 unclassified cables, the other carries the text of "
    "another. NOFORN agrees in 1,282 of 1,295, but drafters forget one of the two, so that is "
    "a note.",
    bad=[{"body": BODY.replace("SIPDIS", "SENSITIVE\nSIPDIS")}],
    good=[{"body": BODY.replace("SIPDIS", "SENSITIVE\nSIPDIS"), "classification": _FOUO}],
)
def caveat_disagrees(records: pd.DataFrame) -> pd.DataFrame:
    """NOFORN or SENSITIVE stands in the captions and not in the field, or the reverse."""
    import pandas as pd

    claim = records["classification"].astype(str)
    limited = records["noforn"] != claim.str.contains("NOFORN|/NF")
    open_to_all = records["rank"] < _CONFIDENTIAL
    sensitive = (records["sensitive"] != (records["rank"] == _SENSITIVE)) & open_to_all
    parts = []
    for name, odd, severity in (
        ("NOFORN", records[limited], Severity.NOTE),
        ("SENSITIVE", records[sensitive], Severity.WARNING),
    ):
        said = {True: f"the text has the caption {name}", False: f"the text has no caption {name}"}
        seen = odd[name.lower()].map(said)
        parts.append(odd.assign(seen=seen, severity=severity.value))
    return pd.concat(parts)


@rows(
    code="CLS006",
    severity=Severity.WARNING,
    fields="classification body",
    reads="classification rank order created_time",
    uses="opening opening_day",
    says="the classification is {classification}, but {seen}",
    why="The line of the executive order says until when a cable is classified, or that it is not.",
    evidence="N/A for unclassified and a date or event for classified in 1,283 of 1,287 cables; "
    "of the others one carries the text of another, three were declassified before the set was "
    "made and say so. Digit slips in the order's number, seen in five, are a note.",
    bad=[{"body": BODY.replace("N/A", "DECL: 09/12/2016")}],
    good=[_SECRET],
)
def declassification_line_disagrees(records: pd.DataFrame) -> pd.DataFrame:
    """The line of the executive order disagrees with the classification, or is impossible."""
    import pandas as pd

    classified = records["rank"] >= _CONFIDENTIAL
    opening, day = records["opening"], pd.to_datetime(records["opening_day"])
    created = records["created_time"].dt.normalize()
    dated = (opening == "date").fillna(False)
    years = day.dt.year - created.dt.year
    cases = {
        "the executive order's line says N/A": classified & (opening == "none"),
        "the executive order's line has a date of declassification": ~classified & dated,
        "the date of declassification does not exist": classified & dated & day.isna(),
        "the date of declassification is before the cable": classified & (day < created),
        "the date of declassification is very late": classified & (years > _LONGEST),
    }
    parts = [records[odd.fillna(False)].assign(seen=seen) for seen, odd in cases.items()]
    found: pd.DataFrame = pd.concat(parts).assign(severity=Severity.WARNING.value)
    slip = records[~records["order"].isin(_ORDERS)]
    slip = slip.assign(
        seen="no executive order has the number in its line", severity=Severity.NOTE.value
    )
    return pd.concat([found, slip])
