"""What the lines of a telegram say together: which of them contradict the record, in words.

Each column is empty where every line that is there agrees, and null where none is there.
"""

from collections.abc import Sequence

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.batches import TEXT
from cableproof.validators.telegram.stations import unlike

_MODULUS = 10_000  # the line of the sending station has the last four digits of the serial
_DAY = pl.duration(days=1)
_UNCLASSIFIED, _SENSITIVE = 0, 1
_RANKS = {0: "UNCLASSIFIED", 2: "CONFIDENTIAL", 3: "SECRET"}


def agreement(evidence: pl.DataFrame) -> pl.DataFrame:
    """Return which lines contradict the record, and which cable the text names instead."""
    apart = evidence.select(
        *("serial", "station", "year", "rank", "created_time", "dateline", "group_time"),
        *("text_serial", "header_serial", "mark_serial", "text_rank", "security_rank"),
        *("text_station", "mark_station", "header_station", "from_station"),
        *("subject_begins", "tags_not_in_line", "identifier"),
        *(
            unlike(evidence[name], evidence["station"]).alias(f"{name}_unlike")
            for name in ("text_station", "mark_station", "header_station", "from_station")
        ),
    )
    return apart.select(
        _numbers().alias("numbers_apart"),
        _stations().alias("stations_apart"),
        _ranks().alias("ranks_apart"),
        _farthest().alias("written_time"),
        *_other_cable(),
    )


def _numbers() -> pl.Expr:
    return _said(
        {
            "class line": (pl.col("text_serial"), pl.col("serial")),
            "line of the sending station": (pl.col("header_serial"), pl.col("serial") % _MODULUS),
            "page marks": (pl.col("mark_serial"), pl.col("serial")),
        }
    )


def _stations() -> pl.Expr:
    lines = {"FM line": "from_station", "routing indicator": "header_station"}
    flags = [pl.col(f"{name}_unlike") for name in lines.values()]
    words = [
        pl.when(pl.col(f"{name}_unlike")).then(pl.format(what + " {}", name))
        for what, name in lines.items()
    ]
    return _joined(words, flags)


def _ranks() -> pl.Expr:
    claim = pl.col("rank").replace(_SENSITIVE, _UNCLASSIFIED)  # which these lines do not tell apart
    lines = {"class line": "text_rank", "security line": "security_rank"}
    words = [
        pl.when(pl.col(name) != claim).then(
            pl.format(what + " {}", pl.col(name).replace_strict(_RANKS, return_dtype=TEXT))
        )
        for what, name in lines.items()
    ]
    return _joined(words, [pl.col(name) - claim for name in lines.values()])


def _said(lines: dict[str, tuple[pl.Expr, pl.Expr]]) -> pl.Expr:
    """Return the lines that say something else than the claim beside them, and what they say."""
    words = [
        pl.when(said != claim).then(pl.format(what + " {}", said))
        for what, (said, claim) in lines.items()
    ]
    return _joined(words, [said - claim for said, claim in lines.values()])


def _joined(words: Sequence[pl.Expr], known: Sequence[pl.Expr]) -> pl.Expr:
    """Return words that are not null in one; null where nothing is known."""
    any_known = pl.any_horizontal(each.is_not_null() for each in known)
    return pl.when(any_known).then(pl.concat_str(words, separator=", ", ignore_nulls=True))


def _farthest() -> pl.Expr:
    """Return that of the two written times which is farther from the time of the claim."""
    created, line, group = (pl.col(n) for n in ("created_time", "dateline", "group_time"))
    farther = (line - created).abs() > (group - created).abs()
    return pl.when(farther.fill_null(False)).then(line).otherwise(pl.coalesce(group, line))


def _other_cable() -> list[pl.Expr]:
    """Return which cable the text names, if its own words say that it is another's.

    It is another's where class line or page marks name another office and another serial, or
    another serial of the same office and a second line of the text contradicts the record.
    """
    serial = pl.coalesce(pl.col("text_serial"), pl.col("mark_serial"))
    station = pl.coalesce(pl.col("text_station"), pl.col("mark_station"))
    other_serial = (serial != pl.col("serial")).fill_null(False)
    other_office = pl.coalesce(pl.col("text_station_unlike"), pl.col("mark_station_unlike"))
    second = (
        (pl.col("text_serial").is_not_null() & (pl.col("mark_serial") == serial)),
        ~pl.col("subject_begins"),
        pl.col("tags_not_in_line").list.len() >= 2,
        (pl.col("dateline") - pl.col("created_time")).abs() > _DAY,
    )
    confirmed = pl.any_horizontal(each.fill_null(False) for each in second)
    swapped = other_serial & (other_office.fill_null(False) | confirmed)
    year = pl.coalesce(pl.col("dateline").dt.year(), pl.col("year"))
    named = pl.format(
        "{}{}{}", (year % 100).cast(TEXT).str.zfill(2), station.fill_null(pl.col("station")), serial
    )
    known = serial.is_not_null() & pl.col("serial").is_not_null()
    return [
        pl.when(known).then(pl.when(swapped).then(named).otherwise(pl.lit(""))).alias("text_of"),
        pl.when(swapped).then(pl.col("dateline").is_not_null()).alias("year_told"),
    ]


def rank() -> pl.Expr:
    """Return the rank of the classification, 0, 2 or 3; null where it is in no table."""
    known = {name: int(row["rank"] or 0) for name, row in vocab.classifications().items()}
    known |= {short: known[name] for short, name in vocab.abbreviations().items()}
    return pl.col("classification").replace_strict(known, default=None, return_dtype=pl.Int64)
