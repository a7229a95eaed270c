"""A report: its books balance, its bytes are the same for the same input, it holds no text."""

import errno
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import cableproof
from cableproof import schemas
from cableproof.books import Books
from cableproof.errors import BooksDoNotBalance, CableproofError, NameTakenTwice, ReportNotWritten
from cableproof.finding import Severity
from cableproof.report import Report
from cableproof.reports.document import lines
from cableproof.reports.writing import write_whole
from cableproof.run import run
from cableproof.source import Source
from cableproof.sources.limits import Limits
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.examples import CLEAN, telegram
from tests.archives import CANARY, DROPPED, FILES, build, json_lines, record


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("mixed") / "archive")


@pytest.fixture(scope="module")
def report(mixed: Path) -> Report:
    return cableproof.validate(f"archive={mixed}")


def text_of(report: Report) -> str:
    return "".join(lines(report))


def prints(report: Report) -> list[tuple[str, str]]:
    """Return rule and fingerprint of each finding, without their order."""
    sheet = report.findings
    return sorted(zip(sheet["rule"], sheet["fingerprint"], strict=True))


def test_a_report_on_a_mixed_folder_is_valid(report: Report) -> None:
    Draft202012Validator(schemas.load("report")).validate(report.document())


def test_the_text_of_a_report_is_its_document(report: Report) -> None:
    assert json.loads(text_of(report)) == report.document()


def test_the_text_of_a_report_without_findings_is_its_document(tmp_path: Path) -> None:
    found = cableproof.validate(build(tmp_path, ["pages/06BERN20.txt"]))
    assert found.findings.empty
    assert json.loads(text_of(found)) == found.document()


def test_the_text_of_a_report_is_ascii_and_ends_with_its_only_last_line_end(
    report: Report,
) -> None:
    text = text_of(report)
    assert text.isascii() and "\r" not in text
    assert text.endswith("}\n") and not text.endswith("\n\n")


def test_the_books_balance(report: Report) -> None:
    records = {"records": 10, "clean": 2, "flagged": 8, "valid": 4, "invalid": 6}
    assert report.books == Books(*(6, 4, 2, 0), inputs=12, **records, unreadable=2)


def test_each_rule_ran_or_did_not_run_on_each_record(report: Report) -> None:
    for code, rule in report.rules.items():
        assert rule.ran + rule.not_run == report.books.records, code
    assert set(report.rules) == set(CATALOGUE)


def test_books_that_do_not_balance_are_refused() -> None:
    with pytest.raises(BooksDoNotBalance, match="records \\+ unreadable"):
        Books(inputs=1).balanced()
    with pytest.raises(BooksDoNotBalance, match="read \\+ skipped"):
        Books(files=1).balanced()
    with pytest.raises(BooksDoNotBalance, match="clean \\+ flagged"):
        Books(inputs=1, records=1).balanced()
    with pytest.raises(BooksDoNotBalance, match="valid \\+ invalid"):
        Books(inputs=1, records=1, clean=1).balanced()


def test_a_report_that_lost_a_finding_is_refused(report: Report) -> None:
    with pytest.raises(BooksDoNotBalance, match="findings by rule"):
        replace(report, findings=report.findings.iloc[1:])


def test_a_report_never_holds_text(report: Report) -> None:
    assert CANARY not in text_of(report)
    assert CANARY not in report.findings.to_csv()


def test_a_report_names_no_absolute_path_but_the_sources_own(report: Report, mixed: Path) -> None:
    places = [found["place"]["path"] for found in report.document()["findings"]]
    assert all(place.startswith(f"{mixed.as_posix()}/") for place in places)


def test_a_single_file_is_its_own_place(mixed: Path) -> None:
    path = mixed / "cables.jsonl"
    found = cableproof.validate(path).document()["findings"]
    assert {each["place"]["path"] for each in found} == {path.as_posix()}


def test_two_runs_give_the_same_bytes(report: Report, mixed: Path) -> None:
    assert text_of(cableproof.validate(f"archive={mixed}")) == text_of(report)


def test_the_order_in_which_files_were_made_does_not_matter(
    mixed: Path, report: Report, tmp_path: Path
) -> None:
    again = cableproof.validate(f"archive={build(tmp_path / 'archive', reversed(list(FILES)))}")
    assert text_of(again).replace(tmp_path.as_posix(), mixed.parent.as_posix()) == text_of(report)


def test_small_pieces_give_the_same_bytes(mixed: Path, report: Report) -> None:
    limits = replace(Limits(), range=2000, block=1000)
    again = run([Source("archive", mixed)], list(CATALOGUE.values()), limits=limits)
    assert text_of(replace(again, tool=report.tool)) == text_of(report)


