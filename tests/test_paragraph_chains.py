"""Numbers of paragraphs: what each line shows, which run of them is best, and what lacks in it."""

import pytest

from cableproof.validators.telegram.numbering import Hit, _hits, _skips, best_chain, missing
from tests.chance import Chance


def goes_on(hits: list[Hit], at: int) -> int:
    """Return how many numbers follow one after the other, said slowly."""
    later = range(at + 1, len(hits))
    return max(
        (1 + goes_on(hits, i) for i in later if hits[i].number == hits[at].number + 1), default=0
    )


def counted(hits: list[Hit]) -> list[Hit]:
    """Return the numbers that count, said slowly."""
    kept: list[Hit] = []
    for at, hit in enumerate(hits):
        before = {0, *(one.number for one in kept)}
        lone = hit.apart and not any(one.apart for one in hits[at + 1 :])
        run = max(goes_on(hits, at), int(lone))
        near = {hit.number - 2, hit.number - 3} & before - {0}
        needed = 1 if near or hit.apart or hit.beyond else 2
        if hit.marked or hit.number - 1 in before or run >= needed:
            kept.append(hit)
    return kept


def longest(hits: list[Hit]) -> list[Hit]:
    """Return the longest rising run, the latest of each length, said slowly."""
    lengths: list[int] = []
    for at, hit in enumerate(hits):
        earlier = (lengths[i] for i in range(at) if hits[i].number < hit.number)
        lengths.append(1 + max(earlier, default=0))
    run: list[Hit] = []
    end = len(hits)
    for length in range(max(lengths, default=0), 0, -1):
        end = max(i for i in range(end) if lengths[i] == length)
        run.append(hits[end])
    return run[::-1]


def drawn(seed: int) -> list[Hit]:
    by = Chance(seed)
    return [
        Hit(by.below(9), not by.below(6), at, at + 1, not by.below(4), not by.below(5))
        for at in range(by.below(9))
    ]


def test_the_best_chain_is_the_longest_run_of_the_numbers_that_count() -> None:
    for seed in range(2000):
        hits = drawn(seed)
        assert best_chain(hits) == longest(counted(hits)), hits


@pytest.mark.parametrize("numbers", [(5,), (5, 6), (2, 3), (3, 4), (2,), (0, 1)])
def test_a_number_alone_stands_neither_apart_nor_beyond_a_section(numbers: tuple[int, ...]) -> None:
    hits = [Hit(number, False, at, at) for at, number in enumerate(numbers)]
    assert [hit.number for hit in best_chain(hits)] == ([1] if 1 in numbers else [])


def mark(section: int) -> str:
    return f"00001234  {section:03}   OF 009\n"


