"""The vocabularies are clean tables: sorted, unique, sourced, and in agreement with one another."""

import csv
import io
import re
from collections import Counter
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

Rows = list[dict[str, str]]

COLUMNS = {
    "captions.csv": "caption group meaning expected cables_seen note source",
    "classifications.csv": "name rank caveats canonical abbreviations note source",
    "malformed_ids.csv": "identifier canonical kind note source",
    "origins.csv": "origin code note source",
    "portion_marks.csv": "mark rank caveats paragraphs_seen note source",
    "posts.csv": (
        "code origin kind country routing_indicator ids first_year last_year note source"
    ),
    "releases.csv": "name kind released released_precision build note source",
    "station_aliases.csv": "alias code ambiguous note source",
    "misspelt_tags.csv": "tag code note source",
    "tags.csv": "code kind title valid_from valid_to period uses note source",
}
IDENTIFIER = re.compile(r"(?P<year>[0-9]{2})(?P<station>[A-Z]{4,17})(?P<serial>[1-9][0-9]{0,5})")
SET = 251_287  # identifiers in the public list
MALFORMED = 203  # of them without the strict form, or without a known station

ONE_OFFICE = [
    {"AITTAIPEI", "TAIPEI"},
    {"BELIZE", "BELMOPAN"},
    {"CALCUTTA", "KOLKATA"},
    {"CHENNAI", "MADRAS"},
    {"IRANRPODUBAI", "RPODUBAI"},
    {"KIEV", "KYIV"},
    {"LENINGRAD", "STPETERSBURG"},
    {"PARISFR", "UNESCOPARIS", "UNESCOPARISFR"},
]

each_table = pytest.mark.parametrize("name", sorted(COLUMNS))


def vocab() -> Traversable:
    return files("cableproof.schemas") / "vocab"


def text(name: str) -> str:
    return (vocab() / name).read_bytes().decode("utf-8")


def table(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text(name), newline=""), strict=True))


def rows(name: str) -> Rows:
    head, *body = table(name)
    return [dict(zip(head, row, strict=True)) for row in body]


def column(name: str, key: str) -> list[str]:
    return [row[key] for row in rows(name)]


def posts() -> set[str]:
    return set(column("posts.csv", "code"))


def station(identifier: str) -> str | None:
    """Return the known station of a strictly well formed identifier, else nothing."""
    shape = IDENTIFIER.fullmatch(identifier)
    return shape["station"] if shape and shape["station"] in posts() else None


def abbreviations(row: dict[str, str]) -> list[str]:
    return [short for short in row["abbreviations"].split("; ") if short]


def test_the_folder_holds_these_tables_and_no_other() -> None:
    found = {entry.name for entry in vocab().iterdir() if entry.name.endswith(".csv")}
    assert found == set(COLUMNS)


@each_table
def test_a_table_has_its_columns_and_source_is_the_last(name: str) -> None:
    head = table(name)[0]
    assert head == COLUMNS[name].split()
    assert head[-1] == "source"


@each_table
def test_a_table_ends_its_lines_with_line_feeds_and_has_no_mark_at_its_start(name: str) -> None:
    whole = text(name)
    assert "\r" not in whole
    assert not whole.startswith("\ufeff")
    assert whole.endswith("\n")
    assert not whole.endswith("\n\n")


@each_table
def test_a_table_is_quoted_only_where_it_must_be(name: str) -> None:
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\n").writerows(table(name))
    assert again.getvalue() == text(name)


@each_table
def test_every_row_has_as_many_fields_as_the_head(name: str) -> None:
    head, *body = table(name)
    assert body
    assert {len(row) for row in body} == {len(head)}


@each_table
def test_no_field_begins_or_ends_with_a_blank_or_holds_a_control_character(name: str) -> None:
    fields = [field for row in table(name) for field in row]
    assert [field for field in fields if field != field.strip()] == []
    assert [field for field in fields if re.search(r"[\x00-\x1f\x7f]", field)] == []


@each_table
def test_rows_are_sorted_by_code_point(name: str) -> None:
    keys = [(row[0], row[1]) for row in table(name)[1:]]
    assert keys == sorted(keys)


@each_table
def test_no_key_comes_twice(name: str) -> None:
    width = 2 if name == "origins.csv" else 1
    keys = Counter(tuple(row[:width]) for row in table(name)[1:])
    assert [key for key, times in keys.items() if times > 1] == []


@each_table
def test_no_key_is_empty(name: str) -> None:
    assert "" not in [row[0] for row in table(name)[1:]]


@each_table
def test_every_row_names_its_source(name: str) -> None:
    assert [row for row in rows(name) if not row["source"]] == []


@each_table
def test_no_field_is_an_address_or_an_absolute_path(name: str) -> None:
    fields = [field for row in table(name) for field in row]
    assert [field for field in fields if "://" in field or field.startswith(("/", "~"))] == []


