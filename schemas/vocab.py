"""Tables of known facts, each row with its source; read once, when first asked for."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


def names() -> list[str]:
    """Return the names of the tables, sorted."""
    found = (entry.name for entry in (files("cableproof.schemas") / "vocab").iterdir())
    return sorted(name.removesuffix(".csv") for name in found if name.endswith(".csv"))


def text(name: str) -> str:
    """Return the table ``name`` as it is shipped."""
    return (files("cableproof.schemas") / "vocab" / f"{name}.csv").read_text(encoding="utf-8")


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of the table ``name`` as they are shipped."""
    return tuple(MappingProxyType(row) for row in csv.DictReader(text(name).splitlines()))


def _keyed(name: str, key: str) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({row[key]: row for row in rows(name)})


@cache
def posts() -> Mapping[str, Mapping[str, str]]:
    """Return the posts by station code."""
    return _keyed("posts", "code")


@cache
def origins() -> Mapping[str, frozenset[str]]:
    """Return the station codes that each origin text stands for."""
    codes: dict[str, set[str]] = {}
    for row in rows("origins"):
        codes.setdefault(row["origin"], set()).add(row["code"])
    return {origin: frozenset(found) for origin, found in codes.items()}


@cache
def tags() -> Mapping[str, Mapping[str, str]]:
    """Return the TAGS codes."""
    return _keyed("tags", "code")


@cache
def tag_periods() -> Mapping[str, tuple[int, int]]:
    """Return the first and the last year of the codes whose years are firm, not only attested."""
    firm = {code: row for code, row in tags().items() if row["period"] == "firm"}
    return MappingProxyType(
        {c: (int(row["valid_from"]), int(row["valid_to"] or "9999")) for c, row in firm.items()}
    )


@cache
def misspelt_tags() -> Mapping[str, str]:
    """Return the code that each tag known to be misspelt stands for."""
    return MappingProxyType({row["tag"]: row["code"] for row in rows("misspelt_tags")})


@cache
def malformed_identifiers() -> Mapping[str, str]:
    """Return the canonical form of each malformed identifier of the published set."""
    return MappingProxyType({r["identifier"]: r["canonical"] for r in rows("malformed_ids")})


@cache
def station_aliases() -> Mapping[str, str]:
    """Return the station of each other spelling that is not ambiguous."""
    plain = (row for row in rows("station_aliases") if row["ambiguous"] == "no")
    return MappingProxyType({row["alias"]: row["code"] for row in plain})


@cache
def ambiguous_aliases() -> Mapping[str, str]:
    """Return the likeliest station of each other spelling that is ambiguous: a guess, no more."""
    unsure = (row for row in rows("station_aliases") if row["ambiguous"] == "yes")
    return MappingProxyType({row["alias"]: row["code"] for row in unsure})


@cache
def classifications() -> Mapping[str, Mapping[str, str]]:
    """Return the classification strings by name."""
    return _keyed("classifications", "name")


@cache
def abbreviations() -> Mapping[str, str]:
    """Return the classification string that each known short or other spelling stands for."""
    return MappingProxyType(
        {
            short: row["name"]
            for row in rows("classifications")
            for short in row["abbreviations"].split("; ")
            if short
        }
    )


@cache
def releases() -> Mapping[str, Mapping[str, str]]:
    """Return the known releases by name."""
    return _keyed("releases", "name")
