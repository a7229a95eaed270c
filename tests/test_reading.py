"""One file to readings: what is said of it, and each limit to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cableproof import plugins
from cableproof.sources import reading
from cableproof.sources.batches import Reading, empty
from cableproof.sources.blocks import Piece
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.places import At, Trouble
from cableproof.sources.reading import (
    PLACED,
    Seen,
    changing,
    look_at_large,
    read_data,
    read_piece,
    read_small,
)
from cableproof.sources.recognise import Recognised
from cableproof.sources.walk import Found, state
from tests import samples
from tests.packed import PACKED, zipped
from tests.samples import KINDS, frame, record, records

HTML = b"<!DOCTYPE html>\n<html><body>"
INDEX = HTML + b"<a href='/cable/2007/01/07BERN1.html'>1</a><table class='cable'>"
UNKNOWN = "no reader recognises this file; it was not checked"
CUT = "cut short: a page named for a cable that shows none"
each_kind = pytest.mark.parametrize("kind", [*KINDS, "Parquet"])


def write(kind: str, number: int = 3) -> bytes:
    return (
        samples.parquet(records(number)) if kind == "Parquet" else KINDS[kind][1](records(number))
    )


def found(folder: Path, data: bytes, name: str = "x", *, inside: bool = False) -> Found:
    (folder / name).write_bytes(data)
    return Found(name, folder / name, len(data), state((folder / name).stat()), inside)


def troubles(parts: list[Reading]) -> list[Trouble]:
    assert not any(len(each.frame()) for each in parts)
    return [trouble for each in parts for trouble in each.troubles]


def over(limit: int, what: str) -> Trouble:
    reason = f"over the limit of {limit:,} bytes for {what}"
    return Trouble("SRC001", "x", lost=True, facts={"reason": reason})


def test_a_file_of_which_nothing_is_said_is_lost() -> None:
    assert astuple(Seen("x", 3)) == ("x", 3, "", "", "", False)
    said = [Seen("x", 3, kind, skipped).lost for kind in ("", "k") for skipped in ("", "s")]
    assert said == [True, False, False, False]


@each_kind
@pytest.mark.parametrize("inside", [True, False])
def test_a_small_file_is_read_whole(kind: str, inside: bool, tmp_path: Path) -> None:
    data = write(kind)
    seen, parts = read_small(found(tmp_path, data, inside=inside), DEFAULT)
    what = "parquet" if kind == "Parquet" else KINDS[kind][0].kind
    assert seen == Seen("x", len(data), what, "", hashlib.sha256(data).hexdigest(), inside)
    names = [f"07BERN{number + 1}" for number in range(1 if kind == "JSON object" else 3)]
    assert frame(parts)["identifier"].to_list() == names


@pytest.mark.parametrize(
    ("name", "data", "skipped", "told"),
    [
        ("x", b"\1", "unknown format", [Trouble("SRC002", "x", facts={"reason": UNKNOWN})]),
        (
            "x.csv",
            b"",
            "empty file",
            [Trouble("SRC002", "x.csv", facts={"reason": "the file is empty"})],
        ),
        ("x.css", b"a", "style sheet", []),
        ("x", b" \n", "blank file", []),
        (
            "07BERN1.html",
            HTML,
            "",
            [Trouble("SRC003", "07BERN1.html", 1, 0, True, {"reason": CUT})],
        ),
        ("x.txt", b"", "", [Trouble("SRC003", "x.txt", 1, 0, True, {"reason": "empty file"})]),
        ("x", INDEX, "index page", []),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_what_is_said_of_a_file_without_a_record(
    name: str, data: bytes, skipped: str, told: list[Trouble], inside: bool, tmp_path: Path
) -> None:
    file = found(tmp_path, data, name, inside=inside)
    seen, parts = read_small(file, DEFAULT)
    digest = hashlib.sha256(data).hexdigest()
    assert seen == Seen(name, len(data), "", skipped, digest, inside)
    assert (troubles(parts), sum(each.lost for each in parts)) == (told, not skipped)
    if data.strip():
        seen, pieces, parts = look_at_large(file, DEFAULT)
        assert seen == Seen(name, len(data), "", skipped, "", inside)
        assert (pieces, troubles(parts)) == ([], told)


def test_a_large_file_that_begins_blank_may_go_on_otherwise(tmp_path: Path) -> None:
    file = found(tmp_path, b" \n" * 99)
    seen, pieces, parts = look_at_large(file, Limits(head=50))
    assert (seen, pieces) == (Seen("x", 198, "", "unknown format"), [])
    assert troubles(parts) == [Trouble("SRC002", "x", facts={"reason": UNKNOWN})]


def test_an_index_page_is_read_to_the_limit_of_a_page(tmp_path: Path) -> None:
    file = found(tmp_path, INDEX)
    _, (part,) = read_small(file, Limits(page=len(INDEX)))
    assert (part.index, part.links) == (None, (frozenset({"/cable/2007/01/07BERN1.html"}),))
    assert read_small(file, Limits(page=len(INDEX) - 1))[1] == []
    (tmp_path / "tag").mkdir()
    listing = found(tmp_path, INDEX + b"Currently released so far", "tag/SZ_0.html")
    _, (part,) = read_small(listing, DEFAULT)
    assert part.index is not None
    assert (part.index.path, part.index.cables) == ("tag/SZ_0.html", ("07BERN1",))


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("data", [zipped({}), PACKED["gz"](b"a"), b"7z\xbc\xaf\x27\x1c"])
def test_an_archive_is_one_by_its_first_bytes(data: bytes, inside: bool, tmp_path: Path) -> None:
    file = found(tmp_path, data, "07BERN1.txt", inside=inside)
    own = hashlib.sha256(data).hexdigest()
    assert read_small(file, DEFAULT) == (Seen(file.path, len(data), "archive", "", own, inside), [])
    assert look_at_large(file, DEFAULT) == (
        Seen(file.path, len(data), "archive", "", "", inside),
        [],
        [],
    )


@pytest.mark.parametrize("inside", [True, False])
def test_a_file_that_cannot_be_opened_is_lost(inside: bool, tmp_path: Path) -> None:
    file = Found("x", tmp_path / "nowhere", 3, inside=inside)
    told = [Trouble("SRC001", "x", lost=True, facts={"reason": "no such file or directory"})]
    seen, parts = read_small(file, DEFAULT)
    assert (seen, troubles(parts)) == (Seen("x", 3, inside=inside), told)
    seen, pieces, parts = look_at_large(file, DEFAULT)
    assert (seen, pieces, troubles(parts)) == (Seen("x", 3, inside=inside), [], told)
    assert troubles([*read_piece(Piece(file, "json", 0, 3), DEFAULT)]) == told


def test_why_a_file_cannot_be_read_is_told_even_if_the_system_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path) -> bytes:
        raise OSError

    file = found(tmp_path, b"a")
    monkeypatch.setattr(Path, "read_bytes", refused)
    told = Trouble("SRC001", "x", lost=True, facts={"reason": "cannot be read"})
    assert troubles(read_small(file, DEFAULT)[1]) == [told]


def test_a_file_that_changes_while_it_is_read_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = found(tmp_path, write("JSON lines"))

    def grows(self: Path) -> bytes:
        (tmp_path / "x").write_bytes(b"a")
        return b"a"

    monkeypatch.setattr(Path, "read_bytes", grows)
    assert not file.changed()
    seen, parts = read_small(file, DEFAULT)
    reason = {"reason": "it changed while it was read"}
    assert (seen, troubles(parts)) == (Seen("x", file.size), [changing("x")])
    assert changing("x") == Trouble("SRC001", "x", lost=True, facts=reason)
    assert file.changed()
    (tmp_path / "x").unlink()
    assert file.changed()


def test_a_page_is_read_to_its_limit() -> None:
    for kind in ("text page", "HTML page", "release page"):
        what, data = KINDS[kind][0], write(kind, 1)
        limits = Limits(page=len(data))
        (part,) = read_data(data, what, At("x"), limits)
        assert len(part.frame()) == 1
        (part,) = read_data(data, what, At("x"), replace(limits, page=len(data) - 1))
        assert troubles([part]) == [over(len(data) - 1, "a page")]
        assert part.extents == {"unreadable": len(data)}


@pytest.mark.parametrize("kind", ["text page", "HTML page", "release page", "JSON array"])
def test_a_large_file_that_is_read_whole_has_a_limit(kind: str, tmp_path: Path) -> None:
    data, what = write(kind, 1), KINDS[kind][0].kind
    file = found(tmp_path, data, inside=True)
    own = {"document" if what == "json" else "page": len(data)}
    other = {"page" if what == "json" else "document": 1}
    seen, pieces, parts = look_at_large(file, Limits(**own, **other))
    assert (seen, parts) == (Seen("x", len(data), what, inside=True), [])
    assert pieces == [Piece(file, what, 0, len(data))]
    seen, pieces, parts = look_at_large(
        file, Limits(**{name: size - 1 for name, size in own.items()})
    )
    assert (seen, pieces) == (Seen("x", len(data), inside=True), [])
    assert troubles(parts) == [over(len(data) - 1, f"a {what}")]


@each_kind
def test_a_large_file_is_read_in_pieces_as_at_once(kind: str, tmp_path: Path) -> None:
    data = write(kind, 9)
    file = found(tmp_path, data)
    small = Limits(range=1000, block=400, head=4096)
    seen, pieces, parts = look_at_large(file, small)
    assert (seen.kind, seen.size, seen.digest, parts) == (seen.kind, len(data), "", [])
    assert (len(pieces) > 1) == (kind in ("cables.csv", "JSON lines"))
    assert (pieces[0].start, pieces[-1].end) == (0, len(data))
    whole = read_small(file, DEFAULT)
    assert seen.kind == whole[0].kind
    got = frame(part for piece in pieces for part in read_piece(piece, small))
    assert got.drop("line").equals(frame(whole[1]).drop("line"))
    first = frame(read_piece(pieces[0], small))["line"]
    assert first.equals(frame(whole[1])["line"].head(len(first)))


def test_a_row_that_is_too_long_is_lost_and_counted(tmp_path: Path) -> None:
    rows = [samples.json_lines([record(n)]) for n in (1, 2, 3)]
    rows[1] = samples.json_lines([record(2, body="a" * 9000)])
    data = b"".join(rows)
    limits = Limits(record=4096, block=1024)
    parts = [*read_piece(Piece(found(tmp_path, data), "json-lines", 0, len(data)), limits)]
    reason = "longer than the limit of 4,096 bytes a record"
    lost = Trouble("SRC003", "x", 2, len(rows[0]), True, {"reason": reason})
    assert [trouble for each in parts for trouble in each.troubles] == [lost]
    assert frame(parts).select("identifier", "line").rows() == [("07BERN1", 1), ("07BERN3", 3)]
    assert sum(each.lines for each in parts) == 3
    assert sum(each.extents.get("unreadable", 0) for each in parts) == len(rows[1])
    assert sum(sum(each.extents.values()) for each in parts) == len(data)


def test_a_kind_of_others_is_read_by_their_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(data: bytes, at: At, limits: Limits) -> Iterator[Reading]:
        yield Reading(empty(), lines=len(data))

    telex: Any = SimpleNamespace(recognises=lambda head, path: head[:5] == b"telex", read=read)
    monkeypatch.setattr(plugins, "modules", lambda group: {"tram-telex": telex})
    monkeypatch.setattr(plugins, "of_group", lambda group: {"tram-telex": telex})
    (part,) = read_data(b"telex", Recognised("tram-telex"), At("x"), DEFAULT)
    assert part.lines == 5
    file = found(tmp_path, b"telex", "x")
    seen, pieces, parts = look_at_large(file, Limits(document=5, page=1))
    assert (seen.kind, pieces, parts) == ("tram-telex", [Piece(file, "tram-telex", 0, 5)], [])
    assert [each.lines for each in read_piece(pieces[0], DEFAULT)] == [5]
    seen, pieces, parts = look_at_large(file, Limits(document=4))
    assert (seen.lost, pieces, troubles(parts)) == (True, [], [over(4, "a tram-telex")])


def test_what_is_left_of_a_table_or_parquet_has_no_limit_of_a_document(tmp_path: Path) -> None:
    for kind in ("table", "Parquet", "cables.csv", "JSON lines"):
        file = found(tmp_path, write(kind))
        assert look_at_large(file, Limits(document=1, page=1))[2] == []
    assert {*PLACED} == {what.kind for what, _ in KINDS.values()}
    assert reading.ARCHIVE == "archive"