def test_there_are_282_stations_of_four_to_seventeen_capitals() -> None:
    assert len(posts()) == 282
    assert [code for code in posts() if not re.fullmatch(r"[A-Z]{4,17}", code)] == []


def test_posts_and_malformed_identifiers_account_for_the_whole_list() -> None:
    assert sum(int(ids) for ids in column("posts.csv", "ids")) == SET - MALFORMED


def test_the_years_of_a_post_lie_in_the_years_of_the_set() -> None:
    for row in rows("posts.csv"):
        assert 1966 <= int(row["first_year"]) <= int(row["last_year"]) <= 2010, row


def test_a_routing_indicator_is_american() -> None:
    indicators = [row for row in column("posts.csv", "routing_indicator") if row]
    assert [ri for ri in indicators if not re.fullmatch(r"RU[A-Z]{3,6}", ri)] == []


def test_every_station_of_an_origin_is_a_post() -> None:
    assert set(column("origins.csv", "code")) == posts()


def test_every_origin_of_a_post_is_in_the_table_of_origins() -> None:
    pairs = {(row["origin"], row["code"]) for row in rows("origins.csv")}
    assert {(row["origin"], row["code"]) for row in rows("posts.csv")} <= pairs


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        ("** Dhahran", "DHAHRAN"),
        ("Embassy Bonn", "BONN"),
        ("Mission Geneva", "GENEVA"),
        ("USEU Brussels", "BRUSSELS"),
    ],
)
def test_an_innocent_second_origin_is_known(origin: str, code: str) -> None:
    assert origin in [row["origin"] for row in rows("origins.csv") if row["code"] == code]


def test_an_origin_text_is_shared_only_by_the_codes_of_one_office() -> None:
    codes: dict[str, set[str]] = {}
    for row in rows("origins.csv"):
        codes.setdefault(row["origin"], set()).add(row["code"])
    shared = sorted((found for found in codes.values() if len(found) > 1), key=min)
    assert shared == sorted([*ONE_OFFICE, {"BRUSSELS", "USEUBRUSSELS"}], key=min)


def test_the_mission_to_the_european_union_never_carries_the_embassys_origin() -> None:
    origins = [row["origin"] for row in rows("origins.csv") if row["code"] == "USEUBRUSSELS"]
    assert origins == ["USEU Brussels"]


def test_there_are_exactly_203_malformed_identifiers() -> None:
    assert len(rows("malformed_ids.csv")) == MALFORMED


def test_no_malformed_identifier_is_strictly_valid_with_a_known_station() -> None:
    assert [name for name in column("malformed_ids.csv", "identifier") if station(name)] == []


def test_every_canonical_form_is_strictly_valid_with_a_known_station() -> None:
    assert [name for name in column("malformed_ids.csv", "canonical") if not station(name)] == []


def test_no_two_malformed_identifiers_have_one_canonical_form() -> None:
    assert len(set(column("malformed_ids.csv", "canonical"))) == MALFORMED


def test_the_kinds_of_malformed_identifiers_have_their_measured_numbers() -> None:
    assert Counter(column("malformed_ids.csv", "kind")) == {
        "efto-prefix": 87,
        "station-misspelt": 50,
        "section-fragment": 42,
        "post-prefix": 11,
        "series-suffix": 5,
        "signal-suffix": 4,
        "broken-shape": 2,
        "marking-prefix": 2,
    }


def test_every_alias_leads_to_a_post() -> None:
    assert set(column("station_aliases.csv", "code")) <= posts()


def test_no_alias_is_itself_a_post() -> None:
    assert set(column("station_aliases.csv", "alias")) & posts() == set()


def test_an_alias_is_written_in_capitals_and_is_ambiguous_or_not() -> None:
    for row in rows("station_aliases.csv"):
        assert re.fullmatch(r"[A-Z]+", row["alias"]), row
        assert row["ambiguous"] in {"yes", "no"}, row


@pytest.mark.parametrize("alias", ["BA", "BRUSSELSBE", "POS", "USMISSIONROME"])
def test_an_alias_of_two_meanings_only_suggests(alias: str) -> None:
    found = [row["ambiguous"] for row in rows("station_aliases.csv") if row["alias"] == alias]
    assert found == ["yes"]


def test_a_tag_is_written_in_capitals_and_of_a_known_kind() -> None:
    kinds = {"subject", "geographic", "program", "organization", "legacy"}
    for row in rows("tags.csv"):
        assert re.fullmatch(r"[A-Z0-9&'/-]+", row["code"]), row
        assert row["kind"] in kinds, row


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("subject", r"[ABCEMOPST][A-Z]{3}"),
        ("geographic", r"[A-Z]{2}"),
        ("program", r"K[A-Z]{3}"),
    ],
)
def test_codes_of_one_kind_have_one_shape(kind: str, shape: str) -> None:
    codes = [row["code"] for row in rows("tags.csv") if row["kind"] == kind]
    assert [code for code in codes if not re.fullmatch(shape, code)] == []


