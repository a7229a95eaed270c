"""Faults of whole release trees: the counter and the lists contradict the pages."""

import re
from random import Random

from kinds import Tree, tree_fault
from pagefaults import cable_page, text_of, with_text

_COUNTER = r"(Currently released so far\.\.\. )(\d+)( /)"
_KINDS = ("date", "reldate", "classification", "origin", "tag")


def _indexes(tree: Tree, kind: str) -> list[str]:
    """Return the index pages of a kind that list something."""
    return [p for p in sorted(tree) if p.startswith(f"{kind}/") and "/cable/" in text_of(tree, p)]


def _rows(text: str) -> list[str]:
    """Return the rows of the table of an index page, without its head."""
    return re.findall(r"<tr>\s*<td>.*?</tr>\n?", text, re.DOTALL)


def _relisted(tree: Tree, kind: str, rng: Random) -> Tree | None:
    """Return the tree with an entry of one index page moved to another of its kind."""
    paths = _indexes(tree, kind)
    if len(paths) < 2:
        return None
    source, target = rng.sample(paths, 2)
    row = rng.choice(_rows(text_of(tree, source)))
    tree = with_text(tree, source, text_of(tree, source).replace(row, "", 1))
    return with_text(tree, target, text_of(tree, target).replace("</table>", f"{row}</table>", 1))


@tree_fault("SRC008", "cable listed under another month")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _relisted(tree, "date", rng)


@tree_fault("SRC008", "cable listed under another classification")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _relisted(tree, "classification", rng)


@tree_fault("SRC008", "cable listed under another post")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _relisted(tree, "origin", rng)


@tree_fault("SRC008", "cable listed under another day of release")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _relisted(tree, "reldate", rng)


@tree_fault("SRC008", "cable listed under a tag that it has not")
def _(tree: Tree, rng: Random) -> Tree | None:
    page, paths = cable_page(tree, rng), _indexes(tree, "tag")
    free = [path for path in paths if page and page[3] not in text_of(tree, path)]
    dated = [path for path in _indexes(tree, "date") if page and page[3] in text_of(tree, path)]
    if page is None or not free or not dated:
        return None
    row = next(row for row in _rows(text_of(tree, dated[0])) if page[3] in row)
    path = rng.choice(free)
    return with_text(tree, path, text_of(tree, path).replace("</table>", f"{row}</table>", 1))


@tree_fault("SRC008", "cable lost from the list of its month")
def _(tree: Tree, rng: Random) -> Tree | None:
    paths = _indexes(tree, "date")
    if not paths:
        return None
    path = rng.choice(paths)
    row = rng.choice(_rows(text_of(tree, path)))
    return with_text(tree, path, text_of(tree, path).replace(row, "", 1))


@tree_fault("SRC008", "page lost, and the counter set to what is left")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None or not _indexes(tree, "date"):
        return None
    left = {path: content for path, content in tree.items() if path != page[0]}
    return _counted(left, -1)


def _counted(tree: Tree, more: int, paths: list[str] | None = None) -> Tree:
    """Return the tree with another number on the counter of some pages, or of all."""
    for path in [p for p in tree if p.endswith(".html")] if paths is None else paths:
        said = re.sub(_COUNTER, lambda m: f"{m[1]}{int(m[2]) + more}{m[3]}", text_of(tree, path))
        tree = with_text(tree, path, said)
    return tree


@tree_fault("SRC007", "front page of a release before")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _counted(tree, -rng.randint(1, 3), ["index.html"]) if "index.html" in tree else None


@tree_fault("SRC007", "page lost, from the lists too")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None or "index.html" not in tree:
        return None
    left = {path: content for path, content in tree.items() if path != page[0]}
    for path in [path for kind in _KINDS for path in _indexes(left, kind)]:
        text = text_of(left, path)
        for row in _rows(text):
            text = text.replace(row, "", 1) if page[3] in row else text
        left = with_text(left, path, text)
    return left


@tree_fault("SRC007", "all pages count more than there are")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _counted(tree, 7) if "index.html" in tree else None
