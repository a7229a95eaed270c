"""A comparison: sources to witness tables to discrepancies, with every input accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from cableproof.books import Marked
from cableproof.comparison import Comparison, Copies, Pair
from cableproof.errors import NothingInCommon, TooFewSources, TooManySources
from cableproof.finding import Severity
from cableproof.gathering import Gathered, rule_books, troubles
from cableproof.pool import pool
from cableproof.settling import witnesses
from cableproof.source import Source
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.tool import tool
from cableproof.validators.catalogue import INPUT_RULES
from cableproof.validators.collation.apart import Doubts
from cableproof.validators.collation.collate import AGREES, DIFFERS, Discrepancy, Judge, collate
from cableproof.validators.collation.floor import floor
from cableproof.validators.collation.judging import judged
from cableproof.validators.collation.once import once
from cableproof.validators.collation.order import ordered
from cableproof.validators.collation.parallel import (
    Parallel,
    one_each,
    parallel,
    renamed,
)
from cableproof.validators.collation.undecided import Judged
from cableproof.validators.telling import told

if TYPE_CHECKING:
    from cableproof.validators.engine import Checked

MOST = 20  # sources that a table can show
_LOT = 512  # cables at most that are read again at once: each lot compiles its patterns
_WORTH = 128  # of them from which several processes pay
_COPIES = 32  # of one cable in one source that are held against the first of them


def compare(
    sources: Sequence[Source],
    *,
    reference: str | None = None,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    digests: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Comparison:
    """Return in what ``sources`` differ, cable by cable and field by field.

    ``reference`` names the source that the others are held against; without one it is the
    oldest release, or else the first by name.

    Raises:
        TooFewSources: there are fewer than two.
        TooManySources: there are more than twenty.
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        NothingInCommon: no cable is in two of them.
        SourceChanged: a file changed while it was read.

    """
    if len(sources) < 2:
        raise TooFewSources(len(sources))
    if len(sources) > MOST:
        raise TooManySources(len(sources), MOST)
    said = witnesses(sources, limits, jobs, digests, progress)
    gathered, tables = said.gathered, said.booked
    order = ordered(said.releases, {s.name: s.path.resolve().name for s in sources}, reference)
    single, copies = one_each(said.tables)
    said.tables.clear()  # both have what is needed of them
    matched = renamed(single, order)
    table = parallel(matched, order)
    if not (said.settled or in_common(table)):
        raise NothingInCommon(tables, unreadable_in(gathered))
    unreadable = {each.source.name: each.lost for each in gathered}
    judge = once(partial(judging, jobs=jobs))
    found = collate(table, judge, unreadable)
    checked = findings_on_input(gathered, tables)
    kinds_alone = once(partial(judging, jobs=jobs, places=False))
    held = tuple(sorted(_copies(copies, kinds_alone), key=lambda c: (c.source, c.identifier)))
    said.sign()
    names = tuple(source.name for source in sources)
    marked = {
        name: _marked(name, tables[name], (single[name], matched[name]), found) for name in names
    }
    return Comparison(
        command="compare",
        sources=tuple(
            replace(
                each.books(kinds_of(tables[each.source.name]), marked[each.source.name]),
                role="reference" if each.source.name == reference else "source",
            )
            for each in gathered
        ),
        rules=rule_books(INPUT_RULES, checked),
        findings=checked.sheet,
        tool=tool({"reference": reference, "limits": asdict(limits)}),
        reference=reference,
        witnesses=names,
        order=tuple(order),
        pairs=tuple(
            Pair(a, b, len(matched[a]), len(matched[b]), **figures).with_identical(said.settled)
            for a, b, figures in floor(table, names, unreadable)
        ),
        discrepancies=tuple(found),
        copies=held,
    )


def unreadable_in(gathered: Sequence[Gathered]) -> int:
    """Return how many inputs of all sources could not be read."""
    return sum(trouble.lost for each in gathered for trouble in each.troubles)


def in_common(table: Parallel) -> bool:
    """Tell whether any cable is in two of the witnesses."""
    there = [table.present(name).cast(pl.Int32) for name in table.names]
    return bool((pl.select(pl.sum_horizontal(there)).to_series() > 1).any())


def judging(doubts: Doubts, jobs: int, *, places: bool = True) -> list[Judged]:
    """Return what the doubts are, read by several processes where many texts must be.

    Without ``places`` their kinds alone are asked for.
    """
    judge = partial(judged, places=places)
    number = len(doubts.places)
    rounds = -(-number // (_LOT * max(jobs, 1)))  # in each of which all processes have a lot
    size = -(-number // (rounds * max(jobs, 1))) if number else 1
    begins = range(0, number, size)
    lots = [doubts.places[begin : begin + size] for begin in begins]
    texts = doubts.places.select("base_file", "other_file").drop_nulls()
    if jobs < 2 or len(texts) < _WORTH:
        answers = [judge(lot) for lot in lots]
    else:
        with pool(jobs) as executor:
            answers = list(executor.map(judge, lots))
    return [
        replace(answer, doubt=begin + answer.doubt)
        for begin, lot in zip(begins, answers, strict=True)
        for answer in lot
    ]


def kinds_of(table: pl.DataFrame) -> dict[str, int]:
    """Return the number of records by the kind of file they were read from."""
    return dict(table.group_by("kind").len().sort("kind").rows())


def _marked(
    name: str,
    table: pl.DataFrame,
    forms: tuple[pl.DataFrame, pl.DataFrame],
    found: Sequence[Discrepancy],
) -> Marked:
    """Return how many records of a source are in a discrepancy that is no note.

    ``forms`` are its cables under their own keys, and under those that the base has for them.
    """
    own, matched = (form["key"] for form in forms)
    here = [d for d in found if d.cells[name] in (DIFFERS, AGREES)]

    def marked(*severities: Severity) -> int:
        bad = {each.identifier for each in here if each.severity in severities}
        return int(table["key"].is_in(own.filter(matched.is_in(list(bad))).implode()).sum())

    return Marked(marked(Severity.ERROR, Severity.WARNING), marked(Severity.ERROR))


def _copies(copies: pl.DataFrame, judge: Judge) -> Iterator[Copies]:
    """Yield the cables that stand more than once in a source, copies held against the first.

    Each is a witness of its own, so that of very many alike in name only some are held.
    """
    for (name,), rows in copies.group_by("witness", maintain_order=True):
        kinds: dict[str, set[str]] = {}
        apart = rows.unique(("key", "digest"), keep="first", maintain_order=True).with_columns(
            copy=pl.int_range(pl.len(), dtype=pl.Int64).over("key")
        )
        numbers = [str(n) for n in sorted(apart["copy"].unique().to_list())[:_COPIES]]
        parts = {n: apart.filter(pl.col("copy") == int(n)) for n in numbers}
        for each in collate(parallel(parts, numbers), judge, {}):
            kinds.setdefault(each.identifier, set()).add(each.kind)
        counts = rows.group_by("key").len().sort("key")
        for key, number in counts.iter_rows():
            found = kinds.get(key, set()) - {"CMP101", "CMP102"}
            yield Copies(
                str(name), str(told("identifier", key) or ""), number, tuple(sorted(found))
            )


def findings_on_input(gathered: Sequence[Gathered], tables: Mapping[str, pl.DataFrame]) -> Checked:
    """Return what was wrong with the input itself."""
    from cableproof.validators.engine import check
    from cableproof.validators.tables import of_troubles

    places = pl.concat(
        table.select("path", "start", "end", "identifier", source=pl.lit(name))
        for name, table in tables.items()
    )
    return check(INPUT_RULES, of_troubles(places, troubles(gathered)))
