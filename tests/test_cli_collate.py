"""The commands that set sources beside each other: what they print, and how they end."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from syrupy.assertion import SnapshotAssertion

import cableproof
from tests.samples import record
from tests.witnesses import TEXT, source, with_text


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a folder with three sources of a few cables."""
    covered = TEXT.replace("The keeper of the lamps", "XXXXXXXXXXXX")
    source(tmp_path, "old", [record(1), record(2), with_text(TEXT, 3), record(4)])
    source(tmp_path, "new", [record(1), record(2, tags=["SZ"]), with_text(covered, 3), record(5)])
    source(tmp_path, "csv", [record(1, classification="SECRET"), with_text(TEXT, 3)])
    return tmp_path


def run(room: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    program = "from cableproof.cli import main; main()"
    own = os.environ | {"COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=room, env=own, capture_output=True, check=False)


def test_a_comparison_fits_80_columns_and_fails_on_errors(
    room: Path, snapshot: SnapshotAssertion
) -> None:
    done = run(room, "compare", "old=old.jsonl", "new=new.jsonl", "csv=csv.jsonl", "--notes")
    text = done.stdout.decode()
    assert done.returncode == 1
    assert done.stderr == b""
    assert max(map(len, text.splitlines())) <= 80
    assert text == snapshot


def test_a_reference_is_named_and_held_against(room: Path) -> None:
    words = ("compare", "--reference", "old=old.jsonl", "new.jsonl", "--output", "json=out.json")
    assert run(room, *words).returncode == 1
    comparison = json.loads((room / "out.json").read_text())["comparison"]
    assert comparison["reference"] == "old"
    assert comparison["kinds"] == {"CMP101": 1, "CMP102": 1, "CMP204": 1, "CMP401": 1}


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("compare", "old.jsonl", "old.jsonl"), 2, "two sources are called old.jsonl"),
        (("compare", "old.jsonl"), 2, "two sources or more"),
        (("compare", "old.jsonl", "nothing"), 2, "no such file or folder: nothing"),
        (("history", "old.jsonl"), 2, "two sources or more"),
        (("compare", "old.jsonl", "other.jsonl"), 3, "no cable is in two of the sources"),
        (("history", "old.jsonl", "other.jsonl"), 3, "no cable is in two of the sources"),
        (("manifest", "nothing"), 2, "no such file or folder"),
        (("manifest", "old.jsonl", "--check", "new.jsonl"), 2, "is no manifest"),
        (("compare", "old.jsonl", "new.jsonl", "-o", "json=new.jsonl"), 2, "is a source"),
        (("history", "old.jsonl", "new.jsonl", "-o", "json=./old.jsonl"), 2, "is a source"),
        (("compare", "a=old.jsonl", "new.jsonl", *("-o", "json=x", "-o", "html=x")), 2, "another"),
        (("manifest", "old.jsonl", "-o", "json=x"), 2, "with --check alone"),
        (("manifest", "old.jsonl", "--check", "none"), 2, "no such file or folder: none"),
        (("compare", "old.jsonl", "new.jsonl", "-o", "pdf=x"), 2, "json=FILE or html=FILE"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_its_status(
    words: tuple[str, ...], status: int, says: str, room: Path
) -> None:
    source(room, "other", [record(40)])
    done = run(room, *words)
    assert (done.returncode, done.stdout) == (status, b"")
    assert says in " ".join(done.stderr.decode().replace("│", " ").split())


def test_equal_sources_pass_and_quiet_says_nothing(room: Path) -> None:
    done = run(room, "compare", "a=old.jsonl", "b=old.jsonl", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_severity_decides_whether_a_comparison_fails(room: Path) -> None:
    source(room, "tagged", [record(1, tags=["SZ"])])
    words = ("compare", "--reference", "a=tagged.jsonl", "b=csv.jsonl", "--fail-on")
    assert run(room, *words, "never").returncode == 0
    source(room, "mine", [record(1), record(3)])
    source(room, "theirs", [record(1, tags=["SZ"]), record(3)])
    few = ("compare", "mine.jsonl", "theirs.jsonl", "--fail-on")
    assert run(room, *few, "error").returncode == 0
    assert run(room, *few, "warning").returncode == 1


def test_a_history_is_told_in_lines(room: Path, snapshot: SnapshotAssertion) -> None:
    done = run(room, "history", "1=old.jsonl", "2=new.jsonl", "3=old.jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == snapshot


def test_a_manifest_goes_to_standard_output_and_checks_its_source(room: Path) -> None:
    made = run(room, "manifest", "old.jsonl")
    (room / "old.manifest").write_bytes(made.stdout)
    assert (made.returncode, made.stdout.count(b"\n")) == (0, 5)
    assert run(room, "manifest", "old.jsonl", "--check", "old.manifest").returncode == 0
    checked = run(room, "manifest", "new.jsonl", "--check", "old.manifest")
    assert checked.returncode == 1
    assert b"FIX001 altered" in checked.stdout
    parquet = run(room, "manifest", "old.jsonl", "--format", "parquet").stdout
    assert len(pl.read_parquet(io.BytesIO(parquet))) == 4


def test_a_manifest_of_what_cannot_all_be_read_says_so(room: Path) -> None:
    (room / "old.jsonl").write_text((room / "old.jsonl").read_text() + '{"broken\n')
    made = run(room, "manifest", "old.jsonl")
    assert made.returncode == 1
    assert b"1 input could not be read" in made.stderr


def test_a_kind_of_discrepancy_has_a_card(room: Path) -> None:
    assert b"# CMP402 redaction-removed" in run(room, "rule", "cmp402").stdout
    assert b"CMP306  error" in run(room, "rules").stdout


def test_comparisons_and_histories_are_there_for_programs(room: Path) -> None:
    report = cableproof.compare(room / "new.jsonl", reference=room / "old.jsonl")
    frame = report.frame()
    assert list(frame["kind"]) == ["CMP204", "CMP401", "CMP101", "CMP102"]
    assert list(frame["new.jsonl"]) == ["differs", "differs", "absent", "agrees"]
    assert cableproof.history(room / "old.jsonl", room / "new.jsonl").events["added"] == 1
