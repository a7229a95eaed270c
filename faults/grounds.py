"""The grounds on which faults are planted: invented telegrams, and the real pages if at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import made
import pandas as pd
import trees
from kinds import Record, Tree

import cableproof
from cableproof.schemas import contract

_NEWEST = ("201012102105", "201012072146", "201012070806")
_EVERY = 12  #: of the real pages, every so-many-th stands in one of the real trees


@dataclass(frozen=True)
class Ground:
    """Archives and trees of one kind."""

    name: str
    records: list[Record]  #: in which single records are changed
    archives: list[list[Record]]  #: which are changed as a whole
    trees: list[Tree]


def generated() -> Ground:
    """Return the invented telegrams: an archive of each layout, and all together."""
    archives = made.archives()
    everything = [record for archive in archives for record in archive]
    return Ground("generated", everything, archives, trees.generated())


def real(data: Path) -> Ground | None:
    """Return the real pages: each cable once, from the newest release; None if not at hand."""
    releases = [data / "wikileaks-2010" / build for build in _NEWEST]
    browser = data / "cablebrowser"
    if not all(folder.is_dir() for folder in (*releases, browser)):
        return None
    records: dict[str, Record] = {}
    for folder in (*releases, browser):
        for row in cableproof.read(folder).to_dict("records"):
            records.setdefault(row["identifier"], _record(row))
    pages = sorted(releases[0].rglob("*.html"))
    cuts = [_tree(releases[0], pages[first::_EVERY]) for first in range(trees.TREES)]
    single = _tree(browser, sorted(browser.iterdir()), "browser/")
    everything = list(records.values())
    return Ground("real", everything, [everything], [*cuts, single])


def _record(row: dict[Any, Any]) -> Record:
    """Return the fields of the contract that a row has."""
    values = {name: row[name] for name in contract.fields()}
    plain = {name: v.tolist() if hasattr(v, "tolist") else v for name, v in values.items()}
    return {name: v for name, v in plain.items() if isinstance(v, list) or pd.notna(v)}


def _tree(root: Path, files: Sequence[Path], prefix: str = "") -> Tree:
    return {prefix + file.relative_to(root).as_posix(): file.read_bytes() for file in files}
