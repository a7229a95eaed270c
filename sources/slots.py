"""Slots of files of lines before any is parsed: where each stands, and what it says as it stands.

Slots that say the same are the same record, so that it need not be parsed to be known as equal.
The forms are those whose slots are found by their bytes alone, each whatever the others hold:
rows of `cables.csv`, JSON lines, and manifests written as such.
"""

import re
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


class Proven(NamedTuple):
    """The slots of a block, and what is proven of each.

    Slots follow one another from edge to edge; ``sound`` are those that hold one whole record,
    in UTF-8, and ``releases`` what each of these names, if any may.
    """

    edges: Edges
    sound: npt.NDArray[np.bool_]
    releases: pl.Series | None = None


class Form(NamedTuple):
    """How the slots of a kind of file are found by their bytes, and what they do not say by them.

    A slot says all of its bytes but those of its ``place``, which differ where the same record
    stands elsewhere; a group of that pattern is said too.
    """

    begins: re.Pattern[bytes]  # matches where a slot begins
    named: re.Pattern[bytes]  # matches there, where it is plain to see what it calls itself
    place: re.Pattern[bytes]
    after: Callable[[bytes, int], int]  # where the first slot begins at or after a byte
    proven: Callable[[bytes, int], Proven]  # the slots of a block, of so many bytes at most


_NAME = "([0-9A-Z]{1,40})"
_STRING = r'"[^"\\\x00-\x1f]*"'
_WHOLE = "-?(?:0|[1-9][0-9]{0,17})"
_VALUES = {
    TEXT: _STRING,
    LIST: rf"\[(?:{_STRING}(?:,{_STRING})*)?\]",
    pl.Boolean(): "true|false",
    pl.Int64(): _WHOLE,
}


def _rows(block: bytes, limit: int) -> Proven:
    """Return the rows of a `cables.csv`."""
    signs = np.frombuffer(block, dtype=np.uint8)
    quotes = np.flatnonzero(signs == QUOTE)
    lines = quotes[(signs[quotes - 1] == LF) & (quotes > 0)].tolist()
    starts = [0, *(at for at in lines if cables_csv.START.match(block, at))]
    edges = np.array([*starts, len(block)], dtype=np.int64)
    slots = np.column_stack([edges[:-1], edges[1:]])
    dialect = Dialect(ESCAPED, len(cables_csv.COLUMNS), limit)
    sound = whole_rows(block, slots, dialect, unescaped(block, quotes))
    return Proven(edges, sound & _in_utf8(block, edges))


def _objects(block: bytes, limit: int) -> Proven:
    """Return lines of JSON."""
    edges = _lines(block)
    read = json_lines.plain_objects(block, edges.tolist())
    releases = [each.get("source_release") if each else None for each in read]
    told = [release is None or type(release) is str for release in releases]
    sound = np.array([each is not None for each in read]) & np.array(told)
    kept = [release if fine else None for release, fine in zip(releases, told, strict=True)]
    return Proven(edges, sound & (np.diff(edges) <= limit), pl.Series(kept, dtype=TEXT))


def _listed(block: bytes, limit: int) -> Proven:
    """Return lines of a manifest."""
    del limit  # they are not read line by line
    edges = _lines(block)
    lines = texts_of(_cut(block, edges))
    shaped = lines.str.contains(_SHAPE) & ~lines.str.contains(_TOGETHER, literal=True)
    release = lines.str.extract(r'"source_release":"([^"]*)"')
    return Proven(edges, shaped.fill_null(value=False).to_numpy(), release)


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


def _after_line(block: bytes, at: int) -> int:
    """Return where the first line begins at or after a byte, or the end."""
    return block.find(b"\n", at - 1) + 1 or len(block)


def _pattern(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode())


_START = cables_csv.START.pattern.decode()
_NUMBER = r'(?:\A|(?<=\n))"[0-9]+",()'  # of a row, which differs from release to release
_LINE = _pattern(r"(?:\A|(?<=\n))")
_NOWHERE = _pattern("()")
#: The kinds of files that have such slots.
FORMS = {
    "cables-csv": Form(
        cables_csv.START,
        _pattern(f'{_START}"{_NAME}",'),
        _pattern(_NUMBER + '(?="[0-9]{1,2}/)'),
        cables_csv.next_start,
        _rows,
    ),
    "json-lines": Form(
        _LINE, _pattern(rf'\{{"identifier": ?"{_NAME}"[,}}]'), _NOWHERE, _after_line, _objects
    ),
    MANIFEST: Form(
        _LINE, _pattern(rf'\{{"identifier":"{_NAME}",'), _pattern(_PLACE), _after_line, _listed
    ),
}


def _lines(block: bytes) -> Edges:
    """Return where lines begin, and where the last one ends."""
    after = line_ends(block) + 1
    last = [] if len(after) and after[-1] == len(block) else [len(block)]
    return np.concatenate([[0], after, last]).astype(np.int64)


def _cut(block: bytes, edges: Edges) -> pl.Series:
    """Return the bytes between edges, of which nothing is copied."""
    buffers = [None, pa.py_buffer(edges), pa.py_buffer(block)]
    return pl.Series(
        pl.from_arrow(pa.Array.from_buffers(pa.large_binary(), len(edges) - 1, buffers))
    )


def _in_utf8(block: bytes, edges: Edges) -> npt.NDArray[np.bool_]:
    """Tell which slots are UTF-8."""
    return texts_of(_cut(block, edges)).is_not_null().to_numpy()


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
