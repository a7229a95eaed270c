"""Every byte of a file accounted for: part of one slot, a separator, or a gap that has a name."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from cableproof.errors import BooksDoNotBalance
from cableproof.sources.places import At, Gap

#: Bytes by what they are: of records, of what is unreadable, separators, and gaps by their names.
Extents = Counter[str]
RECORDS, UNREADABLE, SEPARATORS = "records", "unreadable", "separators"
#: What may stand between slots and is part of none.
LINE_ENDS = b"\r\n"
WHITE = b" \t\r\n\x0b\x0c"
OF_JSON = b" \t\r\n,[]"

Ranges = npt.NDArray[np.int64]


def extents(
    data: bytes,
    at: At,
    records: pl.DataFrame | Ranges | Iterable[tuple[int, int]],
    lost: Sequence[tuple[int, int]] = (),
    gaps: Sequence[Gap] = (),
    *,
    between: bytes = LINE_ENDS,
) -> Extents:
    """Return what the bytes of ``data``, which begins at ``at``, are.

    ``records`` are the ranges of what was read, as a table with start and end, as an array of
    two columns or as pairs,
    ``lost`` those of what could not be; all that stands ``between`` must be separators.

    Raises:
        BooksDoNotBalance: a byte is part of two slots, or of none and no separator.

    """
    ranges = {
        RECORDS: _ranges(records),
        UNREADABLE: _pairs(lost),
        **{gap.name: _pairs([(gap.start, gap.end)]) for gap in gaps},
    }
    taken = np.concatenate(list(ranges.values())) - at.start
    taken = taken[np.lexsort((taken[:, 1], taken[:, 0]))]
    begins = np.append(0, taken[:, 1])
    ends = np.append(taken[:, 0], len(data))
    if (ends < begins).any():
        raise BooksDoNotBalance("no byte is part of two slots")
    if not np.isin(_bytes_in(data, begins, ends), list(between)).all():
        raise BooksDoNotBalance("each byte is part of a slot, a separator or a named gap")
    found = Counter({name: int((each[:, 1] - each[:, 0]).sum()) for name, each in ranges.items()})
    found[SEPARATORS] = int((ends - begins).sum())
    return +found


def _ranges(records: pl.DataFrame | Ranges | Iterable[tuple[int, int]]) -> Ranges:
    if isinstance(records, pl.DataFrame):
        return np.column_stack([records["start"].to_numpy(), records["end"].to_numpy()])
    return records if isinstance(records, np.ndarray) else _pairs(records)


def _pairs(ranges: Iterable[tuple[int, int]]) -> Ranges:
    return np.array(list(ranges), dtype=np.int64).reshape(-1, 2)


def _bytes_in(data: bytes, begins: Ranges, ends: Ranges) -> npt.NDArray[np.uint8]:
    """Return the bytes of ranges, one after another."""
    sizes = ends - begins
    first = np.cumsum(sizes) - sizes  # where each range begins among them
    steps = np.arange(sizes.sum()) - np.repeat(first, sizes)
    found: npt.NDArray[np.uint8] = np.frombuffer(data, dtype=np.uint8)[
        np.repeat(begins, sizes) + steps
    ]
    return found
