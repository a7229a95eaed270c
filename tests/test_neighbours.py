"""One bad record never changes what is said of another: good records beside one of each fault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import cableproof
from cableproof.report import Report
from tests.samples import json_lines, page, record
from tests.test_bad_input import ALL

GOOD = int(os.environ.get("NEIGHBOURS", "400"))  # records; many more where somebody asks for them
FIRST = 70_000  # a serial far from those of the bad


def goods() -> dict[str, bytes]:
    made = [record(FIRST + 2 * n, link=None) for n in range(GOOD)]
    some = {f"good/{each['identifier']}.txt": page(each) for each in made[: GOOD // 10]}
    return some | {"good/cables.jsonl": json_lines(made[GOOD // 10 :])}


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def verdicts(report: Report) -> list[tuple[object, ...]]:
    """Return all that is said of the good."""
    found = report.findings[report.findings["path"].str.startswith("good/")]
    return sorted(
        found.drop(columns=["source", "record"]).astype(str).itertuples(index=False, name=None)
    )


@pytest.mark.parametrize("jobs", [0, 2])
def test_the_good_are_judged_as_if_they_were_alone(jobs: int, tmp_path: Path) -> None:
    alone = cableproof.validate(f"a={written(tmp_path / 'a', goods())}", jobs=jobs)
    bad = {f"bad/{number}/{each.name}": each.content for number, each in enumerate(ALL)}
    beside = cableproof.validate(f"a={written(tmp_path / 'b', goods() | bad)}", jobs=jobs)
    assert verdicts(beside) == verdicts(alone)
    records = sum(each.books[0] for each in ALL)
    unreadable = sum(each.books[1] for each in ALL)
    skipped = sum(each.books[2] for each in ALL)
    assert beside.books.records == alone.books.records + records == GOOD + records
    assert (beside.books.unreadable, beside.books.skipped) == (unreadable, skipped)
