"""The heading of the body: executive order, TAGS and SUBJECT, held against the fields."""

import re

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.identifiers import CENTURY
from cableproof.validators.telegram.passes import after, by_row

_ORDER = (
    r"(?i)\bE\.?[ \t]?[O0]\.?,?[ \t]*(?<order>1[0-9]{4})\b[ \t]*[:.]?[ \t]*(?<rest>[^\r\n]{0,120})"
)
_NONE = r"(?i)^\W{0,4}(?:N[/.]?A\b|NOT APPLICABLE)"
_DECLASSIFIED = r"(?i)\bDECLASSIFIED\b"
_EVENT = r"(?i)\b(?:OADR|MR|DECL|DNG|X[1-8]|YEARS?)\b"
_MONTH_FIRST = r"\b(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})/(?<year>[0-9]{4}|[0-9]{2})\b"
_YEAR_FIRST = r"\b(?<year>[0-9]{4})[/-](?<month>[0-9]{1,2})[/-](?<day>[0-9]{1,2})\b"

_TAG = r"\bTAG\b"
_PUNCTUATION = r"^[ \t]*[:.,;]?[ \t]*"
#: What stands after the codes, on their last line or on the next.
_AFTER_TAGS = r"(?s)(?:\bSUBJ|\bREF|\bRETEL|(?i:\bclassif)|\n[ \t\r]*\n[ \t\r]*\n|\n[ \t]*\x{b6}?[0-9]{1,2}\.).*"
_LONGEST_TAGS = 500  # characters of a TAGS paragraph
_CODE = r"[A-Z0-9][A-Z0-9&'/-]*"

_SUBJECT = r"(?i)\bSUBJ"
_REST_OF_SUBJECT = r"(?i)^(?:ECT)?[ \t]*[:.;]?[ \t]*"
_LONGEST_SUBJECT = 300  # characters that are compared; wrapping takes room in the line
_NO_LETTER = r"[^\p{L}\p{N}]+"


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the heading says; null where a line, or the field beside it, is not there.

    ``order`` is the number of the executive order; ``opening`` what it says of declassification:
    none, date, event or declassified; ``opening_day`` that date, null where there is no such
    day. ``tags_not_in_line`` are codes of the field that the TAGS line lacks,
    ``tags_only_in_line`` known codes of the line that the field lacks. ``subject_begins`` tells
    whether the field is the beginning of the SUBJECT line, letters and figures alone compared.
    """
    return pl.concat([_order(batch), _tags(batch), _subject(batch)], how="horizontal")


def _order(batch: pl.DataFrame) -> pl.DataFrame:
    line = batch["head"].str.extract_groups(_ORDER).struct.unnest()
    rest = pl.col("rest")
    line = line.with_columns(
        batch["year"].alias("sent"),
        rest.str.extract_groups(_MONTH_FIRST).alias("a"),
        rest.str.extract_groups(_YEAR_FIRST).alias("b"),
    )
    part = {
        name: pl.coalesce(*(pl.col(form).struct.field(name) for form in "ab"))
        for name in ("year", "month", "day")
    }
    opening = (
        pl.when(rest.str.contains(_NONE))
        .then(pl.lit("none"))
        .when(rest.str.contains(_DECLASSIFIED))
        .then(pl.lit("declassified"))
        .when(part["year"].is_not_null())
        .then(pl.lit("date"))
        .when(rest.str.contains(_EVENT))
        .then(pl.lit("event"))
    )
    day = pl.format("{}-{}-{}", _after(part["year"], pl.col("sent")), part["month"], part["day"])
    return line.select(
        pl.col("order").cast(pl.Int64),
        opening.alias("opening"),
        day.str.to_date("%Y-%m-%d", strict=False).alias("opening_day"),
    )


def _after(year: pl.Expr, sent: pl.Expr) -> pl.Expr:
    """Return a year as four digits; one of two digits lies after the telegram was sent."""
    number = year.cast(pl.Int64)
    short = pl.when(number + 1900 >= sent.fill_null(1900 + CENTURY)).then(1900).otherwise(2000)
    return pl.when(number < 100).then(number + short).otherwise(number)


def _tags(batch: pl.DataFrame) -> pl.DataFrame:
    """Return the codes of field and TAGS line that the other lacks."""
    claims = batch.select("tags", "head").with_row_index("at").cast({"at": pl.Int64})
    claims = claims.drop_nulls("tags")
    line = after(claims["head"], "TAGS", _TAG).str.slice(0, _LONGEST_TAGS)
    at = claims.select("at", tags=pl.col("tags").list.drop_nulls(), line=line).drop_nulls("line")
    text = pl.col("line").str.replace(_PUNCTUATION, "").str.replace(_AFTER_TAGS, "")
    at = at.with_columns(line=text.str.to_uppercase())
    at = at.with_columns(codes=pl.col("line").str.extract_all(_CODE))
    found = at.select(
        "at",
        "line",
        pl.col("tags").list.set_difference("codes").alias("tags_not_in_line"),
        pl.col("codes").list.set_difference("tags").alias("tags_only_in_line"),
    )
    return by_row(len(batch), _looked_at(found))


def _looked_at(found: pl.DataFrame) -> pl.DataFrame:
    """Return the same without what is another spelling, or no code at all; they are few."""
    odd = found.filter(
        (pl.col("tags_not_in_line").list.len() > 0) | (pl.col("tags_only_in_line").list.len() > 0)
    )
    rest = found.join(odd, on="at", how="anti").drop("line")
    rows = [
        (at, [tag for tag in tags if not _stands(tag, line)], [c for c in codes if _is_code(c)])
        for at, line, tags, codes in odd.iter_rows()
    ]
    looked = pl.DataFrame(rows, schema=rest.schema, orient="row")
    return pl.concat([rest, looked])


def _stands(tag: str, line: str) -> bool:
    """Tell whether a tag stands in the TAGS line in another spelling.

    Phrases and names may be spaced otherwise; a code may be run together with its neighbour.
    """
    if not re.fullmatch(_CODE, tag):
        return _squeezed(tag) in _squeezed(line)
    words = [word for word in re.findall(_CODE, line) if not _is_code(word)]
    return any(
        word.startswith(tag) or word.endswith(tag) or tag in word.split("/") for word in words
    )


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.upper()))


@vocab.derived
def _is_code(word: str) -> bool:
    return word in vocab.tags()


def _subject(batch: pl.DataFrame) -> pl.DataFrame:
    """Return whether the field is the beginning of the SUBJECT line."""
    claims = batch.select("subject", "head").with_row_index("at").cast({"at": pl.Int64})
    claims = claims.filter(pl.col("subject").str.contains(r"\S"))
    line = after(claims["head"], "SUBJ", _SUBJECT).str.slice(0, 2 * _LONGEST_SUBJECT)
    folded = claims.select(
        "at",
        field=_folded(pl.col("subject").str.slice(0, _LONGEST_SUBJECT)),
        line=_folded(line.str.replace(_REST_OF_SUBJECT, "")),
    ).filter(pl.col("line").is_not_null() & (pl.col("field") != ""))
    begins = pl.col("line").str.starts_with(pl.col("field")).alias("subject_begins")
    return by_row(len(batch), folded.select("at", begins))


def _folded(text: pl.Expr | pl.Series) -> pl.Expr | pl.Series:
    """Return letters and figures alone: blanks, quotes and dashes change from hand to hand."""
    return text.str.replace_all(_NO_LETTER, "").str.to_uppercase()
