"""Pages in the markup of the HTML releases of December 2010, with furniture of our own words.

Kept as they are, since programs read them: the counter, the heading, the table, the two text
blocks, the links and anchors, the classification links that do not fit their text, and the minutes
that repeat the hour.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from stations import STATIONS, YEARS
from telegrams import PROGRAM_CODES, SUBJECT_CODES, Telegram

#: The whole set, as the counter says it.
WHOLE = "251,287"
_FIRST_DAY = datetime(2010, 11, 28)
_DAYS = 13
_CLASSES = {
    "CONFIDENTIAL": (1, "unclassified"),
    "CONFIDENTIAL//NOFORN": (2, "secret"),
    "SECRET": (3, "confidential"),
    "SECRET//NOFORN": (4, "secret//noforn"),
    "UNCLASSIFIED": (5, "unclassified//fouo"),
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY": (6, "confidential//noforn"),
}
_ARTICLES = ("Trams", "Harbour", "Benches", "Editorial", "Ferries", "Market", "Lamps")
_TAGS_LINE = re.compile(r"^TAGS: (.*?)( ?)$", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+|[A-Za-z])\.(?=\s)", re.MULTILINE)
_ORIGINS = {name: i for i, name in enumerate(sorted({s.origin for s in STATIONS}), start=1)}

_TOP = """<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html lang='en' xml:lang='en' xmlns='http://www.w3.org/1999/xhtml'>
<head>
<title>Cable Viewer</title>
<link href='/static/gfx/favicon.ico' rel='shortcut icon' />
<link href='/static/css/reset.css' rel='stylesheet' type='text/css' />
<link href='/static/css/cables.css' rel='stylesheet' type='text/css' />
</head>
<body>
<div class='main'>
<div class='pane small'>
<a href='/support.html'>
<img alt='A tram' src='/img/tram.jpg' />
</a>
<a href='/index.html'>
<img alt='A harbour crane' src='/static/gfx/crane.png' />
<p>Currently released so far... {count} / {whole}</p>
</a>
<div id='browse'>
<h3>Articles</h3>
{articles}
<h3>Browse latest releases</h3>
{days}
<h3>Browse by creation <a href='#year_1985' onclick='return sha(0);'>date</a></h3>
{years}
<h3>Browse by <a href='#by_A' onclick='return sha(1);'>origin</a></h3>
{origins}
<h3>Browse by <a href='#tag_A' onclick='return sha(2);'>tag</a></h3>
{tags}
<h3>Browse by classification</h3>
{classes}
</div>
"""
_MIDDLE = """<h3>Elsewhere</h3>
<div class='sort'>
<a href='http://trams.example/follow'>Follow the trams</a>
<a href='http://trams.example/share?url=%2Fcable%2F{address}'>Share this page</a>
</div>
<p>
<i>
benches are patient
</i>
</p>
</div>
<div class='pane big'>
<h3>Viewing cable {identifier}, {title}</h3>
<div>
New here? See <a href="#help_1" onclick="return sh(1);">how a telegram is built</a> and \
<a href="#help_2" onclick="return sh(2);">how to cite it</a>.
<br />
</div>
<div id='help_1'>
<br />
<b>How a telegram is built</b>
<ul>
<li>Above: number, dates, marking and sender, each with a link to its own list.</li>
<li>In the middle: the way it took and those to whom it went, if that was kept.</li>
<li>Below: the text, from the marking to the signature.</li>
</ul>
</div>
<div id='help_2'>
<br />
<b>How to cite it</b>
<br />
By its number, <b>{identifier}</b>, and by the paragraph if need be.
</div>
<table class='cable'>
<tr>
<th>Reference ID</th>
<th>Created</th>
<th>Released</th>
<th>Classification</th>
<th>Origin</th>
</tr>
<tr>
<td>
<a href='/cable/{address}'>{identifier}</a>
</td>
<td>
<a href='/date/{month}_0.html'>{created}</a>
</td>
<td>
<a href='/reldate/{day}_0.html'>{released}</a>
</td>
<td>
<a href='/classification/{number}_0.html' title='{class_title}'>{classification}</a>
</td>
<td>
<a href='/origin/{origin_number}_0.html'>{origin}</a>
</td>
</tr>
</table>
<code><pre>{header}</pre></code>
<code><pre>{body}</pre></code>
</div>
</div>
<script src='/static/js/js.js' type='text/javascript'></script>
</body>
</html>
"""


def _links(pairs: list[tuple[str, str]], name: str = "") -> str:
    """Return a box of links, given as address and words."""
    links = "\n".join(f"<a href='/{address}.html'>{words}</a>" for address, words in pairs)
    return f"<div class='sort'{f' id={name!r}' if name else ''}>\n{links}\n</div>"


def _boxes(prefix: str, boxes: dict[str, list[tuple[str, str]]]) -> str:
    """Boxes that open one at a time, with a row of buttons above them."""
    buttons = "\n".join(
        f"<a class='sort' href='#{prefix}_{name}' "
        f"onclick=\"return swap('{prefix}_{name}');\">{name[-2:]}</a>"
        for name in boxes
    )
    shown = "\n".join(_links(pairs, f"{prefix}_{name}") for name, pairs in boxes.items())
    return f"<div class='pick'>\n{buttons}\n</div>\n{shown}"


def _by_letter(folder: str, names: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Links to lists, under the first letter of what they list (the last word of an Origin)."""
    boxes: dict[str, list[tuple[str, str]]] = {}
    for words, file in sorted(names.items(), key=lambda item: item[0].split(" ")[-1]):
        boxes.setdefault(words.split(" ")[-1][0], []).append((f"{folder}/{file}_0", words))
    return boxes


