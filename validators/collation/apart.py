"""The texts of witnesses beside each other: what digests tell, and what they leave in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from cableproof.validators.collation.claiming import WITHHELD
from cableproof.validators.collation.parallel import Parallel
from cableproof.validators.collation.undecided import DIGESTS, EXACT, PLACES

#: Column that tells two texts apart, and the one that does so when white space is one blank.
COLUMNS = {
    "header": ("header_exact", "header_spaced"),
    "body": ("body_exact", "body_spaced"),
    "subject": ("subject_key", "subject_key"),
}


#: Whether a witness that is not beside the others covers anything of a cable.
GUARDED = "guarded"


@dataclass(frozen=True)
class Apart:
    """The cables in whose ``part`` a witness differs from the base, by their numbers.

    ``base`` has the number of the base witness of every cable; in ``spaced`` only white space
    differs, in ``deeper`` more; ``folded`` tells one reading from another.
    """

    part: str
    witness: str
    base: pl.Series
    spaced: pl.Series
    deeper: pl.Series
    folded: pl.Series


def apart(table: Parallel) -> Iterator[Apart]:
    """Yield each part of the text and each witness in which cables differ from the base."""
    for part, (exact, spaced) in COLUMNS.items():
        own = {name: table.column(name, exact) for name in table.names}
        base = pl.select(pl.coalesce(list(own.values()))).to_series()
        first = pl.select(
            pl.coalesce(
                pl.when(column.is_not_null()).then(pl.lit(number, pl.Int32))
                for number, column in enumerate(own.values())
            )
        ).to_series()
        folded = {name: table.column(name, spaced) for name in table.names}
        common = pl.select(pl.coalesce(list(folded.values()))).to_series()
        for name in table.names:
            differ = (own[name] != base).fill_null(value=False)
            if differ.any():
                more = differ & (folded[name] != common).fill_null(value=False)
                alike, deeper = (differ & ~more).arg_true(), more.arg_true()
                yield Apart(part, name, first, alike, deeper, folded[name])


Reading = tuple[int, str, str]  # number of the cable, part of the text, digest


def readings(table: Parallel, found: Iterable[Apart]) -> dict[Reading, list[tuple[str, str]]]:
    """Return base and witness of each reading of a part of a cable that differs from the base.

    Readings that differ from the base in white space alone are one, whose digest is empty.
    """
    by_reading: dict[Reading, list[tuple[str, str]]] = {}
    for each in found:
        for cables, deeper in ((each.spaced, False), (each.deeper, True)):
            digests = each.folded.gather(cables).to_list()
            bases = each.base.gather(cables).to_list()
            for cable, digest, base in zip(cables.to_list(), digests, bases, strict=True):
                reading = (cable, each.part, digest if deeper else "")
                by_reading.setdefault(reading, []).append((table.names[base], each.witness))
    return by_reading


def otherwise(found: Mapping[Reading, list[tuple[str, str]]]) -> dict[tuple[int, str], set[str]]:
    """Return the witnesses that differ from the base in a part of a cable, however they do."""
    differ: dict[tuple[int, str], set[str]] = {}
    for (cable, part, _), pairs in found.items():
        differ.setdefault((cable, part), set()).update(name for _, name in pairs)
    return differ


@dataclass
class Doubt:
    """A cable in which witnesses differ from the base in ways that must be read.

    ``others`` names for each part the witnesses that have the reading in doubt; ``other`` is
    the one that is read.
    """

    cable: int
    base: str
    other: str
    others: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Doubts:
    """All doubts, and the places of the two records of each: see ``judging.judged``."""

    rows: list[Doubt]
    places: pl.DataFrame


def doubts(table: Parallel, found: Mapping[Reading, list[tuple[str, str]]]) -> Doubts:
    """Return what must be read to be judged: each reading of a cable once.

    It is read in a witness that has the text, if one does, and not in a manifest.
    """
    live = {name: not rows["file"].null_count() for name, rows in table.tables.items()}
    asked: dict[tuple[int, str, str], Doubt] = {}
    for (cable, part, digest), pairs in found.items():
        if digest:
            base, other = next((pair for pair in pairs if live[pair[1]]), pairs[0])
            doubt = asked.setdefault((cable, base, other), Doubt(cable, base, other))
            doubt.others[part] = [name for _, name in pairs]
    rows = sorted(asked.values(), key=lambda d: (d.cable, d.base, d.other))
    return Doubts(rows, places(table, rows))


def places(table: Parallel, rows: list[Doubt]) -> pl.DataFrame:
    """Return the places of base and other of each doubt, and whether its subject is withheld."""
    cables = pl.Series([doubt.cable for doubt in rows], dtype=pl.UInt32)
    sides = [
        _records(table, cables, [getattr(doubt, side) for doubt in rows], side)
        for side in ("base", "other")
    ]
    hidden = withheld(table, cables)
    parts = pl.Series("parts", [sorted(doubt.others) for doubt in rows], dtype=pl.List(pl.String))
    frame = pl.concat(sides, how="horizontal")
    return frame.with_columns(parts, hidden.alias("withheld"))


def withheld(table: Parallel, cables: pl.Series) -> pl.Series:
    """Tell of which cables no subject may be shown, since a witness covers something of them.

    What it covers may stand in the subject of another. This is the guard of all reports. The
    column ``guarded`` of a table tells of witnesses that are not in it.
    """
    covered = [
        table.column(name, column).gather(cables)
        for name in table.names
        for column in ("covered", GUARDED)
        if column in table.tables[name].columns
    ]
    return pl.select(pl.any_horizontal(covered).fill_null(value=False)).to_series()


def _records(table: Parallel, cables: pl.Series, names: list[str], side: str) -> pl.DataFrame:
    """Return the places of the record of each cable, each in the witness of that name."""
    wanted = pl.DataFrame({"at": range(len(names)), "cable": cables, "witness": names})
    columns = (*PLACES, "covered", *EXACT, *DIGESTS)
    parts = []
    for (name,), few in wanted.group_by("witness", maintain_order=True):
        records = table.tables[str(name)][table.rows[str(name)].gather(few["cable"])]
        there = set(records.columns)
        nulls = [pl.lit(None, pl.String).alias(c) for c in columns if c not in there]
        parts.append(records.with_columns(nulls).select(columns).with_columns(at=few["at"]))
    if not parts:
        return pl.DataFrame(schema={f"{side}_{name}": pl.String for name in columns})
    known = pl.when(~pl.col("identifier").str.starts_with(WITHHELD)).then("identifier")
    whole = pl.concat(parts).sort("at").drop("at").with_columns(known.alias("identifier"))
    return whole.rename({name: f"{side}_{name}" for name in columns})
