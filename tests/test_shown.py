"""What a browser shows of a page, as text: a line a block, and cells with their labels."""

from __future__ import annotations

import pytest
from lxml import etree

from cableproof.sources.html import rendered, tree
from cableproof.sources.places import Damaged

#: Elements that a browser shows on lines of their own.
BLOCKS = (
    *("address", "article", "aside", "blockquote", "center", "div", "dl", "fieldset", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol"),
    *("p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_stands_on_a_line_of_its_own(block: str) -> None:
    assert rendered(f"a<{block}>b</{block}>c") == "a\nb\nc\n"


@pytest.mark.parametrize("within", ["b", "i", "a", "span", "code", "font", "em", "tt", "unknown"])
def test_what_is_no_block_stands_within_its_line(within: str) -> None:
    assert rendered(f"a<{within}>b</{within}>c") == "abc\n"


@pytest.mark.parametrize("unseen", ["script", "style", "template", "noscript"])
def test_what_a_browser_does_not_show_leaves_nothing(unseen: str) -> None:
    assert rendered(f"a<{unseen}>b</{unseen}>c") == "ac\n"


@pytest.mark.parametrize("block", ["p", "div", "pre", "ul", "li"])
@pytest.mark.parametrize(
    "cells",
    [
        "<table><tr><td>a:</td><td>{}</td></tr></table>",
        "<table><tr><th>a</th><td>{}</td></tr></table>",
        "<dl><dt>a</dt><dd>{}</dd></dl>",
    ],
)
def test_a_block_that_holds_a_value_stands_beside_its_label(block: str, cells: str) -> None:
    value = f"<{block}>b</{block}>"
    assert rendered(cells.format(value)) == "a: b\n"
    assert rendered(cells.format(value * 2)) == "a: b\nb\n"


@pytest.mark.parametrize("block", ["h2", "table", "section", "blockquote"])
def test_a_block_that_holds_more_than_a_value_stands_below_the_label(block: str) -> None:
    page = f"<table><tr><th>a</th><td><{block}>b</{block}></td></tr></table>"
    assert rendered(page) == "a: \nb\n"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("a", "a\n"),
        ("  a  b\t\r\n\fc", "a b c\n"),
        ("a\u00a0 \u00a0b", "a\u00a0 \u00a0b\n"),
        ("<b>a</b> <i>b</i>", "a b\n"),
        ("<b>a </b> <i> b</i>", "a b\n"),
        ("<i> a</i>", "a\n"),
        ("<p> a </p> <p> b</p>", "a \nb\n"),
        ("<p></p><p>a</p>", "a\n"),
        ("<p>a</p><p></p><p>b</p>", "a\nb\n"),
        ("<p>a:</p><p>b</p>", "a:\nb\n"),
        ("a&nbsp;&lt;b&gt;&amp;&#65;", "a\u00a0<b>&A\n"),
        ("a&nosuch;b", "a&nosuch;b\n"),
        ("a<br>b", "a\nb\n"),
        ("a<br/>\n b", "a\nb\n"),
        ("a<br><br>b", "a\n\nb\n"),
        ("a<hr>b", "a\nb\n"),
        ("<html><body>a</body>b</html>", "a\nb\n"),
        ("<html><noframes>a</noframes></html>", "a\n"),
        ("<html><head><title>a</title></head></html>", ""),
        ("<html><head><title>a</title></head><body>b</body></html>", "b\n"),
    ],
)
def test_text_is_shown_as_a_browser_folds_it(page: str, shown: str) -> None:
    assert rendered(page) == shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<pre>  a\n\n b</pre>", "  a\n\n b\n"),
        ("<pre>\na</pre>", "a\n"),
        ("<pre>\n\na</pre>", "\na\n"),
        ("<pre>a\n</pre>b", "a\nb\n"),
        ("<pre><b>\na</b>\nb</pre>", "\na\nb\n"),
        ("<pre>a <b> b </b> c</pre> d", "a  b  c\nd\n"),
        ("<pre>a<br>b</pre>", "a\nb\n"),
        ("<pre>a</pre>\n<pre>b</pre>", "a\nb\n"),
        ("<div>a <pre> b</pre> c  d</div>", "a \n b\nc d\n"),
        ("<table><tr><th>a</th><td><pre> b\n c</pre></td></tr></table>", "a:  b\n c\n"),
        ("<pre></pre>", ""),
        ("<pre> <dl><dt>a</dt><dd>b</dd></dl></pre>", " \na: b\n"),
        ("<pre>x<dl><dt>a:<b> </b></dt><dd>b</dd></dl></pre>", "x\na: b\n"),
    ],
)
def test_white_space_is_kept_within_pre_alone(page: str, shown: str) -> None:
    assert rendered(page) == shown


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>", "a b \nc d \n"),
        ("<tr><td>a:</td><td>b</td></tr>", "a: b \n"),
        ("<tr><td>a: </td> <td> b</td></tr>", "a: b \n"),
        ("<tr><td>a :</td><td>b</td></tr>", "a : b \n"),
        ("<tr><td>a:</td><td></td></tr><tr><td>b:</td><td>c</td></tr>", "a: \nb: c \n"),
        ("<tr><td></td><td>a</td></tr>", "a \n"),
        ("<tr><td> </td><td>a </td><td>b<br></td><td>c</td></tr>", "a b\nc \n"),
        ("<tr><td><p>a:</p></td><td>b</td></tr>", "a:\nb \n"),
        ("<tr><th>a</th><td>b</td></tr>", "a: b \n"),
        ("<tr><th>a:</th><td>b</td></tr>", "a: b \n"),
        ("<tr><th>a</th><th>b</th></tr>", "a: b: \n"),
        ("<tr><th>a <b> </b></th><td>b</td></tr>", "a: b \n"),
        ("<tr><th>a<i> b</i></th>\n<td>c</td></tr>", "a b: c \n"),
        ("<tr><th></th><td>b</td></tr>", "b \n"),
        ("<tr><td>x</td></tr><tr><th>a</th><td>b</td></tr>", "x \na: b \n"),
    ],
)
def test_a_row_of_a_table_is_a_line_with_its_label_first(rows: str, shown: str) -> None:
    assert rendered(f"<table>{rows}</table>") == shown


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        ("<dt>a</dt><dd>b</dd><dt>c:</dt><dd>d</dd>", "a: b\nc: d\n"),
        ("<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>", "a: b\nc\n"),
        ("<dt>a</dt><dd>b<p>c</p></dd>", "a: b\nc\n"),
        ("<dd>a</dd>b", "a\nb\n"),
        ("x<dt>a</dt><dd>b</dd>", "x\na: b\n"),
        ("<dt></dt><dd>b</dd>", "b\n"),
    ],
)
def test_an_entry_of_a_list_is_a_line_with_its_label_first(entries: str, shown: str) -> None:
    assert rendered(f"<dl>{entries}</dl>") == shown


def test_comments_and_instructions_are_no_part_of_a_page() -> None:
    page = "<p>a<!-- b -->c<?d e ?>f</p>"
    assert rendered(page) == "acf\n"
    assert [*tree(page).iter(etree.Comment)] == []


@pytest.mark.parametrize("page", ["", " \n", "<!-- a -->"])
def test_what_has_no_markup_is_no_page(page: str) -> None:
    with pytest.raises(Damaged, match="no markup that could be read"):
        tree(page)


def test_what_is_nested_so_deep_that_some_would_be_dropped_is_no_page() -> None:
    def nested(deep: int) -> str:
        return "<div>" * deep + "a" + "</div>" * deep

    assert rendered(nested(200)) == "a\n"
    with pytest.raises(Damaged, match="nested deeper than 255 levels"):
        rendered(nested(300))


def test_markup_that_is_wrong_in_small_things_is_read() -> None:
    assert rendered("<p>a</b> <i>b<p>c & d") == "a b\nc & d\n"


def test_half_a_character_is_read_as_a_question_mark() -> None:
    assert rendered("a\ud800b") == "a?b\n"
