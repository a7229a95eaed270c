"""What is met in folders, and how a file is told that was met; signs of life of what looks at them."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cableproof.sources import beats
from cableproof.sources.beats import MEASURING, beat, beating
from cableproof.sources.places import Trouble
from cableproof.sources.walk import Found, Skipped, walk


@pytest.mark.parametrize("name", [".git", ".hg", ".svn", "__pycache__"])
def test_what_is_kept_beside_a_source_is_no_part_of_it(name: str, tmp_path: Path) -> None:
    for each in (name, f"x{name}", "d"):
        (tmp_path / each).mkdir()
    (tmp_path / "d" / name).write_bytes(b"a")
    (tmp_path / name / "a").touch()
    (tmp_path / f"x{name}" / "a").touch()
    assert [each.path for each in walk(tmp_path)] == [f"x{name}/a"]


def test_a_folder_that_cannot_be_listed_is_told_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = os.scandir

    def refused(folder: Path) -> Any:
        if folder.name in ("shut", tmp_path.name * bool(shut)):
            raise PermissionError(13, "Permission denied") if folder.name == "shut" else OSError
        return listing(folder)

    (tmp_path / "d" / "shut").mkdir(parents=True)
    (tmp_path / "e").symlink_to("d")
    monkeypatch.setattr(os, "scandir", refused)
    shut: list[int] = []
    denied = Trouble("SRC001", "d/shut", lost=True, facts={"reason": "permission denied"})
    assert [*walk(tmp_path)] == [denied, Skipped("e", "link inside the source")]
    shut.append(1)
    refusal = Trouble("SRC001", ".", lost=True, facts={"reason": "cannot be opened"})
    assert [*walk(tmp_path)] == [refusal]


def test_files_are_alike_whenever_they_were_found(tmp_path: Path) -> None:
    file = Found("x", tmp_path, 3, (1, 2, 3))
    assert file == Found("x", tmp_path, 3, (4,)) != Found("x", tmp_path, 3, inside=True)
    assert repr(file) == repr(Found("x", tmp_path, 3))
    assert (Found("x", tmp_path, 3).state, Found("x", tmp_path, 3).inside) == ((), False)


def test_a_sign_is_heard_at_a_new_step_or_after_a_tenth_of_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[int | None] = []
    clock = [0.0]
    monkeypatch.setattr(beats, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(beats, "_SELDOM", 0.5)
    beat(9)
    with beating(heard.append):
        said = ((0.25, None), (0.5, None), (0.75, None), (0.75, 0), (1.0, 0), (1.25, None))
        for at, step in (*said, (1.5, 0), (1.5, MEASURING), (1.75, MEASURING), (2.0, None)):
            clock[0] = at
            beat(step)
    beat(9)
    assert heard == [None, 0, None, MEASURING, None]
    assert MEASURING == -1  # which is the number of no file


def test_who_began_to_listen_last_is_told_alone() -> None:
    outer: list[int | None] = []
    inner: list[int | None] = []
    with beating(outer.append):
        beat(1)
        with beating(inner.append):
            beat(2)
        beat(3)
    assert (outer, inner) == ([1, 3], [2])
