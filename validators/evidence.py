"""What a batch of records attests, measured once: one narrow row a record, and no text.

Every column is an expression over the columns of a batch. A null means that nothing is known,
so that the rules that need it are not run on that record.
"""

import polars as pl

from cableproof.schemas import vocab
from cableproof.schemas.contract import fields
from cableproof.sources.identifiers import CENTURY, canonical, parsed
from cableproof.sources.places import TEXT

_HEAD = 4096  # characters in which the first lines of a text stand
_SHAPE = r"^[0-9]{2}[A-Z]{4,17}[1-9][0-9]{0,5}$"
_ISO = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:Z|\+00:00)?)?$"
_AMERICAN = r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}) ([0-9]{1,2}):([0-9]{2})$"
_SUBJECT = r"(?im)^[ \t]*SUBJ(?:ECT)?\b"
_FROM = r"(?m)^FM [A-Z]"
#: A run of X or of blocks, or a bracket that says so: what editors put in place of words.
_MARK = r"X{5,}|[\u2588\u2592\u25a0]{2,}|\[(?:[A-Za-z ]{0,24} )?(?i:redacted|removed|withheld)\]"

_CONTENT = ("origin", "created", "classification", "header", "body")

_PAGE_NAMES = {
    "heading": "heading_identifier",
    "file name": "file_identifier",
    "address": "address_identifier",
}
_PAGE_MONTHS = {"path": "path_month", "address": "address_month", "date index": "date_month"}
#: What ends here: texts, and what the page says, which is compared at once.
_NOT_KEPT = ("header", "body", "subject", "other", *_PAGE_NAMES.values(), *_PAGE_MONTHS.values())


def measured(batch: pl.DataFrame) -> pl.DataFrame:
    """Return the evidence of ``batch``: claims, what the text and the page attest, and places."""
    known = batch.with_columns(_identifiers(batch["identifier"]).get_columns())
    return _with_one_spelling(known).select(
        *(name for name in batch.columns if name not in _NOT_KEPT),
        *("canonical", "shaped", "year", "station", "serial"),
        *_times(),
        *_texts(),
        *_page(),
        _missing(),
    )


def _with_one_spelling(batch: pl.DataFrame) -> pl.DataFrame:
    """Return ``batch`` with the record's own spelling where a page names its cable otherwise."""
    own = pl.col("identifier")
    changed = []
    for name in _PAGE_NAMES.values():
        other = batch[name]
        odd = batch.filter(other.is_not_null() & (other != batch["identifier"]))
        if len(odd):
            forms = {text: canonical(text) for text in odd[name].unique()}
            form = pl.col(name).replace_strict(forms, default=None, return_dtype=TEXT)
            same = (form == pl.col("canonical")).fill_null(False)
            changed.append(pl.when(same).then(own).otherwise(pl.col(name)).alias(name))
    return batch.with_columns(changed) if changed else batch


def _identifiers(spelt: pl.Series) -> pl.DataFrame:
    """Return canonical form, year, station and serial; null where nothing tells them.

    A strictly shaped identifier of a known station is its own canonical form; the others are
    few, and looked at one by one.
    """
    shaped = spelt.str.contains(_SHAPE)
    station = spelt.str.extract(r"^[0-9]{2}([A-Z]+)[0-9]+$")
    odd = spelt.filter(~(shaped & station.is_in(list(vocab.posts())))).drop_nulls().unique()
    forms = {text: canonical(text) or (text if parsed(text) else None) for text in odd}
    form = spelt.replace_strict(forms, default=spelt, return_dtype=TEXT) if forms else spelt
    parts = form.str.extract_groups(r"^(?<yy>[0-9]{2})(?<station>[A-Z]+)(?<serial>[0-9]+)$").struct
    year = parts.field("yy").cast(pl.Int64)
    century = pl.when(pl.col("year") >= CENTURY).then(1900).otherwise(2000)
    return pl.DataFrame(
        {
            "canonical": form,
            "shaped": shaped,
            "year": year,
            "station": parts.field("station"),
            "serial": parts.field("serial").cast(pl.Int64),
        }
    ).with_columns(pl.col("year") + century)


def _time(name: str) -> pl.Expr:
    """Return the time that ``name`` states, in UTC; null where there is no such time."""
    text = pl.col(name).fill_null("")
    iso = text.str.replace(_ISO, "$1 $2$3").str.strip_chars_end(" ")
    american = text.str.replace(_AMERICAN, "$3-$1-$2 $4:$5")
    forms = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
    stated = pl.when(text.str.contains(_ISO)).then(iso).otherwise(american)
    shaped = text.str.contains(_ISO) | text.str.contains(_AMERICAN)
    read = [stated.str.to_datetime(form, strict=False, time_unit="us") for form in forms]
    return pl.when(shaped).then(pl.coalesce(read))


def _times() -> list[pl.Expr]:
    created = pl.col("created").fill_null("")
    precision = (
        pl.when(created.str.contains(r":[0-9]{2}:")).then(pl.lit("second"))
        .when(created.str.contains(":", literal=True)).then(pl.lit("minute"))
        .otherwise(pl.lit("day"))
    )
    day = pl.col("source_released").fill_null("")
    month_end = (day + "-01").str.to_date("%Y-%m-%d", strict=False).dt.month_end()
    return [
        _time("created").alias("created_time"),
        precision.alias("created_precision"),
        _time("released").alias("released_time"),
        pl.coalesce(day.str.to_date("%Y-%m-%d", strict=False), month_end).alias("release_day"),
    ]


def _texts() -> list[pl.Expr]:
    """Return what header and body attest."""
    body, header = pl.col("body"), pl.col("header")
    head = body.str.slice(0, _HEAD)
    length = body.str.len_chars() + header.fill_null("").str.len_chars()
    blank = head.str.strip_chars().str.len_bytes() == 0
    return [
        pl.when(blank).then(0).otherwise(length).cast(pl.Int64).alias("text_length"),
        body.str.count_matches(_MARK).cast(pl.Int64).alias("marks"),
        header.str.contains(_FROM).alias("from_line"),
        (pl.col("subject").fill_null("").str.strip_chars() != "").alias("subject_field"),
        head.str.contains(_SUBJECT).alias("subject_line"),
        pl.struct(*(pl.col(name).fill_null("") for name in _CONTENT)).hash(0).alias("content"),
    ]


def _page() -> list[pl.Expr]:
    """Return what the page around a record says against it; null where it says nothing."""
    month = pl.col("created").str.slice(0, 7)
    return [
        _against(_PAGE_NAMES, pl.col("identifier")).alias("page_names"),
        _against(_PAGE_MONTHS, month).alias("page_months"),
    ]


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
    needed = [name for name, field in fields().items() if field.required]
    absent = [
        pl.when(
            (pl.col(name).fill_null("").str.strip_chars() == "") & ~wrong.list.contains(name)
        ).then(pl.lit(name))
        for name in needed
    ]
    return pl.concat_list(absent).list.drop_nulls().alias("missing")
