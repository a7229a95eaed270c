"""One file of a source to readings, whatever its kind; large ones in pieces."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from cableproof import plugins
from cableproof.sources import (
    cablebrowser,
    cables_csv,
    csv_table,
    index_pages,
    json_document,
    json_lines,
    wikileaks,
)
from cableproof.sources.batches import Reading, empty
from cableproof.sources.furniture import inner_links
from cableproof.sources.limits import Limits
from cableproof.sources.pages import read_pages
from cableproof.sources.places import At, Trouble
from cableproof.sources.recognise import Recognised, recognise
from cableproof.sources.stretches import Stretches
from cableproof.sources.walk import Found

_PAGES = {"cablebrowser-page": cablebrowser.read, "wikileaks-page": wikileaks.read}
_IN_PIECES = ("cables-csv", "json-lines")
_RANGES = 2  # ranges a piece: each is measured by itself, which costs much whatever its size
_CHUNK = 1 << 16
_OVERLAP = 256  # bytes; the beginning of a record that is recognised is shorter


@dataclass(frozen=True)
class Piece:
    """A part of a large file, or all of a file: bytes ``start`` up to ``end``.

    Where there are stretches, only these are wanted of it.
    """

    found: Found
    kind: str
    start: int
    end: int
    stretches: Stretches | None = None

    @classmethod
    def of(cls, found: Found, kind: str, stretches: Stretches) -> "Piece":
        """Return the piece of a file of lines of which some stretches are wanted."""
        return cls(found, kind, stretches.start, stretches.end, stretches)

    @property
    def size(self) -> int:
        """Return how many bytes are wanted."""
        return self.end - self.start if self.stretches is None else self.stretches.size


@dataclass(frozen=True)
class Seen:
    """A file that was looked at: what it is, and the digest of its bytes if it was read."""

    path: str
    size: int
    kind: str = ""
    skipped: str = ""
    digest: str = ""


def read_small(found: Found, limits: Limits) -> tuple[Seen, list[Reading]]:
    """Return what a file is that is read whole at once, and its readings."""
    try:
        data = found.file.read_bytes()
    except OSError as error:
        return Seen(found.path, found.size), [_unopened(found.path, error)]
    what = recognise(data, found.path, whole=True)
    digest = hashlib.sha256(data).hexdigest()
    if not what.kind:
        readings = _none(found.path, what) or _index(data, found.path, what, limits)
        return _unread(found.path, len(data), what, digest), readings
    seen = Seen(found.path, len(data), what.kind, "", digest)
    return seen, list(read_data(data, what, At(found.path), limits))


def read_data(data: bytes, what: Recognised, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the readings of bytes that are of a known kind."""
    if what.kind in _PAGES:
        if len(data) > limits.page:
            yield _over(at.path, limits.page, "a page")
            return
        yield read_pages(data, at, _PAGES[what.kind], what.is_html)
    elif what.kind == "cables-csv":
        yield from cables_csv.read(data, at, limits)
    elif what.kind == "json-lines":
        yield from json_lines.read(data, at, limits)
    elif what.kind == "json":
        yield from json_document.read(data, at, limits)
    elif what.kind in plugins.of_group(plugins.SOURCES):
        yield from plugins.modules(plugins.SOURCES)[what.kind].read(data, at, limits)
    else:
        yield from _streamed(io.BytesIO(data), what.kind, at, limits)


def _streamed(file: BinaryIO, kind: str, at: At, limits: Limits) -> Iterator[Reading]:
    if kind == "csv-table":
        yield from csv_table.read(file, at, limits)
        return
    from cableproof.sources import parquet  # costs a tenth of a second, and few need it

    yield from parquet.read(file, at, limits)


def look_at_large(found: Found, limits: Limits) -> tuple[Seen, list[Piece], list[Reading]]:
    """Return what a large file is, the pieces in which to read it, and its troubles so far."""
    try:
        with found.file.open("rb") as file:
            head = file.read(limits.head)
            what = recognise(head, found.path, whole=False)
            pieces = _pieces(found, what, file, limits)
    except OSError as error:
        return Seen(found.path, found.size), [], [_unopened(found.path, error)]
    if not what.kind:
        return _unread(found.path, found.size, what, ""), [], _none(found.path, what)
    seen = Seen(found.path, found.size, what.kind)
    limit = limits.page if what.kind in _PAGES else limits.document
    if what.kind in (*_PAGES, "json", *plugins.of_group(plugins.SOURCES)) and found.size > limit:
        return Seen(found.path, found.size), [], [_over(found.path, limit, f"a {what.kind}")]
    return seen, pieces, []


def _pieces(found: Found, what: Recognised, file: BinaryIO, limits: Limits) -> list[Piece]:
    """Return the pieces of a large file; those of a table of lines begin at a record."""
    if what.kind not in _IN_PIECES:
        return [Piece(found, what.kind, 0, found.size)] if what.kind else []
    return _of_lines(found, what.kind, file, limits)


