"""Every file of a source is met once, in one order, and nothing that blocks is opened."""

import os
from pathlib import Path

import pytest

import cableproof
from cableproof.errors import NoSuchPath
from cableproof.sources.places import Trouble
from cableproof.sources.walk import Found, Skipped, walk
from tests import samples

LINES = samples.json_lines([samples.record()])


def met(root: Path) -> list[tuple[str, str]]:
    """Return what the walk meets: each path, and what is said of it."""
    return [(entry.path, said(entry)) for entry in walk(root)]


def said(entry: Found | Skipped | Trouble) -> str:
    match entry:
        case Found():
            return "found"
        case Skipped():
            return entry.what
        case Trouble():
            assert (entry.code, entry.lost) == ("SRC001", True)
            return str(entry.facts["reason"])


def test_files_come_in_the_order_of_their_names_with_forward_slashes(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "\u00e9.txt", "B.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    names = [path for path, _ in met(tmp_path)]
    assert names == ["B.txt", "a.txt", "b/10.txt", "b/2.txt", "\u00e9.txt"]


def test_a_file_may_be_the_source_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert list(walk(tmp_path / "a.txt")) == [Found("a.txt", tmp_path / "a.txt", 5)]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert met(tmp_path) == []
    assert cableproof.validate(tmp_path).books.inputs == 0


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath):
        met(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["", "07BERN1.txt"])
def test_a_pipe_is_never_opened(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "07BERN1.txt")
    report = cableproof.validate(tmp_path / name)
    assert report.findings["rule"].tolist() == ["SRC001"]
    assert report.books.unreadable == 1


def test_links_are_not_followed_and_each_is_counted(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "outside.txt").touch()
    (root / "a.txt").touch()
    links = {
        "dangling": "nowhere",
        "inside": "a.txt",
        "out": "../outside.txt",
        "self": "self",
        "sub/loop": "..",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    assert met(root) == [
        ("a.txt", "found"),
        ("dangling", "a link that leads nowhere or to itself"),
        ("inside", "link inside the source"),
        ("out", "a link that leads out of the source; it was not followed"),
        ("self", "a link that leads nowhere or to itself"),
        ("sub/loop", "a link that leads back to its own folder"),
    ]
    books = cableproof.validate(root).books
    assert (books.unreadable, books.skipped, books.inputs, books.files) == (5, 1, 5, 6)


def test_a_file_that_may_not_be_read_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "07BERN1.txt").write_bytes(LINES)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert met(tmp_path) == [("07BERN1.txt", "no permission to read it")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    assert met(tmp_path) == [("shut", "permission denied")]
    (tmp_path / "shut").chmod(0o700)


def test_a_file_that_goes_before_it_is_read_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: Path) -> bytes:
        raise FileNotFoundError(2, "No such file or directory", str(self))

    (tmp_path / "a.jsonl").write_bytes(LINES)
    monkeypatch.setattr(Path, "read_bytes", gone)
    report = cableproof.validate(tmp_path)
    assert report.findings["message"].tolist() == ["no such file or directory"]
    assert report.books.unreadable == 1


@pytest.mark.parametrize(
    "name", [b"-rf.jsonl", b"a[1].jsonl", b"a\nb.jsonl", b"\xff.jsonl", b"\x1b"]
)
def test_a_file_of_any_name_is_read_once(tmp_path: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(LINES)
    assert cableproof.validate(tmp_path).books.records == 1


def test_what_version_control_keeps_is_no_part_of_the_source(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").touch()
    assert met(tmp_path) == []


def test_folders_may_be_nested_deeper_than_functions(tmp_path: Path) -> None:
    deep = 1500
    folders = [tmp_path.joinpath(*"a" * depth) for depth in range(1, deep + 1)]
    for folder in folders:
        folder.mkdir()
    (folders[-1] / "x").touch()
    assert met(tmp_path) == [("a/" * deep + "x", "found")]
    (folders[-1] / "x").unlink()
    for folder in reversed(folders):  # what clears up after a test is a function, too
        folder.rmdir()
