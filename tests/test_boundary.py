"""What ends a process that reads costs one record, never the run; and no run is hung or torn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cableproof import pool
from cableproof.report import Report
from cableproof.run import run
from cableproof.source import Source
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.validators.catalogue import CATALOGUE
from tests.misbehaving import WORD, begin
from tests.packed import zipped
from tests.samples import json_lines, page, record

LIMITS = replace(DEFAULT, memory=600 << 20)
REASONS = {
    "dies": "the process that read it was ended by SIGSEGV",
    "leaves": "the process that read it ended by itself",
    "hangs": "reading it took longer than the limit of 1 seconds",
    "eats": f"reading it took more memory than the limit of {600 << 20:,} bytes",
    "raises": "the reader failed on it: ValueError at misbehaving.py",
}
RECORDS = [record(identifier=f"07BERN{n}", subject=f"TRAM {n}") for n in range(1, 24)]
BAD = record(identifier="07BERN99", subject=WORD)


@pytest.fixture(params=sorted(REASONS))
def how(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let readers misbehave in one of the ways they can."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    monkeypatch.setattr(pool, "begin", partial(begin, request.param, ""))
    yield request.param


def limits_of(how: str) -> Limits:
    """Return limits of which the one that is met is met soon, and no other is."""
    return replace(LIMITS, seconds=1) if how == "hangs" else LIMITS


def report_on(folder: Path, limits: Limits = LIMITS, jobs: int = 2) -> Report:
    return run([Source("a", folder)], list(CATALOGUE.values()), limits=limits, jobs=jobs)


def told(report: Report, without: str = "") -> list[tuple[str, str, str]]:
    """Return rule, file and message of the findings on all files but one."""
    found = report.findings[report.findings["path"] != without]
    return list(zip(found["rule"], found["path"], found["message"], strict=True))


def test_a_line_that_ends_a_reader_is_lost_alone_and_named(how: str, tmp_path: Path) -> None:
    (tmp_path / "cables.jsonl").write_bytes(json_lines([*RECORDS[:9], BAD, *RECORDS[9:]]))
    report = report_on(tmp_path, limits_of(how))
    lost = report.findings[report.findings["rule"] == "SRC003"]
    assert lost["line"].tolist() == [10]
    assert lost["message"].tolist()[0].startswith(REASONS[how])
    assert WORD not in str(report.document())
    assert (report.books.records, report.books.unreadable) == (len(RECORDS), 1)


def test_a_page_that_ends_a_reader_is_lost_alone_and_named(how: str, tmp_path: Path) -> None:
    for each in (*RECORDS, BAD):
        (tmp_path / f"{each['identifier']}.txt").write_bytes(page(each))
    report = report_on(tmp_path, limits_of(how))
    lost = report.findings[report.findings["rule"] == "SRC003"]
    assert lost["path"].tolist() == ["07BERN99.txt"]
    assert lost["message"].tolist()[0].startswith(REASONS[how])
    (tmp_path / "07BERN99.txt").unlink()
    clean = report_on(tmp_path, jobs=0)
    assert told(report, "07BERN99.txt") == told(clean)
    assert (report.books.records, report.books.unreadable) == (len(RECORDS), 1)


@pytest.mark.parametrize("files", ["one page", "pages", "lines", "table", "zip"])
def test_what_somebody_else_ends_is_done_again_and_nothing_is_lost(
    files: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    made = [*RECORDS, BAD]
    match files:
        case "one page":
            (folder / "07BERN99.txt").write_bytes(page(BAD))
        case "pages":
            for each in made:
                (folder / f"{each['identifier']}.txt").write_bytes(page(each))
        case "lines":
            (folder / "cables.jsonl").write_bytes(json_lines(made))
        case "table":
            (folder / "one.jsonl").write_bytes(json_lines([BAD]))
        case "zip":
            pages = {f"{each['identifier']}.txt": page(each) for each in made}
            (folder / "all.zip").write_bytes(zipped(pages))
    expected = report_on(folder, jobs=0).document()
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    once = str(tmp_path / "once")
    monkeypatch.setattr(pool, "begin", partial(begin, "dies_once", once))
    assert report_on(folder).document() == expected
    assert Path(once).exists()
