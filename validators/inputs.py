"""SRC: what is wrong with the input before any record is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.rule import columns

if TYPE_CHECKING:
    import pandas as pd

_LINE = '{"identifier": "07BERN1", "origin": "Embassy Bern", "created": "2007-01-02 10:30:00", '
_REST = '"classification": "UNCLASSIFIED", "body": "UNCLAS BERN 000001\\nSUBJECT: TRAMS\\n1. All ran.\\nNOBODY"}\n'
_TABLE = [{"file": "cables.jsonl", "content": _LINE + _REST}]


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
    says="no reader recognises this file; it was not checked",
    why="A file that nobody can read may be records in a form that was not meant.",
    evidence="What is plainly no record, like an image, a style sheet or an index page, is "
    "counted as skipped and raises nothing.",
    bad=[{"file": "cables.dat", "content": "\x01\x02 no format that is known\n"}],
    good=[{"file": "style.css", "content": "body { color: black }\n"}, *_TABLE],
)
def unknown_format(troubles: pd.DataFrame) -> pd.Series[bool]:
    """No reader recognises the file."""
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
    code="SRC005",
    severity=Severity.WARNING,
    on="troubles",
    reads="code",
    says="{seen}; read as {used}",
    why="A guess may be wrong, and two mirrors that guess differently show different texts.",
    evidence="All formats declare UTF-8; all 1,295 pages of the December 2010 release are valid.",
    bad=[{"file": "cables.jsonl", "content": "\ufeff" + _LINE + _REST}],
    good=_TABLE,
)
def encoding_guessed(troubles: pd.DataFrame) -> pd.Series[bool]:
    """The encoding is not the one that the format declares; what was used instead is said."""
    return troubles["code"] == "SRC005"


@columns(
    code="SRC006",
    severity=Severity.WARNING,
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
