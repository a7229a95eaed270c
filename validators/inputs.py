"""SRC: what is wrong with the input before any record is looked at."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import page
from cableproof.validators.rule import Row, columns

if TYPE_CHECKING:
    import pandas as pd

_LINE = '{"identifier": "07BERN1", "origin": "Embassy Bern", "created": "2007-01-02 10:30:00", '
_REST = '"classification": "UNCLASSIFIED", "body": "UNCLAS BERN 000001\\nSUBJECT: TRAMS\\n1. All ran.\\nNOBODY"}\n'
_TABLE = [{"file": "cables.jsonl", "content": _LINE + _REST}]
_DIGEST = sha256((_LINE + _REST).encode()).hexdigest()


def _page(odd: str) -> Row:
    return {"file": "cable/2006/09/06BERN1234.html", "content": page(1, odd)}


@columns(
    code="SRC001",
    severity=Severity.ERROR,
    on="troubles",
    reads="code",
    says="{reason}",
    why="What cannot be opened was not checked, and whoever relies on the report must know it.",
    evidence="Pipes and devices are never opened: reading from one blocks for ever. "
    "Links are not followed, so that nothing is read twice or from outside the source.",
    bad=[{"file": "cables.jsonl", "special": "pipe"}],
    good=_TABLE,
)
def unreadable_file(troubles: pd.DataFrame) -> pd.Series[bool]:
    """A file cannot be opened, is no regular file, or is over a stated limit."""
    return troubles["code"] == "SRC001"


@columns(
    code="SRC002",
    severity=Severity.WARNING,
    on="troubles",
    reads="code",
    says="{reason}",
    why="A file that nobody can read may be records in a form that was not meant.",
    evidence="What is plainly no record, like an image, a style sheet or an index page, is "
    "counted as skipped and raises nothing.",
    bad=[{"file": "cables.dat", "content": "\x01\x02 no format that is known\n"}],
    good=[{"file": "style.css", "content": "body { color: black }\n"}, *_TABLE],
)
def unknown_format(troubles: pd.DataFrame) -> pd.Series[bool]:
    """No reader recognises the file, or there is nothing in it."""
    return troubles["code"] == "SRC002"


@columns(
    code="SRC003",
    severity=Severity.ERROR,
    on="troubles",
    reads="code",
    says="{reason}",
    why="A record that is not whole must not pass for one; nor may it take its neighbours along.",
    evidence="Common CSV readers join or shift rows after a lost quote and say nothing; each row "
    "is proven by its quotes before it is parsed. Page parsers drop what lies too deep.",
    bad=[{"file": "cables.jsonl", "content": _LINE + _REST + _LINE[:40] + "\n"}],
    good=_TABLE,
)
def damaged_record(troubles: pd.DataFrame) -> pd.Series[bool]:
    """A record cannot be read whole: a page cut short, a row or a line that is broken."""
    return troubles["code"] == "SRC003"


@columns(
    code="SRC004",
    severity=Severity.ERROR,
    on="troubles",
    reads="code",
    says="{reason}",
    why="What cannot be taken out of an archive was not checked; and an archive that unpacks "
    "to outside of its folder, or to a thousand times its size, was made to harm.",
    evidence="Members are streamed and never extracted. A tar that is cut between two members lists "
    "fewer, and common programs say nothing; a zip of 11 kB can list 480 MiB of one member.",
    bad=[{"file": "release.tar.gz", "content": "\x1f\x8b\x08\x00", "encoding": "latin-1"}],
    good=_TABLE,
)
def damaged_archive(troubles: pd.DataFrame) -> pd.Series[bool]:
    """An archive or a member of one is damaged, unsafe in its path, or over a limit."""
    return troubles["code"] == "SRC004"


@columns(
    code="SRC005",
    severity=Severity.ERROR,
    on="troubles",
    reads="code",
    says="{seen}; read as {used}",
    why="A guess may be wrong, and two mirrors that guess differently show different texts.",
    evidence="All formats declare UTF-8; all 1,295 pages of the December 2010 release are valid. "
    "One and the same byte is another letter in each of the encodings that a guess may take.",
    bad=[{**_page("\xe9"), "encoding": "latin-1"}],
    good=[_page("\xe9")],
)
def encoding_guessed(troubles: pd.DataFrame) -> pd.Series[bool]:
    """The encoding is not the one that the format declares; what was used instead is said."""
    return troubles["code"] == "SRC005"


@columns(
    code="SRC006",
    severity=Severity.ERROR,
    on="troubles",
    reads="code",
    says="the key {key} is given twice; the last value was kept",
    why="Most JSON readers keep the last value without a word, some the first.",
    evidence="Of five JSON readers tried, four keep the last value silently and one refuses.",
    bad=[{"file": "cables.jsonl", "content": _LINE + '"origin": "Embassy Bern", ' + _REST}],
    good=_TABLE,
)
def duplicate_key(troubles: pd.DataFrame) -> pd.Series[bool]:
    """A JSON object names a key twice."""
    return troubles["code"] == "SRC006"


@columns(
    code="SRC009",
    severity=Severity.NOTE,
    on="troubles",
    reads="code",
    says="a UTF-8 byte order mark at the beginning; read without it",
    why="Other programs take the mark for a part of the first value, which then is no identifier.",
    evidence="Common CSV readers leave the mark in the first field unless they are told of it.",
    bad=[{"file": "cables.jsonl", "content": "\ufeff" + _LINE + _REST}],
    good=_TABLE,
)
def byte_order_mark(troubles: pd.DataFrame) -> pd.Series[bool]:
    """A file of UTF-8 begins with a byte order mark, which says nothing."""
    return troubles["code"] == "SRC009"


@columns(
    code="SRC010",
    severity=Severity.ERROR,
    on="troubles",
    reads="code",
    says="{reason}",
    why="What stands there is lost or changed in every program, and in each in another way.",
    evidence="HTML forbids references to controls, surrogates and NUL. Of three parsers tried all "
    "let an ESC through, which can rule a terminal; NUL becomes U+FFFD or is dropped.",
    bad=[_page("&#27;")],
    good=[_page("&#233;")],
)
def forbidden_reference(troubles: pd.DataFrame) -> pd.Series[bool]:
    """A page refers by number to a character that HTML forbids."""
    return troubles["code"] == "SRC010"


@columns(
    code="SRC011",
    severity=Severity.ERROR,
    on="troubles",
    reads="code",
    says="{reason}",
    why="A list of digests is what tells that files came over whole; a line that fails is damage.",
    evidence="Lists are passed on with archives as SHA256SUMS or manifest-sha256.txt; a file that "
    "a list names outside of the source is never opened.",
    bad=[{"file": "SHA256SUMS", "content": "0" * 64 + "  cables.jsonl\n"}, *_TABLE],
    good=[{"file": "SHA256SUMS", "content": f"{_DIGEST}  cables.jsonl\n"}, *_TABLE],
)
def checksum_disagrees(troubles: pd.DataFrame) -> pd.Series[bool]:
    """A list of checksums names a file that is not there, is another, or is listed twice."""
    return troubles["code"] == "SRC011"
