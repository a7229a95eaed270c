"""The page of a report as tests read it."""

from lxml import html

from cableproof.report import Report
from cableproof.reports.page import lines


def page(report: Report) -> str:
    """Return the whole page."""
    return "".join(lines(report))


def tree(report: Report) -> html.HtmlElement:
    """Return the page as a tree."""
    return html.document_fromstring(page(report))


def texts(node: html.HtmlElement, path: str) -> list[str]:
    """Return the texts of the elements on a path, white space folded."""
    return [" ".join(each.text_content().split()) for each in node.xpath(path)]
