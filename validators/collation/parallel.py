"""Witness tables beside each other: which row of each has a cable, and which of them are copies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

_ROW = pl.UInt32()
#: How the keys of records begin that have no identifier.
NAMELESS = "nameless:"
#: What two records must have in common to be the same cable under two names.
_TEXT = ("header_spaced", "body_spaced")
_NAME = ("key", "cable")


@dataclass(frozen=True)
class Parallel:
    """Tables of witnesses in the order of collation, and the row of each that holds each cable.

    The base of every comparison is the first witness in this order that says anything.
    """

    names: tuple[str, ...]
    tables: Mapping[str, pl.DataFrame]
    keys: pl.Series
    rows: Mapping[str, pl.Series]

    def column(self, name: str, field: str) -> pl.Series:
        """Return a column of a witness for all cables; null where it has no such cable."""
        return self.tables[name][field].gather(self.rows[name])

    def present(self, name: str) -> pl.Series:
        """Tell which cables a witness has."""
        return self.rows[name].is_not_null()


def parallel(tables: Mapping[str, pl.DataFrame], order: Sequence[str]) -> Parallel:
    """Return tables, in which each key stands once, beside each other; see ``keyed``."""
    known = pl.concat([tables[name].select("cable", "key") for name in order])
    cables = known.unique("cable").sort("cable")
    rows = {name: rows_of(cables["cable"], tables[name]["cable"]) for name in order}
    return Parallel(tuple(order), tables, cables["key"], rows)


def rows_of(wanted: pl.Series, cables: pl.Series) -> pl.Series:
    """Return for each number of a cable the row that has it, null where none has."""
    if not len(wanted):
        return pl.Series([], dtype=_ROW)
    size = max(int(each.max() or 0) for each in (wanted, cables)) + 1  # type: ignore[arg-type]
    at = pl.Series([None], dtype=_ROW).new_from_index(0, size)
    return at.scatter(cables, pl.int_range(len(cables), dtype=_ROW, eager=True)).gather(wanted)


def keyed(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the tables with a key for every record, and ``cable``, the number of its key.

    Numbers follow the keys in their order, so that tables are joined by numbers alone.
    """
    tables = _named(tables)
    keys = pl.concat([table["key"] for table in tables.values()]).unique().sort()
    numbers = keys.to_frame().with_columns(cable=pl.int_range(pl.len(), dtype=_ROW))
    return {
        name: table.join(numbers, on="key", how="left", maintain_order="left")
        for name, table in tables.items()
    }


def _named(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the tables with a key for the records that have no identifier.

    Of these, records with the same text are the same cable; all others are cables of their own.
    The key is a number, since a digest of a text would confirm what somebody guesses of it.
    """
    nameless = pl.col("key").is_null()
    texts = pl.concat([table.filter(nameless).select(_TEXT) for table in tables.values()])
    if not len(texts):
        return dict(tables)
    number = pl.int_range(1, pl.len() + 1).cast(pl.String)
    numbers = texts.unique().sort(_TEXT).with_columns(nameless=pl.lit(NAMELESS) + number)
    return {
        name: table.join(numbers, on=_TEXT, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.coalesce("key", "nameless").alias("key"))
        .drop("nameless")
        for name, table in tables.items()
    }


def one_each(tables: Mapping[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Return the tables with one row a cable, and all rows of the cables that stand twice.

    Of several copies that one stands for the others whose text most other tables have; of
    copies alike in this it is the first. It counts as covered if any of them is.
    """
    copies = {name: table.filter(pl.col("cable").is_duplicated()) for name, table in tables.items()}
    several = pl.concat(
        [table.with_columns(witness=pl.lit(name)) for name, table in copies.items()],
        how="diagonal",  # since manifests have digests that other tables need not have
    )
    if not len(several):
        return dict(tables), several.with_columns(copy=pl.lit(0, pl.Int64))
    wanted = pl.col("cable").is_in(several["cable"].unique().implode())
    text = ("cable", "body_exact")
    texts = pl.concat(
        [table.filter(wanted).select(*text, witness=pl.lit(n)) for n, table in tables.items()]
    )
    shared = texts.group_by(text).agg(pl.col("witness").n_unique().alias("shared"))
    ranked = several.join(shared, on=text, how="left", maintain_order="left")
    ranked = ranked.sort("shared", descending=True, nulls_last=True, maintain_order=True)
    number = pl.int_range(pl.len(), dtype=pl.Int64).over("witness", "cable")
    ranked = ranked.with_columns(number.alias("copy")).drop("shared")
    any_covered = ranked.with_columns(pl.col("covered").any().over("witness", "cable"))
    single = {}
    for name, table in tables.items():
        first = any_covered.filter((pl.col("witness") == name) & (pl.col("copy") == 0))
        rest = table.filter(~pl.col("cable").is_duplicated())
        single[name] = pl.concat([rest, first.select(table.columns)]) if len(first) else table
    return single, ranked


def renamed(tables: Mapping[str, pl.DataFrame], order: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Return the tables with one key for a cable that stands under different identifiers.

    Two records are the same cable where no table has both, and their text, which is not
    empty, stands in no third.
    """
    known = tables[order[0]].select(*_NAME, *_TEXT)
    made = {order[0]: tables[order[0]]}
    for name in order[1:]:
        table = tables[name]
        new = _alone(table.join(known, on="cable", how="anti"))
        gone = _alone(known.join(table, on="cable", how="anti"))
        pairs = new.join(gone, on=_TEXT, how="inner", nulls_equal=True, suffix="_known")
        if len(pairs):
            table = table.with_columns(
                pl.col(column).replace(pairs[column], pairs[f"{column}_known"]) for column in _NAME
            )
        made[name] = table
        more = table.join(known, on="cable", how="anti").select(*_NAME, *_TEXT)
        known = pl.concat([known, more])
    return made


def _alone(table: pl.DataFrame) -> pl.DataFrame:
    """Return key and text of the records whose text no other of them has."""
    text = pl.struct(_TEXT)
    empty = pl.col("body_spaced") == _EMPTY
    return table.select(*_NAME, *_TEXT).filter(text.is_unique() & ~empty.fill_null(value=True))


#: The digest of a text without characters.
_EMPTY = "e3b0c44298fc1c149afbf4c8996fb924"


def pairs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each pair of witnesses once, in their order."""
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            yield one, other
