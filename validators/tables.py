"""The tables that rules look at, made once from the evidence of a run."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd
import polars as pl

from cableproof.sources import index_pages
from cableproof.validators import copies, corpus, listings, parts, trees
from cableproof.validators.rule import Rule

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
    "page_names",
    "page_months",
    "numbers_apart",
    "text_of",
    "mojibake",
    "replaced",
    "controls",
    "hidden",
    "residue",
    "foreign",
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
    neighbours, odd = corpus.sequence(whole), parts.odd_tags(whole)
    pages, listed = trees.pages(whole, troubles), _listed(listed)
    counted = trees.counted(pages, listed)
    indexes = listings.indexes(pages, listed, counted)
    marks, twins = copies.marks(whole), corpus.twins(whole)
    pairs = copies.pairs(whole, twins)
    frames = {
        "records": _pandas(whole.select(columns).with_columns(few)),
        "tags": _pandas(odd),
        "contrasts": _pandas(parts.contrasts(whole, odd)),
        "dated": _pandas(parts.dated(whole)),
        "entries": _pandas(parts.entries(whole)),
        "citations": _pandas(parts.citations(whole)),
        "impossible": _pandas(parts.impossible(whole)),
        "sequence": _pandas(neighbours.filter(pl.col("before") != "")),
        "alike": _pandas(corpus.alike(twins)),
        "copies": _pandas(copies.copies(whole)),
        "coverings": _pandas(copies.coverings(whole, pairs)),
        "styles": _pandas(copies.irregular(marks)),
        "claims": _pandas(parts.claims(whole)),
        "dates": _pandas(parts.dates(whole)),
        "unknown": _pandas(parts.unknown(whole)),
        "groups": _pandas(corpus.groups(whole)),
        "troubles": _troubles(whole, troubles),
        "trees": _pandas(_placed(counted)),
        "indexes": _pandas(_placed(indexes)),
    }
    tagged = whole["subject_tags"].count()
    spoken = {
        "tags": tagged,
        "dated": tagged,
        "contrasts": whole["tags_not_in_line"].count(),
        "entries": whole["not_cables"].count(),
        "citations": whole["references_not_in_text"].count(),
        "impossible": whole["cited"].count(),
        "sequence": len(neighbours),
        "alike": whole["openings"].count(),
        "coverings": pairs["record"].n_unique(),
        "styles": marks["record"].n_unique(),
        "trees": int(counted["records"].sum()),
        "indexes": pages.join(indexes, on=trees.AT, how="semi")["read"].count(),
    }
    return Tables(frames, len(evidence), spoken)


def of_troubles(places: pl.DataFrame, troubles: pl.DataFrame) -> Tables:
    """Return the table of troubles alone, for a run that looks at the records otherwise.

    ``places`` has source, path, start, end and identifier of each record.
    """
    whole = places.with_row_index("record").cast({"record": pl.Int64})
    return Tables({"troubles": _troubles(whole, troubles)}, len(places), {})


def of_releases(
    records: pl.DataFrame,
    troubles: pl.DataFrame,
    pages: pl.DataFrame,
    counted: pl.DataFrame,
    indexes: pl.DataFrame,
) -> Tables:
    """Return the tables of an audit: claims of release, troubles, trees and index pages.

    ``records`` has the columns of ``IDENTITY``, ``end``, and what provenance rules read.
    """
    whole = records.with_row_index("record").cast({"record": pl.Int64})
    columns = ("record", "field_lines", *IDENTITY, *_PROVENANCE)
    frames = {
        "records": _pandas(whole.select(columns)),
        "troubles": _troubles(whole, troubles),
        "trees": _pandas(_placed(counted)),
        "indexes": _pandas(_placed(indexes)),
    }
    spoken = {
        "trees": int(counted["records"].sum()),
        "indexes": pages.join(indexes, on=trees.AT, how="semi")["read"].count(),
    }
    return Tables(frames, len(records), spoken)


_PROVENANCE = ("source_release", "source_released", "link_identifier")


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
    unread = pl.col("wrong").list.contains("body").fill_null(value=False)  # no text, but a fault
    headers = pl.col("from_line").any().over("group")
    time = pl.col("created_time")
    timed = time.is_not_null() & (pl.col("created_precision") != "day")
    hourly = (corpus.repeats(time) | ~timed).all().over("group") & timed
    return whole.with_columns(
        pl.when(hourly)
        .then(pl.lit("hour"))
        .when(pl.col("created_precision") == "day")
        .then(pl.lit("day"))
        .otherwise(pl.lit("minute"))
        .alias("created_step"),
        pl.when(texts & ~unread).then(pl.col("text_length").fill_null(0)).alias("text_length"),
        pl.when(headers | pl.col("from_line")).then(pl.col("from_line")).alias("from_line"),
    )
