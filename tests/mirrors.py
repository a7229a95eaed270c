"""Invented releases in the form of trees of pages, and mirrors that are built from such trees.

Three releases follow each other. In the second one cable is withdrawn, one released anew without
another text, one covered in a passage, and two are new; in the third the withdrawn one is back, one
is gone, two are new, and one has other words.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cableproof.source import Source

NAME = "quillfeather"  # a name that the second release covers, and that no report may show
BUILDS = {"A": "201012070806", "B": "201012072146", "C": "201012102105"}
DAYS = ("2010-12-01", "2010-12-04", "2010-12-06", "2010-12-10")


@dataclass(frozen=True)
class Cable:
    """One invented cable of a release."""

    number: int
    text: str
    day: str = "2010-12-01"

    @property
    def identifier(self) -> str:
        return f"07BERN{self.number}"

    @property
    def path(self) -> str:
        return f"cable/2007/01/{self.identifier}.html"

    @property
    def body(self) -> str:
        return (
            f"UNCLAS BERN {self.number:06d} \n \nE.O. 12958: N/A \n"
            "TAGS: <a href='/tag/ELTN_0.html'>ELTN</a> <a href='/tag/SZ_0.html'>SZ</a> \n"
            f"SUBJECT: TRAM {self.number} \n \n1. (U) Tram {self.number} ran on time. \n \n"
            f"2. (U) {self.text} \n \n3. (U) Nobody else was seen at the {self.number}th stop. \n \n"
            "NOBODY \nNNNN"
        )


def _first() -> dict[int, Cable]:
    texts = {n: f"The {n}th keeper asked for {n + 2} lamps." for n in range(1, 9)}
    texts[4] = f"The keeper told {NAME} of the harbour that the bench was dry."
    return {n: Cable(n, text, DAYS[n % 2]) for n, text in texts.items()}


def releases() -> dict[str, dict[int, Cable]]:
    """Return the cables of the three releases by number."""
    first = _first()
    second = {n: cable for n, cable in first.items() if n != 3}
    second[2] = replace(second[2], day=DAYS[2])
    second[4] = replace(second[4], text=second[4].text.replace(NAME, "XXXXXXXXXXXX"))
    second |= {n: Cable(n, f"The {n}th ferry was late again.", DAYS[2]) for n in (9, 10)}
    third = {n: cable for n, cable in second.items() if n != 5}
    third[3] = replace(first[3], text="The lamps were counted once more.", day=DAYS[3])
    third[6] = replace(third[6], text="The keeper asked for no lamps at all.")
    third |= {n: Cable(n, f"The {n}th market was closed.", DAYS[3]) for n in (11, 12)}
    return {"A": first, "B": second, "C": third}


def _list(folder: str, keys: Iterable[str]) -> str:
    links = "\n".join(f"<a href='/{folder}/{key}_0.html'>{key}</a>" for key in keys)
    return f"<div class='sort'>\n{links}\n</div>"


def side(cables: Mapping[int, Cable]) -> str:
    """Return the side bar of a release, the same on all of its pages."""
    days = sorted({cable.day for cable in cables.values()}, reverse=True)
    tags = ("ELTN", "SZ", *(f"T{n}" for n in sorted(cables)))
    return (
        f"<a href='/index.html'><p>Currently released so far... {len(cables)} / 251,287</p></a>\n"
        f"<div id='browse'>\n{_list('reldate', days)}\n{_list('date', ['2007-01'])}\n"
        f"{_list('origin', ['86'])}\n{_list('tag', tags)}\n</div>\n"
    )


def page(cable: Cable, above: str) -> str:
    """Return the page of a cable, with a side bar."""
    lines = cable.body.replace("\n", "&#x000A;")
    return (
        "<?xml version='1.0' encoding='utf-8' ?>\n<html>\n<head>\n<title>Cable Viewer</title>\n"
        f"</head>\n<body>\n<div class='pane small'>\n{above}"
        f"<a href='http://trams.example/share?url=%2F{cable.path.replace('/', '%2F')}'>Share</a>\n"
        f"</div>\n<div class='pane big'>\n<h3>Viewing cable {cable.identifier}, "
        f"TRAM {cable.number}</h3>\n<table class='cable'>\n<tr>\n<th>Reference ID</th>\n"
        "<th>Created</th>\n<th>Released</th>\n<th>Classification</th>\n<th>Origin</th>\n</tr>\n"
        f"<tr>\n<td>\n<a href='/{cable.path}'>{cable.identifier}</a>\n</td>\n"
        "<td>\n<a href='/date/2007-01_0.html'>2007-01-02 10:10</a>\n</td>\n"
        f"<td>\n<a href='/reldate/{cable.day}_0.html'>{cable.day} 09:09</a>\n</td>\n"
        "<td>\n<a href='/classification/5_0.html'>UNCLASSIFIED</a>\n</td>\n"
        "<td>\n<a href='/origin/86_0.html'>Embassy Bern</a>\n</td>\n</tr>\n</table>\n"
        f"<code><pre>VZCZCXYZ0001&#x000A;</pre></code>\n<code><pre>{lines}</pre></code>\n"
        "</div>\n</body>\n</html>\n"
    )


def write(folder: Path, name: str) -> Source:
    """Write a release as a tree of pages, and return it as a source of that name."""
    cables = releases()[name]
    above = side(cables)
    for cable in cables.values():
        file = folder / BUILDS[name] / cable.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(cable, above), encoding="utf-8")
    return Source(name, folder / BUILDS[name])


def with_index(tree: Path, name: str) -> None:
    """Add the index pages to which the side bar of a release leads."""
    cables = releases()[name].values()
    above = side(releases()[name])
    listed = {
        **{
            f"reldate/{day}": [c for c in cables if c.day == day] for day in {c.day for c in cables}
        },
        **{key: list(cables) for key in ("date/2007-01", "origin/86", "tag/ELTN", "tag/SZ")},
        **{f"tag/T{cable.number}": [] for cable in cables},
    }
    for key, those in listed.items():
        links = "".join(f"<a href='/{c.path}'>{c.identifier}</a>\n" for c in those)
        file = tree / f"{key}_0.html"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"<html><body>{above}{links}</body></html>", encoding="utf-8")
    (tree / "index.html").write_text(f"<html><body>{above}</body></html>", encoding="utf-8")


def pages(tree: Path) -> Iterator[Path]:
    """Yield the cable pages of a tree, sorted."""
    yield from sorted(tree.glob("cable/**/*.html"))


Trees = list[Path]
Truth = dict[str, int]  # the number of the tree from which each page is, by its path


def copied(trees: Trees, to: Path) -> Truth:
    """Copy the last tree."""
    return _laid_over(trees[-1:], to, first=len(trees) - 1)


def without_deleting(trees: Trees, to: Path) -> Truth:
    """Copy one tree after the other over what is there, and delete nothing."""
    return _laid_over(trees, to, first=0)


def half_and_half(trees: Trees, to: Path) -> Truth:
    """Copy the last tree, and then every second page of the first one."""
    truth = copied(trees, to)
    for file in list(pages(trees[0]))[::2]:
        _copy(trees[0], file, to)
        truth[file.relative_to(trees[0]).as_posix()] = 0
    return truth


def _laid_over(trees: Trees, to: Path, first: int) -> Truth:
    truth: Truth = {}
    for number, tree in enumerate(trees, first):
        for file in pages(tree):
            _copy(tree, file, to)
            truth[file.relative_to(tree).as_posix()] = number
    return truth


def _copy(tree: Path, file: Path, to: Path) -> None:
    target = to / file.relative_to(tree)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def _changed(change: Callable[[str], bytes]) -> Callable[[Trees, Path], Truth]:
    def built(trees: Trees, to: Path) -> Truth:
        truth = without_deleting(trees, to)
        for file in pages(to):
            file.write_bytes(change(file.read_text(encoding="utf-8")))
        return truth

    return built


def _minified(text: str) -> bytes:
    """Return a page without white space between its tags, the texts apart."""
    parts = re.split(r"(<pre>.*?</pre>)", text, flags=re.DOTALL)
    small = (part if n % 2 else re.sub(r">\s+<", "><", part) for n, part in enumerate(parts))
    return "".join(small).replace("='", '="').replace("'>", '">').encode()


def _other_charset(text: str) -> bytes:
    declared = text.replace("encoding='utf-8'", "encoding='iso-8859-1'", 1)
    return declared.encode("iso-8859-1", "xmlcharrefreplace")


def _without_side_bar(text: str) -> bytes:
    start, end = text.index("<div class='pane small'>"), text.index("<div class='pane big'>")
    return (text[:start] + text[end:]).encode()


def _wrapped_anew(text: str) -> bytes:
    return re.sub(r" ?&#x000A;", "\r\n", text).encode()


def _reworded(text: str) -> bytes:
    begin = text.rindex("<pre>")
    return (text[:begin] + text[begin:].replace(" the ", " teh ")).encode()


def renamed(trees: Trees, to: Path) -> Truth:
    """Copy the trees over each other, and give each page a name without folders."""
    truth = without_deleting(trees, to)
    flat: Truth = {}
    for file in list(pages(to)):
        name = file.relative_to(to).as_posix().replace("/", "-")
        shutil.move(file, to / name)
        flat[name] = truth[file.relative_to(to).as_posix()]
    return flat


#: How mirrors are built from trees, oldest first; each returns from which tree every page is.
BUILT: dict[str, Callable[[Trees, Path], Truth]] = {
    "the newest as it is": copied,
    "copied over each other without deleting": without_deleting,
    "half of one and half of another": half_and_half,
    "minified": _changed(_minified),
    "another charset": _changed(_other_charset),
    "side bar removed": _changed(_without_side_bar),
    "other line ends and blanks": _changed(_wrapped_anew),
    "words altered": _changed(_reworded),
    "pages renamed": renamed,
}
