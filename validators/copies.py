"""Records that are copies of one cable, and the marks with which a collection covers its texts."""

import polars as pl

_FEWEST_MARKS = 100  # of a collection that tell which marks are usual there
_USUAL = 0.01  # share of the marks that makes a style usual
_NAMED = 12  # paragraphs that a finding names
_FEW = 2  # paragraphs of a text that has no other beginnings to be told by
_WORD = 4  # letters that one copy shows more than another, so that it is no slip of the hand
_COPY = ["source", "canonical"]
_PAIR = ["record", "record_other"]


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

    Under one identifier two texts are copies where they share the beginning of a paragraph, or
    the title, where beginnings are so few that all may be covered.
    """
    texts = whole.select("record", *_COPY, "paragraphs", "openings", "title", "marks")
    texts = texts.drop_nulls(["canonical", "marks"]).filter(pl.col("canonical").is_duplicated())
    both = texts.join(texts, on=_COPY, suffix="_other")
    shared = pl.col("openings").list.set_intersection("openings_other").list.len() > 0
    few = pl.max_horizontal("paragraphs", "paragraphs_other") <= _FEW
    alike = few | shared.fill_null(value=False) | (pl.col("title") == pl.col("title_other"))
    same = both.filter(alike & (pl.col("record") != pl.col("record_other")))
    there = twins.select("record", "record_other")
    back = twins.select(record="record_other", record_other="record")
    return pl.concat([same.select("record", "record_other"), there, back]).unique()


def coverings(whole: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record with passages that are covered in it and open in another copy.

    ``passages`` are the numbers of their paragraphs, ``copy`` is the place of the other copy.
    What is covered in both, between the same words, is open in neither. Where both cover
    something in a paragraph, the one that shows more has it open: more of the paragraph, or more
    in all, where it has fewer marks there.
    """
    place = pl.concat_str("path", pl.col("line").cast(pl.String), separator=":", ignore_nulls=True)
    shown = pl.col("text_length") - pl.col("covered_length").fill_null(0)
    own = whole.select("record", "covered", "paragraphs", place.alias("copy"), shown.alias("all"))
    both = pairs.join(own, on="record").filter(pl.col("covered").is_not_null())
    both = both.join(
        own, left_on="record_other", right_on="record", suffix="_other", maintain_order="left"
    )
    here, there = _passages(both, "covered"), _passages(both, "covered_other")
    covered = there.unique([*_PAIR, "passage"]).drop("between")
    passages = (
        _alone(here, there)
        .unique([*_PAIR, "passage"])
        .join(covered, on=[*_PAIR, "passage"], how="left", suffix="_other")
        .join(both, on=_PAIR)
        .filter(pl.col("passage") <= pl.col("paragraphs_other"))
        .filter(pl.col("times_other").is_null() | _covers_more())
        .sort(*_PAIR, "passage")
    )
    return (
        passages.group_by(*_PAIR, "copy_other", maintain_order=True)
        .agg(pl.col("passage"))
        .group_by("record", maintain_order=True)
        .agg(pl.col("passage", "copy_other").first())
        .select("record", _numbers().alias("passages"), pl.col("copy_other").alias("copy"))
    )


def _covers_more() -> pl.Expr:
    """Tell whether more of a paragraph is covered here than in the other copy."""
    less = pl.col("shown") + _WORD <= pl.col("shown_other")
    oftener = pl.col("times") > pl.col("times_other")
    return less | (oftener & (pl.col("all") < pl.col("all_other")))


def _passages(both: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return one row a covered passage of each pair, with what its paragraph shows."""
    flat = both.select(*_PAIR, column).explode(column).drop_nulls(column).unnest(column)
    return flat.with_columns(times=pl.col("between").list.len()).explode("between")


def _alone(here: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    """Return the passages ``here`` that are not covered ``there`` too.

    They are told by the words between which they stand: first in a paragraph of the same number,
    then in any, since another hand may have wrapped the lines so that numbers are not seen.
    """
    for same in ([*_PAIR, "passage", "between"], [*_PAIR, "between"]):
        nth = pl.int_range(pl.len()).over(same).alias("nth")
        own, other = here.with_columns(nth), there.with_columns(nth)
        on = [*same, "nth"]
        here = own.join(other, on=on, how="anti", maintain_order="left").drop("nth")
        there = other.join(own, on=on, how="anti", maintain_order="left").drop("nth")
    return here


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
