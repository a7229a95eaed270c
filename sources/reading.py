"""One file of a source to readings, whatever its kind; large ones in pieces."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from cableproof.sources.archives.faults import ArchiveFault
from cableproof.sources.archives.forms import HEAD, form_of
from cableproof.sources.batches import Reading, empty
from cableproof.sources.blocks import IN_PIECES, Block, Piece, blocks_in, pieces_in
from cableproof.sources.extents import UNREADABLE
from cableproof.sources.furniture import inner_links
from cableproof.sources.limits import Limits, over_limit
from cableproof.sources.pages import read_pages
from cableproof.sources.places import At, Trouble
from cableproof.sources.recognise import EMPTY, Recognised, recognise
from cableproof.sources.stretches import Stretches
from cableproof.sources.walk import Found, state

_PAGES = {"cablebrowser-page": cablebrowser.read, "wikileaks-page": wikileaks.read}
ARCHIVE = "archive"  # the kind of a file that holds others
#: Kinds of ours whose slots are byte ranges: all but Parquet.
PLACED = (*_PAGES, *IN_PIECES, "csv-table", "json")


@dataclass(frozen=True)
class Seen:
    """A file that was looked at: what it is, and the digest of its bytes if it was read."""

    path: str
    size: int
    kind: str = ""
    skipped: str = ""
    digest: str = ""
    inside: bool = False  # in an archive, whose own digest tells of it

    @property
    def lost(self) -> bool:
        """Tell whether nothing in the file could be read."""
        return not (self.kind or self.skipped)


def read_small(found: Found, limits: Limits) -> tuple[Seen, list[Reading]]:
    """Return what a file is that is read whole at once, and its readings."""
    try:
        before = state(found.file.stat())
        data = found.file.read_bytes()
        changed = state(found.file.stat()) != before
    except OSError as error:
        return _lost(found), [_unopened(found.path, error)]
    if changed:
        return _lost(found), [Reading(empty(), troubles=(changing(found.path),))]
    if form_of(data[:HEAD]):
        return _archive(found, hashlib.sha256(data).hexdigest()), []
    what = recognise(data, found.path, whole=True)
    digest = hashlib.sha256(data).hexdigest()
    if not what.kind:
        readings = _none(found.path, what) or _index(data, found.path, what, limits)
        return _unread(found, what, digest), readings
    seen = Seen(found.path, len(data), what.kind, "", digest, found.inside)
    return seen, list(read_data(data, what, At(found.path), limits))


def _lost(found: Found) -> Seen:
    return Seen(found.path, found.size, inside=found.inside)


def _archive(found: Found, digest: str) -> Seen:
    return Seen(found.path, found.size, ARCHIVE, "", digest, found.inside)


def read_data(data: bytes, what: Recognised, at: At, limits: Limits) -> Iterator[Reading]:
    """Yield the readings of bytes that are of a known kind."""
    if what.kind in _PAGES:
        if len(data) > limits.page:
            yield replace(_over(at.path, limits.page, "a page"), extents={UNREADABLE: len(data)})
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
            if form_of(head):
                return _archive(found, ""), [], []
            what = recognise(head, found.path, whole=False)
            pieces = _pieces(found, what, file, limits)
    except OSError as error:
        return _lost(found), [], [_unopened(found.path, error)]
    if not what.kind:
        return _unread(found, what, ""), [], _none(found.path, what)
    seen = Seen(found.path, found.size, what.kind, inside=found.inside)
    limit = limits.page if what.kind in _PAGES else limits.document
    if what.kind in (*_PAGES, "json", *plugins.of_group(plugins.SOURCES)) and found.size > limit:
        return _lost(found), [], [_over(found.path, limit, f"a {what.kind}")]
    return seen, pieces, []


def _pieces(found: Found, what: Recognised, file: BinaryIO, limits: Limits) -> list[Piece]:
    """Return the pieces of a large file; those of a table of lines begin at a record."""
    if what.kind not in IN_PIECES:
        return [Piece(found, what.kind, 0, found.size)] if what.kind else []
    return pieces_in(found, what.kind, file, limits)


def read_piece(piece: Piece, limits: Limits) -> Iterator[Reading]:
    """Yield the readings of a piece; its lines count from 1 at its own beginning."""
    path = piece.found.path
    try:
        with piece.found.file.open("rb") as file:
            if piece.kind in ("csv-table", "parquet"):
                yield from _streamed(file, piece.kind, At(path), limits)
            elif piece.stretches is not None:
                yield from _in_stretches(file, piece, piece.stretches, limits)
            elif piece.kind in IN_PIECES:
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
    for block in blocks_in(file, piece, limits):
        at = At(piece.found.path, block.start, line)
        if block.data is None:
            yield _too_long(at, block, limits)
            line += block.lines
            continue
        for reading in read_data(block.data, what, at, limits):
            yield reading
            line += reading.lines


def _too_long(at: At, block: Block, limits: Limits) -> Reading:
    """Return the reading of a record that is too long even to be read."""
    facts = {"reason": over_limit(limits.record)}
    trouble = Trouble("SRC003", at.path, at.line, at.start, lost=True, facts=facts)
    size = block.end - block.start
    return Reading(empty(), troubles=(trouble,), lines=block.lines, extents={UNREADABLE: size})


def _in_stretches(
    file: BinaryIO, piece: Piece, stretches: Stretches, limits: Limits
) -> Iterator[Reading]:
    """Yield the readings of some slots, which are whole, so that none depends on another."""
    at = At(piece.found.path, stretches.start)
    for reading in read_data(stretches.bytes_of(file), Recognised(piece.kind), at, limits):
        yield stretches.placed(reading)


def _unread(found: Found, what: Recognised, digest: str) -> Seen:
    skipped = "" if what.damage else what.skipped or "unknown format"
    return Seen(found.path, found.size, "", skipped, digest, found.inside)


def _none(path: str, what: Recognised) -> list[Reading]:
    """Return the readings of a file without a reader: none where it is plainly no record."""
    if what.skipped:
        empty_file = Trouble("SRC002", path, facts={"reason": "the file is empty"})
        return [Reading(empty(), (), (empty_file,))] if what.skipped == EMPTY else []
    if what.damage:
        trouble = Trouble("SRC003", path, 1, 0, True, {"reason": what.damage})
    else:
        reason = "no reader recognises this file; it was not checked"
        trouble = Trouble("SRC002", path, facts={"reason": reason})
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


def changing(path: str) -> Trouble:
    """Return the finding on a file that is not what it was when it was opened."""
    facts = {"reason": "it changed while it was read"}
    return Trouble("SRC001", path, lost=True, facts=facts)


def _unopened(path: str, error: OSError) -> Reading:
    facts = {"reason": (error.strerror or "cannot be read").lower()}
    code = "SRC004" if isinstance(error, ArchiveFault) else "SRC001"
    return Reading(empty(), (), (Trouble(code, path, lost=True, facts=facts),))
