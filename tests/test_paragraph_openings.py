"""What paragraphs begin with and what is covered in them, as digests and counts."""

from typing import Any

import polars as pl
import pytest

from cableproof.validators.telegram import coverings, paragraphs
from cableproof.validators.telegram.likeness import openings
from cableproof.validators.telegram.portions import rank_of

X = "XXXXXXXXXXXX"


def digest(text: str) -> int:
    return int(pl.Series([text]).hash().item())


def opened(*texts: tuple[str | None, tuple[str, ...]]) -> dict[int, tuple[Any, ...]]:
    """Return the digests of bodies with beginnings of paragraphs, by their rows."""
    found = [(at, begins) for at, (_, every) in enumerate(texts) for begins in every]
    counts = [(at, len(every)) for at, (_, every) in enumerate(texts) if every]
    told = openings(
        pl.Series([body for body, _ in texts], dtype=pl.String),
        pl.DataFrame(found, {"at": pl.Int64, "begins": pl.String}, orient="row"),
        pl.DataFrame(counts, {"at": pl.Int64, "paragraphs": pl.Int64}, orient="row"),
    )
    return {
        at: (listed, title) for at, listed, title in told.select("at", "openings", "title").rows()
    }


def begins(*sizes: int) -> tuple[str, ...]:
    """Return beginnings of paragraphs of so many letters."""
    return tuple(f"{n}. ".ljust(size, "abcdefghi"[n]) for n, size in enumerate(sizes))


@pytest.mark.parametrize(
    ("every", "told"),
    [
        *((begins(20, 20, 20), 3), (begins(20, 20, 19), 0), (begins(20, 21, 20), 3)),
        *((begins(20, 20), 0), (begins(20,), 0), ((), 0), (begins(24, 24, 24, 24), 4)),
        *((begins(*[24] * 6), 6), (begins(*[24] * 7), 6), (begins(*[24] * 9), 6)),
        *((begins(20, 20, 20, 19), 3), ((*begins(24, 24), begins(24)[0]), 0)),
        ((*begins(24, 24), f"2. {X} and so on"), 2),
        ((*begins(24), f"1. {X} and so on", f"2. {X} and so on"), 0),
        ((*begins(24, 24, 24), f"3. {X} and so on"), 4),
        ((*begins(24), f"1. {X} and so on"), 0),
    ],
)  # fmt: skip
def test_a_text_is_told_by_how_its_paragraphs_begin(every: tuple[str, ...], told: int) -> None:
    body = "Of trams. SUBJECT: The tram 7 of Bern"
    long = {digest(one) for one in every if len(one) >= 20}
    if len(every) == 3:
        long -= {digest(one) for one in every if X in one}
    rest = digest("ECTTHETRAM7OFBERN")
    kept = sorted(long)[:6] if told else [rest]
    assert len(kept) == (told or 1)
    alone = (kept, rest if len(every) == 3 else None)
    spaced = tuple(f"  {one}\n" for one in every)
    assert opened((None, ()), (body, spaced), (" ", ()), ("Trams", ())) == {
        1: alone,
        3: ([digest("TRAMS")], None),
    }


@pytest.mark.parametrize(("most", "every"), [(300, ()), (40, begins(24, 24, 24))])
@pytest.mark.parametrize("more", [-1, 0, 1, 9])
def test_letters_and_figures_from_the_subject_on_tell_a_text(
    most: int, every: tuple[str, ...], more: int
) -> None:
    def told(rest: str) -> int:
        (listed, title) = opened((f"Trams of Bern SUBJ{rest}", every))[0]
        return int(title if every else listed[0])

    letters = "t" * (most - 1) + "u" * (more + 1)
    assert told(letters) == digest(letters[:most].upper())
    spaced = "b" + "c".rjust(2 * most - 1 + more, "-")
    assert told(spaced) == digest("BC" if more <= 0 else "B")
    assert told("Kerbs SUBJ Lamps") == digest("KERBSSUBJLAMPS")
    assert told("") == digest("")


def told(*bodies: str | None) -> pl.DataFrame:
    return paragraphs.attested(pl.DataFrame({"body": bodies}, schema={"body": pl.String}))


