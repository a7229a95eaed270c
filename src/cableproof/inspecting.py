"""The cables that ``inspect`` shows: each record with the evidence on it, and what rules say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from cableproof.errors import NoSuchCable
from cableproof.reading import readings
from cableproof.sources.batches import FIELDS
from cableproof.sources.identifiers import canonical
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.engine import check
from cableproof.validators.evidence import measured
from cableproof.validators.tables import TROUBLES, tables

Inspected = tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]


def inspected(path: Path, identifier: str | None) -> Iterator[Inspected]:
    """Yield each record of that identifier, or the first of all, with its evidence and findings.

    The findings are those on the record by itself: neighbours and copies are not looked at.

    Raises:
        NoSuchCable: there is none.

    """
    wanted = None if identifier is None else {identifier, canonical(identifier)}
    any_found = False
    for file, kind, reading in readings(path):
        records = reading.frame()
        if not len(records):
            continue
        place = {"path": pl.lit(file.path), "kind": pl.lit(kind), "source": pl.lit(path.name)}
        evidence = measured(records.with_columns(**place))
        if wanted is not None:
            names = pl.any_horizontal(
                pl.col(name).is_in(list(wanted)) for name in ("identifier", "canonical")
            )
            mine = evidence.select(names.fill_null(value=False).alias("mine"))["mine"]
            records, evidence = records.filter(mine), evidence.filter(mine)
        for record, own in zip(records.iter_slices(1), evidence.iter_slices(1), strict=True):
            any_found = True
            yield record.select(*FIELDS).row(0, named=True), own.row(0, named=True), _found(own)
            if wanted is None:
                return
    if not any_found:
        raise NoSuchCable(identifier or "any")


def _found(evidence: pl.DataFrame) -> list[dict[str, Any]]:
    """Return what all rules find in one record."""
    rules = list(CATALOGUE.values())
    whole = evidence.with_columns(group=pl.lit(0))
    sheet = check(rules, tables(whole, pl.DataFrame(schema=TROUBLES), rules)).sheet
    names = ["rule", "name", "severity", "message"]
    return [dict(zip(names, row, strict=True)) for row in sheet[names].itertuples(index=False)]
