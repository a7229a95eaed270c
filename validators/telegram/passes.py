"""Passes over whole columns that look closer only at the texts in which a word stands at all."""

import polars as pl


def contains(texts: pl.Series, word: str, pattern: str) -> pl.Series:
    """Tell of each text whether ``pattern`` occurs, which is nowhere without ``word``."""
    there = texts.str.contains(word, literal=True)
    at = there.arg_true()
    return there.scatter(at, texts.gather(at).str.contains(pattern)) if len(at) else there


def after(texts: pl.Series, word: str, pattern: str) -> pl.Series:
    """Return what stands after ``word``, or else after what ``pattern`` finds; null if neither."""
    rest = texts.str.splitn(word, 2).struct.field("field_1")
    at = (rest.is_null() & texts.is_not_null()).arg_true()
    if len(at) == 0:
        return rest
    return rest.scatter(at, texts.gather(at).str.extract(rf"(?s){pattern}(.*)"))


def empty(rows: int, **columns: pl.DataType | type[pl.DataType]) -> pl.DataFrame:
    """Return a frame of nulls."""
    return pl.DataFrame(schema=columns).clear(rows)


def numbered(texts: pl.Series, name: str) -> pl.DataFrame:
    """Return texts beside the numbers of their rows, ``at``."""
    return texts.alias(name).to_frame().with_row_index("at").cast({"at": pl.Int64})
