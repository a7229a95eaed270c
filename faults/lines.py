"""The lines of a telegram, found by what the anatomy of telegrams says of them.

Written apart from the reader of the project: what plants a fault must not see with the eyes of
what is to find it. Each function returns the match, or None where there is no such line.
"""

import re
from typing import NamedTuple

Found = re.Match[str] | None


def _spaced(word: str) -> str:
    """Return a pattern of the word, its letters together or apart."""
    return " ?".join(word)


_CLASSES = "|".join(map(_spaced, ("UNCLASSIFIED", "UNCLAS", "CONFIDENTIAL", "SECRET")))
_CLASS_LINE = re.compile(
    rf"^[ \t]*(?P<word>{_CLASSES})(?P<caveat>(?:[ /]+(?:NOFORN|FOUO|EFTO))?)"
    r"(?P<part> +(?:FINAL )?SECTION (?P<section>\d\d) OF (?P<total>\d\d))?"
    r" +(?P<post>[A-Z][A-Z ]*?) +(?P<number>\d{4,8})\b.*$",
    re.MULTILINE,
)
_ORDER = re.compile(
    r"^[ \t]*E\.? ?O\.?,?[ \t]*(?P<number>1\d{4})[ \t]*[:.]?[ \t]*(?P<rest>[^\n]*?)[ \t\r]*$",
    re.MULTILINE,
)
_TAGS = re.compile(r"^[ \t]*TAGS[ \t]*:?[ \t]*(?P<codes>[A-Z][^\n]*?)[ \t\r]*$", re.MULTILINE)
_SUBJECT = re.compile(r"^[ \t]*SUBJECT[ \t]*:?[ \t]*(?P<words>[^\n]*?)[ \t\r]*$", re.MULTILINE)
_REFERENCES = re.compile(r"^[ \t]*REF[ \t]*:[ \t]*(?P<first>[^\n]+)$", re.MULTILINE)
_DATELINE = re.compile(
    r"\A\s*(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day), (?P<day>\d\d) "
    r"(?P<month>[A-Z][a-z]+) (?P<year>\d{4}), (?P<hour>\d\d):(?P<minute>\d\d)"
)
_MARK = re.compile(
    r"(?P<post>[A-Z][A-Z .]{2,22}?)\s+(?P<number>\d{8})\s+(?P<section>\d{3})(?:\.(?P<page>\d))?"
    r"\s+OF\s+(?P<total>\d{3})"
)
_NUMBERED = re.compile(
    r"^[ \t]*\u00b6?(?P<number>\d{1,2})\.(?=[ \t(])[ \t]*(?P<mark>\([^()\n]{1,25}\))?", re.MULTILINE
)
_PORTION = re.compile(r"\((?:U|SBU|LOU|C|S)(?:[/ -]+(?:NF|NOFORN|REL[^)]*))?\)")
_COVERED = re.compile(r"X{4,}|x{4,}|\[[A-Z ]*REMOVED[A-Z ]*\]")

_FROM_STATION = re.compile(
    r"^DE (?P<indicator>[A-Z0-9]{4,8}) ?#(?P<number>\d{4})(?P<section>/\d\d)? "
    r"(?P<day>\d{3})(?P<time>\d{4})",
    re.MULTILINE,
)
_SECURITY = re.compile(r"^(?P<words>ZNR UUUUU|ZNY CCCCC|ZNY SSSSS)\b", re.MULTILINE)
_GROUP = re.compile(
    r"^(?:[ZOPRY] ?){1,3} ?(?P<group>(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)Z "
    r"(?P<month>[A-Z]{3}) (?P<year>\d\d))",
    re.MULTILINE,
)
_FROM = re.compile(r"^FM (?P<post>[A-Z .\-]+?)[ \r]*$", re.MULTILINE)


class Paragraph(NamedTuple):
    """A numbered paragraph: from its number to the number of the next, or to the end."""

    number: int
    mark: str  #: in brackets, or empty
    start: int
    after: int  #: where its words begin, after number and mark
    end: int


def put(found: re.Match[str], group: str, words: str) -> str:
    """Return the whole text with other words in place of a group of the match."""
    return found.string[: found.start(group)] + words + found.string[found.end(group) :]


def class_line(body: str) -> Found:
    """Return the line that begins a telegram, if it is near the beginning and whole."""
    found = _CLASS_LINE.search(body)
    return found if found and found.start() < 400 else None


def order_line(body: str) -> Found:
    """Return the line of the executive order."""
    return _ORDER.search(body)


def tags_line(body: str) -> Found:
    """Return the (first) TAGS line, if it is a line of its own."""
    return _TAGS.search(body)


def subject_line(body: str) -> Found:
    """Return the first SUBJECT line."""
    return _SUBJECT.search(body)


def references_line(body: str) -> Found:
    """Return the first line of the REF block."""
    return _REFERENCES.search(body)


def dateline(body: str) -> Found:
    """Return weekday, day and time above the class line."""
    return _DATELINE.match(body)


def page_marks(body: str) -> list[re.Match[str]]:
    """Return the marks at which pages begin."""
    return list(_MARK.finditer(body))


def marked_subject(subject: str) -> bool:
    """Return whether a page mark stands in the subject, where an editor joined lines."""
    return _MARK.search(subject) is not None


def paragraphs(body: str) -> list[Paragraph]:
    """Return the numbered paragraphs, as long as the numbers rise by one from 1."""
    chain: list[re.Match[str]] = []
    for found in _NUMBERED.finditer(body):
        if int(found["number"]) == len(chain) + 1:
            chain.append(found)
    ends = [found.start() for found in chain[1:]] + [len(body)]
    return [
        Paragraph(int(f["number"]), _portion(f["mark"]), f.start(), f.end(), end)
        for f, end in zip(chain, ends, strict=False)
    ]


def _portion(mark: str | None) -> str:
    """Return the mark where it is one, and not another word in brackets."""
    return mark if mark and _PORTION.fullmatch(mark) else ""


def covered(text: str) -> bool:
    """Return whether something is covered in the text."""
    return _COVERED.search(text) is not None


def from_station(header: str) -> Found:
    """Return the line that names sending station, number and day of the year."""
    return _FROM_STATION.search(header)


def security_line(header: str) -> Found:
    """Return the line of the security check."""
    return _SECURITY.search(header)


def group_line(header: str) -> Found:
    """Return the line of the date-time group."""
    return _GROUP.search(header)


def from_line(header: str) -> Found:
    """Return the FM line."""
    return _FROM.search(header)
