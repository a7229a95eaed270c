"""Slots of files of lines before any is parsed: where each stands, and what it says as it stands.

Slots that say the same are the same record, so that it need not be parsed to be known as equal.
The forms are those whose slots are found by their bytes alone, each whatever the others hold:
rows of `cables.csv`, JSON lines, and manifests written as such.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from cableproof.sources import cables_csv, json_lines
from cableproof.sources.batches import LIST, TEXT
from cableproof.sources.manifest import COLUMNS
from cableproof.sources.quotes import ESCAPED, LF, QUOTE, Dialect, unescaped, whole_rows
from cableproof.sources.rows import line_ends

Edges = npt.NDArray[np.int64]
#: One row a slot. ``identifier`` is what it calls itself where that is plain to see; ``said`` all
#: that it says: nothing where a slot of each of the other files says the same, and null where it
#: has no plain name or is no UTF-8. ``sound`` tells of the first file's whether they are proven
#: to hold one whole record, of others whether they may; ``release`` is the one that it names.
SLOTS = {
    "start": pl.Int64(),
    "end": pl.Int64(),
    "identifier": TEXT,
    "said": TEXT,
    "release": TEXT,
    "sound": pl.Boolean(),
}


class Proven(NamedTuple):
    """Which slots hold one whole record, in UTF-8, and what release each names, if any may."""

    sound: npt.NDArray[np.bool_]
    releases: pl.Series | None = None


class Lines(NamedTuple):
    """The lines of a block, from edge to edge: as bytes and as texts, null where no UTF-8."""

    block: bytes
    edges: Edges
    texts: pl.Series

    @classmethod
    def of(cls, block: bytes) -> "Lines":
        """Return the lines of a block."""
        edges = _edges(block)
        return cls(block, edges, _texts_between(block, edges))


class Form(NamedTuple):
    """What slots that are lines call themselves, and what they do not say by their bytes.

    A slot says all of its bytes but those of its ``place``, which differ where the same record
    stands elsewhere; a group of that pattern is said too. In some forms it has none.
    """

    named: str  # matches at the beginning, where it is plain to see what it calls itself
    place: str
    proven: Callable[["Lines", int], Proven]  # of so many bytes at most


NAME = "([0-9A-Z]{1,40})"
_STRING = r'"[^"\\\x00-\x1f]*"'
_WHOLE = "-?(?:0|[1-9][0-9]{0,17})"
_VALUES = {
    TEXT: _STRING,
    LIST: rf"\[(?:{_STRING}(?:,{_STRING})*)?\]",
    pl.Boolean(): "true|false",
    pl.Int64(): _WHOLE,
}


def rows(block: bytes, limit: int) -> tuple[Edges, Proven]:
    """Return where the rows of a `cables.csv` begin, and where the last one ends."""
    signs = np.frombuffer(block, dtype=np.uint8)
    quotes = np.flatnonzero(signs == QUOTE)
    lines = quotes[(signs[quotes - 1] == LF) & (quotes > 0)].tolist()
    starts = [0, *(at for at in lines if cables_csv.START.match(block, at))]
    edges = np.array([*starts, len(block)], dtype=np.int64)
    slots = np.column_stack([edges[:-1], edges[1:]])
    dialect = Dialect(ESCAPED, len(cables_csv.COLUMNS), limit)
    sound = whole_rows(block, slots, dialect, unescaped(block, quotes))
    return edges, Proven(sound & _texts_between(block, edges).is_not_null().to_numpy())


def _objects(lines: Lines, limit: int) -> Proven:
    """Return what lines of JSON are."""
    read = json_lines.plain_objects(lines.block, lines.edges.tolist())
    releases = [each.get("source_release") if each else None for each in read]
    told = [release is None or type(release) is str for release in releases]
    sound = np.array([each is not None for each in read]) & np.array(told)
    kept = [release if fine else None for release, fine in zip(releases, told, strict=True)]
    return Proven(sound & (np.diff(lines.edges) <= limit), pl.Series(kept, dtype=TEXT))


def _listed(lines: Lines, limit: int) -> Proven:
    """Return what lines of a manifest are."""
    del limit  # they are not read line by line
    texts = lines.texts
    shaped = texts.str.contains(_SHAPE) & ~texts.str.contains(_TOGETHER, literal=True)
    release = texts.str.extract(r'"source_release":"([^"]*)"')
    return Proven(shaped.fill_null(value=False).to_numpy(), release)


def _shape() -> str:
    """Return the pattern of a line of a manifest as it is written: its columns in their order."""
    *others, last = COLUMNS
    members = "".join(rf'(?:"{name}":(?:null|{_VALUES[COLUMNS[name]]}),)?' for name in others)
    return rf'^\{{{members}"{last}":{_VALUES[COLUMNS[last]]}\}}\n$'


_SHAPE = _shape()
MANIFEST = "manifest"
_NUMBERED = rf"(?:null|{_WHOLE}),"
_PLACE = rf'"path":{_STRING},("kind":{_STRING},)(?:"line":{_NUMBERED})?(?:"row":{_NUMBERED})?'
#: Pages that are looked at together, since their times are told apart by those of all.
_TOGETHER = '"kind":"wikileaks-page"'
ROWS = "cables-csv"
#: The kinds of files of which each line is a slot.
FORMS = {
    "json-lines": Form(rf'^\{{"identifier": ?"{NAME}"[,}}]', "", _objects),
    MANIFEST: Form(rf'^\{{"identifier":"{NAME}",', _PLACE, _listed),
}
#: All kinds of files whose slots are found by their bytes.
KINDS = frozenset({ROWS, *FORMS})


def _edges(block: bytes) -> Edges:
    """Return where lines begin, and where the last one ends."""
    after = line_ends(block) + 1
    last = [] if len(after) and after[-1] == len(block) else [len(block)]
    return np.concatenate([[0], after, last]).astype(np.int64)


def _texts_between(block: bytes, edges: Edges) -> pl.Series:
    """Return the texts between edges, null where they are no UTF-8; of a block nothing is copied."""
    buffers = [None, pa.py_buffer(edges), pa.py_buffer(block)]
    cut = pa.Array.from_buffers(pa.large_binary(), len(edges) - 1, buffers)
    return texts_of(pl.Series(pl.from_arrow(cut)))


def texts_of(said: pl.Series) -> pl.Series:
    """Return bytes as texts, null where they are no UTF-8."""
    try:
        return said.cast(pl.String)
    except pl.exceptions.PolarsError:
        return pl.Series([_text(each) for each in said], dtype=pl.String)


def _text(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError:
        return None
