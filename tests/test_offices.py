"""Which station a line names, which codes are one office, and what of them stands in page marks."""

from collections.abc import Iterator

import polars as pl
import pytest

from cableproof.schemas import vocab
from cableproof.validators.telegram import pages
from cableproof.validators.telegram.stations import (
    one_office,
    spelt_in_marks,
    station_of,
    stations,
    stations_of_indicators,
    unlike,
)

KINDS = (
    *("AMEMBASSY ", "AMCONSULATE ", "AMCONSUL ", "AMCONGEN ", "USMISSION ", "USDEL ", ""),
    *("USOFFICE ", "USINT "),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_station_is_known_whatever_office_stands_before_it(kind: str) -> None:
    posts = ("BERN", "Rio de Janeiro", "PORT-AU-PRINCE", "ADDIS", "TRAMWICK", "")
    assert [station_of(kind + post) for post in posts] == [
        *("BERN", "RIODEJANEIRO", "PORTAUPRINCE", "ADDISABABA", None, None)
    ]


def test_stations_are_told_post_by_post() -> None:
    posts = pl.Series(["BERN", None, "TRAMWICK", "AMEMBASSY LIMA", "BERN"])
    assert stations(posts).to_list() == ["BERN", None, None, "LIMA", "BERN"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        *(("BERN", "BERN", True), ("BERN", "ROME", False), ("RPODUBAI", "DUBAI", True)),
        *(("KIEV", "KYIV", True), ("KYIV", "KIEV", True), ("MADRAS", "CHENNAI", True)),
        *(("DUBAI", "RPODUBAI", True), ("ALMATY", "ASTANA", False), ("TRAM", "BOAT", False)),
    ],
)
def test_two_codes_are_one_office_or_two(one: str, other: str, same: bool) -> None:
    assert one_office(one, other) is same


@pytest.fixture
def invented() -> Iterator[None]:
    """Add posts with one routing indicator, of which only the first shares each other's origin."""
    codes = ("KERBTON", "LAMPFORD", "QUAYHAM")
    posts = [f"{code},RUTRAM" for code in codes]
    origins = [f"Office {code},{shared}" for code in codes[1:] for shared in (code, codes[0])]
    vocab.install(
        {
            "posts": "\n".join(["code,routing_indicator", *posts, "BOATHAM,RUBOAT"]),
            "origins": "\n".join(["origin,code", *origins]),
        }
    )
    yield
    vocab.install({})


@pytest.mark.usefixtures("invented")
def test_an_indicator_names_the_office_that_alone_has_it() -> None:
    found = {
        "RUTRAM": "KERBTON",
        "RUBOAT": "BOATHAM",
        "RUEHSW": "BERN",
        "RUEHLN": "LENINGRAD",
        "RUEHKV": "KIEV",
        "RUEHTA": None,
        "RUEXXX": None,
        "": None,
        "RUEHBS": "BRUSSELS",
    }
    assert stations_of_indicators(pl.Series([*found, None])).to_list() == [*found.values(), None]


@pytest.mark.parametrize(
    ("found", "own", "told"),
    [
        *(("BERN", "BERN", False), ("BERN", "ROME", True), ("DUBAI", "RPODUBAI", False)),
        *((None, "BERN", None), ("BERN", None, None), ("BERN", "TRAMWICK", None)),
        *((None, None, None), ("KYIV", "KIEV", False), ("LIMA", "ROME", True)),
    ],
)
def test_another_office_s_station_is_unlike(
    found: str | None, own: str | None, told: bool | None
) -> None:
    kind = pl.String
    alone = unlike(pl.Series([found], dtype=kind), pl.Series([own], dtype=kind))
    assert alone.to_list() == [told]
    more = unlike(pl.Series(["BERN", found, "BERN"]), pl.Series(["LIMA", own, "BERN"]))
    assert more.to_list() == [True, told, False]


def seen(*records: tuple[str | None, int | None, str | None]) -> pl.DataFrame:
    """Return what is attested of bodies with serials and stations of their own."""
    schema = {"body": pl.String, "serial": pl.Int64, "station": pl.String}
    batch = pl.DataFrame(records, schema=schema, orient="row")
    return pages.attested(batch.with_columns(head=pl.col("body").str.slice(0, 200)))