def _of_lines(found: Found, kind: str, file: BinaryIO, limits: Limits) -> list[Piece]:
    edges = _edges(file, kind, 0, found.size, _RANGES * limits.range)
    return [Piece(found, kind, start, end) for start, end in pairwise(edges)]


def pieces_of_lines(found: Found, kind: str, number: int) -> list[Piece]:
    """Return about ``number`` pieces of a large file of lines, or of rows of `cables.csv`.

    Raises:
        OSError: it cannot be read.

    """
    with found.file.open("rb") as file:
        edges = _edges(file, kind, 0, found.size, -(-found.size // number))
    return [Piece(found, kind, start, end) for start, end in pairwise(edges)]


def _edges(file: BinaryIO, kind: str, start: int, end: int, step: int) -> list[int]:
    """Return where to cut the bytes ``start`` up to ``end`` in steps, each time at a record."""
    edges = [start]
    while edges[-1] + step < end:
        edges.append(min(_record_start(file, edges[-1] + step, kind), end))
    return edges if edges[-1] == end else [*edges, end]


def _record_start(file: BinaryIO, edge: int, kind: str) -> int:
    """Return where the first record begins at or after ``edge``, or the end of the file."""
    begin, data = edge - 1, b""
    file.seek(begin)
    while chunk := file.read(_CHUNK):
        data += chunk
        rows = kind == "cables-csv"
        at = cables_csv.next_start(data, 1) if rows else data.find(b"\n") + 1 or len(data)
        if at < len(data):
            return begin + at
        begin += max(len(data) - _OVERLAP, 0)
        data = data[-_OVERLAP:]  # in which a record may have begun
    return begin + len(data)


def read_piece(piece: Piece, limits: Limits) -> Iterator[Reading]:
    """Yield the readings of a piece; its lines count from 1 at its own beginning."""
    path = piece.found.path
    try:
        with piece.found.file.open("rb") as file:
            if piece.kind in ("csv-table", "parquet"):
                yield from _streamed(file, piece.kind, At(path), limits)
            elif piece.stretches is not None:
                yield from _in_stretches(file, piece, piece.stretches, limits)
            elif piece.kind in _IN_PIECES:
                yield from _in_blocks(file, piece, limits)
            else:
                data = file.read(piece.end)
                yield from read_data(data, recognise(data, path, whole=True), At(path), limits)
    except OSError as error:
        yield _unopened(path, error)


def _in_blocks(file: BinaryIO, piece: Piece, limits: Limits) -> Iterator[Reading]:
    """Yield the readings of a piece, of which no more than a block is in memory at a time."""
    what = Recognised(piece.kind)
    line = 1
    for start, data in _blocks(file, piece, limits):
        for reading in read_data(data, what, At(piece.found.path, start, line), limits):
            yield reading
            line += reading.lines


def _in_stretches(
    file: BinaryIO, piece: Piece, stretches: Stretches, limits: Limits
) -> Iterator[Reading]:
    """Yield the readings of some slots, which are whole, so that none depends on another."""
    at = At(piece.found.path, stretches.start)
    for reading in read_data(stretches.bytes_of(file), Recognised(piece.kind), at, limits):
        yield stretches.placed(reading)


def blocks_of(piece: Piece, limits: Limits) -> Iterator[tuple[int, bytes]]:
    """Yield the blocks of a piece of lines, each with where it begins in the file.

    Raises:
        OSError: the file cannot be read.

    """
    with piece.found.file.open("rb") as file:
        yield from _blocks(file, piece, limits)


def _blocks(file: BinaryIO, piece: Piece, limits: Limits) -> Iterator[tuple[int, bytes]]:
    for start, end in pairwise(_edges(file, piece.kind, piece.start, piece.end, limits.block)):
        file.seek(start)
        yield start, file.read(end - start)


def _unread(path: str, size: int, what: Recognised, digest: str) -> Seen:
    skipped = "" if what.damage else what.skipped or "unknown format"
    return Seen(path, size, "", skipped, digest)


def _none(path: str, what: Recognised) -> list[Reading]:
    """Return the readings of a file without a reader: none where it is plainly no record."""
    if what.skipped:
        return []
    if what.damage:
        trouble = Trouble("SRC003", path, 1, 0, True, {"reason": what.damage})
    else:
        trouble = Trouble("SRC002", path)
    return [Reading(empty(), (), (trouble,))]


def _index(data: bytes, path: str, what: Recognised, limits: Limits) -> list[Reading]:
    """Return what an index page lists, as a reading without records; of other files nothing."""
    if what.skipped != index_pages.WHAT or len(data) > limits.page:
        return []
    links = (inner_links(index_pages.text(data)),)
    return [Reading(empty(), index=index_pages.read(data, path), links=links)]


def _over(path: str, limit: int, what: str) -> Reading:
    facts = {"reason": f"over the limit of {limit:,} bytes for {what}"}
    return Reading(empty(), (), (Trouble("SRC001", path, lost=True, facts=facts),))


def _unopened(path: str, error: OSError) -> Reading:
    facts = {"reason": (error.strerror or "cannot be read").lower()}
    return Reading(empty(), (), (Trouble("SRC001", path, lost=True, facts=facts),))
