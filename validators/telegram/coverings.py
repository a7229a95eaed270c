"""What editors covered: in which style, and in which paragraphs."""

import polars as pl

from cableproof.sources.batches import LIST, TEXT
from cableproof.validators.telegram.marks import MARK
from cableproof.validators.telegram.passes import by_row, flat

_NUMBER = r"(?:^|\n)[ \t]*\x{b6}?[ \t]*[0-9]{1,2}\.[\s(]"


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return where and how a body is covered; null where there is no text or no mark in it.

    ``mark_styles`` names each mark by its letter and length, or by its kind; ``covered`` are the
    numbers of the paragraphs in which marks stand, 0 for what is above the first.
    """
    body = batch["body"]
    marked = body.str.contains(MARK).fill_null(False)
    tokens = flat(body.set(~marked, None).str.extract_all(f"{_NUMBER}|{MARK}"), "token")
    number = pl.col("token").str.extract(r"^[\s\x{b6}]*([0-9]{1,2})\.").cast(pl.Int64)
    place = number.forward_fill().over("at").fill_null(0)
    marks = tokens.with_columns(place.alias("place")).filter(number.is_null())
    told = marks.group_by("at", maintain_order=True).agg(
        _style().alias("mark_styles"), pl.col("place").unique().sort().alias("covered")
    )
    return by_row(len(batch), told).select(
        pl.col("mark_styles").cast(LIST), pl.col("covered").cast(pl.List(pl.Int64))
    )


def _style() -> pl.Expr:
    token = pl.col("token")
    run = token.str.starts_with("X") | token.str.starts_with("x")
    return (
        pl.when(run)
        .then(pl.format("{} of {}", token.str.slice(0, 1), token.str.len_bytes()))
        .when(token.str.starts_with("["))
        .then(pl.lit("bracket"))
        .otherwise(pl.lit("blocks"))
        .cast(TEXT)
    )
