"""What a record claims in a collation: as it stands, by its keys, and as digests of its texts."""

from hashlib import sha256
from itertools import combinations
from typing import Any

import polars as pl
import pytest

from cableproof.schemas import vocab
from cableproof.sources.batches import TEXT
from cableproof.sources.cablebrowser import NOTICE
from cableproof.validators.collation import claiming, forms
from cableproof.validators.collation.alike import signed
from cableproof.validators.collation.claiming import stated, with_hours
from cableproof.validators.collation.forms import RUNGS, covered_alike, digests, judged_by, ladder
from cableproof.validators.collation.witness import attested, columns, without_records
from tests.conftest import laid


def hashed(text: str, width: int = 64) -> str:
    return sha256(text.encode()).hexdigest()[:width]


def withheld(text: str) -> str:
    return f"withheld:{hashed(text, 16)}"


LONG = "the keeper of the lamps told the clerk of it " * 3
#: A claim as it stands, what stands for it, and the column and value of its key.
CLAIMED: list[tuple[str, Any, Any, str, Any]] = [
    ("identifier", "06bern1234", "06bern1234", "key", "06BERN1234"),
    ("identifier", "06EFTOBERN01", "06EFTOBERN01", "key", "06BERN1"),
    ("identifier", "trams", "trams", "key", "trams"),
    ("identifier", "two of them", withheld("two of them"), "key", withheld("two of them")),
    ("identifier", " ", None, "key", None),
    ("identifier", None, None, "key", None),
    ("created", "2006-09-12", "2006-09-12", "created_key", "2006-09-12 00:00:00"),
    ("created", "9/12/2006 12:39", "9/12/2006 12:39", "created_key", "2006-09-12 12:39:00"),
    ("created", "2006-13-12", "2006-13-12", "created_key", "2006-13-12"),
    ("created", "soon", withheld("soon"), "created_key", withheld("soon")),
    ("created", "2006-09-12", "2006-09-12", "created_precision", 0),
    ("created", "2006-09-12 12:39", "2006-09-12 12:39", "created_precision", 2),
    ("created", "2006-09-12 12:39:01", "2006-09-12 12:39:01", "created_precision", 3),
    ("created", "soon", withheld("soon"), "created_precision", 3),
    ("created", None, None, "created_precision", 3),
    ("released", "2010-12-01", "2010-12-01", "released_key", "2010-12-01 00:00:00"),
    ("released", "2010-12-01", "2010-12-01", "released_precision", 0),
    ("released", "2010-12-01 10:00", "2010-12-01 10:00", "released_precision", 3),
    ("released", None, None, "released_precision", 3),
    ("classification", "unclas", "unclas", "classification_key", "UNCLASSIFIED"),
    ("classification", "Trams  only", "Trams  only", "classification_key", "TRAMS ONLY"),
    ("classification", "7", withheld("7"), "classification_key", withheld("7").upper()),
    ("classification", "", None, "classification_key", None),
    ("origin", "EMBASSY  Bern", "EMBASSY  Bern", "origin_key", "embassy bern"),
    ("origin", "Embassy Kyiv", "Embassy Kyiv", "origin_key", "embassy kyiv"),
    ("origin", LONG, withheld(LONG), "origin_key", withheld(LONG)),
    ("origin", None, None, "origin_key", None),
    ("tags", None, None, "tags_key", None),
    ("tags", [], [], "tags_key", ""),
    ("tags", [" "], [None], "tags_key", ""),
    ("tags", [" sz"], [" sz"], "tags_key", "SZ"),
    ("tags", ["SZ", "pgov"], ["SZ", "pgov"], "tags_key", "PGOV SZ"),
    ("tags", ["b", " A", "a", "C"], ["b", " A", "a", "C"], "tags_key", "A B C"),
    ("tags", ["SZ", " "], ["SZ", None], "tags_key", "SZ"),
    ("tags", ["SZ", "1:2"], ["SZ", withheld("1:2")], "tags_key", f"SZ {withheld('1:2').upper()}"),
    ("references", ["06BERN02", "trams"], ["06BERN02", "trams"], "references_key", "06BERN2 TRAMS"),
    ("references", ["06bern02"], ["06bern02"], "references_key", "06BERN2"),
    ("references", [], [], "references_key", ""),
    ("references", ["a b c"], [withheld("a b c")], "references_key", withheld("a b c").upper()),
    ("source_release", "trams 1", withheld("trams 1"), "redacted", False),
    ("source_released", "2011-10", "2011-10", "partial_extract", False),
    ("source_released", "October", withheld("October"), "partial_extract", False),
    ("created", "withheld:0123456789abcdef", "withheld:0123456789abcdef", "redacted", False),
    (
        "created",
        "withheld:0123456789abcde",
        withheld("withheld:0123456789abcde"),
        "redacted",
        False,
    ),
]


