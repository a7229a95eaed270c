"""What only a whole collection tells: neighbours out of order, and texts that stand twice."""

import polars as pl

_MONTH = pl.duration(days=31)
_FEW = 5  # records that share the beginning of a paragraph; more is a set phrase
_SHARED = 3  # beginnings at least that two texts share
_SHARE = 0.6  # of the beginnings of the shorter text


def sequence(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record between two neighbours of its post and year, by their serials.

    ``before`` and ``after`` are their dates where the record lies a month or more off both,
    which agree with each other; else empty.
    """
    needed = ["station", "year", "serial", "created_time"]
    same = ["group", "station", "origin", "year"]
    known = whole.select("record", "created", "group", "origin", *needed).drop_nulls(needed)
    known = known.filter(pl.col("created_time").dt.year() == pl.col("year"))
    codes = [pl.col(name).cast(pl.Categorical).to_physical() for name in ("station", "origin")]
    ordered = known.with_columns(codes).sort(*same, "serial", "created_time", "record")
    time = pl.col("created_time")
    between = ordered.select(
        "record",
        "created",
        time,
        _beside(same, 1).alias("first"),
        _beside(same, -1).alias("last"),
    ).drop_nulls(["first", "last"])
    late = time > pl.col("last") + _MONTH
    early = time < pl.col("first") - _MONTH
    off = (late | early) & (pl.col("first") <= pl.col("last"))
    return between.select(
        "record",
        "created",
        *(
            pl.when(off).then(pl.col(name).dt.strftime("%Y-%m-%d")).otherwise(pl.lit("")).alias(to)
            for name, to in (("first", "before"), ("last", "after"))
        ),
    )


def _beside(same: list[str], step: int) -> pl.Expr:
    """Return the time of the record a step before, where it is of the same post and year."""
    one = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(step)) for name in same)
    return pl.when(one).then(pl.col("created_time").shift(step))


def alike(twins: pl.DataFrame) -> pl.DataFrame:
    """Return one row a record whose text another cable has too, which is ``twin``.

    Repeats that say so are left out.
    """
    return (
        twins.filter(~pl.col("again") & ~pl.col("again_other"))
        .group_by("record", maintain_order=True)
        .agg(pl.col("canonical_other").min().alias("twin"))
    )


def twins(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a pair of records of a collection that have one text and are two cables.

    The one whose identifier sorts last is ``record``, in whatever order they stand.
    Texts are told by the digests of how their paragraphs begin; what many share is a set
    phrase. Where one of just enough is covered, the title stands for it. Texts that name another
    cable as their own are left out. ``again`` tells whether a record says of itself that it is a
    repeat.
    """
    own = pl.col("text_of").fill_null("") == ""
    again = pl.col("sent_again").fill_null(False) | pl.col("corrected").fill_null(False)
    texts = whole.select("record", "group", "canonical", "openings", "title", again=again, own=own)
    texts = texts.filter("own").drop("own").drop_nulls(["openings", "canonical"])
    digests = texts.select("record", "group", "openings").explode("openings")
    digests = digests.filter(pl.col("openings").is_duplicated())  # few; only these are looked at
    kept = texts.select(
        "record", "canonical", "again", "title", count=pl.col("openings").list.len()
    )
    flat = digests.join(kept, on="record", how="left")
    times = flat.group_by("group", "openings").len().filter(pl.col("len").is_between(2, _FEW))
    shared = flat.join(times, on=["group", "openings"], how="semi")
    titled = pl.col("title").is_not_null().cast(pl.Int64)
    enough = (pl.col("count") == 1) | (pl.len().over("record") + titled >= _SHARED)
    shared = shared.filter(enough)
    pairs = (
        shared.join(shared, on=["group", "openings"], suffix="_other")
        .filter(pl.col("canonical_other") < pl.col("canonical"))
        .group_by("record", "record_other")
        .agg(
            pl.len().alias("shared"),
            pl.col("count", "count_other", "canonical_other", "again", "again_other").first(),
            (pl.col("title") == pl.col("title_other")).first().fill_null(value=False),
        )
    )
    fewest = pl.min_horizontal("count", "count_other")
    most = pl.max_horizontal("count", "count_other")
    titled = pl.col("title") & (fewest < _SHARED)
    needed = pl.when(titled).then(_SHARED - 1).otherwise(_SHARED)
    enough = pl.when(most == 1).then(1).otherwise(pl.max_horizontal(needed, _SHARE * fewest))
    same_kind = (pl.col("count") == 1) == (pl.col("count_other") == 1)
    alike = pairs.filter(same_kind & (pl.col("shared") >= enough))
    return alike.sort("record", "record_other").select(
        "record", "record_other", "canonical_other", "again", "again_other"
    )


def groups(whole: pl.DataFrame) -> pl.DataFrame:
    """Return one row a collection, with what its times of day have in common."""
    time = pl.col("created_time")
    timed = time.is_not_null() & (pl.col("created_precision") != "day")
    repeating = timed & repeats(time)
    return whole.group_by("group", maintain_order=True).agg(
        pl.col("record").min(),
        timed.sum().cast(pl.Int64).alias("timed"),
        repeating.sum().cast(pl.Int64).alias("repeating"),
    )


def repeats(time: pl.Expr) -> pl.Expr:
    """Tell whether the minutes are the hour on the twelve-hour clock."""
    return time.dt.minute() == (time.dt.hour() + 11) % 12 + 1