def test_a_misspelt_tag_is_no_code_and_stands_for_one() -> None:
    uses = {row["code"]: int(row["uses"]) for row in rows("tags.csv")}
    for row in rows("misspelt_tags.csv"):
        assert row["tag"] not in uses
        assert uses[row["code"]] >= 5, "as rare as its misspelling: either may be right"


def test_uses_of_tags_are_counts() -> None:
    assert all(row["uses"].isdecimal() for row in rows("tags.csv"))


def test_subject_and_geographic_tags_have_a_title() -> None:
    titled = [row for row in rows("tags.csv") if row["kind"] in {"subject", "geographic"}]
    assert [row["code"] for row in titled if not row["title"]] == []


def test_a_legacy_tag_without_a_title_is_marked_as_in_no_code_list() -> None:
    for row in rows("tags.csv"):
        if row["kind"] == "legacy" and not row["title"]:
            assert row["note"].startswith("in no code list"), row


def test_the_years_of_a_tag_are_years_in_order() -> None:
    for row in rows("tags.csv"):
        years = [int(year) for year in (row["valid_from"], row["valid_to"]) if year]
        assert years == sorted(years), row
        assert all(1973 <= year <= 2010 for year in years), row


@pytest.mark.parametrize("name", ["classifications.csv", "portion_marks.csv"])
def test_a_rank_is_an_integer_from_empty_to_top_secret(name: str) -> None:
    assert {int(rank) for rank in column(name, "rank")} <= {-1, 0, 1, 2, 3, 4}


def test_the_six_strings_of_the_set_are_canonical() -> None:
    canonical = {row["name"] for row in rows("classifications.csv") if row["canonical"] == "yes"}
    assert canonical == {
        "UNCLASSIFIED",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "CONFIDENTIAL",
        "CONFIDENTIAL//NOFORN",
        "SECRET",
        "SECRET//NOFORN",
        "LIMITED OFFICIAL USE",  # NARA and PlusD
    }


def test_every_abbreviation_stands_for_exactly_one_string() -> None:
    strings = {row["name"].casefold(): row["name"] for row in rows("classifications.csv")}
    for row in rows("classifications.csv"):
        for short in abbreviations(row):
            assert strings.setdefault(short.casefold(), row["name"]) == row["name"], short
            assert short.casefold() != row["name"].casefold(), short


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("C", "CONFIDENTIAL"),
        ("FOUO", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("LOU", "LIMITED OFFICIAL USE"),
        ("S//NF", "SECRET//NOFORN"),
        ("SBU", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("SECRET NOFORN", "SECRET//NOFORN"),
        ("U", "UNCLASSIFIED"),
        ("U//FOUO", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("UNCLAS", "UNCLASSIFIED"),
        ("UNCLASSIFIED/FOR OFFICIAL USE ONLY", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
    ],
)
def test_a_common_abbreviation_leads_to_its_string(short: str, name: str) -> None:
    found = [row["name"] for row in rows("classifications.csv") if short in abbreviations(row)]
    assert found == [name]


@pytest.mark.parametrize(
    ("name", "key"),
    [("captions.csv", "cables_seen"), ("portion_marks.csv", "paragraphs_seen")],
)
def test_a_count_is_a_number(name: str, key: str) -> None:
    assert [count for count in column(name, key) if not count.isdecimal()] == []


def test_a_caption_is_expected_or_not_or_perhaps() -> None:
    assert set(column("captions.csv", "expected")) == {"yes", "no", "maybe"}


def test_the_date_of_a_release_is_valid_at_its_precision() -> None:
    for row in rows("releases.csv"):
        month_only = row["released_precision"] == "month"
        assert row["released_precision"] in {"day", "month"}, row
        day = date.fromisoformat(row["released"] + ("-01" if month_only else ""))
        assert date(2010, 11, 28) <= day <= date(2011, 10, 4), row


def test_the_name_of_a_build_carries_its_build_and_its_day() -> None:
    for row in rows("releases.csv"):
        if row["kind"] == "wikileaks-html":
            assert re.fullmatch(r"[0-9]{12}", row["build"]), row
            assert row["name"] == f"cablegate-{row['build']}", row
            assert row["released"].replace("-", "") == row["build"][:8], row
        else:
            assert row["build"] == "", row


def test_the_damaged_name_of_a_build_is_no_release() -> None:
    assert "cablegate-20101210047" not in column("releases.csv", "name")


def test_the_releases_that_records_name_are_known() -> None:
    known = set(column("releases.csv", "name"))
    assert {"cablebrowser-2", "cables.csv", "cablegate-201012070806"} <= known
