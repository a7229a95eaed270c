"""Archives are sources: members are read where they stand, and nothing in them can do harm."""

from __future__ import annotations

import io
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cableproof
from cableproof.report import Report
from cableproof.run import run
from cableproof.source import Source
from cableproof.sources.archives.faults import ArchiveFault
from cableproof.sources.archives.forms import form_of
from cableproof.sources.archives.names import target, unsafe
from cableproof.sources.archives.streams import unpacked
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.validators.catalogue import CATALOGUE
from tests.packed import (
    FORMS,
    PACKED,
    Members,
    overlapping,
    seven,
    special,
    tarred,
    with_link,
    zipped,
)
from tests.samples import cables_csv, json_lines, page, record, records

PAGES = {f"pages/{each['identifier']}.txt": page(each) for each in records(5)}
MEMBERS: Members = {**PAGES, "cables.csv": cables_csv(records(9)[5:]), "style.css": b"a { }"}
MADE = FORMS | ({"7z": seven} if find_spec("py7zr") else {})
each_form = pytest.mark.parametrize("form", MADE)


def report_on(path: Path, limits: Limits = DEFAULT) -> Report:
    return run([Source("a", path)], list(CATALOGUE.values()), limits=limits)


def written(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def unpacked_into(folder: Path, members: Members = MEMBERS) -> Path:
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def told(report: Report, inside: str = "") -> list[tuple[str, str, str]]:
    """Return rule, path in its archive and message of each finding, sorted."""
    found = report.findings
    paths = found["path"].str.removeprefix(f"{inside}!/")
    return sorted(zip(found["rule"], paths, found["message"], strict=True))


def reasons(report: Report) -> dict[str, str]:
    """Return by its path what is wrong with each archive, or member of one."""
    found = report.findings[report.findings["rule"] == "SRC004"]
    return dict(zip(found["path"], found["message"], strict=True))


@each_form
def test_an_archive_is_read_as_the_folder_that_comes_out_of_it(form: str, tmp_path: Path) -> None:
    archive = written(tmp_path, f"all.{form}", MADE[form](MEMBERS))
    packed = report_on(archive)
    folder = report_on(unpacked_into(tmp_path / "all"))
    assert told(packed, archive.name) == told(folder)
    assert packed.books.records == folder.books.records == 9
    assert (packed.books.files, packed.books.skipped) == (len(MEMBERS) + 1, 1)
    assert packed.sources[0].extents == folder.sources[0].extents


@each_form
def test_a_place_in_an_archive_is_its_name_and_that_of_the_member(
    form: str, tmp_path: Path
) -> None:
    bad = {"pages/07BERN1.txt": page(record(origin="Nowhere at All"))}
    written(tmp_path, f"all.{form}", MADE[form](bad))
    for source, root in ((tmp_path, tmp_path / f"all.{form}"), *[(tmp_path / f"all.{form}",) * 2]):
        (found,) = (f for f in report_on(source).found() if f["rule"] == "ORG001")
        assert found["place"]["path"] == f"{root}!pages/07BERN1.txt"


@pytest.mark.parametrize("end", PACKED)
@pytest.mark.parametrize("name", ["cables.csv", "cables.jsonl"])
def test_a_compressed_table_is_read_as_the_table(name: str, end: str, tmp_path: Path) -> None:
    data = {"cables.csv": cables_csv, "cables.jsonl": json_lines}[name](records(30))
    packed = report_on(written(tmp_path, f"{name}.{end}", PACKED[end](data)))
    small = replace(DEFAULT, range=4096, block=4096)
    pieces = report_on(tmp_path / f"{name}.{end}", small)
    (tmp_path / "plain").mkdir()
    plain = report_on(written(tmp_path / "plain", name, data))
    assert told(packed, f"{name}.{end}") == told(pieces, f"{name}.{end}") == told(plain)
    assert packed.books.records == pieces.books.records == 30


@each_form
def test_two_sources_are_compared_packed_as_they_are_in_folders(form: str, tmp_path: Path) -> None:
    other = dict(PAGES) | {"pages/07BERN2.txt": page(record(2, classification="SECRET"))}
    written(tmp_path, f"a.{form}", MADE[form](PAGES))
    written(tmp_path, f"b.{form}", MADE[form](other))
    unpacked_into(tmp_path / "a", PAGES)
    unpacked_into(tmp_path / "b", other)
    packed = cableproof.compare(f"a={tmp_path}/a.{form}", f"b={tmp_path}/b.{form}")
    folders = cableproof.compare(f"a={tmp_path}/a", f"b={tmp_path}/b")
    assert [each.kind for each in packed.discrepancies] == ["CMP201"]
    assert packed.pairs == folders.pairs
    assert packed.discrepancies == folders.discrepancies


def test_archives_in_one_another_are_read_to_the_limit(tmp_path: Path) -> None:
    data = zipped(PAGES)
    for level in range(DEFAULT.depth):
        data = (tarred if level % 2 else zipped)({f"level{level}": data})
    report = report_on(written(tmp_path, "all.zip", data))
    assert report.books.records == 0
    assert [*reasons(report).values()] == ["over the limit of 4 archives in one another"]
    deeper = report_on(tmp_path / "all.zip", replace(DEFAULT, depth=5))
    assert deeper.books.records == len(PAGES)
    assert deeper.findings.empty or not reasons(deeper)


def test_limits_of_archives_in_archives_are_none_of_the_outer_one(tmp_path: Path) -> None:
    limits = replace(DEFAULT, depth=1, nested=1024)
    report = report_on(written(tmp_path, "all.zip", zipped(PAGES)), limits)
    assert report.books.records == len(PAGES)
    assert not reasons(report)


BOMB = bytes(4 << 20)


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (zipped({"07BERN1.txt": BOMB}), DEFAULT, "over the limit of a ratio of 100"),
        (PACKED["gz"](BOMB), DEFAULT, "over the limit of a ratio of 100"),
        (PACKED["gz"](tarred({"07BERN1.txt": BOMB})), DEFAULT, "over the limit of a ratio of 100"),
        (zipped(PAGES), replace(DEFAULT, members=3), "over the limit of 3 members"),
        (tarred(PAGES), replace(DEFAULT, members=3), "over the limit of 3 members"),
        (zipped(PAGES), replace(DEFAULT, unpacked=2048), "over the limit of 2,048 bytes"),
        (PACKED["xz"](tarred(PAGES)), replace(DEFAULT, unpacked=4096), "over the limit of 4,096"),
        (
            zipped({"a.zip": zipped(PAGES)}),
            replace(DEFAULT, nested=1024),
            "over the limit of 1,024 bytes for an archive in an archive",
        ),
    ],
)
def test_a_limit_that_is_hit_is_named(
    data: bytes, limits: Limits, reason: str, tmp_path: Path
) -> None:
    report = report_on(written(tmp_path, "all", data), limits)
    assert [each[: len(reason)] for each in set(reasons(report).values())] == [reason]


