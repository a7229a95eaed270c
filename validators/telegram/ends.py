"""The end of the body: whether it is signed, or stops where no telegram ends."""

import polars as pl

from cableproof.validators.telegram.passes import only_where

_TAIL = 240  # characters
#: What may stand below the signature: the end mark, and a date or a note of those who filed it.
_BELOW = r"(?:[\s#]*(?:NNNN|End Cable Text|[0-9]{4}-[0-9]{2}-[0-9]{0,2}))+\s*$"
_DOTS = r"(?:\.\.\.|\x{2026})$"
#: A last line of several words, or the rest of a wrapped one, of which the last is an ordinary
#: word without an end to it.
_WORD = r"(?:[a-z][a-z'\x{2019}-]*|[A-Za-z]+-|[A-Za-z]*,)$"
_WRAPPED = r"[^\n]{40}[A-Za-z0-9,;\"')][ \t\r]*\n[ \t]*"
_INSIDE = rf"(?:(?:^|\n)[^\n]*\S[ \t]+\S+[ \t]+|{_WRAPPED}(?:\S+[ \t]+)?){_WORD}"
_ASKS = "of|the|a|an|in|on|with|for|to|and|at|from|as|that|which"  # small words that ask for more
#: Capitalised words after one of them; a name below a sentence looks otherwise.
_CAPITALISED = rf"\s(?:{_ASKS})\s+[A-Z][a-z]+(?:[ \t]+[A-Z][a-z]+)?$"
#: A sentence with one of them that goes on for some words and has no end.
_NEXT = r"(?:[ \t]+|[ \t\r]*\n[ \t]*)(?:[^\s.!?()]+|\([^.!?()]{1,80}\)[^\s.!?()]*)"
_UNENDED = rf"\s(?:{_ASKS})(?:{_NEXT}){{1,12}}$"
#: Its last word, where that is none of the ordinary: capitalised, a figure, letters that stand for
#: a name (a surname in capitals has more of them), or words in brackets or quotation marks.
_LAST = r"(?:[A-Z][A-Za-z'\x{2019}-]*[a-z]|\b[0-9][0-9,]*|\b[A-Z]{1,3}|[a-z][\"\x{201d})]|[;:]|--)$"
#: A word with which sentences begin, and which is nobody's name.
_BEGINS = (
    r"(?:[.!?\"\x{201d}')]\s+|\n\s*)(?:The|This|That|These|Those|They|There|Their|It|Its|In|On|At|"
    r"We|Our|His|Her|With|While|When|As|And|But|For|From|If|After|Although|However|Both|To)$"
)
#: Whom to ask, and who wrote and cleared it, stand last without a full stop.
_CREDIT = (
    r"(?i)\b(?:contact|poc|draft|drafted|clear|cleared|clearance|author|approved|tel|telephone|"
    r"phone|fax|e-?mail)\b[^.!?]*$"
)
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
    signed = ~end.contains(_DOTS) & (end.contains(_ALONE) | end.contains(_GLUED))
    tails = tails.with_columns(signed.alias("signed"))
    unended = only_where(tails["tail"], ~tails["signed"], _unended, False)
    cut = end.contains(_DOTS) & (pl.col("short") | ~end.contains(_SIGNED_ABOVE))
    inside = end.contains(_INSIDE) | end.contains(f"{_CAPITALISED}|{_BEGINS}")
    return tails.select(
        pl.when(cut)
        .then(pl.lit("ends in three dots"))
        .when(inside | unended)
        .then(pl.lit("stops inside a sentence"))
        .when(pl.col("tail").is_not_null())
        .then(pl.lit(""))
        .alias("ending"),
        "signed",
        "short",
    )


def _unended(tails: pl.Series) -> pl.Series:
    """Tell which of unsigned texts end in the middle of a sentence, by another than a small word."""
    end = tails.str
    return end.contains(_LAST) & end.contains(_UNENDED) & ~end.contains(_CREDIT)
