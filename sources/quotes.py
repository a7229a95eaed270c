"""Rows of quoted fields: proven by their quotes, taken apart where they fail, and explained."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cableproof.sources.limits import over_limit

QUOTE, COMMA, BACKSLASH, LF, CR = b'",\\\n\r'


class Row(NamedTuple):
    """The byte range of a row in a block, its line end included."""

    start: int
    end: int


@dataclass(frozen=True)
class Dialect:
    """How the fields of a row are written."""

    field: bytes  # a pattern of one whole field
    columns: int
    limit: int  # bytes of one row
    key: int | None = None  # the field, from 0, that must hold an identifier after damage

    @property
    def _row(self) -> bytes:
        tail = rb"(?:," + self.field + rb"){%d}" % (self.columns - 1)
        return self.field + tail + rb"(?:\r?\n|\r|\Z)"

    @cached_property
    def row(self) -> re.Pattern[bytes]:
        """Return the pattern of a whole row with its line end."""
        return re.compile(self._row, re.DOTALL)

    @cached_property
    def again(self) -> re.Pattern[bytes]:
        """Return the pattern of the line end after which a whole row begins.

        Where the table has few columns, a line of a text may look like a row too; so the
        identifier must look like one. The scan is linear, since an open quote is closed by
        the next line that opens one.
        """
        return re.compile(rb"[\r\n](?=[^\s])(?=" + self._named + self._row + rb")", re.DOTALL)

    @property
    def _named(self) -> bytes:
        if self.key is None:
            return b""
        return rb"(?=(?:" + self.field + rb",){%d}" % self.key + _IDENTIFIER + rb")"

    @cached_property
    def begun(self) -> re.Pattern[bytes]:
        """Return the pattern of a row of doubled quotes that the end of the bytes cuts off."""
        last = rb'(?:"[^"]*+(?:""[^"]*+)*+"?|[^",\r\n]*+)\Z'
        return re.compile(rb"(?:" + self.field + rb",){0,%d}+" % (self.columns - 1) + last)


ESCAPED = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
DOUBLED = rb'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)'
_IDENTIFIER = rb'"?[0-9]{2}[^\s",]{3,60}"?(?:[,\r\n]|\Z)'


class Marks(NamedTuple):
    """Where quotes stand that are not escaped, and backslashes that escape what follows them."""

    quotes: npt.NDArray[np.int64]
    escapes: npt.NDArray[np.int64]


def marks(block: bytes, quotes: npt.NDArray[np.int64] | None = None) -> Marks:
    """Return the marks of the backslash dialect: of a run of backslashes each second escapes.

    ``quotes`` are all that the block has, where they are known.
    """
    signs = np.frombuffer(block, dtype=np.uint8)
    if quotes is None:
        quotes = np.flatnonzero(signs == QUOTE)
    slashes = np.flatnonzero(signs == BACKSLASH)
    if not len(slashes):
        return Marks(quotes, slashes)
    order = np.arange(len(slashes))
    breaks = np.diff(slashes, prepend=-2) != 1
    escapes = slashes[(order - np.maximum.accumulate(np.where(breaks, order, 0))) % 2 == 0]
    before = np.minimum(np.searchsorted(escapes, quotes - 1), len(escapes) - 1)
    return Marks(quotes[escapes[before] != quotes - 1], escapes)


_LONG = 8  # backslashes in one run, of which few texts have more


def unescaped(block: bytes, quotes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return those of all ``quotes`` of a block that are not escaped, as ``marks`` does.

    Only the backslashes before quotes are looked at: one that an odd number of them precedes is
    escaped.
    """
    signs = np.frombuffer(block, dtype=np.uint8)
    escaped = np.zeros(len(quotes), dtype=bool)
    at = np.arange(len(quotes))
    for back in range(1, _LONG + 2):
        before = quotes[at] - back
        at = at[(before >= 0) & (signs[before] == BACKSLASH)]
        if not len(at):
            return quotes[~escaped]
        escaped[at] ^= True
    return marks(block, quotes).quotes


