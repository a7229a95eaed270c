"""From which releases each page can come: one set a page, with the evidence for and against each.

Every kind of evidence says of each reference whether it speaks for it, against it, or not at
all. A page can come from the references against which nothing speaks. What damage and mirroring
change on a page (bytes, words, lists) speaks against a reference only where it speaks for
another one; so damage makes sets wider and never moves them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import polars as pl

from cableproof.sources.furniture import COLUMNS as LISTED
from cableproof.validators.audit.references import Reference
from cableproof.validators.collation.fields import beyond
from cableproof.validators.collation.parallel import Parallel, rows_of
from cableproof.validators.collation.undecided import DIGESTS, PLACES, digested

#: The name of the mirror among the witnesses of an audit; no source can be called so.
MIRROR = "\N{NULL}mirror"


class Says(IntEnum):
    """What a kind of evidence says of a reference."""

    AGAINST = -1
    NOTHING = 0
    FOR = 1


@dataclass(frozen=True)
class Kind:
    """A kind of evidence: the test, and what it means that a page differs from a reference.

    ``test`` returns for each page whether it is as in the reference, null where that cannot be
    told. ``firm``: what differs speaks against the reference by itself, and not only beside
    another one that agrees. ``narrows``: the set of a page depends on it.
    """

    name: str
    what: str
    test: Callable[[Pages, Reference], pl.Series]
    firm: bool = False
    narrows: bool = True


@dataclass(frozen=True)
class Pages:
    """The pages of a mirror, one row each, beside the cable of that key in each reference."""

    beside: Parallel
    reread: Mapping[str, pl.DataFrame]  # digests on deeper rungs, of mirror and references

    def own(self, column: str) -> pl.Series:
        """Return a column of the mirror."""
        return self.beside.tables[MIRROR][column]

    def of(self, reference: Reference, column: str) -> pl.Series:
        """Return a column of a reference, null where it has no such cable."""
        return self.beside.column(reference.name, column)

    def same(self, reference: Reference, column: str) -> pl.Series:
        """Tell whether page and reference say the same; null where one of them says nothing."""
        return self.own(column) == self.of(reference, column)


def _present(pages: Pages, reference: Reference) -> pl.Series:
    there = pages.beside.present(reference.name)
    if not reference.proves_absence:
        return _only(there)
    unknown = pages.own("key").is_in(sorted(reference.unreadable)) & ~there
    return _where(~unknown, there)


def _file(pages: Pages, reference: Reference) -> pl.Series:
    """Compare bytes of pages, or all fields of rows in tables; a page is no row."""
    pair = (pages.own("furniture"), pages.of(reference, "furniture"))
    alike = pair[0].is_not_null() == pair[1].is_not_null()
    return _where(alike, pages.same(reference, "digest"))


def _text(pages: Pages, reference: Reference) -> pl.Series:
    """Compare header and body, white space and encoding apart."""
    there = pages.same(reference, "body_spaced")
    same = there & pages.same(reference, "header_spaced").fill_null(value=True)
    mine, theirs = pages.reread[MIRROR], pages.reread[reference.name]
    header = (mine["header_encoded"] == theirs["header_encoded"]).fill_null(value=True)
    deeper = (mine["body_encoded"] == theirs["body_encoded"]) & header
    return same | deeper.fill_null(value=False)


def _released(pages: Pages, reference: Reference) -> pl.Series:
    names = ("released_key", "released_precision")
    (own, fine), (other, coarse) = (
        [side(name) for name in names]
        for side in (pages.own, lambda name: pages.of(reference, name))
    )
    return _where(own.is_not_null() & other.is_not_null(), ~beyond(own, other, fine, coarse))


def _counter(pages: Pages, reference: Reference) -> pl.Series:
    return _as_on_its_pages(pages, reference, "release_counter", reference.counter)


def _list(column: str) -> Callable[[Pages, Reference], pl.Series]:
    def test(pages: Pages, reference: Reference) -> pl.Series:
        return _as_on_its_pages(pages, reference, column, reference.lists[column])

    return test


def _index(pages: Pages, reference: Reference) -> pl.Series:
    listed = pages.own("key").is_in(sorted(reference.indexed))
    return listed if reference.indexed else _only(listed & False)


def _claim(pages: Pages, reference: Reference) -> pl.Series:
    named = pages.own("source_release")
    return _where(named.is_not_null(), named.is_in(sorted(reference.names)))


KINDS = (
    Kind("presence", "whether the release has the cable", _present, firm=True),
    Kind("file", "the digest of the page, or of the row", _file),
    Kind("text", "the words of header and body", _text),
    Kind("released", "the release date of the cable", _released),
    Kind("counter", "how many cables the page says are out", _counter, firm=True),
    *(
        Kind(c.removeprefix("listed_"), f"the {c[7:]} that the page lists", _list(c))
        for c in LISTED
    ),
    Kind("index", "the index pages of the release", _index),
    Kind("claim", "the release that the page names", _claim, narrows=False),
)


def _where(known: pl.Series, same: pl.Series) -> pl.Series:
    return pl.select(pl.when(known.fill_null(value=False)).then(same)).to_series()


def _only(same: pl.Series) -> pl.Series:
    """Return what is true, with null for all that is not."""
    return _where(same, same)


def _as_on_its_pages(
    pages: Pages, reference: Reference, column: str, most: int | str | None
) -> pl.Series:
    """Compare with what most pages of a reference say, or the page of this very cable."""
    own, theirs = pages.own(column), pages.of(reference, column)
    if most is None:
        return _where(theirs.is_not_null(), own == theirs)
    return (own == most) | (own == theirs).fill_null(value=False)


def beside(mirror: pl.DataFrame, references: Sequence[Reference]) -> Pages:
    """Return the pages of a mirror beside its references; those in doubt are read once more.

    Raises:
        SourceChanged: a file changed since it was read.

    """
    keys = mirror["key"]
    rows = {each.name: rows_of(mirror["cable"], each.table["cable"]) for each in references}
    rows[MIRROR] = pl.int_range(len(keys), dtype=pl.UInt32, eager=True)
    tables = {each.name: each.table for each in references} | {MIRROR: mirror}
    table = Parallel((*(each.name for each in references), MIRROR), tables, keys, rows)
    return Pages(table, _reread(table))


def _reread(table: Parallel) -> dict[str, pl.DataFrame]:
    """Return the digests on deeper rungs of the pages whose text no reference has as it stands."""
    same, known = [], []
    for name in table.names[:-1]:
        pairs = [
            [table.column(n, p) for n in (name, MIRROR)] for p in ("body_spaced", "header_spaced")
        ]
        body, header = ((a == b) for a, b in pairs)
        same.append(body.fill_null(value=False) & header.fill_null(value=True))
        known.append(body.is_not_null())
    never = pl.Series([False]).new_from_index(0, len(table.keys))
    odd = pl.select(~pl.any_horizontal(never, *same) & pl.any_horizontal(never, *known)).to_series()
    at = odd.arg_true()
    none = pl.select(pl.lit(None, pl.String)).to_series().new_from_index(0, len(table.keys))
    made = {}
    for name in table.names:
        few = _records(table.tables[name][table.rows[name].gather(at)])
        deep = digested(few)
        made[name] = pl.DataFrame(
            {c: none.clone().scatter(at, deep[c]) for c in ("header_encoded", "body_encoded")}
        )
    return made


def _records(rows: pl.DataFrame) -> pl.DataFrame:
    there = set(rows.columns)
    return rows.select(
        pl.col(name) if name in there else pl.lit(None, pl.String).alias(name)
        for name in (*PLACES, *DIGESTS)
    )


def weighed(pages: Pages, references: Sequence[Reference]) -> pl.DataFrame:
    """Return what each kind of evidence says of each reference, one row a page.

    The columns are named ``KIND:NUMBER OF THE REFERENCE``; their values are those of ``Says``.
    """
    columns = []
    for kind in KINDS:
        same = [kind.test(pages, each) for each in references]
        some = pl.select(pl.any_horizontal(pl.lit(value=False), *same).fill_null(value=False))
        against = pl.lit(value=True) if kind.firm else pl.lit(some.to_series())
        columns += [
            pl.select(
                pl.when(own)
                .then(Says.FOR)
                .when(~own & against)
                .then(Says.AGAINST)
                .otherwise(Says.NOTHING)
                .cast(pl.Int8)
                .alias(f"{kind.name}:{number}")
            ).to_series()
            for number, own in enumerate(same)
        ]
    return pl.DataFrame(columns)


@dataclass(frozen=True)
class Part:
    """The pages of a mirror of which the evidence says the same.

    ``releases`` are those that they can come from: none means none of those given. ``says``
    has for each kind of evidence what it says of each reference.
    """

    releases: tuple[str, ...]
    says: Mapping[str, Mapping[str, Says]]
    rows: pl.Series

    def sided(self, kind: str, says: Says) -> list[str]:
        """Return the references of which a kind of evidence says that."""
        return [name for name, said in self.says[kind].items() if said is says]


def parts(weighed: pl.DataFrame, references: Sequence[Reference]) -> list[Part]:
    """Return the pages told apart by what the evidence says, the largest part first."""
    names = [each.name for each in references]
    grouped = (
        weighed.with_row_index("row")
        .group_by(weighed.columns, maintain_order=True)
        .agg("row")
        .sort(pl.col("row").list.len(), descending=True, maintain_order=True)
    )
    return [_part(row, names) for row in grouped.iter_rows(named=True)]


def _part(row: Mapping[str, Any], names: Sequence[str]) -> Part:
    says = {
        kind.name: {name: Says(row[f"{kind.name}:{n}"]) for n, name in enumerate(names)}
        for kind in KINDS
    }
    out = {
        name
        for kind in KINDS
        if kind.narrows
        for name, said in says[kind.name].items()
        if said is Says.AGAINST
    }
    left = tuple(name for name in names if name not in out)
    return Part(left, says, pl.Series(row["row"], dtype=pl.UInt32))
