"""Claims of a mirror held against copies of releases: which stand, and which are disproved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.sources.furniture import COLUMNS as LISTED
from cableproof.sources.index_pages import IndexPage, frame
from cableproof.validators.audit.attribution import KINDS
from cableproof.validators.audit.references import Reference, known, reference
from cableproof.validators.audit.statements import (
    Claimed,
    Statement,
    claimed,
    dates,
    fronts,
    judged,
)

NONE: frozenset[str] = frozenset()
MINUS = -1


def copy(name: str, *names: str, counter: int | None = None, moment: str = "") -> Reference:
    return Reference(
        *(name, pl.DataFrame(), moment, frozenset({name, *names}), counter, {}, NONE, NONE, False)
    )


def pages(**columns: Sequence[Any]) -> pl.DataFrame:
    usual = {"source_release": pl.String, "source_released": pl.String, "release_counter": pl.Int64}
    length = len(next(iter(columns.values())))
    return pl.DataFrame({name: columns.get(name, [None] * length) for name in usual}, schema=usual)


def told(
    claims: Sequence[Claimed],
) -> list[tuple[str, Mapping[str, Any], list[bool], tuple[int, ...], str]]:
    return [(c.claim, c.says, c.pages.to_list(), c.named, c.own) for c in claims]


def test_footers_and_counters_and_the_folder_are_claims_in_this_order() -> None:
    made = pages(
        source_release=["b", None, "a", "b", "withheld:0123456789abcdef"],
        release_counter=[9, 10, 9, None, None],
    )
    against = [
        copy("x", "a", counter=9, moment="2010-12-07 0806"),
        copy("a", counter=10, moment="2010-12-07"),
        copy("c", counter=9, moment="2010-12-08"),
    ]
    true, false = True, False
    covered = "[not told: no name of a release]"
    assert told([*claimed(made, "cables-201012070806", against)]) == [
        ("footer", {"release": covered}, [false, false, false, false, true], (), "claim"),
        ("footer", {"release": "a"}, [false, false, true, false, false], (0, 1), "claim"),
        ("footer", {"release": "b"}, [true, false, false, true, false], (), "claim"),
        ("counter", {"released_so_far": 9}, [true, false, true, false, false], (0, 2), "counter"),
        ("counter", {"released_so_far": 10}, [false, true, false, false, false], (1,), "counter"),
        ("folder", {"release_of": "2010-12-07 0806"}, [true] * 5, (0,), ""),
    ]
    assert told([*claimed(pages(source_release=[None] * 2), "of 2010-12-07", against)]) == [
        ("folder", {"release_of": "2010-12-07"}, [true] * 2, (0, 1), "")
    ]
    assert told([*claimed(pages(source_release=[None]), "cables", against)]) == []


def evidence(*pages: Mapping[str, int]) -> pl.DataFrame:
    """Return what the evidence says of two references on each page, nothing where it is not told."""
    columns = [f"{kind.name}:{number}" for kind in KINDS for number in (0, 1)]
    return pl.DataFrame([{c: page.get(c, 0) for c in columns} for page in pages])


def judge(
    own: str, named: tuple[int, ...], *said: Mapping[str, int]
) -> tuple[Statement, list[int]]:
    """Return what becomes of a claim that all pages but the first make."""
    make = pl.Series([False, *(True for _ in said)])
    claim = Claimed("counter", {"released_so_far": 1}, make, named, own)
    statement, rows = judged(claim, evidence({"file:0": 1}, *said), [copy("a"), copy("b")])
    return statement, rows.to_list()


ALL = [kind.name for kind in KINDS if kind.name not in ("claim", "counter")]


@pytest.mark.parametrize("kind", [*ALL, "counter", "claim"])
@pytest.mark.parametrize("own", ["", "counter", "text"])
def test_any_evidence_but_the_claim_itself_may_disprove_it(kind: str, own: str) -> None:
    statement, rows = judge(own, (1,), {}, {f"{kind}:1": MINUS}, {f"{kind}:0": MINUS})
    counts = kind not in (own, "claim")
    assert rows == ([2] if counts else [])
    assert statement == Statement(
        "counter",
        {"released_so_far": 1},
        {"supported": 0, "contradicted": int(counts), "consistent": 3 - counts},
        ("b",),
        {kind: 1} if counts else {},
    )


@pytest.mark.parametrize("kind", [*ALL, "counter", "claim"])
def test_only_bytes_and_words_prove_a_claim(kind: str) -> None:
    statement, rows = judge("", (0,), {f"{kind}:0": 1}, {f"{kind}:1": 1}, {"file:0": 1})
    proven = 1 + (kind in ("file", "text"))
    assert statement.verdicts == {"supported": proven, "contradicted": 0, "consistent": 3 - proven}
    assert rows == []


def test_what_is_proven_by_one_kind_and_disproved_by_another_is_disproved() -> None:
    statement, rows = judge("", (0,), {"file:0": 1, "presence:0": MINUS, "text:0": MINUS})
    assert statement.verdicts == {"supported": 0, "contradicted": 1, "consistent": 0}
    assert statement.against == {"presence": 1, "text": 1}
    assert rows == [1]


def test_of_several_copies_one_that_may_be_the_origin_is_enough() -> None:
    statement, rows = judge(
        "",
        (0, 1),
        {"text:0": MINUS, "file:1": 1},
        {"text:0": MINUS, "presence:1": MINUS},
        {"text:0": MINUS, "text:1": MINUS},
        {"file:0": 1, "text:0": MINUS, "presence:1": 0},
    )
    assert statement.verdicts == {"supported": 1, "contradicted": 2, "consistent": 1}
    assert statement.against == {"text": 1}
    assert rows == [2, 3]


@pytest.mark.parametrize(
    ("release", "named", "verdict", "because"),
    [
        ("nobody's", (), "unreadable", "no release of that name is known; nothing is guessed"),
        ("cables.csv", (), "untestable", "no copy of that release was given"),
        ("a", (), "untestable", "no copy of that release was given"),
        ("a", (0,), "consistent", ""),
    ],
)
def test_a_footer_that_names_no_release_that_is_known_is_unreadable(
    release: str, named: tuple[int, ...], verdict: str, because: str
) -> None:
    claim = Claimed("footer", {"release": release}, pl.Series([True, False, True]), named, "claim")
    statement, rows = judged(claim, evidence({}, {}, {}), [copy("x", "a")])
    assert {v: n for v, n in statement.verdicts.items() if n} == {verdict: 2}
    assert statement.because == because
    assert len(rows) == 0


def test_a_counter_that_no_copy_states_is_untestable() -> None:
    statement, rows = judge("counter", (), {}, {})
    assert (statement.verdicts, rows) == ({"untestable": 2}, [])


def test_a_statement_is_told_with_the_verdicts_that_it_has() -> None:
    verdicts = {"unreadable": 1, "contradicted": 0, "supported": 2}
    made = Statement("footer", {"release": "a"}, verdicts, ("a", "b"), {"text": 1}, "so").document()
    assert made == {
        "claim": "footer",
        "says": {"release": "a"},
        "verdicts": {"supported": 2, "unreadable": 1},
        "releases": ["a", "b"],
        "against": {"text": 1},
        "because": "so",
    }
    assert [*made["verdicts"]] == ["supported", "unreadable"]
    bare = Statement("footer", {}, {}).document()
    assert (bare["against"], bare["because"]) == ({}, None)


@pytest.mark.parametrize(
    ("name", "stated", "verdict", "because"),
    [
        ("cablebrowser-2", "2011-10-04", "consistent", "the release table has it"),
        ("cablebrowser-2", "2011-10", "consistent", "the release table has it"),
        ("cables.csv", "2011-09-02", "consistent", "the release table has it"),
        ("cablebrowser-2", "2011-10-05", "contradicted", "the release table has 2011-10-04"),
        ("cablebrowser-7", "2011-10-04", "untestable", "its date is not known"),
    ],
)
def test_a_date_is_held_against_the_release_table(
    name: str, stated: str, verdict: str, because: str
) -> None:
    made = pages(
        source_release=[name, None, name, name], source_released=[stated, stated, None, stated]
    )
    assert [*dates(made)] == [
        Statement("date", {"release": name, "released": stated}, {verdict: 2}, because=because)
    ]


def test_dates_are_told_by_release_and_date() -> None:
    made = pages(source_release=["b", "a", "a"], source_released=["1", "3", "2"])
    said = [tuple(each.says.values()) for each in dates(made)]
    assert said == [("a", "2"), ("a", "3"), ("b", "1")]


@pytest.mark.parametrize(
    ("stated", "counter", "verdict", "because"),
    [
        (1000, 1000, "consistent", "most cable pages say 1,000, 2,345 cables are here"),
        (2345, 1000, "contradicted", "most cable pages say 1,000, 2,345 cables are here"),
        (2345, None, "consistent", "2,345 cables are here"),
        (2344, None, "contradicted", "2,345 cables are here"),
    ],
)
def test_the_count_at_a_root_is_held_against_the_pages_or_the_cables(
    stated: int, counter: int | None, verdict: str, because: str
) -> None:
    listed = [
        *(IndexPage("b/index.html", "b/", "front", counter=stated), IndexPage("c", "", "front")),
        *(
            IndexPage("a", "", "tag", counter=7),
            IndexPage("a/index.html", "a/", "front", counter=1),
        ),
    ]
    first, second = fronts(frame(listed), counter, 2345)
    assert first.says == {"path": "a/index.html", "released_so_far": 1}
    says: dict[str, str | int] = {"path": "b/index.html", "released_so_far": stated}
    assert second == Statement("front", says, {verdict: 1}, because=because)


def test_a_reference_says_by_what_its_release_is_known() -> None:
    table = pl.DataFrame(
        {
            "source_release": ["cablebrowser-2", None, "cablebrowser-2"],
            "release_counter": [8, 9, 9],
            **{name: ["x", "x", None] for name in LISTED},
        }
    )
    made = reference("a", "cables-201012070806", table, ["07BERN0001", "odd"], NONE, nameless=True)
    assert (made.moment, made.counter, made.nameless) == ("2011-10-04", 9, True)
    assert made.names == {"a", "cablebrowser-2", "cablegate-201012070806"}
    assert made.lists == dict.fromkeys(LISTED, "x")
    assert made.indexed == {"07BERN1", "odd"}
    two = table.with_columns(source_release=pl.Series(["a", "b", None]))
    assert reference("x", "y", two, [], NONE, nameless=False).names == {"x"}
    assert known("a", [made]) and known("cables.csv", []) and not known("b", [made])
