"""The rules that hold a mirror against itself: its counter, its index pages, its release, its links.

They are the rules of ``validate``, asked on the witness table, for which no text is read again.
"""

from __future__ import annotations

import polars as pl

from cableproof.validators import listings, trees
from cableproof.validators.audit.links import wrong
from cableproof.validators.catalogue import CATALOGUE, INPUT_RULES
from cableproof.validators.rule import Rule
from cableproof.validators.tables import Tables, of_releases

#: The rules that an audit asks.
RULES: tuple[Rule, ...] = (
    *INPUT_RULES,
    *(CATALOGUE[code] for code in ("SRC007", "SRC008", "PRV001", "PRV002", "PRV003")),
)


def tables(name: str, mirror: pl.DataFrame, troubles: pl.DataFrame, listed: pl.DataFrame) -> Tables:
    """Return the tables that the rules look at, made from a witness table of the source ``name``."""
    tags = pl.element().str.to_uppercase().hash(0)
    own = pl.col("identifier")
    whole = mirror.with_columns(
        _time("created"),
        _time("released"),
        source=pl.lit(name),
        linked_tags=pl.when(pl.col("release_counter").is_not_null()).then(
            pl.col("tags").fill_null(pl.lit([], dtype=pl.List(pl.String))).list.eval(tags)
        ),
        link_identifier=pl.when(pl.col("own_links").list.len() > 0).then(
            pl.coalesce(wrong(mirror), own)
        ),
        field_lines=pl.lit(None, dtype=pl.String),
    )
    pages = trees.pages(whole, troubles)
    counted = trees.counted(pages, listed)
    return of_releases(whole, troubles, pages, counted, listings.indexes(pages, listed, counted))


def _time(name: str) -> pl.Expr:
    moment = pl.col(f"{name}_key").str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    return moment.alias(f"{name}_time")
