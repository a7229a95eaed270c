"""Releases made by chance of a few cables: what comparisons and histories of three say of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.recounting import recount
from tests.chance import Chance
from tests.samples import Record
from tests.test_compared import told
from tests.witnesses import TEXT, compared, source, with_text

_NAMES = ("first", "second", "third")
_CABLES = 6


def _in_text(old: str, new: str) -> Callable[[Record], Record]:
    return lambda record: record | {"body": record["body"].replace(old, new)}


def _with(**claims: Any) -> Callable[[Record], Record]:
    return lambda record: record | claims


#: What may become of a cable from release to release.
CHANGES: tuple[Callable[[Record], Record | None], ...] = (
    lambda record: None,
    _in_text("trams", "boats"),
    _in_text("the clerk", "XXXXXXXXXXXX"),
    _in_text("the lamps", "[removed]"),
    _in_text("XXXXXXXXXXXX", "the clerk"),
    _in_text(" \n", "\n"),
    _in_text("benches", "ben\u00c3\u00a9ches"),
    _in_text("3. (U) Comment", "NOBODY\n\n3. (U) Comment"),
    lambda record: record | {"body": record["body"][:200]},
    _with(created="2007-01-02"),
    _with(created="2007-01-03 10:30:00"),
    _with(created="2007-01-02 10:31"),
    _with(created=""),
    _with(classification="CONFIDENTIAL"),
    _with(classification="unclassified"),
    _with(origin="Embassy Rome"),
    _with(tags=["SZ", "eltn"]),
    _with(tags=[]),
    _with(references=["06BERN9"]),
    _with(subject="TRAM AND ITS"),
    _with(subject="BOATS"),
    _with(redacted=True),
    _with(released="2010-12-01"),
    _with(released="2010-12-02 10:00"),
    _with(source_release="cablegate-201012041811", source_released="2010-12-04"),
    _with(header="VZCZCXYZ0002\nRR RUEHC\nDE RUEHSW #0002 0021030"),
)


def releases(by: Chance) -> dict[str, list[Mapping[str, Any]]]:
    """Return three releases, in each of which some cables differ from the one before."""
    now: list[Record | None] = [
        with_text(TEXT.replace("000001", f"{n:06d}"), n, released="2010-12-01")
        for n in range(1, _CABLES + 1)
    ]
    made: dict[str, list[Mapping[str, Any]]] = {}
    first = list(now)
    for name in _NAMES:
        made[name] = [each for each in now if each is not None]
        if not by.below(3):  # the same cable twice
            made[name].append(by.one(made[name]))
        for _ in range(3):
            at = by.below(_CABLES)
            before, change = now[at], by.one(CHANGES)
            now[at] = first[at] if before is None else change(before)
    return made


@pytest.mark.parametrize("seed", range(24))
def test_what_is_said_of_three_releases(
    seed: int, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    made = releases(Chance(seed))
    report = compared(tmp_path, **made)
    counts = [f"{name}: {each.books}" for name, each in zip(_NAMES, report.sources, strict=True)]
    copies = [str(each) for each in report.copies]
    history = recount([source(tmp_path, name, made[name]) for name in _NAMES])
    lives = [
        f"{life.identifier} {h.release} {h.event} {h.earlier} {json.dumps(h.facts, default=list)}"
        for life in history.lives
        for h in life.happenings
    ]
    steps = [str(each) for each in history.releases]
    assert "\n".join([told(report), *copies, *counts, *lives, *steps]) == snapshot
