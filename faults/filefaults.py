"""Faults of files: what cannot be opened, recognised, decoded or read whole."""

import gzip
import io
import re
import zipfile
from hashlib import sha256
from random import Random

import orjson
from kinds import Tree, tree_fault
from pagefaults import browser_page, cable_page, replaced, text_of, with_text

_PAGE_LIMIT = 16 * 1024 * 1024
#: A page that cannot be read, or is not there, is missed by lists and counter.
_GONE = {"SRC008": "the index pages list it", "SRC007": "the counter counts it"}


@tree_fault("SRC001", "a pipe among the files")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"more.jsonl": "pipe"}


@tree_fault("SRC001", "a socket among the files")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"more.jsonl": "socket"}


@tree_fault("SRC001", "a link that leads nowhere")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"more.jsonl": "link gone/cables.jsonl"}


@tree_fault("SRC001", "a page over the limit", shows=_GONE)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None:
        return None
    filler = " " * 1023 + "\n"
    text = text_of(tree, page[0]).replace("\n", "\n" + filler * (_PAGE_LIMIT // 1024), 1)
    return with_text(tree, page[0], text)


@tree_fault("SRC002", "bytes of no format")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"cables.dat": b"\x01\x02\xfe\x00" + rng.randbytes(4_000)}


@tree_fault("SRC002", "a database file")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"cables.db": b"SQLite format 3\x00" + rng.randbytes(4_080)}


@tree_fault("SRC002", "a dump with other separators")
def _(tree: Tree, rng: Random) -> Tree:
    row = b"07BERN12;Embassy Bern;2007-02-03;UNCLASSIFIED;All trams ran.\n"
    return tree | {"list.txt": row * 40}


@tree_fault("SRC003", "page cut in its table", shows=_GONE)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    text = text_of(tree, page[0]) if page else ""
    return with_text(tree, page[0], text[: text.index("<th>Origin")]) if page else None


@tree_fault("SRC003", "page cut in its text", shows=_GONE)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    text = text_of(tree, page[0]) if page else ""
    return (
        with_text(tree, page[0], text[: (text.rindex("<pre>") + text.rindex("</pre>")) // 2])
        if page
        else None
    )


@tree_fault("SRC003", "page of an error in place of a cable", shows=_GONE)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    sorry = "<html><body><h1>503 Service Unavailable</h1></body></html>\n"
    return with_text(tree, page[0], sorry) if page else None


@tree_fault("SRC003", "browser page without its foot")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    text = text_of(tree, page[0]) if page else ""
    return with_text(tree, page[0], text[: text.index("Latest source")]) if page else None


@tree_fault("SRC003", "closing quote of a row lost")
def _(tree: Tree, rng: Random) -> Tree | None:
    if "cables.csv" not in tree:
        return None
    rows = list(re.finditer(r'"\n(?="\d+",)', text_of(tree, "cables.csv")))
    found, text = rng.choice(rows), text_of(tree, "cables.csv")
    return with_text(tree, "cables.csv", text[: found.start()] + text[found.start() + 1 :])


@tree_fault("SRC003", "field of a row lost")
def _(tree: Tree, rng: Random) -> Tree | None:
    if "cables.csv" not in tree:
        return None
    return replaced(tree, "cables.csv", r'\n("\d+","[\d/: ]+","[^"]+"),"[^"]+"', r"\n\1")


@tree_fault("SRC003", "line of JSON cut")
def _(tree: Tree, rng: Random) -> Tree | None:
    if "cables.jsonl" not in tree:
        return None
    lines = text_of(tree, "cables.jsonl").splitlines(keepends=True)
    number = rng.randrange(len(lines))
    lines[number] = lines[number][: len(lines[number]) // 2] + "\n"
    return with_text(tree, "cables.jsonl", "".join(lines))


@tree_fault("SRC003", "NUL in a line of JSON")
def _(tree: Tree, rng: Random) -> Tree | None:
    if "cables.jsonl" not in tree:
        return None
    return replaced(tree, "cables.jsonl", r"End summary", r"End \\u0000summary")


@tree_fault("SRC003", "NUL in the text of a page", shows=_GONE)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng) or browser_page(tree, rng)
    return replaced(tree, page[0], r"(?<=[a-z]) the (?=[a-z])", " t\x00he ") if page else None


@tree_fault("SRC003", "NUL in a row of cables.csv")
def _(tree: Tree, rng: Random) -> Tree | None:
    if "cables.csv" not in tree:
        return None
    return replaced(tree, "cables.csv", r"(?<=[a-z]) the (?=[a-z])", " t\x00he ")


@tree_fault("SRC004", "an archive of which the end is lost")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"more.zip": _zipped({"07BERN1.html": b"<html>" * 99})[:-40]}


@tree_fault("SRC004", "an archive with a member that leads out of it")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"more.zip": _zipped({"../07BERN1.html": b"<html></html>"})}