def marks(*sections: int, total: int = 3, serial: int = 1234, of: str = "OF") -> str:
    return "".join(f"Tram 7.\n\nBERN {serial:08}  {n:03} {of} {total:03}\n\n" for n in sections)


NONE = (None,) * 6


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trams", NONE),
        (None, NONE),
        (marks(2, 3), (1234, None, 3, 1, "", None)),
        (marks(2), (1234, None, 3, 1, "3", None)),
        (marks(3), (1234, None, 3, 1, "2", None)),
        (marks(1), (1234, None, 3, 1, "2, 3", None)),
        (marks(2, 2, 3), (1234, None, 3, 1, "", None)),
        (marks(3, 2), (1234, None, 3, 1, "", None)),
        (marks(total=1), NONE),
        (marks(1, total=1), (1234, None, 1, 1, "", None)),
        (marks(2, total=2), (1234, None, 2, 1, "", None)),
        (marks(2) + marks(3, total=4), (1234, None, 4, 2, "4", None)),
        (marks(2, of="of"), (1234, None, 3, 1, "3", None)),
        (marks(2) + marks(3, of="of"), (1234, None, 3, 1, "", None)),
        (marks(2).replace("Tram 7.", ""), (1234, None, 3, 1, "3", 2)),
        (marks(3, 2).replace("Tram 7.", ""), (1234, None, 3, 1, "", 3)),
        (marks(2) + marks(3, serial=77), (77, "BERN", 3, 1, "", None)),
        (marks(2, serial=77) + marks(3), (77, "BERN", 3, 1, "", None)),
        (marks(2, serial=77) + marks(3, serial=88), (77, "BERN", 3, 1, "", None)),
    ],
)
def test_page_marks_tell_this(text: str | None, told: tuple[object, ...]) -> None:
    alone = seen((text, 1234, "LIMA")).row(0)
    assert alone == told
    other = (marks(2, serial=55), 1234, "LIMA")
    found = seen(other, (text, 1234, "LIMA"), (None, 1, "LIMA"), other)
    assert found.rows() == [(55, "BERN", 3, 1, "3", None), told, NONE, found.row(0)]


@pytest.mark.parametrize("total", [97, 98, 99, 100, 999])
def test_a_telegram_has_99_sections_at_most(total: int) -> None:
    lacking = seen((marks(*range(2, 90), total=total), 1234, "BERN"))["unmarked_sections"].item()
    assert lacking == ", ".join(map(str, range(90, min(total, 99) + 1)))


@pytest.mark.parametrize(
    ("post", "own", "named"),
    [
        *(("BERN", "BERN", "BERN"), ("BERN", "LIMA", "BERN"), ("TRAMWICK", "LIMA", None)),
        *(("PORT AU PR", "PORTAUPRINCE", "PORTAUPRINCE"), ("PORT", "PORTAUPRINCE", "PORTAUPRINCE")),
        *(("POR", "PORTAUPRINCE", None), ("PORTS", "PORTAUPRINCE", None), ("BERN", None, "BERN")),
        *(("TRAM", "TRAMWICK", "TRAMWICK"), ("TRA", "TRAMWICK", None), ("X", "", None)),
        *(("PORT AU PRINC", "PORTAUPRINCE", None), ("LAMP", "KERBLAMP", None)),
    ],
)
def test_the_station_of_a_mark_is_the_own_one_where_it_begins_so(
    post: str, own: str | None, named: str | None
) -> None:
    text = f"Trams.\n\nROME 00001234  002 OF 003\n\n{post} 00000077  003 OF 003\n"
    assert pages._named(text, 77, own) == named
    assert pages._named(text, 1234, "LIMA") == "ROME"
    assert pages._named(text, 5, "LIMA") is None


def test_ten_letters_of_a_station_stand_in_marks() -> None:
    cut = {"BERN": "BERN", "ADDISABABA": "ADDISABABA", "PORTAUPRINCE": "PORTAUPRIN"}
    assert {code: spelt_in_marks(code) for code in cut} == cut
