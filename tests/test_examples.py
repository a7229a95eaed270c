"""What ships as an example raises what its README says, and nothing else."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cableproof
from cableproof.finding import Severity
from cableproof.report import Report

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
DAMAGED = ROOT / "examples" / "damaged"


def table(readme: Path, columns: int) -> list[tuple[str, ...]]:
    """Return the first cells of each row of the last table in a README."""
    lines = readme.read_text(encoding="utf-8").splitlines()
    rules = [number for number, line in enumerate(lines) if re.fullmatch(r"\|(?: --- \|)+", line)]
    return list(_rows(lines[rules[-1] + 1 :], columns))


def _rows(lines: list[str], columns: int) -> Iterator[tuple[str, ...]]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield tuple(cell.strip() for cell in line.strip("|").split("|")[:columns])


def codes_by_file() -> dict[str, set[str]]:
    return {file: set(codes.split()) for file, codes in table(DAMAGED / "README.md", 2)}


@pytest.fixture(scope="module")
def shipped() -> Report:
    return cableproof.validate(DATA)


def test_the_shipped_archive_raises_what_its_readme_lists(shipped: Report) -> None:
    columns = ["rule", "severity", "identifier"]
    found = shipped.findings[columns].itertuples(index=False, name=None)
    assert sorted(found) == sorted(table(DATA / "README.md", len(columns)))


def test_the_shipped_archive_conforms_and_has_something_to_show(shipped: Report) -> None:
    assert shipped.conforms()
    assert not shipped.conforms(Severity.WARNING)


def test_the_shipped_archive_has_three_kinds_of_source_and_is_read_whole(shipped: Report) -> None:
    (source,) = shipped.sources
    assert dict(source.kinds) == {"cablebrowser-page": 4, "cables-csv": 4, "wikileaks-page": 4}
    assert dict(source.skipped) == {
        "documentation": 1,
        "index page": 1,
        "style sheet": 1,
    }
    assert source.books.unreadable == 0


def test_validating_the_shipped_archive_ends_with_status_0() -> None:
    program = "from cableproof.cli import validate_main; validate_main()"
    command = [sys.executable, "-c", program, "data/"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "PASS: 0 errors" in ended.stdout


@pytest.mark.parametrize("name", sorted(codes_by_file()))
def test_a_damaged_file_raises_the_codes_of_its_readme_and_no_others(name: str) -> None:
    report = cableproof.validate(DAMAGED / name)
    assert set(report.findings["rule"]) == codes_by_file()[name]


def test_every_damaged_file_is_in_the_readme() -> None:
    there = {file.name for file in DAMAGED.iterdir()} - {"README.md"}
    assert there == set(codes_by_file())


def test_no_damaged_file_changes_what_is_read_of_the_others() -> None:
    single = [cableproof.validate(DAMAGED / name).books for name in codes_by_file()]
    together = cableproof.validate(DAMAGED).books
    assert together.records == sum(books.records for books in single)
    assert together.unreadable == sum(books.unreadable for books in single)