@pytest.mark.parametrize(("field", "value", "kept", "key", "compared"), CLAIMED)
def test_a_claim_is_kept_and_compared_like_this(
    field: str, value: object, kept: object, key: str, compared: object
) -> None:
    row = stated(laid([{field: value}])).row(0, named=True)
    assert (row[field], row[key]) == (kept, compared)


def test_claims_beside_each_other_do_not_mix() -> None:
    found = stated(laid([{field: value} for field, value, *_ in CLAIMED]))
    for row, (field, _, kept, *_rest) in zip(found.iter_rows(named=True), CLAIMED, strict=True):
        assert row[field] == kept


def test_an_origin_of_one_post_is_compared_by_it() -> None:
    for spelt, codes in vocab.origins().items():
        key = stated(laid([{"origin": spelt}]))["origin_key"][0] if len(codes) > 1 else None
        assert key is None or key == spelt.casefold()
        if len(codes) == 1:
            (code,) = codes
            assert claiming._post(spelt) == vocab.posts()[code]["origin"].casefold()


#: The hour, and the minutes that repeat it, counted to twelve.
REPEATED = {0: 12, 1: 1, 11: 11, 12: 12, 13: 1, 23: 11}


def _times(*moments: tuple[str, str | None, str | None]) -> pl.DataFrame:
    names = ("kind", "created_key", "released_key")
    made = pl.DataFrame(moments, schema=dict.fromkeys(names, TEXT), orient="row")
    return made.with_columns(
        created_precision=pl.lit(3, pl.Int8), released_precision=pl.lit(0, pl.Int8)
    )


@pytest.mark.parametrize("hour", REPEATED)
def test_minutes_that_repeat_the_hour_are_none(hour: int) -> None:
    other = "2010-12-01 10:10:00"
    others = [
        ("json-lines", "2006-09-12 01:59:00", "soon"),
        ("wikileaks-page", "2010-12-01 22:10:59", "no time of a clock"),
    ]
    for minute in range(15):
        odd = f"2006-09-12 {hour:02}:{minute:02}:45"
        for moments in ((odd, other), (other, odd), (odd, None), (None, odd)):
            on_a_page = with_hours(_times(("wikileaks-page", *moments), *others))
            elsewhere = with_hours(_times(("json-lines", *moments), *others))
            precise = [1, 3, 1] if REPEATED[hour] == minute else [3, 3, 3]
            assert on_a_page["created_precision"].to_list() == precise
            assert elsewhere["created_precision"].to_list() == [3, 3, 1]
            assert on_a_page["released_precision"].to_list() == [0, 0, 0]
            assert on_a_page.schema == elsewhere.schema == _times().schema


def test_digests_are_the_first_half_of_a_sha256() -> None:
    texts = pl.Series(["trams", "", "caf\u00e9", None], dtype=TEXT)
    expected = [text if text is None else hashed(text, 32) for text in texts]
    assert digests(texts).to_list() == ladder(texts, ("exact",))["exact"].to_list() == expected
    assert digests(texts, 64)[0] == hashed("trams")


def test_of_the_ladder_only_what_is_asked_for_is_made() -> None:
    texts = pl.Series(["a \u201cb\u201d XXXXX"], dtype=TEXT)
    whole = ladder(texts, RUNGS)
    assert [*whole] == [*RUNGS]
    for number in range(len(RUNGS)):
        for rungs in combinations(RUNGS, number):
            deep = {"laid_out", "covered_alike"}
            asked = {*rungs} | (deep if deep & {*rungs} else set())
            made = ladder(texts, rungs)
            assert {name: each[0] for name, each in made.items()} == {
                name: each[0] for name, each in whole.items() if name in asked
            }


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("E.O. 12958: N/A\n1. (U) \u201cA,\u201d b", 'EO 12958 N A 1. (U) "A," b'),
        ("a, b.\n(C) c, d\n2. e, f", "a b (C) c, d 2. e, f"),
        ("x" * 599 + ",,", "x" * 599 + " ,"),
        ("x" * 598 + ",,", "x" * 598),
        ("x" * 600 + ",,", "x" * 600 + " ,,"),
        ("", ""),
    ],
)
def test_a_heading_loses_its_punctuation_and_no_more(text: str, laid_out: str) -> None:
    assert judged_by(pl.Series([text]))["laid_out"].to_list() == [laid_out]
    assert forms.laid_out(pl.Series([text])).to_list() == [laid_out]


def test_marks_side_by_side_are_covered_alike() -> None:
    texts = pl.Series(["a XXXXX [redacted] b", "XXXXX, xxxxxx", "XXXX"])
    assert covered_alike(texts).to_list() == [
        "a \u2588\u2588 b",
        "\u2588\u2588, \u2588\u2588",
        "XXXX",
    ]


