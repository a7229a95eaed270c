"""What a mirror claims of itself, and what becomes of each claim beside copies of the releases.

A claim is supported only where the copy of a release has the very text of the page; without
such a copy it is untestable. A name that is none is unreadable, and nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.index_pages import FRONT
from cableproof.validators.audit.attribution import KINDS, Says
from cableproof.validators.audit.references import Reference, known
from cableproof.validators.collation.claiming import WITHHELD
from cableproof.validators.collation.order import of_folder

SUPPORTED, CONSISTENT, CONTRADICTED, UNTESTABLE, UNREADABLE = VERDICTS = (
    *("supported", "consistent", "contradicted", "untestable", "unreadable"),
)
_PROOF = ("file", "text")  # kinds of evidence that prove a page to be of a release
_COVERED = "[not told: no name of a release]"
_NONE = "no copy of that release was given"


@dataclass(frozen=True)
class Statement:
    """A claim that pages or files make, and on how many pages it has which verdict.

    ``claim`` is where it stands: footer, date, counter, front or folder. ``against`` counts
    the kinds of evidence that contradict it.
    """

    claim: str
    says: Mapping[str, str | int]
    verdicts: Mapping[str, int]
    releases: tuple[str, ...] = ()
    against: Mapping[str, int] | None = None
    because: str = ""

    def document(self) -> dict[str, Any]:
        """Return what the document says of it."""
        return {
            "claim": self.claim,
            "says": dict(self.says),
            "verdicts": {v: self.verdicts[v] for v in VERDICTS if self.verdicts.get(v)},
            "releases": list(self.releases),
            "against": dict(self.against or {}),
            "because": self.because or None,
        }


@dataclass(frozen=True)
class Claimed:
    """A claim and the pages that make it; ``named`` has the numbers of the releases it means."""

    claim: str
    says: Mapping[str, str | int]
    pages: pl.Series  # whether each page makes it
    named: tuple[int, ...]
    own: str = ""  # the kind of evidence that is this very claim


def claimed(pages: pl.DataFrame, folder: str, references: Sequence[Reference]) -> Iterator[Claimed]:
    """Yield the claims of pages and of the folder that can be held against copies of releases."""
    told = pages.select(_shown("source_release")).to_series()
    for name in sorted(told.drop_nulls().unique()):
        named = tuple(n for n, each in enumerate(references) if name in each.names)
        make = (told == name).fill_null(value=False)
        yield Claimed("footer", {"release": name}, make, named, "claim")
    for number in sorted(pages["release_counter"].drop_nulls().unique()):
        named = tuple(n for n, each in enumerate(references) if each.counter == number)
        make = (pages["release_counter"] == number).fill_null(value=False)
        yield Claimed("counter", {"released_so_far": number}, make, named, "counter")
    moment = of_folder(folder)
    if moment:
        named = tuple(n for n, each in enumerate(references) if each.moment.startswith(moment))
        everything = pl.Series([True]).new_from_index(0, len(pages))
        yield Claimed("folder", {"release_of": moment}, everything, named)


def _shown(name: str) -> pl.Expr:
    """Return a claim as it may be told: a name that may be a piece of text by no digest of it."""
    withheld = pl.col(name).str.starts_with(WITHHELD)
    return pl.when(withheld).then(pl.lit(_COVERED)).otherwise(name).alias(name)


def judged(
    claim: Claimed, weighed: pl.DataFrame, references: Sequence[Reference]
) -> tuple[Statement, pl.Series]:
    """Return what becomes of a claim, and on which pages it is contradicted."""
    rows = claim.pages.arg_true()
    nothing = pl.Series([], dtype=pl.UInt32)
    names = tuple(references[n].name for n in claim.named)
    if claim.claim == "footer" and not known(str(claim.says["release"]), references):
        why = "no release of that name is known; nothing is guessed"
        return Statement(claim.claim, claim.says, {UNREADABLE: len(rows)}, because=why), nothing
    if not claim.named:
        return Statement(claim.claim, claim.says, {UNTESTABLE: len(rows)}, because=_NONE), nothing
    few = weighed[rows]
    kinds = [kind.name for kind in KINDS if kind.narrows and kind.name != claim.own]
    against = {kind: _all(few, kind, claim.named, Says.AGAINST) for kind in kinds}
    out = [_any(few, kinds, number, Says.AGAINST) for number in claim.named]
    proven = [_any(few, _PROOF, number, Says.FOR) for number in claim.named]
    contradicted = pl.select(pl.all_horizontal(out)).to_series()
    supported = pl.select(
        pl.any_horizontal([p & ~o for p, o in zip(proven, out, strict=True)])
    ).to_series()
    counts = {
        SUPPORTED: int(supported.sum()),
        CONTRADICTED: int(contradicted.sum()),
        CONSISTENT: int((~supported & ~contradicted).sum()),
    }
    said = {kind: int((flags & contradicted).sum()) for kind, flags in against.items()}
    statement = Statement(
        *(claim.claim, claim.says, counts, names), {kind: n for kind, n in said.items() if n}
    )
    return statement, rows.filter(contradicted)


def _any(few: pl.DataFrame, kinds: Iterable[str], number: int, says: Says) -> pl.Series:
    return pl.select(
        pl.any_horizontal([few[f"{kind}:{number}"] == says for kind in kinds])
    ).to_series()


def _all(few: pl.DataFrame, kind: str, named: Sequence[int], says: Says) -> pl.Series:
    flags = [few[f"{kind}:{number}"] == says for number in named]
    return pl.select(pl.all_horizontal(flags)).to_series()


def dates(pages: pl.DataFrame) -> Iterator[Statement]:
    """Yield what becomes of the dates that pages give for their release, by the release table.

    The table says when a release was published, and no copy is needed to hold a date against it;
    but neither is a page proven by a date.
    """
    pairs = pages.select(_shown("source_release"), _shown("source_released")).drop_nulls()
    counted = Counter(pairs.iter_rows())
    for (name, stated), count in sorted(counted.items()):
        date = vocab.releases().get(name, {}).get("released", "")
        says = {"release": name, "released": stated}
        if not date:
            yield Statement("date", says, {UNTESTABLE: count}, because="its date is not known")
        elif stated.startswith(date) or date.startswith(stated):
            yield Statement("date", says, {CONSISTENT: count}, because="the release table has it")
        else:
            why = f"the release table has {date}"
            yield Statement("date", says, {CONTRADICTED: count}, because=why)


def fronts(listed: pl.DataFrame, counter: int | None, cables: int) -> Iterator[Statement]:
    """Yield what becomes of the count on the page at the root of each tree.

    ``counter`` is what most cable pages state, ``cables`` how many cables there are.
    """
    for row in listed.filter(pl.col("kind") == FRONT).sort("path").iter_rows(named=True):
        stated = row["counter"]
        if stated is None:
            continue
        says = {"path": row["path"], "released_so_far": stated}
        beside = f"most cable pages say {counter:,}, " if counter is not None else ""
        why = f"{beside}{cables:,} cables are here"
        agrees = stated == (cables if counter is None else counter)
        yield Statement("front", says, {CONSISTENT if agrees else CONTRADICTED: 1}, because=why)
