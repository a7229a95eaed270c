"""A clean record, invented, over which the examples of the cards are laid."""

from collections.abc import Mapping
from types import MappingProxyType

_HEADER = (
    "VZCZCXYZ0001\nRR RUEHC\nDE RUEHSW #{number:04d} 2551239\nZNR UUUUU ZZH\nR {group}\n"
    "FM AMEMBASSY BERN\nTO RUEHC/SECSTATE WASHDC 0590\n"
)
_BODY = (
    "UNCLAS BERN {number:06d}\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: {tags}\n"
    "SUBJECT: TRAM TIMETABLES\n\n1. (U) {text}\n\nNOBODY\n"
)
NOTICE = (
    "This record is a partial extract of the original cable. "
    "The full text of the original cable is not available."
)


def telegram(
    number: int = 1234,
    *,
    group: str = "121239Z SEP 06",
    tags: str = "PGOV, PREL, SZ",
    text: str = "All trams ran on time.",
) -> dict[str, str]:
    """Return header and body of a telegram from Bern in which everything agrees."""
    return {
        "header": _HEADER.format(number=number, group=group),
        "body": _BODY.format(number=number, tags=tags, text=text),
    }


def numbered(number: int, **fields: object) -> dict[str, object]:
    """Return the fields of another cable of the same post and year, with a text of its own."""
    identifier = f"06BERN{number}"
    own = telegram(number, text=f"Tram {number} ran on time.")
    return {"identifier": identifier, "link": identifier, **own, "header": "", **fields}


def tagged(*tags: str) -> dict[str, object]:
    """Return tags, and a text that has them."""
    return {"tags": list(tags), **telegram(tags=", ".join(tags))}


HEADER = telegram()["header"]
BODY = telegram()["body"]
MARKED = telegram(text="XXXXXXXXXXXX ran on time.")["body"]

COUNTER = "<p>Currently released so far... {} / 251,287</p>"
LINK = "<a href='/cable/2006/09/06BERN1234.html'>06BERN1234</a>"


def page(counter: int, odd: str = "") -> str:
    """Return the page of a cable in a release of so many, with something ``odd`` in its text."""
    links = " ".join(f"<a href='/tag/{tag}_0.html'>{tag}</a>" for tag in ("PGOV", "PREL", "SZ"))
    said = telegram(tags=links, text=f"All trams{odd} ran on time.")
    return (
        f"<html><body>{COUNTER.format(counter)}"
        "<h3>Viewing cable 06BERN1234, TRAM TIMETABLES</h3><table class='cable'>"
        "<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th>"
        f"<th>Origin</th></tr><tr><td>{LINK}</td><td>2006-09-12 12:39</td>"
        "<td>2010-12-01 21:09</td><td>UNCLASSIFIED</td><td>Embassy Bern</td></tr></table>"
        f"<code><pre>{said['header']}</pre></code><code><pre>{said['body']}</pre></code>"
        "</body></html>\n"
    )


#: A record of which no rule has anything to say.
CLEAN: Mapping[str, object] = MappingProxyType(
    {
        "identifier": "06BERN1234",
        "origin": "Embassy Bern",
        "created": "2006-09-12 12:39:00",
        "released": None,
        "classification": "UNCLASSIFIED",
        "tags": ["PGOV", "PREL", "SZ"],
        "subject": "TRAM TIMETABLES",
        "references": [],
        "redacted": False,
        "redaction_statement": None,
        "partial_extract": False,
        "source_release": "cablebrowser-2",
        "source_released": "2011-10-04",
        "link": "06BERN1234",
        "header": HEADER,
        "body": BODY,
    }
)