def test_two_processes_give_the_same_bytes(
    mixed: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cableproof.performing.WORTH", 0)
    limits = replace(Limits(), range=2000)
    rules = list(CATALOGUE.values())
    again = run([Source("archive", mixed)], rules, limits=limits, jobs=2)
    assert text_of(replace(again, tool=report.tool)) == text_of(report)


def test_fingerprints_survive_other_rows_before_them(mixed: Path, tmp_path: Path) -> None:
    whole = [record(3, origin=None), record(4, tags=["PGOV", "SZ", "QXQX"])]
    (tmp_path / "a.jsonl").write_text(json_lines(whole))
    (tmp_path / "b.jsonl").write_text(json_lines([record(1), *reversed(whole)]))
    found = [prints(cableproof.validate(f"archive={tmp_path / name}.jsonl")) for name in "ab"]
    assert found[0] == found[1] != []


def test_fingerprints_survive_the_move_of_a_file(tmp_path: Path) -> None:
    text = json_lines([record(3, origin=None)])
    for name in ("a/x.jsonl", "b/deep/y.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    found = [prints(cableproof.validate(f"archive={tmp_path / name}")) for name in "ab"]
    assert found[0] == found[1] != []


def test_fingerprints_of_like_findings_differ(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json_lines([record(3, origin=None)] * 3))
    sheet = cableproof.validate(path, select=["REC001"]).findings
    assert sheet["fingerprint"].nunique() == len(sheet) == 3


def test_no_two_findings_have_one_fingerprint(report: Report) -> None:
    assert report.findings["fingerprint"].is_unique


def test_findings_are_sorted_by_their_place(report: Report) -> None:
    sheet = report.findings
    assert sheet["path"].is_monotonic_increasing
    for _, part in sheet.dropna(subset=["start"]).groupby("path"):
        assert part["start"].is_monotonic_increasing


def test_two_sources_have_books_of_their_own(mixed: Path) -> None:
    both = cableproof.validate(f"a={mixed / 'pages'}", f"b={mixed / 'cables.jsonl'}")
    assert [(s.name, s.books.records) for s in both.sources] == [("a", 2), ("b", 8)]
    assert sum((s.books for s in both.sources), Books()) == both.books


def test_two_sources_of_one_name_are_refused(mixed: Path) -> None:
    with pytest.raises(NameTakenTwice, match="two sources are called archive"):
        cableproof.validate(mixed, mixed)


def test_an_empty_folder_gives_a_valid_report(tmp_path: Path) -> None:
    found = cableproof.validate(tmp_path)
    assert found.books == Books()
    Draft202012Validator(schemas.load("report")).validate(found.document())


@pytest.mark.parametrize(
    ("severity", "level", "conforms"),
    [
        ("error", Severity.ERROR, False),
        ("warning", Severity.ERROR, True),
        ("warning", Severity.WARNING, False),
        ("note", Severity.WARNING, True),
        ("note", Severity.NOTE, False),
        ("error", None, True),
    ],
)
def test_a_report_conforms_below_the_level(
    severity: str, level: Severity | None, conforms: bool, report: Report
) -> None:
    sheet = report.findings[report.findings["severity"] == severity]
    found = sheet["rule"].value_counts()
    rules = {c: replace(r, findings=int(found.get(c, 0))) for c, r in report.rules.items()}
    assert replace(report, findings=sheet, rules=rules).conforms(level) is conforms


def test_the_digest_of_a_file_is_that_of_its_bytes(mixed: Path) -> None:
    import hashlib

    path = mixed / "cables.jsonl"
    (source,) = cableproof.validate(path).sources
    assert source.digest == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


ODD: list[dict[str, Any]] = [
    {},
    {"identifier": None, "created": None},
    dict.fromkeys(CLEAN),
    {"tags": []},
    {"shelfmark": 1},
    {"created": "2006-09-12"},
    {"created": 5, "tags": 5, "redacted": 5},
    {"body": ""},
]


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
def test_a_source_of_odd_records_alone_is_reported(odd: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json_lines([odd, odd]))
    found = cableproof.validate(path)
    assert found.books.records == 2
    assert {"REC001"} <= set(found.findings["rule"])


@pytest.mark.parametrize("field", list(CLEAN))
def test_a_source_in_which_no_record_has_a_field_is_reported(field: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json_lines([record(n, **{field: DROPPED}) for n in (1, 2)]))
    found = set(cableproof.validate(path).findings["rule"])
    assert found <= {"REC001"}


def test_a_report_takes_the_place_of_an_older_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    assert write_whole(path, ["n", "ew\n"]) == 4
    assert path.read_bytes() == b"new\n"
    assert list(tmp_path.iterdir()) == [path]


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_an_older_report_stays_where_the_disk_fails(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    monkeypatch.setattr(step, full)
    with pytest.raises(ReportNotWritten, match="no space left on device"):
        write_whole(path, ["new"])
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


def test_an_older_report_stays_where_the_making_of_the_new_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_whole(path, (str(1 // n) for n in (1, 0)))
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


def test_a_report_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportNotWritten, match="no such file or directory"):
        write_whole(tmp_path / "none" / "report.json", ["new"])


def test_a_report_onto_a_folder_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(ReportNotWritten):
        write_whole(tmp_path / "report.json", ["new"])
    assert [file.name for file in tmp_path.iterdir()] == ["report.json"]


def test_every_error_of_ours_has_one_root_and_its_data() -> None:
    error = ReportNotWritten("report.json", "full")
    assert isinstance(error, CableproofError)
    assert (error.path, error.reason) == ("report.json", "full")
    assert str(error) == "could not write report.json: full"


def test_each_copy_of_a_duplicate_is_flagged(tmp_path: Path) -> None:
    twice = [{**CLEAN, **telegram(text="Some trams ran late.")}, dict(CLEAN)]
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(dict(row)) + "\n" for row in twice))
    report = cableproof.validate(tmp_path)
    assert report.books.flagged == 2
    assert report.findings["line"].tolist() == [1, 2]
