"""Passes over whole columns that look closer only at the texts in which a word stands at all."""

import re
from collections.abc import Callable

import polars as pl


def contains(texts: pl.Series, word: str, pattern: str) -> pl.Series:
    """Tell of each text whether ``pattern`` occurs, which is nowhere without ``word``."""
    return only_where(texts, (word,), lambda few: few.str.contains(pattern), False)


def only_where(
    texts: pl.Series,
    words: tuple[str, ...] | pl.Series,
    told: Callable[[pl.Series], pl.Series],
    otherwise: object,
) -> pl.Series:
    """Return what ``told`` tells of the texts that have one of ``words``, else ``otherwise``.

    In place of words there may be a flag for each text. Where there is no text it is null.
    """
    there = _having(texts, words) if isinstance(words, tuple) else words
    at = there.fill_null(False).arg_true()
    some = told(texts.gather(at))
    rest = pl.select(pl.when(texts.is_not_null()).then(pl.lit(otherwise, some.dtype)))
    return rest.to_series().scatter(at, some) if len(at) else rest.to_series()


def _having(texts: pl.Series, words: tuple[str, ...]) -> pl.Series:
    """Tell which texts have one of ``words``; as one pattern they are looked for all at once."""
    if len(words) == 1:
        return texts.str.contains(words[0], literal=True)
    return texts.str.contains("|".join(map(re.escape, words)))


def without(texts: pl.Series, characters: str) -> pl.Series:
    """Return texts without ``characters``; one after the other is faster than a class of them."""
    for character in characters:
        texts = texts.str.replace_all(character, "", literal=True)
    return texts


def after(texts: pl.Series, word: str, pattern: str) -> pl.Series:
    """Return what stands after ``word``, or else after what ``pattern`` finds; null if neither."""
    rest = texts.str.splitn(word, 2).struct.field("field_1")
    at = (rest.is_null() & texts.is_not_null()).arg_true()
    if len(at) == 0:
        return rest
    return rest.scatter(at, texts.gather(at).str.extract(rf"(?s){pattern}(.*)"))


def numbered(texts: pl.Series, name: str) -> pl.DataFrame:
    """Return texts beside the numbers of their rows, ``at``."""
    return texts.alias(name).to_frame().with_row_index("at").cast({"at": pl.Int64})


def by_row(rows: int, told: pl.DataFrame) -> pl.DataFrame:
    """Return a frame of ``rows`` rows with what ``told`` has of each row ``at``, else null."""
    whole = pl.DataFrame({"at": range(rows)}, schema={"at": pl.Int64})
    return whole.join(told, on="at", how="left", maintain_order="left").drop("at")


def flat(lists: pl.Series, name: str) -> pl.DataFrame:
    """Return one row an element of ``lists``, beside the number of its row, ``at``."""
    found = numbered(lists, name).filter(pl.col(name).list.len() > 0)
    return found.explode(name).drop_nulls(name)
