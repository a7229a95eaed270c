"""Which release each cable of a mirror is held against: the one whose form it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from cableproof.validators.audit.attribution import KINDS, MIRROR, Pages, Says
from cableproof.validators.audit.references import Reference
from cableproof.validators.collation.fields import apart_in
from cableproof.validators.collation.parallel import Parallel, rows_of

#: The name of the witness that stands for all references: of each cable the form that is meant.
EXPECTED = "\N{NULL}expected"


@dataclass(frozen=True)
class Homes:
    """For each page the number of the reference it is held against, null where none has it.

    ``stale`` tells which pages have the form of an older release, and not that of the newest
    one, which has the cable as well.
    """

    number: pl.Series
    stale: pl.Series


def homes(pages: Pages, weighed: pl.DataFrame, references: Sequence[Reference]) -> Homes:
    """Return what each page is held against.

    It is the newest reference with the same text and metadata from which the page can come; else
    the newest with the same text and metadata; else the newest from which the page can come and
    which has the cable; else the newest that has it.
    """
    there = [pages.beside.present(each.name) for each in references]
    alike = [_alike(pages, weighed, number, each) for number, each in enumerate(references)]
    possible = [has & ~_against(weighed, number, len(weighed)) for number, has in enumerate(there)]
    both = [a & p for a, p in zip(alike, possible, strict=True)]
    newest_first = range(len(references) - 1, -1, -1)
    chosen = pl.coalesce(
        pl.when(flags[number]).then(pl.lit(number, pl.Int32))
        for flags in (both, alike, possible, there)
        for number in newest_first
    )
    last = len(references) - 1
    frame = pl.DataFrame({"alike": pl.select(pl.any_horizontal(alike)).to_series()})
    number = frame.select(chosen.alias("number")).to_series()
    stale = frame["alike"] & there[last] & ~alike[last] & (number != last)
    return Homes(number, stale.fill_null(value=False))


def _alike(pages: Pages, weighed: pl.DataFrame, number: int, reference: Reference) -> pl.Series:
    """Tell which pages have text and metadata of a reference, white space and encoding apart."""
    pair = Parallel(
        (reference.name, MIRROR), pages.beside.tables, pages.beside.keys, pages.beside.rows
    )
    apart = apart_in(pair, reference.name, MIRROR)
    return (weighed[f"text:{number}"] == Says.FOR) & ~apart


def _against(weighed: pl.DataFrame, number: int, rows: int) -> pl.Series:
    """Tell for which pages anything speaks against a reference."""
    said = [weighed[f"{kind.name}:{number}"] == Says.AGAINST for kind in KINDS if kind.narrows]
    return pl.select(pl.any_horizontal(said)).to_series()


def forms(
    pages: Pages, number: pl.Series, references: Sequence[Reference], which: pl.Series
) -> pl.DataFrame:
    """Return the witness table of what some pages are held against, with the ``release`` of each.

    ``which`` tells which pages, of which no two are of one cable.
    """
    parts = []
    for place, each in enumerate(references):
        at = ((number == place) & which).fill_null(value=False).arg_true()
        rows = each.table[pages.beside.rows[each.name].gather(at)]
        parts.append(rows.with_columns(release=pl.lit(each.name)))
    return pl.concat(parts, how="diagonal_relaxed")


def lacking(pages: Pages, base: Reference) -> pl.DataFrame:
    """Return the cables that a mirror lacks of ``base``, the release that it is a copy of."""
    gone = rows_of(base.table["cable"], pages.own("cable")).is_null()
    return base.table.filter(gone).with_columns(release=pl.lit(base.name))
