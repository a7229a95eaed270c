"""What stands on a page around its record: a digest, lists that tell its release, and links.

The lists of release days, months, origins and tags in the side bar of a release grow with each
release and are the same on all of its pages, so that their digests tell from which release a page
is. Links are told apart: a page's own, which name its cable, and inner ones, which lead to other
files of the tree. Nothing of the record's text is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import unescape
from typing import Any

#: The lists of the side bar, each by the folder to which its links lead.
LISTS = {"days": "reldate", "months": "date", "origins": "origin", "tags": "tag"}
COLUMNS = tuple(f"listed_{name}" for name in LISTS)
#: In the order in which releases have them last, and first.
_FOLDERS = ("classification/", "reldate/", "date/", "origin/", "tag/")
WIDTH = 32  # hexadecimal digits of a digest

_ANCHOR = re.compile(
    r"<a\b[^<>]{0,400}?\bhref\s*=\s*(?:\"([^\"<>]{0,500})\"|'([^'<>]{0,500})'|([^\s\"'<>]{1,500}))",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"cable(?:/|%2F)[0-9]{4}(?:/|%2F)[0-9]{2}(?:/|%2F)([0-9A-Za-z]{4,60})(?:_[a-e])?\.html?",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:^|/)(reldate|date|origin|tag)/([^/]{1,60})_[0-9]{1,4}\.html?$")
_OUTER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:|//|#")  # another site, a script, or this page


@dataclass(frozen=True)
class Side:
    """What the side bar says, the same on all pages of a release."""

    lists: tuple[tuple[str, str | None], ...]
    inner: frozenset[str]


def digest(*parts: str) -> str:
    """Return a digest of what stands on a page around its record."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:WIDTH]


def told(above: str, table: str, below: str) -> dict[str, Any]:
    """Return what the page around a record tells: see ``COLUMNS``, ``own_links``, ``inner_links``.

    ``above`` and ``below`` are the markup around the record, ``table`` that of its own table.
    """
    begin, end = _bar(above)
    side = _side(above[begin:end])
    rest = "".join((above[:begin], above[end:], below))
    own = set(_OWN.findall(rest)) | set(_OWN.findall(table))
    inner = frozenset(a for a in inner_links(rest) if not _OWN.search(a))
    return dict(side.lists) | {"own_links": sorted(own), "inner_links": (side.inner, inner)}


def inner_links(markup: str) -> frozenset[str]:
    """Return the addresses of the links that lead to other files of the same tree."""
    found = (_inner(double or single or bare) for double, single, bare in _ANCHOR.findall(markup))
    return frozenset(address for address in found if address)


@lru_cache(maxsize=4096)
def _inner(address: str) -> str:
    """Return an address without query and fragment, empty where it leads out of the tree."""
    plain = unescape(address).strip()
    return "" if _OUTER.match(plain) else re.split("[?#]", plain, maxsplit=1)[0]


def _bar(above: str) -> tuple[int, int]:
    """Return where the lists of the side bar stand, from their first link to their last."""
    first, last = len(above), -1
    for folder in _FOLDERS:  # each is looked for beyond what is known, so that little is read twice
        found = above.find(folder, 0, first)
        first = first if found < 0 else found
        last = max(last, above.rfind(folder, last + 1))
    if last < 0:
        return 0, 0
    return max(above.rfind("<", 0, first), 0), above.find(">", last) + 1 or len(above)


@lru_cache(maxsize=64)
def _side(bar: str) -> Side:
    """Return what a side bar says; thousands of pages have the very same."""
    inner = inner_links(bar)
    keys: dict[str, set[str]] = {folder: set() for folder in LISTS.values()}
    for address in inner:
        found = _INDEX.search(address)
        if found:
            keys[found[1]].add(found[2])
    lists = tuple((f"listed_{name}", _digest(keys[folder])) for name, folder in LISTS.items())
    return Side(lists, inner)


def _digest(keys: Iterable[str]) -> str | None:
    listed = sorted(keys)
    return digest(*listed) if listed else None
