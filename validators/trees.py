"""Release trees: what their counter and their index pages say, beside the cable pages there."""

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.index_pages import FRONT, TREE

_TREE = ["source", "tree"]
_SET = [*_TREE, "kind", "key"]  # of the index pages that list one thing in pages
_NAME = r"([^/]+)\.html?$"
_LOST = ("SRC001", "SRC003")  # a page of these is there, though nothing is known of it
_SHOWN = 5  # cables that a finding names
_SHAPED = r"^[0-9]{2}[A-Z]{2,25}[0-9]{1,6}$"  # of a name that may be told
#: The kinds of index, and how an entry is called whose page has another value than its key.
UNLIKE = {
    "date": "of another month",
    "reldate": "released on another day",
    "classification": "of another classification",
    "origin": "of another origin",
    "tag": "without the tag",
}
_NOWHERE = "without a page"
_UNLISTED = "not listed"
_KNOWN = {"classification": vocab.classifications, "origin": vocab.origins}


def pages(whole: pl.DataFrame, troubles: pl.DataFrame) -> pl.DataFrame:
    """Return one row a cable page of a release tree, with what an index may say of it.

    The columns of that are named for the kinds of index; they are null for a page that could
    not be read, and for one of two of the same name.
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
        "classification",
        "origin",
        pl.col("linked_tags").alias("tag"),
    )
    lost = troubles.filter(pl.col("code").is_in(_LOST)).select("source", "path").unique()
    lost = lost.join(read, on=["source", "path"], how="anti").sort("source", "path")
    both = pl.concat([read, lost.select("source", "path", *places)], how="diagonal")
    twice = pl.struct(*_TREE, "name").is_duplicated()
    return both.drop_nulls(["tree", "name"]).with_columns(
        pl.when(~twice).then(pl.col(kind)).alias(kind) for kind in UNLIKE
    )


def counted(pages: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Return one row a tree that counts its pages, with its counts and the number found.

    ``counter`` is what most of the pages state, ``front`` what the page at the root does. A
    page by itself, without any index page, is no tree.
    """
    stated = (
        pages.drop_nulls("counter")
        .group_by(*_TREE, "counter")
        .len()
        .sort(*_TREE, "len", "counter")
        .group_by(*_TREE)
        .agg(pl.col("counter").last(), (pl.len() > 1).alias("mixed"))
    )
    front = listed.filter(pl.col("kind") == FRONT).select(
        *_TREE, pl.col("counter").alias("front"), pl.col("path").alias("at")
    )
    indexed = listed.select(*_TREE, pl.lit(value=True).alias("indexed")).unique()
    found = pages.group_by(*_TREE).agg(
        pl.col("path").n_unique().cast(pl.Int64).alias("pages"),
        pl.col("counter").count().alias("stating"),
    )
    for other in (stated, front, indexed):
        found = found.join(other, on=_TREE, how="left")
    return (
        found.with_columns(
            pl.coalesce("counter", "front").alias("counter"),
            pl.coalesce("at", pl.col("tree") + "cable").alias("path"),
            pl.col("mixed").fill_null(value=False),
        )
        .filter(pl.col("counter").is_not_null())
        .filter((pl.col("pages") > 1) | pl.col("indexed"))
        .sort(_TREE)
    )


def indexes(pages: pl.DataFrame, listed: pl.DataFrame, trees: pl.DataFrame) -> pl.DataFrame:
    """Return one row an index page, with the cables on which it disagrees with the pages.

    ``disagreement`` says how many disagree and in what, ``cables`` names the first of them;
    both are empty where none does. An index that is there in part is not asked for the pages
    that it does not list, and a tree that is a selection not for the pages that it lacks.
    """
    listed = listed.filter(pl.col("kind") != FRONT).join(pages, on=_TREE, how="semi")
    whole = trees.filter(pl.col("pages") >= pl.col("counter"))
    parts = [
        part
        for kind in UNLIKE
        for part in _of_kind(kind, pages, listed.filter(pl.col("kind") == kind), whole)
    ]
    odd = pl.concat([_nothing(), *parts])
    worded = (
        odd.group_by("source", "path", "order", "how")
        .len()
        .sort("order")
        .group_by("source", "path", maintain_order=True)
        .agg(pl.format("{} {}", "len", "how").str.join(", ").alias("disagreement"))
    )
    shaped = pl.col("name").str.contains(_SHAPED)
    told = pl.when(shaped).then("name").otherwise(
        pl.format("[{} characters]", pl.col("name").str.len_chars())
    )
    named = (
        odd.sort("order", "name")
        .group_by("source", "path", maintain_order=True)
        .agg(told.head(_SHOWN).str.join(", ").alias("cables"))
    )
    return (
        listed.select("source", "path", pl.col("cables").list.len().cast(pl.Int64).alias("entries"))
        .join(worded, on=["source", "path"], how="left")
        .join(named, on=["source", "path"], how="left")
        .with_columns(pl.col("disagreement", "cables").fill_null(""))
        .sort("source", "path")
    )


def _nothing() -> pl.DataFrame:
    text = dict.fromkeys(("source", "path", "how", "name"), pl.String)
    return pl.DataFrame(schema=text | {"order": pl.Int64})


def _of_kind(
    kind: str, pages: pl.DataFrame, listed: pl.DataFrame, whole: pl.DataFrame
) -> list[pl.DataFrame]:
    """Return what disagrees between index pages of a kind and the pages, one row a cable."""
    if listed.is_empty():
        return []
    own = pages.select(*_TREE, "name", pl.col(kind).alias("value")).unique([*_TREE, "name"])
    there = own.with_columns(there=pl.lit(value=True))
    entries = listed.drop("counter").rename({"cables": "name"}).explode("name").drop_nulls("name")
    met = entries.join(there, on=[*_TREE, "name"], how="left", maintain_order="left")
    wanted = _wanted(kind, listed, met, own)
    met = met.join(wanted, on=["source", "path"], how="left")
    if kind == "tag":
        same = pl.col("value").list.contains(pl.col("wanted"))
    else:
        same = pl.col("value") == pl.col("wanted")
    nowhere = met.filter(pl.col("there").is_null()).join(whole, on=_TREE, how="semi")
    odd = [
        _odd(met.filter(~same), 0, UNLIKE[kind]),
        _odd(nowhere, 1, _NOWHERE),
    ]
    if kind != "tag":
        homes = _homes(listed.join(wanted, on=["source", "path"], how="left"))
        away = own.drop_nulls("value").join(entries, on=[*_TREE, "name"], how="anti")
        on = {"left_on": [*_TREE, "value"], "right_on": [*_TREE, "wanted"]}
        odd.append(_odd(away.join(homes, **on), 2, _UNLISTED))
    return odd
