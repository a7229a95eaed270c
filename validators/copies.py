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
        whole.drop_nulls("identifier")
        .filter(pl.struct(same).is_duplicated())
        .select(
            "record",
            "identifier",
            pl.len().over(same).cast(pl.Int64).alias("copies"),
            pl.col("content").n_unique().over(same).cast(pl.Int64).alias("contents"),
        )
    )


def copied(whole: pl.DataFrame) -> pl.DataFrame:
    """Return the records with a text whose cable stands more than once in their source."""
    texts = whole.filter(pl.col("marks").is_not_null()).drop_nulls("canonical")
    return texts.filter(pl.struct(_COPY).is_duplicated())


def coverings(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record with passages that are covered in it and open in another copy.

    ``passages`` are the numbers of their paragraphs, ``copy`` is the place of the other copy.
    Texts are taken for copies where they share the beginning of a paragraph.
    """
    texts = copied(whole).select(
        *("record", *_COPY, "covered", "paragraphs", "openings"),
        pl.concat_str(
            "path", pl.col("line").cast(pl.String), separator=":", ignore_nulls=True
        ).alias("copy"),
    )
    pairs = (
        texts.drop_nulls("covered")
        .join(texts, on=_COPY, suffix="_other")
        .filter(pl.col("record") != pl.col("record_other"))
    )
    shared = pl.col("openings").list.set_intersection("openings_other").list.len() > 0
    few = pl.max_horizontal("paragraphs", "paragraphs_other") <= _FEW
    none = pl.lit([], dtype=pl.List(pl.Int64))
    open_there = pl.col("covered").list.set_difference(pl.col("covered_other").fill_null(none))
    passages = (
        pairs.filter(shared.fill_null(value=False) | few)
        .with_columns(open_there.alias("passage"))
        .explode("passage")
        .filter(pl.col("passage") <= pl.col("paragraphs_other"))
        .sort("record", "record_other", "passage")
    )
    return (
        passages.group_by("record", "record_other", "copy_other", maintain_order=True)
        .agg(pl.col("passage"))
        .group_by("record", maintain_order=True)
        .agg(pl.col("passage", "copy_other").first())
        .select("record", _numbers().alias("passages"), pl.col("copy_other").alias("copy"))
    )


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
