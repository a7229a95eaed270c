"""Edits that leave every word as it is: encoding, layout, white space, header.

Each takes the fields of a record and gives those of the older and of the newer release, or
nothing where the record has no place for it. Where a text lacks the signs that an edit is about,
both releases get some.
"""

import html
import re
import textwrap
from random import Random

from places import Span, put, spots
from rows import Fields
from wordings import Both, bodies

_ACCENTS = str.maketrans("aeiou", "\u00e1\u00e9\u00ed\u00f3\u00fc")
_PAGE_MARK = re.compile(
    r"(?m)^[A-Z][A-Z .]{1,10} [0-9]{8} +[0-9]{3}(?:\.[0-9])? +OF [0-9]{3} *\n(?: ?\n)?"
)
_DATELINE = re.compile(r"\A[A-Z][a-z]+day, [0-9]{2} [A-Z][a-z]+ [0-9]{4}, [0-9]{2}:[0-9]{2} ?\n")
_NUMBER = re.compile(r"(?m)^(?=[1-9][0-9]?\. )")
_PARAGRAPH = re.compile(r"[0-9]{1,2}\. ")
_MEANT = {'"': "&quot;", "'": "&#39;", "&": "&amp;"}
_PARTIAL = "partial extract"


def _accented(text: str, rng: Random) -> str:
    """Return a text with accents on some words, unless it has some."""
    if any("\u00c0" <= sign < "\u0180" for sign in text):
        return text
    spans = spots(text, rng, 3)
    return put(text, spans, [text[s.start : s.end].translate(_ACCENTS) for s in spans])


def _quoted(text: str, rng: Random) -> str:
    """Return a text with quotes around some words."""
    spans = spots(text, rng, 2)
    return put(text, spans, [f'"{text[s.start : s.end]}"' for s in spans])


def _sloppy(text: str) -> str:
    """Return the bytes of a text as they read in the code page of Windows."""
    signs = (bytes([byte]) for byte in text.encode())
    return "".join(s.decode("cp1252", "replace").replace("\ufffd", chr(s[0])) for s in signs)


def read_wrongly(record: Fields, rng: Random) -> Both | None:
    """Each character beyond ASCII is read as two or three."""
    old = _accented(record.body, rng)
    new = _sloppy(old) if rng.random() < 0.5 else old.encode().decode("latin-1")
    return bodies(record, old, new)


def signs_lost(record: Fields, rng: Random) -> Both | None:
    """Each character beyond ASCII is a question mark, or the sign for what was lost."""
    old = _accented(record.body, rng)
    return bodies(record, old, re.sub(r"[^\0-\x7f]", rng.choice(("?", "\ufffd")), old))


def entities(record: Fields, rng: Random) -> Both | None:
    """Quotes, ampersands and accented letters are written as in a page."""
    old = _quoted(record.body, rng).replace(" and a copy", " & a copy")
    new = re.sub("[\"'&]", lambda found: _MEANT[found[0]], old)
    if rng.random() < 0.5:
        old = old if new == old else _accented(old, rng)
        new = "".join(f"&#{ord(s)};" if s > "\x7f" else html.escape(s) for s in old)
    return bodies(record, old, new)


def quotes_curled(record: Fields, rng: Random) -> Both | None:
    """Straight quotes are curly."""
    old = _quoted(record.body, rng)
    pairs = re.sub('"([^"]*)"', "\u201c\\1\u201d", old)
    return bodies(record, old, pairs.replace("'", "\u2019"))


def dashes_restyled(record: Fields, rng: Random) -> Both | None:
    """Dashes between words are of another kind."""
    spans = [Span(s.start, s.start) for s in spots(record.body, rng, 3)]
    one, other = rng.sample(("-", "--", "\u2013", "\u2014"), 2)
    old, new = (put(record.body, spans, [f"{dash} "] * len(spans)) for dash in (one, other))
    return bodies(record, old, new)


def page_marks_dropped(record: Fields, rng: Random) -> Both | None:
    """The lines at which pages began are gone."""
    return bodies(record, record.body, _PAGE_MARK.sub("", record.body))


def dateline_dropped(record: Fields, rng: Random) -> Both | None:
    """The line with day and time above the text is gone."""
    return bodies(record, record.body, _DATELINE.sub("", record.body))


def pilcrows_added(record: Fields, rng: Random) -> Both | None:
    """Paragraphs begin with a pilcrow sign."""
    return bodies(record, record.body, _NUMBER.sub("\u00b6", record.body))


def heading_restyled(record: Fields, rng: Random) -> Both | None:
    """Dots and colons of executive order and TAGS are gone."""
    new = re.sub(r"(?m)^E\.O\. ([0-9]{5}): ", r"EO \1 ", record.body, count=1)
    new = re.sub(r"(?m)^TAGS: ", "TAGS ", new, count=1)
    return bodies(record, record.body, new)


def header_dropped(record: Fields, rng: Random) -> Both | None:
    """There is no header."""
    if not record.header or _PARTIAL in record.header:
        return None
    return record, record._replace(header="")


def header_added(record: Fields, rng: Random) -> Both | None:
    """There was no header."""
    both = header_dropped(record, rng)
    return both and (both[1], both[0])


def header_line_lost(record: Fields, rng: Random) -> Both | None:
    """The last addressee is gone."""
    lines = record.header.split("\n")
    if len(lines) < 4 or _PARTIAL in record.header:
        return None
    return record, record._replace(header="\n".join(lines[:-1]))


def line_ends(record: Fields, rng: Random) -> Both | None:
    """Lines end as on other systems."""
    return bodies(record, record.body, record.body.replace("\n", "\r\n"))


def wrapped_otherwise(record: Fields, rng: Random) -> Both | None:
    """Numbered paragraphs are wrapped at another width."""
    width = rng.choice((50, 72, 100, 10**9))
    blocks = re.split(r"(\n ?\n)", record.body)
    new = (_wrapped(block, width) if _PARAGRAPH.match(block) else block for block in blocks)
    return bodies(record, record.body, "".join(new))


def _wrapped(block: str, width: int) -> str:
    words = " ".join(block.split())
    return "\n".join(textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False))


def trailing_blanks(record: Fields, rng: Random) -> Both | None:
    """Lines have a blank at their end, or have it no more."""
    new = record.body.replace(" \n", "\n")
    if new == record.body:
        new = record.body.replace("\n", " \n")
    return bodies(record, record.body, new)


def wide_blanks(record: Fields, rng: Random) -> Both | None:
    """Sentences are parted by two blanks, or by one that no line breaks at."""
    return bodies(record, record.body, record.body.replace(". ", rng.choice((".  ", ".\u00a0"))))


def blank_lines(record: Fields, rng: Random) -> Both | None:
    """Paragraphs are parted by two empty lines."""
    return bodies(record, record.body, record.body.replace("\n\n", "\n\n\n"))