def proven(
    block: bytes, slots: list[Row], dialect: Dialect, quotes: npt.NDArray[np.int64]
) -> tuple[list[Row], list[Row]]:
    """Return the slots that are one whole row each, and the others: see ``whole_rows``."""
    edges = np.array(slots, dtype=np.int64).reshape(-1, 2)
    flags = whole_rows(block, edges, dialect, quotes).tolist()
    good = [slot for slot, flag in zip(slots, flags, strict=True) if flag]
    return good, [slot for slot, flag in zip(slots, flags, strict=True) if not flag]


def whole_rows(
    block: bytes, edges: npt.NDArray[np.int64], dialect: Dialect, quotes: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    r"""Tell which slots are one whole row each; ``edges`` has start and end of every slot.

    A whole row of the backslash dialect has exactly two of its ``quotes`` a field, which are
    not escaped: the first at its beginning, ``","`` between fields and a line end after the last.
    """
    signs = np.frombuffer(block, dtype=np.uint8)
    first = np.searchsorted(quotes, edges[:, 0])
    count = np.searchsorted(quotes, edges[:, 1]) - first
    whole = (count == 2 * dialect.columns) & (edges[:, 1] - edges[:, 0] <= dialect.limit)
    grid = quotes[first[whole][:, None] + np.arange(2 * dialect.columns)]
    fine = grid[:, 0] == edges[whole, 0]
    fine &= (grid[:, 2::2] - grid[:, 1:-1:2] == 2).all(axis=1)
    fine &= (signs[np.minimum(grid[:, 1:-1:2] + 1, len(signs) - 1)] == COMMA).all(axis=1)
    fine &= _ends_after(signs, grid[:, -1], edges[whole, 1])
    if b"\0" in block:
        nuls = np.flatnonzero(signs == 0)
        held = np.searchsorted(nuls, edges[whole, 1]) - np.searchsorted(nuls, edges[whole, 0])
        fine &= held == 0
    whole[whole] = fine
    found: npt.NDArray[np.bool_] = whole
    return found


def _ends_after(
    signs: npt.NDArray[np.uint8], last: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Tell which rows have a line end, or the end of the block, right after their last quote."""
    tail = ends - last - 1
    after = signs[np.minimum(last + 1, len(signs) - 1)]
    final = signs[np.maximum(ends - 1, 0)]
    ended: npt.NDArray[np.bool_] = (
        ((tail == 0) & (ends == len(signs)))
        | ((tail == 1) & (final == LF))
        | ((tail == 2) & (after == CR) & (final == LF))
    )
    return ended


def rows_within(block: bytes, slot: Row, dialect: Dialect) -> Iterator[Row]:
    """Yield the rows of a slot that is not one whole row; blank lines are separators.

    After a part that is no row, the reader goes on at the next line that begins a whole one.
    """
    whole = dialect.row
    at = slot.start
    while (at := _after_blank(block, at, slot.end)) < slot.end:
        found = whole.match(block, at, slot.end)
        found = found or dialect.again.search(block, at, slot.end)
        end = found.end() if found else slot.end
        yield Row(at, end)
        at = end


def _after_blank(block: bytes, at: int, end: int) -> int:
    while at < end and block[at] in b"\r\n":
        at += 1
    return at


def fault(block: bytes, row: Row, dialect: Dialect) -> str | None:
    """Return why a row is not whole, without a word of it, or None where it is."""
    if row.end - row.start > dialect.limit:
        return over_limit(dialect.limit)
    if block.find(b"\0", row.start, row.end) >= 0:
        return "it holds a NUL byte"
    if dialect.row.fullmatch(block, row.start, row.end):
        return None
    field = re.compile(dialect.field, re.DOTALL)
    at, number = row.start, 0
    while True:
        found = field.match(block, at, row.end)
        if found is None:
            return _unquoted(block, at, number)
        at, number = found.end(), number + 1
        if block[at : at + 1] != b",":
            break
        at += 1
    if block[at : row.end].strip(b"\r\n"):
        doubled = block[at : at + 1] == b'"' and dialect.field == ESCAPED
        hint = ": quotes are doubled, not escaped by a backslash" if doubled else ""
        return f"an unescaped quote in field {number}{hint}"
    return f"{number} fields where {dialect.columns} are meant to be"


def _unquoted(block: bytes, at: int, number: int) -> str:
    if block[at : at + 1] == b'"':
        return f"field {number + 1} has no closing quote"
    return f"field {number + 1} is not quoted"
