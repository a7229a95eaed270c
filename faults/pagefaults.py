"""Faults of single pages: names and dates on one page that do not agree, fields that lack."""

import re
from random import Random

from identity import slipped
from kinds import Record, Tree, changed, fault, tree_fault

_CABLE = re.compile(r"cable/(\d{4})/(\d\d)/(\d\d[A-Z]+\d+)\.html")
_BROWSER = re.compile(r"browser/(\d\d[A-Z]+\d+)\.txt")
#: The lists of the release still have the page as it was.
_LISTED = {"SRC008": "the index pages have it as it was"}
#: The text still has the cable as it was.
_TOLD = {"DAT004": "the text keeps the true date"}


def text_of(tree: Tree, path: str) -> str:
    """Return a page of the tree as text."""
    content = tree[path]
    assert isinstance(content, bytes)
    return content.decode("utf-8", "surrogateescape")


def with_text(tree: Tree, path: str, text: str) -> Tree:
    """Return the tree with another text of one page."""
    return {**tree, path: text.encode("utf-8", "surrogateescape")}


def cable_page(tree: Tree, rng: Random) -> re.Match[str] | None:
    """Return the path of one of the cable pages: year, month, identifier."""
    found = [match for match in map(_CABLE.fullmatch, sorted(tree)) if match]
    return rng.choice(found) if found else None


def browser_page(tree: Tree, rng: Random) -> re.Match[str] | None:
    """Return the path of one of the pages of the cable browser."""
    found = [match for match in map(_BROWSER.fullmatch, sorted(tree)) if match]
    return rng.choice(found) if found else None


def replaced(tree: Tree, path: str, pattern: str, words: str) -> Tree | None:
    """Return the tree with the first match on one page replaced, or None if there is none."""
    text, times = re.subn(pattern, words, text_of(tree, path), count=1)
    return with_text(tree, path, text) if times else None


def _other(identifier: str, rng: Random) -> str | None:
    """Return the identifier with figures of its serial exchanged."""
    stem = identifier.rstrip("0123456789")
    serial = slipped(identifier[len(stem) :], rng)
    return stem + serial if serial else None


@tree_fault("IDN003", "heading of another cable")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    other = _other(page[3], rng) if page else None
    if page is None or other is None:
        return None
    return replaced(tree, page[0], f"Viewing cable {page[3]}", f"Viewing cable {other}")


@tree_fault("IDN003", "table cell of another cable", shows=_LISTED)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    other = _other(page[3], rng) if page else None
    if page is None or other is None:
        return None
    return replaced(tree, page[0], f"(<td>\\s*<a href='[^']*'>){page[3]}<", rf"\g<1>{other}<")


@tree_fault("IDN003", "file name of another cable", shows=_LISTED)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    other = _other(page[3], rng) if page else None
    if page is None or other is None:
        return None
    renamed = {path: content for path, content in tree.items() if path != page[0]}
    return renamed | {page[0].replace(page[3], other): tree[page[0]]}


@tree_fault("IDN003", "head of a browser page of another cable")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    other = _other(page[1], rng) if page else None
    if page is None or other is None:
        return None
    return replaced(tree, page[0], f"US embassy cable - {page[1]}", f"US embassy cable - {other}")


@tree_fault("PRV003", "link of a browser page to another number")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    other = _other(page[1], rng) if page else None
    if page is None or other is None:
        return None
    return replaced(tree, page[0], f"View {page[1]} at", f"View {other} at")


@fault("PRV003", "link to a cable of another post")
def _(record: Record, rng: Random) -> Record:
    serial = rng.randint(2, 900)
    return changed(record, link=f"https://wikileaks.org/cable/2007/03/07WINDHOEK{serial}.html")


@fault("PRV003", "link to another number of the post")
def _(record: Record, rng: Random) -> Record | None:
    other = _other(record["identifier"], rng)
    return (
        changed(record, link=f"https://wikileaks.org/plusd/cables/{other}_a.html")
        if other
        else None
    )


@tree_fault("DAT005", "page in the folder of another month", shows=_LISTED)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None:
        return None
    moved = {path: content for path, content in tree.items() if path != page[0]}
    month = int(page[2]) % 12 + 1
    return moved | {f"cable/{page[1]}/{month:02}/{page[3]}.html": tree[page[0]]}


@tree_fault("DAT005", "date of the page links to another month", shows=_LISTED)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None:
        return None
    month = int(page[2]) % 12 + 1
    link = rf"(<td>\s*<a href='/date/){page[1]}-{page[2]}_"
    return replaced(tree, page[0], link, rf"\g<1>{page[1]}-{month:02}_")


@tree_fault("DAT005", "date of the page of another month", shows=_LISTED | _TOLD)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None:
        return None
    month = int(page[2]) % 12 + 1
    cell = r"(<td>\s*<a href='/date/[^']*'>\d{4}-)\d\d-\d\d"
    return replaced(tree, page[0], cell, rf"\g<1>{month:02}-17")


@tree_fault("REC001", "cell of the classification empty", shows=_LISTED)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None:
        return None
    cell = r"(<td>\s*<a href='/classification/[^']*'[^>]*>)[^<]+<"
    return replaced(tree, page[0], cell, r"\g<1><")


@tree_fault("DAT001", "date of a page that no calendar has", shows=_LISTED)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None:
        return None
    return replaced(tree, page[0], r"(<a href='/date/[^']*'>\d{4}-\d\d-)\d\d \d\d", r"\g<1>32 10")


@tree_fault("RED002", "a sentence that is none of the known, on a browser page")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    said = "Redacted: Names in this cable may have been changed."
    return replaced(tree, page[0], r"Redacted: [^\n]+", said) if page else None


@tree_fault("PRV001", "another name at the foot of a browser page")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    return replaced(tree, page[0], "is cablebrowser-2,", "is cablebrowser-20,") if page else None


@tree_fault("PRV002", "another date at the foot of a browser page")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    return replaced(tree, page[0], "released 2011-10-04", "released 2011-10-14") if page else None


@tree_fault("TXT001", "texts of two pages exchanged", shows={"SRC008": "the tags are listed"})
def _(tree: Tree, rng: Random) -> Tree | None:
    first, second = cable_page(tree, rng), cable_page(tree, rng)
    if first is None or second is None or first[0] == second[0]:
        return None
    texts = [text_of(tree, page[0]) for page in (first, second)]
    begins = [text.rindex("<pre>") for text in texts]
    one, two = (text[begin:] for text, begin in zip(texts, begins, strict=True))
    swapped = with_text(tree, first[0], texts[0][: begins[0]] + two)
    return with_text(swapped, second[0], texts[1][: begins[1]] + one)
