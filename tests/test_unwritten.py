"""A report is whole or absent: whichever call fails while it is written, an older one stays."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cableproof.errors import ReportNotWritten
from cableproof.reports.writing import write_whole

OLD = b"the older report\n"
NEW: list[str | bytes] = ["the ", b"new ", "report\n"] * 40
CALLS: dict[str, tuple[Any, str]] = {
    "fsync": (os, "fsync"),
    "mkstemp": (tempfile, "mkstemp"),
    "rename": (Path, "replace"),
    "chmod": (Path, "chmod"),
}


def failing(call: Callable[..., Any], code: int) -> Callable[..., Any]:
    def fails(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fails


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES])
@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_fails_leaves_the_older_report_and_no_other_file(
    name: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(OLD)
    owner, attribute = CALLS[name]
    monkeypatch.setattr(owner, attribute, failing(getattr(owner, attribute), code))
    with pytest.raises(ReportNotWritten, match=os.strerror(code).lower()):
        write_whole(file, NEW)
    monkeypatch.undo()
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"report.json": OLD}


@pytest.mark.parametrize("room", [1, 100, 300])
def test_a_disk_that_is_full_after_so_many_bytes_leaves_the_older_report(
    room: int, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")
    file = tmp_path / "report.json"
    file.write_bytes(OLD)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(ReportNotWritten):
            write_whole(file, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"report.json": OLD}


def test_a_report_that_breaks_off_while_it_is_made_is_not_written(tmp_path: Path) -> None:
    def parts() -> Any:
        yield "the new "
        raise ValueError("broken off")

    file = tmp_path / "report.json"
    file.write_bytes(OLD)
    with pytest.raises(ValueError, match="broken off"):
        write_whole(file, parts())
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"report.json": OLD}


def test_a_report_that_can_be_written_takes_the_place_of_the_older(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(OLD)
    assert write_whole(file, NEW) == len(file.read_bytes()) == 15 * 40
