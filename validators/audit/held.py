"""A mirror held against copies of releases: which it can come from, and in what it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import polars as pl

from cableproof.errors import NothingInCommon
from cableproof.validators.audit.attribution import Part, Says, beside, parts, weighed
from cableproof.validators.audit.fidelity import by_flags
from cableproof.validators.audit.homes import EXPECTED, forms, homes, lacking
from cableproof.validators.audit.references import Reference
from cableproof.validators.collation.apart import GUARDED, withheld
from cableproof.validators.collation.collate import Discrepancy, Judge, collate
from cableproof.validators.collation.parallel import Parallel, one_each, parallel, renamed

_AT = "at"  # the number of a page among all pages of the mirror
_COPIES = 32  # of one cable in the mirror that are held against what is expected


class Beside(NamedTuple):
    """Cables of a mirror beside the form that is expected of each, and their discrepancies."""

    pair: Parallel
    found: tuple[Discrepancy, ...]


@dataclass(frozen=True)
class Held:
    """A mirror beside its references, which stand in the order of release.

    ``mirror`` has all its pages, one row each, and ``weighed`` what the evidence says of them.
    ``table`` has one row a cable of all sources, ``pair`` the mirror beside the form that is
    expected of each cable, ``found`` their discrepancies, and ``copies`` the same of further
    copies of a cable. ``base`` is the release that it is a copy of, as far as most pages tell;
    ``stale`` names the cables that have an older form than the newest, each with the release
    that it has it from.
    """

    name: str
    references: tuple[Reference, ...]
    mirror: pl.DataFrame
    weighed: pl.DataFrame
    parts: tuple[Part, ...]
    table: Parallel
    pair: Parallel
    found: tuple[Discrepancy, ...]
    copies: tuple[Beside, ...]
    base: Reference
    stale: Mapping[str, str]

    @property
    def of_base(self) -> bool:
        """Tell whether any page can come from the base, so that something of it can be missing."""
        return any(self.base.name in part.releases for part in self.parts)

    @property
    def complete(self) -> bool:
        """Tell whether all references are whole, so that what none of them has is in none."""
        return all(each.proves_absence for each in self.references)


def in_order(references: Sequence[Reference]) -> list[Reference]:
    """Return references by the moment of their release, or as they are where one has none."""
    if not all(each.moment for each in references):
        return list(references)
    return sorted(references, key=lambda each: (each.moment, each.name))


def held(
    name: str,
    mirror: pl.DataFrame,
    references: Sequence[Reference],
    judge: Judge,
    unreadable: frozenset[str],
) -> Held:
    """Return a mirror held against ``references``, of which there is at least one.

    Raises:
        NothingInCommon: a reference has no cable of the mirror.
        SourceChanged: a file changed since it was read.

    """
    mirror = mirror.with_row_index(_AT)
    order = [*(each.name for each in references), name]
    tables = {each.name: each.table for each in references} | {name: mirror}
    single, _ = one_each(tables)
    matched = renamed(single, order)
    table = parallel(matched, order)
    known = tuple(_with(each, matched[each.name]) for each in references)
    _in_common(name, table)
    pages = _renamed(mirror, single[name], matched[name])
    seen = beside(pages, known)
    said = weighed(seen, known)
    chosen = homes(seen, said, known)
    standing = pages[_AT].is_in(single[name][_AT].implode())
    divided = tuple(parts(said, known))
    base = main(divided, known)

    def beside_forms(which: pl.Series, *more: pl.DataFrame) -> Beside:
        meant = pl.concat([forms(seen, chosen.number, known, which), *more], how="diagonal_relaxed")
        tables = {EXPECTED: _guarded(meant, table), name: pages.filter(which)}
        pair = parallel(tables, (EXPECTED, name))
        return Beside(pair, tuple(by_flags(collate(pair, judge, {name: unreadable}), pair)))

    pair, found = beside_forms(standing, lacking(seen, base))
    stale = pages.select("key", home=_names(chosen.number, known)).filter(chosen.stale & standing)
    return Held(
        *(name, known, pages, said, divided, table, pair, found),
        copies=tuple(beside_forms(which) for which in _further(pages, standing)),
        base=base,
        stale=dict(stale.iter_rows()),
    )


def _with(each: Reference, table: pl.DataFrame) -> Reference:
    """Return a reference with one row a cable, under the names that all have in common."""
    return replace(each, table=table)


def _in_common(name: str, table: Parallel) -> None:
    here = table.present(name)
    for other in table.names:
        if not (here & table.present(other)).any():
            raise NothingInCommon((other, name), 0)


def _renamed(mirror: pl.DataFrame, single: pl.DataFrame, matched: pl.DataFrame) -> pl.DataFrame:
    """Return all pages under the keys that their cables have in the references."""
    changed = single["cable"] != matched["cable"]
    if not changed.any():
        return mirror
    before, after = single.filter(changed), matched.filter(changed)
    return mirror.with_columns(
        pl.col(column).replace(before[column], after[column]) for column in ("key", "cable")
    )


def _further(pages: pl.DataFrame, standing: pl.Series) -> Iterator[pl.Series]:
    """Yield which pages are the first of the further copies of their cables, the second, and so on."""
    rest = pages.filter(~standing).select(_AT, copy=pl.int_range(pl.len()).over("cable"))
    for (copy,), rows in rest.group_by("copy", maintain_order=True):
        if int(str(copy)) < _COPIES:
            yield pages[_AT].is_in(rows[_AT].implode())


def _guarded(meant: pl.DataFrame, table: Parallel) -> pl.DataFrame:
    """Return what is expected, with whether any source at all covers anything of each cable."""
    every = pl.int_range(len(table.keys), eager=True)
    cables = pl.coalesce(table.column(name, "cable") for name in table.names)
    covered = pl.select(cables.alias("cable"), withheld(table, every).alias(GUARDED))
    return meant.join(covered, on="cable", how="left", maintain_order="left")


def _names(number: pl.Series, references: Sequence[Reference]) -> pl.Series:
    names = {place: each.name for place, each in enumerate(references)}
    return number.replace_strict(names, default=None, return_dtype=pl.String)


def main(parts: Sequence[Part], references: Sequence[Reference]) -> Reference:
    """Return the release that most pages can come from, the newest of several as good."""
    counts = [sum(len(p.rows) for p in parts if each.name in p.releases) for each in references]
    return max(zip(counts, range(len(counts)), references, strict=True), key=lambda c: c[:2])[2]


def older(held: Held) -> Iterator[tuple[int, Part]]:
    """Yield the pages, by number, that can come from older releases than most alone."""
    order = [each.name for each in held.references]
    before = frozenset(order[: order.index(held.base.name)])
    for part in held.parts:
        if part.releases and before.issuperset(part.releases):
            for row in part.rows:
                yield row, part


def numbered(held: Held) -> list[int]:
    """Return the number of the part to which each page belongs."""
    numbers = [0] * len(held.mirror)
    for number, part in enumerate(held.parts):
        for row in part.rows:
            numbers[row] = number
    return numbers


def tied(held: Held, name: str) -> tuple[str, ...]:
    """Return the references that can be the origin of the very same pages as that of ``name``."""
    others = (each.name for each in held.references if each.name != name)
    here = [name in part.releases for part in held.parts]
    return tuple(
        other
        for other in others
        if any(here) and [other in part.releases for part in held.parts] == here
    )


def silent(held: Held, reference: int) -> tuple[str, ...]:
    """Return the kinds of evidence that say nothing of a reference, though pages could ask."""
    kinds = dict.fromkeys(column.partition(":")[0] for column in held.weighed.columns)
    return tuple(
        kind for kind in kinds if (held.weighed[f"{kind}:{reference}"] == Says.NOTHING).all()
    )