@tree_fault("SRC004", "a bomb")
def _(tree: Tree, rng: Random) -> Tree:
    return tree | {"more.zip": _zipped({"cables.jsonl": bytes(8 << 20)})}


@tree_fault(
    "SRC004", "a compressed file that is cut short", shows={"SRC003": "its last row is cut"}
)
def _(tree: Tree, rng: Random) -> Tree | None:
    content = tree.get("cables.csv")
    if not isinstance(content, bytes):
        return None
    packed = gzip.compress(content, mtime=0)
    return {**tree, "more.csv.gz": packed[: len(packed) // 2]}


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@tree_fault("SRC005", "page in Latin-1")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    if page is None:
        return None
    text = text_of(tree, page[0]).encode("latin-1", "replace")
    return tree | {page[0]: text}


@tree_fault("SRC005", "page in UTF-16")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    return tree | {page[0]: text_of(tree, page[0]).encode("utf-16")} if page else None


@tree_fault("SRC009", "byte order mark before lines of JSON")
def _(tree: Tree, rng: Random) -> Tree | None:
    content = tree.get("cables.jsonl")
    return (
        tree | {"cables.jsonl": b"\xef\xbb\xbf" + content} if isinstance(content, bytes) else None
    )


@tree_fault("SRC005", "letters of Windows-1252 in a dump")
def _(tree: Tree, rng: Random) -> Tree | None:
    content = tree.get("cables.csv")
    if not isinstance(content, bytes) or b"End summary." not in content:
        return None
    return tree | {"cables.csv": content.replace(b"End summary.", b"Caf\xe9 shut. End summary.", 1)}


@tree_fault("SRC009", "byte order mark before a page")
def _(tree: Tree, rng: Random) -> Tree | None:
    page = browser_page(tree, rng)
    return tree | {page[0]: b"\xef\xbb\xbf" + text_of(tree, page[0]).encode()} if page else None


_HIDDEN = {
    "TXT004": "the control stands in the text, too",
    "TXT003": "NUL is replaced",
    "SUB002": "the subject of the text is another then",
}


@tree_fault("SRC010", "an escape by reference in a subject", shows=_HIDDEN)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    return replaced(tree, page[0], r"(?<=SUBJECT: )", "&#x1b;[8m") if page else None


@tree_fault("SRC010", "a NUL by reference in a page", shows=_HIDDEN)
def _(tree: Tree, rng: Random) -> Tree | None:
    page = cable_page(tree, rng)
    return replaced(tree, page[0], r"(?<=SUBJECT: )", "&#0;") if page else None


def _list(tree: Tree) -> list[str]:
    """Return the lines of a true list of checksums of all files."""
    whole = ((path, each) for path, each in sorted(tree.items()) if isinstance(each, bytes))
    return [f"{sha256(each).hexdigest()}  {path}" for path, each in whole]


@tree_fault("SRC011", "a list of checksums with the digest of another file")
def _(tree: Tree, rng: Random) -> Tree | None:
    lines = _list(tree)
    if len({line.split("  ")[0] for line in lines}) < 2:
        return None
    first, last = lines[0].split("  "), lines[-1].split("  ")
    lines[0] = f"{last[0]}  {first[1]}"
    return tree | {"SHA256SUMS": ("\n".join(lines) + "\n").encode()}


@tree_fault("SRC011", "a file lost that the list of checksums names")
def _(tree: Tree, rng: Random) -> Tree:
    lines = [*_list(tree), f"{'0' * 64} *cable/2007/01/07BERN1.html"]
    return tree | {"SHA256SUMS": ("\r\n".join(lines) + "\r\n").encode()}


@tree_fault("SRC011", "a list of checksums that leads out of the archive")
def _(tree: Tree, rng: Random) -> Tree:
    lines = [*_list(tree), f"{'0' * 64}  ../other/07BERN1.html"]
    return tree | {"manifest-sha256.txt": ("\n".join(lines) + "\n").encode()}


def _twice(tree: Tree, key: str, value: str) -> Tree | None:
    """Return the tree with a key given once more in the first line of JSON."""
    return (
        replaced(tree, "cables.jsonl", r"\A\{", f'{{"{key}":{value},')
        if "cables.jsonl" in tree
        else None
    )


@tree_fault("SRC006", "the same value twice")
def _(tree: Tree, rng: Random) -> Tree | None:
    if "cables.jsonl" not in tree:
        return None
    first = orjson.loads(text_of(tree, "cables.jsonl").splitlines()[0])
    return _twice(tree, "origin", orjson.dumps(first["origin"]).decode())


@tree_fault("SRC006", "two values")
def _(tree: Tree, rng: Random) -> Tree | None:
    return _twice(tree, "classification", '"SECRET//NOFORN"')
