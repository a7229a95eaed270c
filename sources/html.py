"""HTML to text as a browser would show it, and to trees that lost nothing."""

import re

from lxml import etree
from lxml import html as lxml_html

from cableproof.sources.places import Damaged

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(("head", "script", "style", "template", "noscript"))
_KEYS = frozenset(("dt", "th"))  # cells that label what follows them
_IN_CELL = frozenset(("p", "div", "pre", "ul", "li"))  # blocks that may hold the value
_SPACE = re.compile("[ \t\n\r\f]+")  # what HTML folds; other blanks are characters like any


class _Label(str):
    """The end of a label, after which its value stands, in a block of its own or not."""


def tree(text: str) -> lxml_html.HtmlElement:
    """Return the tree of an HTML page or piece of one.

    Raises:
        Damaged: it is empty, or nested so deep that the parser would drop some of it.

    """
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Damaged("no markup that could be read") from None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise Damaged("nested deeper than 255 levels, below which the parser drops text")
    return root


def rendered(text: str) -> str:
    """Return the text of an HTML page, one line a block, table rows as ``Label: value``."""
    parts: list[str] = []
    _render(tree(text), parts, kept=False)
    return "".join(parts)


def _render(node: lxml_html.HtmlElement, parts: list[str], kept: bool) -> None:
    """Append the text of ``node`` to ``parts``; ``kept`` where white space is (``pre``)."""
    if not isinstance(node.tag, str) or node.tag in _UNSEEN:
        return
    if node.tag == "br":
        parts.append("\n")
        return
    block = node.tag in _BLOCKS and node.tag != "dd"
    if block and not (_is_label(parts) and node.tag in _IN_CELL):
        _new_line(parts)
    inside = kept or node.tag == "pre"
    _say(node.text, parts, inside, first_of_pre=node.tag == "pre")
    for child in node:
        _render(child, parts, inside)
        _say(child.tail, parts, inside)
    if node.tag in _KEYS or (node.tag == "td" and parts and parts[-1].endswith(":")):
        _as_label(parts)
    elif node.tag == "td" and parts and not parts[-1].endswith((" ", "\n")):
        parts.append(" ")
    elif block or node.tag == "dd":
        _new_line(parts)


def _say(text: str | None, parts: list[str], kept: bool, first_of_pre: bool = False) -> None:
    if not text:
        return
    if kept:
        parts.append(text.removeprefix("\n") if first_of_pre else text)
        return
    folded = _SPACE.sub(" ", text)
    if not parts or parts[-1].endswith((" ", "\n")):
        folded = folded.removeprefix(" ")
    if folded:
        parts.append(folded)


def _new_line(parts: list[str]) -> None:
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")


def _as_label(parts: list[str]) -> None:
    while parts and not parts[-1].strip(" "):
        parts.pop()
    if parts:
        word = parts.pop().rstrip()
        parts.append(_Label(word + (" " if word.endswith(":") else ": ")))


def _is_label(parts: list[str]) -> bool:
    return bool(parts) and isinstance(parts[-1], _Label)
