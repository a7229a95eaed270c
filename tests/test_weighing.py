"""What settings make of findings: re-graded, left out, borne, accepted, or known before."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import cableproof
from cableproof import schemas
from cableproof.accepting import entries
from cableproof.errors import NoReport, WrongSetting
from cableproof.finding import Severity
from cableproof.outcome import Outcome
from cableproof.policy import Most, Policy
from cableproof.report import Report
from cableproof.reports.document import lines
from cableproof.saved import saved
from cableproof.weighing import weighed
from tests.archives import json_lines
from tests.programs import Call
from tests.samples import record

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def report() -> Report:
    return cableproof.validate(DATA)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Report:
    room = tmp_path_factory.mktemp("compared")
    (room / "a.jsonl").write_text(json_lines([record(), record(identifier="06BERN2")]))
    (room / "b.jsonl").write_text(json_lines([record(classification="SECRET")]))
    return cableproof.compare(room / "a.jsonl", room / "b.jsonl")


def document(report: Outcome, policy: Policy) -> dict[str, Any]:
    """Return the document of a weighed report, which is valid and the same when it is saved."""
    made = weighed(report, policy)
    whole = made.document()
    Draft202012Validator(schemas.load("report")).validate(whole)
    assert json.loads("".join(lines(made))) == whole
    rules = whole["summary"]["rules"].values()
    assert sum(rule["findings"] for rule in rules) == len(whole["findings"])
    return whole


def codes(found: list[Mapping[str, Any]]) -> list[str]:
    return sorted(each["rule"] for each in found)


def accepting(room: Path, text: str) -> Policy:
    file = room / "accepted.toml"
    file.write_text(text)
    return Policy(accepted=file)


OF_TAG = 'rule = "TAG003"\nidentifier = "06HELSINKI834"\n'
WHO = 'reason = "as the desk typed it"\nwho = "the archive"\n'


def test_without_a_policy_nothing_is_weighed(report: Report) -> None:
    assert weighed(report, Policy()) is report


def test_a_severity_of_ones_own_is_told_beside_that_of_the_card(report: Report) -> None:
    policy = Policy(severities={"TAG": Severity.ERROR, "TAG003": Severity.NOTE})
    whole = document(report, policy)
    graded = {f["rule"]: (f["severity"], f.get("declared")) for f in whole["findings"]}
    assert graded["TAG003"] == ("note", "warning")
    assert graded["TAG002"] == ("error", "warning")
    assert graded["ORG001"] == ("warning", None)
    assert whole["summary"]["counted"] == {"error": 2, "warning": 2, "note": 2}
    assert not weighed(report, policy).conforms()


def test_what_is_left_out_in_files_of_a_pattern_is_counted(report: Report) -> None:
    policy = Policy(path_ignores={"pages/*.txt": ("TAG",), "**/cables.csv": ("ORG001", "CLS")})
    whole = document(report, policy)
    assert whole["summary"]["ignored"] == {"CLS002": 1, "ORG001": 1, "TAG002": 1, "TAG007": 1}
    assert codes(whole["findings"]) == ["EXT002", "TAG003"]
    assert whole["summary"]["flagged"] == report.books.flagged


@pytest.mark.parametrize(
    ("text", "found", "of", "bears"),
    [
        ("5", 5, 9, True),
        ("5", 6, 9, False),
        ("0", 0, 9, True),
        ("10%", 1, 10, True),
        ("10%", 2, 10, False),
        ("0.1%", 1, 1000, True),
        ("0.1%", 1, 999, False),
        ("50%", 0, 0, True),
    ],
)
def test_a_threshold_bears_up_to_its_number_or_share(
    text: str, found: int, of: int, bears: bool
) -> None:
    assert Most.of(text).bears(found, of) is bears


def test_findings_within_a_threshold_do_not_count_and_beyond_it_all_do(report: Report) -> None:
    within = Policy(most={"TAG003": Most.of("1")})
    beyond = Policy(most={"TAG003": Most.of("0.1%")})
    assert document(report, within)["summary"]["counted"]["warning"] == 3
    summary = document(report, beyond)["summary"]
    assert summary["counted"]["warning"] == 4
    assert summary["thresholds"]["TAG003"] == {
        "most": "0.1%",
        "of": report.rules["TAG003"].ran,
        "found": 1,
        "held": False,
    }


def test_an_accepted_finding_is_told_with_its_reason_and_fails_nothing(
    report: Report, tmp_path: Path
) -> None:
    policy = accepting(tmp_path, f"[[accepted]]\n{OF_TAG}{WHO}")
    whole = document(report, policy)
    told = [each["accepted"] for each in whole["findings"] if "accepted" in each]
    assert told == [{"reason": "as the desk typed it", "who": "the archive", "until": None}]
    assert whole["summary"]["accepted"] == 1
    assert whole["summary"]["counted"]["warning"] == 3
    assert whole["sources"][-1]["role"] == "accepted"


@pytest.mark.parametrize(
    "entry",
    [
        OF_TAG,
        'rule = "TAG003"\npath = "*.html"\n',
        'rule = "tag003"\npath = "release/"\nsource = "data"\n',
    ],
)
def test_an_entry_fits_by_cable_or_by_path(report: Report, tmp_path: Path, entry: str) -> None:
    whole = document(report, accepting(tmp_path, f"[[accepted]]\n{entry}{WHO}"))
    assert whole["summary"]["accepted"] == 1


def test_an_entry_fits_one_finding_by_its_fingerprint(report: Report, tmp_path: Path) -> None:
    for each in report.found():
        text = f'[[accepted]]\nfingerprint = "{each["fingerprint"]}"\n{WHO}'
        whole = document(report, accepting(tmp_path, text))
        assert [f["rule"] for f in whole["findings"] if "accepted" in f] == [each["rule"]]


def test_an_entry_that_expired_accepts_nothing_and_is_a_finding(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = accepting(tmp_path, f"# ours\n\n[[accepted]]\n{OF_TAG}{WHO}until = 2027-01-31\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801439999")  # the last second of that day
    assert document(report, policy)["summary"]["accepted"] == 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801440000")
    whole = document(report, policy)
    assert whole["summary"]["accepted"] == 0
    assert whole["summary"]["counted"]["warning"] == 5
    (own,) = (each for each in whole["findings"] if each["rule"] == "ACC001")
    assert own["place"]["line"] == 3
    assert whole["receipt"]["settings"]["policy"]["expired"] == [1]


def test_an_entry_that_fits_nothing_is_a_finding(report: Report, tmp_path: Path) -> None:
    entry = 'rule = "TAG003"\nidentifier = "06HELSINKI835"\n'
    whole = document(report, accepting(tmp_path, f"[[accepted]]\n{entry}{WHO}"))
    assert whole["summary"]["rules"]["ACC002"]["findings"] == 1
    assert whole["summary"]["counted"]["warning"] == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[[accepted]]\n{OF_TAG}", ":1: an accepted finding needs a reason"),
        (f'[[accepted]]\n{OF_TAG}reason = "a"\n', "needs a who"),
        (f"[[accepted]]\n{WHO}", "name a fingerprint, or a rule with an identifier or a path"),
        (f'[[accepted]]\nrule = "TAG003"\n{WHO}', "name a fingerprint, or a rule"),
        (
            f"[[accepted]]\n{OF_TAG}{WHO}untill = 2027-01-31",
            "untill: no such key; did you mean until?",
        ),
        (f'[[accepted]]\n{OF_TAG}{WHO}until = "soon"', "it must be a date"),
        (f"[[accepted]]\n{OF_TAG}{WHO}until = 2027-01-31T00:00:00", "it must be a date"),
        (f"\n[[accepted]]\n{OF_TAG}reason = 1", ":2: reason: it must be a text"),
        ("[accepted]\n", "entries begin with [[accepted]]"),
        ("[[excepted]]\n", "excepted: entries begin with [[accepted]]"),
        ("[[accepted", "it is no TOML"),
    ],
)
def test_a_wrong_entry_is_told_by_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text(text)
    with pytest.raises(WrongSetting) as error:
        entries(file)
    assert said in str(error.value)


def test_against_a_baseline_only_what_is_new_counts_and_what_is_gone_is_told(
    report: Report, tmp_path: Path
) -> None:
    then = cableproof.validate(DATA, select=["TAG", "ORG"])
    file = tmp_path / "baseline.json"
    file.write_text("".join(lines(then)))
    whole = document(report, Policy(baseline=file))
    states = {each["rule"]: each["state"] for each in whole["findings"]}
    assert states == {
        **dict.fromkeys(("TAG002", "TAG003", "TAG007", "ORG001"), "unchanged"),
        **dict.fromkeys(("CLS002", "EXT002"), "new"),
    }
    assert whole["summary"]["counted"] == {"error": 0, "warning": 1, "note": 1}
    assert whole["baseline"] == {"new": 2, "unchanged": 4, "gone": 0, "findings": []}
    later = document(cableproof.validate(DATA, select=["CLS"]), Policy(baseline=file))
    assert later["baseline"]["gone"] == 4
    assert codes(later["baseline"]["findings"]) == ["ORG001", "TAG002", "TAG003", "TAG007"]


def test_a_weighed_report_is_a_baseline_too(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(
        "".join(lines(weighed(report, accepting(tmp_path, f"[[accepted]]\n{OF_TAG}{WHO}"))))
    )
    again = weighed(report, Policy(baseline=file))
    assert again.conforms(Severity.NOTE)
    assert list(saved(file).found()) != list(again.found())


def test_discrepancies_are_weighed_as_findings_are(comparison: Report, tmp_path: Path) -> None:
    policy = Policy(severities={"CMP101": Severity.NOTE}, ignore=("CMP201",))
    whole = document(comparison, policy)
    told = {
        d["kind"]: (d["severity"], d.get("declared")) for d in whole["comparison"]["discrepancies"]
    }
    assert told == {"CMP101": ("note", "error")}
    assert whole["summary"]["ignored"] == {"CMP201": 1}
    entry = f'[[accepted]]\nrule = "CMP101"\nidentifier = "06BERN2"\nsource = "b.jsonl"\n{WHO}'
    assert document(comparison, accepting(tmp_path, entry))["summary"]["accepted"] == 1


def test_a_baseline_of_another_command_is_refused(
    report: Report, comparison: Report, tmp_path: Path
) -> None:
    file = tmp_path / "baseline.json"
    file.write_text("".join(lines(comparison)))
    with pytest.raises(WrongSetting, match="a report of compare, and this is validate"):
        weighed(report, Policy(baseline=file)).head()
    file.write_text("{}")
    with pytest.raises(NoReport):
        weighed(report, Policy(baseline=file)).head()


def test_a_weighed_run_can_be_done_again_from_its_receipt(tmp_path: Path, call: Call) -> None:
    archive = str(DATA)
    Path("accepted.toml").write_text(f"[[accepted]]\n{OF_TAG}{WHO}until = 2001-01-31\n")
    call("validate", archive, "-o", "json=before.json", "-q", "--select", "TAG")
    weighing = ("--accepted", "accepted.toml", "--baseline", "before.json", "--max", "ORG001=50%")
    assert call("validate", archive, *weighing, "-o", "receipt=run.json", "-q").status == 0
    ended = call("cableproof", "verify", "run.json")
    assert ended.status == 0, ended.out
    Path("accepted.toml").write_text(f"[[accepted]]\n{OF_TAG}{WHO}")
    changed = call("cableproof", "verify", "run.json")
    assert changed.status == 1
    assert "accepted.toml" in changed.out


def test_a_weighed_run_looks_so(tmp_path: Path, call: Call, snapshot: object) -> None:
    Path("accepted.toml").write_text(f"[[accepted]]\n{OF_TAG}{WHO}")
    call("validate", str(DATA), "-o", "json=before.json", "-q", "--select", "EXT,CLS,IDN")
    Path("cableproof.toml").write_text(
        'accepted = "accepted.toml"\nbaseline = "before.json"\nseverities = {TAG002 = "error"}\n'
        'max = {ORG001 = "1", TAG002 = "1%"}\n'
    )
    ended = call("validate", str(DATA))
    assert ended.status == 1
    shown = ended.out.replace(DATA.as_posix(), "data")
    of_path = r"(?<=before\.json: 1 file, )[0-9,]+"  # the report names the folder of the checkout
    assert re.sub(of_path, "N", shown) == snapshot
