"""Innocent changes of pages and files: entities, furniture, what lies beside the records."""

import re
from random import Random

from kinds import Tree, innocent_tree
from pagefaults import browser_page, cable_page, text_of, with_text

_PAGES = re.compile(r"(?:cable|browser)/.*")


def _every(tree: Tree, old: str, new: str) -> Tree:
    """Return the tree with something else in place of it on every page of a record."""
    for path in [path for path in tree if _PAGES.fullmatch(path)]:
        tree = with_text(tree, path, text_of(tree, path).replace(old, new))
    return tree


def _in_texts(tree: Tree, pattern: str, words: str) -> Tree | None:
    """Return the tree with matches replaced in the texts of the cable pages."""
    pages = [path for path in tree if path.startswith("cable/")]
    for path in pages:
        text = text_of(tree, path)
        begin = text.index("<pre>")
        tree = with_text(tree, path, text[:begin] + re.sub(pattern, words, text[begin:]))
    return tree if pages else None


@innocent_tree("numeric entities for apostrophes and quotes")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _in_texts(tree, r"(?<=[a-z ])\"(?=[A-Za-z])", "&#34;")


@innocent_tree("hexadecimal entities for letters")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _in_texts(tree, r"\bt(?=ram\b)", "&#x74;")


@innocent_tree("line ends as line ends, not as entities")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _in_texts(tree, "&#x000A;", "\n")


@innocent_tree("page furniture of another week")
def _(tree: Tree, rng: Random) -> Tree | None:
    if cable_page(tree, rng) is None:
        return None
    old = _every(tree, "<h3>Articles</h3>", "<h3>Articles</h3>\n<p>Updated daily at noon</p>")
    return _every(old, "Share this page", "Tell a friend")


@innocent_tree("CRLF line ends in the files of pages")
def _(tree: Tree, rng: Random) -> Tree:
    return _every(tree, "\n", "\r\n")


@innocent_tree("disclaimer of another year")
def _(tree: Tree, rng: Random) -> Tree | None:
    if browser_page(tree, rng) is None:
        return None
    for path in [path for path in tree if path.startswith("browser/")]:
        said = re.sub(r"Disclaimer: [^\n]+", "Disclaimer: fifteen years on.", text_of(tree, path))
        tree = with_text(tree, path, said)
    return tree


@innocent_tree("quotes of attributes doubled")
def _(tree: Tree, rng: Random) -> Tree | None:
    if cable_page(tree, rng) is None:
        return None
    for path in [path for path in tree if path.startswith("cable/")]:
        said = re.sub(r"(?<==)'([^'\"<>]*)'(?=[ />])", r'"\1"', text_of(tree, path))
        tree = with_text(tree, path, said)
    return tree


@innocent_tree("a blank line at the end of the files")
def _(tree: Tree, rng: Random) -> Tree:
    files = {path: c for path, c in tree.items() if isinstance(c, bytes)}
    return tree | {path: content + b"\n" for path, content in files.items()}


@innocent_tree("pictures, style sheets and notes beside the records")
def _(tree: Tree, rng: Random) -> Tree:
    beside: Tree = {
        "static/crane.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "static/more.css": b"body { margin: 0 }\n",
        "README.md": b"# Trams\n\nSelected pages.\n",
        "link.html": "link README.md",
    }
    return tree | beside


@innocent_tree("escapes of JSON in place of letters")
def _(tree: Tree, rng: Random) -> Tree | None:
    content = tree.get("cables.jsonl")
    if not isinstance(content, bytes):
        return None
    return tree | {"cables.jsonl": content.replace(b"Embassy", b"\\u0045mbassy")}
