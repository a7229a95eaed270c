"""Files of one cable each: cut into documents, decoded, read, and accounted for."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cableproof.sources.batches import Reading, empty
from cableproof.sources.decoding import decoded
from cableproof.sources.extents import extents
from cableproof.sources.identifiers import named_by_file
from cableproof.sources.places import At, Damaged, Gap, Trouble

#: The end of an HTML page, with white space and comments after it, as copying programs leave.
_END_OF_PAGE = re.compile(
    rb"</html\s{0,99}>(?:\s++|<!--(?:(?!-->).){0,2000}+-->)*+", re.IGNORECASE | re.DOTALL
)
_MONTH = re.compile(r"(?:^|/)cable/((?:19|20)[0-9]{2})/([01][0-9])/[^/]+$")
_MARK = re.compile(
    rb"(?:\A|(?<=[\r\n]))(?:(?P<head>US embassy cable - )|(?P<label>[ \t]*+Identifier[ \t]*+:)"
    rb"|(?P<foot>[ \t]*+Latest source of this page is[^\r\n]*+\s*+))"
)
_CLASS_LINE = re.compile(
    r"^[ \t]*(?:U{1,2} ?NCLAS|C ?O? ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T\b)", re.MULTILINE
)
_FROM_LINE = re.compile(r"^FM [A-Z]", re.MULTILINE)


#: A reference to a character by its number; release pages write each line end as one.
_REFERENCE = re.compile(rb"&#(?!x000A;)(?:[xX]([0-9a-fA-F]++)|([0-9]++))")
#: Controls that are no white space, surrogates, and what is no character. C1 is left out: pages
#: mean the letters of windows-1252 by it, and browsers read it so.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\U0010ffff]")
_LAST = 0x10FFFF
_DIGITS = 8  # more than the number of any character has


@dataclass(frozen=True)
class Page:
    """One document of a page file."""

    data: bytes
    text: str
    at: At
    is_html: bool


PageReader = Callable[[Page], dict[str, Any]]


def read_pages(data: bytes, at: At, reader: PageReader, is_html: bool) -> Reading:
    """Return the records of a page file: one a document, as a rule one a file."""
    rows: list[dict[str, Any]] = []
    troubles: list[Trouble] = []
    gaps: list[Gap] = []
    lost: list[tuple[int, int]] = []
    links: list[frozenset[str]] = []
    line = at.line
    for start, end in _documents(data, is_html, gaps, at.start):
        here = At(at.path, at.start + start, line)
        piece = data[start:end]
        line += piece.count(b"\n")
        try:
            text, guessed = decoded(piece, here)
            row = reader(Page(piece, text, here, is_html))
        except Damaged as damage:
            lost.append((here.start, here.start + len(piece)))
            troubles.append(_lost(damage, piece, here))
            continue
        troubles += guessed
        if is_html:
            troubles += _forbidden(piece, here)
        links += row.pop("inner_links", ())
        rows.append(row | _from_path(at.path) | _place(here, piece))
    read = [(row["start"], row["end"]) for row in rows]
    return Reading(
        *(empty(), tuple(rows), tuple(troubles), tuple(gaps), tuple(lost)),
        links=tuple(links),
        extents=extents(data, at, read, lost, gaps, between=b""),
    )


def _forbidden(piece: bytes, here: At) -> Iterator[Trouble]:
    """Yield the finding on references to characters that no page may hold, if there are any."""
    points = {numbers: _point(*numbers) for numbers in set(_REFERENCE.findall(piece))}
    if not any(map(_is_forbidden, points.values())):
        return
    all_found = _REFERENCE.finditer(piece)
    odd = [found for found in all_found if _is_forbidden(points[found.groups(b"")])]
    start = odd[0].start()
    many = "1 reference" if len(odd) == 1 else f"{len(odd):,} references"
    first = f"U+{points[odd[0].groups(b'')]:04X}"
    facts = {"reason": f"{many} by number to characters that no page may hold, first {first}"}
    line = here.line + piece.count(b"\n", 0, start)
    yield Trouble("SRC010", here.path, line, here.start + start, facts=facts)


def _point(hexadecimal: bytes, decimal: bytes) -> int:
    """Return the number of the character that a reference names; there are none above the last."""
    digits, base = (hexadecimal, 16) if hexadecimal else (decimal, 10)
    digits = digits.lstrip(b"0") or b"0"
    return _LAST if len(digits) > _DIGITS else min(int(digits, base), _LAST)


def _is_forbidden(point: int) -> bool:
    return bool(_FORBIDDEN.match(chr(point)))


def _place(here: At, piece: bytes) -> dict[str, Any]:
    place = {"start": here.start, "end": here.start + len(piece), "line": here.line}
    return place | {"page_digest": hashlib.sha256(piece).hexdigest()}


def _lost(damage: Damaged, piece: bytes, here: At) -> Trouble:
    offset = min(damage.offset, len(piece))
    line = here.line + piece.count(b"\n", 0, offset)
    facts = {"reason": damage.reason}
    return Trouble("SRC003", here.path, line, here.start + offset, lost=True, facts=facts)


def _documents(data: bytes, is_html: bool, gaps: list[Gap], base: int) -> Iterator[tuple[int, int]]:
    """Yield the byte range of each document; white space after the last one is a gap."""
    start = 0
    for end in _ends(data, is_html):
        yield start, end
        start = end
    if data[start:].strip() or start == 0:
        yield start, len(data)
    elif start < len(data):
        gaps.append(Gap(base + start, base + len(data), "white space"))


def _ends(data: bytes, is_html: bool) -> Iterator[int]:
    """Yield where another document begins, so that no page takes in the next one.

    A text page ends where a head stands after its closing line, or where its labels stand once
    more: at the head before them, or else after the closing line.
    """
    if is_html:
        for found in _END_OF_PAGE.finditer(data):
            yield found.end()
        return
    begun, closed, head = False, 0, 0
    for found in _MARK.finditer(data):
        if found["foot"]:
            closed, head = found.end(), 0
        elif found["label"]:
            if begun and (head or closed):
                yield head or closed
            begun, closed, head = True, 0, 0
        elif closed:
            yield found.start()
            begun, closed = False, 0
        else:
            head = found.start()


def _from_path(path: str) -> dict[str, Any]:
    """Return what the path of a page says of its record."""
    month = _MONTH.search(path)
    return {
        "file_identifier": named_by_file(PurePosixPath(path).stem),
        "path_month": f"{month[1]}-{month[2]}" if month else None,
    }


def field_lines(lines: dict[str, int]) -> str:
    """Return the lines of single fields as the column of that name has them."""
    return " ".join(f"{field}={line}" for field, line in lines.items())


def divided_text(text: str) -> tuple[str, str]:
    """Return header and body of a text that is printed in one run.

    The body begins with the classification line that follows the FM line; a text without an
    FM line before it has no header.
    """
    sender = _FROM_LINE.search(text)
    if sender is None:
        return "", text
    begins = _CLASS_LINE.search(text, sender.end())
    if begins is None or _CLASS_LINE.search(text, 0, sender.start()):
        return "", text
    return text[: begins.start()].rstrip("\r\n"), text[begins.start() :]
