"""What digests alone tell of a difference, where a manifest stands for a source without its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from cableproof.finding import Severity
from cableproof.sources.again import texts
from cableproof.validators.collation.forms import ladder, without_notice

PLACES = ("file", "path", "kind", "start", "end", "row", "identifier")
#: Digests that a text still has when it is read again.
EXACT = ("header_exact", "body_exact")
#: The rungs on which a text that differs may still be equal, and what its difference then is.
DEEPER = {"encoded": "CMP302", "laid_out": "CMP303", "covered_alike": "CMP403"}
DIGESTS = tuple(f"{part}_{rung}" for part in ("header", "body") for rung in DEEPER)


@dataclass(frozen=True)
class Judged:
    """What one difference is: its kind, its part of the record, and facts without words."""

    doubt: int
    part: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | None = None  # where it is milder than its kind's
    values: tuple[str, str] | None = None  # of base and other, where they may be shown


def by_digests(doubts: pl.DataFrame) -> Iterator[Judged]:
    """Yield the kind of each difference as far as digests tell it, and what it also may be."""
    if not len(doubts):
        return
    sides = [
        digested(
            doubts.select(pl.col(f"{side}_{name}").alias(name) for name in (*PLACES, *DIGESTS))
        )
        for side in ("base", "other")
    ]
    rows = zip(*(side.to_dicts() for side in sides), doubts.to_dicts(), strict=True)
    for base, other, doubt in rows:
        for part in doubt["parts"]:
            if part == "subject":
                yield Judged(doubt["doubt"], part, "CMP205", {"how": "not told apart by digests"})
            else:
                yield _judged(doubt, part, base, other)


def _judged(
    doubt: Mapping[str, Any], part: str, base: Mapping[str, Any], other: Mapping[str, Any]
) -> Judged:
    for rung, code in DEEPER.items():
        one = base[f"{part}_{rung}"]
        if one is not None and one == other[f"{part}_{rung}"]:
            return Judged(doubt["doubt"], part, code)
    sides = {"CMP401": doubt["other_covered"], "CMP402": doubt["base_covered"]}
    possible = [kind for kind, covered in sides.items() if covered]
    if part == "body":
        possible.insert(0, "CMP305")
    hint = {"hint": f"or {' or '.join(possible)}"} if possible else {}
    if part == "header":
        facts = {"how": "not told apart by digests"} | hint
        opened = Severity.ERROR if doubt["base_covered"] else None  # as CMP402 would be
        return Judged(doubt["doubt"], part, "CMP304", facts, opened)
    return Judged(doubt["doubt"], part, "CMP306", hint)


def digested(records: pl.DataFrame) -> pl.DataFrame:
    """Return the columns ``DIGESTS`` of records, of those that can be read again made now.

    ``records`` has the columns of ``PLACES`` and ``DIGESTS``.

    Raises:
        SourceChanged: a file changed since it was read.

    """
    live = records["file"].is_not_null().arg_true()
    made = records.select(DIGESTS)
    if not len(live):
        return made
    read = texts(records[live].select(PLACES))
    columns = [made[name].scatter(live, _ladder(read, name)) for name in DIGESTS]
    return pl.DataFrame(columns)


def _ladder(read: pl.DataFrame, name: str) -> pl.Series:
    part, _, rung = name.partition("_")
    whole = without_notice(read[part]) if part == "header" else read[part]
    return ladder(whole, (rung,))[rung]