@pytest.mark.parametrize(
    ("changes", "covered"),
    [
        *(({}, False), ({"redacted": None}, False), ({"redacted": True}, True)),
        *(({"header": "XXXXX"}, True), ({"body": "XXXXX"}, True), ({"subject": "XXXXX"}, True)),
        *(({"header": "XXXX"}, False), ({"body": "XXX"}, False), ({"subject": "XXX"}, True)),
        *(({"subject": "XX"}, False), ({"subject": "a ***"}, True), ({"subject": "__"}, False)),
        ({"subject": None, "header": None, "body": None}, False),
        ({"subject": "(names withheld)"}, True),
    ],
)
def test_a_record_is_covered_where_any_text_of_it_is(changes: Any, covered: bool) -> None:
    assert (
        attested(laid([changes]).with_columns(file=pl.lit("f")), ("exact",))["covered"].item()
        is covered
    )


def _attested(**changes: object) -> dict[str, Any]:
    batch = laid([changes]).with_columns(file=pl.lit("f"))
    return attested(batch, ("exact", "spaced")).row(0, named=True)


def test_the_digest_of_a_record_is_that_of_all_its_fields_or_of_its_page() -> None:
    usual = _attested()
    other: dict[str, object] = {
        "identifier": "06BERN1235",
        "tags": ["SZ"],
        "redacted": None,
        "partial_extract": True,
        "subject": "BOATS",
        "redaction_statement": "so",
        "link": None,
        "header": "a",
        "body": "b",
    }
    found = [_attested(**{name: value})["digest"] for name, value in other.items()]
    assert len({usual["digest"], *found}) == len(other) + 1
    assert {len(each) for each in found} == {64}
    assert _attested(line=7, page_digest=None)["digest"] == usual["digest"]
    assert _attested(page_digest="a")["digest"] == "a"
    names = ["identifier", "origin", "created", "released", "classification", "tags"]
    names += ["references", "source_release", "source_released", "redacted", "partial_extract"]
    said = [usual[name] for name in (*names, "header_exact", "body_exact")]
    batch = laid([{}])
    said += [batch[name][0] for name in ("subject", "redaction_statement", "link")]
    spelt = ("\x1e".join(each) if isinstance(each, list) else each for each in said)
    flags: dict[Any, str] = {None: "\0", True: "true", False: "false"}
    texts = [flags.get(each) or str(each) for each in spelt]
    assert usual["digest"] == hashed("\x1f".join(texts))


def test_a_record_keeps_its_place_and_what_its_page_tells() -> None:
    listed = {f"listed_{name}" for name in ("days", "months", "origins", "tags")}
    around = ("release_counter", "furniture", *listed, "own_links")
    place = ("path", "kind", "file", "start", "end", "line", "row")
    found = attested(laid([{}]).with_columns(file=pl.lit("f")), ("exact",))
    rungs = ("header_exact", "body_exact")
    assert {*found.columns} >= {*place, *around, *rungs, "subject_key", "covered", "digest"}
    assert columns(RUNGS[:2]) == ["header_exact", "header_spaced", "body_exact", "body_spaced"]
    nothing = without_records(("exact",))
    assert (len(nothing), nothing.columns) == (0, found.columns)
    row = _attested(subject="a  &amp; \u00e9", header=f"{NOTICE} A", body="b\n c")
    assert row["subject_key"] == hashed("A & \u00c9", 32)
    assert (row["header_exact"], row["body_spaced"]) == (hashed("A", 32), hashed("b c", 32))


def test_a_slot_is_sound_if_it_is_told_as_it_stands() -> None:
    rows = [
        ("06BERN1", "trams", None, True),
        ("06BERN1", "trams", "cablebrowser-2", True),
        ("06BERN1", "trams", "two words", True),
        ("06BERN1", "trams", "two words", False),
        ("06bern1", "", "x", True),
        ("06BERN01", None, "x", True),
        ("trams", "trams", "x", False),
        (None, "trams", "x", True),
    ]
    made = pl.DataFrame(rows, schema=["identifier", "said", "release", "sound"], orient="row")
    whole = made.with_columns(source=pl.lit(0), start=pl.lit(1), end=pl.lit(2))
    found = signed(whole)
    assert found.columns == ["source", "start", "end", "key", "digest", "release", "sound"]
    trams = bytes.fromhex(hashed("trams"))
    assert found.drop("source", "start", "end").rows() == [
        ("06BERN1", trams, None, True),
        ("06BERN1", trams, "cablebrowser-2", True),
        ("06BERN1", trams, None, False),
        ("06BERN1", trams, None, False),
        ("06BERN1", b"", "x", False),
        ("06BERN1", None, "x", False),
        ("trams", trams, "x", False),
        (None, trams, "x", None),
    ]


def test_what_is_misread_is_repaired_before_it_is_judged_and_the_rest_stays() -> None:
    texts = pl.Series(["CAF\u00c3\u00a9  OPEN", "CAFE  OPEN", "CAF\u00e9 OPEN"])
    assert judged_by(texts)["encoded"].to_list() == [
        "CAF\u00e9 OPEN",
        "CAFE OPEN",
        "CAF\u00e9 OPEN",
    ]
