"""What the fields of a record state, read: identifiers, times and tags; one row a record."""

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.batches import TEXT
from cableproof.sources.identifiers import CENTURY, canonical, parsed

_SHAPE = r"^(?<year>[0-9]{2})(?<station>[A-Z]{4,17})(?<serial>[1-9][0-9]{0,5})$"
_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|\+00:00)?)?$"
_AMERICAN = r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4} [0-9]{1,2}:[0-9]{2}$"
_DAY = r"^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$"


def identifiers(spelt: pl.Series) -> pl.DataFrame:
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


def time(name: str) -> pl.Expr:
    """Return the time that ``name`` states, in UTC; null where there is no such time."""
    text = pl.col(name)
    local = text.str.strip_suffix("Z").str.strip_suffix("+00:00")
    iso = pl.when(text.str.contains(_ISO)).then(local.str.replace("T", " "))
    noon = pl.lit("0000-00-00 00:00:00").str.slice(iso.str.len_bytes())
    american = pl.when(text.str.contains(_AMERICAN)).then(
        text.str.replace("(.+)/(.+)/(.+) ", "$3-$1-$2 ")
    )
    return pl.coalesce(
        (iso + noon).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us"),
        american.str.to_datetime("%Y-%m-%d %H:%M", strict=False, time_unit="us"),
    )


def times() -> list[pl.Expr]:
    """Return the stated times, and how precisely the date of creation is written."""
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
        time("created").alias("created_time"),
        precision.alias("created_precision"),
        time("released").alias("released_time"),
        pl.coalesce(day.str.to_date("%Y-%m-%d", strict=False), month_end).alias("release_day"),
    ]


def tags(batch: pl.DataFrame) -> pl.DataFrame:
    """Return how many subject and geographic codes each record has, and its odd tags.

    Odd is what is no known code or stands twice: a list of tags with the times of each. Dated
    are codes that were not always in use.
    """
    place = pl.int_range(pl.len()).alias("at")
    flat = batch.select(place, pl.col("tags").alias("tag")).drop_nulls().explode("tag").drop_nulls()
    tag = pl.col("tag")
    each = flat.group_by("at").agg(
        *(
            tag.is_in(_codes(kind)).sum().cast(pl.Int64).alias(f"{kind}_tags")
            for kind in ("subject", "geographic")
        ),
        tag.filter(tag.is_in(list(vocab.tag_periods()))).unique(maintain_order=True).alias("dated"),
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
        pl.col("dated").alias("dated_tags"),
    )


@vocab.derived
def _codes(kind: str = "") -> list[str]:
    return [code for code, row in vocab.tags().items() if not kind or row["kind"] == kind]
