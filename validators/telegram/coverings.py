"""What editors covered: in which style, in which paragraphs, and how much they left open there."""

import polars as pl

from cableproof.sources.batches import LIST, TEXT
from cableproof.validators.telegram.marks import MARK
from cableproof.validators.telegram.pages import MARK as PAGE_MARK
from cableproof.validators.telegram.passes import by_row, flat, without

_MARKS = rf"(?:{MARK})(?:\s+(?:{MARK}))*"  # side by side they cover one passage
_NUMBER = r"(?m)^[ \t]*\x{b6}?[ \t]*[0-9]{1,2}\.[\s(]"
_BEGINS = r"^[ \t]*\x{b6}?[ \t]*([0-9]{1,2})\."
_CUT, _COVER = "\x1e", "\x1a"  # signs for the beginning of a paragraph, and for a covered passage
_GAP = r"[\s,'\"-]{0,40}"  # inside a sentence, so that a number run into the line is not seen
_SMALL = r"[A-Za-z]{1,3}"  # words that stand beside many others, and tell little by themselves
#: The words beside a passage.
_BETWEEN = (
    rf"(?:[A-Za-z]{{4,20}}{_GAP})?(?:{_SMALL}{_GAP}){{0,3}}{_COVER}"
    rf"(?:{_GAP}{_SMALL}\b){{0,3}}(?:{_GAP}[A-Za-z]{{4,20}})?"
)
_NO_LETTER = rf"[^A-Za-z{_COVER}]+"  # what changes from hand to hand
_BLANKS = " \n\r\t"
_PAGE = rf"(?:[A-Z][A-Z .]{{1,24}}\s+)?{PAGE_MARK}"  # an editor may have taken it out
#: A paragraph of a text in which something is covered.
_COVERED = {"passage": pl.Int64(), "shown": pl.Int64(), "between": pl.List(pl.UInt64())}


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return where and how a body is covered; null where there is no text or no mark in it.

    ``mark_styles`` names each mark by its letter and length, or by its kind; ``covered`` has for
    each paragraph with covered passages its number (``passage``, 0 for what is above the first),
    how many characters of it are ``shown``, and for each passage a digest of the words
    ``between`` which it stands; ``marks`` is how many marks there are, 0 for none, and
    ``covered_length`` is how many bytes they take.
    """
    body = batch["body"]
    marked = body.str.contains(MARK).fill_null(False)
    at = marked.arg_true().cast(pl.Int64)  # few; only these are looked at
    texts = body.gather(at)
    styles = flat(texts.str.extract_all(MARK), "token")
    told = _paragraphs(texts)
    length = pl.col("token").str.len_bytes().sum().cast(pl.Int64).alias("covered_length")
    told = told.join(styles.group_by("at").agg(_style().alias("mark_styles"), length), on="at")
    told = told.with_columns(at=at.gather(told["at"]))
    there = body.str.contains(r"\S")
    count = pl.col("mark_styles").list.len().cast(pl.Int64).fill_null(0)
    return by_row(len(batch), told).select(
        pl.when(there).then(count).alias("marks"),
        pl.col("mark_styles").cast(LIST),
        pl.col("covered").cast(pl.List(pl.Struct(_COVERED))),
        "covered_length",
    )


def _paragraphs(texts: pl.Series) -> pl.DataFrame:
    """Return one row a text ``at`` which something is covered: its covered paragraphs."""
    parts = flat(texts.str.replace_all(_NUMBER, _CUT + "$0").str.split(_CUT), "part")
    marked = parts.filter(pl.col("part").str.contains(MARK))
    part = pl.col("part").str
    number = part.extract(_BEGINS).cast(pl.Int64).fill_null(0)
    open_part = part.replace_all(_PAGE, "").str.replace_all(_MARKS, _COVER)
    marked = marked.select("at", open_part, passage=number)
    shown = without(marked["part"], _BLANKS + _COVER).str.len_chars().cast(pl.Int64)
    marked = marked.with_columns(shown.alias("shown"))
    digest = pl.element().str.replace_all(_NO_LETTER, "").hash()
    between = pl.col("part").str.join(" ").str.extract_all(_BETWEEN).list.eval(digest)
    passages = marked.group_by("at", "passage", maintain_order=True).agg(
        pl.col("shown").sum(), between.alias("between")
    )
    covered = pl.struct("passage", "shown", "between")
    return passages.group_by("at", maintain_order=True).agg(covered.alias("covered"))


def _style() -> pl.Expr:
    token = pl.col("token")
    run = token.str.starts_with("X") | token.str.starts_with("x")
    return (
        pl.when(run)
        .then(pl.format("{} of {}", token.str.slice(0, 1), token.str.len_bytes()))
        .when(token.str.starts_with("["))
        .then(pl.lit("bracket"))
        .otherwise(pl.lit("blocks"))
        .cast(TEXT)
    )
