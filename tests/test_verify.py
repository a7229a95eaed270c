"""The same run again: the same bytes, or each thing that changed by its name."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion

from cableproof import cli, schemas
from cableproof.reports.receipt import lines
from cableproof.reports.receipt import receipt as receipt_of
from cableproof.run import run
from cableproof.schemas import vocab
from cableproof.source import Source
from cableproof.sources.limits import Limits
from cableproof.validators.catalogue import CATALOGUE
from tests.archives import build
from tests.samples import page, record
from tests.witnesses import TEXT, source, with_text

RUNS = {
    "validate": ("validate", "mixed", "extra=a.jsonl"),
    "some rules": ("validate", "mixed", "--select", "TAG,IDN"),
    "compare": ("compare", "a.jsonl", "b.jsonl"),
    "reference": ("compare", "--reference", "b.jsonl", "old=a.jsonl"),
    "against a manifest": ("compare", "a.manifest", "b.jsonl"),
    "history": ("history", "a.jsonl", "b.jsonl"),
    "audit": ("audit", "b.jsonl", "--against", "old=a.jsonl", "--against", "a.manifest"),
    "audit alone": ("audit", "mixed"),
    "manifest": ("manifest", "b.jsonl", "--check", "a.manifest"),
}


class Ended(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str


Call = Callable[..., Ended]


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Call]:
    """Return a function that runs the program in a folder with a few sources."""
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "mixed")
    source(tmp_path, "a", [record(1), record(2), with_text(TEXT, 3)])
    source(tmp_path, "b", [record(1), record(2, tags=["SZ"]), with_text(TEXT + " X", 3)])

    def called(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["cableproof", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsysbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, printed.out.decode(), printed.err.decode())

    (tmp_path / "a.manifest").write_text(called("manifest", "a.jsonl").out)
    yield called


def receipt(call: Call, name: str = "compare", *more: str) -> dict[str, Any]:
    """Do a run with a receipt, and return what it says."""
    call(*RUNS[name], "-q", "-o", "receipt=run.json", *more)
    found: dict[str, Any] = json.loads(Path("run.json").read_text())
    return found


def edited(document: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a receipt with another value at a path, and write it."""
    made = deepcopy(document)
    *inner, last = path.split("/")
    part: Any = made
    for key in inner:
        part = part[int(key)] if isinstance(part, list) else part[key]
    part[last] = value
    Path("run.json").write_text(json.dumps(made))
    return made


@pytest.mark.parametrize("name", RUNS)
def test_every_receipt_is_valid_and_its_run_gives_the_same_bytes(name: str, call: Call) -> None:
    made = receipt(call, name, "-o", "json=report.json")
    Draft202012Validator(schemas.load("receipt")).validate(made)
    again = call("verify", "run.json", "--jobs", "1")
    assert (again.status, again.err) == (0, "")
    assert "SAME: the report is the same to the byte" in again.out
    assert made["report"]["bytes"] == Path("report.json").stat().st_size


@pytest.mark.parametrize("name", RUNS)
def test_a_receipt_says_what_the_report_says(name: str, call: Call) -> None:
    made = receipt(call, name, "-o", "json=report.json")
    report = json.loads(Path("report.json").read_text())
    Draft202012Validator(schemas.load("report")).validate(report)
    for part in ("command", "tool", "sources", "summary"):
        assert made[part] == report[part]
    assert {part: made[part] for part in report["receipt"]} == report["receipt"]


def test_the_schemas_say_the_same_of_what_both_have() -> None:
    both = [schemas.load(name)["$defs"] for name in ("report", "receipt")]
    told = [json.dumps(defs).replace("`receipt.", "`") for defs in both]
    report, own = map(json.loads, told)
    assert {name: report[name] for name in own} == own


def test_a_receipt_names_no_clock_no_person_and_no_path_of_the_machine(
    call: Call, tmp_path: Path
) -> None:
    receipt(call, "validate")
    text = Path("run.json").read_text()
    assert tmp_path.as_posix() not in text
    assert Path.home().as_posix() + "/" not in text
    assert not re.search(r"\b0x[0-9a-f]{6,}|\b\d\d:\d\d\b", text)


def test_roles_and_settings_are_values_in_a_receipt(call: Call) -> None:
    made = receipt(call, "reference")
    assert [(each["name"], each["role"]) for each in made["sources"]] == [
        ("b.jsonl", "reference"),
        ("old", "source"),
    ]
    assert made["settings"]["reference"] == "b.jsonl"
    checked = receipt(call, "manifest")
    assert [each["role"] for each in checked["sources"]] == ["source", "manifest"]
    assert receipt(call, "validate")["settings"]["rules"] == "all"
    assert set(receipt(call, "some rules")["settings"]["rules"]) < set(CATALOGUE)


