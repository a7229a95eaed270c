"""A source checked against a manifest: what was altered, is missing, or was added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from cableproof.books import Marked, RuleBooks, SourceBooks
from cableproof.finding import Severity, named, told_apart
from cableproof.gathering import gather, rule_books, troubles
from cableproof.manifests import gathered_of
from cableproof.report import Report
from cableproof.source import Source
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.manifest import loaded
from cableproof.tasks import Measure
from cableproof.tool import tool
from cableproof.validators.catalogue import INPUT_RULES
from cableproof.validators.collation.kinds import KINDS
from cableproof.validators.collation.witness import attested, without_records
from cableproof.validators.engine import SHEET, check
from cableproof.validators.tables import of_troubles
from cableproof.validators.telling import told, worded

_EXACT = ("exact",)  # the only rung that fixity asks for
_NUMBERS = ("record", "line", "row", "start")
_ORDER = ("path", "line", "row")
_SAYS = {
    "FIX001": "its digest is not the one that the manifest lists",
    "FIX002": "it is in the manifest and not in the source",
    "FIX003": "it is in the source and not in the manifest",
}


def checked(
    source: Source,
    manifest: Path,
    *,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Return the report on a source held against a manifest, every record that differs named.

    Records are matched by identifier and digest; where the file stands does not matter.

    Raises:
        NoSuchPath: the source is not there.
        NoManifest: the manifest is damaged.

    """
    import pandas as pd

    listed = loaded(manifest).records
    measure = Measure(partial(attested, rungs=_EXACT))
    (gathered,) = gather([source], limits, jobs, True, progress, measure)
    table = pl.concat(gathered.evidence) if gathered.evidence else without_records(_EXACT)
    places = table.select("path", "start", "end", "identifier", source=pl.lit(source.name))
    inputs = check(INPUT_RULES, of_troubles(places, troubles([gathered])))
    rows = [_finding(source, *row) for row in differing(listed, table).iter_rows(named=False)]
    found = pd.DataFrame(rows, columns=list(SHEET)).astype(dict.fromkeys(_NUMBERS, "Int64"))
    found = found.assign(fingerprint=told_apart(found["fingerprint"]))
    sheet = pd.concat([inputs.sheet, found], ignore_index=True) if len(inputs.sheet) else found
    return Report(
        command="manifest",
        sources=(gathered.books(_kinds(table), _marked(rows)), _listed(manifest, source)),
        rules=rule_books(INPUT_RULES, inputs) | _books(rows, len(table)),
        findings=sheet,
        tool=tool({"limits": asdict(limits)}),
    )


def differing(listed: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Return code, identifier and place of each record that is not in both as it is.

    Of records with the same identifier the first without a partner is held against the first.
    """
    sides = [_numbered(side, ("identifier", "digest")) for side in (listed, table)]
    both = ("identifier", "digest", "number")
    lost, new = (a.join(b, on=both, how="anti", nulls_equal=True) for a, b in (sides, sides[::-1]))
    lost, new = (_numbered(side.drop("number"), ("identifier",)) for side in (lost, new))
    one = ("identifier", "number")
    altered = new.join(lost, on=one, how="semi", nulls_equal=True)
    missing = lost.join(new, on=one, how="anti", nulls_equal=True)
    added = new.join(lost, on=one, how="anti", nulls_equal=True)
    columns = ("identifier", *_ORDER)
    return pl.concat(
        side.select(pl.lit(code).alias("code"), *columns)
        for code, side in zip(_SAYS, (altered, missing, added), strict=True)
    ).sort("code", *_ORDER, "identifier", nulls_last=True)


def _numbered(records: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Return records with the number of each among those that are alike in ``by``."""
    return records.sort(_ORDER, nulls_last=True, maintain_order=True).with_columns(
        pl.int_range(pl.len()).over(by).alias("number")
    )


def _finding(
    source: Source, code: str, identifier: str | None, path: str, line: int | None, row: int | None
) -> dict[str, Any]:
    kind = KINDS[code]
    name = told("identifier", identifier)
    return {
        "rule": code,
        "name": kind.name,
        "severity": kind.severity.value,
        "source": source.name,
        "path": path,
        "line": line,
        "row": row,
        "identifier": name,
        "fields": "",
        "message": f"{_called(identifier)}: {_SAYS[code]}",
        "facts": {},
        "fingerprint": named(code, source.name, name, path, ""),
    }


def _listed(manifest: Path, source: Source) -> SourceBooks:
    """Return the books of the manifest: no input, but what the inputs are held against."""
    name = manifest.name if manifest.name != source.name else f"{manifest.name} (manifest)"
    own = gathered_of(Source(name, manifest), digests=True)
    return replace(own.books({}), role="manifest")


def _called(identifier: str | None) -> str:
    """Return the identifier as a message says it; a manifest may come from anybody."""
    return (
        "a record without an identifier" if identifier is None else worded("identifier", identifier)
    )


def _kinds(table: pl.DataFrame) -> dict[str, int]:
    return dict(table.group_by("kind").len().sort("kind").iter_rows())


def _marked(rows: list[dict[str, Any]]) -> Marked:
    """Return how many records are not as they are listed, of which what is missing is none."""
    here = [KINDS[row["rule"]].severity for row in rows if row["rule"] != "FIX002"]
    return Marked(len(here), here.count(Severity.ERROR))


def _books(rows: list[dict[str, Any]], records: int) -> dict[str, RuleBooks]:
    found = [row["rule"] for row in rows]
    return {
        code: RuleBooks(KINDS[code].name, KINDS[code].severity, records, {}, found.count(code))
        for code in _SAYS
    }
