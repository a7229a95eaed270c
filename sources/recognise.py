"""What a file is, told by its content; its name is asked only whether a record was meant."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from cableproof import plugins
from cableproof.errors import BrokenPlugIn
from cableproof.sources import cables_csv, checksums, csv_table, index_pages
from cableproof.sources.archives.forms import is_document
from cableproof.sources.decoding import BOMS, without_bom
from cableproof.sources.identifiers import named_by_file

RECORD_KINDS = (
    "cablebrowser-page",
    "wikileaks-page",
    "cables-csv",
    "csv-table",
    "json-lines",
    "json",
    "parquet",
)

_BYTES = ("cables-csv", "csv-table", "json-lines", "json")  # kinds whose places are in UTF-8

_HTML = re.compile(rb"\s*<(?:\?xml|!doctype|!--|[a-z][a-z0-9]{0,20}[\s/>])", re.IGNORECASE)
_WIKILEAKS = (b"Viewing cable ", *index_pages.TABLES)
_CABLEBROWSER = (b"Identifier", b"Classification", b"Redacted")
_TEXT_PAGE = re.compile(rb"(?m)^US embassy cable - |^Identifier:[^\r\n]*(?:\r\n?|\n)Wikileaks:")
_OTHER_DIALECT = re.compile(
    rb"""["']?[0-9]+["']?[,;\t|]["']?[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}[^\n]{0,20}?"""
    rb"""["']?[,;\t|]["']?[0-9]{2}[A-Z]{4,}"""
)
_HEADER = re.compile(rb"""["']?(?:[^"',;\t|\r\n]{0,40}["']?[,;\t|]["']?){0,40}identifier\b""")
_DOUBLED = re.compile(rb'[^,\n\\"]""[^,\n\r"]')
_PLAINLY_NONE = (
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"\x00\x00\x01\x00", "image"),
    (b"%PDF", "document"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
)
#: How a manifest begins, or the value of its key in a Parquet file.
MANIFEST = b'{"manifest": "cableproof/'
_REPORT = re.compile(rb'\{\s*"report": "cableproof/')
_SOME = 65536  # bytes in which a file of lines shows what it is
#: Kinds that a file has whatever its name says.
_SURE = ("cablebrowser-page", "wikileaks-page", "cables-csv")
_SUFFIXES = {
    ".css": "style sheet",
    ".js": "script",
    ".svg": "image",
    ".ico": "image",
    ".jpg": "image",
    ".png": "image",
    ".gif": "image",
    ".md": "documentation",
    ".torrent": "torrent",
}
_OF_PAGES = ("", ".txt", ".html", ".htm")
EMPTY = "empty file"
_NAMES = frozenset(("readme", "license", "licence", "copying", "notice", "makefile", "contents"))


@dataclass(frozen=True)
class Recognised:
    """What a file is: the kind of its records, or why it has none.

    Exactly one of the three says something: ``kind`` a kind of records, ``skipped`` what the
    file plainly is instead, ``damage`` why a file that is meant to hold records cannot be
    read. With all three empty no reader knows the file.
    """

    kind: str = ""
    skipped: str = ""
    damage: str = ""
    is_html: bool = False


def recognise(head: bytes, path: str, whole: bool) -> Recognised:
    """Tell what the file at ``path`` is by its first bytes; ``whole`` if these are all of it."""
    if not head:
        return _empty(path)
    if _is_manifest(head, whole):
        return Recognised(skipped="manifest")
    if _REPORT.match(head):
        return Recognised(skipped="report")
    if head.startswith(b"PAR1"):
        return Recognised("parquet")
    if is_document(head):
        return Recognised(skipped="document")
    for magic, what in _PLAINLY_NONE:
        if head.startswith(magic):
            return Recognised(skipped=what)
    text = _as_utf8(head)
    told = _html(text, path) if _HTML.match(text) else _plain(text, path, whole)
    named = _SUFFIXES.get(PurePosixPath(path).suffix.lower())
    if named and told.kind not in _SURE:
        return Recognised(skipped=named)
    if told.kind in _BYTES and head.startswith(_UTF16_MARKS):
        return Recognised(damage=_UTF16)
    if told.kind or told.skipped == index_pages.WHAT:
        return told
    return _of_others(head, path) or told


