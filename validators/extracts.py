"""EXT: whether the record is the whole cable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import NOTICE, telegram
from cableproof.validators.rule import rows

if TYPE_CHECKING:
    import pandas as pd

_PARTIAL = {"identifier": "04BERN1234", "link": None, "created": "2004-09-12 12:39:00"}
_HEADER = telegram(group="121239Z SEP 04")["header"]


@rows(
    code="EXT001",
    severity=Severity.WARNING,
    fields="partial_extract header",
    reads="partial_extract from_line",
    says="the record is flagged as {flag}, but {seen}",
    why="Partial extract means that the routing header is missing; flag and header must agree.",
    evidence="They agree in 1,294 of 1,295 cables; the other repeats an old header in its text. "
    "Not run on sources without routing headers.",
    bad=[{**_PARTIAL, "partial_extract": True, "header": _HEADER}],
    good=[{**_PARTIAL, "partial_extract": True, "header": NOTICE}],
)
def partial_flag_contradicts_header(records: pd.DataFrame) -> pd.DataFrame:
    """A record is flagged partial with a full routing header, or not flagged without one."""
    odd = records[records["partial_extract"] == records["from_line"]]
    partial = odd["partial_extract"]
    return odd.assign(
        flag=partial.map({True: "a partial extract", False: "a full cable"}),
        seen=partial.map({True: "has a routing header", False: "has no routing header"}),
    )


@rows(
    code="EXT002",
    severity=Severity.NOTE,
    fields="partial_extract created",
    reads="partial_extract created created_time",
    says="{flag}, created {created}: unusual for that time",
    why="Nearly all cables of 2000 to June 2006 are partial extracts, and none after that.",
    evidence="Partial after June 2006: 0 of 1,157 cables. Full in 2000 to 2005: 4 of 89.",
    bad=[{"partial_extract": True, "header": NOTICE}],
    good=[{**_PARTIAL, "partial_extract": True, "header": NOTICE}],
)
def partial_out_of_period(records: pd.DataFrame) -> pd.DataFrame:
    """A partial extract is later than June 2006, or a full cable is of 2000 to 2005."""
    time = records["created_time"]
    late = records["partial_extract"] & (time >= "2006-07-01") & (time.dt.year <= 2010)
    early = ~records["partial_extract"] & time.dt.year.between(2000, 2005)
    odd: pd.DataFrame = records[late | early]
    flags = {True: "a partial extract", False: "a full cable"}
    return odd.assign(flag=odd["partial_extract"].map(flags))
