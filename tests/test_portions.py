"""The ranks of portion marks, in all their spellings, and captions at the edge of what is read."""

from __future__ import annotations

import polars as pl
import pytest

from cableproof.validators.evidence import measured
from cableproof.validators.telegram.portions import NAMES, rank_of
from tests.conftest import laid
from tests.ways import telegram

SPELT = {
    "U": ("U", "u", "UNCLASSIFIED", "Unclas", "U/FOUO", "U//FOUO", "U - SIPDIS", "U ENTIRE TEXT"),
    "SBU": (
        *("SBU", "LOU", "FOUO", "Limited Official Use", "sensitive  but\tunclassified", "SBU/NF"),
        *("SBU-NOFORN", "SBU//REL NATO, ISAF", "SBU/FGI/NF", "SBU  ENTIRE TEXT"),
    ),
    "C": ("C", "CNF", "Confidential", "C/NF", "C//NOFORN", "C-REL TO USA", "C / FGI / NF"),
    "S": ("S", "SNF", "N/SF", "SECRET", "S//NF", "S/REL UK", "S NOFORN"),
    "TS": ("TS", "TOP SECRET", "Top  Secret", "TS//NF"),
}
NONE = ("", "France", "A", "C1", "SU", "NF", "NOFORN", "U.S.", "CC", "S//", "C//XX", "SBU//RELATED")


@pytest.mark.parametrize("rank", SPELT)
def test_a_portion_mark_has_its_rank_however_it_is_spelt(rank: str) -> None:
    assert tuple(SPELT) == NAMES
    assert {mark: rank_of(mark) for mark in SPELT[rank]} == dict.fromkeys(
        SPELT[rank], NAMES.index(rank)
    )


@pytest.mark.parametrize("mark", NONE)
def test_other_words_in_brackets_have_no_rank(mark: str) -> None:
    assert rank_of(mark) is None


@pytest.mark.parametrize("blanks", [0, 1, 200])
def test_a_corrected_telegram_is_known_at_its_very_beginning(blanks: int) -> None:
    for words in ("CORRECTED COPY", "C O R R E C T E D", "corrected"):
        made = telegram(dateline=" " * blanks + f"{words}\n")
        assert measured(laid([made])).select(pl.col("corrected")).item() is True
    assert measured(laid([telegram()])).select(pl.col("corrected")).item() is False


@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_class_line_far_below_the_top_is_found_whatever_stands_beside_it(others: int) -> None:
    far = telegram(dateline="Trams ran on time. " * 15 + "\n")
    seen = measured(laid([*[telegram()] * others, far]))
    assert seen["text_serial"].to_list() == [1234] * (others + 1)
