"""What a page shows of an audit: the document's own values, in the words of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Any, NamedTuple

from cableproof.finding import Severity
from cableproof.reports.audit import FATES, percent, told
from cableproof.reports.terminal import many

Document = Mapping[str, Any]
MOST = 5000  # findings that a page lists, and cables that came or went
NAMES = 400  # names of cables in one list
_TINTS = 6  # of the sets of releases in the strip; more sets share the last
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
_CLAIMS = {
    "footer": "last line of the page",
    "date": "date of the release",
    "counter": "number of cables released so far",
    "front": "the same on the page at the root",
    "folder": "name of the folder",
}
_VERDICTS = {
    "supported": "yes",
    "consistent": "so",
    "contradicted": "no",
    "untestable": "open",
    "unreadable": "odd",
}


class Bar(NamedTuple):
    """One component of fidelity; ``width`` is its share in per cent, None where it was not asked."""

    name: str
    asks: str
    width: float | None
    share: str
    of: str
    told: list[str]


class Set(NamedTuple):
    """Pages that can come from the same releases, and where they stand in the strip."""

    tint: int
    names: str
    pages: int
    start: float
    width: float
    parts: list[tuple[int, list[list[tuple[str, str]]]]]  # pages; a cell for each kind


class Claim(NamedTuple):
    """A claim, and on how many pages it has which verdict."""

    where: str
    says: str
    verdicts: list[tuple[str, str, int]]
    why: list[str]


class Fates(NamedTuple):
    """Cables to which the same happened; ``more`` of them are not listed."""

    what: str
    words: str
    number: int
    names: list[str]
    more: int


def view(
    head: Document, audit: Document, origins: Sequence[Document], found: Sequence[Document]
) -> dict[str, Any]:
    """Return all that the page shows; the arguments are parts of the document."""
    names = [each["name"] for each in audit["references"]]
    sigla = dict(zip(names, ascii_uppercase, strict=False))
    kinds = [kind for kind in _kinds(origins) if kind]
    listed = _listed(found)
    return {
        "head": head,
        "mirror": audit["mirror"],
        "sigla": sigla,
        "releases": audit["references"],
        "covered": (audit["vector"]["completeness"] or {}).get("releases", {}),
        "base": (audit["vector"]["completeness"] or {}).get("release"),
        "bars": list(_bars(audit["vector"])),
        "kinds": kinds,
        "sets": list(_sets(origins, sigla, kinds)) if sigla else [],
        "counted": [(each["counter"], each["pages"]) for each in origins],
        "lead": _lead(audit, origins),
        "severities": _severities(found),
        "leftovers": _cut([each["identifier"] for each in audit["leftovers"]]),
        "claims": [_claim(each) for each in audit["statements"]],
        "fates": list(_fates(audit["fates"])),
        "rows": listed,
        "number": len(found),
        "left_out": _left_out(found, listed),
        "codes": sorted({(each["rule"], each["name"]) for each in found}),
        "idle": [code for code, rule in head["summary"]["rules"].items() if rule["not_run"]],
    }


def _bars(vector: Document) -> Iterator[Bar]:
    """Yield the components of fidelity with what moved each."""
    for name, found in vector.items():
        asks = _ASKS[name]
        if found is None or not found["of"]:
            yield Bar(name, asks, None, "not asked", "", [])
            continue
        agree, of = found["agree"], found["of"]
        width = agree * 1000 // of / 10
        yield Bar(
            name, asks, width, percent(agree, of), f"{agree:,} of {of:,}", [*told(name, found)]
        )


def _kinds(origins: Sequence[Document]) -> list[str]:
    """Return the kinds of evidence that say anything of any page, in their order."""
    seen: dict[str, None] = {}
    for each in origins:
        seen |= dict.fromkeys(each["evidence"])
    return list(seen)


def _sets(
    origins: Sequence[Document], sigla: Mapping[str, str], kinds: Sequence[str]
) -> Iterator[Set]:
    """Yield the pages by the releases that they can come from, most pages first."""
    grouped: dict[tuple[str, ...], list[Document]] = {}
    for each in origins:
        grouped.setdefault(tuple(each["releases"]), []).append(each)
    whole = sum(each["pages"] for each in origins) or 1
    before = 0
    order = sorted(grouped.items(), key=lambda item: -sum(each["pages"] for each in item[1]))
    for number, (releases, found) in enumerate(order):
        pages = sum(each["pages"] for each in found)
        names = " or ".join(f"{sigla[name]} {name}" for name in releases)
        yield Set(
            *(
                min(number, _TINTS - 1) if releases else _TINTS,
                names or "none of those given",
                pages,
            ),
            *(100 * before / whole, 100 * pages / whole),
            [(each["pages"], _evidence(each, sigla, kinds)) for each in found],
        )
        before += pages


def _evidence(
    each: Document, sigla: Mapping[str, str], kinds: Sequence[str]
) -> list[list[tuple[str, str]]]:
    """Return for each kind of evidence the releases it speaks for and against, by letter."""
    none: Document = {"for": [], "against": []}
    cells = []
    for kind in kinds:
        said = each["evidence"].get(kind, none)
        sides = dict.fromkeys(said["for"], "yes") | dict.fromkeys(said["against"], "no")
        cells.append([(sides[name], siglum) for name, siglum in sigla.items() if name in sides])
    return cells


def _lead(audit: Document, origins: Sequence[Document]) -> list[str]:
    """Return what is to be known first, in a sentence or two."""
    pages = sum(each["pages"] for each in origins)
    if not audit["references"]:
        return [
            f"No copy of a release was given, so that its {many(pages, 'page')} vouch for themselves."
        ]
    if audit["releases"]:
        first = f"Every page can come from {' or '.join(audit['releases'])}."
    else:
        none = sum(each["pages"] for each in origins if not each["releases"])
        first = "No one release has every page."
        first += f" {many(none, 'page')} can come from none of those given." if none else ""
    old = len(audit["leftovers"])
    left = f"{many(old, 'page')} left over from an older release." if old else ""
    false = sum(each["verdicts"].get("contradicted", 0) for each in audit["statements"])
    return [
        part for part in (first, left, "Some of its claims are false." if false else "") if part
    ]


def _claim(each: Document) -> Claim:
    verdicts = [(_VERDICTS[verdict], verdict, n) for verdict, n in each["verdicts"].items()]
    why = [f"it is {' or '.join(each['releases'])}"] if each["releases"] else []
    why += [each["because"]] if each["because"] else []
    why += [f"{kind} contradicts it on {many(n, 'page')}" for kind, n in each["against"].items()]
    says = " ".join(
        f"{value:,}" if isinstance(value, int) else value for value in each["says"].values()
    )
    return Claim(_CLAIMS[each["claim"]], says, verdicts, why)


def _fates(fates: Sequence[Document]) -> Iterator[Fates]:
    """Yield what came and went, by what happened."""
    room = MOST
    for what, words in FATES.items():
        found = [each for each in fates if each["what"] == what]
        names = [_fate(each) for each in found[:room]]
        room -= len(names)
        if found:
            yield Fates(what, words, len(found), names, len(found) - len(names))


def _fate(each: Document) -> str:
    """Return a cable, with the release that had it, and whose form a restored one has."""
    more = [each["earlier"]] if each["earlier"] else []
    more += [f"in the {each['form']} form"] if each["form"] in ("earlier", "later") else []
    return str(each["identifier"]) + (f" ({', '.join(more)})" if more else "")


def _cut(names: Sequence[str]) -> tuple[int, Sequence[str], int]:
    """Return how many names there are, the first of them, and how many more."""
    return len(names), names[:NAMES], max(0, len(names) - NAMES)


def _listed(found: Sequence[Document]) -> Sequence[Document]:
    """Return the findings that a page has room for, the gravest before the others."""
    if len(found) <= MOST:
        return found
    ranks = {severity.value: severity.rank for severity in Severity}
    order = sorted(range(len(found)), key=lambda n: (ranks[found[n]["severity"]], n))
    return [found[n] for n in sorted(order[:MOST])]


def _left_out(found: Sequence[Document], listed: Sequence[Document]) -> dict[str, int]:
    left = Counter(f"{each['rule']} {each['name'].replace('-', ' ')}" for each in found)
    left.subtract(f"{each['rule']} {each['name'].replace('-', ' ')}" for each in listed)
    return {name: number for name, number in sorted(left.items()) if number}


def _severities(found: Sequence[Document]) -> str:
    counts = Counter(each["severity"] for each in found)
    return ", ".join(many(counts[s.value], s.value) for s in Severity if counts[s.value])
