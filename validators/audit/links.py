"""Where the links of a mirror lead: its pages' own name their cables, inner ones lead to files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import polars as pl

from cableproof.sources.identifiers import canonical
from cableproof.validators.audit.fidelity import Component

_CABLE = re.compile(r"(?:^|/)cable/[0-9]{4}/[0-9]{2}/([^/]+?)\.html?$")
_TREE = re.compile(r"(?:^|(?<=/))(?:cable|reldate|date|origin|tag|classification)(?:/|$)")
#: The addresses that are told, those of index pages; others may be made of words.
_TOLD = re.compile(
    r"(?:date/[0-9]{4}-[0-9]{2}|reldate/[0-9-]{10}|(?:origin|classification)/[0-9]{1,4}"
    r"|tag/[A-Z]{1,8})_[0-9]{1,4}\.html?|index\.html"
)
FIRST = 20  # addresses that are named, the most frequent first

Links = Mapping[tuple[str, frozenset[str]], int]


def wrong(pages: pl.DataFrame) -> pl.Series:
    """Return the cable that each page links as itself and that it is not, or null."""
    lists = pages["own_links"].explode(empty_as_null=True).drop_nulls().unique().to_list()
    forms = {name: canonical(name) or name for name in lists}
    return (
        pages.select("key", "own_links")
        .with_row_index("row")
        .explode("own_links", empty_as_null=True)
        .with_columns(form=pl.col("own_links").replace_strict(forms, default=None))
        .group_by("row", maintain_order=True)
        .agg(pl.col("own_links").filter(pl.col("form") != pl.col("key")).first())
    )["own_links"]


def leading(
    links: Links, files: Iterable[str], cables: frozenset[str], wrong: int, own: int
) -> Component:
    """Return of how many links what they say is true.

    ``files`` are all that the mirror has, ``cables`` the canonical identifiers of its cables,
    ``own`` the pages that link themselves and ``wrong`` those of them that name another cable.
    A link to a cable that the mirror lacks is no dead link, since that is counted as missing.
    """
    there = set(files)
    asked: Counter[str] = Counter()
    for (folder, addresses), pages in links.items():
        root = _root(folder)
        for address in addresses:
            asked[_target(address, folder, root)] += pages
    dead, absent = Counter[str](), 0
    for target, pages in asked.items():
        cable = _CABLE.search(target)
        if target in there or f"{target}/index.html".lstrip("/") in there:
            continue
        if cable:
            absent += (canonical(unquote(cable[1])) or cable[1]) not in cables
        else:
            dead[target] = pages
    inner = {"of": len(asked) - absent, "dead": len(dead), "to_missing_cables": absent}
    first = [
        {"path": path if _TOLD.fullmatch(path) else f"[{len(path)} characters]", "pages": pages}
        for path, pages in sorted(dead.items(), key=lambda item: (-item[1], item[0]))[:FIRST]
    ]
    facts: dict[str, Any] = {"own": {"of": own, "wrong": wrong}, "inner": inner, "dead": first}
    of = own + inner["of"]
    return Component(of - wrong - inner["dead"], of, facts)


def _root(folder: str) -> str:
    """Return the folder of the tree to which a page belongs, against which ``/…`` is meant."""
    found = _TREE.search(folder)
    return folder[: found.start()].rstrip("/") if found else ""


def _target(address: str, folder: str, root: str) -> str:
    base = root if address.startswith("/") else folder
    joined = normpath(f"{base}/{unquote(address)}".lstrip("/") or ".")
    return "index.html" if joined == "." else joined
