"""What a batch of records attests, measured once: one narrow row a record, and no text.

Every column is an expression over the columns of a batch. A null means that nothing is known,
so that the rules that need it are not run on that record.
"""

from functools import cache, reduce
from operator import xor
from types import ModuleType

import polars as pl

from cableproof.schemas import vocab
from cableproof.schemas.contract import fields
from cableproof.sources.batches import TEXT
from cableproof.sources.identifiers import CENTURY, canonical, parsed

HEAD = 3000  # characters in which the first lines of a text stand
#: The parts of a telegram, each read by its own module.
TELEGRAM: tuple[ModuleType, ...] = ()
_SHAPE = r"^(?<year>[0-9]{2})(?<station>[A-Z]{4,17})(?<serial>[1-9][0-9]{0,5})$"
_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|\+00:00)?)?$"
_AMERICAN = r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4} [0-9]{1,2}:[0-9]{2}$"
_DAY = r"^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$"
_SEEN = r"[^\s\x1c-\x1f\x85\x{feff}]"  # not blank, as the contract has it in any dialect
_SUBJECT = r"(?im)^[ \t]*SUBJ(?:ECT)?\b"
_LINKED = r"(?:^|/)([0-9]{2}[A-Za-z0-9]{4,40}[0-9])(?:\.html?)?$"  # the last part of a link
_FROM = r"(?m)^FM [A-Z]"
#: A run of X or of blocks, or a bracket that says so: what editors put in place of words.
_MARK = (
    r"X{5,}|x{5,}|[\u2588\u2592\u25a0]{2,}|\[(?:[A-Za-z ]{0,24} )?(?i:redacted|removed|withheld)\]"
)

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
    *("header", "body", "head", "subject", "other", "tags", "references", "link", "redaction_statement"),
    *(*_PAGE_NAMES.values(), *_PAGE_MONTHS.values()),
)


def measured(batch: pl.DataFrame) -> pl.DataFrame:
    """Return the evidence of ``batch``: claims, what the text and the page attest, and places."""
    batch = batch.with_columns(
        *(_blank_is_null(name) for name in _needed()),
        head=pl.col("body").str.slice(0, HEAD),
    )
    known = batch.with_columns(
        *_identifiers(batch["identifier"]).get_columns(),
        *_tags(batch).get_columns(),
        link_identifier=pl.col("link").str.extract(_LINKED),
    )
    own = _with_one_spelling(known).select(
        *(name for name in batch.columns if name not in _NOT_KEPT),
        *_IDENTIFIER,
        *("subject_tags", "geographic_tags", "odd_tags", "link_identifier"),
        _unread_statement(),
        *_times(),
        *_texts(),
        *_page(batch),
        _missing(),
    )
    return pl.concat([own, *(part.attested(known) for part in TELEGRAM)], how="horizontal")


def _needed() -> list[str]:
    return [name for name, field in fields().items() if field.required]


def _blank_is_null(name: str) -> pl.Expr:
    return pl.when(pl.col(name).str.contains(_SEEN)).then(pl.col(name)).alias(name)


def _tags(batch: pl.DataFrame) -> pl.DataFrame:
    """Return how many subject and geographic codes each record has, and its odd tags.

    Odd is what is no known code or stands twice: a list of tags with the times of each.
    """
    place = pl.int_range(pl.len()).alias("at")
    flat = batch.select(place, pl.col("tags").alias("tag")).drop_nulls().explode("tag").drop_nulls()
    tag = pl.col("tag")
    each = flat.group_by("at").agg(
        *(
            tag.is_in(_codes(kind)).sum().cast(pl.Int64).alias(f"{kind}_tags")
            for kind in ("subject", "geographic")
        ),
        (~tag.is_in(_codes()).all() | (tag.n_unique() < pl.len())).alias("odd"),
    )
    odd = flat.join(each.filter("odd").select("at"), on="at", how="semi")
    times = pl.len().cast(pl.Int64).alias("times")
    counted = odd.group_by("at", "tag", maintain_order=True).agg(times)
    counted = counted.filter(~tag.is_in(_codes()) | (pl.col("times") > 1))
    lists = counted.group_by("at", maintain_order=True).agg(
        pl.struct("tag", "times").alias("odd_tags")
    )
    there = batch.select(place, pl.col("tags").is_not_null())
    joined = there.join(each, on="at", how="left").join(
        lists, on="at", how="left", maintain_order="left"
    )
    return joined.select(
        *(
            pl.when("tags").then(pl.col(name).fill_null(0)).alias(name)
            for name in ("subject_tags", "geographic_tags")
        ),
        "odd_tags",
    )


