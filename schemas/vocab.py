"""Tables of known facts, each row with its source; read once, when first asked for."""

import csv
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import ParamSpec, TypeVar, cast

from cableproof.errors import WrongSetting, nearest


def names() -> list[str]:
    """Return the names of the tables, sorted."""
    found = (entry.name for entry in (files("cableproof.schemas") / "vocab").iterdir())
    return sorted(name.removesuffix(".csv") for name in found if name.endswith(".csv"))


P = ParamSpec("P")
R = TypeVar("R")
_derived: list[Callable[[], None]] = []  # what forgets what was made of the tables


def derived(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function remember what it returns, as long as the tables are the same."""
    remembering = cache(function)
    _derived.append(remembering.cache_clear)
    return cast("Callable[P, R]", remembering)


#: The columns of numbers that are counted with; an empty cell is none.
_NUMBERS = {"tags": "uses", "classifications": "rank", "portion_marks": "rank"}
#: Rows of the user's own, by the table that they belong to; the same in all processes.
_own: dict[str, str] = {}


def use(more: Mapping[str, Path]) -> None:
    """Add rows of the user's own to tables, from CSV files with the columns of the table.

    A row takes the place of the shipped one with the same first cell. What a row does not say
    is empty.

    Raises:
        WrongSetting: a file is not there, is no UTF-8, or has a column that the table has not.

    """
    found = {name: _read(name, path) for name, path in more.items()}
    if found == _own:
        return
    install(found)
    try:
        for known in (posts, origins, tags, tag_periods, classifications, releases):
            known()
        for table, column in _NUMBERS.items():
            for row in rows(table):
                int(row[column] or 0)
    except ValueError:
        install({})
        raise WrongSetting("vocabularies", "a cell has words where a number must be") from None


def install(texts: Mapping[str, str]) -> None:
    """Use rows of the user's own that were read already: what a worker process is told."""
    _own.clear()
    _own.update(texts)
    for forget in _derived:
        forget()


def installed() -> dict[str, str]:
    """Return the rows of the user's own, as CSV by table."""
    return dict(_own)


def _read(name: str, path: Path) -> str:
    where = f"vocabularies {name}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise WrongSetting(f"{where}: {path}", reason) from None
    except UnicodeDecodeError:
        raise WrongSetting(f"{where}: {path}", "it is no UTF-8") from None
    columns = _columns(name)
    reader = csv.DictReader(text.splitlines())
    for column in reader.fieldnames or ():
        if column not in columns:
            hint = nearest(column, columns)
            raise WrongSetting(f"{where}: {path}", f"the table has no column {column}{hint}")
    if columns[0] not in (reader.fieldnames or ()):
        raise WrongSetting(f"{where}: {path}", f"it needs the column {columns[0]}")
    return text


def _shipped(name: str) -> str:
    return (files("cableproof.schemas") / "vocab" / f"{name}.csv").read_text(encoding="utf-8")


def _columns(name: str) -> list[str]:
    return next(csv.reader(_shipped(name).splitlines()))


def text(name: str) -> str:
    """Return the table ``name`` as it is shipped, and the user's own rows after it."""
    return _shipped(name) + _own.get(name, "")


@derived
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of the table ``name``: those that are shipped, and the user's own."""
    shipped = list(csv.DictReader(_shipped(name).splitlines()))
    columns = _columns(name)
    own = [
        {column: row.get(column) or "" for column in columns}
        for row in csv.DictReader(_own.get(name, "").splitlines())
    ]
    replaced = {row[columns[0]] for row in own}
    kept = [row for row in shipped if row[columns[0]] not in replaced]
    return tuple(MappingProxyType(row) for row in (*kept, *own))


def _keyed(name: str, key: str) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({row[key]: row for row in rows(name)})


@derived
def posts() -> Mapping[str, Mapping[str, str]]:
    """Return the posts by station code."""
    return _keyed("posts", "code")


@derived
def origins() -> Mapping[str, frozenset[str]]:
    """Return the station codes that each origin text stands for."""
    codes: dict[str, set[str]] = {}
    for row in rows("origins"):
        codes.setdefault(row["origin"], set()).add(row["code"])
    return {origin: frozenset(found) for origin, found in codes.items()}


@derived
def tags() -> Mapping[str, Mapping[str, str]]:
    """Return the TAGS codes."""
    return _keyed("tags", "code")


@derived
def tag_periods() -> Mapping[str, tuple[int, int]]:
    """Return the first and the last year of the codes whose years are firm, not only attested."""
    firm = {code: row for code, row in tags().items() if row["period"] == "firm"}
    return MappingProxyType(
        {c: (int(row["valid_from"]), int(row["valid_to"] or "9999")) for c, row in firm.items()}
    )


@derived
def misspelt_tags() -> Mapping[str, str]:
    """Return the code that each tag known to be misspelt stands for."""
    return MappingProxyType({row["tag"]: row["code"] for row in rows("misspelt_tags")})


@derived
def malformed_identifiers() -> Mapping[str, str]:
    """Return the canonical form of each malformed identifier of the published set."""
    return MappingProxyType({r["identifier"]: r["canonical"] for r in rows("malformed_ids")})


@derived
def station_aliases() -> Mapping[str, str]:
    """Return the station of each other spelling that is not ambiguous."""
    plain = (row for row in rows("station_aliases") if row["ambiguous"] == "no")
    return MappingProxyType({row["alias"]: row["code"] for row in plain})


@derived
def ambiguous_aliases() -> Mapping[str, str]:
    """Return the likeliest station of each other spelling that is ambiguous: a guess, no more."""
    unsure = (row for row in rows("station_aliases") if row["ambiguous"] == "yes")
    return MappingProxyType({row["alias"]: row["code"] for row in unsure})


@derived
def classifications() -> Mapping[str, Mapping[str, str]]:
    """Return the classification strings by name."""
    return _keyed("classifications", "name")


@derived
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


@derived
def releases() -> Mapping[str, Mapping[str, str]]:
    """Return the known releases by name."""
    return _keyed("releases", "name")
