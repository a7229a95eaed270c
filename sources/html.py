"""HTML to text as a browser would show it, and to trees that lost nothing."""

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
_DEEPEST = 200  # levels; the parser drops silently what lies below 255


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
        raise Damaged(f"nested deeper than {_DEEPEST} levels, or cut off by the parser")
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
    block = node.tag in _BLOCKS and node.tag not in ("dd",)
    if block:
        _new_line(parts)
    inside = kept or node.tag == "pre"
    _say(node.text, parts, inside, first_of_pre=node.tag == "pre")
    for child in node:
        _render(child, parts, inside)
        _say(child.tail, parts, inside)
    if node.tag in _KEYS:
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
    words = " ".join(text.split())
    lead = " " if text[0].isspace() and parts and not parts[-1].endswith((" ", "\n")) else ""
    parts.append(lead + words + (" " if words and text[-1].isspace() else ""))


def _new_line(parts: list[str]) -> None:
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")


def _as_label(parts: list[str]) -> None:
    while parts and not parts[-1].strip(" "):
        parts.pop()
    if parts:
        word = parts.pop().rstrip()
        parts.append(word + (" " if word.endswith(":") else ": "))
