"""Dates as telegrams write them: two-digit years, and times as groups of digits."""

import polars as pl

from cableproof.sources.identifiers import CENTURY


def century(year: pl.Expr) -> pl.Expr:
    """Return a year of two digits with its century; years of the archive begin with 1966."""
    early = year.cast(pl.Int64, strict=False) >= CENTURY
    return pl.when(early).then(pl.lit("19") + year).otherwise(pl.lit("20") + year)


def moment(day: pl.Expr, form: str, hour: pl.Expr, minute: pl.Expr) -> pl.Expr:
    """Return the time of a day, hour and minute; null where there is no such time."""
    text = pl.format("{} {}:{}", day, hour, minute)
    return text.str.to_datetime(f"{form} %H:%M", strict=False, time_unit="us")
