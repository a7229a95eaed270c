"""Records that are copies of one cable, and the marks with which a collection covers its texts."""

import polars as pl

_FEWEST_MARKS = 100  # of a collection that tell which marks are usual there
_USUAL = 0.01  # share of the marks that makes a style usual
_NAMED = 12  # paragraphs that a finding names
_FEW = 2  # paragraphs of a text that has no other beginnings to be told by
_COPY = ["source", "canonical"]


def copies(whole: pl.DataFrame) -> pl.DataFrame:
    """Return the records whose identifier stands more than once in their collection."""
    same = ("group", "identifier")
    return (
        whole.select("record", *same, "content")
        .drop_nulls("identifier")
        .filter(pl.col("identifier").is_duplicated())
        .filter(pl.struct(same).is_duplicated())
        .select(
            "record",
            "identifier",
            pl.len().over(same).cast(pl.Int64).alias("copies"),
            pl.col("content").n_unique().over(same).cast(pl.Int64).alias("contents"),
        )
    )


def pairs(whole: pl.DataFrame, twins: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record and another that is a copy of it, under its identifier or not.

    Under one identifier two texts are copies where they share the beginning of a paragraph.
    """
    texts = whole.select("record", *_COPY, "paragraphs", "openings", "marks")
    texts = texts.drop_nulls(["canonical", "marks"]).filter(pl.col("canonical").is_duplicated())
    both = texts.join(texts, on=_COPY, suffix="_other")
    shared = pl.col("openings").list.set_intersection("openings_other").list.len() > 0
    few = pl.max_horizontal("paragraphs", "paragraphs_other") <= _FEW
    same = both.filter(
        (shared.fill_null(value=False) | few) & (pl.col("record") != pl.col("record_other"))
    )
    there = twins.select("record", "record_other")
    back = twins.select(record="record_other", record_other="record")
    return pl.concat([same.select("record", "record_other"), there, back]).unique()


def coverings(whole: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record with passages that are covered in it and open in another copy.

    ``passages`` are the numbers of their paragraphs, ``copy`` is the place of the other copy.
    Where both cover something in a paragraph, the one that shows more in all has it open.
    """
    place = pl.concat_str("path", pl.col("line").cast(pl.String), separator=":", ignore_nulls=True)
    shown = pl.col("text_length") - pl.col("covered_length").fill_null(0)
    own = whole.select("record", "covered", "paragraphs", place.alias("copy"), shown.alias("shown"))
    both = pairs.join(own, on="record").filter(pl.col("covered").is_not_null())
    both = both.join(
        own, left_on="record_other", right_on="record", suffix="_other", maintain_order="left"
    )
    here = _times(both, "covered")
    there = _times(both, "covered_other").rename({"times": "times_other"})
    passages = (
        here.join(there, on=["record", "record_other", "passage"], how="left")
        .join(both, on=["record", "record_other"])
        .filter(pl.col("passage") <= pl.col("paragraphs_other"))
        .filter(
            pl.col("times_other").is_null()
            | (
                (pl.col("times") > pl.col("times_other"))
                & (pl.col("shown") < pl.col("shown_other"))
            )
        )
        .sort("record", "record_other", "passage")
    )
    return (
        passages.group_by("record", "record_other", "copy_other", maintain_order=True)
        .agg(pl.col("passage"))
        .group_by("record", maintain_order=True)
        .agg(pl.col("passage", "copy_other").first())
        .select("record", _numbers().alias("passages"), pl.col("copy_other").alias("copy"))
    )


def _times(both: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return how many passages are covered in each paragraph of each pair."""
    flat = both.select("record", "record_other", pl.col(column).alias("passage"))
    flat = flat.explode("passage").drop_nulls("passage")
    return flat.group_by("record", "record_other", "passage").agg(pl.len().alias("times"))


def _numbers() -> pl.Expr:
    """Return numbers of paragraphs as words of a message, the first of many."""
    numbers = pl.col("passage").list.head(_NAMED).cast(pl.List(pl.String)).list.join(", ")
    more = pl.when(pl.col("passage").list.len() > _NAMED).then(pl.lit(" and more"))
    return numbers + more.otherwise(pl.lit(""))


def marks(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a redaction mark of the collections that have many: its letter and length.

    The letter is empty for marks that are no run.
    """
    flat = whole.select("record", "group", pl.col("mark_styles").alias("style"))
    flat = flat.explode("style").drop_nulls("style")
    run = pl.col("style").str.extract_groups(r"^(?<letter>[Xx]) of (?<length>[0-9]+)$").struct
    return flat.filter(pl.len().over("group") >= _FEWEST_MARKS).with_columns(
        run.field("letter").fill_null(pl.col("style")).alias("letter"),
        run.field("length").cast(pl.Int64).fill_null(0).alias("length"),
    )


def irregular(marks: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record with marks that are not usual in its collection: ``styles``.

    A run that is one letter longer or shorter than the usual ones is a slip of the hand.
    """
    kind = ["group", "letter", "length"]
    counts = marks.group_by(kind).len()
    share = pl.col("len") / pl.col("len").sum().over("group")
    usual = counts.filter(share >= _USUAL).select(kind)
    near = pl.concat(usual.with_columns(pl.col("length") + step) for step in (-1, 0, 1))
    odd = marks.join(near, on=kind, how="anti").sort("record", "style")
    return odd.group_by("record", maintain_order=True).agg(
        pl.col("style").unique(maintain_order=True).head(_NAMED).str.join(", ").alias("styles")
    )
