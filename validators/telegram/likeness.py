"""What tells that two records have one text: digests of how its paragraphs begin."""

import polars as pl

KEPT = 6  # digests of a text, the smallest, so that two texts keep the same ones
FEWEST = 3  # paragraphs whose beginnings tell a text; a shorter text is told by its letters
_LETTERS = 20  # of a beginning that tells a paragraph
_NO_LETTER = r"[^A-Za-z0-9]+"  # others change from hand to hand
_SUBJECT = "SUBJ"
_LOOKED_AT, _TOLD_BY = 600, 300  # characters of a short text, and its letters that tell it


def openings(body: pl.Series, found: pl.DataFrame) -> pl.DataFrame:
    """Return digests of each text, by its row ``at``.

    ``found`` has one row a paragraph, ``begins`` its first words. Of a text of few paragraphs
    there is one digest, of its first letters and figures from the subject on.
    """
    begins = pl.col("begins").str.strip_chars()
    told = found.select("at", begins).filter(pl.col("begins").str.len_bytes() >= _LETTERS)
    digests = told.group_by("at").agg(pl.col("begins").hash().unique().sort().alias("openings"))
    many = digests.filter(pl.col("openings").list.len() >= FEWEST)
    few = pl.Series(range(len(body)), dtype=pl.Int64).filter(
        body.str.contains(r"\S").fill_null(False)
    )
    few = few.filter(~few.is_in(many["at"].implode()))
    text = body.gather(few)
    text = text.str.splitn(_SUBJECT, 2).struct.field("field_1").fill_null(text)
    letters = text.str.slice(0, _LOOKED_AT).str.replace_all(_NO_LETTER, "").str.to_uppercase()
    whole = letters.str.slice(0, _TOLD_BY).hash()
    short = pl.DataFrame({"at": few, "openings": whole}).select("at", pl.concat_list("openings"))
    return pl.concat([many.select("at", pl.col("openings").list.head(KEPT)), short])
