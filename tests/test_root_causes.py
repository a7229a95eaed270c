"""One defect is one finding: the cause stands for what follows from it, and says so."""

from collections.abc import Callable, Mapping, Sequence

from cableproof.validators.engine import Checked
from cableproof.validators.examples import numbered

Find = Callable[[Sequence[Mapping[str, object]]], Checked]

LATE = {"created": "2010-12-12 12:39:00", "released": "2010-11-28 18:06", "path_month": "2006-09"}


def test_a_wrong_year_stands_for_the_path_and_the_release_that_it_contradicts(
    checked: Find,
) -> None:
    sheet = checked([LATE]).sheet
    assert sheet["rule"].tolist() == ["DAT003"]
    assert sheet["facts"][0]["stands_for"] == "DAT004 DAT005 DAT006"


def test_a_page_of_two_cables_stands_for_its_link(checked: Find) -> None:
    sheet = checked([{"heading_identifier": "06BERN1243", "link": "06BERN1243"}]).sheet
    assert sheet["rule"].tolist() == ["IDN003"]
    assert sheet["facts"][0]["stands_for"] == "PRV003"


def test_what_follows_is_dropped_for_the_record_of_the_cause_alone(checked: Find) -> None:
    other = numbered(1235, path_month="2006-08", partial_extract=None)
    sheet = checked([LATE, other]).sheet
    assert sheet["rule"].tolist() == ["DAT003", "DAT005"]
    assert sheet["record"].tolist() == [0, 1]


def test_a_consequence_without_its_cause_is_a_finding(checked: Find) -> None:
    sheet = checked([{"link": "06BERN1243"}]).sheet
    assert sheet["rule"].tolist() == ["PRV003"]
    assert "stands_for" not in sheet["facts"][0]


def test_a_word_where_a_date_is_meant_to_be_is_told_by_its_length(checked: Find) -> None:
    found = checked([{"created": "Quaggas"}]).sheet
    assert found["message"].tolist() == ["created is [7 characters]: no such date or time"]
    assert "Quaggas" not in str(found["facts"].tolist())


def test_a_note_hides_nothing_that_is_said_beside_it(checked: Find) -> None:
    text = (
        "UNCLAS SECTION 01 OF 03 BERN 001234\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PGOV, PREL, SZ\n"
        "SUBJECT: TRAM TIMETABLES\n\n1. (U) All trams ran on time.\n\nXXXXXXXXXXXX\n\n"
        "BERN 00001234  003 OF 003\n\n3. (U) The benches are new.\n\nNOBODY\n"
    )
    sheet = checked([{"body": text, "redacted": True}]).sheet
    assert sheet["rule"].tolist() == ["EXT004", "EXT005"]
    assert sheet["severity"].tolist() == ["note", "note"]