def test_a_changed_input_is_named_with_what_it_changed(
    call: Call, snapshot: SnapshotAssertion
) -> None:
    receipt(call)
    Path("b.jsonl").write_text(Path("b.jsonl").read_text() + json.dumps(record(4)) + "\n")
    again = call("verify", "run.json")
    assert again.status == 1
    size = re.compile(r"[0-9,]+ bytes now\n  sha256:[0-9a-f]{64}")
    assert size.sub("… bytes now\n  sha256:…", again.out) == snapshot


def test_a_file_more_in_a_folder_is_named(call: Call) -> None:
    receipt(call, "validate")
    Path("mixed/07BERN40.txt").write_bytes(page(record(40)))
    again = call("verify", "run.json")
    assert again.status == 1
    assert "source mixed\n" in again.out
    assert "files: 6 then, 7 now" in again.out


def test_a_changed_manifest_is_named(call: Call) -> None:
    receipt(call, "manifest")
    Path("a.manifest").write_text(call("manifest", "b.jsonl").out)
    again = call("verify", "run.json")
    assert again.status == 1
    assert "manifest a.manifest\n" in again.out
    assert "FIX001\n" in again.out


def test_a_changed_a_new_and_a_lost_rule_are_named(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt(call, "validate")
    rule = CATALOGUE["TAG002"]
    other = {"TAG002": replace(rule, says="another {tag}"), "TAG999": replace(rule, code="TAG999")}
    catalogue = {code: each for code, each in (CATALOGUE | other).items() if code != "IDN001"}
    monkeypatch.setattr("cableproof.validators.catalogue.CATALOGUE", catalogue)
    again = call("verify", "run.json")
    assert again.status == 1
    assert "rule IDN001\n  it is gone\nrule TAG002\n  it was changed\nrule TAG999\n  it is new" in (
        again.out
    )


def test_a_rule_that_is_gone_is_not_asked_for(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt(call, "some rules")
    catalogue = {code: each for code, each in CATALOGUE.items() if code != "IDN001"}
    monkeypatch.setattr("cableproof.validators.catalogue.CATALOGUE", catalogue)
    again = call("verify", "run.json")
    assert (again.status, again.err) == (1, "")
    assert "setting rules\n" in again.out


def test_a_changed_vocabulary_schema_and_version_are_named(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt(call)
    shipped = {"text": schemas.shipped.text, "rows": vocab.text}
    monkeypatch.setattr("cableproof.schemas.vocab.text", lambda n: shipped["rows"](n) + "\n")
    monkeypatch.setattr("cableproof.schemas.shipped.text", lambda n: shipped["text"](n) + "\n")
    monkeypatch.setattr("cableproof.tool.version", lambda _: "9.9")
    again = call("verify", "run.json")
    assert again.status == 1
    for told in ("vocabulary posts\n  it was changed", "schema manifest\n  it was changed"):
        assert told in again.out
    assert "tool version\n  0.1.0 then, 9.9 now" in again.out


def test_a_setting_that_was_changed_in_a_receipt_is_named(call: Call) -> None:
    edited(receipt(call), "settings/limits/page", 4096)
    again = call("verify", "run.json")
    assert again.status == 1
    assert "receipt settings limits.page\n" in again.out


def test_a_limit_that_there_is_no_longer_is_named(call: Call) -> None:
    edited(receipt(call), "settings/limits/sheet", 4096)
    again = call("verify", "run.json")
    assert again.status == 1
    assert "setting limits.sheet\n  4,096 then, none now" in again.out


def test_another_limit_is_used_again(call: Call, tmp_path: Path) -> None:
    report = run(
        [Source("mixed", Path("mixed"))], list(CATALOGUE.values()), limits=Limits(block=4096)
    )
    Path("run.json").write_text("".join(lines(receipt_of(report))))
    assert call("verify", "run.json").status == 0


def test_numbers_that_were_changed_in_a_receipt_alone_are_named(call: Call) -> None:
    made = receipt(call)
    edited(made, "differences/CMP204", 7)
    again = call("verify", "run.json")
    assert again.status == 1
    assert "CMP204\n  7 then, 1 now" in again.out
    assert "the receipt says otherwise, though the report is the same" in again.out


def test_whatever_else_was_changed_in_a_receipt_is_not_the_same(call: Call) -> None:
    edited(receipt(call), "summary/rules/SRC001/ran", 5)
    again = call("verify", "run.json")
    assert again.status == 1
    assert "receipt rest\n" in again.out


def test_a_report_of_which_nothing_told_differs_is_said_to_be_another(call: Call) -> None:
    edited(receipt(call), "report/digest", "sha256:" + "0" * 64)
    again = call("verify", "run.json")
    assert again.status == 1
    told = " ".join(again.out.split())
    assert "the report is another, and nothing that a receipt tells of differs" in told


def test_inputs_that_are_gone_are_named_and_nothing_is_verified(call: Call) -> None:
    receipt(call)
    Path("a.jsonl").unlink()
    again = call("verify", "run.json")
    assert (again.status, again.out) == (3, "")
    assert again.err == "cableproof: nothing was verified: there is no longer a.jsonl\n"


@pytest.mark.parametrize("name", ["compare", "manifest"])
def test_a_run_that_can_no_longer_be_done_verifies_nothing(name: str, call: Call) -> None:
    receipt(call, name)
    Path("a.jsonl").write_text(json.dumps(record(40)) + "\n")
    Path("a.manifest").write_text('{"manifest": "cableproof/1"')
    again = call("verify", "run.json")
    assert again.status == 3
    assert "cableproof: nothing was verified: " in again.err


def test_quiet_says_nothing_where_nothing_changed(call: Call) -> None:
    made = receipt(call)
    assert call("verify", "run.json", "--quiet") == Ended(0, "", "")
    edited(made, "summary/records", 99)
    assert "records\n  99 then, 6 now" in call("verify", "run.json", "--quiet").out


WRONG = {
    "none": ("", "no such file or folder: run.json"),
    "damaged": ('{"receipt": "cableproof/1", ', "it is damaged"),
    "deep": ("[" * 100_000, "it is damaged"),
    "bytes": ("\udcff\udcfe", "it is damaged"),
    "a number": ("7", "it does not say that it is one"),
    "a list": ("[]", "it does not say that it is one"),
    "a report": ('{"report": "cableproof/1"}', "it does not say that it is one"),
    "a number as version": ('{"receipt": 1}', "it does not say that it is one"),
    "another version": (
        '{"receipt": "cableproof/9"}',
        "it is of version cableproof/9, and this reads cableproof/1",
    ),
    "nothing else": ('{"receipt": "cableproof/1"}', "it is damaged at $"),
    "endless": (" " * (5 << 20), "it has more than 4,194,304 bytes"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_receipt_of_this_version_ends_with_2(name: str, call: Call) -> None:
    text, told = WRONG[name]
    if text:
        Path("run.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    ended = call("verify", "run.json")
    assert (ended.status, ended.out) == (2, "")
    assert told in ended.err


EDITS: dict[str, tuple[str, object]] = {
    "a command": ("command", "rm -rf"),
    "a list of names": ("sources", [{"name": "x"}]),
    "no sources": ("sources", []),
    "a number as path": ("sources/0/path", 7),
    "no path": ("sources/0/path", ""),
    "a path of no file": ("sources/0/path", "a\0b"),
    "a path of no letters": ("sources/0/path", "\ud800"),
    "a name of no letters": ("sources/0/name", "\ud800"),
    "a role": ("sources/0/role", "manifest"),
    "a huge limit": ("settings/limits/page", 1 << 60),
    "a tiny limit": ("settings/limits/block", 1),
    "a limit of words": ("settings/limits/page", "many"),
    "a rule": ("settings/rules", ["__import__"]),
    "a reference": ("settings/reference", "nobody"),
    "a digest": ("report/digest", "sha256:0"),
    "a count": ("summary/records", -1),
    "more": ("summary/body", "text"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_value_of_the_wrong_kind_ends_with_2(name: str, call: Call) -> None:
    edited(receipt(call), *EDITS[name])
    ended = call("verify", "run.json")
    assert (ended.status, ended.out) == (2, "")
    assert "run.json is no receipt that can be verified: it" in ended.err


@pytest.mark.parametrize("folder", ["/dev/zero", "/dev/null", "run.json", "."])
def test_whatever_a_receipt_names_is_read_as_a_source_and_no_more(folder: str, call: Call) -> None:
    made = receipt(call, "validate")
    edited(made, "sources/0/path", folder)
    ended = call("verify", "run.json")
    assert ended.status == 1
    assert "source mixed\n" in ended.out


HOSTILE = "\x1b]0;x\x07\x1b[2J\u202e\x9b31m"


def test_no_control_character_of_a_receipt_reaches_the_terminal(call: Call) -> None:
    made = receipt(call)
    Path("x").write_bytes(Path("a.jsonl").read_bytes())
    for path, value in (
        ("sources/0/name", HOSTILE),
        ("tool/version", HOSTILE),
        ("differences", {HOSTILE: 1}),
        ("sources/0/kinds", {HOSTILE: 1}),
        ("sources/0/path", HOSTILE),
        ("receipt", HOSTILE),
        (HOSTILE, 1),
    ):
        edited(made, path, value)
        ended = call("verify", "run.json")
        assert ended.status in (1, 2, 3)
        shown = (ended.out + ended.err).replace("\n", "")
        assert re.findall(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", shown) == []


def test_a_receipt_that_is_a_pipe_is_not_waited_for(call: Call, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert call("verify", "pipe").status == 2
