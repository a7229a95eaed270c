"""What is particular to a format: what its readers ask for, and what they are spared."""

import csv
import io
import json
import os
import re
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from jsonschema.validators import validator_for
from junitparser import Failure, JUnitXml, Skipped
from sarif.loader import load_sarif_file

import cableproof
from cableproof.outcome import Outcome
from cableproof.reports import (
    csv_rows,
    github,
    github_summary,
    gitlab,
    junit,
    markdown,
    parquet_rows,
    sarif,
)
from cableproof.saved import saved
from tests.archives import json_lines
from tests.samples import record

DAMAGED = Path(__file__).parents[1] / "examples" / "damaged"


@pytest.fixture(scope="module")
def report() -> Outcome:
    return cableproof.validate(DAMAGED, DAMAGED.parents[1] / "data")


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    room = tmp_path_factory.mktemp("compared")
    (room / "a.jsonl").write_text(json_lines([record(), record(identifier="06BERN2")]))
    (room / "b.jsonl").write_text(json_lines([record(classification="SECRET")]))
    return cableproof.compare(room / "a.jsonl", room / "b.jsonl")


def repeated(report: Outcome, number: int, room: Path, **more: Any) -> Outcome:
    """Return a report in which the findings of another one are repeated."""
    whole = report.document()
    found = whole["findings"]
    whole["findings"] = [
        found[n % len(found)] | {"fingerprint": f"{n:016x}"} | more for n in range(number)
    ]
    counts = Counter(each["severity"] for each in whole["findings"])
    whole["summary"]["findings"] = {s: counts[s] for s in ("error", "warning", "note")}
    file = room / "report.json"
    file.write_text(json.dumps(whole))
    return saved(file)


def sarif_of(report: Outcome) -> dict[str, Any]:
    made: dict[str, Any] = json.loads("".join(sarif.lines(report)))
    return made


def official_schema() -> dict[str, Any]:
    """Return the schema of SARIF as its makers publish it, from the package that CI fetches."""
    package = os.environ.get("SARIF_PACKAGE", "")
    if not Path(package).is_file():
        pytest.skip("SARIF_PACKAGE names no package with the official schema: see .ci/run")
    with tarfile.open(package) as files:
        name = next(n for n in files.getnames() if re.search(r"sarif-2\.1\.0[^/]*\.json$", n))
        file = files.extractfile(name)
        assert file is not None
        schema: dict[str, Any] = json.load(file)
        return schema


def test_sarif_is_valid_by_the_official_schema(
    report: Outcome, comparison: Outcome, tmp_path: Path
) -> None:
    schema = official_schema()
    accepted = {"reason": "looked at", "who": "the archive", "until": None}
    judged = repeated(report, 40, tmp_path, accepted=accepted, state="unchanged")
    for each in (report, comparison, judged, repeated(report, sarif.MOST + 1, tmp_path)):
        made = sarif_of(each)
        assert not [e.message for e in validator_for(schema)(schema).iter_errors(made)]


def test_sarif_is_read_by_another_program(report: Outcome, tmp_path: Path) -> None:
    file = tmp_path / "report.sarif"
    file.write_text("".join(sarif.lines(report)))
    read = load_sarif_file(str(file))
    counts = read.get_report().get_issue_type_histogram_for_severity("error")
    assert sum(counts.values()) == report.counts["error"]


