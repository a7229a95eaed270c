"""What the slots of several sources say under one key: alike by their digests."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from cableproof.sources.slots import SLOTS
from cableproof.validators.collation.alike import settled, signed

NAMES = ("06BERN1", "06BERN2", "06BERN3", "06BERN4")
#: The slots of a source: what each is called, and what it says.
said = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["trams", "boats", None])), max_size=5
)


def slots(rows: list[tuple[str, str | None]], source: int) -> pl.DataFrame:
    made = [(source, n, n + 1, name, text, None, True) for n, (name, text) in enumerate(rows)]
    return pl.DataFrame(made, schema={"source": pl.Int32(), **SLOTS}, orient="row")


def keys(tables: list[pl.DataFrame], sources: int) -> list[str]:
    """Return the keys that are settled where each of ``tables`` is signed by itself."""
    whole = pl.concat([signed(table) for table in tables])
    parts = {str(n): whole.filter(source=n).drop("source") for n in range(sources)}
    return next(iter(settled(parts).alike.values()))["key"].to_list()


@given(st.lists(said, min_size=2, max_size=3))
def test_what_each_source_says_once_under_a_key_is_settled(
    rows: list[list[tuple[str, str | None]]],
) -> None:
    tables = [slots(own, source) for source, own in enumerate(rows)]
    alike = [
        name
        for name, text in rows[0]
        if text is not None and all([t for n, t in own if n == name] == [text] for own in rows)
    ]
    assert keys([pl.concat(tables)], len(rows)) == keys(tables, len(rows)) == alike


@given(said, said, st.integers(0, 5))
def test_wherever_files_are_cut_the_same_is_settled(
    one: list[tuple[str, str | None]], other: list[tuple[str, str | None]], cut: int
) -> None:
    tables = [slots(one, 0), slots(other, 1)]
    cuts = [pl.concat([t[:cut] for t in tables]), pl.concat([t[cut:] for t in tables])]
    assert keys(cuts, 2) == keys(tables, 2)
