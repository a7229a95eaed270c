"""The command line: what it prints, where, and with which status it ends."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
import typer.main
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion
from typer.core import TyperGroup
from typer.testing import CliRunner

from cableproof import cli, schemas
from cableproof.options import OF_REPORTS
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.collation.kinds import KINDS
from tests.archives import build, json_lines, record
from tests.programs import Call, Ended

COMMANDS = (
    *("validate", "audit", "cite", "compare", "history", "manifest", "inspect", "init"),
    *("rules", "rule", "schema", "render", "settings", "verify", "convert"),
)
HEAVY = {"jsonschema", "lxml", "numpy", "pandas", "pandera", "polars", "pyarrow", "rapidfuzz"}
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def process(*words: str, cwd: Path) -> "subprocess.Popen[str]":
    """Return a program of ours started as a process."""
    program = "import sys; from cableproof.cli import main; sys.argv[0] = 'cableproof'; main()"
    command = [sys.executable, "-c", program, *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=cwd, stdout=pipe, stderr=pipe, text=True)


def program() -> TyperGroup:
    """Return the program with all commands, those of modules that are imported when needed too."""
    for name in ("cli_collate", "cli_audit", "cli_provenance", "cli_settings"):
        import_module(f"cableproof.{name}")
    group = typer.main.get_command(cli.app)
    assert isinstance(group, TyperGroup)
    return group


def write(path: str, *records: dict[str, object]) -> None:
    Path(path).write_text(json_lines(records), encoding="utf-8")


WARNED = record(1, tags=["PGOV", "SZ", "POLITICAL"])
NOTED = record(2, shelfmark=1)
WRONG = record(3, origin="Embassy Paris")


def test_a_clean_source_ends_with_0(call: Call) -> None:
    write("x.jsonl", record(1))
    ended = call("validate", "x.jsonl")
    assert (ended.status, ended.err) == (0, "")
    assert "PASS: 0 errors, 0 warnings, 0 notes" in ended.out


def test_an_error_ends_with_1(call: Call) -> None:
    write("x.jsonl", WRONG)
    ended = call("validate", "x.jsonl")
    assert ended.status == 1
    assert "FAIL: 1 error, 0 warnings, 0 notes" in ended.out


def test_an_input_that_cannot_be_read_ends_with_1(call: Call) -> None:
    Path("x.jsonl").write_text('{"identifier": "07BERN1"\n')
    assert call("validate", "x.jsonl").status == 1


@pytest.mark.parametrize(
    ("level", "statuses"),
    [
        ("error", [1, 0, 0, 0]),
        ("warning", [1, 1, 0, 0]),
        ("note", [1, 1, 1, 0]),
        ("never", [0, 0, 0, 0]),
    ],
)
def test_a_run_fails_from_the_asked_severity_on(
    level: str, statuses: list[int], call: Call
) -> None:
    for name, each in zip("abcd", (WRONG, WARNED, NOTED, record(4)), strict=True):
        write(f"{name}.jsonl", each)
    found = [call("validate", f"{name}.jsonl", "--fail-on", level).status for name in "abcd"]
    assert found == statuses


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none"], "no such file or folder: none"),
        (["x.jsonl", "--select", "TAGS"], "no rule TAGS; did you mean TAG?"),
        (["x.jsonl", "--ignore", "TAG02"], "no rule TAG02; did you mean TAG002?"),
        (["x.jsonl", "./x.jsonl"], "two sources are called x.jsonl; name them: NAME=PATH"),
        (["x.jsonl", "--output", "report.json"], "write it as json=FILE"),
        (["x.jsonl", "--output", "json="], "write it as json=FILE"),
        (["x.jsonl", "--output", "xml=report.xml"], "write it as json=FILE"),
        (["x.jsonl", "--fail-on", "fatal"], "'error', 'warning', 'note', 'never'"),
        (["x.jsonl", "--color", "red"], "'auto', 'always', 'never'"),
        (["x.jsonl", "--jobs", "-1"], "--jobs"),
        (["x.jsonl", "--sellect", "TAG"], "--select"),
        (["x.jsonl", "x=none"], "no such file or folder: none"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(words: list[str], told: str, call: Call) -> None:
    write("x.jsonl", record(1))
    ended = call("validate", *words)
    assert ended.status == 2
    assert told in " ".join(ended.err.replace("│", " ").split())
    assert ended.out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rule", "TAG02"], "no rule TAG02; did you mean TAG002?"),
        (["schema", "cabel"], "no schema cabel; there are: cable, card, manifest, receipt, report"),
        (["inspect", "none"], "no such file or folder: none"),
        (["proof"], "No such command 'proof'"),
        (["rule"], "Missing argument"),
    ],
)
def test_another_wrong_call_ends_with_2_and_says_why(
    words: list[str], told: str, call: Call
) -> None:
    ended = call("cableproof", *words)
    assert ended.status == 2
    assert told in " ".join(ended.err.replace("│", " ").split())


def test_an_empty_folder_ends_with_3(call: Call) -> None:
    Path("empty").mkdir()
    ended = call("validate", "empty")
    assert ended.status == 3
    assert "NOTHING CHECKED: no record was found" in ended.out


def test_a_folder_without_a_record_ends_with_3(call: Call) -> None:
    Path("files").mkdir()
    Path("files/style.css").write_text("body { color: black }\n")
    assert call("validate", "files").status == 3


def test_a_report_that_cannot_be_written_ends_with_4(call: Call) -> None:
    write("x.jsonl", record(1))
    ended = call("validate", "x.jsonl", "--output", "json=none/report.json")
    assert ended.status == 4
    assert ended.err == (
        "cableproof: could not write none/report.json: no such file or directory\n"
    )


def test_a_fault_of_our_own_ends_with_4_and_shows_no_record(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("SECRETWORD")

    monkeypatch.setattr("cableproof.run.gather", broken)
    write("x.jsonl", record(1))
    ended = call("validate", "x.jsonl")
    assert ended.status == 4
    assert re.fullmatch(
        r"cableproof: our own fault: ValueError at \S+\.py:\d+; please report it\n", ended.err
    )


def test_a_report_is_written_as_json_and_said_on_standard_error(call: Call) -> None:
    write("x.jsonl", WRONG)
    ended = call("validate", "x.jsonl", "--output", "json=report.json")
    report = json.loads(Path("report.json").read_text())
    Draft202012Validator(schemas.load("report")).validate(report)
    assert [found["rule"] for found in report["findings"]] == ["ORG002"]
    size = Path("report.json").stat().st_size
    assert ended.err == f"wrote report.json: {size:,} bytes, 1 finding, no text\n"


def test_several_reports_are_written_alike(call: Call) -> None:
    write("x.jsonl", WRONG)
    call("validate", "x.jsonl", "-o", "json=a.json", "-o", "json=b.json")
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes() != b""


def test_quiet_prints_nothing_of_a_run_that_passes(call: Call) -> None:
    write("x.jsonl", WARNED)
    ended = call("validate", "x.jsonl", "--quiet", "--output", "json=report.json")
    assert ended == Ended(0, "", "")


def test_quiet_prints_the_findings_of_a_run_that_fails(call: Call) -> None:
    write("x.jsonl", WRONG)
    ended = call("validate", "x.jsonl", "--quiet")
    assert (ended.status, ended.err) == (1, "")
    assert "ORG002" in ended.out


def test_notes_are_counted_and_shown_when_asked_for(call: Call) -> None:
    write("x.jsonl", NOTED)
    hidden = call("validate", "x.jsonl").out
    assert "REC003" not in hidden and "1 note not shown: --notes" in hidden
    assert "REC003 unknown-field" in call("validate", "x.jsonl", "--notes").out


def test_the_first_three_findings_of_a_rule_are_shown_or_all(call: Call) -> None:
    write("x.jsonl", *(record(n, origin="Embassy Paris") for n in range(1, 6)))
    few, every = call("validate", "x.jsonl").out, call("validate", "x.jsonl", "--all").out
    assert (few.count("was sent by"), every.count("was sent by")) == (3, 5)
    assert "and 2 more" in few


def test_the_place_of_a_finding_is_whole_on_one_line_however_long(call: Call) -> None:
    folder = Path(*(f"a-folder-with-a-name-of-its-own-{number}" for number in range(4)))
    folder.mkdir(parents=True)
    write(f"{folder}/x.jsonl", WRONG)
    lines = call("validate", ".").out.splitlines()
    assert [line.strip() for line in lines if "x.jsonl" in line] == [f"./{folder}/x.jsonl:1"]


@pytest.mark.parametrize(
    ("words", "ran"),
    [
        (["--select", "TAG"], [f"TAG00{number}" for number in range(1, 8)]),
        (["--select", "tag001,IDN001"], ["IDN001", "TAG001"]),
        (["--select", "TAG", "--ignore", "TAG00"], []),
        (
            ["--select", "TAG00", "--ignore", "TAG001,TAG002,TAG005,TAG006,TAG007"],
            ["TAG003", "TAG004"],
        ),
    ],
)
def test_rules_are_selected_by_the_beginning_of_their_codes(
    words: list[str], ran: list[str], call: Call
) -> None:
    write("x.jsonl", WARNED)
    call("validate", "x.jsonl", "--output", "json=report.json", *words)
    report = json.loads(Path("report.json").read_text())
    assert sorted(report["summary"]["rules"]) == ran


def test_a_source_is_named_by_its_path_or_as_asked(call: Call) -> None:
    for name in ("a", "b=c"):
        Path(name).mkdir()
        write(f"{name}/x.jsonl", record(1))
    call("validate", "a", "mine=a", "b=c", "--output", "json=report.json")
    report = json.loads(Path("report.json").read_text())
    assert [(s["name"], s["path"]) for s in report["sources"]] == [
        ("a", "a"),
        ("mine", "a"),
        ("b=c", "b=c"),
    ]


@pytest.mark.parametrize(
    ("words", "variable", "coloured"),
    [
        ([], "", False),
        (["--color", "always"], "", True),
        (["--color", "always"], "1", True),
        (["--color", "never"], "", False),
        (["--color", "auto"], "1", False),
    ],
)
def test_colour_is_for_terminals_or_as_asked(
    words: list[str], variable: str, coloured: bool, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", variable)
    monkeypatch.setenv("TERM", "xterm-256color")
    write("x.jsonl", WRONG)
    plain, asked = (
        call("validate", "x.jsonl", "--color", "never"),
        call("validate", "x.jsonl", *words),
    )
    assert bool(ESCAPE.search(asked.out)) is coloured
    assert ESCAPE.sub("", asked.out) == plain.out


HOSTILE = "\x1b]0;x\x07\x1b[2J\u202e\x9b31m"


def test_no_control_character_of_a_value_reaches_the_terminal(call: Call) -> None:
    Path(f"\x1b[2J{'x'}").mkdir()
    odd = record(1, origin=f"Embassy {HOSTILE}", tags=[HOSTILE], link=HOSTILE, created=HOSTILE)
    write("\x1b[2Jx/a\nb.jsonl", odd, record(2, identifier=f"07{HOSTILE}BERN1"))
    Path("\x1b[2Jx/c\x07.dat").write_bytes(b"\x01\x02")
    for ended in (
        call("validate", "\x1b[2Jx", "--all", "--notes"),
        call("validate", "\x1b[2Jx", "-o", "json=no\x1b[2J/x.json"),
        call("validate", "none\x1b[2J"),
        call("validate", "\x1b[2Jx", "--select", "\x1b[2J"),
        call("cableproof", "inspect", "\x1b[2Jx"),
        call("cableproof", "inspect", "\x1b[2Jx", "\x1b[2J"),
    ):
        shown = (ended.out + ended.err).replace("\n", "")
        assert re.findall(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", shown) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_text_that_ends_in_an_example(name: str, call: Call) -> None:
    text = program().commands[name].help or ""
    assert re.match(r"Example: (?:cableproof |validate )", text.strip().splitlines()[-1])
    assert "Example: " in call("cableproof", name, "--help").out


def test_shared_options_stand_in_the_help_where_a_command_says() -> None:
    options = {
        name: [str(each.name) for each in command.params if each.param_type_name == "option"]
        for name, command in program().commands.items()
    }
    shared = options["history"]
    assert options["validate"] == [*shared, "version"]
    assert options["compare"] == ["reference", *shared]
    assert [name for name in shared if name not in options["settings"]] == list(OF_REPORTS)


def test_there_are_these_commands_and_no_stub() -> None:
    assert set(program().commands) == set(COMMANDS)


def test_validate_and_cableproof_validate_are_one(call: Call) -> None:
    write("x.jsonl", WRONG)
    assert call("validate", "x.jsonl") == call("cableproof", "validate", "x.jsonl")


def test_the_programs_run_through_the_test_runner_of_the_library() -> None:
    result = CliRunner().invoke(cli.app, ["rules"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(CATALOGUE) + len(KINDS)


@pytest.mark.parametrize("program", ["validate", "cableproof"])
def test_the_version_names_the_program_and_the_schemas(program: str, call: Call) -> None:
    ended = call(program, "--version")
    assert ended.status == 0
    assert re.fullmatch(r"cableproof \S+ \(record schema 1\.0, report schema 1\.2\)\n", ended.out)


@pytest.mark.parametrize("name", ["cable", "report", "manifest", "receipt"])
def test_a_schema_is_printed_as_it_is_shipped(name: str, call: Call) -> None:
    ended = call("cableproof", "schema", name)
    assert (ended.status, ended.out) == (0, schemas.text(name))


def test_the_printed_schema_judges_records_by_itself(call: Call) -> None:
    schema = json.loads(call("cableproof", "schema", "cable").out)
    assert Draft202012Validator(schema).is_valid(record(1))
    assert not Draft202012Validator(schema).is_valid(record(1, origin=""))


def test_inspect_shows_one_cable_and_no_text(call: Call) -> None:
    write("x.jsonl", record(1), record(2))
    ended = call("cableproof", "inspect", "x.jsonl", "06bern0002")
    assert ended.status == 0
    assert "06BERN2" in ended.out and "06BERN1 " not in ended.out
    assert "trams" not in ended.out and "SECSTATE" not in ended.out


@pytest.mark.parametrize("identifier", ["06BERN9", "nonsense", ""])
def test_inspect_without_such_a_cable_ends_with_3(identifier: str, call: Call) -> None:
    write("x.jsonl", record(1), record(2, identifier=None), record(3, identifier="nonsens"))
    ended = call("cableproof", "inspect", "x.jsonl", identifier)
    assert ended.status == 3
    assert ended.err.startswith("cableproof: no record with the identifier")


def test_a_validation_looks_so(call: Call, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    build(tmp_path / "archive")
    ended = call("validate", "archive", "--notes")
    assert (ended.status, ended.err) == (1, "")
    assert ended.out == snapshot
    assert max(map(len, ended.out.splitlines())) <= 80


def test_an_inspection_looks_so(call: Call, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    build(tmp_path / "archive", ["pages/06BERN20.txt"])
    assert call("cableproof", "inspect", "archive").out == snapshot


def test_a_rule_looks_so(call: Call, snapshot: SnapshotAssertion) -> None:
    assert call("cableproof", "rule", "tag002").out == snapshot


def test_the_list_of_rules_looks_so(call: Call, snapshot: SnapshotAssertion) -> None:
    assert call("cableproof", "rules").out == snapshot


@pytest.mark.parametrize(
    "words",
    [["--help"], ["--version"], ["validate", "--help"], ["rules"], ["rule", "TAG002"]],
    ids=" ".join,
)
def test_what_reads_no_record_imports_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    program = (
        "import sys, atexit\n"
        "def tell():\n"
        "    print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "atexit.register(tell)\n"
        "from cableproof.cli import main\n"
        "main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert ended.returncode == 0
    assert set(re.findall(r"'(\w+)'", ended.stderr)) & HEAVY == set()


def test_a_reader_that_leaves_early_changes_no_status(tmp_path: Path) -> None:
    many = (record(n, origin="Embassy Paris") for n in range(1, 3000))
    (tmp_path / "x.jsonl").write_text(json_lines(many))
    running = process("validate", "x.jsonl", "--all", "-o", "json=report.json", cwd=tmp_path)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    err = running.stderr.read()
    running.stderr.close()
    assert (running.wait(), err.count("\n")) == (1, 1)
    assert json.loads((tmp_path / "report.json").read_text())["summary"]["records"] == 2999


def test_a_reader_that_never_reads_changes_no_status(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = "from cableproof.cli import main; main()"
    command = [sys.executable, "-c", program, "rules"]
    ended = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_terminated_run_ends_with_143_and_leaves_no_report(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from cableproof import cli, run\n"
        "def waiting(*_):\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        "run.gather = waiting\n"
        "sys.argv = ['cableproof', 'validate', '.', '-o', 'json=report.json']\n"
        "cli.main()\n"
    )
    command = [sys.executable, "-c", program]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    time.sleep(0.1)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=20) == 143
    running.stdout.close()
    assert list(tmp_path.iterdir()) == []