NUMBERED: list[tuple[str | None, tuple[Any, ...]]] = [
    (None, (None, None, None, None, None)),
    ("Trams", (0, None, None, None, None)),
    ("1. Trams", (1, "", False, None, None)),
    ("1. T\n2. T\n3. T", (3, "", False, None, None)),
    ("1. (U) T\n2. (C) T\n3. (C) T", (3, "", False, 2, 2)),
    ("1. (C) T\n2. (U) T", (2, "", False, 2, 1)),
    ("(S) 1. T\n(U) 2. T", (2, "", False, 3, 1)),
    ("1. (U) T\n(TS) 2. T\n3. (SBU) T", (3, "", False, 4, 1)),
    ("1. (U) T\n3. (U) T", (2, "2", False, 0, 2)),
    (f"1. (U) T {X}\n3. (kerb) T", (2, "", False, 0, 1)),
    (f"1. (U) T {X}\n4. (U) T", (2, "2, 3", True, 0, 2)),
    ("2. (U) T\n3. (U) T", (2, "1", False, 0, 2)),
    ("3. (U) T\n4. (U) T", (2, "1, 2", False, 0, 2)),
    ("1. (U) T\n1. (U) T", (2, "", False, 0, 2)),
    ("0. (U) T\n1. (U) T", (2, "", False, 0, 2)),
    ("1. (U) T\n2. (U) T.\n(kerb) 4. T", (2, "", False, 0, 2)),  # no portion mark
    ("12. May", (1, "", False, None, None)),
    ("(S) 2. T\n", (1, "1", False, 3, 1)),
]


def test_numbered_paragraphs_tell_this() -> None:
    names = ("paragraphs", "missing_paragraphs", "near_a_mark", "portion_rank", "portions")
    rows = told(*(body for body, _ in NUMBERED)).select(names).rows()
    assert rows == [row for _, row in NUMBERED]
    plain = [(body, row) for body, row in NUMBERED if not (body or "").startswith("(")]
    rows = told(*(body for body, _ in reversed(plain))).select(names).rows()
    assert rows == [row for _, row in reversed(plain)]


@pytest.mark.parametrize(("blanks", "rank"), [(0, 2), (38, 2), (39, 2), (40, None), (41, None)])
def test_a_portion_mark_stands_in_40_characters(blanks: int, rank: int | None) -> None:
    assert rank_of(" " * blanks + "C") == rank


def covered(*bodies: str | None) -> list[tuple[Any, ...]]:
    batch = pl.DataFrame({"body": bodies}, schema={"body": pl.String})
    names = ("marks", "mark_styles", "covered", "covered_length")
    return coverings.attested(batch).select(names).rows()


def passage(number: int, shown: int, *between: str) -> dict[str, Any]:
    return {"passage": number, "shown": shown, "between": [digest(words) for words in between]}


SEEN = "\x1a"  # stands for what is covered


COVERED: list[tuple[str | None, tuple[Any, ...]]] = [
        (None, (None, None, None, None)),
        (" ", (None, None, None, None)),
        ("Trams", (0, None, None, None)),
        ("XXXX", (0, None, None, None)),
        ("XXXXX", (1, ["X of 5"], [passage(0, 0, SEEN)], 5)),
        ("xxxxxx trams", (1, ["x of 6"], [passage(0, 5, f"{SEEN}trams")], 6)),
        ("Tram [name removed] ran", (1, ["bracket"], [passage(0, 7, f"Tram{SEEN}ran")], 14)),
        ("Trams \u2588\u2588 ran", (1, ["blocks"], [passage(0, 8, f"Trams{SEEN}ran")], 6)),
        ("1. The XXXXX XXXXX ran\n2. Trams", (2, ["X of 5"] * 2, [passage(1, 8, f"The{SEEN}ran")], 10)),
        (
            f"Trams {X}\n1. Trams\n2. {X} ran, {X} saw\n12. {X}",
            (
                4,
                ["X of 12"] * 4,
                [passage(0, 5, f"Trams{SEEN}"), passage(2, 9, f"{SEEN}ran", f"{SEEN}saw"), passage(12, 3, SEEN)],
                48,
            ),
        ),
        (
            f"1. {X}\n2. Trams\n1. so {X}",
            (2, ["X of 12"] * 2, [passage(1, 6, SEEN, f"so{SEEN}")], 24),
        ),
        (
            f"1. {X}\n\nBERN 00001234  002 OF 003\n\ntrams",
            (1, ["X of 12"], [passage(1, 7, f"{SEEN}trams")], 12),
        ),
]  # fmt: skip


def test_what_is_covered_is_told_paragraph_by_paragraph() -> None:
    assert covered(*(body for body, _ in COVERED)) == [row for _, row in COVERED]
    assert covered("Trams", None) == [(0, None, None, None), (None,) * 4]


def test_covered_paragraphs_stand_in_the_order_of_the_text() -> None:
    numbers = [37 * n % 97 + 1 for n in range(90)]
    ((_, _, found, _),) = covered("\n".join(f"{n}. {X} so" for n in numbers))
    assert [each["passage"] for each in found] == numbers
