"""The end of the body: whether it is signed, or stops where no telegram ends."""

import polars as pl

_TAIL = 240  # characters
#: What may stand below the signature: the end mark, and a date or a note of those who filed it.
_BELOW = r"(?:[\s#]*(?:NNNN|End Cable Text|[0-9]{4}-[0-9]{2}-[0-9]{0,2}))+\s*$"
_DOTS = r"(?:\.\.\.|\x{2026})$"
#: A last line of several words, or the rest of a wrapped one, of which the last is an ordinary
#: word without an end to it.
_WORD = r"(?:[a-z][a-z'\x{2019}-]*|[A-Za-z]+-|[A-Za-z]*,)$"
_INSIDE = (
    r"(?:(?:^|\n)[^\n]*\S[ \t]+\S+[ \t]+|[^\n]{40}[A-Za-z,][ \t\r]*\n[ \t]*(?:\S+[ \t]+)?)" + _WORD
)
#: Capitalised words after a small one that asks for more; a name below a sentence looks otherwise.
_CAPITALISED = r"\s(?:of|the|a|an|in|on|with|for|to|and|at|from|as|that|which)\s+[A-Z][a-z]+(?:[ \t]+[A-Z][a-z]+)?$"
#: A name: of capitals, or of capitalised words without a full stop after them.
_NAME = r"(?:[A-Z][A-Z.'\x{2019} -]{1,30}|[A-Z][A-Za-z.'\x{2019}-]*(?:[ \t]+[A-Z][A-Za-z.'\x{2019}-]*){0,3}[A-Za-z])$"
_ALONE = r"(?:^|\n)[ \t]*" + _NAME
_GLUED = r"[.!?\"\x{201d}\x{2019}')][ \t]+" + _NAME
#: A name in capitals on a line by itself: what follows it is no part of the telegram.
_SIGNED_ABOVE = r"(?m)^[ \t]*[A-Z][A-Z.' -]{2,30}[ \t\r]*$"
_SHORT = 1000  # characters within which names in capitals are captions and posts


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return how the body ends; null where there is no text, or nothing to be seen in it.

    ``ending`` says how it breaks off, in words: empty where nothing shows that it does.
    ``signed`` tells whether a name stands at its end; ``short`` whether the text is short.
    """
    seen = pl.when(pl.col("body").str.contains(r"\S")).then("body")
    tail = seen.str.slice(-_TAIL).str.replace(_BELOW, "").str.strip_chars_end()
    tails = batch.select(
        tail.alias("tail"), (pl.col("body").str.len_chars() < _SHORT).alias("short")
    )
    end = pl.col("tail").str
    cut = end.contains(_DOTS) & (pl.col("short") | ~end.contains(_SIGNED_ABOVE))
    return tails.select(
        pl.when(cut)
        .then(pl.lit("ends in three dots"))
        .when(end.contains(_INSIDE) | end.contains(_CAPITALISED))
        .then(pl.lit("stops inside a sentence"))
        .when(pl.col("tail").is_not_null())
        .then(pl.lit(""))
        .alias("ending"),
        (~end.contains(_DOTS) & (end.contains(_ALONE) | end.contains(_GLUED))).alias("signed"),
        "short",
    )
