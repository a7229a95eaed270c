"""Tables of the parts of records: one row a tag, a reference, a date or a field."""

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.identifiers import CENTURY
from cableproof.validators.tagging import verdict

_DAY = pl.duration(days=1)


def odd_tags(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a tag that is no known code or stands twice in its record."""
    odd = whole.select("record", "odd_tags").explode("odd_tags").drop_nulls().unnest("odd_tags")
    found = {tag: verdict(tag) for tag in odd["tag"].unique()}
    kind = pl.col("tag").replace_strict(found, return_dtype=pl.String)
    return odd.with_columns(verdict=kind if found else pl.lit(None, dtype=pl.String))


def contrasts(whole: pl.DataFrame, odd: pl.DataFrame) -> pl.DataFrame:
    """Return one row a tag that stands in the field alone, or in the TAGS line alone.

    What is no known code is reported as that, and says nothing more by standing nowhere else.
    """
    parts = [
        whole.select("record", pl.col(column).alias("tag"), pl.lit(where).alias("where"))
        .explode("tag")
        .drop_nulls("tag")
        for column, where in (("tags_not_in_line", "field"), ("tags_only_in_line", "line"))
    ]
    no_code = odd.filter(pl.col("verdict") != "known")
    return pl.concat(parts).join(no_code, on=["record", "tag"], how="anti", maintain_order="left")


def dated(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a tag that was not always in use, with its years and its record's."""
    year = pl.col("created_time").dt.year().cast(pl.Int64).alias("used_in")
    periods = vocab.tag_periods()
    uses = whole.select("record", year, pl.col("dated_tags").alias("tag")).explode("tag")
    return uses.drop_nulls().with_columns(
        pl.col("tag")
        .replace_strict({tag: years[i] for tag, years in periods.items()}, return_dtype=pl.Int64)
        .alias(name)
        for i, name in enumerate(("first_year", "final_year"))
    )


def claims(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a field that is missing or has a wrong type."""
    parts = [
        whole.select("record", pl.col(fault).alias("field"), pl.lit(fault).alias("fault"))
        .drop_nulls("field")
        .explode("field")
        .drop_nulls("field")
        for fault in ("missing", "wrong")
    ]
    return pl.concat(parts)


def dates(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a date that is there and cannot be read."""
    read = {
        "created": "created_time",
        "released": "released_time",
        "source_released": "release_day",
    }
    return pl.concat(
        whole.filter(pl.col(time).is_null() & (pl.col(field) != "")).select(
            "record", pl.lit(field).alias("field"), pl.col(field).alias("value")
        )
        for field, time in read.items()
    )


def unknown(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a field that the contract does not know, for each file."""
    return (
        whole.drop_nulls("unknown")
        .explode("unknown")
        .group_by("source", "path", "unknown", maintain_order=True)
        .agg(pl.col("record").min(), pl.len().alias("records"))
        .rename({"unknown": "field"})
        .drop("source", "path")
    )


def entries(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row an entry among the references that names no cable and nothing else known."""
    return _exploded(whole, "not_cables", "reference")


def citations(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a cable that only the field of references cites, or only the text."""
    return pl.concat(
        _exploded(whole, column, "reference").with_columns(where=pl.lit(where))
        for column, where in (
            ("references_not_in_text", "field"),
            ("references_only_in_text", "text"),
        )
    )


def impossible(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a cable that is cited and cannot be: the record itself, or one sent later."""
    cited = whole.select("record", "cited").filter(pl.col("cited").list.len() > 0).explode("cited")
    dated = pl.col("created_time").dt.year() == pl.col("year")  # else the date itself is wrong
    cables = whole.select("source", "canonical", "created_time", "year")
    cables = cables.filter(dated & pl.col("canonical").is_in(cited["cited"].unique().implode()))
    sent = cables.group_by("source", "canonical").agg(pl.col("created_time").min().alias("sent"))
    own = whole.select("record", "source", "canonical", "year", "created_time")
    flat = cited.join(own, on="record", maintain_order="left").drop_nulls("canonical")
    flat = flat.join(
        sent, left_on=["source", "cited"], right_on=["source", "canonical"], how="left"
    )
    year = pl.col("cited").str.slice(0, 2).cast(pl.Int64)
    year = year + pl.when(year >= CENTURY).then(1900).otherwise(2000)
    how = (
        pl.when(pl.col("cited") == pl.col("canonical"))
        .then(pl.lit("which is this cable itself"))
        .when(year > pl.col("year"))
        .then(pl.lit("of a later year"))
        .when(pl.col("sent") > pl.col("created_time") + _DAY)
        .then(pl.format("sent later, on {}", pl.col("sent").dt.strftime("%Y-%m-%d")))
    )
    told = flat.select("record", reference="cited", how=how).drop_nulls("how")
    return told.unique().sort("record", "reference")


def resolved(whole: pl.DataFrame) -> tuple[int, int]:
    """Return how many citations of cables there are, and how many name a cable that is here.

    Counted are those beyond doubt: with their year. A set is a selection, so that the others
    are no fault of it.
    """
    cited = whole["cited"].drop_nulls().explode(empty_as_null=True).drop_nulls()
    here = cited.is_in(whole["canonical"].drop_nulls().unique().implode())
    return len(cited), int(here.sum())


def _exploded(whole: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    return whole.select("record", pl.col(column).alias(name)).explode(name).drop_nulls(name)
