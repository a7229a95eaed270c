"""Tables of the bench: figures with their spread, goals, and whether they were met."""

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import NamedTuple

from recall import EXPECTED, Recall

_LIBRARIES = ("pandas", "polars", "pyarrow", "orjson", "lxml", "pandera", "rapidfuzz", "typer")
_MB = 1_000_000


class Row(NamedTuple):
    """One line of the table."""

    what: str
    measured: str
    goal: str = ""
    met: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that the median is held against."""

    bound: float
    unit: str = ""
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {_number(self.bound)}{self.unit}"

    def met(self, figure: float) -> str:
        """Return yes or no."""
        fine = figure >= self.bound if self.at_least else figure <= self.bound
        return "yes" if fine else "**no**"


def _number(figure: float) -> str:
    if figure >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def measured(what: str, figures: Sequence[float], unit: str = "", goal: Goal | None = None) -> Row:
    """Return the row of some figures: their median, least and greatest, against a goal."""
    middle = statistics.median(figures)
    words = f"{_number(middle)}{unit}"
    if len(figures) > 1:
        words += f" ({_number(min(figures))} to {_number(max(figures))})"
    return Row(what, words, str(goal or ""), goal.met(middle) if goal else "")


def memory(what: str, sizes: Sequence[int | None], bound: float | None = None) -> Row:
    """Return the row of some peaks in bytes; the highest is held against the bound."""
    goal = Goal(bound, " MB") if bound else None
    known = [size / _MB for size in sizes if size is not None]
    if not known:
        return Row(what, "not measured", str(goal or ""), "not measured" if goal else "")
    return measured(what, [max(known)], " MB", goal)


def seconds(what: str, figures: Sequence[float | None]) -> Row:
    """Return the row of some times, which may not be known."""
    known = [figure for figure in figures if figure is not None]
    return measured(what, known, " s") if known else Row(what, "not measured")


def recalled(name: str, result: Recall) -> list[Row]:
    """Return the rows of what was found of what is planted."""
    found, planted = result.found.total(), result.planted.total()
    unread = result.unread.total()
    rest = f"; {unread:,} stand in the text only" if unread else ""
    alarms = ", ".join(f"{count:,} {code}" for code, count in sorted(result.alarms.items()))
    return [
        Row(
            f"planted defects found, {name}",
            f"{found:,} of {planted - unread:,}{rest}",
            "all that stand in a field",
            "yes" if found == planted - unread else "**no**",
        ),
        Row(
            f"errors and warnings on sound records, {name}",
            alarms or f"none ({result.records - planted:,} records)",
            "none",
            "**no**" if alarms else "yes",
        ),
    ]


def table(rows: Sequence[Sequence[str]], names: Sequence[str]) -> str:
    """Return a table in Markdown, its columns aligned so that it can be read as it stands."""
    widths = [max(len(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    lines = [names, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def kinds(results: Mapping[str, Recall]) -> str:
    """Return the table of what was found of each kind in each format."""
    rows = [
        [kind, " or ".join(codes), *(result.cell(kind) for result in results.values())]
        for kind, codes in EXPECTED.items()
    ]
    return table(rows, ["planted", "rule", *results])


def machine() -> str:
    """Return what it was measured on, without a name or place."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"cableproof {version('cableproof')} on {cores} cores, {platform.system()} "
        f"{platform.machine()}; {platform.python_implementation()} {platform.python_version()}; "
        f"{libraries}."
    )