def test_rows_before_the_limit_of_a_bomb_are_read(tmp_path: Path) -> None:
    data = cables_csv(records(3)) + b'"4","1/2/2007 10:30","' + BOMB * 4
    report = report_on(written(tmp_path, "cables.csv.gz", PACKED["gz"](data)))
    assert report.books.records == 3
    assert "over the limit of a ratio" in reasons(report)["cables.csv.gz"]


@pytest.mark.parametrize("name", ["../x.txt", "/x.txt", "a\\x.txt", "C:x.txt", "a/../../x", "a\n"])
def test_a_member_with_an_unsafe_name_is_named_and_not_read(name: str, tmp_path: Path) -> None:
    members = {name: page(record(8)), "07BERN1.txt": page(record())}
    for form in ("zip", "tar"):
        report = report_on(written(tmp_path, f"all.{form}", FORMS[form](members)))
        assert [path.partition("!/")[2] for path in reasons(report)] == [name]
        assert report.books.records == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["all.tar", "all.zip"]


def test_members_of_one_name_are_both_read_and_told_apart(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("07BERN1.txt", page(record()))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("07BERN1.txt", page(record(classification="SECRET")))
    report = report_on(written(tmp_path, "all.zip", out.getvalue()))
    assert list(reasons(report)) == ["all.zip!/07BERN1.txt#2"]
    assert report.books.records == 2


@pytest.mark.parametrize(
    ("to", "skipped"), [("pages/07BERN1.txt", 1), ("../secret.txt", 0), ("/etc/hostname", 0)]
)
def test_a_link_is_never_followed(to: str, skipped: int, tmp_path: Path) -> None:
    for data in (with_link(PAGES, "link.txt", to), tarred(PAGES, **{"link.txt": to})):
        report = report_on(written(tmp_path, "all", data))
        assert (report.books.skipped, len(reasons(report))) == (skipped, 1 - skipped)
        assert report.books.records == len(PAGES)


@pytest.mark.parametrize("kind", [tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.LNKTYPE])
def test_what_is_no_file_is_never_opened(kind: bytes, tmp_path: Path) -> None:
    report = report_on(written(tmp_path, "all.tar", special(kind)))
    assert list(reasons(report)) == ["all.tar!/07BERN1.txt"]


def test_overlapping_members_are_refused_as_a_whole(tmp_path: Path) -> None:
    report = report_on(written(tmp_path, "all.zip", overlapping(page(record()))))
    assert reasons(report) == {
        "all.zip": "its members overlap, as in no archive that a program wrote"
    }
    assert (report.books.records, report.books.unreadable_files) == (0, 1)


def test_a_member_whose_bytes_changed_is_lost_alone(tmp_path: Path) -> None:
    data = bytearray(zipped(PAGES, zipfile.ZIP_STORED))
    at = data.index(b"07BERN3 at Wikileaks")
    data[at + 2] ^= 1
    report = report_on(written(tmp_path, "all.zip", bytes(data)))
    assert list(reasons(report)) == ["all.zip!/pages/07BERN3.txt"]
    assert report.books.records == len(PAGES) - 1


def test_a_tar_that_ends_between_two_members_is_cut(tmp_path: Path) -> None:
    whole = tarred(PAGES)
    cut = whole[: whole.index(b"pages/07BERN4.txt")]
    report = report_on(written(tmp_path, "all.tar", cut))
    assert reasons(report) == {
        "all.tar": "it has no end-of-archive block: it is cut short or damaged"
    }
    assert (report.books.records, report.books.unreadable) == (3, 1)


@each_form
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_an_archive_that_is_cut_anywhere_is_said_to_be(
    form: str, share: float, tmp_path: Path
) -> None:
    data = MADE[form](MEMBERS).rstrip(b"\0")  # a tar ends with blocks of nothing
    report = report_on(written(tmp_path, f"all.{form}", data[: int(len(data) * share)]))
    assert reasons(report)


@pytest.mark.parametrize("name", ["all.docx", "all.zip"])
def test_a_document_of_an_office_program_is_no_archive(name: str, tmp_path: Path) -> None:
    data = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    report = report_on(written(tmp_path, name, data))
    assert dict(report.sources[0].skipped) == {"document": 1}


def test_a_7z_without_its_library_is_unreadable_and_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "py7zr", None)
    report = report_on(written(tmp_path, "all.7z", b"7z\xbc\xaf\x27\x1c" + bytes(60)))
    assert reasons(report) == {
        "all.7z": "7z archives are read with the library py7zr: pip install 'cableproof[7z]'"
    }


