"""Files of one cable each: cut into documents, decoded, read, and accounted for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cableproof.sources.batches import Reading, empty
from cableproof.sources.decoding import decoded
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
        links += row.pop("inner_links", ())
        rows.append(row | _from_path(at.path) | _place(here, len(piece)))
    return Reading(
        empty(), tuple(rows), tuple(troubles), tuple(gaps), tuple(lost), links=tuple(links)
    )


def _place(here: At, length: int) -> dict[str, Any]:
    return {"start": here.start, "end": here.start + length, "line": here.line}


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