@cache
def _codes(kind: str = "") -> list[str]:
    return [code for code, row in vocab.tags().items() if not kind or row["kind"] == kind]


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


def _identifiers(spelt: pl.Series) -> pl.DataFrame:
    """Return canonical form, year, station and serial; null where nothing tells them.

    A strictly shaped identifier of a known station is its own canonical form; the others are
    few, and looked at one by one.
    """
    parts = spelt.str.extract_groups(_SHAPE).struct.unnest()
    shaped = pl.Series("shaped", parts["station"].is_not_null() & spelt.is_not_null())
    odd = (~parts["station"].is_in(list(vocab.posts()))).fill_null(True).arg_true()
    form = spelt.alias("canonical")
    if len(odd):
        known = {
            text: canonical(text) or (text if parsed(text) else None)
            for text in spelt.gather(odd).drop_nulls().unique()
        }
        forms = spelt.gather(odd).replace_strict(known, default=None, return_dtype=TEXT)
        taken = forms.str.extract_groups(_SHAPE).struct.unnest()
        form = form.scatter(odd, forms)
        parts = parts.select(parts[name].scatter(odd, taken[name]) for name in parts.columns)
    year = pl.col("year").cast(pl.Int64)
    century = pl.when(year >= CENTURY).then(1900).otherwise(2000)
    numbers = parts.select(year + century, "station", pl.col("serial").cast(pl.Int64))
    return numbers.with_columns(form, shaped.fill_null(False))


def _time(name: str) -> pl.Expr:
    """Return the time that ``name`` states, in UTC; null where there is no such time."""
    text = pl.col(name)
    iso = pl.when(text.str.contains(_ISO)).then(text.str.slice(0, 19).str.replace("T", " "))
    noon = pl.lit("0000-00-00 00:00:00").str.slice(iso.str.len_bytes())
    american = pl.when(text.str.contains(_AMERICAN)).then(
        text.str.replace("(.+)/(.+)/(.+) ", "$3-$1-$2 ")
    )
    return pl.coalesce(
        (iso + noon).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us"),
        american.str.to_datetime("%Y-%m-%d %H:%M", strict=False, time_unit="us"),
    )


def _times() -> list[pl.Expr]:
    created = pl.col("created").fill_null("")
    precision = (
        pl.when(created.str.contains(r":[0-9]{2}:"))
        .then(pl.lit("second"))
        .when(created.str.contains(":", literal=True))
        .then(pl.lit("minute"))
        .otherwise(pl.lit("day"))
    )
    stated = pl.col("source_released")
    day = pl.when(stated.str.contains(_DAY)).then(stated)
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
    subject = pl.col("subject").str.contains(r"\S").fill_null(False)
    head = pl.when(~subject).then("head")
    length = pl.when(body.str.contains(r"\S")).then(body.str.len_bytes()).otherwise(0)
    return [
        pl.when(body.is_not_null()).then(length).cast(pl.Int64).alias("text_length"),
        body.str.count_matches(_MARK).cast(pl.Int64).alias("marks"),
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


def _page(batch: pl.DataFrame) -> list[pl.Expr]:
    """Return what the page around a record says against it; null where it says nothing."""
    month = _time("created").dt.strftime("%Y-%m")
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