HARMED = st.sampled_from(sorted(MADE)).flatmap(
    lambda form: st.tuples(
        st.just(form),
        st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(1, 255)), min_size=1, max_size=4),
    )
)


@settings(deadline=None, max_examples=60)
@given(harmed=HARMED)
def test_whatever_is_harmed_in_an_archive_the_books_balance(
    harmed: tuple[str, list[tuple[int, int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    form, edits = harmed
    data = bytearray(MADE[form](PAGES))
    for at, change in edits:
        data[at % len(data)] ^= change
    file = tmp_path_factory.getbasetemp() / f"harmed.{form}"
    file.write_bytes(data)
    report = report_on(file)
    for source in report.sources:
        source.balanced()


@pytest.mark.parametrize("end", PACKED)
def test_a_stream_goes_back_by_beginning_anew(end: str) -> None:
    data = bytes(range(256)) * 4096
    packed = PACKED[end](data)
    stream = unpacked(lambda: io.BytesIO(packed), end, len(packed))
    for at in (1000, 900_000, 10, 0):
        assert stream.seek(at) == at
        assert stream.read(50) == data[at : at + 50]
    with pytest.raises(ArchiveFault):
        stream.seek(0, os.SEEK_END)
    stream.close()


@pytest.mark.parametrize("form", [*MADE, *PACKED])
def test_a_form_is_told_by_its_first_bytes(form: str) -> None:
    made: Callable[[Members], bytes] = MADE.get(form) or (lambda m: PACKED[form](b"text"))
    assert form_of(made(PAGES)[:512]) == form.rpartition(".")[2]


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>", page(record()), bytes(512), b"BZ", b"7z"])
def test_what_is_no_archive_has_no_form(data: bytes) -> None:
    assert form_of(data[:512]) == ""


@pytest.mark.parametrize(
    ("name", "link", "leads"),
    [
        ("a/b", "c", "a/c"),
        ("a/b", "../c", "c"),
        ("a/b", "../../c", None),
        ("a/b", "/c", None),
        ("b", "a/../..", None),
    ],
)
def test_where_a_link_leads(name: str, link: str, leads: str | None) -> None:
    assert target(name, link) == leads


@pytest.mark.parametrize("name", ["a", "a/b.html", ".a", "a..b/c", "\xe9/\u4e2d"])
def test_a_usual_name_is_safe(name: str) -> None:
    assert not unsafe(name)
