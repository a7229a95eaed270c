"""Ways in which a page of a mirror is damaged, or changed without any damage."""

from collections.abc import Callable
from pathlib import Path

from tests import mirrors

Change = Callable[[Path], object]


def _page(tree: Path, number: int) -> Path:
    return tree / f"cable/2007/01/07BERN{number}.html"


def _replaced(number: int, old: str, new: str) -> Change:
    """Return what puts other words into the page of a cable, which has the old ones."""

    def change(tree: Path) -> None:
        file = _page(tree, number)
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def _older(tree: Path) -> None:
    """Put the form of the second release in the place of that of the third."""
    cable = mirrors.releases()["B"][6]
    above = mirrors.side(mirrors.releases()["C"])
    _page(tree, 6).write_text(mirrors.page(cable, above), encoding="utf-8")


#: What happened, the component of fidelity that it moves, and what does it.
DAMAGE: dict[str, tuple[str, Change]] = {
    "a page is lost": ("completeness", lambda tree: _page(tree, 7).unlink()),
    "a page is cut": ("completeness", _replaced(7, "</pre>", "")),
    "a word is another": ("text", _replaced(7, "lamps", "stamps")),
    "a text is cut": ("text", _replaced(7, " \n \nNOBODY \nNNNN".replace("\n", "&#x000A;"), "")),
    "a sign is decoded wrongly": ("text", _replaced(7, "lamps", "lamps\u00e2\u20ac\u2122s")),
    "the header is another": ("text", _replaced(7, "VZCZCXYZ0001", "VZCZCXYZ0002")),
    "another classification": ("metadata", _replaced(7, "UNCLASSIFIED</a>", "SECRET</a>")),
    "another origin": ("metadata", _replaced(7, "Embassy Bern</a>", "Embassy Lima</a>")),
    "another date": ("metadata", _replaced(7, "2007-01-02 10:10", "2007-02-02 10:10")),
    "another day of release": ("metadata", _replaced(7, f"{mirrors.DAYS[1]} 09", "2011-03-03 09")),
    "a tag is lost": ("metadata", _replaced(7, "<a href='/tag/SZ_0.html'>SZ</a>", "SZ")),
    "another subject": ("metadata", _replaced(7, "07BERN7, TRAM 7", "07BERN7, FERRY 9")),
    "an older form": ("staleness", _older),
    "a passage is covered": ("redaction", _replaced(7, "keeper asked", "XXXXXXXXXXXX asked")),
    "a passage is opened": ("redaction", _replaced(4, "XXXXXXXXXXXX", "a clerk of some age")),
    "a link names another cable": ("links", _replaced(7, "%2F07BERN7.html", "%2F07BERN8.html")),
    "an index page is lost": ("links", lambda tree: (tree / "tag/T7_0.html").unlink()),
}
INNOCENT: dict[str, Change] = {
    "blanks": _replaced(7, " ran on time. ", " ran  on time."),
    "line ends": _replaced(7, "&#x000A;", "\r\n"),
    "another word of the page around it": _replaced(7, "Share</a>", "Pass it on</a>"),
    "a list of the side bar": _replaced(7, "<a href='/tag/SZ_0.html'>SZ</a>\n", ""),
    "another order of the table's attributes": _replaced(7, "<td>", "<td class='x'>"),
}
