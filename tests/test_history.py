"""Releases in their order: what each did to its cables, and the life of each."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from cableproof import schemas
from cableproof.chronicle import History
from cableproof.recounting import recount
from cableproof.reports.document import lines
from tests.samples import record, records
from tests.witnesses import TEXT, release, release_page, source, with_text


def told(folder: Path, releases: Sequence[Sequence[Mapping[str, Any]]]) -> History:
    names = [f"r{number}" for number in range(1, len(releases) + 1)]
    made = [source(folder, name, each) for name, each in zip(names, releases, strict=True)]
    return recount(made)


def lives(report: History) -> dict[str, list[str]]:
    return {
        life.identifier: [f"{h.release} {h.event}" for h in life.happenings]
        for life in report.lives
    }


def test_what_is_added_and_removed_is_told_of_each_release(tmp_path: Path) -> None:
    report = told(tmp_path, [records(2), records(3), records(3)[1:]])
    assert lives(report) == {"07BERN1": ["r3 removed"], "07BERN3": ["r2 added"]}
    assert [release.cables for release in report.releases] == [2, 3, 2]


def test_a_restored_cable_is_linked_with_its_earlier_form(tmp_path: Path) -> None:
    other = record(1) | {"body": record(1)["body"].replace("Nothing", "Something")}
    report = told(tmp_path, [records(2), records(2)[1:], [other, record(2)]])
    assert lives(report) == {"07BERN1": ["r2 removed", "r3 restored", "r3 changed"]}
    restored = report.lives[0].happenings[1]
    assert (restored.earlier, dict(restored.facts)) == ("r1", {"same_text": False})


def test_a_date_that_moves_without_the_text_is_silent_re_dating(tmp_path: Path) -> None:
    dated = [record(1, released="2010-11-30"), record(2)]
    later = [record(1, released="2010-12-02"), record(2)]
    assert lives(told(tmp_path, [dated, later])) == {"07BERN1": ["r2 re-dated"]}


def test_a_date_that_is_told_more_precisely_is_no_change(tmp_path: Path) -> None:
    coarse = record(1, created="2007-01-02", released="2010-11-30")
    precise = record(1, created="2007-01-02 10:30:00", released="2010-11-30 21:09")
    assert lives(told(tmp_path, [[coarse], [precise], [coarse]])) == {}


def test_what_could_not_be_read_was_neither_removed_nor_added(tmp_path: Path) -> None:
    pages = {"07BERN1": record(1), "07BERN2": record(2)}
    made = [release(tmp_path, f"r{number}", pages, 2) for number in (1, 2, 3)]
    for name, identifier in (("r1", "07BERN1"), ("r2", "07BERN2")):
        page = tmp_path / name / "cable" / "2007" / "01" / f"{identifier}.html"
        page.write_text("<html><body><p>cut", encoding="utf-8")
    assert lives(recount(made)) == {}


def test_a_date_that_moves_with_the_text_is_a_change(tmp_path: Path) -> None:
    dated = [with_text(TEXT, released="2010-11-30")]
    later = [with_text(TEXT.replace("green", "white"), released="2010-12-02")]
    report = told(tmp_path, [dated, later])
    assert lives(report) == {"07BERN1": ["r2 changed"]}
    assert dict(report.lives[0].happenings[0].facts) == {"kinds": ["CMP306"]}


def test_white_space_is_told_from_words(tmp_path: Path) -> None:
    other = [with_text(TEXT.replace("\n", "\r\n"))]
    assert lives(told(tmp_path, [[with_text(TEXT)], other])) == {"07BERN1": ["r2 blanks"]}


def test_a_claim_that_changes_is_named(tmp_path: Path) -> None:
    report = told(tmp_path, [records(2), [record(1, origin="Embassy Oslo"), record(2)]])
    assert lives(report) == {"07BERN1": ["r2 metadata"]}
    assert dict(report.lives[0].happenings[0].facts) == {"fields": ["origin"]}


def test_a_time_is_compared_as_far_as_both_releases_tell_it(tmp_path: Path) -> None:
    coarse = [record(1, created="2007-01-02"), record(2, created="1/2/2007 10:30")]
    assert lives(told(tmp_path, [records(2), coarse, records(2)])) == {}


def test_a_claim_that_a_release_does_not_make_is_remembered(tmp_path: Path) -> None:
    silent = [{name: v for name, v in each.items() if name != "tags"} for each in records(2)]
    other = [record(1, tags=["SZ"]), record(2)]
    assert lives(told(tmp_path, [records(2), silent, other])) == {"07BERN1": ["r3 metadata"]}


def test_a_cable_that_comes_back_is_compared_with_its_last_form(tmp_path: Path) -> None:
    report = told(tmp_path, [records(2), records(2)[1:], records(2)])
    assert dict(report.lives[0].happenings[1].facts) == {"same_text": True}


def test_releases_are_ordered_by_their_builds_and_old_pages_are_left_over(tmp_path: Path) -> None:
    cables = {each["identifier"]: each for each in records(4)}
    late = release(tmp_path, "201012102105", cables, 1269)
    early = release(tmp_path, "201012070806", {n: cables[n] for n in list(cables)[:3]}, 960)
    page = late.path / "cable" / "2007" / "01" / "07BERN2.html"
    page.write_text(release_page(cables["07BERN2"], 960), encoding="utf-8")
    report = recount([late, early])
    assert [release.name for release in report.releases] == ["201012070806", "201012102105"]
    assert [release.counter for release in report.releases] == [960, 1269]
    assert [release.leftovers for release in report.releases] == [(), ("07BERN2",)]
    assert lives(report) == {"07BERN4": ["201012102105 added"]}


def test_the_document_of_a_history_is_valid(tmp_path: Path) -> None:
    report = told(tmp_path, [records(2), records(3), records(3)[1:]])
    document = json.loads("".join(lines(report)))
    Draft202012Validator(schemas.load("report")).validate(document)
    assert document == json.loads(json.dumps(report.document()))
