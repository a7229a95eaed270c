"""What importers and editors left in a text: markup, pasted matter, stand-ins for quotes."""

from collections.abc import Callable

import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.validators.telegram.passes import only_where

_TAG = (
    r"(?i)</?(?:a|b|i|u|p|br|hr|em|tt|td|tr|th|ul|ol|li|dl|dt|dd|h[1-6]|div|img|pre|sub|sup|font"
    r"|span|code|table|tbody|strong|blockquote|script|style|html|body|head|meta|link)"
    r"(?:\s+[a-z-]+\s*=[^<>]*)?\s*/?>"
)
_ENTITY = (
    r"&(?:amp|lt|gt|quot|apos|nbsp|shy|copy|[lr][ds]quo|[mn]dash|hellip|para|sect"
    r"|[AEIOUaeiou](?:acute|grave|circ|uml|tilde)|[Cc]cedil|[Nn]tilde"
    r"|#[0-9]{2,5}|#[xX][0-9A-Fa-f]{2,5});"
)
_COMMA = r"[A-Za-z],[st](?:[\s.]|$)"
_QUOTED = r"(?m)(?:^|[\s(])&[A-Za-z][^&\n]*?[A-Za-z.,?!]8(?:[^0-9A-Za-z]|$)"

#: A time and an identifier as neighbouring columns of a record, and the date before them.
_COLUMNS = r":[0-9]{2}[\s\"';,|\\]{1,8}[0-9]{2}[A-Z]{4,17}[0-9]"
_RECORD = r"[0-9]{1,2}[/.][0-9]{1,2}[/.](?:19|20)[0-9]{2} [0-9]{1,2}" + _COLUMNS
_SQL_WORDS = ("INSERT INTO", "DROP TABLE", "CREATE TABLE", "LOCK TABLES", "UPDATE `", "SELECT ")
_SQL = (
    r"INSERT INTO [`\"]?\w+[`\"]? (?:\([`\"\w, ]+\) )?VALUES ?\(|LOCK TABLES `"
    r"|DROP TABLE (?:IF EXISTS )?[`\"]?\w+[`\"]?;|CREATE TABLE [`\"]?\w+[`\"]? ?\("
    r"|UPDATE `\w+` SET|SELECT [\w*,. `]+ FROM [`\"]?\w+[`\"]? ?(?:WHERE|LIMIT|ORDER BY|;)"
)
#: Lines that begin with the name of a column, as the head of a record in a database has them.
_NAMED = (
    r"(?im)^[ \t]*\"?(?:id|(?:cable|document|record|reference|message)[ _]?id|identifier|created"
    r"|released|origin|classification|filename|published|byline|keywords|headline)\"?[ \t]*[:=|]"
)
_FEWEST_NAMED = 3
#: How nearly all texts begin: with a dateline or the class line.
_USUAL = (
    r"^\s*(?:[A-Z][a-z]{2,5}day, [^\n]{4,30}\n\s*)?"
    r"(?i:U{1,2}NCLAS|C ?C? ?O ?N ?F ?I ?D|S ?S? ?E ?C ?R ?E ?T)"
)
_TOP, _TAIL = 800, 400  # characters in which such a head stands, and a credit
_NOTE_WORDS = ("ditor's note", "ditor\u2019s note", "ditors' note", "DITOR'S NOTE", "\u00a9")
_NOTE = (
    r"(?i)[\[(][ \t]*editors?['\x{2019}]?s?['\x{2019}]? note"
    r"|(?:^|\P{L})\x{a9}[ \t]*(?:[12][0-9]{3}|(?-i:[A-Z]))"
)
_CREDIT = (
    r"(?im)^[ \t]*copyright[ \t]*(?:\(c\)|[12][0-9]{3}|(?-i:[A-Z]))|\ball rights reserved\b"
    r"|^[ \t]*(?:source|credit|courtesy of|via)[ \t]*:?[ \t]*(?:wikileaks|cablegate|the guardian"
    r"|el pa[i\x{ed}]s|le monde|der spiegel|(?:the )?new york times)\b"
)


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return in words what was left in the body; null where there is none.

    ``residue`` counts tags and entities of pages; ``foreign`` names pasted matter;
    ``damaged_quotes`` counts apostrophes and quotation marks in the stand-ins of seven bits.
    """
    body = batch["body"]
    counts = {
        "tags": only_where(body, ("<",), _times(_TAG), 0),
        "entities": only_where(body, ("&",), _times(_ENTITY), 0),
        "commas": only_where(body, (",s", ",t"), _times(_COMMA), 0),
        "quoted": only_where(body, ("&",), _times(_QUOTED), 0),
    }
    found = pl.DataFrame({name: pl.Series(n, dtype=pl.Int64) for name, n in counts.items()})
    return found.with_columns(foreign=_foreign(body)).select(
        pl.when(body.is_not_null()).then(told)
        for told in (
            _joined({"tags": pl.col("tags"), "entities": pl.col("entities")}).alias("residue"),
            pl.col("foreign"),
            (pl.col("commas") + pl.col("quoted")).alias("damaged_quotes"),
        )
    )


def _times(pattern: str) -> Callable[[pl.Series], pl.Series]:
    return lambda texts: texts.str.count_matches(pattern).cast(pl.Int64)


def _holds(pattern: str) -> Callable[[pl.Series], pl.Series]:
    return lambda texts: texts.str.contains(pattern)


def _joined(counts: dict[str, pl.Expr]) -> pl.Expr:
    """Return the counts that are not zero, each with what was counted."""
    said = [
        pl.when(count > 0).then(pl.format(f"{what}: {{}}", count)) for what, count in counts.items()
    ]
    return pl.concat_str(said, separator=", ", ignore_nulls=True)


def _has_head(texts: pl.Series) -> pl.Series:
    return texts.str.slice(0, _TOP).str.count_matches(_NAMED) >= _FEWEST_NAMED


def _foreign(body: pl.Series) -> pl.Series:
    """Return which kinds of foreign matter each text has, in words."""
    rows = body.str.contains(_COLUMNS).fill_null(False)
    usual = body.str.contains(_USUAL)
    tail = body.str.slice(-_TAIL)
    note = only_where(body, _NOTE_WORDS, _holds(_NOTE), False)
    kinds = {
        "a record of another file": only_where(body, rows, _holds(_RECORD), False),
        "a fragment of SQL": only_where(body, _SQL_WORDS, _holds(_SQL), False),
        "the head of a database record": only_where(body, ~usual, _has_head, False),
        "a note or credit of an editor": note | tail.str.contains(_CREDIT),
    }
    said = [pl.when(found).then(pl.lit(what, dtype=TEXT)) for what, found in kinds.items()]
    return pl.select(pl.concat_str(said, separator=", ", ignore_nulls=True).alias("foreign"))[
        "foreign"
    ]
