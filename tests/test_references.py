"""References in markup: to characters by number, and from page to page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cableproof.sources.furniture import inner_links
from cableproof.sources.wikileaks import plain
from tests.samples import fields, html_page, read, record

_ENDS = (0x1, 0x9, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFF, 0x10FFFE, 0x10FFFF, 0x110000)
_NONE = {0x0, 0xD800, 0xDFFF, 0x110000}  # numbers that are no character


@pytest.mark.parametrize("point", [0, *_ENDS])
def test_a_character_by_number_is_that_character_or_the_sign_for_none(point: int) -> None:
    expected = "\ufffd" if point in _NONE else chr(point)
    assert plain(f"a&#{point};b&#x{point:x};c&#X{point:X};") == f"a{expected}b{expected}c{expected}"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("../date/2007-01_0.html", "../date/2007-01_0.html"),
        ("a.html?b=c#d", "a.html"),
        ("a.html#b?c", "a.html"),
        (" a.html ", "a.html"),
        ("http://example.org/a.html", None),
        ("//example.org/a.html", None),
        ("#a", None),
        ("javascript:a()", None),
        ("?a", None),
    ],
)
def test_a_link_within_a_tree_is_told_without_query_and_fragment(
    address: str, told: str | None
) -> None:
    assert inner_links(f'<a href="{address}">x</a>') == ({told} if told else set())


@pytest.mark.parametrize(
    "point", [0x8, 0x9, 0x7F, 0x80, 0xD7FF, 0xD800, 0xFFFE, 0x10FFFE, 0x10FFFF, 0x110000]
)
def test_a_reference_to_what_is_no_character_is_told_where_it_stands(point: int) -> None:
    data = html_page(record()).replace(b"TRAM 1", b"TRAM &#%d;" % point, 1)
    told = [each for each in read(data, "a.html")[0].troubles if each.code == "SRC010"]
    forbidden = {0x8, 0x7F, 0xD800, 0xFFFE, 0x10FFFF, 0x110000}
    assert [each.start for each in told] == (
        [data.index(b"&#%d" % point)] if point in forbidden else []
    )


@pytest.mark.parametrize("block", ["p", "div", "pre", "ul", "li", "span", "b", "a"])
def test_a_value_is_read_from_whatever_block_stands_in_its_cell(block: str) -> None:
    def cells(said: Mapping[str, str]) -> str:
        rows = (
            f"<tr><td>{name}:</td><td><{block}>{value}</{block}></td></tr>"
            for name, value in said.items()
        )
        return f"<table><tbody>{''.join(rows)}</tbody></table>"

    assert fields(html_page(record(), said=cells), "a.html") == fields(
        html_page(record()), "a.html"
    )


@pytest.mark.parametrize("unseen", ["script", "style", "template", "noscript"])
def test_what_a_browser_does_not_show_is_no_text(unseen: str) -> None:
    page = html_page(record())
    hidden = page.replace(b"</h2>", f"</h2><{unseen}>Origin: Embassy Rome</{unseen}>".encode())
    assert fields(hidden, "a.html") == fields(page, "a.html")
