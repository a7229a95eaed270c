"""What one record says of itself in a collation: claims that may be shown, and keys that compare."""

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.batches import FIELDS, LIST, TEXT
from cableproof.validators import classifications
from cableproof.validators.claims import identifiers, times
from cableproof.validators.collation.forms import digest_of
from cableproof.validators.telegram.passes import by_row, flat
from cableproof.validators.telling import FOREIGN

#: Claims as the source wrote them, and what a value of each may look like to be kept so.
_FORMS = {
    "identifier": "identifier",
    "origin": "origin",
    "created": "created",
    "released": "created",
    "classification": "classification",
    "tags": "tag",
    "references": "reference",
    "source_release": "source_release",
    "source_released": "source_released",
}
CLAIMS = (*_FORMS, "redacted", "partial_extract")
#: How precisely a time is written.
PRECISIONS = ("day", "hour", "minute", "second")
_FEW = ("origin", "classification")  # claims of few different values, each looked at once
WITHHELD = "withheld:"
_DIGITS = 16  # of the digest that stands for a value which may be a piece of text


def stated(batch: pl.DataFrame) -> pl.DataFrame:
    """Return claims and keys, one row a record.

    ``key`` is the canonical identifier, or the identifier as it stands; ``*_key`` is null where
    the source makes no such claim. A value that has not even the characters of its field may be
    a piece of text: a digest stands for it, which compares as well.
    """
    claims = batch.select(*(_safe(batch, name) for name in _FORMS), "redacted", "partial_extract")
    known = identifiers(claims["identifier"])
    return claims.with_columns(
        pl.coalesce(known["canonical"], "identifier").alias("key"),
        *_times(claims),
        _classification(claims["classification"]),
        _origin(claims["origin"]),
        _set(claims["tags"]).alias("tags_key"),
        _set(_canonical(claims["references"])).alias("references_key"),
    )


def with_hours(table: pl.DataFrame) -> pl.DataFrame:
    """Return a witness table in which times are precise to the hour where minutes repeat it.

    All pages of the HTML releases write the hour, counted to twelve, where the minute should be.
    """
    pages = pl.col("kind") == "wikileaks-page"
    repeated = [_repeats_the_hour(pl.col(f"{name}_key")) for name in ("created", "released")]
    if not table.filter(pages).select(pl.all_horizontal(repeated).all()).item():
        return table
    hour = PRECISIONS.index("hour")
    return table.with_columns(
        pl.when(pages).then(pl.min_horizontal(name, hour)).otherwise(name).cast(pl.Int8).alias(name)
        for name in ("created_precision", "released_precision")
    )


def _repeats_the_hour(moment: pl.Expr) -> pl.Expr:
    hour, minute = (moment.str.slice(at, 2).cast(pl.Int64, strict=False) for at in (11, 14))
    return ((hour - 1) % 12 + 1 == minute).fill_null(value=True)


def _safe(batch: pl.DataFrame, name: str) -> pl.Expr:
    """Return a claim with a digest in place of what does not look like its field.

    A digest that already stands for one, as in a manifest, is kept.
    """
    column = pl.col(name)
    pattern = f"^(?:{FOREIGN[_FORMS[name]].pattern}|{WITHHELD}[0-9a-f]{{{_DIGITS}}})$"
    if FIELDS[name] == LIST:
        word = pl.element()
        return column.list.eval(_kept(word, word.str.contains(pattern))).alias(name)
    if name in _FEW:
        seen = batch[name].drop_nulls().unique()
        return _kept(column, column.is_in(seen.filter(seen.str.contains(pattern)).implode()))
    return _kept(column, column.str.contains(pattern))


def _kept(value: pl.Expr, plain: pl.Expr) -> pl.Expr:
    """Return a value that is ``plain``, or else a digest of it; a blank one is no claim."""
    digest = pl.lit(WITHHELD) + digest_of(pl.when(~plain).then(value), _DIGITS)
    return pl.when(value.str.contains(r"\S")).then(pl.when(plain).then(value).otherwise(digest))


def _times(claims: pl.DataFrame) -> list[pl.Series]:
    """Return the times in minutes and seconds, and how precisely each is written."""
    created, precision, released, _ = times()
    read = claims.select(created.alias("created"), released.alias("released"), precision)
    order = dict(zip(PRECISIONS, range(len(PRECISIONS)), strict=True))
    exact = len(PRECISIONS) - 1  # what is no time is compared in full
    precise = read["created_precision"].replace_strict(order, return_dtype=pl.Int8())
    told = claims["released"]
    hours = told.str.contains(":", literal=True) | told.is_null()
    return pl.select(
        _moment(read["created"], claims["created"]).alias("created_key"),
        pl.when(read["created"].is_null())
        .then(exact)
        .otherwise(precise)
        .cast(pl.Int8)
        .alias("created_precision"),
        _moment(read["released"], told).alias("released_key"),
        pl.when(hours).then(exact).otherwise(0).cast(pl.Int8).alias("released_precision"),
    ).get_columns()


def _moment(time: pl.Series, written: pl.Series) -> pl.Expr:
    """Return a time as text in one form; what is no time stands as it was written."""
    return pl.coalesce(time.dt.strftime("%Y-%m-%d %H:%M:%S"), written)


def _classification(stated: pl.Series) -> pl.Series:
    """Return the vocabulary's string for each classification, or the string folded."""
    forms = {
        text: classifications.canonical(text) or " ".join(text.upper().split())
        for text in stated.drop_nulls().unique()
    }
    return _replaced(stated, forms, "classification_key")


def _origin(stated: pl.Series) -> pl.Series:
    """Return the post that each origin stands for, or the origin folded."""
    forms = {text: _post(text) for text in stated.drop_nulls().unique()}
    return _replaced(stated, forms, "origin_key")


def _post(origin: str) -> str:
    codes = vocab.origins().get(origin, frozenset())
    post = vocab.posts().get(next(iter(codes))) if len(codes) == 1 else None
    return " ".join((origin if post is None else post["origin"]).casefold().split())


def _replaced(values: pl.Series, forms: dict[str, str], name: str) -> pl.Series:
    return values.replace_strict(forms, default=None, return_dtype=TEXT).alias(name)


def _set(lists: pl.Series) -> pl.Series:
    """Return each list as one text in which order, case and repetition make no difference.

    Elements of lists with several are sorted all at once, ten times faster than each list.
    """
    alone = lists.list.len() < _SEVERAL
    several = (~alone).fill_null(value=False).arg_true()
    first = lists.list.first().str.strip_chars().str.to_uppercase().fill_null("")
    single = pl.select(pl.when(alone).then(first)).to_series()
    if not len(several):
        return single
    return single.scatter(several, _sorted(lists.gather(several)))


_SEVERAL = 2


def _sorted(lists: pl.Series) -> pl.Series:
    words = flat(lists, "word").select("at", pl.col("word").str.strip_chars().str.to_uppercase())
    told = words.unique().sort("at", "word").group_by("at", maintain_order=True)
    joined = by_row(len(lists), told.agg(pl.col("word").str.join(" ")))
    return joined["word"].fill_null("")


def _canonical(lists: pl.Series) -> pl.Series:
    """Return lists of identifiers in their canonical forms."""
    entries = lists.explode(empty_as_null=True).drop_nulls().unique()
    if not len(entries):
        return lists
    known = identifiers(entries).select(pl.coalesce("canonical", entries.alias("as it stands")))
    forms = known.to_series()
    return lists.list.eval(
        pl.element().replace_strict(entries, forms, default=None, return_dtype=TEXT)
    ).cast(LIST)
