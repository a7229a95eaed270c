"""A run: sources to evidence to findings, with every input accounted for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

import polars as pl

from cableproof.books import SourceBooks
from cableproof.gathering import Gathered, gather, marked, rule_books, troubles
from cableproof.report import Report
from cableproof.source import Source
from cableproof.sources.index_pages import TREE, frame
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.tool import tool
from cableproof.work import evidence as measure

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.validators.rule import Rule


ALL = "all"  # rules, as settings say it


def run(
    sources: Sequence[Source],
    rules: Sequence[Rule],
    *,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    digests: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Return the report on ``sources``: read, measure, check, account.

    Without ``digests`` large files are not digested, which takes a fifth of the time; such a
    report is to be shown and not to be kept.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        BooksDoNotBalance: an input was lost, which is our own fault.

    """
    clock = _Clock()
    if jobs:  # this process has little to do while others read
        Thread(target=import_module, args=("cableproof.validators.tables",), daemon=True).start()
    gathered = list(gather(sources, limits, jobs, digests, progress))
    clock.lap("reading and evidence")
    from cableproof.validators.engine import check
    from cableproof.validators.parts import resolved
    from cableproof.validators.tables import tables

    evidence = _evidence(gathered)
    checked = check(rules, tables(evidence, troubles(gathered), rules, _listed(gathered)))
    clock.lap("rules")
    report = Report(
        command="validate",
        sources=tuple(_books(each, evidence, checked.sheet) for each in gathered),
        rules=rule_books(rules, checked),
        findings=checked.sheet,
        tool=tool({"rules": _named(rules), "limits": asdict(limits)}),
        citations=resolved(evidence),
        shares=clock.laps,
    )
    clock.lap("books")
    for number, name in enumerate(("reading", "evidence")):
        clock.laps[name] = sum(each.seconds[number] for each in gathered)
    return report


def _named(rules: Sequence[Rule]) -> str | list[str]:
    """Return the codes of rules, or in one word all that there are, whichever these may be."""
    from cableproof.validators.catalogue import CATALOGUE

    codes = [rule.code for rule in rules]
    return ALL if codes == list(CATALOGUE) else codes


class _Clock:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name], self.last = now - self.last, now


def _evidence(gathered: Sequence[Gathered]) -> pl.DataFrame:
    """Return the evidence of all sources, one row a record, in the order of their places."""
    parts = [part for each in gathered for part in each.evidence]
    if not parts:
        from cableproof.sources.batches import empty

        nowhere = [pl.lit("").alias(name) for name in ("path", "kind", "file", "source", "group")]
        return measure(empty().with_columns(nowhere))
    tree = pl.col("path").str.extract(TREE)
    pages = pl.col("kind").str.ends_with("-page")
    place = pl.when(pages).then(tree.fill_null("")).otherwise(pl.col("path"))
    group = pl.concat_str("source", "kind", place, separator="\x1f")
    return pl.concat(parts).with_columns(group.cast(pl.Categorical).to_physical().alias("group"))


def _listed(gathered: Sequence[Gathered]) -> pl.DataFrame:
    """Return what the index pages of all sources list."""
    none = frame([]).with_columns(source=pl.lit(""))
    return pl.concat([none, *(part for each in gathered for part in each.listed)])


def _books(each: Gathered, evidence: pl.DataFrame, sheet: pd.DataFrame) -> SourceBooks:
    own = evidence.filter(pl.col("source") == each.source.name)
    kinds = own.group_by("kind").len().sort("kind").rows()
    return each.books(dict(kinds), marked(sheet, each.source.name))
