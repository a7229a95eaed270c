"""Numbered paragraphs: which numbers are missing, their portion marks, and how they begin."""

import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.validators.telegram.likeness import openings
from cableproof.validators.telegram.numbering import missing
from cableproof.validators.telegram.passes import flat, numbered
from cableproof.validators.telegram.portions import rank_of

#: A number at the beginning of a line, a portion mark, and how the paragraph begins. A wrapped
#: sentence that ends in a date looks alike; the chain of numbers tells them apart.
_NUMBER = (
    r"(?m)^[ \t]*\x{b6}?[ \t]*[0-9]{1,2}\.[ \t]*(?:\([^()\n]{1,25}\)|[\r\nA-Z(. \t])[^\n]{0,24}"
)
#: Blanks may be taken in one way only, which the engine needs to read the parts in one pass.
_PARTS = r"^[ \t]*(?:\x{b6}[ \t]*)?(?<number>[0-9]{1,2})\.(?:[ \t]*\((?<mark>[^()\n]{1,25})\))?"
#: The number with its mark before it, as few wrote it.
_MARK_FIRST = r"(?m)^[ \t]*\x{b6}?[ \t]*\((?:U|SBU|LOU|C|S|TS)[^()\n]{0,24}\)[ \t]*[0-9]{1,2}\."
_BEFORE = r"\(([^()\n]{1,25})\)"


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the numbered paragraphs say; null where there is no text.

    ``paragraphs`` is how many numbers stand at the beginning of a line. ``missing_paragraphs``
    names the numbers that lack, as "4, 7"; empty where none does, null where none is numbered.
    ``near_a_mark`` tells whether each gap has a redaction mark beside it. ``portion_rank`` is
    the highest portion mark, 0 for U to 4 for TS, and ``portions`` how many paragraphs have it.
    ``openings`` are digests of how they begin, or of the whole text where they are few, and
    ``title`` is one of the subject where they are just enough.
    """
    body = batch["body"]
    found = _found(body)
    whole = _counted(found)
    parts = (whole, _gaps(body, whole), _portions(found), openings(body, found, whole))
    rows = numbered(body.is_not_null(), "there")
    for part in parts:
        rows = rows.join(part, on="at", how="left", maintain_order="left")
    counted = pl.col("complete").is_not_null()
    return rows.select(
        pl.when("there").then(pl.col("paragraphs").fill_null(0)).alias("paragraphs"),
        pl.when(counted).then(pl.col("missing").fill_null("")).alias("missing_paragraphs"),
        pl.when(counted).then(pl.col("near").fill_null(False)).alias("near_a_mark"),
        "portion_rank",
        "portions",
        "openings",
        "title",
    )


def _found(body: pl.Series) -> pl.DataFrame:
    """Return one row a number: the text ``at`` which it is, its mark, and how it goes on."""
    usual = flat(body.str.extract_all(_NUMBER), "begins")
    parts = usual["begins"].str.extract_groups(_PARTS).struct.unnest()
    found = usual.select(
        "at", number=parts["number"].cast(pl.Int64), mark=parts["mark"], begins="begins"
    )
    first = body.str.contains(_MARK_FIRST).fill_null(False)
    if not first.any():
        return found
    odd = numbered(body, "hit").filter(first)
    odd = odd.with_columns(pl.col("hit").str.extract_all(_MARK_FIRST)).explode("hit")
    marked = odd.select(
        "at",
        number=pl.col("hit").str.extract(r"([0-9]{1,2})\.$").cast(pl.Int64),
        mark=pl.col("hit").str.extract(_BEFORE),
        begins="hit",
    )
    return pl.concat([found, marked])


def _counted(found: pl.DataFrame) -> pl.DataFrame:
    """Return how many numbers each text has, and whether they are simply 1, 2, 3.

    Such numbers are as far ahead of their rows as 1 is of the first.
    """
    ahead = found.with_row_index("row").with_columns(
        ahead=pl.col("number") - pl.col("row").cast(pl.Int64)
    )
    one_step = pl.col("ahead").min() == pl.col("ahead").max()
    return ahead.group_by("at", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("paragraphs"),
        complete=one_step & (pl.col("number").first() == 1),
    )


def _gaps(body: pl.Series, whole: pl.DataFrame) -> pl.DataFrame:
    """Return the numbers missing in texts whose numbers are not simply 1, 2, 3; they are few."""
    odd = whole.filter(~pl.col("complete"))["at"]
    rows = [(at, *missing(body[at])) for at in odd]
    schema = {"at": pl.Int64(), "missing": TEXT, "near": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _portions(found: pl.DataFrame) -> pl.DataFrame:
    """Return the highest rank of a portion mark in each text, and how often it stands there."""
    ranks = {mark: rank_of(mark) for mark in found["mark"].drop_nulls().unique()}
    rank = pl.col("mark").replace_strict(ranks, default=None, return_dtype=pl.Int64)
    marked = found.select("at", rank=rank).drop_nulls()
    counts = marked.group_by("at", "rank").agg(pl.len().cast(pl.Int64).alias("portions"))
    highest = counts.sort("at", "rank").group_by("at", maintain_order=True).last()
    return highest.rename({"rank": "portion_rank"})
