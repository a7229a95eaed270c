"""What a file is, is told by its content; its name says only whether a record was meant."""

from pathlib import Path

import pytest

import cableproof
from cableproof.sources.recognise import recognise
from tests import samples
from tests.samples import KINDS, Said, html_page, record

NAMES = ("07BERN1.html", "a", "cables.csv", "x.jsonl", "x.txt", "x.parquet", "x.bin", "README")
HTML = b"<!DOCTYPE html>\n<html><body>"
LAYOUTS = (
    samples.as_dl,
    samples.as_table,
    samples.as_cells,
    samples.as_paragraphs,
    samples.as_lines,
)
PLAINLY_NONE = [
    ("index.html", HTML + b"<h1>All trams</h1></body></html>", "page without a record"),
    (
        "date/2010-01_0.html",
        HTML + b"<a href='/cable/2010/01/x.html'>x</a>",
        "page without a record",
    ),
    ("img/tram.jpg", b"\xff\xd8\xff\xe0", "image"),
    ("tram", b"\x89PNG\r\n\x1a\n", "image"),
    ("tram.gif", b"GIF89a", "image"),
    ("favicon.ico", b"\x00\x00\x01\x00", "image"),
    ("reset.css", b"body { color: black }", "style sheet"),
    ("js.js", b"var tram;", "script"),
    ("tram.pdf", b"%PDF-1.4", "document"),
    ("tram.woff", b"wOFF", "font"),
    ("README.md", b"# Trams", "documentation"),
    ("LICENSE", b"As you like it", "documentation"),
    ("release.torrent", b"d8:announce", "torrent"),
    (".gitkeep", b"", "empty placeholder"),
    ("empty.css", b"", "style sheet"),
    ("sample.md", b'# Trams\n\n```\n{"identifier": "07BERN1"}\n```\n', "documentation"),
    ("blank", b"\n \n", "blank file"),
]
SHOWS_NONE = [
    ("07BERN1.html", HTML + b"Not found</body></html>"),
    ("07BERN1.txt", b"Not found\n"),
    ("2007BERN1.htm", HTML),
    ("07BERN1.csv", b""),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_content_is_the_same_kind_under_any_name(kind: str, name: str) -> None:
    what, write = KINDS[kind]
    assert recognise(write([record()]), name, whole=True) == what


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "table"])
def test_the_beginning_of_a_large_file_tells_its_kind(kind: str) -> None:
    what, write = KINDS[kind]
    assert recognise(write(samples.records(9))[:700], "x", whole=False) == what


@pytest.mark.parametrize("said", LAYOUTS)
def test_a_page_is_recognised_in_any_layout(said: Said) -> None:
    assert recognise(html_page(record(), said), "x", whole=True).kind == "cablebrowser-page"


@pytest.mark.parametrize("first", [b",", b"col-1,", b"Unnamed: 0,", b'"a.b",', b"1,"])
def test_a_table_may_have_columns_of_any_name_before_the_identifier(first: bytes) -> None:
    header = first + b"identifier,body\n"
    assert recognise(header + b"0,07BERN1,x\n", "x", whole=True).kind == "csv-table"


@pytest.mark.parametrize(("name", "content", "skipped"), PLAINLY_NONE)
def test_what_is_plainly_no_record_is_skipped_and_said(
    name: str, content: bytes, skipped: str
) -> None:
    assert recognise(content, name, whole=True).skipped == skipped


def test_what_is_skipped_is_counted_and_raises_nothing(tmp_path: Path) -> None:
    for number, (name, content, _) in enumerate(PLAINLY_NONE):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / Path(name).name).write_bytes(content)
    (tmp_path / "cables.jsonl").write_bytes(samples.json_lines([record()]))
    report = cableproof.validate(tmp_path)
    assert (report.books.records, report.books.skipped) == (1, len(PLAINLY_NONE))
    assert not report.findings["rule"].str.startswith("SRC").any()


@pytest.mark.parametrize(("name", "content"), SHOWS_NONE)
def test_a_file_that_was_to_hold_a_record_and_shows_none_is_damaged(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    report = cableproof.validate(tmp_path)
    assert report.findings["rule"].tolist() == ["SRC003"]
    assert report.books.unreadable == 1


def test_a_format_that_no_reader_knows_is_skipped_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "odd.dat").write_bytes(b"\1\2\3 trams\n")
    report = cableproof.validate(tmp_path)
    assert report.findings["rule"].tolist() == ["SRC002"]
    assert report.books.skipped == 1


def test_a_page_is_a_page_though_its_name_says_documentation() -> None:
    assert recognise(samples.page(record()), "07BERN1.md", whole=True).kind == "cablebrowser-page"


def test_a_text_that_quotes_a_record_is_no_table_of_records() -> None:
    text = b'Each line is a record:\n{"identifier": "07BERN1"}\nand so on.\n'
    assert recognise(text, "about.txt", whole=True).kind == ""
