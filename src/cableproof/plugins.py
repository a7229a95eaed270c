"""What other packages add: their rules, sources and forms of a report, by entry points.

    [project.entry-points."cableproof.rules"]      a module whose rules are in the catalogue too
    [project.entry-points."cableproof.sources"]    a module that reads a kind of file, named so
    [project.entry-points."cableproof.reports"]    a module that writes a form of a report, named so

Other packages are code that the user installed, and are run as such; what is kept of earlier runs,
and each receipt, tells with which of them it was made.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from cableproof.errors import BrokenPlugIn

RULES, SOURCES, REPORTS = (f"cableproof.{name}" for name in ("rules", "sources", "reports"))


@cache
def of_group(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name, in the order of their names.

    Raises:
        BrokenPlugIn: two packages use one name.

    """
    found: dict[str, EntryPoint] = {}
    for each in sorted(entry_points(group=group), key=lambda each: (each.name, each.value)):
        if each.name in found and found[each.name].value != each.value:
            raise BrokenPlugIn(each.name, f"two packages have it in {group}")
        found[each.name] = each
    return found


@cache
def modules(group: str) -> dict[str, ModuleType]:
    """Return the modules of a group by the names of their entry points.

    Raises:
        BrokenPlugIn: one cannot be imported.

    """
    found = {}
    for name, each in of_group(group).items():
        try:
            found[name] = import_module(each.value)
        except Exception as error:  # noqa: BLE001  # whatever a package of others does when it is imported
            raise BrokenPlugIn(name, f"{each.value}: {type(error).__name__}") from None
    return found


def installed() -> list[tuple[str, str, str]]:
    """Return group, name, and package with its version of all entry points, sorted."""
    return sorted(
        (group, name, f"{each.dist.name} {each.dist.version}" if each.dist else each.value)
        for group in (RULES, SOURCES, REPORTS)
        for name, each in of_group(group).items()
    )
