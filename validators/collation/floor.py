"""The noise floor: of the cables that two witnesses have, how many differ, and in what."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from cableproof.validators.collation.fields import apart_in
from cableproof.validators.collation.parallel import Parallel, pairs

Unreadable = Mapping[str, frozenset[str]]  # cables by the witness in which they are


def floor(
    table: Parallel, names: Sequence[str], unreadable: Unreadable
) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Yield each pair of witnesses with its figures: see ``Pair``."""
    lost = {name: _among(table, unreadable.get(name, frozenset())) for name in names}
    for one, other in pairs(names):
        yield one, other, _figures(table, one, other, (lost[one], lost[other]))


def _among(table: Parallel, keys: frozenset[str]) -> pl.Series:
    return pl.Series(table.keys).is_in(list(keys))


def _figures(
    table: Parallel, one: str, other: str, lost: tuple[pl.Series, pl.Series]
) -> dict[str, int]:
    a, b = table.present(one), table.present(other)
    alone, missing = a & ~b, b & ~a
    metadata = apart_in(table, one, other)
    text = _differ(table, one, other, ("header_spaced", "body_spaced"))
    exact = _differ(table, one, other, ("header_exact", "body_exact"))
    return {
        "both": int((a & b).sum()),
        "only_a": int((alone & ~lost[1]).sum()),
        "only_b": int((missing & ~lost[0]).sum()),
        "unreadable_a": int((missing & lost[0]).sum()),
        "unreadable_b": int((alone & lost[1]).sum()),
        "bytes_differ": int(_differ(table, one, other, ("digest",)).sum()),
        "furniture_differs": int(_differ(table, one, other, ("furniture",)).sum()),
        "metadata_differs": int(metadata.sum()),
        "whitespace_differs": int((exact & ~text).sum()),
        "text_differs": int(text.sum()),
        "identical": int((a & b & ~metadata & ~text).sum()),
    }


def _differ(table: Parallel, one: str, other: str, columns: tuple[str, ...]) -> pl.Series:
    """Tell which cables differ in any of ``columns``; what one of them lacks does not differ."""
    pairs = [(table.column(one, name), table.column(other, name)) for name in columns]
    apart = [(a != b).fill_null(value=False) for a, b in pairs]
    return pl.select(pl.any_horizontal(apart)).to_series()
