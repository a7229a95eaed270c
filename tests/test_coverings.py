"""What is covered in one copy of a cable and open in another, and what is covered in both."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from cableproof.validators.engine import Checked
from cableproof.validators.examples import numbered, telegram

Find = Callable[[Sequence[Mapping[str, object]]], Checked]

MARK = "XXXXXXXXXXXX"
OPEN = (
    "Summary. All trams of the town ran on time.\n\n"
    "2. (U) The clerk of the kerbs told us that the inspector of the lamps had seen them.\n\n"
    "3. (U) Comment: the benches are new and nobody sat on them."
)
ONE = OPEN.replace("the inspector of the lamps", MARK)
MORE = OPEN.replace("the inspector of the lamps had seen", MARK)
OTHER = OPEN.replace("The clerk of the kerbs told us that the inspector", f"{MARK} that {MARK}")
ALL = OPEN.replace(OPEN[OPEN.index("The clerk") : OPEN.index("\n\n3.")], MARK)
BEGINNING = OPEN.replace("The clerk of the kerbs", MARK)


def copy(text: str, **fields: object) -> Mapping[str, object]:
    """Return a copy of the clean record with another text."""
    return {"redacted": MARK in text, **telegram(text=text), **fields}


def covered(found: Checked) -> list[tuple[int, str]]:
    """Return which record covers what another has open, and in which paragraphs."""
    rows = found.sheet[found.sheet["rule"] == "RED004"]
    return [
        (record, facts["passages"]) for record, facts in zip(rows.record, rows.facts, strict=True)
    ]


@pytest.mark.parametrize(
    ("more", "less"),
    [(ONE, OPEN), (MORE, ONE), (ALL, OPEN), (ALL, ONE), (ALL, OTHER)],
    ids=["a mark", "a mark for more words", "all", "all beside a mark", "all beside two marks"],
)
def test_the_copy_that_covers_more_of_a_paragraph_is_found(
    more: str, less: str, checked: Find
) -> None:
    assert covered(checked([copy(more), copy(less)])) == [(0, "2")]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n\n2.", " 2."),
        lambda text: text.replace(" told us ", "\ntold us\n"),
        lambda text: text.replace(" told", "  \n\nBERN 00001234  001.2 OF 002  \n\ntold"),
        lambda text: text.replace(MARK, "[NAME REMOVED]"),
        lambda text: text.replace("\n\n3.", " And so on.\n\n3."),
        lambda text: f"{text}\n\nNNNN\n",
    ],
    ids=["a number in the line", "wrapped", "page mark", "other marks", "more words", "end mark"],
)
def test_what_both_copies_cover_between_the_same_words_is_not_found(
    change: Callable[[str], str], checked: Find
) -> None:
    assert covered(checked([copy(ONE), copy(change(ONE))])) == []


@pytest.mark.parametrize("hidden", [BEGINNING, ALL], ids=["its first words", "all of it"])
def test_a_repeat_is_a_copy_although_a_beginning_of_few_is_covered(
    hidden: str, checked: Find
) -> None:
    again = numbered(1235, **telegram(1235, text=OPEN), partial_extract=None)
    found = checked([copy(hidden), again])
    assert covered(found) == [(0, "2")]
    assert "TXT009" in found.sheet["rule"].tolist()


def test_a_covered_beginning_is_no_proof_where_the_title_is_another(checked: Find) -> None:
    text = telegram(1235, text=OPEN)
    text["body"] = text["body"].replace("TRAM TIMETABLES", "BENCHES OF THE PARKS AND GARDENS")
    other = numbered(1235, **text, subject="BENCHES OF THE PARKS AND GARDENS", partial_extract=None)
    assert covered(checked([copy(BEGINNING), other])) == []


def test_two_of_three_beginnings_are_no_proof_where_nothing_is_covered(checked: Find) -> None:
    text = telegram(1235, text=OPEN.replace("The clerk of the kerbs told", "Boats and kerbs are"))
    other = numbered(1235, **text, partial_extract=None)
    assert "TXT009" not in checked([copy(OPEN), other]).sheet["rule"].tolist()
