"""DAT: when a cable was created and released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import numbered, telegram
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd

YEARS = (1966, 2010)  # of the first and the last cable of the published set
_FEWEST = 5  # records that must agree by chance (one in sixty each) before DAT008 speaks


def _in_the_set(time: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
    """Tell of each time whether it lies in the years of the set."""
    inside: pd.Series[bool] = time.dt.year.between(*YEARS)
    return inside


@columns(
    code="DAT001",
    severity=Severity.ERROR,
    on="dates",
    reads="field value",
    says="{field} is {value}: no such date or time",
    why="A date that cannot be read sorts the cable nowhere, or by accident somewhere.",
    evidence="All dates of the 1,295 pages can be read. Forms: YYYY-MM-DD, optionally HH:MM or "
    "HH:MM:SS, or M/D/YYYY H:MM.",
    bad=[{"created": "2006-13-45 12:39:00"}],
    good=[{"created": "9/12/2006 12:39"}],
)
def unreadable_date(dates: pd.DataFrame) -> pd.Series[bool]:
    """There is no such date or time."""
    return dates["value"] != ""


@columns(
    code="DAT002",
    severity=Severity.ERROR,
    fields="created",
    reads="created created_time",
    says=f"created {{created}}, outside the years {YEARS[0]} to {YEARS[1]} of the set",
    why="A date outside the set's years is a slip or a clock that stood wrong.",
    evidence="The first of 251,287 cables is of 1966, the last of February 2010.",
    bad=[{"created": "1956-09-12 12:39:00"}],
    stands_for="DAT003 DAT004 DAT005 DAT006 DAT007 CLS006 REF003",
    good=[{"created": "2006-09-12 12:39:00"}],
)
def date_out_of_range(records: pd.DataFrame) -> pd.Series[bool]:
    """The date of creation lies outside the years of the set."""
    return ~_in_the_set(records["created_time"])


@columns(
    code="DAT003",
    severity=Severity.ERROR,
    fields="created identifier",
    reads="identifier created created_time year",
    stands_for="DAT004 DAT005 DAT006 DAT007 CLS006 REF003",
    says="{identifier} is of {year}, but created is {created}",
    why="The identifier begins with the year in which the telegram was sent.",
    evidence="The year of the date-time group is the identifier's in 1,203 of 1,203 cables.",
    bad=[{"created": "2007-09-12 12:39:00"}],
    good=[{"created": "2006-12-31 23:59:00", **telegram(group="312359Z DEC 06")}],
)
def year_contradicts_identifier(records: pd.DataFrame) -> pd.Series[bool]:
    """The year of creation is not the identifier's year."""
    other: pd.Series[bool] = records["created_time"].dt.year != records["year"]
    return _in_the_set(records["created_time"]) & other


@columns(
    code="DAT005",
    severity=Severity.ERROR,
    fields="created",
    reads="created created_time page_months",
    says="created {created}, but of the page: {page_months}",
    why="Release trees file each page under its month; a page in another was moved or changed.",
    evidence="Directory and links agree with the date in 1,295 of 1,295 pages.",
    bad=[{"path_month": "2006-08"}],
    good=[{"path_month": "2006-09", "date_month": "2006-09"}],
)
def created_contradicts_path(records: pd.DataFrame) -> pd.Series[bool]:
    """Directory, index or link of a page says another month than its date."""
    return records["page_months"] != ""


@rows(
    code="DAT006",
    severity=Severity.ERROR,
    fields="released created",
    reads="created created_time",
    uses="released released_time source_released release_day",
    says="created {created}, but released {when}",
    why="A cable cannot be published before it was written; day and month often changed places.",
    evidence="Never in the 1,295 pages of the December 2010 release.",
    bad=[{"released": "2006-01-02 10:00", "identifier": "06BERN1234"}],
    good=[{"released": "2010-12-01 21:00"}],
)
def released_before_created(records: pd.DataFrame) -> pd.DataFrame:
    """A release is earlier than the creation of the record, or than its source's own release."""
    released, created = records["released_time"], records["created_time"]
    to_the_day = released == released.dt.normalize()  # midnight: no time was given
    own = released < created.mask(to_the_day, created.dt.normalize())
    source = records["release_day"] < created.dt.normalize()
    odd: pd.DataFrame = records[own | source]
    return odd.assign(when=odd["released"].where(own[own | source], odd["source_released"]))


@columns(
    code="DAT008",
    severity=Severity.NOTE,
    on="groups",
    fields="created",
    reads="timed repeating",
    says="all {timed} times of day repeat their hour as minutes: they are precise to the hour",
    why="Minutes that mean nothing must not be compared with minutes that do.",
    evidence="True of 12,297 of 12,297 page readings in twelve releases of December 2010, whose "
    "program printed the hour of the twelve-hour clock in place of the minutes.",
    bad=[
        numbered(n + 1, created=f"2006-09-12 {n:02d}:{m:02d}", partial_extract=None)
        for n, m in ((9, 9), (13, 1), (0, 12), (18, 6), (23, 11))
    ],
    good=[
        numbered(n, created=f"2006-09-12 {n:02d}:{n + 9:02d}", partial_extract=None)
        for n in range(1, 6)
    ],
)
def minutes_repeat_hour(groups: pd.DataFrame) -> pd.Series[bool]:
    """Every time of day in a source has minutes equal to its hour on the twelve-hour clock."""
    return (groups["timed"] >= _FEWEST) & (groups["timed"] == groups["repeating"])
