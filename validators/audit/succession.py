"""What a mirror has of the releases before it: withdrawn, missing and restored cables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from cableproof.validators.audit.references import Reference
from cableproof.validators.collation.collate import spelt
from cableproof.validators.collation.parallel import Parallel


@dataclass(frozen=True)
class Fate:
    """A cable that came or went: ``earlier`` is the release that last had it, or first.

    Of a restored cable ``form`` tells whose text the mirror has: the earlier one, the later
    one, both where they are the same, or none of them.
    """

    identifier: str
    what: str
    earlier: str = ""
    form: str = ""


def fates(mirror: str, table: Parallel, references: Sequence[Reference]) -> Iterator[Fate]:
    """Yield the cables that came or went, sorted by what happened and by cable.

    Missing: the newest reference has it, and the mirror has not; with the first that had it.
    Withdrawn: the mirror has it, and the newest reference no more; with the last that had it.
    Unknown: the mirror has it and no reference. Restored: it was gone in between, and the
    mirror has it. Nothing follows from what a selection lacks, or a reference of which something
    could not be read.
    """
    here = table.present(mirror)
    has = [table.present(each.name) for each in references]
    newest, whole = has[-1], references[-1].proves_absence
    any_older = _any(has[:-1], len(here))
    first, last = _named(references, has), _named(references[::-1], has[::-1])
    cables = table.keys
    for cable in (newest & ~here).arg_true():
        yield Fate(spelt(cables[cable]), "missing", first[cable])
    if whole:
        for cable in (here & ~newest & any_older).arg_true():
            yield Fate(spelt(cables[cable]), "withdrawn", last[cable])
    if all(each.proves_absence for each in references):
        for cable in (here & ~newest & ~any_older).arg_true():
            yield Fate(spelt(cables[cable]), "unknown")
    yield from _restored(mirror, table, references, has)


def _restored(
    mirror: str, table: Parallel, references: Sequence[Reference], has: Sequence[pl.Series]
) -> Iterator[Fate]:
    """Yield the cables of the mirror that were gone between two releases that have them."""
    here, found = table.present(mirror), {}
    for gone in range(1, len(references) - 1):
        if not references[gone].proves_absence:
            continue
        before, after = _any(has[:gone], len(here)), _any(has[gone + 1 :], len(here))
        for cable in (here & before & after & ~has[gone]).arg_true().to_list():
            found[cable] = gone
    for cable, gone in sorted(found.items()):
        earlier = next(n for n in range(gone - 1, -1, -1) if has[n][cable])
        later = next(n for n in range(gone + 1, len(has)) if has[n][cable])
        names = references[earlier].name, references[later].name
        same = [_same_text(table, mirror, name, cable) for name in names]
        form = {(True, True): "both", (True, False): "earlier", (False, True): "later"}
        yield Fate(
            spelt(table.keys[cable]), "restored", names[0], form.get((same[0], same[1]), "neither")
        )


def _same_text(table: Parallel, one: str, other: str, cable: int) -> bool:
    rows = [(table.tables[name], table.rows[name][cable]) for name in (one, other)]
    pairs = [[t[column][row] for t, row in rows] for column in ("header_spaced", "body_spaced")]
    return all(a is None or b is None or a == b for a, b in pairs)


def _any(flags: Sequence[pl.Series], length: int) -> pl.Series:
    never = pl.Series([False]).new_from_index(0, length)
    return pl.select(pl.any_horizontal(never, *flags)).to_series()


def _named(references: Sequence[Reference], has: Sequence[pl.Series]) -> list[str]:
    """Return of each cable the first of the references that has it, or nothing."""
    names = (
        pl.when(there).then(pl.lit(each.name)) for each, there in zip(references, has, strict=True)
    )
    return pl.select(pl.coalesce(names).fill_null("")).to_series().to_list()
