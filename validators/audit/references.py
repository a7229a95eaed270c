"""What each reference of an audit says of the release that it is a copy of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.furniture import COLUMNS as LISTED
from cableproof.sources.identifiers import canonical
from cableproof.validators.collation.history import usual
from cableproof.validators.collation.order import moment


@dataclass(frozen=True)
class Reference:
    """A copy of a release: its cables, one row each, and by what its pages are known.

    ``moment`` is when the release was made, as far as it says so; ``names`` are those under
    which a claim may mean it. A ``selection`` has fewer cables than its own pages count, so
    that nothing follows from what it lacks.
    """

    name: str
    table: pl.DataFrame
    moment: str
    names: frozenset[str]
    counter: int | None
    lists: Mapping[str, str | None]
    indexed: frozenset[str]  # cables that its index pages list
    unreadable: frozenset[str]
    nameless: bool  # whether something could not be read of which it is not known what it is

    @property
    def selection(self) -> bool:
        """Tell whether it is a part of its release, by the count on its own pages."""
        return self.counter is not None and len(self.table) < self.counter

    @property
    def proves_absence(self) -> bool:
        """Tell whether its release has not what it lacks."""
        return not (self.selection or self.nameless)


def reference(
    name: str,
    folder: str,
    table: pl.DataFrame,
    listed: Iterable[str],
    unreadable: frozenset[str],
    nameless: bool,
) -> Reference:
    """Return what the witness table of a source says of its release; ``folder`` is its name."""
    when = moment(table, folder)
    return Reference(
        name,
        table,
        when,
        frozenset({name, *_claimed(table), *_announced(folder)}),
        usual(table["release_counter"]),
        {column: usual(table[column]) for column in LISTED},
        frozenset(canonical(cable) or cable for cable in listed),
        unreadable,
        nameless,
    )


def known(name: str, references: Iterable[Reference]) -> bool:
    """Tell whether a release of that name is known, from the release table or as a reference."""
    return name in vocab.releases() or any(name in each.names for each in references)


def _claimed(table: pl.DataFrame) -> set[str]:
    """Return the release that all records of a source name as theirs, if they name one."""
    named = table["source_release"].drop_nulls().unique()
    return set(named) if len(named) == 1 else set()


def _announced(folder: str) -> set[str]:
    """Return the names of the release whose build number a folder has."""
    rows = vocab.releases().items()
    return {name for name, row in rows if row["build"] and row["build"] in folder}
