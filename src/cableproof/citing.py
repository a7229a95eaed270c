"""One cable of a mirror beside its references: the card that a footnote can cite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from cableproof.audited import Origin
from cableproof.auditing import Seen, beside, judged_claims, origin_of
from cableproof.card import Agreement, Card, Copy
from cableproof.comparing import judging
from cableproof.errors import NoSuchCable
from cableproof.judgement import judgement
from cableproof.source import Source
from cableproof.sources.identifiers import canonical
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.tool import tool
from cableproof.validators.collation.apart import withheld
from cableproof.validators.collation.collate import AGREES, SILENT, Discrepancy, collate, spelt
from cableproof.validators.collation.fields import FIELDS
from cableproof.validators.collation.parallel import Parallel, parallel
from cableproof.validators.collation.showing import shown_value
from cableproof.validators.telling import told

if TYPE_CHECKING:
    from cableproof.validators.audit.statements import Statement

#: The fields of a card, and the column that tells whether a source says anything of each.
_KEYS = {
    **{each.field: each.key for each in FIELDS},
    "subject": "subject_key",
    "header": "header_exact",
    "body": "body_exact",
}
_TEXTS = ("subject", "header", "body")  # of which no value is shown


def cite(
    identifier: str,
    mirror: Source,
    against: Sequence[Source] = (),
    *,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Card:
    """Return the card of a cable of ``mirror``, beside the copies of releases ``against``.

    Raises:
        NoSuchCable: the mirror has no record of that identifier.
        NothingInCommon: a reference has no cable of the mirror.
        NoSuchPath: a source is not there.

    """
    seen = beside(mirror, against, limits, jobs, False, progress)
    rows = _rows(seen.pages, identifier)
    key = seen.pages["key"][rows[0]]
    table = _table(seen, key)
    found = collate(table, partial(judging, jobs=jobs), {})
    names = [mirror.name, *(each.name for each in against)]
    return Card(
        identifier=spelt(key),
        tool=tool({"limits": asdict(limits)}).document(),
        copies=tuple(_copy(seen, table, name, key, mirror.name) for name in names),
        fields=tuple(_fields(table, found)),
        origin=_origin(seen, rows[0]),
        statements=tuple(_claims(seen, rows[0])),
        findings=tuple(_findings(seen, rows)),
    )


def _rows(pages: pl.DataFrame, identifier: str) -> list[int]:
    """Return the numbers of the records of that identifier, as it stands or in canonical form."""
    wanted = [identifier, canonical(identifier) or identifier]
    rows = (pages["identifier"].is_in(wanted) | pages["key"].is_in(wanted)).arg_true().to_list()
    if not rows:
        raise NoSuchCable(identifier)
    return rows


def _table(seen: Seen, key: str) -> Parallel:
    """Return all sources that have the cable beside each other, the mirror first."""
    own = seen.own.source.name
    if seen.held is None:
        copies = seen.pages.filter(pl.col("key") == key)
        first = copies.with_columns(pl.col("covered").any()).head(1)  # what one covers guards all
        return parallel({own: first}, [own])
    whole = seen.held.table
    order = [own, *(name for name in whole.names if name != own)]
    few = {
        name: rows for name in order if len(rows := whole.tables[name].filter(pl.col("key") == key))
    }
    return parallel(few, list(few))


def _copy(seen: Seen, table: Parallel, name: str, key: str, mirror: str) -> Copy:
    role = "mirror" if name == mirror else "reference"
    if name not in table.names:
        return Copy(name, role)
    row = table.tables[name].row(0, named=True)
    every = seen.pages if name == mirror else seen.tables[name]
    return Copy(
        *(name, role, str(told("identifier", row["identifier"]) or spelt(row["key"]))),
        *(row["path"], row["line"], row["row"], row["digest"]),
        *(row["header_exact"], row["body_exact"], row["covered"]),
        copies=max(1, int((every["key"] == key).sum())),
    )


def _fields(table: Parallel, found: Sequence[Discrepancy]) -> Iterator[Agreement]:
    """Yield what the sources say in each field of which any of them says something."""
    by_field: dict[str, list[Discrepancy]] = {}
    for each in found:
        by_field.setdefault(each.fields[0], []).append(each)
    guarded = bool(withheld(table, pl.Series([0]))[0])
    for field, key in _KEYS.items():
        said = {name: table.column(name, key)[0] is not None for name in table.names}
        if any(said.values()):
            yield _agreement(table, field, said, by_field.get(field, []), guarded=guarded)


def _agreement(
    table: Parallel,
    field: str,
    said: Mapping[str, bool],
    found: Sequence[Discrepancy],
    *,
    guarded: bool,
) -> Agreement:
    cells = {name: AGREES if says else SILENT for name, says in said.items()}
    values: dict[str, str | None] = dict.fromkeys(table.names)
    for each in found:
        cells |= {name: cell for name, cell in each.cells.items() if cell != AGREES}
    if field not in _TEXTS:
        values = {
            name: shown_value(field, _raw(table, name, field), guarded=guarded)
            for name in table.names
        }
    kinds = tuple(sorted({each.kind for each in found}))
    return Agreement(field, cells, values, kinds)


def _raw(table: Parallel, name: str, field: str) -> Any:
    value = table.column(name, field)[0]
    return value.to_list() if isinstance(value, pl.Series) else value


def _origin(seen: Seen, row: int) -> Origin | None:
    """Return from which releases the record can come."""
    if seen.held is None:
        return None
    part = next(part for part in seen.held.parts if row in part.rows)
    return origin_of(replace(part, rows=pl.Series([row], dtype=pl.UInt32)), seen.pages)


def _claims(seen: Seen, row: int) -> list[Statement]:
    """Return what becomes of the claims of this very page."""
    only = pl.Series([row], dtype=pl.UInt32)
    return judged_claims(seen.held, seen.pages, seen.folder, only)[0]


def _findings(seen: Seen, rows: Sequence[int]) -> Iterator[dict[str, str]]:
    """Yield what an audit finds in the records of the cable."""
    contradicted = judged_claims(seen.held, seen.pages, seen.folder)[1]
    found = judgement(seen.own, seen.others, seen.tables, seen.held, contradicted)
    own = found.sheet[
        (found.sheet["source"] == seen.own.source.name) & found.sheet["record"].isin(rows)
    ]
    names = ["rule", "name", "severity", "message"]
    for each in own[names].itertuples(index=False):
        yield dict(zip(names, each, strict=True))
