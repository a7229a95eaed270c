"""Page marks: the line that the sending system wrote at the top of every further page."""

import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.validators.telegram.stations import spelt_in_marks, station_of

_TAIL = r"[0-9]{8}\s{1,9}[0-9]{3}(?:\.[0-9])?\s{1,9}OF\s{1,9}[0-9]{3}"
_MARK = r"[A-Z][A-Z .]{1,24}[ \t]+" + _TAIL
_PARTS = (
    r"(?<post>[A-Z][A-Z .]{1,24}?)\s+(?<serial>[0-9]{8})\s+"
    r"(?<section>[0-9]{3})(?:\.(?<page>[0-9]))?\s+OF\s+(?<total>[0-9]{3})$"
)
_MOST = 99  # sections that a telegram can have
_FEWEST_LETTERS = 4  # of a post cut short that tell it from another's


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the page marks say; null where the text has none.

    ``mark_serial`` is a serial in them that is not the record's, or else the record's;
    ``mark_station`` likewise a station code, null where the post is not known. ``mark_total``
    is the number of sections they state, ``mark_totals`` how many different numbers.
    ``unmarked_sections`` names the sections from the second on that have no mark.
    """
    marks = _marks(batch)
    told = marks.group_by("at", maintain_order=True).agg(
        _other("serial").alias("mark_serial"),
        _other("station").alias("mark_station"),
        pl.col("total").max().alias("mark_total"),
        pl.col("total").n_unique().cast(pl.Int64).alias("mark_totals"),
        pl.col("section").unique().alias("seen"),
    )
    all_but_first = pl.int_ranges(2, pl.col("mark_total").clip(upper_bound=_MOST) + 1)
    unmarked = all_but_first.list.set_difference("seen").list.sort()
    told = told.with_columns(unmarked=unmarked)
    rows = pl.DataFrame({"at": range(len(batch))}, schema={"at": pl.Int64})
    return rows.join(told, on="at", how="left", maintain_order="left").select(
        "mark_serial",
        "mark_station",
        "mark_total",
        "mark_totals",
        pl.col("unmarked").cast(pl.List(TEXT)).list.join(", ").alias("unmarked_sections"),
    )


def _other(part: str) -> pl.Expr:
    """Return a value that is not the record's own, if there is one, or else the first."""
    unlike = pl.col(part).filter(pl.col(part) != pl.col(f"own_{part}"))
    return pl.coalesce(unlike.first(), pl.col(part).drop_nulls().first())


def _marks(batch: pl.DataFrame) -> pl.DataFrame:
    """Return one row a page mark, with the record's own serial and station beside it."""
    paged = batch["body"].str.contains(_TAIL).fill_null(False)
    found = (
        batch.with_row_index("at")
        .filter(paged)
        .select(
            pl.col("at").cast(pl.Int64),
            pl.col("serial").alias("own_serial"),
            pl.col("station").alias("own_station"),
            pl.col("body").str.extract_all(_MARK).alias("mark"),
        )
    )
    flat = found.filter(pl.col("mark").list.len() > 0).explode("mark")
    flat = flat.with_columns(flat["mark"].str.extract_groups(_PARTS).struct.unnest())
    return flat.select(
        "at",
        "own_serial",
        "own_station",
        pl.col("serial").cast(pl.Int64),
        _stations(flat),
        pl.col("section").cast(pl.Int64),
        pl.col("total").cast(pl.Int64),
    )


def _stations(flat: pl.DataFrame) -> pl.Series:
    """Return the station that each mark names; the record's own where it is its beginning."""
    pairs = flat.select("post", "own_station").unique()
    known = {
        (post, own): _station(post, own) for post, own in pairs.iter_rows() if post is not None
    }
    stations = [known.get(pair) for pair in flat.select("post", "own_station").iter_rows()]
    return pl.Series("station", stations, dtype=TEXT)


def _station(post: str, own: str | None) -> str | None:
    letters = "".join(filter(str.isalpha, post))
    spelt = spelt_in_marks(own or "")
    if own and len(letters) >= _FEWEST_LETTERS and spelt.startswith(letters):
        return own
    return station_of(letters)
