"""Which cables a REF block and the field of references cite, and which of them the other lacks."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from cableproof.validators.telegram.references import (
    _block,
    _cable,
    _in_field,
    _in_text,
    _is_other_kind,
    _station,
    attested,
)

TEXT = pl.String()


def head(block: str) -> str:
    return f"UNCLAS BERN 001234\n\nTAGS: SZ\nSUBJECT: TRAMS\n\n{block}\n\n1. Trams ran.\n"


@pytest.mark.parametrize(
    ("text", "block"),
    [
        (None, None),
        ("", None),
        ("Trams", None),
        (head(""), None),
        (head("REF: BERN 99"), "BERN 99"),
        (head("REFS: A. Bern 99"), "A. BERN 99"),
        (head("REFTEL BERN 99"), "BERN 99"),
        (head("REFERENCES:\nA. BERN 99"), "A. BERN 99"),
        (head("Ref: BERN 99"), "BERN 99"),
        (head("  RETEL: BERN 99"), "BERN 99"),
        (head("Retel: BERN 99"), "BERN 99"),
        (head("Reftels: BERN 99"), "BERN 99"),
        (head("REFUGEES CAME"), None),
        (head("REFUGEES CAME\nREF: BERN 99"), "BERN 99"),
        (head("REF: BERN 99\nREF: ROME 7"), "BERN 99\nREF: ROME 7"),
        (head("REF: A. BERN 99\n\nB. ROME 7"), "A. BERN 99\n\nB. ROME 7"),
        (head("REF: BERN 99\n\n\n\nB. ROME 7"), "BERN 99\n\n\n\nB. ROME 7"),
        (head("REF: BERN 99\n\nTrams B. ROME 7"), "BERN 99"),
        (head("REF: BERN 99\n\n99 B. ROME 7"), "BERN 99"),
        (head("REF: BERN 99\nClassified by: B. ROME 7"), "BERN 99\n"),
        ("REF: BERN 99", "BERN 99"),
        ("\nREF: BERN 99", "BERN 99"),
    ],
)
def test_a_block_begins_and_ends_here(text: str | None, block: str | None) -> None:
    assert _block(pl.Series([text], dtype=TEXT)).to_list() == [block]
    more = _block(pl.Series([text, None, head("REF: LIMA 5"), text], dtype=TEXT))
    assert more.to_list() == [block, None, "LIMA 5", block]


@pytest.mark.parametrize(("word", "most"), [("REF:\n", 498), ("REFTEL:\n", 495), ("Ref:", 500)])
@pytest.mark.parametrize("size", [450, *range(494, 502), 600])
def test_a_block_has_500_characters_at_most(word: str, most: int, size: int) -> None:
    told = _block(pl.Series([f"\n{word}{'T' * size}"])).item()
    assert told == "T" * min(size, most)


def found(
    block: str, year: int | None = 2006, station: str | None = "BERN", serial: int | None = 1234
) -> list[tuple[Any, ...]]:
    kinds = {"at": pl.Int64, "year": pl.Int64, "station": pl.String, "serial": pl.Int64}
    sent = pl.DataFrame([(0, year, station, serial)], schema=kinds, orient="row")
    return _in_text(pl.Series([block]), sent).rows()


@pytest.mark.parametrize(
    ("block", "sent", "cables"),
    [
        ("", (), []),
        ("TRAMS", (), []),
        ("BERN 99", (), [("06BERN99", False)]),
        ("06 BERN 99", (), [("06BERN99", True)]),
        ("2005 BERN 99", (), [("05BERN99", True)]),
        ("1999 BERN 99", (), [("99BERN99", True)]),
        ("(05) BERN 99", (), [("05BERN99", True)]),
        ("BERN 1233", (), [("06BERN1233", False)]),
        ("BERN 1234", (), [("06BERN1234", True)]),
        ("BERN 1235", (), [("05BERN1235", False)]),
        ("LIMA 1234", (), [("06LIMA1234", False)]),
        ("LIMA 1235", (), [("06LIMA1235", False)]),
        ("05 BERN 1235", (), [("05BERN1235", True)]),
        ("BERN 1235", (2000,), [("99BERN1235", False)]),
        ("BERN 1233", (2000,), [("00BERN1233", False)]),
        ("BERN 99", (None,), []),
        ("05 BERN 99", (None,), [("05BERN99", True)]),
        ("BERN 1235", (2006, None), [("06BERN1235", False)]),
        ("BERN 1234", (2006, None), [("06BERN1234", False)]),
        ("BERN 1235", (2006, "BERN", None), [("06BERN1235", False)]),
        ("BERN 99, LIMA 7 AND ROME 5", (), [("06BERN99", False), ("06LIMA7", False), ("06ROME5", False)]),
        ("TRAMWICK 99", (), []),
        ("SEE ALSO BERN 99", (), [("06BERN99", False)]),
    ],
)  # fmt: skip
def test_cables_of_a_block_have_a_year_that_is_told_or_guessed(
    block: str, sent: tuple[Any, ...], cables: list[tuple[str, bool]]
) -> None:
    assert found(block, *sent) == [(0, cable, cable[2:], firm) for cable, firm in cables]


def test_words_before_a_post_may_have_been_read() -> None:
    posts = ("BERN", "SEE BERN", "SEE ALSO PORT AU PRINCE", "BERN TRAMS", "TRAMWICK", "")
    assert list(map(_station, posts)) == ["BERN", "BERN", "PORTAUPRINCE", None, None, None]


@pytest.mark.parametrize(
    ("entry", "cable"),
    [
        *(("06BERN99", "06BERN99"), ("2006BERN99", "06BERN99"), ("06 BERN 0099", "06BERN99")),
        *(("06bern99", "06BERN99"), ("06TRAMWICK99", "06TRAMWICK99"), ("06 Tramwick 9", "06TRAMWICK9")),
        *(("2006TRAMWICK99", None), ("TRAMS", None), ("BERN99", None), ("", None)),
    ],
)  # fmt: skip
def test_an_entry_names_a_cable(entry: str, cable: str | None) -> None:
    assert _cable(entry) == cable
    key = None if cable is None else cable[2:]
    other = _in_field(pl.Series([None, ["06ROME7", entry], [], ["MEETING"]], dtype=pl.List(TEXT)))
    rows = [(1, "06ROME7", "06ROME7", "ROME7", True), (1, entry, cable, key, True)]
    kept = rows[: 1 if entry == "" else 2]  # an empty entry is another kind of nothing
    assert other.select("at", "entry", "cable", "key", "firm").rows() == kept


@pytest.mark.parametrize(
    ("entry", "other"),
    [
        *(("MEETING", True), ("a meeting of trams", True), ("TRAMS", False), ("12 SEP", False)),
        *(("12SEP06", True), ("  --  ", True), ("X@Y", True), ("12345678", True), ("", True)),
        *(("TRAM" * 13 + " MEETING", True), ("TRAM" * 13 + "  MEETING", False)),
    ],
)
def test_other_kinds_of_references_are_known_where_they_are_short(entry: str, other: bool) -> None:
    assert _is_other_kind(entry) is other


def seen(*records: tuple[str | None, Sequence[str] | None]) -> list[tuple[Any, ...]]:
    """Return what is attested of REF blocks and fields of cables 06BERN1234."""
    heads = [None if block is None else head(block) for block, _ in records]
    fields = pl.Series([field for _, field in records], dtype=pl.List(TEXT))
    batch = pl.DataFrame({"head": pl.Series(heads, dtype=TEXT), "references": fields})
    own = {"year": pl.lit(2006), "station": pl.lit("BERN"), "serial": pl.lit(1234)}
    told = attested(batch.with_columns(**own))
    return told.select(
        "not_cables", "references_not_in_text", "references_only_in_text", "cited"
    ).rows()


@pytest.mark.parametrize(
    ("block", "field", "told"),
    [
        (None, None, (None, None, None, None)),
        ("", None, (None, None, None, None)),
        ("", [], ([], None, None, [])),
        ("", ["06BERN99"], ([], None, None, ["06BERN99"])),
        ("", ["TRAMS", "MEETING"], (["TRAMS"], None, None, [])),
        ("REF: BERN 99", None, (None, None, None, [])),
        ("REF: 05 BERN 99", None, (None, None, None, ["05BERN99"])),
        ("REF: TRAMS", ["06BERN99"], ([], None, None, ["06BERN99"])),
        ("REF: TRAMS", None, (None, None, None, [])),
        ("REF: BERN 99", ["06BERN99"], ([], [], [], [])),
        ("REF: BERN 99", ["05BERN99"], ([], [], [], [])),  # the block does not tell the year
        ("REF: 06 BERN 99", ["06BERN99"], ([], [], [], ["06BERN99"])),
        ("REF: 06 BERN 99", ["05BERN99"], ([], ["05BERN99"], ["06BERN99"], ["05BERN99", "06BERN99"])),
        ("REF: BERN 99", ["06BERN98"], ([], ["06BERN98"], ["06BERN99"], ["06BERN98"])),
        ("REF: BERN 99, ROME 7", ["06BERN99"], ([], [], ["06ROME7"], [])),
        ("REF: BERN 99", ["06BERN99", "06ROME7"], ([], ["06ROME7"], [], ["06ROME7"])),
        ("REF: BERN 1234", [], ([], [], ["06BERN1234"], ["06BERN1234"])),
        ("REF: BERN 99, 05 BERN 99", ["06BERN99"], ([], [], ["05BERN99"], ["05BERN99"])),
        ("REF: 06 BERN 99, 05 BERN 99", ["05BERN99", "04BERN99"], ([], ["04BERN99"], ["06BERN99"], ["05BERN99", "04BERN99", "06BERN99"])),
        ("REF: BERN 99, BERN 99", ["TRAMS", "TRAMS", "06ROME7", "06ROME7"], (["TRAMS"], ["06ROME7"], ["06BERN99"], ["06ROME7"])),
    ],
)  # fmt: skip
def test_field_and_block_tell_this(
    block: str | None, field: list[str] | None, told: tuple[Any, ...]
) -> None:
    assert seen((block, field)) == [told]
    other = ("REF: 05 LIMA 5", ["06LIMA6"])
    beside: tuple[Any, ...] = ([], ["06LIMA6"], ["05LIMA5"], ["06LIMA6", "05LIMA5"])
    assert seen(other, (block, field), (None, None), other) == [
        *(beside, told, (None, None, None, None), beside)
    ]


def test_what_lacks_is_told_in_the_order_in_which_it_stands() -> None:
    numbers = [37 * n % 60 + 1 for n in range(60)]
    field = [f"05ROME{n}" for n in numbers]
    text = [f"06LIMA{n}" for n in numbers[:40]]
    block = "REF: " + ",".join(f"06LIMA{n}" for n in numbers[:40])
    odd = [f"TRAMS {n}" for n in numbers]
    assert seen((block, field + odd)) == [(odd, field, text, field + text)]
