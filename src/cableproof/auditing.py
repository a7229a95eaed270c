"""An audit: a mirror beside copies of the releases it may come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from cableproof.audited import COMPONENTS, Audit, Leftover, Origin, Release
from cableproof.books import UNMARKED, SourceBooks
from cableproof.comparing import MOST, judging, kinds_of
from cableproof.errors import TooManySources
from cableproof.gathering import Gathered
from cableproof.judgement import Judgement, judgement
from cableproof.source import Source
from cableproof.sources.index_pages import frame
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.tool import tool
from cableproof.validators.audit import fidelity, links, statements, succession
from cableproof.validators.audit.attribution import Part, Says
from cableproof.validators.audit.held import Held, held, in_order, older, silent, tied
from cableproof.validators.audit.references import Reference, reference
from cableproof.validators.collation.collate import all_spelt, spelt
from cableproof.validators.collation.history import leftovers, usual
from cableproof.witnesses import read

if TYPE_CHECKING:
    from cableproof.validators.audit.fidelity import Component
    from cableproof.validators.audit.statements import Statement

Contradicted = list[tuple["Statement", pl.Series]]


def audit(
    mirror: Source,
    against: Sequence[Source] = (),
    *,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    digests: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Audit:
    """Return how faithful ``mirror`` is to the releases of which ``against`` are copies.

    Without any it is held against its own claims, counters, index pages and links alone.

    Raises:
        TooManySources: there are more than nineteen references.
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        NothingInCommon: a reference has no cable of the mirror.
        SourceChanged: a file changed while it was read.
        NoManifest: a manifest is damaged, or of another version.

    """
    seen = beside(mirror, against, limits, jobs, digests, progress)
    said, contradicted = judged_claims(seen.held, seen.pages, seen.folder)
    found = judgement(seen.own, seen.others, seen.tables, seen.held, contradicted)
    return Audit(
        command="audit",
        sources=_books(seen, found),
        rules=found.rules,
        findings=found.sheet,
        tool=tool({"limits": asdict(limits)}),
        mirror=mirror.name,
        against=tuple(_releases(seen.held)),
        vector=dict(zip(COMPONENTS, _vector(seen), strict=True)),
        releases=_whole(seen.held),
        origins=tuple(_origins(seen.held, seen.pages)),
        leftovers=tuple(_leftovers(seen.held, seen.pages)),
        statements=(*said, *_fronts(seen)),
        fates=tuple(_fates(seen.held)),
    )


@dataclass(frozen=True)
class Seen:
    """A mirror and its references as they were read, and held against each other if there are any.

    ``pages`` are all records of the mirror, under the keys that their cables have in common.
    """

    own: Gathered
    others: Sequence[Gathered]
    tables: Mapping[str, pl.DataFrame]
    held: Held | None

    @property
    def folder(self) -> str:
        """Return the name of the mirror's file or folder."""
        return self.own.source.path.resolve().name

    @property
    def pages(self) -> pl.DataFrame:
        """Return the witness table of the mirror, one row a record."""
        return self.tables[self.own.source.name] if self.held is None else self.held.mirror


def beside(
    mirror: Source,
    against: Sequence[Source],
    limits: Limits,
    jobs: int,
    digests: bool,
    progress: Callable[[int, int], None],
) -> Seen:
    """Return a mirror beside its references: see ``audit`` for what it raises."""
    if len(against) >= MOST:
        raise TooManySources(len(against) + 1, MOST)
    gathered, tables = read([*against, mirror], limits, jobs, digests, progress)
    *others, own = gathered
    if not others:
        return Seen(own, others, tables, None)
    references = in_order([_reference(each, tables[each.source.name]) for each in others])
    judge = partial(judging, jobs=jobs)
    found = held(mirror.name, tables[mirror.name], references, judge, own.lost)
    return Seen(own, others, tables, found)


def _reference(each: Gathered, table: pl.DataFrame) -> Reference:
    """Return what a source says of its release."""
    listed = (names for part in each.listed for names in part["cables"].to_list())
    folder = each.source.path.resolve().name
    indexed = {name for names in listed for name in names or ()}
    return reference(each.source.name, folder, table, indexed, each.lost, each.nameless)


def judged_claims(
    held: Held | None, pages: pl.DataFrame, folder: str, rows: pl.Series | None = None
) -> tuple[list[Statement], Contradicted]:
    """Return what becomes of each claim of pages, and those on which some are contradicted.

    ``rows`` are the pages that are asked, by number; without it all are.
    """
    references = () if held is None else held.references
    weighed = pl.DataFrame() if held is None else held.weighed
    if rows is not None:
        pages, weighed = pages[rows], weighed[rows] if held is not None else weighed
    found: list[Statement] = []
    contradicted: Contradicted = []
    for claim in statements.claimed(pages, folder, references):
        statement, which = statements.judged(claim, weighed, references)
        found.append(statement)
        if len(which):
            contradicted.append((statement, which))
    return [*found, *statements.dates(pages)], contradicted


