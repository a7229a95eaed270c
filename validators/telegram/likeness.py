"""What tells that two records have one text: digests of how its paragraphs begin."""

import polars as pl

from cableproof.validators.telegram.marks import MARK

KEPT = 6  # digests of a text, the smallest, so that two texts keep the same ones
FEWEST = 3  # paragraphs whose beginnings tell a text; a shorter text is told by its letters
_LETTERS = 20  # of a beginning that tells a paragraph
_NO_LETTER = r"[^A-Za-z0-9]+"  # others change from hand to hand
_SUBJECT = "SUBJ"
_TOLD_BY = 300  # letters that tell a short text
_TITLE = 40  # letters that tell a subject


def openings(body: pl.Series, found: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    """Return digests of each text, by its row ``at``.

    ``found`` has one row a paragraph, ``begins`` its first words, and ``numbers`` how many
    ``paragraphs`` a text has. Of a text of few there is one digest, of its first letters and
    figures from the subject on. Of a text of just enough there is that of its ``title`` too, which
    speaks for a beginning that is covered and tells nothing: the text has then a digest less.
    """
    titled = numbers.filter(pl.col("paragraphs") == FEWEST)["at"].sort()
    told = found.select("at", pl.col("begins").str.strip_chars())
    covered = told.filter(pl.col("at").is_in(titled.implode()))
    covered = covered.filter(pl.col("begins").str.contains(MARK))
    told = told.join(covered, on=["at", "begins"], how="anti") if len(covered) else told
    told = told.filter(pl.col("begins").str.len_bytes() >= _LETTERS)
    digests = told.group_by("at").agg(pl.col("begins").hash().unique().sort().alias("openings"))
    least = FEWEST - pl.col("at").is_in(covered["at"].unique().implode()).cast(pl.Int64)
    many = digests.filter(pl.col("openings").list.len() >= least)
    many = many.select("at", pl.col("openings").list.head(KEPT))
    few = pl.Series(range(len(body)), dtype=pl.Int64).filter(
        body.str.contains(r"\S").fill_null(False)
    )
    few = few.filter(~few.is_in(many["at"].implode()))
    short = pl.DataFrame({"at": few, "openings": _letters(body.gather(few), _TOLD_BY)})
    titles = pl.DataFrame({"at": titled, "title": _letters(body.gather(titled), _TITLE)})
    told = pl.concat([many, short.select("at", pl.concat_list("openings"))])
    return told.join(titles, on="at", how="left")


def _letters(text: pl.Series, number: int) -> pl.Series:
    """Return digests of the first letters and figures of texts from their subjects on."""
    text = text.str.splitn(_SUBJECT, 2).struct.field("field_1").fill_null(text)
    letters = text.str.slice(0, 2 * number).str.replace_all(_NO_LETTER, "").str.to_uppercase()
    return letters.str.slice(0, number).hash()
