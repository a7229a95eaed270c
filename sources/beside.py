"""Slots of several files held beside each other, byte for byte, before any is parsed."""

from collections.abc import Sequence

import polars as pl

from cableproof.sources import beside_lines, beside_rows
from cableproof.sources.blocks import Piece
from cableproof.sources.limits import Limits
from cableproof.sources.slots import FORMS, SLOTS


def surveyed(pieces: Sequence[Piece | None], limits: Limits) -> pl.DataFrame:
    """Return the slots of a piece of each of several files, which ``source`` numbers: see ``SLOTS``.

    The files are of one kind; there is no piece of a file that has ended.

    Raises:
        OSError: a file cannot be read.

    """
    form = FORMS.get(next(piece.kind for piece in pieces if piece is not None))
    tables = (
        beside_lines.surveyed(pieces, form, limits)
        if form
        else beside_rows.surveyed(pieces, limits)
    )
    return pl.concat(
        table.select(pl.lit(source, pl.Int32).alias("source"), *SLOTS)
        for source, table in enumerate(tables)
    )
