"""The hostile inputs of a generator of others, where it is there, held against its manifest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import cableproof
from cableproof.report import Report

_MAKER = Path(__file__).parents[2] / "shared" / "tools" / "hostile.py"

pytestmark = pytest.mark.skipif(not _MAKER.is_file(), reason="no generator of hostile inputs here")

#: A block of a page that has no end is told where it begins, not where the file ends.
_TOLD_ELSEWHERE = {("H06-truncated-page", "05ALMATY90002.html")}


class Case(NamedTuple):
    """What the manifest says of one input, and the report on it."""

    said: Mapping[str, Any]
    report: Report


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Return all inputs that one command validates, and what is found in them."""
    made = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, _MAKER, "make", made], check=True, capture_output=True)
    said = json.loads((made / "MANIFEST.json").read_text("utf-8"))
    single = [each for each in said if each["kind"] == "validate" and _can_be_seen(each)]
    return [Case(each, cableproof.validate(made / each["input"])) for each in single]


def _can_be_seen(case: Mapping[str, Any]) -> bool:
    """Tell whether this user meets what a case is about: some may read every file."""
    return os.geteuid() != 0 or "not-root" not in case.get("requires", ())


def test_each_fault_is_told_at_its_byte(cases: list[Case]) -> None:
    missed = set()
    for said, report in cases:
        told = report.findings
        for fault in said["faults"]:
            starts = told.loc[told["path"] == fault["file"], "start"].dropna()
            if fault["offset"] is not None and fault["offset"] not in {*starts.astype(int)}:
                missed.add((said["id"], fault["file"]))
    assert missed == _TOLD_ELSEWHERE


def test_no_record_is_lost_and_none_is_judged_otherwise_than_it_should(cases: list[Case]) -> None:
    for said, report in cases:
        books, expected = report.books, said.get("expect") or {}
        assert said.get("records_in") in (None, books.inputs), said["id"]
        assert expected.get("valid") in (None, books.valid), said["id"]
        assert books.valid >= len(said["good"]), said["id"]


def test_a_run_fails_where_it_should_and_names_what_is_wrong(cases: list[Case]) -> None:
    for said, report in cases:
        if said["exit"] != "any":
            assert report.conforms() == (said["exit"] == "zero"), said["id"]
        named = " ".join(report.findings["path"])
        missing = [each["file"] for each in said["faults"] if each["file"] not in named]
        assert not missing or said["exit"] != "nonzero", said["id"]
