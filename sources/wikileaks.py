"""The cable page of the WikiLeaks HTML releases of 2010 and 2011."""

import re
from typing import Any

from lxml import html as lxml_html

from cableproof.sources import furniture
from cableproof.sources.html import tree
from cableproof.sources.index_pages import counter
from cableproof.sources.pages import Page, field_lines
from cableproof.sources.places import Damaged

NOTICE = "This record is a partial extract of the original cable."
_HEADING = re.compile(r"Viewing cable\s+([^,\s]+),?\s*(.*)", re.DOTALL)
_ADDRESS = re.compile(r"/cable/([0-9]{4})/([0-9]{2})/([^/]+)\.html$")
_DATE_ADDRESS = re.compile(r"/date/([0-9]{4}-[0-9]{2})_[0-9]+\.html$")
_TAG = re.compile(r"<a href=[\"'][^\"'>]*/tag/[^\"'>]*[\"'][^>]*>([^<]*)</a>")
_ANCHOR = re.compile(r"</?a\b[^<>]*>")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
_COLUMNS = {
    "reference id": "identifier",
    "created": "created",
    "released": "released",
    "classification": "classification",
    "origin": "origin",
}


def read(page: Page) -> dict[str, Any]:
    """Return the record that a release page shows.

    The table is read from the tree. The two text blocks are taken from the page as they
    stand, since the release escapes nothing in them and a parser would drop what looks like
    markup: links and numeric line ends are undone, everything else is kept.

    Raises:
        Damaged: the page is cut short, or has no place where its record would stand.

    """
    start = _beginning(page.text)
    blocks = _blocks(page.text, start)
    above, table, below = (
        page.text[:start],
        page.text[start : blocks[0][0]],
        page.text[blocks[-1][1] :],
    )
    top = tree(table)
    cells = _cells(top)
    headings = [
        _HEADING.fullmatch(str(h.text_content()).strip()) for h in top.iter("h1", "h2", "h3")
    ]
    heading = next((found for found in headings if found), None)
    header, body = (page.text[a:b] for a, b in blocks) if len(blocks) == 2 else (None, None)
    if header is None or body is None:
        raise Damaged(f"{len(blocks)} text blocks where two are meant to be")
    first = page.at.line + page.text.count("\n", 0, start) - 1
    lines = {name: first + int(cell.sourceline or 1) for name, cell in cells.items()}
    lines["body"] = lines["tags"] = page.at.line + page.text.count("\n", 0, blocks[-1][0])
    return (
        {name: _said(cell) for name, cell in cells.items()}
        | _addresses(cells)
        | furniture.told(above, table, below)
        | {
            "field_lines": field_lines(lines),
            "subject": (heading[2] or None) if heading else None,
            "heading_identifier": heading[1] if heading else None,
            "release_counter": counter(page.text, start),
            "furniture": furniture.digest(above, below),
            "tags": [plain(tag).strip() for tag in _TAG.findall(body)] or None,
            "partial_extract": NOTICE in header,
            "header": plain(header),
            "body": plain(body),
        }
    )


def plain(markup: str) -> str:
    """Return the text of a block: links and entities undone, all else as it stands."""
    return _ENTITY.sub(_character, _ANCHOR.sub("", markup))


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    point = int(found[1]) if found[1] else int(found[2], 16)
    if point == 0 or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF:
        return "\ufffd"
    return chr(point)


def _beginning(text: str) -> int:
    """Return where the record's part of the page begins."""
    found = text.find("Viewing cable")
    start = text.rfind("<", 0, found) if found >= 0 else text.find("<table class=")
    if start < 0:
        raise Damaged("cut short: neither heading nor table of the cable", _bytes(text))
    return start


def _blocks(text: str, start: int) -> list[tuple[int, int]]:
    """Return where the contents of the text blocks stand."""
    blocks = []
    while (found := text.find("<pre", start)) >= 0:
        begins = text.find(">", found) + 1
        ends = text.find("</pre>", begins)
        if not begins or ends < 0:
            raise Damaged("cut short: a text block has no end", _bytes(text[:found]))
        blocks.append((begins, ends))
        start = ends
    if not blocks:
        raise Damaged("cut short: no text", _bytes(text))
    return blocks


def _bytes(text: str) -> int:
    """Return how many bytes a text has, as pages are written."""
    return len(text.encode("utf-8", "surrogatepass"))


def _cells(top: lxml_html.HtmlElement) -> dict[str, lxml_html.HtmlElement]:
    """Return the cells of the table by field."""
    labels = [" ".join(str(h.text_content()).split()).lower() for h in top.iter("th")]
    cells = list(top.iter("td"))
    if not labels or len(cells) < len(labels):
        raise Damaged("cut short: the table of the cable is not whole")
    return {
        _COLUMNS[label]: cell
        for label, cell in zip(labels, cells, strict=False)
        if label in _COLUMNS
    }


def _said(cell: lxml_html.HtmlElement) -> str:
    return str(cell.text_content()).strip(" \t\r\n")


def _addresses(cells: dict[str, lxml_html.HtmlElement]) -> dict[str, Any]:
    """Return what the links in the table say of the record."""
    own = _ADDRESS.search(_address(cells.get("identifier")))
    date = _DATE_ADDRESS.search(_address(cells.get("created")))
    return {
        "address_identifier": own[3] if own else None,
        "address_month": f"{own[1]}-{own[2]}" if own else None,
        "date_month": date[1] if date else None,
    }


def _address(cell: lxml_html.HtmlElement | None) -> str:
    link = next(iter(cell.iter("a")), None) if cell is not None else None
    return "" if link is None else str(link.get("href") or "")
