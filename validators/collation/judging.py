"""The few cables whose texts differ in more than white space, read once more and judged.

Texts are read here, compared here and let go here; what leaves is a kind, numbers and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from cableproof.errors import SourceChanged
from cableproof.finding import Severity
from cableproof.sources.again import texts
from cableproof.validators.collation.alignment import Aligned, aligned
from cableproof.validators.collation.ends import alike
from cableproof.validators.collation.forms import judged_by, ladder, without_notice
from cableproof.validators.collation.undecided import EXACT, PLACES, Judged, by_digests
from cableproof.validators.collation.witness import PARTS

#: What may be left of a word in which a text was cut.
_CUT_AT_END, _CUT_AT_START = re.compile(r"\w+\Z"), re.compile(r"\A\w+")
#: What stands for a character that was lost on the way.
_LOST = frozenset("\ufffd?")


def judged(doubts: pl.DataFrame, *, places: bool = True) -> list[Judged]:
    """Return what the differences are between the records of each of ``doubts``.

    A row has the places of both records, their columns beginning with ``base_`` and ``other_``,
    ``parts`` that differ, and ``withheld``, whether no subject of it may be shown. A record of
    a manifest has no file, but digests on every rung. The facts say in which ``places`` texts
    differ, if that is asked for.

    Raises:
        SourceChanged: a file no longer holds what was read from it.

    """
    doubts = doubts.with_row_index("doubt")
    whole = pl.col("base_file").is_not_null() & pl.col("other_file").is_not_null()
    return [*_read(doubts.filter(whole), places), *by_digests(doubts.filter(~whole))]


def _read(doubts: pl.DataFrame, places: bool) -> list[Judged]:
    if not len(doubts):  # as where all are manifests
        return []
    sides = [_side(doubts, side) for side in ("base", "other")]
    found: list[Judged] = []
    wanted, numbers = doubts["parts"].to_list(), doubts["doubt"].to_list()
    asked = [(n, part) for part in PARTS for n, parts in enumerate(wanted) if part in parts]
    for (number, part), base, other in zip(asked, *_formed(asked, sides), strict=True):
        found += _text(numbers[number], part, base, other, places)
    subjects = zip(wanted, doubts["withheld"], *(side["subject"] for side in sides), strict=True)
    for number, (parts, withheld, base, other) in enumerate(subjects):
        if "subject" in parts:
            found.append(_subject(numbers[number], base, other, withheld=withheld))
    return found


def _side(doubts: pl.DataFrame, side: str) -> pl.DataFrame:
    """Return the texts of one side, which must be those that were measured.

    Raises:
        SourceChanged: they are others.

    """
    own = doubts.select(pl.col(f"{side}_{name}").alias(name) for name in (*PLACES, *EXACT))
    read = texts(own.select(PLACES))
    for part in ("header", "body"):
        whole = without_notice(read[part]) if part == "header" else read[part]
        changed = own[f"{part}_exact"].ne_missing(ladder(whole, ("exact",))["exact"])
        if changed.any():
            raise SourceChanged(own["path"].filter(changed)[0])
    return read


def _formed(
    asked: list[tuple[int, str]], sides: list[pl.DataFrame]
) -> Iterator[list[dict[str, str]]]:
    """Yield for each side the texts that are asked for, by number and part, in all their forms.

    They are formed all at once, since each time all patterns are compiled.
    """
    at = {part: [number for number, own in asked if own == part] for part in PARTS}
    parts = [side[part].gather(at[part]).alias("text") for side in sides for part in PARTS]
    texts = pl.concat(parts).fill_null("")
    forms = {name: form.to_list() for name, form in judged_by(without_notice(texts)).items()}
    rows = [dict(zip(forms, row, strict=True)) for row in zip(*forms.values(), strict=True)]
    for begin in (0, len(asked)):
        yield rows[begin : begin + len(asked)]


def _text(
    number: int, part: str, base: dict[str, str], other: dict[str, str], places: bool
) -> Iterator[Judged]:
    """Yield what the difference is between two texts that are not equal when spaced alike."""
    if base["encoded"] == other["encoded"] or _lossy(base["encoded"], other["encoded"]):
        yield Judged(number, part, "CMP302")
    elif base["laid_out"] == other["laid_out"]:
        yield Judged(number, part, "CMP303")
    else:
        told = _aligned(base, other, places)
        yield from _header(number, base, other, told) if part == "header" else _body(number, told)


def _aligned(base: dict[str, str], other: dict[str, str], places: bool) -> Aligned:
    """Return how two texts differ; an end of one that is lost is found wherever it was cut."""
    told = aligned(base["laid_out"], other["laid_out"], places=places)
    if told.extends or all(passage.kind != "wording" for passage in told.passages):
        return told
    for pair in ((base[form], other[form]) for form in ("laid_out", "bare")):
        short, long = sorted(pair, key=len)
        if short == long or not (long.startswith(short) or long.endswith(short)):
            continue
        whole = (
            _CUT_AT_END.sub("", short) if long.startswith(short) else _CUT_AT_START.sub("", short)
        )
        ends = aligned(*(whole if text == short else long for text in pair))
        if ends.extends:
            return ends
    return told


def _lossy(one: str, other: str) -> bool:
    """Tell whether two texts differ only in characters that a wrong encoding lost."""
    if len(one) != len(other):
        return False
    first = alike(one, other, len(one))
    pairs = zip(one[first:], other[first:], strict=True)
    return all(a == b or _is_lost(a, b) or _is_lost(b, a) for a, b in pairs)


def _is_lost(sign: str, meant: str) -> bool:
    return sign in _LOST and ord(meant) > 127


def _body(number: int, told: Aligned) -> Iterator[Judged]:
    """Yield the kinds of difference in a body: an opened passage is never hidden by another."""
    told = _telling(told)
    yield from _uncovering(number, "body", told)
    if _any_of(told, "wording"):
        facts = _facts(told, "wording")
        if told.extends:
            facts = {"how": told.extends, "where": told.where} | facts
        yield Judged(number, "body", "CMP305" if told.extends else "CMP306", facts)


def _uncovering(number: int, part: str, told: Aligned) -> Iterator[Judged]:
    """Yield what was opened and covered, or that nothing but the form of marks differs."""
    for kind, code in (("opened", "CMP402"), ("covered", "CMP401")):
        if _any_of(told, kind):
            yield Judged(number, part, code, _facts(told, kind))
    if not told.passages:
        yield Judged(number, part, "CMP403" if told.restyled else "CMP303")


def _any_of(told: Aligned, kind: str) -> bool:
    return any(passage.kind == kind for passage in told.passages)


def _telling(told: Aligned) -> Aligned:
    """Return the same without marks that came or went with the words around them.

    Under such a mark nothing was opened or covered; the change of words says it all.
    """
    if not _any_of(told, "wording"):
        return told
    kept = tuple(passage for passage in told.passages if passage.length != "none")
    return replace(told, passages=kept)


def _facts(told: Aligned, kind: str) -> dict[str, Any]:
    passages = [passage for passage in told.passages if passage.kind == kind]
    facts: dict[str, Any] = {"alike": told.alike, "number": len(passages)}
    if kind == "wording":
        facts["removed"] = sum(passage.removed for passage in passages)
        facts["added"] = sum(passage.added for passage in passages)
        if any(passage.rounded for passage in passages):
            facts["hint"] = "words beside marks rounded up"
    facts["passages"] = [
        {"paragraph": p.paragraph, "at": p.at, "removed": p.removed, "added": p.added}
        | ({"length": p.length} if p.length else {})
        for p in passages
    ]
    return facts


def _header(
    number: int, base: dict[str, str], other: dict[str, str], told: Aligned
) -> Iterator[Judged]:
    """Yield what the difference is between two routing headers."""
    told = _telling(told)
    yield from _uncovering(number, "header", told)
    if _any_of(told, "wording"):
        absent = not base["spaced"] or not other["spaced"]
        how = "absent in one of them" if absent else "another"
        yield Judged(number, "header", "CMP304", {"how": how})


def _subject(number: int, base: str | None, other: str | None, *, withheld: bool) -> Judged:
    pair = [" ".join((text or "").split()) for text in (base, other)]
    short, long = sorted((text.upper().rstrip(" .…") for text in pair), key=len)
    begins = bool(short) and long.startswith(short)
    facts = {"how": "one is the beginning of the other"} if begins else {}
    severity = Severity.NOTE if begins else None
    values = None if withheld else (pair[0], pair[1])
    return Judged(number, "subject", "CMP205", facts, severity, values)