def _of_others(head: bytes, path: str) -> Recognised | None:
    """Ask the readers of other packages about a file in which none of ours sees a record.

    Raises:
        BrokenPlugIn: one has the name of a kind of ours, or of pages, which are read as ours are.

    """
    for kind, reader in plugins.modules(plugins.SOURCES).items():
        if kind in RECORD_KINDS or kind.endswith("-page"):
            raise BrokenPlugIn(kind, "a kind of source needs a name of its own, not of a page")
        if reader.recognises(head, path):
            return Recognised(kind)
    return None


def _is_manifest(head: bytes, whole: bool) -> bool:
    """Tell whether a file lists records instead of holding them; Parquet says so at its end."""
    if not head.startswith(b"PAR1"):
        return head.startswith(MANIFEST)
    length = int.from_bytes(head[-8:-4], "little")
    return whole and MANIFEST in head[-8 - length : -8]


def _as_utf8(head: bytes) -> bytes:
    """Return UTF-16 text as UTF-8, so that one set of patterns knows both."""
    for mark, encoding in BOMS:
        if encoding == "utf-16" and head.startswith(mark):
            return head.decode("utf-16", "replace").encode("utf-8")
    return head[without_bom(head) :]


def _empty(path: str) -> Recognised:
    if PurePosixPath(path).name.startswith("."):
        return Recognised(skipped="empty placeholder")
    suffix = PurePosixPath(path).suffix.lower()
    if named := _SUFFIXES.get(suffix):
        return Recognised(skipped=named)
    is_page = suffix in _OF_PAGES or bool(named_by_file(PurePosixPath(path).stem))
    return Recognised(damage="empty file") if is_page else Recognised(skipped=EMPTY)


def _html(text: bytes, path: str) -> Recognised:
    if index_pages.is_index(text, path):
        return Recognised(skipped=index_pages.WHAT)
    if any(sign in text for sign in _WIKILEAKS):
        return Recognised("wikileaks-page", is_html=True)
    if all(word in text for word in _CABLEBROWSER):
        return Recognised("cablebrowser-page", is_html=True)
    if named_by_file(PurePosixPath(path).stem):
        return Recognised(damage="cut short: a page named for a cable that shows none")
    return Recognised(skipped="page without a record")


def _plain(text: bytes, path: str, whole: bool) -> Recognised:
    start = text.lstrip()[:1]
    if not start:
        return Recognised(skipped="blank file") if whole else Recognised()
    if start == b"{":
        return Recognised("json" if _is_document(text, whole) else "json-lines")
    if start == b"[":
        return Recognised("json" if re.match(rb"\s*\[\s*[{\]]", text) else "json-lines")
    if cables_csv.START.match(text):
        bad = _DOUBLED.search(text) and b'\\"' not in text
        return Recognised(damage=_DIALECT) if bad else Recognised("cables-csv")
    if _TEXT_PAGE.search(text):
        return Recognised("cablebrowser-page")
    if _HEADER.match(text):
        names, _ = csv_table.header(text)
        known = "identifier" in names and len(set(names)) == len(names)
        return Recognised("csv-table") if known else Recognised(damage=_TABLE)
    if _OTHER_DIALECT.match(text):
        return Recognised(damage=_DIALECT)
    if listed := checksums.what(text):
        return Recognised(skipped=listed)
    if _mostly_objects(text):
        return Recognised("json-lines")
    if named_by_file(PurePosixPath(path).stem):
        return Recognised(damage="cut short: a file named for a cable that shows none")
    if PurePosixPath(path).stem.lower() in _NAMES:
        return Recognised(skipped="documentation")
    return Recognised()


_UTF16_MARKS = tuple(mark for mark, encoding in BOMS if encoding == "utf-16")
_UTF16 = "UTF-16, which is read in pages only: tables and JSON are UTF-8"
_DIALECT = "another dialect than that of cables.csv: commas, every field quoted, backslash escapes"
_TABLE = "another dialect than a table's: commas, each name once, one of them identifier"


def _mostly_objects(text: bytes) -> bool:
    """Tell whether most of the first lines begin as objects do, though one may be broken."""
    lines = [line for line in text[:_SOME].splitlines() if line.strip()]
    return sum(line.startswith(b'{"') for line in lines) * 2 > len(lines)


def _is_document(text: bytes, whole: bool) -> bool:
    """Tell an object over several lines from one object a line."""
    first, _, rest = text.lstrip().partition(b"\n")
    second = rest.lstrip(b"\r\n")
    return first.rstrip()[-1:] in (b"{", b"[", b",") and second[:1] in (b" ", b"\t", b'"', b"}")
