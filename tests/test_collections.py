"""What only a collection tells, held against the same said slowly, record by record."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cableproof.validators import copies, corpus
from cableproof.validators.catalogue import CATALOGUE, selected
from cableproof.validators.evidence import measured
from cableproof.validators.tables import TROUBLES, tables
from tests.conftest import laid

Row = dict[str, Any]
MONTH = timedelta(days=31)
HELD = settings(max_examples=200, deadline=None, derandomize=True)


def few(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def rows(least: int = 0, most: int = 8, **columns: st.SearchStrategy[Any]) -> Any:
    return st.lists(st.fixed_dictionaries(columns), min_size=least, max_size=most)


def table(made: list[Row], schema: dict[str, Any]) -> pl.DataFrame:
    whole = pl.DataFrame(made, schema=schema, orient="row")
    return whole.with_row_index("record")


# --- neighbours by serial ---------------------------------------------------------------------

SERIALS = {
    "group": pl.String,
    "station": pl.String,
    "origin": pl.String,
    "year": pl.Int64,
    "serial": pl.Int64,
    "created": pl.String,
    "created_time": pl.Datetime,
}
#: Days of the year 2007 and of the first of 2008, a month and little more from each other.
DAYS = [datetime(2007, 1, 1) + timedelta(days) for days in (0, 1, 31, 32, 62, 63, 64, 365)]
SENT = rows(
    group=few("a", "b"),
    station=few("BERN", "ROME"),
    origin=few("Embassy Bern", None),
    year=few(2007, 2007, 2007, 2008),
    serial=few(1, 2, 3, 4, 5, None),
    created=st.just("as written"),
    created_time=few(*DAYS, None),
)


def between(made: list[Row]) -> dict[int, tuple[str, str]]:
    posts: dict[Any, list[tuple[int, Any, int]]] = {}
    for number, row in enumerate(made):
        if row["serial"] and row["created_time"] and row["created_time"].year == row["year"]:
            post = (row["group"], row["station"], row["origin"], row["year"])
            posts.setdefault(post, []).append((row["serial"], row["created_time"], number))
    found = {}
    for sent in map(sorted, posts.values()):
        for (_, first, _), (_, time, number), (_, last, _) in zip(
            sent, sent[1:], sent[2:], strict=False
        ):
            off = first <= last and not first - MONTH <= time <= last + MONTH
            days = (f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}") if off else ("", "")
            found[number] = days
    return found


def in_order(*days: int) -> list[Row]:
    post = {"group": "a", "station": "BERN", "origin": None, "year": 2007, "created": ""}
    return [
        post | {"serial": serial, "created_time": DAYS[day]}
        for serial, day in enumerate(days, start=1)
    ]


@HELD
@given(SENT)
@example(in_order(0, 2, 0))
@example(in_order(0, 3, 0))
@example(in_order(2, 0, 2))
@example(in_order(3, 0, 3))
@example(in_order(3, 5, 0))
@example(in_order(0, 1, 0, 6, 1))
def test_a_date_is_off_where_its_neighbours_agree_and_lie_more_than_a_month_away(
    made: list[Row],
) -> None:
    told = corpus.sequence(table(made, SERIALS))
    assert {n: (a, b) for n, a, b in told.select("record", "before", "after").rows()} == between(
        made
    )


# --- texts that stand twice -------------------------------------------------------------------

TEXTS = {
    "group": pl.String,
    "canonical": pl.String,
    "openings": pl.List(pl.UInt64),
    "title": pl.UInt64,
    "text_of": pl.String,
    "sent_again": pl.Boolean,
    "corrected": pl.Boolean,
}
WRITTEN = rows(
    most=9,
    group=few("a", "a", "b"),
    canonical=few("07BERN1", "07BERN2", "07BERN3", "07ROME1", None),
    openings=st.none()
    | st.lists(st.integers(1, 9), max_size=8, unique=True)
    | few([1, 2, 3, 4, 5], [1, 2, 3, 4, 6], [1, 2, 3], [7]),
    title=few(1, 2, None),
    text_of=few("", "", None, "07ROME9"),
    sent_again=few(None, False, True),
    corrected=few(None, False, False, True),
)


def written(*openings: list[int], title: int | None = None) -> list[Row]:
    plain = {"group": "a", "text_of": "", "sent_again": False, "corrected": None}
    return [
        plain | {"canonical": f"07BERN{n}", "openings": own, "title": title}
        for n, own in enumerate(openings)
    ]


def same_text(one: Row, other: Row, times: Counter[tuple[str, int]]) -> bool:
    """Tell whether two texts begin enough of their paragraphs alike."""
    mine, theirs = set(one["openings"]), set(other["openings"])
    shared = sum(2 <= times[one["group"], digest] <= 5 for digest in mine & theirs)
    if 1 in (len(mine), len(theirs)):
        return len(mine) == len(theirs) == 1 == shared
    fewest = min(len(mine), len(theirs))
    titled = fewest < 3 and one["title"] is not None and one["title"] == other["title"]
    return shared >= max(2 if titled else 3, 0.6 * fewest)


def twins(made: list[Row]) -> set[tuple[int, int]]:
    texts = [
        (n, row)
        for n, row in enumerate(made)
        if not row["text_of"] and row["openings"] and row["canonical"]
    ]
    times = Counter((row["group"], digest) for _, row in texts for digest in row["openings"])
    return {
        (n, m)
        for (n, row), (m, other) in permutations(texts, 2)
        if row["group"] == other["group"]
        and other["canonical"] < row["canonical"]
        and same_text(row, other, times)
    }


@HELD
@given(WRITTEN)
@example(written([1, 2, 3], [1, 2, 3]))
@example(written([1, 2], [1, 2]))
@example(written([1, 2], [1, 2], title=1))
@example(written([1, 2, 3], [1, 2, 4], title=1))
@example(written([1, 2, 4, 5], [1, 2, 3], title=1))
@example(written([1], [1]))
@example(written([1], [1, 2]))
@example(written([1, 2, 3, 4, 5], [1, 2, 3, 6, 7]))
@example(written([1, 2, 3, 4, 5, 6], [1, 2, 3, 7, 8, 9]))
@example(written(*[[1, 2, 3]] * 5))
@example(written(*[[1, 2, 3]] * 6))
@example(written([], []))
def test_two_cables_have_one_text_where_enough_of_their_paragraphs_begin_alike(
    made: list[Row],
) -> None:
    found = corpus.twins(table(made, TEXTS))
    assert {*found.select("record", "record_other").rows()} == twins(made)
    again = [bool(row["sent_again"] or row["corrected"]) for row in made]
    for one, other, name, mine, theirs in found.rows():
        assert name == made[other]["canonical"]
        assert (mine, theirs) == (again[one], again[other])


def test_of_several_twins_the_first_by_name_is_told_and_of_repeats_none() -> None:
    made = written(*[[1, 2, 3]] * 4)
    made[1]["sent_again"] = True
    told = corpus.alike(corpus.twins(table(made, TEXTS)))
    assert {*told.rows()} == {(2, "07BERN0"), (3, "07BERN0")}


# --- copies of one cable ----------------------------------------------------------------------

COPIES = {"group": pl.String, "identifier": pl.String, "content": pl.UInt64}


@HELD
@given(rows(group=few("a", "b"), identifier=few("x", "y", None), content=few(1, 2)))
def test_copies_are_records_of_one_collection_under_one_identifier(made: list[Row]) -> None:
    named = [(n, row) for n, row in enumerate(made) if row["identifier"]]
    expected = {}
    for number, row in named:
        own = [
            r["content"]
            for _, r in named
            if (r["group"], r["identifier"]) == (row["group"], row["identifier"])
        ]
        if len(own) > 1:
            expected[number] = (row["identifier"], len(own), len(set(own)))
    found = copies.copies(table(made, COPIES))
    assert {n: rest for n, *rest in found.rows()} == {n: [*v] for n, v in expected.items()}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"origin": "Embassy Rome"}, False),
        ({"created": "2006-09-12 12:40:00"}, False),
        ({"classification": "SECRET"}, False),
        ({"header": "FM AMEMBASSY ROME"}, False),
        ({"body": "All trams stood still."}, False),
        ({"tags": []}, True),
        ({"source_release": None}, True),
    ],
)
def test_copies_have_one_content_where_claims_and_texts_are_the_same(
    changes: Row, same: bool
) -> None:
    one, other = measured(laid([{}, changes]))["content"]
    assert (one == other) is same


PAIRED = {
    "source": pl.String,
    "canonical": pl.String,
    "paragraphs": pl.Int64,
    "openings": pl.List(pl.UInt64),
    "title": pl.UInt64,
    "marks": pl.Int64,
}


@HELD
@given(
    rows(
        most=6,
        source=few("a", "b"),
        canonical=few("x", "y", None),
        paragraphs=few(0, 1, 2, 3, 4, None),
        openings=few([1, 2], [2, 3], [4], [], None),
        title=few(1, 2, None),
        marks=few(0, 1, None),
    )
)
def test_copies_to_hold_against_each_other_share_a_beginning_a_title_or_have_few_paragraphs(
    made: list[Row],
) -> None:
    def alike(one: Row, other: Row) -> bool:
        paragraphs = [p for p in (one["paragraphs"], other["paragraphs"]) if p is not None]
        few_of_both = bool(paragraphs) and max(paragraphs) <= 2
        shared = {*(one["openings"] or ())} & {*(other["openings"] or ())}
        titled = one["title"] is not None and one["title"] == other["title"]
        return few_of_both or bool(shared) or titled

    known = [
        (n, row) for n, row in enumerate(made) if row["canonical"] and row["marks"] is not None
    ]
    expected = {
        (n, m)
        for (n, one), (m, other) in permutations(known, 2)
        if (one["source"], one["canonical"]) == (other["source"], other["canonical"])
        and alike(one, other)
    }
    none = pl.DataFrame(schema={"record": pl.UInt32, "record_other": pl.UInt32})
    twin = none.vstack(pl.DataFrame({"record": [91], "record_other": [90]}, schema=none.schema))
    whole = table(made, PAIRED)
    assert {*copies.pairs(whole, none).rows()} == expected
    assert {*copies.pairs(whole, twin).rows()} == expected | {(91, 90), (90, 91)}


# --- passages that are open in another copy ---------------------------------------------------

COVERED = {
    "path": pl.String,
    "line": pl.Int64,
    "text_length": pl.Int64,
    "covered_length": pl.Int64,
    "paragraphs": pl.Int64,
    "covered": pl.List(
        pl.Struct({"passage": pl.Int64, "shown": pl.Int64, "between": pl.List(pl.UInt64)})
    ),
}
PASSAGES = st.lists(
    st.fixed_dictionaries(
        {
            "passage": st.integers(0, 3),
            "shown": few(0, 3, 4, 5, 8),
            "between": st.lists(st.integers(1, 3), min_size=1, max_size=3),
        }
    ),
    max_size=3,
    unique_by=lambda each: each["passage"],
)
HIDDEN = rows(
    least=2,
    most=3,
    path=few("a.html", "b.html"),
    line=few(1, 2, None),
    text_length=few(100, 101),
    covered_length=few(None, 1, 2),
    paragraphs=few(0, 1, 2, 3, None),
    covered=st.none() | PASSAGES.map(lambda some: sorted(some, key=lambda p: p["passage"])),
)
Places = list[tuple[int, int]]  # of covered passages: their paragraph, and what is around


def places(row: Row) -> Places:
    return [(p["passage"], around) for p in row["covered"] or () for around in p["between"]]


def without(here: Places, there: Places) -> Places:
    """Return the places here that are not there, by paragraph first and then in any."""
    for parts in (slice(None), slice(1, None)):
        mine, theirs = (Counter(place[parts] for place in each) for each in (here, there))
        kept = []
        for own, other in ((here, theirs), (there, mine)):
            seen: Counter[Any] = Counter()
            rest = []
            for place in own:
                seen[place[parts]] += 1
                if seen[place[parts]] > other[place[parts]]:
                    rest.append(place)
            kept.append(rest)
        here, there = kept
    return here


def opened(row: Row, other: Row) -> list[int]:
    """Return the paragraphs with passages that are covered in one copy and open in another."""
    mine, theirs = ({p["passage"]: p for p in each["covered"] or ()} for each in (row, other))
    shown, shown_other = (
        each["text_length"] - (each["covered_length"] or 0) for each in (row, other)
    )
    found = []
    for passage in sorted({passage for passage, _ in without(places(row), places(other))}):
        if other["paragraphs"] is None or passage > other["paragraphs"]:
            continue
        if passage in theirs:
            here, there = mine[passage], theirs[passage]
            oftener = len(here["between"]) > len(there["between"])
            if not (here["shown"] + 4 <= there["shown"] or (oftener and shown < shown_other)):
                continue
        found.append(passage)
    return found


@HELD
@given(HIDDEN)
def test_a_passage_is_open_in_another_copy_that_shows_more_of_its_paragraph(
    made: list[Row],
) -> None:
    numbers = range(len(made))
    expected = {}
    for record, other in sorted(permutations(numbers, 2), reverse=True):
        found = opened(made[record], made[other])
        if found:  # the first copy that has any of them open is named
            where = [made[other]["path"], *([made[other]["line"]] if made[other]["line"] else [])]
            expected[record] = (", ".join(map(str, found)), ":".join(map(str, where)))
    pairs = pl.DataFrame(
        [*permutations(numbers, 2)],
        schema={"record": pl.UInt32, "record_other": pl.UInt32},
        orient="row",
    )
    told = copies.coverings(table(made, COVERED), pairs)
    assert {record: rest for record, *rest in told.rows()} == {
        record: [*said] for record, said in expected.items()
    }


def test_of_many_passages_that_are_open_elsewhere_twelve_are_named() -> None:
    for number in (12, 13):
        covered = [{"passage": n, "shown": 5, "between": [n]} for n in range(1, number + 1)]
        plain = {"path": "a", "line": 1, "text_length": 9, "covered_length": 0, "paragraphs": 40}
        made = [plain | {"covered": covered}, plain | {"covered": None, "path": "b", "line": 2}]
        pairs = pl.DataFrame({"record": [0], "record_other": [1]}).cast(pl.UInt32)
        ((_, passages, copy),) = copies.coverings(table(made, COVERED), pairs).rows()
        assert passages == ", ".join(map(str, range(1, 13))) + " and more" * (number > 12)
        assert copy == "b:2"


# --- marks that are not usual -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("styles", "odd"),
    [
        ({"X of 14": 99, "X of 20": 1}, []),  # one in a hundred is usual
        ({"X of 14": 100, "X of 20": 1}, ["X of 20"]),
        ({"X of 14": 100, "X of 15": 1, "X of 13": 1}, []),  # slips of the hand
        ({"X of 14": 100, "X of 16": 1, "X of 12": 1}, ["X of 12", "X of 16"]),
        ({"X of 14": 100, "x of 14": 1}, ["x of 14"]),
        ({"X of 14": 98, "x of 20": 1}, None),  # too few to tell
        ({"block": 100, "[removed]": 1}, ["[removed]"]),
        ({"block": 100, "[X of 5]": 1, "X of 5 and": 1}, ["X of 5 and", "[X of 5]"]),
    ],
)
def test_a_mark_is_odd_where_hardly_any_of_a_hundred_look_like_it(
    styles: dict[str, int], odd: list[str] | None
) -> None:
    every = [style for style, times in styles.items() for _ in range(times)]
    whole = table(
        [{"group": "a", "mark_styles": every}, {"group": "b", "mark_styles": ["X of 3"]}],
        {"group": pl.String, "mark_styles": pl.List(pl.String)},
    )
    marks = copies.marks(whole)
    assert len(marks) == (0 if odd is None else len(every))
    told = copies.irregular(marks)
    assert told.rows() == ([(0, ", ".join(odd))] if odd else [])


def test_of_many_odd_marks_twelve_are_named() -> None:
    every = ["block"] * 2000 + [f"X of {3 * n}" for n in range(1, 15)]
    whole = table(
        [{"group": "a", "mark_styles": every}],
        {"group": pl.String, "mark_styles": pl.List(pl.String)},
    )
    ((_, told),) = copies.irregular(copies.marks(whole)).rows()
    assert len(told.split(", ")) == 12


# --- what a collection carries ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("created", "steps"),
    [
        # the hour on the clock of twelve stands where the minutes should
        (["2007-01-02 10:10", "2007-01-02 13:01", "2007-01-02"], ["hour", "hour", "day"]),
        (["2007-01-02 10:10", "2007-01-02 12:12", None], ["hour", "hour", "day"]),
        (["2007-01-02 10:10", "2007-01-02 13:13"], ["minute", "minute"]),
        (["2007-01-02 10:30"], ["minute"]),
        (["2007-01-02"], ["day"]),
    ],
)
def test_times_are_precise_to_the_hour_where_all_of_a_collection_repeat_it(
    created: list[str | None], steps: list[str]
) -> None:
    records = laid([{"created": each} for each in created])
    other = laid([{"created": "2007-01-02 10:31"}])
    evidence = pl.concat(
        measured(each).with_columns(group=pl.lit(n)) for n, each in enumerate((records, other))
    )
    wanted = [rule for rule in CATALOGUE.values() if "created_step" in f"{rule.reads} {rule.uses}"]
    made = tables(evidence, pl.DataFrame(schema=TROUBLES), wanted).by_name["records"]
    assert made["created_step"].tolist() == [*steps, "minute"]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (("EXT",), ("EXT001", "EXT006"), ["EXT002", "EXT003", "EXT004", "EXT005"]),
        (("EXT001", "SUB"), (), ["SUB001", "SUB002", "EXT001"]),
        (("EXT001",), ("TAG",), ["EXT001"]),
        ((), tuple({code[:3] for code in CATALOGUE} - {"SUB"}), ["SUB001", "SUB002"]),
        (("SUB",), ("S",), []),
    ],
)
def test_rules_are_selected_by_how_their_codes_begin(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str]
) -> None:
    assert [rule.code for rule in selected(select, ignore)] == codes
