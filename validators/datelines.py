"""DAT: the date of a cable against what its telegram and its neighbours say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import BODY, numbered
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd

_HOUR = "1h"
_DATELINE = "Tuesday, 12 September 2006, 12:39\n"


@rows(
    code="DAT004",
    severity=Severity.WARNING,
    fields="created",
    reads="created created_time written_time",
    uses="created_step",
    says="created {created}, but the telegram was written {written}",
    why="The date-time group is the date of the cable; a clock that was read as local shifts it.",
    evidence="Date and hour agree in 1,201 of 1,203 date-time groups, the other two are repeats "
    "with a new group; in 117 of 119 datelines, the other two are texts of other cables. "
    "Compared to the minute, the hour or the day, as precise as the source is.",
    bad=[{"created": "2006-09-12 14:39:00"}],
    good=[{"created": "2006-09-12 13:39:00"}],
)
def created_contradicts_text(records: pd.DataFrame) -> pd.DataFrame:
    """The date of creation is more than an hour from the date-time group or the dateline."""
    import pandas as pd

    created, written = records["created_time"], records["written_time"]
    apart = (created - written).abs()
    by_hour = (created.dt.floor(_HOUR) - written.dt.floor(_HOUR)).abs()
    by_day = (created.dt.normalize() - written.dt.normalize()).abs()
    step = records["created_step"]
    off = apart.where(step != "hour", by_hour) > pd.Timedelta(_HOUR)
    odd = records[off.where(step != "day", by_day > pd.Timedelta(0))]
    return odd.assign(written=odd["written_time"].dt.strftime("%Y-%m-%d %H:%M"))


@columns(
    code="DAT007",
    severity=Severity.WARNING,
    on="sequence",
    fields="created identifier",
    reads="created before after",
    says="created {created}, but the serials beside it {before} and {after}",
    why="A post numbers its cables as it sends them; one far out of order has a wrong date.",
    evidence="A month is allowed: numbers were drawn before a cable was sent. No cable of the "
    "sample trees is out of order by more.",
    bad=[
        numbered(1, created="2006-01-05 10:00:00", partial_extract=None),
        numbered(2, created="2006-08-05 10:00:00", partial_extract=None),
        numbered(3, created="2006-01-09 10:00:00", partial_extract=None),
    ],
    good=[
        numbered(1, created="2006-01-05 10:00:00", partial_extract=None),
        numbered(2, created="2006-01-25 10:00:00", partial_extract=None),
        numbered(3, created="2006-01-09 10:00:00", partial_extract=None),
    ],
)
def out_of_sequence(sequence: pd.DataFrame) -> pd.Series[bool]:
    """Serial and date disagree with both neighbours of post and year by more than a month."""
    return sequence["before"] != ""


@columns(
    code="DAT009",
    severity=Severity.WARNING,
    fields="body",
    reads="weekday_right",
    says="the dateline names a weekday that its date does not have",
    why="A weekday that its date does not have shows that one of the two was changed.",
    evidence="Right in 119 of 119 datelines.",
    bad=[{"body": _DATELINE.replace("Tuesday", "Monday") + BODY}],
    good=[{"body": _DATELINE + BODY}],
)
def weekday_disagrees(records: pd.DataFrame) -> pd.Series[bool]:
    """The dateline names a weekday that its date does not have."""
    return ~records["weekday_right"].astype(bool)
