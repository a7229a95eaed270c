"""The REF block: which cables it cites, and which the field of references names instead."""

import re

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.batches import LIST, TEXT
from cableproof.sources.identifiers import STRICT, canonical
from cableproof.validators.telegram.passes import by_row, flat, only_where
from cableproof.validators.telegram.stations import station_of

#: Nearly all blocks begin so; the others are looked for where one of the words occurs at all.
_USUAL = "\nREF"
_REST = r"^(?:S|TELS?|ERENCES?)?[ \t]*[:.-]?(?:\s+|$)"
_WORDS = ("REF", "Ref", "RETEL", "Retel")
_UNUSUAL = r"(?ms)^[ \t]*(?:REFS?|Refs?|REFTELS?|Reftels?|RETELS?|Retels?|REFERENCES?)\b[ \t]*[:.-]?\s*(.*)"
_LONGEST = 500  # characters of a REF block
#: What comes after it: a paragraph, who classified it, or a blank line and no further item.
_AFTER = (
    r"(?s)(?:\n[ \t]*\x{b6}?[ \t]*[0-9]{1,2}\.\s|(?i:classif?i?ed by|derived from|\bsummary\b)"
    r"|\n[ \t]*\((?:SBU|U)\b|\n[ \t\r]*\n\s*(?:\x{b6}?\(?[A-Za-z][^.)]|[^\sA-Za-z(\x{b6}]|\([A-Za-z]{2})).*"
)
_ITEM = r"^\s*\x{b6}?(?:\([A-Za-z]\)|[A-Za-z][.)])"  # of a list that goes on after a blank line
_REFERENCE = (
    r"(?:\(?(?:19|20)?[0-9]{2}\)?[ \t]*)?(?:[A-Z]{2}|N['\x{2019}]D)[A-Z .'\x{2019}-]{1,30}?[ \t]*"
    r"[0-9]{1,6}(?:[^0-9A-Z/:-]|:[^0-9]|$)"
)
_PARTS = r"^\(?(?<year>[0-9]{2,4})?\)?[ \t]*(?<post>[A-Z][A-Z .'\x{2019}-]*?)[ \t]*(?<serial>[0-9]{1,6})(?:\D|$)"
#: What is cited besides cables, and kept in the field by the program that made it.
_OTHER_KIND = re.compile(
    r"IIR|DAO|FBIS|TELCON|E-?MAIL|PHONE|FAX|MEETING|NOTE|LETTER|MEMO|REPORT|NOTAL|NONE|PREVIOUS|@"
    r"|[0-9]{8}|^\W*$|^[0-9]{0,2}(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*[0-9]{0,4}$",
    re.IGNORECASE,
)
_LONGEST_ENTRY = 60  # characters of an entry that may be another kind of reference


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what field and REF block cite; null where the one or the other is not there.

    ``not_cables`` are entries of the field that are no cable and no other known reference;
    ``references_not_in_text`` and ``references_only_in_text`` those of field and block that the
    other lacks; ``cited`` the cables that the record cites beyond doubt: with their year, or
    itself.
    """
    sent = batch.select("year", "station", "serial").with_row_index("at").cast({"at": pl.Int64})
    block = _block(batch["head"])
    text = _in_text(block, sent)
    field = _in_field(batch["references"])
    cables = field.drop_nulls("cable")
    read = by_row(len(batch), text.group_by("at").agg(pl.col("at").count().alias("cables")))
    both = batch["references"].is_not_null() & read["cables"].is_not_null()
    columns = {
        "not_cables": field.filter(pl.col("cable").is_null()).select("at", value="entry"),
        "references_not_in_text": _lacking(cables, text, "cable"),
        "references_only_in_text": _lacking(text, cables, "cable"),
        "cited": _beyond_doubt(cables, text, sent),
    }
    lists = [_lists(values, len(batch)).alias(name) for name, values in columns.items()]
    there = {
        "not_cables": batch["references"].is_not_null(),
        "references_not_in_text": both,
        "references_only_in_text": both,
        "cited": batch["references"].is_not_null() | block.is_not_null(),
    }
    return pl.DataFrame(lists).select(
        pl.when(there[name]).then(pl.col(name).fill_null(pl.lit([], dtype=LIST)))
        for name in columns
    )


def _block(head: pl.Series) -> pl.Series:
    """Return the REF block of each text, in capitals."""
    rest = only_where(head, (_USUAL,), _rest, None)
    rest = rest.set(~rest.str.contains(_REST), None)
    lacking = rest.is_null() & head.is_not_null()
    other = only_where(head.set(~lacking, None), _WORDS, _extracted, None)
    block = rest.str.replace(_REST, "").fill_null(other.str.slice(0, _LONGEST))
    parts = block.str.splitn("\n\n", 2).struct
    goes_on = parts.field("field_1").str.contains(_ITEM).fill_null(False)
    short = parts.field("field_0").zip_with(~goes_on, block)
    return short.str.replace(_AFTER, "").str.to_uppercase()


def _rest(texts: pl.Series) -> pl.Series:
    """Return what stands after the usual beginning; to tell that it is there at all is cheaper."""
    return texts.str.splitn(_USUAL, 2).struct.field("field_1").str.slice(0, _LONGEST)


def _extracted(texts: pl.Series) -> pl.Series:
    return texts.str.extract(_UNUSUAL)


def _in_text(block: pl.Series, sent: pl.DataFrame) -> pl.DataFrame:
    """Return one row a cable in a REF block: ``cable``, ``key``, and ``firm`` if its year is told.

    A year that is not given is that in which the citing cable was sent, or the one before it
    where the serial is higher than that station can have reached.
    """
    found = flat(block.str.extract_all(_REFERENCE), "spelt")
    found = found.with_columns(found["spelt"].str.extract_groups(_PARTS).struct.unnest())
    found = found.drop_nulls("post")
    posts = {post: _station(post) for post in found["post"].unique()}
    found = found.select(
        "at",
        pl.col("year").str.slice(-2).cast(pl.Int64).alias("stated"),
        pl.col("post").replace_strict(posts, default=None, return_dtype=TEXT).alias("post"),
        pl.col("serial").cast(pl.Int64).alias("number"),
    ).drop_nulls("post")
    found = found.join(sent, on="at", how="left", maintain_order="left")
    later = (pl.col("post") == pl.col("station")) & (pl.col("number") > pl.col("serial"))
    itself = (pl.col("post") == pl.col("station")) & (pl.col("number") == pl.col("serial"))
    year = pl.coalesce("stated", (pl.col("year") - later.fill_null(False).cast(pl.Int64)) % 100)
    return found.select(
        "at",
        _spelt(year, pl.col("post"), pl.col("number")).alias("cable"),
        pl.format("{}{}", "post", "number").alias("key"),
        (pl.col("stated").is_not_null() | itself).fill_null(False).alias("firm"),
    ).drop_nulls("cable")


def _spelt(year: pl.Expr, post: pl.Expr, number: pl.Expr) -> pl.Expr:
    return pl.format("{}{}{}", year.cast(TEXT).str.zfill(2), post, number)


@vocab.derived
def _station(post: str) -> str | None:
    """Return the station of a post, where words of the sentence before it may have been read."""
    words = post.split()
    for first in range(len(words)):
        found = station_of(" ".join(words[first:]))
        if found is not None:
            return found
    return None


def _in_field(references: pl.Series) -> pl.DataFrame:
    """Return one row an entry of the field: the cable that it names, and its key; null if none.

    Entries of another known kind are left out.
    """
    found = flat(references, "entry").with_columns(cable="entry")
    odd = found.filter(~pl.col("entry").str.contains(f"^{STRICT.pattern}$"))["entry"].unique()
    forms = {entry: _cable(entry) for entry in odd}
    other = [entry for entry, cable in forms.items() if cable is None and _is_other_kind(entry)]
    found = found.filter(~pl.col("entry").is_in(other))
    if forms:
        found = found.with_columns(
            pl.col("entry")
            .replace_strict(forms, default=pl.col("entry"), return_dtype=TEXT)
            .alias("cable")
        )
    return found.with_columns(key=pl.col("cable").str.slice(2), firm=pl.lit(value=True))


def _cable(entry: str) -> str | None:
    """Return the cable that an entry names, in its canonical form where that is known."""
    spelt = "".join(entry.upper().split())
    return canonical(spelt) or (spelt if STRICT.fullmatch(spelt) else None)


def _is_other_kind(entry: str) -> bool:
    return len(entry) <= _LONGEST_ENTRY and _OTHER_KIND.search(entry.strip()) is not None


def _lacking(mine: pl.DataFrame, other: pl.DataFrame, value: str) -> pl.DataFrame:
    """Return the cables of one side that the other lacks; a year counts where both tell it."""
    theirs = other.select("at", "key", pl.col("cable").alias("their"), pl.col("firm").alias("told"))
    both = mine.join(theirs, on=["at", "key"], how="left", maintain_order="left")
    firm = pl.col("firm") & pl.col("told")
    same = pl.col("their").is_not_null() & (~firm | (pl.col("their") == pl.col("cable")))
    met = both.group_by("at", "cable", maintain_order=True).agg(same.any().alias("met"))
    return met.filter(~pl.col("met")).select("at", value=value)


def _beyond_doubt(cables: pl.DataFrame, text: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """Return the cables whose year is told, by the block or by the field alone.

    The program that made the field took a year that was not given for that of the cable.
    """
    guessed = text.filter(~pl.col("firm"))
    own = cables.join(guessed, on=["at", "key"], how="anti", maintain_order="left")
    told = text.filter("firm")
    return pl.concat([own.select("at", value="cable"), told.select("at", value="cable")]).unique(
        maintain_order=True
    )


def _lists(values: pl.DataFrame, rows: int) -> pl.Series:
    lists = values.group_by("at", maintain_order=True).agg(
        pl.col("value").unique(maintain_order=True)
    )
    return by_row(rows, lists)["value"].cast(LIST)
