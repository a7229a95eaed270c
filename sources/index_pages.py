"""The index pages of a release tree: which cables each lists, told by its address and its links.

Nothing else on them is read: no subject, and no heading. The markup was measured on the pages
of the releases of December 2010, where an index page has the furniture and the table of a cable
page, but neither the heading nor the texts of one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

import polars as pl

from cableproof.sources.decoding import BOMS
from cableproof.sources.identifiers import named_by_file

WHAT = "index page"  # as the books call it
FRONT = "front"  # the kind of the page at the root of the tree
KINDS = ("date", "reldate", "classification", "origin", "tag")
#: The folder of the tree to which a cable page belongs, with its closing slash.
TREE = r"^((?:.*/)?)cable/[0-9]{4}/[0-9]{2}/[^/]+$"

_COUNTER = "Currently released so far"
_STATED = re.compile(_COUNTER + r"[. ]{0,9}([0-9][0-9,]{0,8})\s{0,2}/")
_ADDRESS = re.compile(
    rf"((?:.*/)?)({'|'.join(KINDS)})/([^/]{{1,60}})_([0-9]{{1,4}})\.html?", re.DOTALL
)
_CABLE = re.compile(r"/cable/[0-9]{4}/[0-9]{2}/([^/\"'<>]{1,60})\.html?[\"'#?]")
_INDEX = {
    kind: re.compile(
        rf"/{kind}/([^/\"'<>]{{1,60}})_([0-9]{{1,4}})\.html?[\"'][^<>]{{0,200}}>([^<]{{0,99}})"
    )
    for kind in KINDS
}
_WORDS = re.compile(r"[\w ,.'*()&/-]{1,60}")
_CABLE_PAGE = (b"Viewing cable ", b"<pre")
#: How the table of the releases begins, on cable pages and on index pages.
TABLES = (b"<table class='cable'", b'<table class="cable"')


@dataclass(frozen=True)
class IndexPage:
    """What one index page lists, or the counter of the page at the root of the tree."""

    path: str
    tree: str  # the folder above its kind's, with a closing slash
    kind: str
    key: str = ""  # of what it lists, as its address has it
    page: int = 0  # of the pages of its key, from 0
    final: int = 0  # the highest of them to which it links
    keys: int = 0  # of its kind to which it links
    label: str | None = None  # what it calls its own key, where it does
    whole: bool = True  # false where it is cut short
    counter: int | None = None
    cables: tuple[str, ...] = ()


_TYPES: dict[str, type[pl.DataType] | pl.DataType] = {
    "path": pl.String,
    "tree": pl.String,
    "kind": pl.String,
    "key": pl.String,
    "page": pl.Int64,
    "final": pl.Int64,
    "keys": pl.Int64,
    "label": pl.String,
    "whole": pl.Boolean,
    "counter": pl.Int64,
    "cables": pl.List(pl.String),
}


def frame(pages: Iterable[IndexPage]) -> pl.DataFrame:
    """Return index pages as a table, one row a page."""
    pages = list(pages)
    names = [field.name for field in fields(IndexPage)]
    return pl.DataFrame(
        {name: [getattr(page, name) for page in pages] for name in names}, schema=_TYPES
    )


def counter(text: str, end: int | None = None) -> int | None:
    """Return how many cables a page says are released so far, or None where it does not."""
    at = text.find(_COUNTER, 0, end)
    found = _STATED.match(text, at) if at >= 0 else None
    return int(found[1].replace(",", "")) if found else None


def is_index(text: bytes, path: str) -> bool:
    """Tell whether a page shows no cable and is an index page, by its address or its table."""
    if any(sign in text for sign in _CABLE_PAGE):
        return False
    if _COUNTER.encode() in text and (_is_front(path) or _ADDRESS.fullmatch(path)):
        return True
    return any(sign in text for sign in TABLES) and not named_by_file(PurePosixPath(path).stem)


def _is_front(path: str) -> bool:
    return PurePosixPath(path).name == "index.html"


def read(data: bytes, path: str) -> IndexPage | None:
    """Return what an index page lists, or None where its address does not tell of what.

    A page that is cut short lists what stands before the cut.
    """
    markup = text(data)
    place = _ADDRESS.fullmatch(path)
    if place is None:
        front = _is_front(path)
        tree = path.removesuffix("index.html")
        return IndexPage(path, tree, FRONT, counter=counter(markup)) if front else None
    kind, key, page = place[2], place[3], int(place[4])
    found = _INDEX[kind].findall(markup)
    links = [(unquote(name), int(number), words) for name, number, words in found]
    own = [(number, words) for name, number, words in links if name == key]
    return IndexPage(
        path=path,
        tree=place[1],
        kind=kind,
        key=key,
        page=page,
        final=max((number for number, _ in own), default=page),
        keys=len({name for name, _, _ in links}),
        label=_label(words for _, words in own),
        whole="</html" in markup.lower(),
        counter=counter(markup),
        cables=tuple(dict.fromkeys(unquote(name) for name in _CABLE.findall(markup))),
    )


def text(data: bytes) -> str:
    """Return the text of a page; what cannot be decoded is in no address."""
    encoding = next((encoding for mark, encoding in BOMS if data.startswith(mark)), "utf-8")
    return data.decode(encoding, "replace")


def _label(texts: Iterable[str]) -> str | None:
    """Return the first of the texts of links that is a name, and no number or arrow."""
    for text in texts:
        name = unescape(text).strip()
        if any(sign.isalpha() for sign in name) and _WORDS.fullmatch(name):
            return name
    return None
