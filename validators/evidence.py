"""What a batch of records attests, measured once: one narrow row a record, and no text.

Every column is an expression over the columns of a batch. A null means that nothing is known,
so that the rules that need it are not run on that record.
"""

from functools import reduce
from operator import xor
from types import ModuleType

import polars as pl

from cableproof.schemas.contract import fields
from cableproof.sources.batches import TEXT
from cableproof.sources.furniture import COLUMNS as LISTED
from cableproof.sources.identifiers import canonical
from cableproof.validators.claims import identifiers, tags, time, times
from cableproof.validators.telegram import (
    characters,
    class_line,
    coverings,
    ends,
    header,
    heading,
    pages,
    paragraphs,
    references,
    residue,
)
from cableproof.validators.witnesses import agreement, rank

HEAD = 3000  # characters in which the first lines of a text stand
#: The parts of a telegram, each read by its own module.
TELEGRAM: tuple[ModuleType, ...] = (
    header,
    class_line,
    heading,
    paragraphs,
    pages,
    ends,
    references,
    coverings,
    characters,
    residue,
)
#: What lines of the text say by themselves; it is compared at once, and only ``inspect`` shows it.
SAID_BY_LINES = (
    *("header_serial", "text_serial", "mark_serial", "security_rank", "dateline", "group_time"),
    *("text_station", "mark_station", "header_station", "from_station", "top_section"),
)
_SEEN = r"[^\s\x1c-\x1f\x85\x{feff}]"  # not blank, as the contract has it in any dialect
_SUBJECT = r"(?im)^[ \t]*SUBJ(?:ECT)?\b[ \t:.;]*(?:\r?\n[ \t]*)?[^\s:.;]"
_LINKED = (
    r"(?:^|/)([0-9]{2}[A-Za-z0-9]{4,40}[0-9])(?:_[a-e])?(?:\.html?)?$"  # the last part of a link
)
_LINKED_MONTH = r"/cable/([0-9]{4}/[0-9]{2})/"
_FROM = r"(?m)^FM [A-Z]"
_CONTENT = ("origin", "created", "classification", "header", "body")

_PAGE_NAMES = {
    "heading": "heading_identifier",
    "file name": "file_identifier",
    "address": "address_identifier",
}
_PAGE_MONTHS = {"path": "path_month", "address": "address_month", "date index": "date_month"}
_IDENTIFIER = ("canonical", "shaped", "year", "station", "serial")
#: What ends here: texts, and what the page says, which is compared at once.
_NOT_KEPT = (
    *(
        "header",
        "body",
        "head",
        "subject",
        "other",
        "tags",
        "references",
        "link",
        "redaction_statement",
        "file",
        "furniture",
        "own_links",
    ),
    *LISTED,
    *(*_PAGE_NAMES.values(), *_PAGE_MONTHS.values()),
)


def measured(batch: pl.DataFrame) -> pl.DataFrame:
    """Return the evidence of ``batch``: claims, what the text and the page attest, and places."""
    batch = batch.with_columns(
        *(_blank_is_null(name) for name in _needed()),
        head=pl.col("body").str.slice(0, HEAD),
        address_month=pl.coalesce("address_month", _linked_month()),
    )
    known = batch.with_columns(
        *identifiers(batch["identifier"]).get_columns(),
        *tags(batch).get_columns(),
        link_identifier=pl.col("link").str.extract(_LINKED),
    )
    own = _with_one_spelling(known).select(
        *(name for name in batch.columns if name not in _NOT_KEPT),
        *_IDENTIFIER,
        *("subject_tags", "geographic_tags", "odd_tags", "dated_tags", "link_identifier"),
        rank().alias("rank"),
        _unread_statement(),
        _linked_tags(known),
        *times(),
        *_texts(),
        *_page(batch),
        _missing(),
    )
    parts: list[pl.DataFrame] = [part.attested(known) for part in TELEGRAM]
    told = pl.concat([own, *parts], how="horizontal")
    section = pl.coalesce("section", "top_section").alias("first_section")
    return pl.concat([told, agreement(told), told.select(section)], how="horizontal")


def _linked_month() -> pl.Expr:
    """Return the month in the address of the original, as release trees have it."""
    return pl.col("link").str.extract(_LINKED_MONTH).str.replace("/", "-")


def _needed() -> list[str]:
    return [name for name, field in fields().items() if field.required]