def test_sarif_names_lines_from_one_relative_addresses_and_the_help_of_each_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(DAMAGED.parent)
    run = sarif_of(cableproof.validate("damaged"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        place = each["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("damaged/")
        assert place.get("region", {"startLine": 1})["startLine"] >= 1
    assert all(len(rule["help"]["text"]) > 40 for rule in rules)
    prints = [each["partialFingerprints"][sarif.FINGERPRINT] for each in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_tells_the_gravest_and_how_many_others_there_are(
    report: Outcome, tmp_path: Path
) -> None:
    many = repeated(report, sarif.MOST + 1000, tmp_path)
    told = sarif_of(many)["runs"][0]["results"]
    levels = Counter(each["level"] for each in told)
    assert len(told) == sarif.MOST
    assert levels["error"] == min(many.counts["error"], sarif.MOST - 1)
    assert told[-1]["ruleId"] == sarif.CUT
    left = sum(
        int(n.replace(",", "")) for n in re.findall(r"([\d,]+) of sev", told[-1]["message"]["text"])
    )
    assert left + len(told) - 1 == sarif.MOST + 1000


def test_sarif_of_as_many_results_as_there_is_room_for_is_not_cut(
    report: Outcome, tmp_path: Path
) -> None:
    told = sarif_of(repeated(report, sarif.MOST, tmp_path))["runs"][0]
    assert len(told["results"]) == sarif.MOST
    assert sarif.CUT not in {each["ruleId"] for each in told["results"]}
    assert told["invocations"][0]["toolConfigurationNotifications"] == []


def test_sarif_knows_what_is_accepted_and_what_was_there_before(
    report: Outcome, tmp_path: Path
) -> None:
    accepted = {"reason": "looked at", "who": "the archive", "until": None}
    made = sarif_of(repeated(report, 3, tmp_path, accepted=accepted, state="unchanged"))
    for each in made["runs"][0]["results"]:
        assert each["baselineState"] == "unchanged"
        assert each["suppressions"][0]["justification"] == "looked at"


def test_junit_has_a_case_for_each_rule_and_source_and_says_what_passed(report: Outcome) -> None:
    whole = JUnitXml.fromstring(b"".join(junit.lines(report)))
    cases = [case for suite in whole for case in suite]
    assert {case.name.split()[0] for case in cases} == set(report.head()["summary"]["rules"])
    failed = {c.name.split()[0] for c in cases for r in c.result if isinstance(r, Failure)}
    grave = {each["rule"] for each in report.found() if each["severity"] != "note"}
    assert failed == grave
    assert any(isinstance(result, Skipped) for case in cases for result in case.result)
    assert sum(not case.result for case in cases) > 30


def test_junit_names_a_discrepancy_in_the_source_that_differs(comparison: Outcome) -> None:
    whole = JUnitXml.fromstring(b"".join(junit.lines(comparison)))
    failed = {(case.classname, case.name.split()[0]) for s in whole for case in s if case.result}
    assert {("b.jsonl", "CMP101"), ("b.jsonl", "CMP201")} <= failed
    assert not any(name == "a.jsonl" and code[:3] == "CMP" for name, code in failed)


def test_ten_annotations_of_a_level_are_written_and_the_tenth_counts_the_rest(
    report: Outcome, tmp_path: Path
) -> None:
    many = repeated(report, 500, tmp_path)
    told = "".join(github.lines(many)).splitlines()
    levels = Counter(line.split(" ")[0] for line in told)
    assert levels["::error"] == levels["::warning"] == github.MOST
    assert f"{many.counts['error'] - 9:,} more of severity error" in told[9]


def test_what_is_accepted_or_known_is_no_annotation(report: Outcome, tmp_path: Path) -> None:
    assert not "".join(github.lines(repeated(report, 20, tmp_path, state="unchanged")))


def test_the_summary_of_a_step_has_less_than_a_mebibyte_and_says_that_it_is_cut(
    report: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = "".join(github_summary.lines(report))
    assert whole == "".join(markdown.lines(report))
    monkeypatch.setattr(github_summary, "MOST", 4000)
    cut = "".join(github_summary.lines(report))
    assert len(cut.encode()) <= 4000
    assert "left out" in cut


def test_gitlab_gets_one_issue_a_finding_with_fingerprints_of_their_own(report: Outcome) -> None:
    issues = json.loads("".join(gitlab.lines(report)))
    assert (
        len({each["fingerprint"] for each in issues}) == len(issues) == sum(report.counts.values())
    )
    assert {each["severity"] for each in issues} <= {"critical", "major", "info"}
    assert all(each["location"]["lines"]["begin"] >= 1 for each in issues)


def test_an_empty_report_is_whole_in_each_format() -> None:
    empty = cableproof.validate(DAMAGED, select=["SRC001"])
    assert json.loads("".join(gitlab.lines(empty))) == []
    assert sarif_of(empty)["runs"][0]["results"] == []
    assert "".join(github.lines(empty)) == ""
    assert "passed" in "".join(markdown.lines(empty))


def test_the_parquet_table_has_the_cells_of_the_csv(report: Outcome, comparison: Outcome) -> None:
    for each in (report, comparison):
        text = io.StringIO("".join(csv_rows.lines(each)), newline="")
        table = pq.read_table(io.BytesIO(b"".join(parquet_rows.lines(each)))).to_pylist()
        rows = [{k: "" if v is None else str(v) for k, v in row.items()} for row in table]
        assert rows == list(csv.DictReader(text)) != []
