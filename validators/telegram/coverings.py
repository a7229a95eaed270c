"""What editors covered: in which style, and in which paragraphs."""

import polars as pl

from cableproof.sources.batches import LIST, TEXT
from cableproof.validators.telegram.marks import MARK
from cableproof.validators.telegram.passes import by_row, flat

_MARKS = rf"(?:{MARK})(?:\s+(?:{MARK}))*"  # side by side they cover one passage
_NUMBER = r"(?:^|\n)[ \t]*\x{b6}?[ \t]*[0-9]{1,2}\.[\s(]"


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return where and how a body is covered; null where there is no text or no mark in it.

    ``mark_styles`` names each mark by its letter and length, or by its kind; ``covered`` has the
    number of its paragraph for each covered passage, 0 for what is above the first;
    ``marks`` is how many there are, 0 for none, and ``covered_length`` is how many bytes the marks take.
    """
    body = batch["body"]
    marked = body.str.contains(MARK).fill_null(False)
    texts = body.set(~marked, None)
    styles = flat(texts.str.extract_all(MARK), "token")
    tokens = flat(texts.str.extract_all(f"{_NUMBER}|{_MARKS}"), "token")
    number = pl.col("token").str.extract(r"^[\s\x{b6}]*([0-9]{1,2})\.").cast(pl.Int64)
    place = number.forward_fill().over("at").fill_null(0)
    marks = tokens.with_columns(place.alias("place")).filter(number.is_null())
    told = marks.group_by("at", maintain_order=True).agg(
        pl.col("place").alias("covered"),
        pl.col("token").str.len_bytes().sum().cast(pl.Int64).alias("covered_length"),
    )
    told = told.join(styles.group_by("at").agg(_style().alias("mark_styles")), on="at")
    there = body.str.contains(r"\S")
    count = pl.col("mark_styles").list.len().cast(pl.Int64).fill_null(0)
    return by_row(len(batch), told).select(
        pl.when(there).then(count).alias("marks"),
        pl.col("mark_styles").cast(LIST),
        pl.col("covered").cast(pl.List(pl.Int64)),
        "covered_length",
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
