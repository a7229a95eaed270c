"""Lines of several files held beside each other: see ``beside.surveyed``."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from cableproof.sources.blocks import Block, Piece, blocks_of
from cableproof.sources.limits import Limits
from cableproof.sources.slots import SLOTS, Edges, Form, Lines, Proven


def surveyed(pieces: Sequence[Piece | None], form: Form, limits: Limits) -> Iterator[pl.DataFrame]:
    """Yield the slots of a piece of each file: those of the first are proven.

    Raises:
        OSError: a file cannot be read.

    """
    first, *others = (
        _slots(piece, form, limits, proven=not source) for source, piece in enumerate(pieces)
    )
    known = first.select("identifier", "said", "like").unique("identifier", keep="first")
    held = [_held(other, known) for other in others]
    alike = known["like"]
    for other in held:
        alike = alike.filter(alike.is_in(other["like"].drop_nulls().implode()))
    said = pl.when(~pl.col("like").is_in(alike.implode()).fill_null(value=False)).then("said")
    for table in (first, *held):
        yield table.with_columns(said.otherwise(pl.lit("")))


def _slots(piece: Piece | None, form: Form, limits: Limits, *, proven: bool) -> pl.DataFrame:
    """Return the slots of a piece in their order, and for each a number of its own, ``like``."""
    tables = [pl.DataFrame(schema=SLOTS)]
    for block in blocks_of(piece, limits) if piece is not None else ():
        tables.append(_block(block, form, limits.record, proven=proven))
    return pl.concat(tables).with_columns(like=pl.int_range(pl.len(), dtype=pl.Int64))


def _block(block: Block, form: Form, limit: int, *, proven: bool) -> pl.DataFrame:
    data = block.data
    if data is None:  # a line that is too long to be read
        edges: Edges = np.array([0, block.end - block.start])
        texts, found = pl.Series([None], dtype=pl.String), Proven(np.array([False]))
    else:
        whole = Lines.of(data)
        edges, texts = whole.edges, whole.texts
        found = form.proven(whole, limit) if proven else Proven(np.diff(edges) <= limit)
    name = texts.str.extract(form.named)
    said = texts.str.replace(form.place, "$1") if form.place else texts
    fine = name.is_not_null()
    if form.place:
        fine &= said.str.len_bytes() < texts.str.len_bytes()
    return pl.select(
        start=pl.Series(edges[:-1] + block.start),
        end=pl.Series(edges[1:] + block.start),
        identifier=name,
        said=pl.when(fine).then(said),
        sound=pl.Series(found.sound),
        release=pl.lit(None) if found.releases is None else found.releases,
    ).select(pl.col(name).cast(kind) for name, kind in SLOTS.items())


def _held(other: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return slots with the number of the known one that has their name, if it says the same."""
    found = other.drop("like").join(known, on="identifier", how="left", maintain_order="left")
    same = pl.col("said") == pl.col("said_right")
    return found.with_columns(like=pl.when(same).then("like")).drop("said_right")
