"""In which order witnesses are collated: the reference, then by release, or else by name."""

import re
from collections.abc import Mapping

import polars as pl

from cableproof.schemas import vocab

_BUILD = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])([0-2][0-9][0-5][0-9])?")
_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")


def ordered(
    tables: Mapping[str, pl.DataFrame], folders: Mapping[str, str], reference: str | None
) -> list[str]:
    """Return the names of witnesses in an order that does not depend on how they were given."""
    moments = {name: moment(table, folders[name]) for name, table in tables.items()}
    dated = all(moments.values())
    return sorted(
        tables, key=lambda name: (name != reference, moments[name] if dated else "", name)
    )


def moment(table: pl.DataFrame, folder: str) -> str:
    """Return when the release of a witness was made, as far as it says so itself.

    Its records may name their release; a folder may have the number of the build, or the day.
    """
    named = table["source_release"].drop_nulls()
    if len(named):
        known = vocab.releases().get(str(named.mode().sort()[0]))
        if known is not None:
            return known["released"]
    return of_folder(folder)


def of_folder(folder: str) -> str:
    """Return when the release was made whose build number or day is in a name, if one is."""
    build = _BUILD.search(folder)
    if build is not None:
        return f"{build[1]}-{build[2]}-{build[3]} {build[4] or ''}".strip()
    day = _DAY.search(folder)
    return day[0] if day else ""
