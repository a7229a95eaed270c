"""What a page shows of a comparison: the document's own values, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from cableproof.reports.passages import Place, exchanged, marks, places
from cableproof.reports.terminal import laws, many
from cableproof.reports.wording import (
    BLANK,
    RANKS,
    Document,
    cut,
    letters,
    listed,
    severities,
    share,
    spaced,
)
from cableproof.validators.collation.kinds import KINDS, Kind

#: Class and word of each cell; what is no word of the document stands for itself.
_CELLS = {
    "base": ("b", "base"),
    "agrees": ("a", "agrees"),
    "differs": ("d", "differs"),
    "otherwise": ("o", "differs otherwise"),
    "silent": ("s", "silent"),
    "absent": ("m", "absent"),
    "unreadable": ("u", "unreadable"),
}
_PRESENT = ("CMP101", "CMP102", "FIX002", "FIX003")  # kinds that ask only who has the cable
_SAYS_NOTHING = ("silent", "absent", "unreadable")
_SETS = ("tags", "references")  # fields whose order tells nothing, so that single words do
#: How a difference in a text is drawn, by kind: opened, covered, or else wording.
_DRAWN = {"CMP402": "x", "CMP401": "c"}


class Cell(NamedTuple):
    """What one source says: a word, and the value where one may be shown, word by word."""

    style: str
    word: str
    value: list[tuple[str, bool]] | None = None  # parts, each with whether it stands out


class Row(NamedTuple):
    """One differing cable and field."""

    severity: str
    identifier: str
    kind: str
    name: str
    field: str
    cells: list[Cell]
    places: str  # in words, with a link to the block
    block: str
    told: str


class Bar(NamedTuple):
    """Where in one text of the base the differences of one kind lie."""

    name: str
    part: str
    against: str
    told: str
    style: str
    marks: str
    places: list[Place]


class Block(NamedTuple):
    """One cable whose texts differ in known places."""

    anchor: str
    identifier: str
    told: str
    bars: list[Bar]


class KindRow(NamedTuple):
    """One kind that was found, its card, and how often in which severity."""

    card: Kind
    number: int
    severities: str
    share: int  # per cent of the commonest kind


class Share(NamedTuple):
    """How far two sources agree: in words, and how strongly that is tinted."""

    tint: str
    share: str
    of: str


def view(
    head: Document, comparison: Document, told: Sequence[Document], found: Sequence[Document]
) -> dict[str, Any]:
    """Return all that the page shows; the arguments are parts of the document."""
    sigla = letters(comparison["witnesses"])
    listed, left_out = _listed(told)
    anchors = {name: f"c{n}" for n, name in enumerate(_located(listed), 1)}
    return {
        "head": head,
        "base": comparison["reference"] or comparison["order"][0],
        "reference": comparison["reference"],
        "sigla": sigla,
        "pairs": comparison["pairs"],
        "matrix": _matrix(comparison["pairs"], list(sigla)),
        "severities": severities(told),
        "cables": len({each["identifier"] for each in told}),
        "kinds": list(_kinds(told)),
        "rows": [_row(each, sigla, anchors) for each in listed],
        "left_out": left_out,
        "number": len(told),
        "blocks": list(_blocks(listed, sigla, anchors)),
        "copies": comparison["copies"],
        "found": found,
        "laws": laws(head),
        "idle": [code for code, rule in head["summary"]["rules"].items() if rule["not_run"]],
    }


def _listed(told: Sequence[Document]) -> tuple[Sequence[Document], dict[str, int]]:
    """Return the differences that a page has room for, and how many of each kind it leaves out.

    What differs in a cable that two sources have goes before who has a cable at all.
    """
    return listed(
        told,
        lambda each: (each["kind"] in _PRESENT, RANKS[each["severity"]]),
        lambda each: f"{each['kind']} {spaced(each['name'])}",
    )


def _located(told: Sequence[Document]) -> list[str]:
    """Return the cables with known places in which their texts differ."""
    return sorted({each["identifier"] for each in told if each["facts"].get("passages")})


def _kinds(told: Sequence[Document]) -> Iterator[KindRow]:
    """Yield the kinds that were found, by code."""
    by_kind: dict[str, list[Document]] = {}
    for each in told:
        by_kind.setdefault(each["kind"], []).append(each)
    most = max(map(len, by_kind.values()), default=1)
    for code in sorted(by_kind):
        found = by_kind[code]
        yield KindRow(KINDS[code], len(found), severities(found), max(1, 100 * len(found) // most))


def _matrix(pairs: Sequence[Document], names: Sequence[str]) -> list[tuple[str, list[Share]]]:
    """Return for each source how far it agrees with each."""
    by_names = {frozenset((pair["a"], pair["b"])): pair for pair in pairs}
    same = Share("self", "", "")
    return [
        (a, [same if a == b else _share(by_names[frozenset((a, b))]) for b in names]) for a in names
    ]


def _share(pair: Document) -> Share:
    """Return the share of identical cables, never rounded up to all nor down to none."""
    both, identical = pair["both"], pair["identical"]
    if not both:
        return Share("none", "none in common", "")
    tenths = 1000 * identical // both
    tint = sum(tenths >= step for step in (500, 800, 950, 1000))
    return Share(f"m{tint}", share(identical, both), f"{identical:,} of {both:,}")


def _row(each: Document, sigla: Mapping[str, str], anchors: Mapping[str, str]) -> Row:
    facts = each["facts"]
    located = bool(facts.get("passages"))
    return Row(
        each["severity"],
        each["identifier"],
        each["kind"],
        spaced(each["name"]),
        " ".join(each["fields"]),
        _cells(each, sigla),
        many(facts["number"], "place") if located else "",
        anchors[each["identifier"]] if located else "",
        _told(facts),
    )


def _cells(each: Document, names: Mapping[str, str]) -> list[Cell]:
    split = each["fields"][0] in _SETS
    shared = _shared(list(each["values"].values())) if split else frozenset()
    return [_cell(each, name, shared, split=split) for name in names]


def _cell(each: Document, name: str, shared: frozenset[str], *, split: bool) -> Cell:
    cell, value = each["cells"][name], each["values"][name]
    if cell == "agrees" and each["kind"] in _PRESENT:
        return Cell("a", "present")
    style, word = _CELLS["base" if name == each["base"] and cell == "agrees" else cell]
    if cell in _SAYS_NOTHING:
        return Cell(style, word)
    if value is None:
        return Cell(style, f"{word}, withheld" if _withheld(each) else word)
    parts = value.split() if split else [cut(value)]
    told = [(part, split and part not in shared) for part in parts if part]
    return Cell(style, word, told or [("(empty)", False)])


def _withheld(each: Document) -> bool:
    """Tell whether there are values that may not be shown: covered, or unlike their field's."""
    of_metadata = each["kind"].startswith("CMP2") and each["fields"] != ["subject"]
    return bool(each["facts"].get("withheld")) or of_metadata


