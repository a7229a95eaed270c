"""The tables that rules look at, made once from the evidence of a run."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd
import polars as pl

from cableproof.schemas import vocab
from cableproof.sources import index_pages
from cableproof.validators import listings, trees
from cableproof.validators.corpus import alike, sequence
from cableproof.validators.rule import Rule
from cableproof.validators.tagging import verdict

#: Columns that the sheet of findings needs of each record, whatever the rules read.
IDENTITY = ("source", "path", "start", "line", "row", "identifier")


class Tables(NamedTuple):
    """Tables by name, how many records there are, and of how many a table can speak.

    A table that is not named in ``spoken`` speaks of every record.
    """

    by_name: Mapping[str, pd.DataFrame]
    records: int
    spoken: Mapping[str, int]


#: Columns of few different values.
_FEW = (
    "source",
    "path",
    "origin",
    "station",
    "classification",
    "source_release",
    "source_released",
    "stations_apart",
    "ranks_apart",
    "opening",
    "ending",
    "created_step",
)

TROUBLES = {
    "source": pl.String,
    "path": pl.String,
    "start": pl.Int64,
    "line": pl.Int64,
    "code": pl.String,
    "facts": pl.Object,
}


def tables(
    evidence: pl.DataFrame,
    troubles: pl.DataFrame,
    rules: Iterable[Rule],
    listed: pl.DataFrame | None = None,
) -> Tables:
    """Return the tables of a run, with the columns that ``rules`` look at.

    ``troubles`` has the columns of ``TROUBLES``. ``evidence`` has one row a record; its
    columns ``source`` and ``path`` say where a record is from, ``group`` which records belong
    to one collection: a file of many, or a tree of pages of one kind. ``listed`` is what the
    index pages of release trees list, with their source.
    """
    whole = _carried(evidence.with_row_index("record"))
    wanted = {"subject_tags"} | {
        c for rule in rules for c in (*rule.reads.split(), *rule.uses.split())
    }
    always = ("record", "field_lines", *IDENTITY)
    columns = [c for c in whole.columns if c in wanted or c in always]
    few = [pl.col(c).cast(pl.Categorical) for c in columns if c in _FEW]
    neighbours, odd = sequence(whole), _odd_tags(whole)
    pages, listed = trees.pages(whole, troubles), _listed(listed)
    counted = trees.counted(pages, listed)
    indexes = listings.indexes(pages, listed, counted)
    frames = {
        "records": _pandas(whole.select(columns).with_columns(few)),
        "tags": _pandas(odd),
        "contrasts": _pandas(_contrasts(whole, odd)),
        "dated": _pandas(_dated(whole)),
        "sequence": _pandas(neighbours.filter(pl.col("before") != "")),
        "alike": _pandas(alike(whole)),
        "copies": _pandas(_copies(whole)),
        "claims": _pandas(_claims(whole)),
        "dates": _pandas(_dates(whole)),
        "unknown": _pandas(_unknown(whole)),
        "groups": _pandas(_groups(whole)),
        "troubles": _troubles(whole, troubles),
        "trees": _pandas(_placed(counted)),
        "indexes": _pandas(_placed(indexes)),
    }
    tagged = whole["subject_tags"].count()
    spoken = {
        "tags": tagged,
        "dated": tagged,
        "contrasts": whole["tags_not_in_line"].count(),
        "sequence": len(neighbours),
        "alike": whole["openings"].count(),
        "trees": int(counted["records"].sum()),
        "indexes": pages.join(indexes, on=trees.AT, how="semi")["read"].count(),
    }
    return Tables(frames, len(evidence), spoken)


def _listed(listed: pl.DataFrame | None) -> pl.DataFrame:
    none = index_pages.frame([]).with_columns(source=pl.lit(""))
    return none if listed is None else listed


def _placed(files: pl.DataFrame) -> pl.DataFrame:
    """Return files with the columns of a place, of which they have only source and path."""
    numbers = (pl.lit(None, pl.Int64).alias(c) for c in ("record", "start", "line", "row"))
    return files.with_columns(*numbers, identifier=pl.lit(None, pl.String))


def _troubles(whole: pl.DataFrame, troubles: pl.DataFrame) -> pd.DataFrame:
    """Return the troubles, each with the record in whose bytes it stands, if it was read."""
    facts = troubles["facts"].to_list()
    at = ["source", "path"]
    places = whole.select("record", *at, "start", "end", "identifier").drop_nulls("start")
    found = (
        troubles.drop("facts")
        .with_row_index("number")
        .sort("start", nulls_last=False)
        .join_asof(
            places.sort("start").rename({"start": "begin"}),
            left_on="start",
            right_on="begin",
            by=at,
            strategy="backward",
            check_sortedness=False,
        )
        .sort("number")
    )
    inside = pl.col("start") < pl.col("end")
    own = [pl.when(inside).then(pl.col(name)).alias(name) for name in ("record", "identifier")]
    frame = found.with_columns(own).with_columns(row=pl.lit(None, dtype=pl.Int64))
    return _pandas(frame.drop("number", "begin", "end")).assign(facts=facts)


def _pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """Return a frame as pandas, its strings kept in Arrow and its nulls as nulls."""
    made = frame.to_pandas(use_pyarrow_extension_array=False)
    integers = [
        n for n, kind in frame.schema.items() if kind.is_integer() and frame[n].null_count()
    ]
    flags = [n for n, kind in frame.schema.items() if kind == pl.Boolean and frame[n].null_count()]
    return made.astype(dict.fromkeys(integers, "Int64") | dict.fromkeys(flags, "boolean"))


def _carried(whole: pl.DataFrame) -> pl.DataFrame:
    """Return the records with what their own file or collection carries told from what it lacks.

    A text that one record of a file has and another has not is lost in the other; a file
    without any is another kind of source, on which rules about texts are not run. The same
    for routing headers in a collection.
    """
    texts = pl.col("text_length").is_not_null().any().over("path", "source")
    headers = pl.col("from_line").any().over("group")
    time = pl.col("created_time")
    timed = time.is_not_null() & (pl.col("created_precision") != "day")
    hourly = (_repeats(time) | ~timed).all().over("group") & timed
    return whole.with_columns(
        pl.when(hourly)
        .then(pl.lit("hour"))
        .when(pl.col("created_precision") == "day")
        .then(pl.lit("day"))
        .otherwise(pl.lit("minute"))
        .alias("created_step"),
        pl.when(texts).then(pl.col("text_length").fill_null(0)).alias("text_length"),
        pl.when(headers | pl.col("from_line")).then(pl.col("from_line")).alias("from_line"),
    )


def _odd_tags(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a tag that is no known code or stands twice in its record."""
    odd = whole.select("record", "odd_tags").explode("odd_tags").drop_nulls().unnest("odd_tags")
    found = {tag: verdict(tag) for tag in odd["tag"].unique()}
    kind = pl.col("tag").replace_strict(found, return_dtype=pl.String)
    return odd.with_columns(verdict=kind if found else pl.lit(None, dtype=pl.String))


