"""Discrepancies between witnesses, cable by cable and field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import polars as pl

from cableproof.finding import Severity, fingerprint
from cableproof.validators.collation.apart import (
    COLUMNS,
    Doubt,
    Doubts,
    apart,
    doubts,
    otherwise,
    readings,
    withheld,
)
from cableproof.validators.collation.fields import FIELDS, Differing, differing
from cableproof.validators.collation.kinds import KINDS
from cableproof.validators.collation.parallel import Parallel
from cableproof.validators.collation.showing import shown_value
from cableproof.validators.collation.undecided import Judged
from cableproof.validators.telling import FOREIGN, told

AGREES, DIFFERS, OTHERWISE, SILENT, ABSENT, UNREADABLE = (
    *("agrees", "differs", "otherwise", "silent", "absent", "unreadable"),
)
_NONE: Mapping[str, Any] = MappingProxyType({})
Judge = Callable[[Doubts], Sequence[Judged]]


@dataclass(frozen=True)
class Discrepancy:
    """In what some witnesses of a cable differ from its base, the first that says anything.

    ``cells`` has for every witness whether it agrees with the base, differs so, differs
    otherwise, is silent on the field, or has no such cable: absent, or unreadable. ``values``
    are of metadata alone; those of a field that any witness covers are withheld.
    """

    kind: str
    name: str
    severity: Severity
    identifier: str
    fields: tuple[str, ...]
    base: str
    cells: Mapping[str, str]
    values: Mapping[str, str | None]
    facts: Mapping[str, Any]
    cable: int = -1  # its number in the table that was collated
    like: int = 0  # how many before it say the same of a cable whose identifier is not told

    @cached_property
    def says(self) -> tuple[object, ...]:
        """Return what names the discrepancy, whatever the order of the sources after the first.

        It is what is shown of it: another value, or another measure of how texts differ, is
        another discrepancy, which nobody has accepted yet.
        """
        differ = sorted(name for name, cell in self.cells.items() if cell in (DIFFERS, ABSENT))
        values = [self.values.get(name) for name in (self.base, *differ)]
        facts = sorted((name, str(value)) for name, value in self.facts.items())
        return (self.kind, self.identifier, *self.fields, *differ, *values, *facts)

    @cached_property
    def fingerprint(self) -> str:
        """Return what names the discrepancy from run to run, and no other one."""
        return fingerprint(*self.says, *([self.like] if self.like else []))


def collate(
    table: Parallel, judge: Judge, unreadable: Mapping[str, frozenset[str]]
) -> list[Discrepancy]:
    """Return all discrepancies, sorted by cable, kind and field.

    ``judge`` says what the differences are that digests do not tell; ``unreadable`` names the
    cables that each witness has and that could not be read.
    """
    cells = _Cells(table, unreadable)
    found = [
        *_presence(table, cells),
        *_names(table, cells),
        *_claims(table, cells),
        *_texts(table, cells, judge),
    ]
    return [*_numbered(sorted(found, key=_order))]


def _order(each: Discrepancy) -> tuple[object, ...]:
    return each.identifier, each.kind, each.fields, sorted(_differ(each))


def _numbered(found: Iterable[Discrepancy]) -> Iterator[Discrepancy]:
    """Yield discrepancies, numbered where they say the same."""
    times: Counter[tuple[object, ...]] = Counter()
    for each in found:
        number = times[each.says]
        times[each.says] += 1
        yield replace(each, like=number) if number else each


def _differ(each: Discrepancy) -> list[str]:
    return [name for name, cell in each.cells.items() if cell == DIFFERS]


def spelt(key: str) -> str:
    """Return the identifier by which reports call the cable of a key."""
    return str(told("identifier", key) or f"[{len(key)} characters]")


def all_spelt(keys: pl.Series) -> pl.Series:
    """Return what ``spelt`` returns for each key."""
    plain = keys.str.contains(f"^(?:{FOREIGN['identifier'].pattern})$")
    return keys.clone().scatter((~plain).arg_true(), [spelt(key) for key in keys.filter(~plain)])


class _Cells:
    """What each witness says of a cable, in one word."""

    def __init__(self, table: Parallel, unreadable: Mapping[str, frozenset[str]]) -> None:
        self.table = table
        self.unreadable = unreadable
        self.rows = {name: table.rows[name].to_list() for name in table.names}
        self.keys = table.keys.to_list()

    def lacking(self, name: str, cable: int) -> str:
        """Return the word for a cable that a witness does not have."""
        return UNREADABLE if self.keys[cable] in self.unreadable.get(name, ()) else ABSENT

    def of(self, cable: int, said: Mapping[str, str], base: str) -> dict[str, str]:
        """Return all cells of a cable, those of ``said`` given."""
        return {
            name: said.get(name, AGREES if name == base else "") or self.otherwise(name, cable)
            for name in self.table.names
        }

    def otherwise(self, name: str, cable: int) -> str:
        """Return the word for a witness that does not differ."""
        return AGREES if self.rows[name][cable] is not None else self.lacking(name, cable)

    def spelt(self, cable: int) -> str:
        """Return the identifier by which reports call a cable."""
        return spelt(self.keys[cable])


def _made(
    code: str,
    cells: _Cells,
    cable: int,
    field: str,
    said: Mapping[str, str],
    base: str,
    *,
    values: Mapping[str, str | None] = _NONE,
    facts: Mapping[str, Any] = _NONE,
    severity: Severity | None = None,
) -> Discrepancy:
    """Return a discrepancy of a kind; what is not said of a witness is that it agrees or lacks it."""
    kind = KINDS[code]
    return Discrepancy(
        kind=code,
        name=kind.name,
        severity=severity or kind.severity,
        identifier=cells.spelt(cable),
        fields=(field,),
        base=base,
        cells=cells.of(cable, said, base),
        values={name: values.get(name) for name in cells.table.names},
        facts=dict(facts),
        cable=cable,
    )


def _presence(table: Parallel, cells: _Cells) -> Iterator[Discrepancy]:
    """Yield the cables that not all witnesses have."""
    there = {name: table.present(name) for name in table.names}
    everywhere = pl.select(pl.all_horizontal(list(there.values()))).to_series()
    first = table.names[0]
    for cable in (~everywhere).arg_true().to_list():
        lacking = [name for name in table.names if cells.rows[name][cable] is None]
        base = next(name for name in table.names if name not in lacking)
        said = {name: cells.lacking(name, cable) for name in lacking}
        if ABSENT not in said.values():
            continue  # what could not be read is a finding of its own
        code = "CMP102" if first in lacking else "CMP101"
        if code == "CMP102" and said[first] == UNREADABLE:
            code = "CMP101"
        yield _made(code, cells, cable, "identifier", said, base)


def _names(table: Parallel, cells: _Cells) -> Iterator[Discrepancy]:
    """Yield the cables that witnesses call by different identifiers."""
    spelt = {name: table.column(name, "identifier") for name in table.names}
    base = pl.select(pl.coalesce(list(spelt.values()))).to_series()
    apart = {name: (own != base).fill_null(value=False) for name, own in spelt.items()}
    for cable in pl.select(pl.any_horizontal(list(apart.values()))).to_series().arg_true():
        said = {name: DIFFERS for name in table.names if apart[name][cable]}
        values = {name: shown_value("identifier", spelt[name][cable]) for name in table.names}
        yield _made("CMP103", cells, cable, "identifier", said, _base(spelt, cable), values=values)


def _base(columns: Mapping[str, pl.Series], cable: int) -> str:
    return next(name for name, values in columns.items() if values[cable] is not None)


def _claims(table: Parallel, cells: _Cells) -> Iterator[Discrepancy]:
    """Yield the claims in which witnesses differ."""
    by_field: dict[str, list[Differing]] = {}
    for each in differing(table):
        by_field.setdefault(each.compared.code, []).append(each)
    for compared in FIELDS:
        found = by_field.get(compared.code, [])
        if not found:
            continue
        said: dict[int, dict[str, str]] = {}
        bases: dict[int, str] = {}
        for each in found:
            for cable, base in zip(each.cables.to_list(), each.bases.to_list(), strict=True):
                said.setdefault(cable, {})[each.witness] = DIFFERS
                bases[cable] = table.names[base]
        at = pl.Series(sorted(said), dtype=pl.UInt32)
        keys = {n: _gathered(table, n, compared.key, at) for n in table.names}
        raw = {n: _gathered(table, n, compared.field, at) for n in table.names}
        covers = withheld(table, at).to_list()
        for row, cable in enumerate(at.to_list()):
            silent = {n: SILENT for n in table.names if _silent(cells, n, cable, keys[n][row])}
            values = {
                n: shown_value(compared.field, raw[n][row], guarded=covers[row])
                for n in table.names
            }
            cell = silent | said[cable]
            yield _made(
                *(compared.code, cells, cable, compared.field, cell, bases[cable]), values=values
            )


def _subjects(doubt: Doubt, answer: Judged) -> tuple[dict[str, str | None], dict[str, Any]]:
    """Return the values that an answer shows, and its facts; subjects alone are ever shown."""
    facts = dict(answer.facts)
    if answer.part != "subject":
        return {}, facts
    if answer.values is None:
        return {}, facts | {"withheld": True}
    base, other = answer.values
    return {doubt.base: base, **dict.fromkeys(doubt.others["subject"], other)}, facts


def _silent(cells: _Cells, name: str, cable: int, key: object) -> bool:
    return key is None and cells.rows[name][cable] is not None


def _gathered(table: Parallel, name: str, column: str, at: pl.Series) -> list[Any]:
    return table.tables[name][column].gather(table.rows[name].gather(at)).to_list()


def _texts(table: Parallel, cells: _Cells, judge: Judge) -> Iterator[Discrepancy]:
    """Yield the texts in which witnesses differ, from their digests and then from judging."""
    found = readings(table, apart(table))
    differ = otherwise(found)

    stated = {
        part: {name: table.column(name, column) for name in table.names}
        for part, (column, _) in COLUMNS.items()
    }

    def said(cable: int, part: str, names: Iterable[str]) -> dict[str, str]:
        digests = {name: stated[part][name][cable] for name in table.names}
        silent = {n: SILENT for n in table.names if _silent(cells, n, cable, digests[n])}
        others = dict.fromkeys(differ[cable, part], OTHERWISE)
        return silent | others | dict.fromkeys(names, DIFFERS)

    for (cable, part, digest), pairs in found.items():
        if not digest:
            names = [name for _, name in pairs]
            yield _made("CMP301", cells, cable, part, said(cable, part, names), pairs[0][0])
    asked = doubts(table, found)
    for answer in judge(asked):
        doubt, part = asked.rows[answer.doubt], answer.part
        values, facts = _subjects(doubt, answer)
        yield _made(
            *(answer.code, cells, doubt.cable, part),
            said(doubt.cable, part, doubt.others[part]),
            doubt.base,
            facts=facts,
            severity=answer.severity,
            values=values,
        )