def _fronts(seen: Seen) -> Iterator[Statement]:
    """Yield what becomes of the counts on the pages at the roots of trees."""
    listed = pl.concat([frame([]), *(part.drop("source") for part in seen.own.listed)])
    pages = seen.pages
    yield from statements.fronts(listed, usual(pages["release_counter"]), pages["key"].n_unique())


def _vector(seen: Seen) -> Iterator[Component | None]:
    """Yield the components of fidelity, in their order."""
    held, pages, own = seen.held, seen.pages, seen.own
    if held is None:
        yield from [None] * (len(COMPONENTS) - 1)
    else:
        yield _completeness(held, own)
        yield fidelity.text(held.pair, held.found)
        yield fidelity.metadata(held.pair, held.found)
        yield fidelity.staleness(held.pair, held.stale)
        yield fidelity.redaction(held.pair, held.found)
        yield fidelity.fixity(held.pair)
    cables = frozenset(pages["key"].to_list())
    named = pages["own_links"].list.len().fill_null(0) > 0
    wrong = int(links.wrong(pages).is_not_null().sum())
    yield links.leading(own.links, own.files, cables, wrong, int(named.sum()))


def _completeness(seen: Held, own: Gathered) -> Component:
    """Return how much of the release it is a copy of the mirror has, and how much of each other."""
    here = seen.table.present(seen.name)
    there = {each.name: seen.table.present(each.name) for each in seen.references}
    gone = [spelt(key) for key in seen.table.keys.filter(there[seen.base.name] & ~here).to_list()]
    unreadable = own.lost
    missing = [name for name in gone if name not in unreadable]
    covered = {
        name: {"agree": int((has & here).sum()), "of": int(has.sum())}
        for name, has in there.items()
    }
    return fidelity.completeness(seen.base.name, covered, missing)


def _releases(seen: Held | None) -> Iterator[Release]:
    if seen is None:
        return
    for number, each in enumerate(seen.references):
        yield Release(
            *(each.name, each.moment, len(each.table), each.counter, each.selection),
            lacks=silent(seen, number),
            tied=tied(seen, each.name),
        )


def _whole(seen: Held | None) -> tuple[str, ...]:
    """Return the releases that every page of the mirror can come from."""
    if seen is None:
        return ()
    return tuple(
        each.name
        for each in seen.references
        if all(each.name in part.releases for part in seen.parts)
    )


def _origins(seen: Held | None, pages: pl.DataFrame) -> Iterator[Origin]:
    """Yield the pages by what the evidence says; without references by their counter."""
    keys, counters = pages["key"], pages["release_counter"]
    if seen is not None:
        for part in seen.parts:
            yield origin_of(part, pages)
        return
    by_counter = pages.with_row_index("number").group_by("release_counter").agg("number")
    most = pl.col("number").list.len()
    order = by_counter.sort(most, "release_counter", descending=[True, False], nulls_last=True)
    for rows in order["number"]:
        yield _origin((), {}, keys[rows], counters[rows])


def origin_of(part: Part, pages: pl.DataFrame) -> Origin:
    """Return the origin of the pages of a part."""
    keys, counters = pages["key"][part.rows], pages["release_counter"][part.rows]
    return _origin(part.releases, _evidence(part), keys, counters)


def _origin(
    releases: tuple[str, ...],
    evidence: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]],
    keys: pl.Series,
    counters: pl.Series,
) -> Origin:
    same = counters.n_unique() == 1
    names = all_spelt(keys).sort().to_list()
    return Origin(releases, len(keys), evidence, counters[0] if same else None, tuple(names))


def _evidence(part: Part) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each kind of evidence that says anything whom it speaks for, and against."""
    said = {
        kind: (tuple(part.sided(kind, Says.FOR)), tuple(part.sided(kind, Says.AGAINST)))
        for kind in part.says
    }
    return {kind: sides for kind, sides in said.items() if any(sides)}


def _leftovers(seen: Held | None, pages: pl.DataFrame) -> Iterator[Leftover]:
    """Yield the pages of older releases than most: by all evidence, or by the counter alone."""
    counters = pages["release_counter"]
    if seen is not None:
        found = [Leftover(spelt(pages["key"][r]), p.releases, counters[r]) for r, p in older(seen)]
    else:
        found = [Leftover(spelt(k), (), counter) for k, counter in leftovers(pages)[1].iter_rows()]
    yield from sorted(found, key=lambda each: each.identifier)


def _fates(held: Held | None) -> Iterator[succession.Fate]:
    if held is not None:
        yield from succession.fates(held.name, held.table, held.references)


def _books(seen: Seen, found: Judgement) -> tuple[SourceBooks, ...]:
    return tuple(
        replace(
            each.books(
                kinds_of(seen.tables[each.source.name]),
                found.marked.get(each.source.name, UNMARKED),
            ),
            role="mirror" if each is seen.own else "against",
        )
        for each in (*seen.others, seen.own)
    )