def _months(year: int) -> list[tuple[str, str]]:
    """Links to the lists of a year's months: of the lean years only the first."""
    last = 1 if year < 2003 else 2 if year == max(YEARS) else 12
    return [(f"date/{year}-{m:02}_0", f"{year}/{m:02}") for m in range(1, last + 1)]


@lru_cache(maxsize=1)
def _top(pages: int) -> str:
    """Return what stands above and beside the record, the same on every page of a release."""
    days = [_FIRST_DAY + timedelta(days=n) for n in reversed(range(_DAYS))]
    tags = {tag: tag for tag in [*SUBJECT_CODES, *PROGRAM_CODES, *(s.country for s in STATIONS)]}
    origins = {origin: str(number) for origin, number in _ORIGINS.items()}
    classes = "\n".join(
        f"<a href='/classification/{number}_0.html' title='{title}'>{name}</a>"
        for name, (number, title) in _CLASSES.items()
    )
    return _TOP.format(
        count=pages,
        whole=WHOLE,
        articles=_links([(f"articles/2010/On-{name}", name) for name in _ARTICLES]),
        days=_links([(f"reldate/{day:%Y-%m-%d}_0", f"{day:%Y/%m/%d}") for day in days]),
        years=_boxes("year", {str(year): _months(year) for year in YEARS}),
        origins=_boxes("by", _by_letter("origin", origins)),
        tags=_boxes("tag", _by_letter("tag", tags)),
        classes=f"<div class='sort'>\n{classes}\n</div>",
    )


def _block(text: str) -> str:
    """Return a text as it stands in `<pre>`: line ends as entities, all else bare."""
    return text.replace("\n", "&#x000A;")


def _linked(found: re.Match[str]) -> str:
    """Return a TAGS line with its codes as links, blanks between them."""
    codes = re.split("[, ]+", found[1])
    links = " ".join(f"<a href='/tag/{code}_0.html'>{code}</a>" for code in codes)
    return f"TAGS: {links}{found[2]}"


def _anchored(found: re.Match[str]) -> str:
    """Return the number of a paragraph with a pilcrow sign before it."""
    return f"<a id='par{found[1]}' href='#par{found[1]}'>\u00b6</a>{found[0]}"


def _body(text: str) -> str:
    """Return the text with links and anchors."""
    return _block(_NUMBERED.sub(_anchored, _TAGS_LINE.sub(_linked, text, count=1)))


def hour_only(moment: datetime) -> str:
    """Date and hour; the minutes repeat the hour on the twelve-hour clock."""
    return f"{moment:%Y-%m-%d %H}:{(moment.hour - 1) % 12 + 1:02}"


def address(record: Telegram) -> str:
    """Path of the page below `cable/`."""
    return f"{record.created:%Y/%m}/{record.identifier}.html"


def page(record: Telegram, pages: int, written: str = "") -> str:
    """Return the page of a record in a release of so many; `written` stands for its date."""
    rng = Random(f"released {record.identifier}")
    released = _FIRST_DAY + timedelta(hours=rng.randrange(24 * _DAYS))
    number, class_title = _CLASSES.get(record.classification, (6, "confidential//noforn"))
    return _top(pages) + _MIDDLE.format(
        address=address(record),
        identifier=record.identifier,
        title=record.subject,
        month=f"{record.created:%Y-%m}",
        created=written or hour_only(record.created),
        day=f"{released:%Y-%m-%d}",
        released=hour_only(released),
        number=number,
        class_title=class_title,
        classification=record.classification,
        origin_number=_ORIGINS[record.origin],
        origin=record.origin,
        header=_block(record.header),
        body=_body(record.body),
    )
