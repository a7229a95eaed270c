"""Release trees: their cable pages, and how many of them there are by their own counter."""

import polars as pl

from cableproof.sources.index_pages import FRONT, KINDS, TREE

AT = ["source", "tree"]
_NAME = r"([^/]+)\.html?$"
_LOST = ("SRC001", "SRC003")  # a page of these is there, though nothing is known of it


def pages(whole: pl.DataFrame, troubles: pl.DataFrame) -> pl.DataFrame:
    """Return one row a cable page of a release tree, with what an index may say of it.

    The columns of that are named for the kinds of index; they are null for a page that could
    not be read, and for pages that share a name.
    """
    places = (
        pl.col("path").str.extract(TREE).alias("tree"),
        pl.col("path").str.extract(_NAME).alias("name"),
    )
    read = whole.filter(pl.col("kind") == "wikileaks-page").select(
        "source",
        "path",
        *places,
        pl.col("release_counter").alias("counter"),
        pl.col("created_time").dt.strftime("%Y-%m").alias("date"),
        pl.col("released_time").dt.strftime("%Y-%m-%d").alias("reldate"),
        pl.col("classification", "origin").cast(pl.String),
        pl.col("linked_tags").alias("tag"),
        pl.lit(value=True).alias("read"),
    )
    lost = troubles.filter(pl.col("code").is_in(_LOST)).select("source", "path").unique()
    lost = lost.join(read, on=["source", "path"], how="anti").sort("source", "path")
    both = pl.concat([read, lost.select("source", "path", *places)], how="diagonal")
    alone = ~pl.struct(*AT, "name").is_duplicated()
    return both.drop_nulls(["tree", "name"]).with_columns(
        pl.when(alone).then(pl.col(kind)).alias(kind) for kind in KINDS
    )


def counted(pages: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Return one row a tree that counts its pages, with its counts and the number found.

    ``counter`` is what most of the pages state, ``front`` what the page at the root states,
    and ``mixed`` tells whether the pages state different counts. One page by itself, without
    an index page, is no tree.
    """
    front = listed.filter(pl.col("kind") == FRONT).unique(AT, keep="first", maintain_order=True)
    front = front.select(*AT, pl.col("counter").alias("front"), pl.col("path").alias("at"))
    indexed = listed.select(AT).unique().with_columns(indexed=pl.lit(value=True))
    found = pages.group_by(AT).agg(
        pl.col("path").n_unique().cast(pl.Int64).alias("pages"),
        pl.col("read").count().alias("records"),
    )
    for other in (_stated(pages), front, indexed):
        found = found.join(other, on=AT, how="left")
    return (
        found.with_columns(
            pl.coalesce("counter", "front").alias("counter"),
            pl.coalesce("at", pl.col("tree") + "cable").alias("path"),
            pl.col("mixed").fill_null(value=False),
        )
        .filter(pl.col("counter").is_not_null() & ((pl.col("pages") > 1) | pl.col("indexed")))
        .sort(AT)
    )


def _stated(pages: pl.DataFrame) -> pl.DataFrame:
    """Return the count that most pages of each tree state, the higher of two as frequent."""
    return (
        pages.drop_nulls("counter")
        .group_by(*AT, "counter")
        .len()
        .sort(*AT, "len", "counter")
        .group_by(AT)
        .agg(pl.col("counter").last(), (pl.len() > 1).alias("mixed"))
    )