def _blank_is_null(name: str) -> pl.Expr:
    return pl.when(pl.col(name).str.contains(_SEEN)).then(pl.col(name)).alias(name)


def _with_one_spelling(batch: pl.DataFrame) -> pl.DataFrame:
    """Return ``batch`` with the record's own spelling where page or link spells it otherwise."""
    own = pl.col("identifier")
    changed = []
    for name in (*_PAGE_NAMES.values(), "link_identifier"):
        other = batch[name]
        odd = batch.filter(other.is_not_null() & (other != batch["identifier"]))
        if len(odd):
            forms = {text: canonical(text) for text in odd[name].unique()}
            form = pl.col(name).replace_strict(forms, default=None, return_dtype=TEXT)
            same = (form == pl.col("canonical")).fill_null(False)
            changed.append(pl.when(same).then(own).otherwise(pl.col(name)).alias(name))
    return batch.with_columns(changed) if changed else batch


def _texts() -> list[pl.Expr]:
    """Return what header and body attest."""
    body, header = pl.col("body"), pl.col("header")
    subject = pl.col("subject").str.contains(r"\S").fill_null(False)
    head = pl.when(~subject).then("head")
    length = pl.when(body.str.contains(r"\S")).then(body.str.len_bytes()).otherwise(0)
    return [
        pl.when(body.is_not_null()).then(length).cast(pl.Int64).alias("text_length"),
        header.str.contains(_FROM).alias("from_line"),
        pl.when(body.is_not_null() | subject)
        .then(subject | head.str.contains(_SUBJECT).fill_null(False))
        .alias("subject_known"),
        reduce(xor, (pl.col(name).hash(seed) for seed, name in enumerate(_CONTENT))).alias(
            "content"
        ),
    ]


def _unread_statement() -> pl.Expr:
    """Return whether there is a statement on redaction that was not understood."""
    unread = pl.col("redacted").is_null() & pl.col("redaction_statement").is_not_null()
    said = pl.col("redacted").is_not_null() | pl.col("redaction_statement").is_not_null()
    return pl.when(said).then(unread).alias("statement_unread")


def _linked_tags(batch: pl.DataFrame) -> pl.Expr:
    """Return digests of the tags of a release's page, which its index pages have as links."""
    stated = batch["release_counter"]
    if stated.null_count() == len(stated):
        return pl.lit(None, dtype=pl.List(pl.UInt64)).alias("linked_tags")
    none = pl.lit([], dtype=pl.List(TEXT))
    digests = pl.col("tags").fill_null(none).list.eval(pl.element().str.to_uppercase().hash(0))
    return pl.when(pl.col("release_counter").is_not_null()).then(digests).alias("linked_tags")


def _page(batch: pl.DataFrame) -> list[pl.Expr]:
    """Return what the page around a record says against it; null where it says nothing."""
    month = time("created").dt.strftime("%Y-%m")
    claims = {
        "page_names": (_PAGE_NAMES, pl.col("identifier")),
        "page_months": (_PAGE_MONTHS, month),
    }
    return [
        (_against(columns, claim) if _any_said(batch, columns) else pl.lit(None, dtype=TEXT)).alias(
            name
        )
        for name, (columns, claim) in claims.items()
    ]


def _any_said(batch: pl.DataFrame, columns: dict[str, str]) -> bool:
    return any(batch[name].null_count() < len(batch) for name in columns.values())


def _against(columns: dict[str, str], claim: pl.Expr) -> pl.Expr:
    """Return which of ``columns`` say something else than ``claim``: empty if none does."""
    said = [
        pl.when(pl.col(name) != claim).then(pl.format(f"{what} {{}}", pl.col(name)))
        for what, name in columns.items()
    ]
    any_said = pl.any_horizontal(pl.col(name).is_not_null() for name in columns.values())
    return pl.when(any_said & claim.is_not_null()).then(
        pl.concat_list(said).list.drop_nulls().list.join(", ")
    )


def _missing() -> pl.Expr:
    """Return the required fields that are absent or blank."""
    wrong = pl.col("wrong").fill_null(pl.lit([], dtype=pl.List(TEXT)))
    absent = [
        pl.when(pl.col(name).is_null() & ~wrong.list.contains(name)).then(pl.lit(name))
        for name in _needed()
    ]
    return pl.concat_list(absent).list.drop_nulls().alias("missing")
