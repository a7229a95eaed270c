"""What one record says in a collation: its claims in a form that compares, and digests of texts."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.batches import LIST, TEXT
from cableproof.sources.cablebrowser import NOTICE
from cableproof.validators import classifications
from cableproof.validators.claims import identifiers, times
from cableproof.validators.collation.forms import digests, ladder, repaired, spaced
from cableproof.validators.telegram.marks import MARK

#: Claims as the source wrote them, which a report may show.
CLAIMS = ("identifier", "origin", "created", "released", "classification", "tags", "references")
_STATED = (*CLAIMS, "redacted", "partial_extract", "source_release", "source_released")
PLACE = ("path", "kind", "file", "start", "end", "line", "row")
PARTS = ("header", "body")  # of the text, each with digests of its own
#: How precisely a time is written.
PRECISIONS = ("day", "minute", "second")


def attested(batch: pl.DataFrame, rungs: tuple[str, ...]) -> pl.DataFrame:
    """Return one row a record: places, claims, keys that compare, and digests on ``rungs``.

    ``key`` is the canonical identifier, or the identifier as it stands; ``*_key`` is null where
    the source makes no such claim. ``covered`` tells whether any of its texts has a redaction
    mark, ``digest`` is the SHA-256 of the record's bytes where it has a place in a file.
    """
    header = batch["header"].str.replace(rf"\s*{re.escape(NOTICE)}\s*", "")
    known = pl.concat(
        [
            batch.select(*PLACE),
            batch.select(*_STATED, "release_counter", "furniture"),
            identifiers(batch["identifier"]),
        ],
        how="horizontal",
    )
    texts = {"header": header, "body": batch["body"]}
    texts_digested = [
        digest.alias(f"{part}_{rung}")
        for part in PARTS
        for rung, digest in ladder(texts[part], rungs).items()
    ]
    known = known.with_columns(
        pl.coalesce("canonical", "identifier").alias("key"),
        *_times(),
        _classification(batch["classification"]),
        _origin(batch["origin"]),
        _set(batch["tags"]).alias("tags_key"),
        _set(_canonical(batch["references"])).alias("references_key"),
        ladder(_subject(batch["subject"]), ("exact",))["exact"].alias("subject_key"),
        _covered(batch),
        *texts_digested,
    ).drop("canonical", "shaped", "year", "station", "serial")
    return known.with_columns(_digest(known).alias("digest"))


def _times() -> list[pl.Expr]:
    """Return the times in minutes and seconds, and how precisely each is written."""
    created, precision, released, _ = times()
    order = precision.replace_strict(
        list(PRECISIONS), range(len(PRECISIONS)), return_dtype=pl.Int8()
    )
    exact = len(PRECISIONS) - 1  # what is no time is compared in full
    hours = pl.col("released").str.contains(":", literal=True) | released.is_null()
    return [
        _moment(created, "created"),
        pl.when(created.is_null())
        .then(exact)
        .otherwise(order)
        .cast(pl.Int8)
        .alias("created_precision"),
        _moment(released, "released"),
        pl.when(hours).then(exact).otherwise(0).cast(pl.Int8).alias("released_precision"),
    ]


def _moment(time: pl.Expr, name: str) -> pl.Expr:
    """Return a time as text in one form; what is no time stands as it was written."""
    return pl.coalesce(time.dt.strftime("%Y-%m-%d %H:%M:%S"), name).alias(f"{name}_key")


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
    if len(codes) == 1:
        post = vocab.posts().get(next(iter(codes)))
        if post is not None:
            return post["origin"]
    return " ".join(origin.casefold().split())


def _replaced(values: pl.Series, forms: dict[str, str], name: str) -> pl.Series:
    return values.replace_strict(forms, default=None, return_dtype=TEXT).alias(name)


def _set(lists: pl.Series) -> pl.Series:
    """Return each list as one text in which order, case and repetition make no difference."""
    upper = lists.list.eval(pl.element().str.strip_chars().str.to_uppercase())
    return upper.list.drop_nulls().list.unique().list.sort().list.join(" ")


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


def _subject(subjects: pl.Series) -> pl.Series:
    return spaced(repaired(subjects)).str.to_uppercase()


def _covered(batch: pl.DataFrame) -> pl.Expr:
    marked = [
        batch[name].str.contains(MARK).fill_null(False) for name in ("header", "body", "subject")
    ]
    any_marked = marked[0] | marked[1] | marked[2]
    return pl.lit(any_marked | batch["redacted"].fill_null(False)).alias("covered")


def _digest(known: pl.DataFrame) -> pl.Series:
    """Return the digest of each record: of a page its bytes, of a row in a table its fields.

    The bytes of a row may hold its number, which is none of the record.
    """
    text = [
        pl.col(name).list.join("\x1e") if kind == LIST else pl.col(name).cast(TEXT)
        for name, kind in known.select(*_STATED, *columns(("exact",))).schema.items()
    ]
    fields = known.select(pl.concat_str([each.fill_null("\0") for each in text], separator="\x1f"))
    digest = digests(fields.to_series(), 64)
    pages = known["kind"].str.ends_with("-page").arg_true()
    return digest.scatter(pages, _of_bytes(known[pages])) if len(pages) else digest


def _of_bytes(pages: pl.DataFrame) -> pl.Series:
    """Return the SHA-256 of the bytes of each page, read once more; as a rule one is a file."""
    found = []
    for file, start, end in pages.select("file", "start", "end").iter_rows():
        with Path(file).open("rb") as source:
            source.seek(start)
            found.append(hashlib.sha256(source.read(end - start)).hexdigest())
    return pl.Series(found, dtype=TEXT)


def columns(rungs: Sequence[str]) -> list[str]:
    """Return the names of the columns of digests on ``rungs``."""
    return [f"{part}_{rung}" for part in PARTS for rung in rungs]
