"""Page marks: the line that the sending system wrote at the top of every further page."""

import re

import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.validators.telegram.passes import by_row, flat
from cableproof.validators.telegram.stations import spelt_in_marks, station_of

MARK = r"[0-9]{8}\s{1,9}[0-9]{3}(?:\.[0-9])?\s{1,9}OF\s{1,9}[0-9]{3}"
_IN_SMALL = MARK.replace("OF", "of")  # as few wrote it; a pattern of both is slower by far
_PARTS = r"^(?<serial>[0-9]{8})\s+(?<section>[0-9]{3})(?:\.[0-9])?\s+..\s+(?<total>[0-9]{3})$"
_POST = re.compile(rf"([A-Z][A-Za-z .]{{1,24}}?)[ \t]+(?={MARK}|{_IN_SMALL})([0-9]{{8}})")
_TOP = r"^[^0-9]{0,80}(?:" + MARK + ")"  # of a text that begins with a page mark
_MOST = 99  # sections that a telegram can have
_FEWEST_LETTERS = 4  # of a post cut short that tell it from another's


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the page marks say; null where the text has none.

    ``mark_serial`` is a serial in them that is not the record's, or else the record's;
    ``mark_station`` the station beside a serial that is not, null where its post is not known.
    ``mark_total`` is the number of sections they state, ``mark_totals`` how many different
    numbers. ``unmarked_sections`` names the sections from the second on that have no mark,
    ``top_section`` the section of a mark with which the text begins.
    """
    told = (
        _marks(batch)
        .group_by("at", maintain_order=True)
        .agg(
            _other_or_own().alias("mark_serial"),
            pl.col("total").max().alias("mark_total"),
            pl.col("total").n_unique().cast(pl.Int64).alias("mark_totals"),
            pl.col("section").unique().alias("seen"),
            pl.col("section").first().alias("top"),
        )
    )
    all_but_first = pl.int_ranges(2, pl.col("mark_total").clip(upper_bound=_MOST) + 1)
    unmarked = all_but_first.list.set_difference("seen").list.sort()
    told = by_row(len(batch), told.with_columns(unmarked=unmarked))
    return told.select(
        "mark_serial",
        _stations(batch, told["mark_serial"]),
        "mark_total",
        "mark_totals",
        pl.col("unmarked").cast(pl.List(TEXT)).list.join(", ").alias("unmarked_sections"),
        pl.when(batch["head"].str.contains(_TOP)).then("top").alias("top_section"),
    )


def _marks(batch: pl.DataFrame) -> pl.DataFrame:
    """Return one row a page mark: its parts, and the record's own serial."""
    body = batch["body"]
    small = body.set(~body.str.contains(" of 0", literal=True).fill_null(False), None)
    found = (body.str.extract_all(MARK), small.str.extract_all(_IN_SMALL))
    marks = pl.concat(flat(lists, "mark") for lists in found)
    parts = marks["mark"].str.extract_groups(_PARTS).struct.unnest().cast(pl.Int64)
    return marks.select("at").with_columns(parts, own=batch["serial"].gather(marks["at"]))


def _other_or_own() -> pl.Expr:
    """Return a serial that is not the record's own, if there is one, or else the first."""
    serial = pl.col("serial")
    return pl.coalesce(serial.filter(serial != pl.col("own")).first(), serial.first())


def _stations(batch: pl.DataFrame, serial: pl.Series) -> pl.Series:
    """Return the station beside each serial that is not the record's own; they are few."""
    odd = (serial != batch["serial"]).fill_null(False).arg_true()
    columns = (batch["body"].gather(odd), serial.gather(odd), batch["station"].gather(odd))
    named = [_named(text, int(number), own) for text, number, own in zip(*columns, strict=True)]
    none = pl.Series("mark_station", [None] * len(batch), dtype=TEXT)
    return none.scatter(odd, pl.Series(named, dtype=TEXT)) if len(odd) else none


def _named(text: str, number: int, own: str | None) -> str | None:
    """Return the station of the mark of that number; the record's own where it begins so."""
    posts = (found[1] for found in _POST.finditer(text) if int(found[2]) == number)
    letters = "".join(filter(str.isalpha, next(posts, "").upper()))
    if own and len(letters) >= _FEWEST_LETTERS and spelt_in_marks(own).startswith(letters):
        return own
    return station_of(letters)
