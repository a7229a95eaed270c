"""Texts of two records read once more: what their difference is called, and what is told of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.errors import SourceChanged
from cableproof.finding import Severity
from cableproof.sources.batches import TEXT
from cableproof.sources.cablebrowser import NOTICE
from cableproof.validators.collation import judging, undecided
from cableproof.validators.collation.forms import ladder, without_notice
from cableproof.validators.collation.undecided import DIGESTS, Judged

Said = tuple[str, str, dict[str, Any]]
Texts = Mapping[str, str | None]

HEAD = "UNCLAS BERN 000001\n\nSUBJECT: TRAMS\n\n"
FIRST = "1. (U) The clerk of the kerbs counted forty trams. "
SECOND = "2. (U) The bridge by the mill was closed. "
WHOLE = HEAD + FIRST + SECOND


def _digests(texts: Sequence[str | None], part: str) -> list[str | None]:
    made = pl.Series(texts, dtype=TEXT)
    whole = without_notice(made) if part == "header" else made
    return ladder(whole, ("exact",))["exact"].to_list()


def doubts_of(pairs: Sequence[tuple[Texts, Texts, Sequence[str]]]) -> dict[str, list[Any]]:
    """Return the columns of doubts, each a pair of records and the parts that are in doubt."""
    made: dict[str, list[Any]] = {"parts": [list(parts) for *_, parts in pairs]}
    made["withheld"] = [False] * len(pairs)
    sides = {"base": [base for base, *_ in pairs], "other": [other for _, other, _ in pairs]}
    for name, records in sides.items():
        number = list(range(len(pairs)))
        made |= {
            f"{name}_file": [f"{name}{n}" for n in number],
            f"{name}_path": [f"path of {name}{n}" for n in number],
            f"{name}_kind": ["json-lines"] * len(pairs),
            **{f"{name}_{place}": number for place in ("start", "end", "row")},
            f"{name}_identifier": [None] * len(pairs),
            f"{name}_covered": [False] * len(pairs),
            **{f"{name}_{digest}": [None] * len(pairs) for digest in DIGESTS},
        }
        for part in ("header", "body"):
            made[f"{name}_{part}_exact"] = [*_digests([each.get(part) for each in records], part)]
    return made


def frame(made: Mapping[str, list[Any]]) -> pl.DataFrame:
    texts = {name: TEXT for name in made if name.endswith(("_exact", *undecided.DEEPER, "_file"))}
    return pl.DataFrame(made, schema_overrides=texts, strict=False)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Judged]]:
    """Return a function that judges pairs of records, whose texts are read from no file."""

    def judged(*pairs: tuple[Texts, Texts, Sequence[str]], **changes: list[Any]) -> list[Judged]:
        known: dict[str, Texts] = {}
        for n, (base, other, _) in enumerate(pairs):
            known |= {f"base{n}": base, f"other{n}": other}

        def texts(places: pl.DataFrame) -> pl.DataFrame:
            assert " ".join(places.columns) == "file path kind start end row identifier"
            rows = [known[file] for file in places["file"]]
            parts = ("subject", "header", "body")
            return pl.DataFrame(
                {part: [row.get(part) for row in rows] for part in parts},
                schema=dict.fromkeys(parts, TEXT),
            )

        monkeypatch.setattr(judging, "texts", texts)
        monkeypatch.setattr(undecided, "texts", texts)
        return judging.judged(frame(doubts_of(pairs) | changes))

    return judged


Judging = Callable[..., list[Judged]]


def said(found: Sequence[Judged]) -> list[Said]:
    return [(each.part, each.code, dict(each.facts)) for each in found]


def _wording(removed: int, added: int, alike: int, *places: tuple[int, ...]) -> dict[str, Any]:
    keys = ("paragraph", "at", "removed", "added")
    passages = [dict(zip(keys, place, strict=True)) for place in places]
    return {
        "alike": alike,
        "number": len(passages),
        "removed": removed,
        "added": added,
        "passages": passages,
    }


_ENDS, _BEGINS = (
    {how: {"how": how, "where": f"at the {end}"} for how in ("longer", "shorter")}
    for end in ("end", "beginning")
)
_ROUNDED = {"hint": "words beside marks rounded up"}


def _marks(alike: int, paragraph: int, at: int, length: str) -> dict[str, Any]:
    place = {"paragraph": paragraph, "at": at, "removed": 0, "added": 0, "length": length}
    return {"alike": alike, "number": 1, "passages": [place]}


MARKED = WHOLE.replace("the mill", "XXXXXXXX")
#: Texts of base and other in one part, and each kind that is told of them, with its facts.
TOLD: dict[str, tuple[str, str, str, list[tuple[str, dict[str, Any]]]]] = {
    "a word": (
        *("body", WHOLE, WHOLE.replace("forty", "fifty")),
        [("CMP306", _wording(1, 1, 96, (1, 50, 1, 1)))],
    ),
    "no words": (
        *("body", WHOLE, WHOLE.replace("forty trams", "forty - trams")),
        [("CMP306", _wording(0, 0, 98, (1, 53, 0, 0)))],
    ),
    "no text": ("body", "", WHOLE, [("CMP306", _wording(0, 24, 0, (0, 0, 0, 24)))]),
    "another first word": (
        *("body", "Boats of the mill ran", "So trams of the mill ran"),
        [("CMP306", _wording(1, 2, 72, (0, 0, 1, 2)))],
    ),
    "repaired": ("body", WHOLE, WHOLE.replace("(U)", "&#40;U)"), [("CMP302", {})]),
    "a sign lost": ("body", f"{WHOLE}caf\u00e9 a", f"{WHOLE}caf? a", [("CMP302", {})]),
    "laid out": ("body", WHOLE, WHOLE.replace("UNCLAS", "UNCLAS,"), [("CMP303", {})]),
    "cut in a word": (
        *("body", WHOLE, WHOLE[: WHOLE.index("losed")]),
        [("CMP305", _ENDS["shorter"] | _wording(1, 0, 96, (2, 93, 1, 0)))],
    ),
    "begins in a word": (
        *("body", WHOLE, WHOLE[WHOLE.index("ted forty") :]),
        [("CMP305", _BEGINS["shorter"] | _wording(13, 0, 65, (0, 0, 13, 0)))],
    ),
    "goes on": (
        *("body", HEAD + FIRST, WHOLE),
        [("CMP305", _ENDS["longer"] | _wording(0, 9, 74, (1, 100, 0, 9)))],
    ),
    "begins before": (
        *("body", SECOND, WHOLE),
        [("CMP305", _BEGINS["longer"] | _wording(0, 16, 53, (0, 0, 0, 16)))],
    ),
    "covered": ("body", WHOLE, MARKED, [("CMP401", _marks(90, 2, 84, "a few words"))]),
    "opened": ("body", MARKED, WHOLE, [("CMP402", _marks(90, 2, 87, "a few words"))]),
    "opened and covered": (
        *("body", MARKED, WHOLE.replace("clerk of the kerbs", "XXXXXX")),
        [
            ("CMP402", _marks(80, 2, 87, "a few words")),
            ("CMP401", _marks(80, 1, 35, "a phrase")),
        ],
    ),
    "restyled": ("body", MARKED, WHOLE.replace("the mill", "[redacted]"), [("CMP403", {})]),
    "a mark for nothing": (
        *("body", WHOLE, WHOLE.replace("the mill", "the mill XXXXXXXX")),
        [("CMP401", _marks(90, 2, 90, "none"))],
    ),
    "a mark for nothing, and a word": (
        *("body", WHOLE, WHOLE.replace("forty", "fifty").replace("mill", "mill XXXXXXXX")),
        [("CMP306", _wording(1, 1, 90, (1, 50, 1, 1)))],
    ),
    "covered among words": (
        *("body", WHOLE, WHOLE.replace("by the mill was", "near XXXXXXXX is")),
        [
            ("CMP401", _marks(80, 2, 81, "a phrase")),
            ("CMP306", _wording(12, 3, 80, (2, 81, 12, 3)) | _ROUNDED),
        ],
    ),
    "cut at a mark": (
        *("body", f"{MARKED[:-12]} was so", MARKED[:-12]),
        [
            ("CMP401", _marks(90, 2, 93, "a few words")),
            ("CMP305", _ENDS["shorter"] | _wording(3, 0, 90, (2, 93, 3, 0)) | _ROUNDED),
        ],
    ),
    "no header": ("header", "ZNY ONE", "", [("CMP304", {"how": "absent in one of them"})]),
    "a header": ("header", "", "ZNY ONE", [("CMP304", {"how": "absent in one of them"})]),
    "another header": ("header", "ZNY ONE", "ZNY TWO", [("CMP304", {"how": "another"})]),
    "header and notice": ("header", "A ONE", f"A ONE {NOTICE} B", [("CMP304", {"how": "another"})]),
    "header opened": (
        *("header", "ZNY XXXXXX TWO", "ZNY ONE TWO"),
        [("CMP402", _marks(60, 0, 33, "a few words"))],
    ),
    "header covered": (
        *("header", "ZNY ONE TWO", "ZNY XXXXXX TWO"),
        [("CMP401", _marks(60, 0, 33, "a few words"))],
    ),
    "header restyled": ("header", "Z XXXXXX TWO", "Z [redacted] TWO", [("CMP403", {})]),
    "a mark for nothing in another header": (
        *("header", "ZNY TWO AND THE", "ZNY TWO XXXXX AND"),
        [("CMP304", {"how": "another"})],
    ),
}


@pytest.mark.parametrize("what", TOLD)
def test_what_differs_in_a_text_is_told_in_places_and_numbers(what: str, judged: Judging) -> None:
    part, base, other, expected = TOLD[what]
    found = judged(({part: base}, {part: other}, [part]))
    assert said(found) == [(part, *each) for each in expected]
    assert {(each.doubt, each.severity, each.values) for each in found} == {(0, None, None)}


@pytest.mark.parametrize(
    ("one", "other", "lossy"),
    [
        *(("", "", True), ("a", "a", True), ("a", "b", False), ("a", "ab", False)),
        *(("?", "\u00e9", True), ("\ufffd", "\u00e9", True), ("?", "a", False)),
        *(("?", "\x7f", False), ("?", "\x80", True), ("b", "\u00e9", False)),
        *(("a?b", "a\u00e9b", True), ("a?b", "a\u00e9c", False), ("?b", "\u00e9b", True)),
        *(("?\u00e8", "\u00e9?", True), ("?a\u00e8", "\u00e9b?", False), ("?\ufffd", "??", True)),
    ],
)
def test_a_wrong_encoding_loses_signs_beyond_ascii_alone(one: str, other: str, lossy: bool) -> None:
    assert judging._lossy(one, other) is judging._lossy(other, one) is lossy


#: Subjects of base and other, whether one begins the other, and both as they are shown.
SUBJECTS: list[tuple[str | None, str | None, bool, tuple[str, str]]] = [
    ("TRAMS", "BOATS", False, ("TRAMS", "BOATS")),
    ("TRAMS", "trams and boats", True, ("TRAMS", "trams and boats")),
    ("TRAMS AND  BOATS", " TRAMS...", True, ("TRAMS AND BOATS", "TRAMS...")),
    ("TRAMS \u2026", "TRAMS", True, ("TRAMS \u2026", "TRAMS")),
    ("AND BOATS", "TRAMS AND BOATS", False, ("AND BOATS", "TRAMS AND BOATS")),
    ("", "TRAMS", False, ("", "TRAMS")),
    (None, "TRAMS", False, ("", "TRAMS")),
    ("...", "TRAMS", False, ("...", "TRAMS")),
]


@pytest.mark.parametrize(("base", "other", "begins", "shown"), SUBJECTS)
@pytest.mark.parametrize("withheld", [False, True])
def test_a_subject_that_begins_the_other_is_worth_a_note(
    base: str, other: str, begins: bool, shown: tuple[str, str], withheld: bool, judged: Judging
) -> None:
    pair = ({"subject": base}, {"subject": other}, ["subject"])
    (found,) = judged(pair, withheld=[withheld])
    facts = {"how": "one is the beginning of the other"} if begins else {}
    assert found == Judged(
        *(0, "subject", "CMP205", facts),
        Severity.NOTE if begins else None,
        None if withheld else shown,
    )


def test_each_part_in_doubt_is_told_of_its_own_pair(judged: Judging) -> None:
    one = {"subject": "TRAMS", "header": "ZNY ONE", "body": WHOLE}
    two = {"subject": "BOATS", "header": "ZNY TWO", "body": MARKED}
    found = judged(
        (one, two, ["body", "subject"]),
        (two, one, ["body", "header"]),
        (one, two, ["subject"]),
        (one, two, ["header"]),
    )
    assert [(each.doubt, each.part, each.code) for each in found] == [
        *((1, "header", "CMP304"), (3, "header", "CMP304")),
        *((0, "body", "CMP401"), (1, "body", "CMP402")),
        *((0, "subject", "CMP205"), (2, "subject", "CMP205")),
    ]


@pytest.mark.parametrize("side", ["base", "other"])
def test_where_one_has_no_text_digests_alone_are_asked(side: str, judged: Judging) -> None:
    pair = ({"body": WHOLE}, {"body": MARKED}, ["body"])
    found = judged(pair, pair, **{f"{side}_file": [f"{side}0", None]})
    assert [(each.doubt, each.code) for each in found] == [(0, "CMP401"), (1, "CMP306")]


@pytest.mark.parametrize("side", ["base", "other"])
@pytest.mark.parametrize("rung", undecided.DEEPER)
@pytest.mark.parametrize("part", ["header", "body"])
def test_of_a_text_beside_digests_the_same_digests_are_made(
    part: str, rung: str, side: str, judged: Judging
) -> None:
    said = f"{NOTICE} ZNY \u201cTWO\u201d XXXXXX" if part == "header" else WHOLE
    bare = said.removeprefix(NOTICE).strip()
    digest = ladder(pl.Series([bare]), (rung,))[rung][0]
    pair = ({part: said}, {part: said}, [part])
    lost = {f"{side}_file": [f"{side}0", None], f"{side}_{part}_{rung}": [None, digest]}
    (found, _), told = judged(pair, pair), judged(pair, pair, **lost)
    assert [each.code for each in (found, *told)] == ["CMP302", "CMP302", undecided.DEEPER[rung]]


def test_what_is_read_must_be_what_was_measured(judged: Judging) -> None:
    pairs = [({"header": "ZNY ONE", "body": n}, {"header": f"{NOTICE}", "body": "b"}) for n in "ac"]
    asked = [(*pair, ["body"]) for pair in pairs]
    assert len(judged(*asked)) == 2
    for side, part, path in (("base", "body", "base1"), ("other", "header", "other0")):
        exact = doubts_of(asked)[f"{side}_{part}_exact"]
        for number in range(int(path[-1]), len(exact)):
            exact[number] = "0" * 32
        with pytest.raises(SourceChanged, match=f"path of {path}"):
            judged(*asked, **{f"{side}_{part}_exact": exact})
