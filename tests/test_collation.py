"""Two texts of one cable, and what their difference is called."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableproof.comparing import compare
from cableproof.source import Source
from cableproof.validators.collation.forms import spaced
from tests.samples import Record, json_lines, record

HEADING = "UNCLAS BERN 000001\n\nE.O. 12958: N/A\nTAGS: ELTN, SZ\nSUBJECT: TRAMS, AGAIN\n\n"
FIRST = (
    '1. (U) The clerk (of the depot) said: "No trams." Nobody, he added, had asked; none ran.\n\n'
)
SECOND = "2. (U) The benches were counted twice, and the lamps were left for the autumn.\n\nNOBODY"
WHOLE = HEADING + FIRST + SECOND


def found(folder: Path, base: Sequence[Record], other: Sequence[Record]) -> list[tuple[str, str]]:
    """Return identifier and kind of each discrepancy of two releases."""
    for name, records in (("older", base), ("newer", other)):
        (folder / f"{name}.jsonl").write_bytes(json_lines(records))
    sources = [Source.of(str(folder / f"{name}.jsonl")) for name in ("older", "newer")]
    report = compare(sources, reference=sources[0].name)
    return [(each.identifier, each.kind) for each in report.discrepancies]


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        pytest.param("CMP305", HEADING + FIRST, id="cut between paragraphs"),
        pytest.param("CMP305", WHOLE[: WHOLE.index("ches were")], id="cut in a word"),
        pytest.param("CMP305", HEADING[: HEADING.index("GAIN")], id="cut in the heading"),
        pytest.param("CMP305", WHOLE[WHOLE.index("E.O.") :], id="begins with the heading"),
        pytest.param("CMP305", WHOLE[WHOLE.index("(of the") :], id="begins in a paragraph"),
        pytest.param("CMP305", WHOLE[WHOLE.index("pot) said") :], id="begins in a word"),
        pytest.param("CMP305", SECOND, id="begins with a later paragraph"),
        pytest.param("CMP305", f"{WHOLE}\n\nA postscript follows.", id="extended"),
        pytest.param("CMP306", WHOLE.replace("benches", "bench"), id="a word cut inside the text"),
        pytest.param("CMP306", WHOLE.replace("autumn", "spring"), id="another word"),
        pytest.param("CMP306", SECOND.replace("lamps", "trees"), id="cut, and another word"),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_lost_end_is_told_from_other_words(
    tmp_path: Path, kind: str, other: str, swapped: bool
) -> None:
    pair = [[record(body=WHOLE)], [record(body=other)]]
    base, newer = pair[::-1] if swapped else pair
    assert found(tmp_path, base, newer) == [("07BERN1", kind)]


@given(
    st.lists(st.text("ab \n\t\r\x0b\x0c\x85\xa0\u2028\u3000\u200b\ufeff", max_size=9) | st.none())
)
def test_white_space_of_any_kind_is_one_blank(texts: list[str | None]) -> None:
    blank = str.maketrans("\u200b\ufeff", "  ")
    folded = [t if t is None else " ".join(t.translate(blank).split()) for t in texts]
    assert spaced(pl.Series(texts, dtype=pl.String)).to_list() == folded
