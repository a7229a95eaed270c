"""What one record says in a collation: its claims in a form that compares, and digests of texts."""

from collections.abc import Sequence

import polars as pl

from cableproof.sources.batches import LIST, TEXT, empty
from cableproof.sources.furniture import COLUMNS as LISTED
from cableproof.validators.collation.claiming import CLAIMS, stated
from cableproof.validators.collation.forms import digests, ladder, repaired, spaced, without_notice
from cableproof.validators.telegram.marks import MARK

PLACE = ("path", "kind", "file", "start", "end", "line", "row")
_DIGESTED = ("subject", "redaction_statement", "link")  # as they stand
#: What the page around a record tells of its release and of the record.
AROUND = ("release_counter", "furniture", *LISTED, "own_links")
PARTS = ("header", "body")  # of the text, each with digests of its own

#: What may be a mark in a subject: there nothing is lost if it is taken for one in doubt.
_PERHAPS_MARKS = (
    r"\b[Xx]{3,}\b|[\x{2588}\x{2591}-\x{2593}\x{25a0}]|\*{3,}|_{3,}"
    r"|[\[({<][^\])}>]{0,60}(?i:redacted|removed|withheld|deleted|protect)[^\])}>]{0,60}[\])}>]"
)


def attested(batch: pl.DataFrame, rungs: tuple[str, ...]) -> pl.DataFrame:
    """Return one row a record: places, claims, keys that compare, and digests on ``rungs``.

    ``covered`` tells whether any of its texts has a redaction mark; ``digest`` is that of the
    record as a whole. See also ``claiming.stated``.
    """
    header = without_notice(batch["header"])
    known = pl.concat([batch.select(*PLACE, *AROUND), stated(batch)], how="horizontal")
    texts = {"header": header, "body": batch["body"]}
    texts_digested = [
        digest.alias(f"{part}_{rung}")
        for part in PARTS
        for rung, digest in ladder(texts[part], rungs).items()
    ]
    known = known.with_columns(
        ladder(_subject(batch["subject"]), ("exact",))["exact"].alias("subject_key"),
        _covered(batch),
        *texts_digested,
    )
    return known.with_columns(
        _digest(known, batch.select(_DIGESTED), batch["page_digest"]).alias("digest")
    )


def without_records(rungs: tuple[str, ...]) -> pl.DataFrame:
    """Return a table of no records, with its columns."""
    nowhere = [pl.lit("").alias(name) for name in ("path", "kind", "file")]
    return attested(empty().with_columns(nowhere), rungs)


def _subject(subjects: pl.Series) -> pl.Series:
    return spaced(repaired(subjects)).str.to_uppercase()


def _covered(batch: pl.DataFrame) -> pl.Expr:
    patterns = {"header": MARK, "body": MARK, "subject": f"{MARK}|{_PERHAPS_MARKS}"}
    marked = [batch[name].str.contains(mark).fill_null(False) for name, mark in patterns.items()]
    any_marked = marked[0] | marked[1] | marked[2]
    return pl.lit(any_marked | batch["redacted"].fill_null(False)).alias("covered")


def _digest(known: pl.DataFrame, more: pl.DataFrame, pages: pl.Series) -> pl.Series:
    """Return the digest of each record: of a page its bytes, of a row in a table its fields.

    The bytes of a row may hold its number, which is none of the record. ``more`` has fields of
    which only the digest is kept.
    """
    text = [
        pl.col(name).list.join("\x1e") if kind == LIST else pl.col(name).cast(TEXT)
        for name, kind in known.select(*CLAIMS, *columns(("exact",))).schema.items()
    ]
    text += [pl.col(f"whole_{name}") for name in more.columns]
    whole = pl.concat([known, more.rename(lambda name: f"whole_{name}")], how="horizontal")
    fields = whole.select(pl.concat_str([each.fill_null("\0") for each in text], separator="\x1f"))
    digest = digests(fields.to_series(), 64)
    return pl.select(pl.coalesce(pages, digest)).to_series()


def columns(rungs: Sequence[str]) -> list[str]:
    """Return the names of the columns of digests on ``rungs``."""
    return [f"{part}_{rung}" for part in PARTS for rung in rungs]
