"""The claims of witnesses beside each other: which fields of which cables differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from cableproof.validators.collation.claiming import PRECISIONS
from cableproof.validators.collation.parallel import Parallel

#: Characters of a time that is precise to the day, the hour or the minute; all others count in full.
_LENGTHS = dict(zip(range(len(PRECISIONS) - 1), (10, 13, 16), strict=True))


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
    """The cables, by number, whose ``field`` one witness states otherwise than the base.

    ``bases`` has the number of the base witness of each.
    """

    compared: Compared
    witness: str
    cables: pl.Series
    bases: pl.Series


@dataclass(frozen=True)
class _Base:
    """What the base witness of each cable states, how precisely, and its number."""

    stated: pl.Series
    precision: pl.Series | None
    witness: pl.Series


def differing(table: Parallel) -> Iterator[Differing]:
    """Yield each field and each witness in which cables differ from the base.

    A witness that makes no claim differs from none; the base is the first that makes one. Of a
    time with which nobody differs the most precise claim is the base as well, since what is
    told to the day agrees with hours that contradict each other.
    """
    for compared in FIELDS:
        values = {name: table.column(name, compared.key) for name in table.names}
        precisions = {
            name: table.column(name, compared.precision) if compared.precision else None
            for name in table.names
        }
        done = pl.Series([False]).new_from_index(0, len(table.keys))
        for base in _bases(values, precisions):
            now = done
            for name, stated in values.items():
                apart = (stated != base.stated).fill_null(value=False) & ~done
                own = precisions[name]
                if own is not None and base.precision is not None and apart.any():
                    apart &= beyond(stated, base.stated, own, base.precision)
                if apart.any():
                    now = now | apart
                    cables = apart.arg_true()
                    yield Differing(compared, name, cables, base.witness.gather(cables))
            done = now


def _bases(
    values: Mapping[str, pl.Series], precisions: Mapping[str, pl.Series | None]
) -> Iterator[_Base]:
    """Yield the base that is the first to state anything, and of times the most precise one."""
    there = [column.is_not_null() for column in values.values()]
    timed = [column for column in precisions.values() if column is not None]
    yield _base(list(values.values()), timed, there)
    if timed and len(values) > 2:
        finest = pl.select(
            pl.max_horizontal(
                pl.when(stated).then(column) for stated, column in zip(there, timed, strict=True)
            )
        ).to_series()
        precise = [
            (stated & (column == finest)).fill_null(value=False)
            for stated, column in zip(there, timed, strict=True)
        ]
        yield _base(list(values.values()), timed, precise)


def _base(values: list[pl.Series], precisions: list[pl.Series], which: list[pl.Series]) -> _Base:
    """Return the first witness of each cable for which ``which`` holds."""

    def first(columns: Iterable[pl.Series | pl.Expr]) -> pl.Series:
        chosen = zip(which, columns, strict=True)
        return pl.select(pl.coalesce(pl.when(w).then(column) for w, column in chosen)).to_series()

    numbers = (pl.lit(number, pl.Int32) for number in range(len(values)))
    return _Base(first(values), first(precisions) if precisions else None, first(numbers))


def apart_in(table: Parallel, one: str, other: str) -> pl.Series:
    """Tell which cables that two witnesses have differ in any claim of theirs, or in the subject."""
    pair = Parallel((one, other), table.tables, table.keys, table.rows)
    subjects = [table.column(name, "subject_key") for name in pair.names]
    apart = (subjects[0] != subjects[1]).fill_null(value=False)
    for each in differing(pair):
        apart = apart.scatter(each.cables, values=True)
    return apart


def beyond(stated: pl.Series, base: pl.Series, own: pl.Series, other: pl.Series) -> pl.Series:
    """Tell which times differ beyond the precision of the coarser of the two."""
    coarser = pl.select(pl.min_horizontal(own, other)).to_series()
    length = coarser.replace_strict(_LENGTHS, default=None, return_dtype=pl.Int64)
    frame = pl.DataFrame({"a": stated, "b": base, "length": length})
    cut = (pl.col(name).str.slice(0, pl.col("length")) for name in "ab")
    return frame.select(next(cut) != next(cut)).to_series()
