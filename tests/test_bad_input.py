"""Bad input never ends a run: one finding, at its place, and the next record is read."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cableproof
from cableproof import schemas
from cableproof.report import Report
from cableproof.run import run
from cableproof.source import Source
from cableproof.sources.limits import Limits
from cableproof.validators.catalogue import selected
from tests import samples
from tests.samples import CANARY, fields, html_page, page, record, release_page

Books = tuple[int, int, int]  # records, unreadable, skipped
Found = list[tuple[str, int | None]]  # code and line of each SRC finding


@dataclass(frozen=True)
class Bad:
    """A file, what it holds, and what must come of it."""

    name: str
    content: bytes
    books: Books
    found: Found


A, B, C = (samples.cables_row(record(n), n) for n in (1, 2, 3))
AJ, BJ, CJ = (samples.json_lines([record(n)]) for n in (1, 2, 3))
LINES = A.count(b"\n")  # of one row
NAMES = ("identifier", "origin", "created", "classification", "body")
ROWS = samples.table(samples.records(3), NAMES)
ROW = (ROWS.count(b"\n") - 1) // 3
PAGE, HTML, RELEASE = page(record()), html_page(record()), release_page(record())
ARRAY = samples.json_array(samples.records(3))
NESTED = b'{"identifier": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
DEEP = b"<div>" * 300
LINE = CANARY.encode() + b" tram"


def line_of(data: bytes, mark: bytes) -> int:
    """Return the line on which a mark stands first."""
    return data.count(b"\n", 0, data.index(mark)) + 1


def put(data: bytes, mark: bytes, new: bytes) -> bytes:
    """Return the data with ``new`` in place of a mark where it stands first."""
    assert mark in data
    return data.replace(mark, new, 1)


def unquoted(row: bytes) -> bytes:
    return row.replace(b'"', b"")


PAGES = [
    Bad("p.txt", PAGE[: PAGE.index(b"Origin:")], (0, 1, 0), [("SRC003", 9)]),
    Bad("p.txt", PAGE[: PAGE.index(LINE)], (0, 1, 0), [("SRC003", line_of(PAGE, LINE))]),
    Bad("p.html", HTML[: HTML.index(LINE)], (0, 1, 0), [("SRC003", line_of(HTML, LINE))]),
    Bad("r.html", RELEASE[: RELEASE.index(LINE)], (0, 1, 0), [("SRC003", line_of(RELEASE, LINE))]),
    Bad("r.html", RELEASE[: RELEASE.index(b"</table>")], (0, 1, 0), [("SRC003", 7)]),
    Bad("07BERN1.html", RELEASE[: RELEASE.index(b"Viewing")], (0, 1, 0), [("SRC003", 1)]),
    Bad("07BERN1.txt", b"", (0, 1, 0), [("SRC003", 1)]),
    Bad("p.txt", put(PAGE, LINE, b"\xe9" + LINE), (1, 0, 0), [("SRC005", line_of(PAGE, LINE))]),
    Bad("p.html", put(HTML, LINE, b"\xe9" + LINE), (1, 0, 0), [("SRC005", line_of(HTML, LINE))]),
    Bad("p.txt", b"\xef\xbb\xbf" + PAGE, (1, 0, 0), [("SRC009", 1)]),
    Bad("r.html", b"\xef\xbb\xbf" + RELEASE, (1, 0, 0), [("SRC009", 1)]),
    Bad("p.txt", PAGE.decode().encode("utf-16"), (1, 0, 0), [("SRC005", 1)]),
    Bad("p.html", HTML.decode().encode("utf-16"), (1, 0, 0), [("SRC005", 1)]),
    Bad("p.txt", PAGE.decode().encode("utf-16")[:-1], (0, 1, 0), [("SRC003", 1)]),
    Bad("p.txt", put(PAGE, LINE, b"\0" + LINE), (0, 1, 0), [("SRC003", line_of(PAGE, LINE))]),
    Bad("p.html", put(HTML, LINE, b"\0" + LINE), (0, 1, 0), [("SRC003", line_of(HTML, LINE))]),
    Bad("r.html", RELEASE + b"<html>" + LINE, (1, 1, 0), [("SRC003", RELEASE.count(b"\n") + 1)]),
    Bad("r.html", RELEASE + release_page(record(2)), (2, 0, 0), []),
    Bad("p.txt", PAGE + b"\n" + page(record(2)), (2, 0, 0), []),
    Bad("r.html", RELEASE + b"\n<!-- copied by a tram -->\n", (1, 0, 0), []),
    Bad("r.html", put(RELEASE, b"<table", DEEP + b"<table"), (0, 1, 0), [("SRC003", 1)]),
    Bad("p.html", put(HTML, b"<dl>", DEEP + b"<dl>"), (0, 1, 0), [("SRC003", 1)]),
]
CABLES = [
    Bad("c", A + b"\xef\xbb\xbf" + B + C, (2, 1, 0), [("SRC003", LINES + 1)]),
    Bad("c", b"\xef\xbb\xbf" + A, (1, 0, 0), [("SRC009", 1)]),
    Bad("c", A + put(B, LINE, b"\xe9" + LINE), (2, 0, 0), [("SRC005", LINES + line_of(B, LINE))]),
    Bad("c", A + put(B, LINE, b"\0") + C, (2, 1, 0), [("SRC003", LINES + 1)]),
    Bad("c", (A + B).decode().encode("utf-16"), (0, 1, 0), [("SRC003", 1)]),
    Bad("c", A + B.removesuffix(b'"\n'), (1, 1, 0), [("SRC003", LINES + 1)]),
    Bad("c", A + B[: B.index(LINE)] + b"\n" + C, (2, 1, 0), [("SRC003", LINES + 1)]),
    Bad("c", A + put(B, LINE, b'"' + LINE) + C, (2, 1, 0), [("SRC003", LINES + 1)]),
    Bad("c", A + put(B, b'"UNCLASSIFIED",', b"") + C, (2, 1, 0), [("SRC003", LINES + 1)]),
    Bad("c", A + put(B, b'"UNCLASSIFIED",', b'"A","B",') + C, (2, 1, 0), [("SRC003", LINES + 1)]),
    Bad("c", A.replace(b'","', b'";"'), (0, 1, 0), [("SRC003", 1)]),
    Bad("c", A.replace(b'","', b'"\t"'), (0, 1, 0), [("SRC003", 1)]),
    Bad("c", unquoted(A), (0, 1, 0), [("SRC003", 1)]),
    Bad("c", A.replace(LINE, b'the ""' + LINE + b'"" line'), (0, 1, 0), [("SRC003", 1)]),
    Bad("c", A + LINE + b"\n" + B, (2, 1, 0), [("SRC003", LINES + 1)]),
]
TABLES = [
    Bad("t.csv", ROWS.replace(b",", b";"), (0, 1, 0), [("SRC003", 1)]),
    Bad("t.csv", ROWS.replace(b",", b"\t"), (0, 1, 0), [("SRC003", 1)]),
    Bad("t.csv", put(ROWS, b"origin", b"identifier"), (0, 1, 0), [("SRC003", 1)]),
    Bad("t.csv", b"\xef\xbb\xbf" + ROWS, (3, 0, 0), [("SRC009", 1)]),
    Bad("t.csv", ROWS.decode().encode("utf-16"), (0, 1, 0), [("SRC003", 1)]),
    Bad("t.csv", put(ROWS, LINE, b"\xe9" + LINE), (3, 0, 0), [("SRC005", line_of(ROWS, LINE))]),
    Bad("t.csv", put(ROWS, LINE, b"\0" + LINE), (2, 1, 0), [("SRC003", 2)]),
    Bad("t.csv", put(ROWS, b"07BERN2,", b"07BERN2,,"), (2, 1, 0), [("SRC003", 2 + ROW)]),
    Bad("t.csv", put(ROWS, b"07BERN2,", b""), (2, 1, 0), [("SRC003", 2 + ROW)]),
    Bad("t.csv", put(ROWS, LINE, b'"' + LINE), (2, 1, 0), [("SRC003", 2)]),
    Bad("t.csv", put(ROWS, b'"UNCLAS BERN 000002', b"UNCLAS"), (3, 1, 0), [("SRC003", 3 + ROW)]),
    Bad("t.csv", ROWS.removesuffix(b'"\n'), (2, 1, 0), [("SRC003", 2 + 2 * ROW)]),
    Bad("t.csv", b"identifier," + b"x" * 200_000, (0, 1, 0), [("SRC003", 1)]),
    Bad("t.csv", ROWS.split(b"\n")[0], (0, 0, 0), []),
]
JSON = [
    Bad("j", AJ + BJ[: BJ.index(LINE)] + b"\n" + CJ, (2, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + BJ.strip() + b" " + CJ, (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + BJ[: BJ.index(LINE)], (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + b"\n \n" + BJ, (2, 0, 0), []),
    Bad("j", AJ + BJ.replace(LINE, b"\xff" + LINE) + CJ, (2, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, b"{", b'{"origin": "Embassy Bern", '), (2, 0, 0), [("SRC006", 2)]),
    Bad("j", AJ + put(BJ, b'"SZ"', b"NaN"), (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, b'"SZ"', b"-Infinity"), (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, b'"SZ"', b"1e999"), (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, b'"SZ"', b"9" * 5000), (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + NESTED + CJ, (2, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, LINE, b"\\ud800" + LINE), (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, LINE, b"\\u0000" + LINE), (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, LINE, b"\0" + LINE), (1, 1, 0), [("SRC003", 2)]),
    Bad("j", AJ + put(BJ, LINE, b"\\\\u0000" + LINE), (2, 0, 0), []),
    Bad("j", AJ + b'["' + LINE + b'"]\n' + CJ, (2, 1, 0), [("SRC003", 2)]),
    Bad("j", b"\xef\xbb\xbf" + AJ, (1, 0, 0), [("SRC009", 1)]),
    Bad("j", AJ.decode().encode("utf-16"), (0, 1, 0), [("SRC003", 1)]),
]
SECOND = line_of(ARRAY, b"07BERN2") - 1
THIRD = line_of(ARRAY, b"07BERN3") - 1
DOCUMENTS = [
    Bad("d", ARRAY[: ARRAY.rindex(LINE)], (2, 1, 0), [("SRC003", THIRD)]),
    Bad("d", ARRAY.rstrip(b"]\n"), (3, 1, 0), [("SRC003", ARRAY.count(b"\n"))]),
    Bad("d", put(ARRAY, b'"TRAM 2', b"TRAM 2"), (2, 1, 0), [("SRC003", SECOND)]),
    Bad("d", put(ARRAY, b"TRAM 2", b'TRAM "2'), (2, 1, 0), [("SRC003", SECOND)]),
    Bad("d", put(ARRAY, b"},\n {", b",\n {"), (2, 1, 0), [("SRC003", 2)]),
    Bad("d", put(ARRAY, b"},\n {", b"}, " + LINE + b"\n {"), (3, 1, 0), [("SRC003", SECOND - 1)]),
    Bad("d", put(ARRAY, b"TRAM 2", b"\xe9TRAM 2"), (2, 1, 0), [("SRC003", SECOND)]),
    Bad("d", put(ARRAY, b"TRAM 2", b"\\u0000"), (2, 1, 0), [("SRC003", SECOND)]),
    Bad("d", put(ARRAY, b"TRAM 2", b"\0"), (2, 1, 0), [("SRC003", SECOND)]),
    Bad("d", put(ARRAY, b'[\n   "ELTN"', b'[NaN,\n   "ELTN"'), (2, 1, 0), [("SRC003", 2)]),
    Bad("d", ARRAY + LINE, (3, 1, 0), [("SRC003", ARRAY.count(b"\n") + 1)]),
    Bad("d", b"\xef\xbb\xbf" + ARRAY, (3, 0, 0), [("SRC009", 1)]),
    Bad("d", b"[" + NESTED + b"," + AJ + b"]", (1, 1, 0), [("SRC003", 1)]),
    Bad("d", b"[]", (0, 0, 0), []),
]
PARQUET = samples.parquet(samples.records(50))
FILES = [
    Bad("q.parquet", PARQUET[:900], (0, 1, 0), [("SRC003", None)]),
    Bad("q.parquet", b"PAR1" + LINE, (0, 1, 0), [("SRC003", None)]),
    Bad("q.parquet", LINE, (0, 0, 1), [("SRC002", None)]),
    Bad("empty.jsonl", b"", (0, 0, 1), [("SRC002", None)]),
    Bad("empty.txt", b"", (0, 1, 0), [("SRC003", 1)]),
    Bad("blank.txt", b" \n\n", (0, 0, 1), []),
    Bad("odd.dat", b"\1\2\3" + LINE, (0, 0, 1), [("SRC002", None)]),
]
ALL = [*PAGES, *CABLES, *TABLES, *JSON, *DOCUMENTS, *FILES]


def named(group: list[Bad]) -> list[str]:
    """Return a name for each row of the table, by its place in it."""
    return [f"{number}-{bad.name}" for number, bad in enumerate(group)]


def src(report: Report) -> Found:
    """Return code and line of each SRC finding."""
    rows = report.findings[report.findings["rule"].str.startswith("SRC")]
    lines = [None if pd.isna(line) else int(line) for line in rows["line"]]
    return list(zip(rows["rule"], lines, strict=True))


def validated(folder: Path, bad: Bad) -> Report:
    (folder / bad.name).write_bytes(bad.content)
    return cableproof.validate(folder / bad.name)


@pytest.mark.parametrize("bad", ALL, ids=named(ALL))
def test_bad_input_is_counted_and_said_at_its_line(tmp_path: Path, bad: Bad) -> None:
    report = validated(tmp_path, bad)
    books = report.books
    assert (books.records, books.unreadable, books.skipped) == bad.books
    assert src(report) == bad.found
    for start, line in report.findings[["start", "line"]].dropna().itertuples(index=False):
        assert bad.content.count(b"\n", 0, int(start)) + 1 == line


@pytest.mark.parametrize("bad", ALL, ids=named(ALL))
def test_no_finding_holds_a_word_of_the_content(tmp_path: Path, bad: Bad) -> None:
    assert CANARY not in json.dumps(validated(tmp_path, bad).document())


CUT = settings(derandomize=True, deadline=None, max_examples=40)
PAGE_FILES = {"text": PAGE, "HTML": HTML, "release": RELEASE}


@pytest.mark.parametrize("kind", PAGE_FILES)
@CUT
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_page_that_is_cut_is_whole_in_its_text_or_no_record(kind: str, share: float) -> None:
    data = PAGE_FILES[kind]
    for made in fields(data[: int(share * len(data))]):
        assert made["body"] == record()["body"]


@pytest.mark.parametrize("unit", ["{}", "row", "page"])
def test_what_is_over_a_limit_is_unreadable_and_the_limit_is_named(
    tmp_path: Path, unit: str
) -> None:
    small = Limits(page=200, record=200, range=100_000)
    long = {"{}": AJ, "row": A, "page": PAGE}[unit]
    (tmp_path / "data").write_bytes(long)
    report = run([Source("data", tmp_path)], selected(("SRC",), ()), limits=small)
    assert (report.books.records, report.books.unreadable) == (0, 1)
    assert "the limit of 200 bytes" in report.findings["message"].item()


def test_a_record_of_three_megabytes_is_read_whole() -> None:
    long = record(body="UNCLAS " + "tram \n" * 600_000)
    for write in (samples.json_lines, samples.cables_csv, samples.table, samples.json_array):
        assert [made["body"] for made in fields(write([long, record(2)]))] == [
            long["body"],
            record(2)["body"],
        ]


def test_many_damaged_objects_of_a_document_take_no_more_than_their_share() -> None:
    count = 20_000
    broken = b"[" + b",\n".join(b'{"identifier": "07BERN%d", "x' % n for n in range(count)) + b"]"
    assert len(samples.troubles(samples.read(broken))) == count


@pytest.mark.parametrize("rows", [b"x\n07BERN1,y\n", b'07BERN1,"y""\n'])
def test_many_damaged_rows_of_a_table_take_no_more_than_their_share(rows: bytes) -> None:
    made = samples.read(b"identifier,body\n" + rows * 20_000)
    assert samples.troubles(made)


@pytest.mark.parametrize(
    "data",
    [
        b"x" + b" " * 200_000,
        b"x\n" + b"\n" * 200_000 + b"x",
        b"US embassy cable - 07BERN1\n" * 20_000,
        b"US embassy cable - 07BERN1\n\n" + PAGE + b" " * 200_000 + b"x",
        b"<html>Viewing cable <pre>" * 5_000,
        put(RELEASE, b"07BERN1, ", b"07BERN1, " + b" " * 100_000 + b"x"),
        put(PAGE, b"cablebrowser-2,", b"x" + b" " * 100_000 + b"x" + b", released " * 10_000),
        RELEASE + b"</html>" * 2_000 + b"<!--" * 50_000,
    ],
)
def test_no_page_takes_more_time_than_its_size(data: bytes) -> None:
    samples.read(data, "07BERN1.html")


def test_a_report_of_our_own_among_the_records_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{\n "report": "cableproof/1",\n "command": "validate"}')
    report = run([Source("x", tmp_path)], ())
    assert report.sources[0].skipped == {"report": 1}


@pytest.mark.parametrize(
    ("content", "code"), [(b"\x01\x02" * 5000, "SRC002"), (PAGE + LINE * 1000, "SRC001")]
)
def test_a_large_file_that_holds_no_record_has_its_digest(
    content: bytes, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "alone.txt"
    file.write_bytes(content)
    limits = Limits(range=1000, page=2000, head=500)
    report = run([Source.of(str(file))], selected((), ()), limits=limits)
    assert list(report.findings["rule"]) == [code]
    assert report.sources[0].digest == f"sha256:{sha256(content).hexdigest()}"


def test_a_file_that_cannot_be_read_has_no_digest_and_the_report_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "alone.txt"
    file.write_bytes(PAGE)

    def refused(*_: object, **__: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    report = run([Source.of(str(file))], selected((), ()))
    monkeypatch.undo()
    assert list(report.findings["rule"]) == ["SRC001"]
    assert report.document()["sources"][0]["digest"] is None
    Draft202012Validator(schemas.load("report")).validate(report.document())