def _contrasts(whole: pl.DataFrame, odd: pl.DataFrame) -> pl.DataFrame:
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


def _dated(whole: pl.DataFrame) -> pl.DataFrame:
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


def _copies(whole: pl.DataFrame) -> pl.DataFrame:
    """Return the records whose identifier stands more than once in their collection."""
    same = ("group", "identifier")
    return (
        whole.drop_nulls("identifier")
        .filter(pl.struct(same).is_duplicated())
        .select(
            "record",
            "identifier",
            pl.len().over(same).cast(pl.Int64).alias("copies"),
            pl.col("content").n_unique().over(same).cast(pl.Int64).alias("contents"),
        )
    )


def _claims(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a field that is missing or has a wrong type."""
    parts = [
        whole.select("record", pl.col(fault).alias("field"), pl.lit(fault).alias("fault"))
        .drop_nulls("field")
        .explode("field")
        .drop_nulls("field")
        for fault in ("missing", "wrong")
    ]
    return pl.concat(parts)


def _dates(whole: pl.DataFrame) -> pl.DataFrame:
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


def _unknown(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a field that the contract does not know, for each file."""
    return (
        whole.drop_nulls("unknown")
        .explode("unknown")
        .group_by("source", "path", "unknown", maintain_order=True)
        .agg(pl.col("record").min(), pl.len().alias("records"))
        .rename({"unknown": "field"})
        .drop("source", "path")
    )


def _groups(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a collection, with what its times of day have in common."""
    time = pl.col("created_time")
    timed = time.is_not_null() & (pl.col("created_precision") != "day")
    repeating = timed & _repeats(time)
    return whole.group_by("group", maintain_order=True).agg(
        pl.col("record").min(),
        timed.sum().cast(pl.Int64).alias("timed"),
        repeating.sum().cast(pl.Int64).alias("repeating"),
    )


def _repeats(time: pl.Expr) -> pl.Expr:
    """Tell whether the minutes are the hour on the twelve-hour clock."""
    return time.dt.minute() == (time.dt.hour() + 11) % 12 + 1