@pytest.mark.parametrize(
    ("sections", "skipping"),
    [
        *(((), []), ((1,), []), ((2,), []), ((3,), [0]), ((0,), []), ((2, 3, 4), [])),
        *(((2, 4, 5), [1]), ((2, 4, 6), [1, 2]), ((5, 2, 3), [0]), ((5, 2, 4), [0, 2])),
        *(((2, 2, 3), []), ((9, 9), [0]), ((0, 2), [1]), ((0, 1), [])),
    ],
)
def test_a_mark_skips_where_its_section_is_not_the_next(
    sections: tuple[int, ...], skipping: list[int]
) -> None:
    assert list(_skips("".join(map(mark, sections)))) == [len(mark(1)) * at for at in skipping]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("1. Trams", [Hit(1, False, 0, 3)]),
        ("1. (C) Trams", [Hit(1, True, 0, 6)]),
        ("(C) 1. Trams", [Hit(1, True, 0, 7)]),
        ("1. (kerb) Trams", [Hit(1, False, 0, 9)]),
        ("(kerb) 1. (C) Trams", [Hit(1, False, 0, 13)]),
        ("(C) 1. (kerb) Trams", [Hit(1, True, 0, 13)]),
        ("Kerbs\n2. Trams", [Hit(2, False, 6, 9)]),
        ("Kerbs.\n2. Trams", [Hit(2, False, 7, 10, True)]),
        ("\n\n2. Trams", [Hit(2, False, 2, 5, True)]),
        ("\n2. Trams", [Hit(2, False, 1, 4)]),
        ("Kerbs\n" + " " * 10 + "\n2. Trams", [Hit(2, False, 17, 20, True)]),
        ("Kerbs\n" + " " * 11 + "\n2. Trams", [Hit(2, False, 18, 21)]),
        ("Kerbs\n" + "\n2. Trams\n3. Lamps", [Hit(2, False, 7, 10, True), Hit(3, False, 16, 19)]),
        (mark(3) + "2. Trams", [Hit(2, False, 23, 26, False, True)]),
        (mark(2) + "2. Trams", [Hit(2, False, 23, 26)]),
        (mark(3) + "2. T\n3. L", [Hit(2, False, 23, 26, False, True), Hit(3, False, 28, 31)]),
        (mark(3) + mark(5) + "2. T\n3. L", [Hit(2, False, 46, 49, False, True), Hit(3, False, 51, 54)]),
        (
            "1. T\n" + mark(3) + "2. L\n" + mark(5) + "3. K\n4. B",
            [
                Hit(1, False, 0, 3),
                Hit(2, False, 28, 31, False, True),
                Hit(3, False, 56, 59, False, True),
                Hit(4, False, 61, 64),
            ],
        ),
        ("1. T\n" + mark(3), [Hit(1, False, 0, 3)]),
    ],
)  # fmt: skip
def test_a_line_that_begins_with_a_number_shows_this(text: str, hits: list[Hit]) -> None:
    assert list(_hits(text)) == hits


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", ("", False)),
        ("Trams", ("", False)),
        ("1. T\n2. L", ("", False)),
        ("(C) 2. T", ("1", False)),
        ("(C) 3. T", ("1, 2", False)),
        ("XXXXX\n(C) 3. T", ("1, 2", True)),
        ("1. T\n(C) 3. L", ("2", False)),
        ("1. T\n1. T\n(C) 3. L", ("", False)),
        ("1. T\n1. T\n(C) 4. L", ("3", False)),
        ("1. T\n2. T\n2. T\n(C) 5. L", ("4", False)),
        ("0. T\n0. T\n(C) 2. L", ("", False)),
        ("2. T\nK\n(C) 3. L", ("1", False)),  # two does not count, but is there
        ("1. T\n(C) 9. L\n3. K\n(C) 4. B", ("2", False)),
        ("1. T\n5. K\n(C) 9. L", ("2, 3, 4, 6, 7, 8", False)),
        ("1. T\n(C) 7. L\n5. K\nB", ("2, 3, 4, 5, 6", False)),
        ("1. T so. 2. Lamps ran.\n(C) 3. K", ("", False)),
        ("1. T so 2. (C) Lamps ran.\n(C) 3. K", ("", False)),
        ("1. T so 2. Lamps ran.\n(C) 3. K", ("2", False)),
        ("Kerbs. 1. Lamps ran.\n(C) 2. K", ("", False)),
        ("(C) 2. T\n(C) 3. L, so. 1. Lamps", ("1", False)),
        ("1. T XXXXX\n(C) 3. L\n(C) 5. K", ("2, 4", False)),
        ("1. T\n(C) 3. L\n(C) 5. XXXXX K", ("2, 4", False)),
        ("1. T XXXXX\n(C) 3. L XXXXX\n(C) 5. K", ("2, 4", True)),
        ("XXXXX 1. T\n(C) 3. XXXXX L", ("1, 2", True)),
        ("1. T\n(C) 12. L", ("2, 3, 4, 5, 6, 7, 8, 9, 10, 11", False)),
        ("1. T\n(C) 13. L", ("2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 1 more", False)),
        ("1. T XXXXX\n(C) 99. L", ("2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 87 more", True)),
        ("1. T\n(C) 2. L\n(C) 11. K\n(C) 13. B", ("3, 4, 5, 6, 7, 8, 9, 10, 12", False)),
    ],
)  # fmt: skip
def test_what_lacks_is_told_with_whether_a_mark_stands_in_each_gap(
    text: str, lacking: tuple[str, bool]
) -> None:
    assert missing(text) == lacking
