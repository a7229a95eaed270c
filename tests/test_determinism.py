"""The same input gives the same bytes, wherever and however it is read; and nothing is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAIN = "from cableproof.cli import main; main()"


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two copies of an archive, whose files were made in opposite orders."""
    room = tmp_path_factory.mktemp("rooms")
    files = [each for top in ("data", "examples/damaged") for each in (ROOT / top).rglob("*")]
    for name, order in (("a", sorted(files)), ("b", sorted(files, reverse=True))):
        for file in order:
            to = room / name / "archive" / file.relative_to(ROOT)
            if file.is_file():
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, to)
    return room


def reports(room: Path, jobs: int, **environment: str) -> dict[str, bytes]:
    """Return every format that is one file, made in a process of its own."""
    forms = ("json", "sarif", "junit", "html", "markdown", "csv")
    outputs = [f"--output={form}=report.{form}" for form in forms]
    command = [sys.executable, "-c", MAIN, "validate", "archive", "--jobs", str(jobs), *outputs]
    known = {"PATH": os.environ["PATH"], "HOME": str(room), "CABLEPROOF_CACHE": "no"}
    ended = subprocess.run(
        command, cwd=room, env=known | environment, capture_output=True, check=False
    )
    assert (ended.returncode, b"Traceback" in ended.stderr) == (1, False)
    return {form: (room / f"report.{form}").read_bytes() for form in forms}


@pytest.mark.parametrize(
    ("room", "jobs", "environment"),
    [
        ("a", 1, {}),
        ("a", 4, {}),
        ("b", 2, {}),
        ("a", 0, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}),
        ("a", 2, {"PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}),
    ],
)
def test_the_same_input_gives_the_same_bytes(
    room: str, jobs: int, environment: dict[str, str], rooms: Path
) -> None:
    assert reports(rooms / room, jobs, **environment) == reports(rooms / "a", 0)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace tells which sockets are opened")
def test_no_socket_leads_out_of_the_machine(tmp_path: Path) -> None:
    log = tmp_path / "sockets"
    traced = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=connect,sendto,bind"]
    command = [*traced, sys.executable, "-c", MAIN, "validate", str(ROOT / "data"), "--jobs", "2"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "AF_INET" not in log.read_text(errors="replace")
