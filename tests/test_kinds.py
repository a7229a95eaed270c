"""Each sign by which a file shows what it is, alone and up to where it is looked for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cableproof import plugins
from cableproof.errors import BrokenPlugIn
from cableproof.sources.recognise import MANIFEST, RECORD_KINDS, Recognised, recognise
from tests import samples
from tests.packed import zipped
from tests.samples import KINDS, record

HTML = b"<!DOCTYPE html>\n<html><body>"
BROWSER = b"Identifier Classification Redacted"
LISTED = "0" * 64 + "  a\n"
DIALECT = "another dialect than that of cables.csv: commas, every field quoted, backslash escapes"
TABLE = "another dialect than a table's: commas, each name once, one of them identifier"
UTF16 = "UTF-16, which is read in pages only: tables and JSON are UTF-8"
ROW = b'"1","1/2/2007 10:30",'
SUFFIXES = {
    ".css": "style sheet",
    ".js": "script",
    ".md": "documentation",
    ".torrent": "torrent",
    **dict.fromkeys((".svg", ".ico", ".jpg", ".png", ".gif"), "image"),
}
#: A file by its name and content, and what it is: a kind, or in brackets why it has none.
TOLD: list[tuple[str, bytes, str]] = [
    *[("x", magic, "[image]") for magic in (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\0\0\1\0")],
    *[("x", magic, "[font]") for magic in (b"wOFF", b"wOF2")],
    ("x", b"%PDF", "[document]"),
    ("x", zipped({"mimetype": b""}), "[document]"),
    ("x", b"PAR1", "parquet"),
    ("07BERN1.txt", b"PAR1", "parquet"),
    ("x", MANIFEST, "[manifest]"),
    ("x", b'{"report": "cableproof/', "[report]"),
    ("x", b'{\n "report": "cableproof/', "[report]"),
    ("x", HTML + b"Viewing cable 07BERN1", "wikileaks-page"),
    ("07BERN1.html", HTML + b"<table class='cable'>", "wikileaks-page"),
    ("07BERN1.html", HTML + b'<table class="cable">', "wikileaks-page"),
    ("x", HTML + b"<table class='cable'>", "[index page]"),
    ("x.md", HTML + b"<table class='cable'>", "[documentation]"),
    ("07BERN1.html", HTML + b"<table class='other'>", "{cut short: a page named for a cable that shows none}"),
    ("x", HTML + BROWSER, "cablebrowser-page"),
    ("07BERN1", HTML + BROWSER, "cablebrowser-page"),
    *[("x", HTML + BROWSER.replace(word, b""), "[page without a record]") for word in BROWSER.split()],
    ("x", b"US embassy cable - 07BERN1\n", "cablebrowser-page"),
    ("x", b"Identifier: 07BERN1\nWikileaks: \n", "cablebrowser-page"),
    ("x", b" \n\t", "[blank file]"),
    ("x", b'{"a": 1}\n{"a": 2}\n', "json-lines"),
    ("x", b'\n {"a": 1}', "json-lines"),
    ("x", b'{\n "a": 1}', "json"),
    ("x", b'\xef\xbb\xbf{"a": 1}', "json-lines"),
    ("x", b"[{}", "json"),
    ("x", b"[]", "json"),
    ("x", b"[1", "json-lines"),
    *[("x", b"{" + end + b"\n" + begin, "json") for end in (b"", b"[", b",", b", ", b"[\r") for begin in (b" ", b"\t", b'"', b"}", b"\r\n\n}")],
    *[("x", b'{"a"' + end + b'\n"b"', "json-lines") for end in (b"", b"}", b":", b"{}")],
    *[("x", b"{" + begin, "json-lines") for begin in (b"", b"\n", b"\n{", b"\na", b"\n]")],
    ("x", ROW + b'"a"\n', "cables-csv"),
    ("x", ROW + b'"a ""b"" c"\n', f"{{{DIALECT}}}"),
    ("x", ROW + b'"a ""b"" c\\""\n', "cables-csv"),
    ("x", b"1;2007-01-02 10:30;07BERN1\n", f"{{{DIALECT}}}"),
    ("x", b"identifier,body\n", "csv-table"),
    ("x", b"body,identifier \n", "csv-table"),
    ("x", b"identifier,identifier\n", f"{{{TABLE}}}"),
    ("x", b"identifier,body,body\n", f"{{{TABLE}}}"),
    ("x", b"body;identifier\n", f"{{{TABLE}}}"),
    ("x", LISTED.encode(), "[list of checksums]"),
    ("x", LISTED[1:].encode(), "[list of checksums that are no SHA-256]"),
    ("x", b'a\n{"a\n{"b', "json-lines"),
    ("x", b'a\n\n{"a\n  \n{"b\n', "json-lines"),
    ("x", b'a\n{"a\n', ""),
    ("x", b'a\n{"a\nb\n{"b', ""),
    ("07BERN1.txt", b"a", "{cut short: a file named for a cable that shows none}"),
    *[(f"d/{name}", b"a", "[documentation]") for name in ("readme", "License", "LICENCE.txt", "copying", "notice.x", "Makefile", "contents")],
    ("x", b"a", ""),
    *[(f"d/x{suffix}", b"a", f"[{what}]") for suffix, what in SUFFIXES.items()],
    *[(f"x{suffix.upper()}", b'{"a": 1}', f"[{what}]") for suffix, what in SUFFIXES.items()],
    *[(f"x{suffix}", b"", f"[{what}]") for suffix, what in SUFFIXES.items()],
    *[(name, b"", "{empty file}") for name in ("x", "x.txt", "x.HTML", "x.htm", "07BERN1.csv")],
    *[(name, b"", "[empty file]") for name in ("x.csv", "x.json")],
    (".x", b"", "[empty placeholder]"),
    ("d/.txt", b"", "[empty placeholder]"),
]  # fmt: skip


def told(what: Recognised) -> str:
    """Return the kind of a file, or why it has none; one of them at most is said."""
    said = [
        what.kind,
        f"[{what.skipped}]" * bool(what.skipped),
        f"{{{what.damage}}}" * bool(what.damage),
    ]
    assert sum(map(bool, said)) <= 1
    return "".join(said)


@pytest.mark.parametrize(("name", "content", "what"), TOLD)
def test_what_a_file_is_by_its_signs(name: str, content: bytes, what: str) -> None:
    found = recognise(content, name, whole=True)
    assert told(found) == what
    assert found.is_html is (what.endswith("-page") and content.startswith(HTML))


def test_no_more_than_the_beginning_is_asked_whether_most_lines_are_objects() -> None:
    for size, kind in ((65535, "json-lines"), (65536, "json-lines"), (65537, "")):
        lines = b'a\n{"b": "'.ljust(size - 3, b"b") + b'\n{"'
        assert len(lines) == size
        assert told(recognise(lines + b"\nb\nb\nb", "x", whole=True)) == kind
        assert told(recognise(lines, "x", whole=True)) == kind


def test_the_beginning_of_a_file_may_be_blank() -> None:
    assert recognise(b" \n", "x", whole=False) == Recognised()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_pages_alone_may_be_utf_16(kind: str, encoding: str) -> None:
    what, write = KINDS[kind]
    text = "\ufeff" + write([record()]).decode()
    expected = what if kind.endswith("page") else Recognised(damage=UTF16)
    assert recognise(text.encode(encoding), "x", whole=True) == expected
    assert recognise(text.encode(), "x", whole=True) == what


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_some_kinds_are_sure_whatever_the_name_says(kind: str, suffix: str) -> None:
    what, write = KINDS[kind]
    sure = kind.endswith("page") or kind == "cables.csv"
    found = recognise(write([record()]), f"x{suffix}", whole=True)
    assert found == (what if sure else Recognised(skipped=SUFFIXES[suffix]))


@pytest.mark.parametrize(
    ("before", "footer", "listed"),
    [
        (b"", MANIFEST, True),
        (b"", MANIFEST + b"a", True),
        (b"", b"a" + MANIFEST + bytes(1 << 8), True),
        (b"", MANIFEST + bytes(1 << 24), True),
        (MANIFEST[:1], MANIFEST[1:], False),
        (MANIFEST, b"", False),
        (b"", MANIFEST[:-1].rjust(ord("/"), b"a"), False),  # its length begins with that sign
        (b"", b"a", False),
    ],
)
def test_a_parquet_file_says_at_its_end_that_it_is_a_manifest(
    before: bytes, footer: bytes, listed: bool
) -> None:
    data = b"PAR1" + before + footer + len(footer).to_bytes(4, "little") + b"PAR1"
    whole = Recognised(skipped="manifest") if listed else Recognised("parquet")
    assert recognise(data, "x", whole=True) == whole
    assert recognise(data, "x", whole=False) == Recognised("parquet")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """Let there be a reader of another package, and note about what it is asked."""
    noted: list[tuple[str, bytes]] = []

    def recognises(head: bytes, path: str) -> bool:
        noted.append((path, head))
        return head.endswith(b"telex")

    reader = SimpleNamespace(recognises=recognises)
    monkeypatch.setattr(plugins, "modules", lambda group: {"tram-telex": reader})
    return noted


@pytest.mark.parametrize(("name", "content", "what"), TOLD)
def test_others_are_asked_where_none_of_ours_sees_a_record(
    name: str, content: bytes, what: str, asked: list[tuple[str, bytes]]
) -> None:
    own = what in ("", "[page without a record]", "[blank file]", "[documentation]")
    own |= what.startswith(("[list", "{another", "{cut short"))
    own &= bool(content) and not name.lower().endswith(tuple(SUFFIXES))
    assert told(recognise(content, name, whole=True)) == what
    assert asked == [(name, content)] * own
    if own:
        assert recognise(content + b"telex", name, whole=True) == Recognised("tram-telex")


@pytest.mark.parametrize("kind", [*RECORD_KINDS, "telex-page"])
def test_a_reader_of_others_needs_a_name_of_its_own(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plugins, "modules", lambda group: {kind: SimpleNamespace()})
    with pytest.raises(BrokenPlugIn, match=kind):
        recognise(b"telex", "x", whole=True)


def test_our_kinds_are_those_that_have_samples() -> None:
    made = [samples.parquet([record()]), *(write([record()]) for _, write in KINDS.values())]
    found = {recognise(data, "x", whole=True).kind for data in made}
    assert (
        found
        == {*RECORD_KINDS}
        == {
            *("cablebrowser-page", "wikileaks-page", "cables-csv"),
            *("csv-table", "json-lines", "json", "parquet"),
        }
    )
