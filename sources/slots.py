"""Slots of files of lines before any is parsed: where each stands, and what it says as it stands.

Slots that say the same are the same record, so that it need not be parsed to be known as equal.
The forms are those whose slots are found by their bytes alone, each whatever the others hold:
rows of `cables.csv`, JSON lines, and manifests written as such.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from cableproof.sources import cables_csv, json_lines
from cableproof.sources.batches import LIST, TEXT
from cableproof.sources.blocks import Block, Piece, blocks_of
from cableproof.sources.limits import Limits
from cableproof.sources.manifest import COLUMNS
from cableproof.sources.quotes import ESCAPED, LF, QUOTE, Dialect, marks, whole_rows
from cableproof.sources.rows import line_ends

#: One row a slot. ``identifier`` is what it calls itself where that is plain to see, ``said``
#: all that it says but for its place in the file, null where it is no UTF-8; ``sound`` tells
#: whether it is proven to hold one whole record, and ``release`` the one that it then names.
SLOTS: dict[str, pl.DataType] = {
    "start": pl.Int64(),
    "end": pl.Int64(),
    "identifier": TEXT,
    "said": TEXT,
    "release": TEXT,
    "sound": pl.Boolean(),
}
Edges = npt.NDArray[np.int64]
#: The number of a row, by which alone the same record differs from release to release.
_NUMBER = re.compile(rb'"[0-9]+",(?="[0-9]{1,2}/[0-9]{1,2}/[0-9]{4} [0-9]{1,2}:[0-9]{2}",)')
_STRING = r'"[^"\\\x00-\x1f]*"'
_WHOLE = "-?(?:0|[1-9][0-9]{0,17})"
_VALUES = {
    TEXT: _STRING,
    LIST: rf"\[(?:{_STRING}(?:,{_STRING})*)?\]",
    pl.Boolean(): "true|false",
    pl.Int64(): _WHOLE,
}


@dataclass(frozen=True)
class Survey:
    """A piece of a file whose slots are wanted; ``prove`` tells whether they are proven too.

    There is no piece where the file has ended.
    """

    piece: Piece | None
    prove: bool


def slots_in(survey: Survey, limits: Limits) -> Iterator[pl.DataFrame]:
    """Yield the slots of a piece a block at a time, with the columns ``SLOTS``; they hold text.

    Raises:
        OSError: the file cannot be read.

    """
    if survey.piece is None:
        return
    look = _FORMS[survey.piece.kind]
    for block in blocks_of(survey.piece, limits):
        if block.data is None:
            yield pl.DataFrame([_unsound(block)], schema=SLOTS, orient="row")
            continue
        found = look(block.data, limits.record, survey.prove)
        yield found.with_columns(pl.col("start", "end") + block.start).select(*SLOTS)


def _unsound(block: Block) -> tuple[int, int, None, None, None, bool]:
    """Return the row of a slot that is too long to be read."""
    return block.start, block.end, None, None, None, False


def surveyed(surveys: Sequence[Survey], limits: Limits) -> pl.DataFrame:
    """Return the slots of pieces of several sources, with ``source``, the number of each.

    Raises:
        OSError: a file cannot be read.

    """
    return pl.concat(
        slots.with_columns(source=pl.lit(number, pl.Int32))
        for number, survey in enumerate(surveys)
        for slots in slots_in(survey, limits)
    )


def _rows(block: bytes, limit: int, prove: bool) -> pl.DataFrame:
    """Return the rows of a `cables.csv`, which say all but their number."""
    signs = np.frombuffer(block, dtype=np.uint8)
    quotes = np.flatnonzero(signs == QUOTE)
    begin = quotes[(signs[quotes - 1] == LF) & (quotes > 0)].tolist()
    first = _NUMBER.match(block)
    found = [0, first.end() if first else 0]
    for at in begin:
        if row := _NUMBER.match(block, at):
            found += row.span()
    cuts = np.array([*found, len(block)], dtype=np.int64)
    slots = np.column_stack([cuts[:-1:2], cuts[2::2]])
    said = _cut(block, cuts).gather_every(2, 1)
    sound = slots[:, 1] - slots[:, 0] <= limit
    if prove:
        dialect = Dialect(ESCAPED, len(cables_csv.COLUMNS), limit)
        sound = whole_rows(block, slots, dialect, marks(block, quotes).quotes)
    named = said.str.extract(r'^"[^"\\]*","([0-9A-Z]{1,40})",')
    plain = pl.Series(cuts[1::2] > cuts[:-1:2])  # it begins as a row does
    return _frame(slots, pl.select(pl.when(plain).then(named)).to_series(), said, sound)


def _objects(block: bytes, limit: int, prove: bool) -> pl.DataFrame:
    """Return lines of JSON, which say all that stands in them."""
    cuts = _lines(block)
    said = _cut(block, cuts)
    sizes = np.diff(cuts) <= limit
    named = said.str.extract(r'^\{"identifier": ?"([0-9A-Z]{1,40})"[,}]')
    if not prove:
        return _frame(_slots(cuts), named, said, sizes)
    read = json_lines.plain_objects(block, cuts.tolist())
    releases = [each.get("source_release") if each else None for each in read]
    told = [release is None or type(release) is str for release in releases]
    sound = sizes & np.array([each is not None for each in read]) & np.array(told)
    kept = [release if fine else None for release, fine in zip(releases, told, strict=True)]
    return _frame(_slots(cuts), named, said, sound, pl.Series(kept, dtype=TEXT))


def _listed(block: bytes, limit: int, prove: bool) -> pl.DataFrame:
    """Return lines of a manifest, which say all but where the record stood in its source."""
    cuts = _lines(block)
    lines = _cut(block, cuts)
    said = lines.str.replace(_PLACE, "${1}")
    named = lines.str.extract(r'^\{"identifier":"([0-9A-Z]{1,40})",')
    if not prove:
        return _frame(_slots(cuts), named, said, np.ones(len(lines), dtype=bool))
    shaped = lines.str.contains(_SHAPE) & ~lines.str.contains(_TOGETHER, literal=True)
    release = lines.str.extract(r'"source_release":"([^"]*)"')
    return _frame(_slots(cuts), named, said, shaped.fill_null(value=False).to_numpy(), release)


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
_FORMS: dict[str, Callable[[bytes, int, bool], pl.DataFrame]] = {
    "cables-csv": _rows,
    "json-lines": _objects,
    MANIFEST: _listed,
}
#: The kinds of files that have such slots.
KINDS = tuple(_FORMS)


def _lines(block: bytes) -> Edges:
    """Return where lines begin, and where the last one ends."""
    after = line_ends(block) + 1
    last = [] if len(after) and after[-1] == len(block) else [len(block)]
    return np.concatenate([[0], after, last]).astype(np.int64)


def _slots(cuts: Edges) -> Edges:
    return np.column_stack([cuts[:-1], cuts[1:]])


def _cut(block: bytes, cuts: Edges) -> pl.Series:
    """Return the bytes between cuts as texts, of which nothing is copied; null where no UTF-8."""
    buffers = [None, pa.py_buffer(cuts), pa.py_buffer(block)]
    parts = pa.Array.from_buffers(pa.large_binary(), len(cuts) - 1, buffers)
    whole = pl.Series(pl.from_arrow(parts))
    try:
        return whole.cast(pl.String)
    except pl.exceptions.PolarsError:
        return pl.Series([_text(each) for each in whole], dtype=pl.String)


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _frame(
    slots: Edges,
    identifier: pl.Series,
    said: pl.Series,
    sound: npt.NDArray[np.bool_],
    release: pl.Series | None = None,
) -> pl.DataFrame:
    none = pl.lit(None, dtype=TEXT) if release is None else release
    return pl.DataFrame({"start": slots[:, 0], "end": slots[:, 1]}).with_columns(
        identifier=identifier, said=said, release=none, sound=pl.Series(sound)
    )
