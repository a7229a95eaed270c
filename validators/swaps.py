"""TXT: texts that belong to another record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import BODY, numbered
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd

_OTHER = BODY.replace("BERN 001234", "PARIS 000777")
_LONG = BODY.replace(
    "NOBODY",
    "2. (U) The boats were as punctual as the trams.\n\n"
    "3. (U) The benches by the lake have been painted.\n\nNOBODY",
)


@rows(
    code="TXT001",
    severity=Severity.ERROR,
    fields="body identifier",
    reads="identifier text_of",
    uses="year_told",
    says="the text under {identifier} is that of {text_of}{how}",
    why="A text under another cable's identifier is quoted as what that post never wrote.",
    evidence="Six of 1,295 cables, and 10MEXICO614 among 105 sample cables: class line and page "
    "marks name another post and number, and subject, tags, date or classification disagree.",
    bad=[{"body": _OTHER}],
    good=[{"body": BODY.replace("001234", "1234")}],
    stands_for="IDN006 ORG003 DAT004 DAT009 CLS003 CLS004 CLS005 CLS006 TAG005 SUB002 "
    "REF002 REF003 RED001 EXT001 EXT005 EXT006 TXT009",
)
def text_of_another_cable(records: pd.DataFrame) -> pd.DataFrame:
    """Serial and post of the text are another cable's."""
    odd = records[records["text_of"] != ""]
    told = odd["year_told"].astype("boolean").fillna(False)
    return odd.assign(
        how=told.map({True: "", False: "; the year is not told, this record's is taken"})
    )


@columns(
    code="TXT009",
    severity=Severity.WARNING,
    on="alike",
    fields="body",
    reads="twin",
    says="the text is also that of {twin}",
    why="One text under two identifiers is a swap, or a copy that hides a text that is lost.",
    evidence="One pair of 1,295 texts is the same but for blanks and punctuation, four more are "
    "nearly so: all are texts of other cables. A repeat says so (ZDK, ZDS, ZFR, corrected copy).",
    bad=[
        {"body": _LONG},
        numbered(1235, body=_LONG.replace("001234", "001235"), partial_extract=None),
    ],
    good=[
        {"body": _LONG},
        numbered(
            1235,
            body=_LONG.replace("001234", "001235").replace("SIPDIS", "C O R R E C T E D COPY"),
            partial_extract=None,
        ),
    ],
)
def near_duplicate(alike: pd.DataFrame) -> pd.Series[bool]:
    """The same text stands under another identifier, and neither says that it is a repeat."""
    return alike["twin"] != ""
