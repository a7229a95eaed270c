"""What a page shows of an audit: the document's own values, in the words of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cableproof.reports.audit import FATES, told
from cableproof.reports.terminal import laws, many
from cableproof.reports.viewing_origins import Set, leftovers, origins_listed, sets
from cableproof.reports.wording import (
    RANKS,
    Document,
    cut,
    idle,
    letters,
    listed,
    severities,
    share,
    spaced,
)
from cableproof.validators.collation.kinds import KINDS

_CLAIMS = 500  # claims that a page lists, those that are false first
_NO_COPY = "copy of a release was given"
_FEW = 3  # of what is told at the top of the page, before the rest is only counted
#: What each component of fidelity asks, in the words of the page.
_ASKS = {
    "completeness": "Is each cable of the release here?",
    "text": "Are the words of header and body those of the release?",
    "metadata": "Are the claims: classification, date, origin, tags, subject and the rest?",
    "staleness": "Has each cable the form of the newest release that has it?",
    "redaction": "Is the same covered, no more and no less?",
    "fixity": "Is each record to the byte the one that a manifest lists?",
    "links": "Does each page link itself, and does each inner link lead to a file?",
}
_RUNGS = {
    "exact": "to the byte",
    "spaced": "white space apart",
    "encoded": "encoding and entities apart as well",
    "laid_out": "layout apart as well",
    "covered_alike": "style of redaction marks apart as well",
}
_WHERE = {
    "footer": "release in the last line",
    "date": "release date in the last line",
    "counter": "number of cables, by each page",
    "front": "number of cables, by the page at the root",
    "folder": "name of the folder",
}
#: How each verdict is drawn, what weighs most for the reader first.
_VERDICTS = {
    "contradicted": "no",
    "unreadable": "odd",
    "untestable": "open",
    "consistent": "so",
    "supported": "yes",
}
_FORMS = {
    "earlier": "the mirror has the earlier form",
    "later": "the mirror has the later form",
    "both": "both forms have one text, and it is here",
    "neither": "the text here is that of neither form",
}
_TONES = {"missing": "e", "withdrawn": "w", "unknown": "w", "restored": "n"}


class Bar(NamedTuple):
    """One share of a whole; ``width`` is in per cent, None where nothing was asked."""

    name: str
    asks: str
    width: float | None
    share: str
    of: str
    told: list[str]


class Claim(NamedTuple):
    """A claim, and on how many pages it has which verdict."""

    where: str
    says: str
    verdicts: list[tuple[str, str, int]]
    why: list[str]


class Column(NamedTuple):
    """A release that the mirror was held against."""

    facts: Document
    tint: int | None  # of the pages that can come from it alone
    here: Bar
    alone: int  # pages that can come from it and from no other
    among: int  # pages that can come from it


class Fate(NamedTuple):
    """A cable that came or went."""

    identifier: str
    tone: str
    what: str
    release: str
    form: str


def view(
    head: Document, audit: Document, origins: Sequence[Document], found: Sequence[Document]
) -> dict[str, Any]:
    """Return all that the page shows; the arguments are parts of the document."""
    names = [each["name"] for each in audit["references"]]
    drawn = sets(origins, _labels(names))
    whole = audit["vector"]["completeness"] or {}
    bars = [_component(name, each, audit) for name, each in audit["vector"].items()]
    claims = sorted(audit["statements"], key=_gravest)
    parts, parts_left = origins_listed(origins if names else [], names)
    fates, fates_left = listed(
        audit["fates"], lambda each: each["what"] == "missing", lambda each: str(each["what"])
    )
    rows, left_out = listed(
        found,
        lambda each: RANKS[each["severity"]],
        lambda each: f"{each['rule']} {spaced(each['name'])}",
    )
    return {
        "head": head,
        "mirror": audit["mirror"],
        "sigla": letters(names),
        "releases": [_column(each, whole, origins, drawn) for each in audit["references"]],
        "base": whole.get("release"),
        "whole": audit["releases"],
        "pages": sum(each["pages"] for each in origins),
        "bars": bars,
        "less": [each for each in bars if each.width is not None and each.width < 100],
        "all": [each.name for each in bars if each.width == 100],
        "rungs": list(_rungs(audit["vector"]["text"])),
        "fields": list(_fields(audit["vector"]["metadata"])),
        "links": audit["vector"]["links"],
        "sets": drawn,
        "parts": parts,
        "parts_left": parts_left,
        "leftovers": leftovers(audit["leftovers"]),
        "left_over": len(audit["leftovers"]),
        "claims": [_claim(each) for each in claims[:_CLAIMS]],
        "claims_left": max(0, len(claims) - _CLAIMS),
        "verdicts": _verdicts(claims),
        "false": [_claim(each) for each in claims[:_FEW] if "contradicted" in each["verdicts"]],
        "fates": [_fate(each) for each in fates],
        "fates_left": fates_left,
        "gone": _gone(audit["fates"]),
        "severities": severities(found),
        "rows": rows,
        "number": len(found),
        "left_out": left_out,
        "codes": sorted({(each["rule"], each["name"]) for each in found}),
        "laws": laws(head),
        "idle": list(idle(head["summary"]["rules"])),
    }


def _labels(names: Sequence[str]) -> dict[str, str]:
    """Return by what each release is called where there is room: its letter and its name."""
    called = letters(names)
    return {n: n if called[n] == n else f"{called[n]} {cut(n, 60)}" for n in names}


def _component(name: str, found: Document | None, audit: Document) -> Bar:
    """Return a component of fidelity, with what moved it."""
    if found is not None and found["of"]:
        return _bar(name, found, _ASKS[name], list(_moved(name, found)))
    lacks = "nothing to ask it of"
    if found is None:
        lacks = f"no {'manifest among the releases' if audit['references'] else _NO_COPY}"
    return Bar(name, _ASKS[name], None, "not asked", "", [lacks])


def _bar(name: str, found: Document, asks: str = "", told: Sequence[str] = ()) -> Bar:
    agree, of = found["agree"], found["of"]
    if not of:
        return Bar(name, asks, None, "not asked", "", list(told))
    width = agree * 1000 // of / 10
    return Bar(name, asks, width, share(agree, of), f"{agree:,} of {of:,}", list(told))


def _moved(name: str, found: Document) -> Iterator[str]:
    """Yield what moved a component; rungs and fields have tables of their own."""
    if name == "text":
        yield from (f"{_kind(code)}: {number:,}" for code, number in found["kinds"].items())
    elif name == "metadata":
        apart = {field: each["of"] - each["agree"] for field, each in found["fields"].items()}
        yield from (f"{field.replace('_', ' ')}: {n:,} differ" for field, n in apart.items() if n)
    elif name == "completeness":
        lost = {"missing": len(found["missing"]), "unreadable": found["unreadable"]}
        yield from [f"{number:,} {what}" for what, number in lost.items() if number] or ["nothing"]
        yield f"held against {found['release']}"
    else:
        yield from told(name, found)


def _kind(code: str) -> str:
    """Return the name of a kind of difference; a code that is not ours stands for itself."""
    return f"{spaced(KINDS[code].name)} ({code})" if code in KINDS else code


def _rungs(text: Document | None) -> Iterator[Bar]:
    if text is not None:
        for rung, equal in text["rungs"].items():
            yield _bar(_RUNGS[rung], {"agree": equal, "of": text["of"]})


def _fields(metadata: Document | None) -> Iterator[Bar]:
    for field, found in (metadata or {"fields": {}})["fields"].items():
        yield _bar(field.replace("_", " "), found)


def _column(
    each: Document, whole: Document, origins: Sequence[Document], drawn: Sequence[Set]
) -> Column:
    """Return what there is to know of a release, and how much of it the mirror has."""
    name = each["name"]
    tints = [one.tint for one in drawn if list(one.releases) == [name]]
    here = _bar(name, whole.get("releases", {}).get(name, {"agree": 0, "of": 0}))
    return Column(
        each,
        tints[0] if tints else None,
        here,
        sum(part["pages"] for part in origins if part["releases"] == [name]),
        sum(part["pages"] for part in origins if name in part["releases"]),
    )


def _gravest(each: Document) -> int:
    """Return the rank of the gravest verdict on a claim."""
    return min(list(_VERDICTS).index(verdict) for verdict in each["verdicts"])


def _verdicts(claims: Sequence[Document]) -> list[tuple[str, str, int]]:
    """Return how many claims have each verdict on any page."""
    counts = Counter(verdict for each in claims for verdict in each["verdicts"])
    return [(style, name, counts[name]) for name, style in _VERDICTS.items() if counts[name]]


def _claim(each: Document) -> Claim:
    said = each["verdicts"]
    verdicts = [(style, name, said[name]) for name, style in _VERDICTS.items() if name in said]
    why = [f"it means {' or '.join(each['releases'])}"] if each["releases"] else []
    why += [each["because"]] if each["because"] else []
    why += [f"{kind} contradicts it on {many(n, 'page')}" for kind, n in each["against"].items()]
    says = ": " if each["claim"] == "front" else ", "
    return Claim(_WHERE[each["claim"]], says.join(map(_said, each["says"].values())), verdicts, why)


def _said(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else cut(value)


def _fate(each: Document) -> Fate:
    return Fate(
        each["identifier"],
        _TONES[each["what"]],
        each["what"],
        cut(each["earlier"], 60),
        _FORMS.get(each["form"], ""),
    )


def _gone(fates: Sequence[Document]) -> list[tuple[str, str, int]]:
    """Return what came and went: in a word, what it means, and how often."""
    counts = Counter(each["what"] for each in fates)
    return [(what, words, counts[what]) for what, words in FATES.items() if counts[what]]