def _shared(values: Sequence[str | None]) -> frozenset[str]:
    """Return the words that all who say anything share."""
    said = [frozenset(value.split()) for value in values if value is not None]
    return said[0].intersection(*said[1:]) if said else frozenset()


def _told(facts: Document) -> str:
    """Return in words how and how much a text differs: never words of it."""
    said = [str(facts[name]) for name in ("how", "where", "hint") if name in facts]
    if "removed" in facts:
        said.append(f"{exchanged(facts['removed'], facts['added'])} words")
    if "alike" in facts:
        said.append(f"{facts['alike']}{BLANK}% alike")
    return ", ".join(said)


def _blocks(
    told: Sequence[Document], sigla: Mapping[str, str], anchors: Mapping[str, str]
) -> Iterator[Block]:
    """Yield a block for each cable with known places, with a bar for each difference."""
    located = (each for each in told if each["facts"].get("passages"))
    for identifier, found in groupby(located, key=lambda each: str(each["identifier"])):
        bars = [_bar(each, sigla) for each in found]
        names = ", ".join(dict.fromkeys(bar.name for bar in bars))
        number = many(sum(len(bar.places) for bar in bars), "place")
        yield Block(anchors[identifier], identifier, f"{number}: {names}", bars)


def _bar(each: Document, sigla: Mapping[str, str]) -> Bar:
    facts, cells = each["facts"], each["cells"]
    others = ", ".join(siglum for name, siglum in sigla.items() if cells[name] == "differs")
    return Bar(
        spaced(each["name"]),
        " ".join(each["fields"]),
        f"{others} against {sigla[each['base']]}",
        _told(facts),
        _DRAWN.get(each["kind"], "v"),
        marks(facts["passages"]),
        places(facts["passages"]),
    )
