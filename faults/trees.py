"""Folders of files as archives are passed on: a release tree, single pages, a dump, lines of JSON.

A tree is a mapping of paths to contents; `plant` lays it down in a folder. What is no regular file
is told by a word: `pipe`, `socket`, or `link TARGET`.
"""

import os
import re
import socket
from itertools import islice
from pathlib import Path

from kinds import Tree
from made import SEED
from pages import address, page
from records import csv_row, json_line
from telegrams import Layout, Telegram, telegram

#: Trees of each kind in which a fault is planted.
TREES = 3
_PAGES = 9  #: in a release tree
_INDEX = """<html><head><title>{kind}</title></head>
<body>
<p>Currently released so far... {count} / 251,287</p>
<div id='browse'>
{links}
</div>
<table class='cable'>
<tr>
<th>Reference ID</th>
<th>Created</th>
<th>Released</th>
<th>Classification</th>
<th>Origin</th>
</tr>
{rows}
</table>
</body>
</html>
"""
_ROW = re.compile(r"<table class='cable'>.*?(<tr>\s*<td>.*?</tr>)", re.DOTALL)
_KINDS = ("date", "reldate", "classification", "origin", "tag")
_LINK = re.compile(rf"<a href='/((?:{'|'.join(_KINDS)})/[^/']+_0)\.html'[^>]*>([^<]*)</a>")
_BROWSER = """US embassy cable - {identifier}

Disclaimer: these pages are invented, {age} years after nothing happened.

{subject}

Identifier: {identifier}
Wikileaks: View {identifier} at Wikileaks.org
Origin: {origin}
Created: {created:%Y-%m-%d %H:%M:%S}
Classification: {classification}
Tags: {tags}
Redacted: This cable was {redacted}redacted by Wikileaks.
{notice}{body}

Latest source of this page is cablebrowser-2, released 2011-10-04"""


def release(number: int) -> Tree:
    """Return a whole release tree: cable pages, their index pages, and the page at its root."""
    told = [telegram(9_000 + 100 * number + n, SEED) for n in range(_PAGES)]
    cables = {f"cable/{address(one)}": page(one, len(told)) for one in told}
    tree: Tree = {path: text.encode() for path, text in cables.items()}
    lists: dict[str, tuple[str, list[str]]] = {}
    for text in cables.values():
        for key, label in _own_links(text):
            lists.setdefault(key, (label, []))[1].append(_row(text))
    links = "\n".join(f"<a href='/{key}.html'>{label}</a>" for key, (label, _) in lists.items())
    for key, (_, rows) in lists.items():
        shown = _INDEX.format(
            kind=key.split("/")[0], count=len(told), links=links, rows="\n".join(rows)
        )
        tree[f"{key}.html"] = shown.encode()
    front = _INDEX.format(kind="Cables", count=len(told), links=links, rows="")
    return tree | {"index.html": front.encode(), "static/cables.css": b"td { color: black }\n"}


def _row(text: str) -> str:
    """Return the row of the table of a cable page."""
    found = _ROW.search(text)
    assert found is not None
    return found[1]


def _own_links(text: str) -> list[tuple[str, str]]:
    """Return the lists in which a cable page says that it stands, by key, with their labels."""
    cable = text[text.index("<table class='cable'>") :]
    return list(dict.fromkeys(_LINK.findall(cable)))


def browser_page(told: Telegram) -> bytes:
    """Return the page of the cable browser, as plain text."""
    notice = f"{told.header}\n\n" if told.partial_extract else ""
    text = _BROWSER.format(
        identifier=told.identifier,
        age=12,
        subject=told.subject,
        origin=told.origin,
        created=told.created,
        classification=told.classification,
        tags=" ".join(told.tags),
        redacted="" if "XXXX" in told.body else "not ",
        notice=notice or f"\n{told.header}\n\n",
        body=told.body,
    )
    return text.encode()


def dump(number: int) -> Tree:
    """Return a folder with pages of the cable browser, a `cables.csv` and lines of JSON."""
    told = [telegram(12_000 + 100 * number + n, SEED) for n in range(12)]
    tree: Tree = {f"browser/{one.identifier}.txt": browser_page(one) for one in _partial(number)}
    tree["cables.csv"] = b"".join(csv_row(one, n + 1) for n, one in enumerate(told[:6]))
    tree["cables.jsonl"] = b"".join(json_line(one) for one in told[6:])
    return tree


def _partial(number: int) -> list[Telegram]:
    """Return four partial extracts, such as the cable browser has."""
    first = 20_000 + 200 * number
    told = (telegram(n, SEED, layout=Layout.EDITED) for n in range(first, first + 200))
    return list(islice((one for one in told if one.partial_extract), 4))


def generated() -> list[Tree]:
    """Return the trees in which faults of pages and files are planted."""
    numbers = range(TREES)
    return [release(number) for number in numbers] + [dump(number) for number in numbers]


def lay(tree: Tree, folder: Path) -> Path:
    """Lay a tree down in a folder that is not there yet."""
    folder.mkdir()
    for path, content in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            _special(file, content)
    return folder


def _special(file: Path, what: str) -> None:
    """Make something that is no regular file."""
    if what == "pipe":
        os.mkfifo(file)
    elif what == "socket":
        with socket.socket(socket.AF_UNIX) as listener:
            here = Path.cwd()
            os.chdir(file.parent)  # the name of a socket must be short
            try:
                listener.bind(file.name)
            finally:
                os.chdir(here)
    else:
        file.symlink_to(what.removeprefix("link "))
