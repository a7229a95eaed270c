"""Where pages come from, as a page shows it: a strip of sets, the evidence, what was left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cableproof.reports.audit import because
from cableproof.reports.wording import MOST, Document
from cableproof.validators.audit.attribution import KINDS

SETS = 24  # that the strip tells apart, the largest first
PARTS = 24  # whose evidence a page has, the largest first
NAMES = 24  # of cables that are named of each part
_TINTS = 6  # of the sets in the strip; more sets share the last
_NONE = "none of those given"
_WHAT = {kind.name: kind.what for kind in KINDS}
_TELLS_ONLY = frozenset(kind.name for kind in KINDS if not kind.narrows)


class Set(NamedTuple):
    """Pages that can come from the same releases, and where they stand in the strip."""

    tint: int
    releases: Sequence[str]
    names: str
    pages: int
    start: float
    width: float


class Part(NamedTuple):
    """Pages of which all evidence says the same."""

    pages: int
    releases: Sequence[str]
    counter: int | None
    because: str
    among: Sequence[str]  # the releases that alone have these cables, where others lack them
    evidence: list[tuple[str, str, dict[str, str]]]  # kind, what it is, what it says of each
    identifiers: Sequence[str]
    more: int  # pages that are not named


class Left(NamedTuple):
    """Pages left over from the same older releases; ``more`` of them are not named."""

    releases: Sequence[str]
    counter: int | None
    number: int
    identifiers: Sequence[str]
    more: int


def sets(origins: Sequence[Document], labels: Mapping[str, str]) -> list[Set]:
    """Return the pages by the releases that they can come from, most pages first.

    Without releases they are told apart by the number of cables that they say are out.
    """
    grouped: dict[tuple[tuple[str, ...], str], int] = {}
    for each in origins:
        releases = tuple(each["releases"])
        names = " or ".join(labels[name] for name in releases) or _NONE
        key = releases, names if labels else _counted(each["counter"])
        grouped[key] = grouped.get(key, 0) + each["pages"]
    order = sorted(grouped.items(), key=lambda item: -item[1])
    few, rest = order[:SETS], order[SETS:]
    if rest:
        few.append((((), f"{len(rest):,} other sets"), sum(pages for _, pages in rest)))
    return list(_drawn(few, known=bool(labels)))


def _drawn(
    order: Sequence[tuple[tuple[tuple[str, ...], str], int]], *, known: bool
) -> Iterator[Set]:
    whole, before = sum(pages for _, pages in order), 0
    for number, ((releases, names), pages) in enumerate(order):
        alien = known and names == _NONE
        tint = _TINTS if alien else min(number, _TINTS - 1)
        yield Set(tint, releases, names, pages, 100 * before / whole, 100 * pages / whole)
        before += pages


def _counted(counter: int | None) -> str:
    return "no number" if counter is None else f"{counter:,} cables out"


def origins_listed(
    origins: Sequence[Document], names: Sequence[str]
) -> tuple[list[Part], tuple[int, int]]:
    """Return the parts whose evidence a page has; and how many others there are, of how many pages.

    Parts of one set stand together, and sets stand as in the strip, so that the first part that
    is read is of most pages. ``names`` are those of the releases.
    """
    few, rest = origins[:PARTS], origins[PARTS:]
    whole = Counter[tuple[str, ...]]()
    for each in origins:
        whole[tuple(each["releases"])] += each["pages"]
    order = [releases for releases, _ in whole.most_common()]
    few = sorted(few, key=lambda each: order.index(tuple(each["releases"])))
    return [_part(each, len(names)) for each in few], (len(rest), sum(e["pages"] for e in rest))


def _part(each: Document, number: int) -> Part:
    said = each["evidence"]
    names = each["identifiers"][:NAMES]
    evidence = [
        (
            kind,
            _means(kind),
            dict.fromkeys(each["for"], "for") | dict.fromkeys(each["against"], "against"),
        )
        for kind, each in said.items()
    ]
    presence = said.get("presence", {"for": [], "against": []})
    few = len(presence["for"]) < number and not presence["against"]
    among = presence["for"] if few else ()
    return Part(
        *(each["pages"], each["releases"], each["counter"], because(said), among, evidence, names),
        more=each["pages"] - len(names),
    )


def _means(kind: str) -> str:
    """Return what a kind of evidence is; one that is not ours is left without a word."""
    return _WHAT.get(kind, "") + ("; it never narrows a set" if kind in _TELLS_ONLY else "")


def leftovers(found: Sequence[Document]) -> list[Left]:
    """Return the pages of older releases than most, by release or else by their counter."""
    grouped: dict[tuple[tuple[str, ...], int | None], list[str]] = {}
    for each in found:
        releases = tuple(each["releases"])
        key = releases, None if releases else each["counter"]
        grouped.setdefault(key, []).append(each["identifier"])
    room, made = MOST, []
    for (releases, counter), names in sorted(grouped.items(), key=lambda item: -len(item[1])):
        few = names[:room]
        room -= len(few)
        made.append(Left(releases, counter, len(names), few, len(names) - len(few)))
    return made
