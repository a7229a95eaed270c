"""SRC: whether a release tree has the pages that its own counter and its index pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import COUNTER, LINK, page
from cableproof.validators.rule import Row, columns, rows

if TYPE_CHECKING:
    import pandas as pd


def _tree(index: str, counter: int, links: str = "") -> list[Row]:
    """Return the files of a tree of one cable page and one index page."""
    content = f"<html><body>{COUNTER.format(counter)}{links}</body></html>\n"
    cable = {"file": "cable/2006/09/06BERN1234.html", "content": page(1)}
    return [{"file": index, "content": content}, cable]


@rows(
    code="SRC007",
    severity=Severity.WARNING,
    on="trees",
    reads="counter pages",
    uses="front mixed",
    says="{counter} released by its own count{beside}, {pages} pages here",
    why="A release says on every page how many cables it has; a tree of another number of pages "
    "has lost some, has some of another release, or is a selection.",
    evidence="In two commits of one mirror the counter of index.html lags behind the pages, 842 "
    "against 913 and 1,112 against 1,193. Three selections of 62, 73 and 104 pages state 960, "
    "1,060 and 1,295, each the number of pages of its release.",
    bad=_tree("index.html", 2),
    good=_tree("index.html", 1),
)
def release_counter_disagrees(trees: pd.DataFrame) -> pd.DataFrame:
    """The release's own count of its pages is not the number of pages found."""
    front = trees["front"].fillna(trees["counter"])
    odd: pd.DataFrame = trees[(trees["counter"] != trees["pages"]) | (front != trees["counter"])]
    counts = zip(odd["counter"], front[odd.index], odd["mixed"], strict=True)
    return odd.assign(beside=[_beside(*each) for each in counts])


def _beside(counter: int, front: int, mixed: bool) -> str:
    """Return what else is stated: whether not by all pages, and another count of index.html."""
    most = " on most pages" if mixed else ""
    return most if front == counter else f"{most}, {front} in index.html"


@columns(
    code="SRC008",
    severity=Severity.WARNING,
    on="indexes",
    reads="entries",
    says="{entries} listed; {disagreement}: {cables}",
    why="The index pages were made from the same cables by the same program: where they say "
    "something else than a page, one of the two was changed, lost or put there later.",
    evidence="Date, release date and classification index agree with the pages in 1,295 of 1,295. "
    "The tag index lacks the codes of continuation lines (54 pages), so it is asked only for "
    "entries whose page has not the tag. At most five cables are named.",
    bad=_tree("date/2006-08_0.html", 1, LINK),
    good=_tree("date/2006-09_0.html", 1, LINK),
)
def release_index_disagrees(indexes: pd.DataFrame) -> pd.Series[bool]:
    """Date, release date, classification, origin or tag index pages disagree with the pages."""
    return indexes["disagreement"] != ""
