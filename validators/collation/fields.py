"""The claims of witnesses beside each other: which fields of which cables differ."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from cableproof.validators.collation.claiming import PRECISIONS
from cableproof.validators.collation.parallel import Parallel

#: Characters of a time that is precise to the day, the hour, the minute or the second.
_LENGTHS = dict(zip(range(len(PRECISIONS)), (10, 13, 16, 19), strict=True))


@dataclass(frozen=True)
class Compared:
    """A field that is compared: the kind of its difference, and the column that compares."""

    code: str
    field: str
    key: str
    precision: str = ""


FIELDS = (
    Compared("CMP201", "classification", "classification_key"),
    Compared("CMP202", "created", "created_key", "created_precision"),
    Compared("CMP203", "origin", "origin_key"),
    Compared("CMP204", "tags", "tags_key"),
    Compared("CMP206", "references", "references_key"),
    Compared("CMP207", "released", "released_key", "released_precision"),
    Compared("CMP208", "redacted", "redacted"),
    Compared("CMP209", "partial_extract", "partial_extract"),
)


@dataclass(frozen=True)
class Differing:
    """The cables, by number, whose ``field`` one witness states otherwise than the base."""

    compared: Compared
    witness: str
    cables: pl.Series


def differing(table: Parallel) -> Iterator[Differing]:
    """Yield each field and each witness in which cables differ from the base.

    A witness that makes no claim differs from none; the base is the first that makes one.
    """
    for compared in FIELDS:
        values = {name: table.column(name, compared.key) for name in table.names}
        base = pl.select(pl.coalesce(list(values.values()))).to_series()
        precisions = _precisions(table, compared)
        for name, stated in values.items():
            apart = (stated != base).fill_null(value=False)
            if compared.precision and apart.any():
                apart &= beyond(stated, base, precisions[name], precisions[""])
            if apart.any():
                yield Differing(compared, name, apart.arg_true())


def apart_in(table: Parallel, one: str, other: str) -> pl.Series:
    """Tell which cables that two witnesses have differ in any claim of theirs, or in the subject."""
    pair = Parallel((one, other), table.tables, table.keys, table.rows)
    subjects = [table.column(name, "subject_key") for name in pair.names]
    apart = (subjects[0] != subjects[1]).fill_null(value=False)
    for each in differing(pair):
        apart = apart.scatter(each.cables, values=True)
    return apart


def _precisions(table: Parallel, compared: Compared) -> dict[str, pl.Series]:
    """Return how precisely each witness states a time, and under no name the base does."""
    if not compared.precision:
        return {}
    found = {name: table.column(name, compared.precision) for name in table.names}
    stated = (
        pl.when(table.column(name, compared.key).is_not_null()).then(found[name])
        for name in table.names
    )
    return found | {"": pl.select(pl.coalesce(list(stated))).to_series()}


def beyond(stated: pl.Series, base: pl.Series, own: pl.Series, other: pl.Series) -> pl.Series:
    """Tell which times differ beyond the precision of the coarser of the two."""
    coarser = pl.select(pl.min_horizontal(own, other)).to_series()
    length = coarser.replace_strict(_LENGTHS, default=None, return_dtype=pl.Int64)
    frame = pl.DataFrame({"a": stated, "b": base, "length": length})
    cut = (pl.col(name).str.slice(0, pl.col("length")) for name in "ab")
    return frame.select(next(cut) != next(cut)).to_series()
