"""The routing header: station, serial and times that the sending system wrote."""

import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.validators.telegram.dates import century, moment
from cableproof.validators.telegram.stations import stations, stations_of_indicators

_END = r"[ \t\r]*$"
#: The line of the sending station: indicator, serial, day of the year and time.
_DE = r"(?m)^DE (?<indicator>[A-Z0-9]{4,8}) ?#(?<serial>[0-9]{4})(?:/[0-9]{2})? [0-9]{7}" + _END
_SECURITY = r"(?m)^ZN[RY] (?:(?<u>[UE])|(?<c>C)|(?<s>S))[A-Z]{4}\b"
#: The date-time group; in partial extracts it may stand in mixed case and without precedence.
_GROUP = (
    r"(?im)^(?:[ZOPRY] ?){0,3} ?(?<day>[0-9]{2})(?<hour>[0-9]{2})(?<minute>[0-9]{2})Z "
    r"(?<month>[A-Z]{3}) (?<year>[0-9]{2})\b"
)
_FROM = r"(?m)^FM ([A-Z][A-Z .-]{1,40}?)" + _END
_REPEATED = r"\bZ(?:DK|DS|FD|FR)\b"  # signals of a telegram that was sent more than once


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the header says; null where a line does not stand in it.

    ``header_serial`` is the serial modulo 10,000; ``header_station`` and ``from_station`` are
    station codes; ``security_rank`` is 0, 2 or 3; ``group_time`` is the time of the date-time
    group, in UTC, to the minute; ``sent_again`` tells of a signal that marks a repetition.
    """
    header = pl.col("header")
    found = batch.select(
        header.str.extract_groups(_DE).alias("sender"),
        header.str.extract_groups(_SECURITY).alias("security"),
        header.str.extract_groups(_GROUP).alias("group"),
        header.str.extract(_FROM).alias("post"),
        header.str.contains(_REPEATED).alias("sent_again"),
    )
    security = pl.col("security").struct
    lines = found.select(
        pl.col("sender").struct.field("serial").cast(pl.Int64).alias("header_serial"),
        pl.col("sender").struct.field("indicator"),
        pl.when(security.field("u").is_not_null())
        .then(0)
        .when(security.field("c").is_not_null())
        .then(2)
        .when(security.field("s").is_not_null())
        .then(3)
        .cast(pl.Int64)
        .alias("security_rank"),
        _group_time().alias("group_time"),
        "post",
        "sent_again",
    )
    return lines.select(
        "header_serial",
        stations_of_indicators(lines["indicator"]).alias("header_station"),
        "security_rank",
        "group_time",
        stations(lines["post"].cast(TEXT)).alias("from_station"),
        "sent_again",
    )


def _group_time() -> pl.Expr:
    part = pl.col("group").struct.field
    day = pl.format(
        "{}-{}-{}", century(part("year")), part("month").str.to_titlecase(), part("day")
    )
    return moment(day, "%Y-%b-%d", part("hour"), part("minute"))
