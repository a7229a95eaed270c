"""Invented telegrams: every part as in the anatomy of real ones, and every part in agreement.

`telegram(n, seed)` gives the n-th telegram of an archive that does not exist, for ever the same
one. It reads nothing and writes nothing. Words are invented; station codes, Origin texts and TAGS
are real.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from random import Random

from routing import header
from slots import CAPACITY, Slot, earlier, slot
from texts import Draft, Layout, body, subject_lines
from wordlist import OBJECTS, SUBJECTS, TAILS

__all__ = ["CAPACITY", "NOTICE", "Layout", "Telegram", "telegram", "written"]

#: What stands in place of the header of a partial extract.
NOTICE = (
    "This record is a partial extract of the original cable. "
    "The full text of the original cable is not available."
)

#: Records of each kind in the published set.
_CLASSIFICATIONS = {
    "UNCLASSIFIED": 75_792,
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY": 58_095,
    "CONFIDENTIAL": 97_070,
    "CONFIDENTIAL//NOFORN": 4_678,
    "SECRET": 11_322,
    "SECRET//NOFORN": 4_330,
}
#: Cables of each layout in the newest release of December 2010.
_LAYOUTS = {
    Layout.WRAPPED: 776,
    Layout.REFLOWED: 113,
    Layout.EDITED: 268,
    Layout.DATELINED: 119,
}
#: Subject codes, and how often two samples have them.
_SUBJECTS = {
    "PREL": 2900, "ECON": 2400, "ETRD": 2200, "PGOV": 1950, "OTRA": 970, "PTER": 740, "EFIN": 650,
    "EINV": 600, "PHUM": 460, "ENRG": 440, "PINR": 430, "TBIO": 340, "MARR": 310, "PARM": 310,
    "EAID": 270, "ETTC": 260, "SENV": 260, "EAGR": 230, "ASEC": 220, "MOPS": 210, "EAIR": 200,
    "ELAB": 190, "AORC": 170, "SOCI": 170, "TSPA": 170, "EIND": 168, "BEXP": 135, "SNAR": 130,
    "ECPS": 107, "CVIS": 83, "SCUL": 75, "AMGT": 69, "PREF": 67, "OVIP": 64, "CMGT": 52,
    "EWWT": 47, "PBTS": 46, "CASC": 46, "ELTN": 45, "SMIG": 43, "CJAN": 23,
}  # fmt: skip
_PROGRAMS = {
    "KIPR": 600, "KSCA": 300, "KNNP": 200, "KCRM": 170, "KPAO": 117, "KDEM": 115, "KJUS": 97,
    "KTFN": 91, "KCOR": 61, "KISL": 58, "KGHG": 54, "KPAL": 51, "KHLS": 30, "KHIV": 29, "KIRF": 23,
    "KWMN": 19, "KPKO": 16, "KFLU": 14,
}  # fmt: skip

_CLASS_NAMES, _CLASS_WEIGHTS = list(_CLASSIFICATIONS), list(accumulate(_CLASSIFICATIONS.values()))
_LAYOUT_NAMES, _LAYOUT_WEIGHTS = list(_LAYOUTS), list(accumulate(_LAYOUTS.values()))
SUBJECT_CODES, _SUBJECT_WEIGHTS = list(_SUBJECTS), list(accumulate(_SUBJECTS.values()))
PROGRAM_CODES, _PROGRAM_WEIGHTS = list(_PROGRAMS), list(accumulate(_PROGRAMS.values()))

#: Of the lognormal distribution of the length of the text.
_SPREAD = 0.75
_LENGTH = 8.442


@dataclass(frozen=True, slots=True)
class Telegram:
    """One invented telegram: what is said about it, its header and its text."""

    identifier: str
    origin: str
    created: datetime  #: UTC, to the minute
    classification: str
    tags: tuple[str, ...]
    subject: str  #: the first line, as in the heading of a page
    references: tuple[str, ...]  #: identifiers
    partial_extract: bool
    header: str
    body: str


def _partial(created: datetime, rng: Random) -> bool:
    """Nearly always from 2000 to 2005, sometimes to 21 June 2006, never before or after."""
    if 2000 <= created.year <= 2005:
        return rng.random() < 0.96
    return created.year == 2006 and f"{created:%m%d}" < "0621" and rng.random() < 0.15


def _draw_tags(country: str, rng: Random) -> tuple[str, ...]:
    """Subject codes, sometimes a program code, and the station's country."""
    tags = rng.choices(SUBJECT_CODES, cum_weights=_SUBJECT_WEIGHTS, k=rng.randint(1, 6))
    if rng.random() < 0.35:
        tags += rng.choices(PROGRAM_CODES, cum_weights=_PROGRAM_WEIGHTS)
    return tuple(dict.fromkeys([*tags, country]))


def _draw_references(citing: Slot, rng: Random) -> dict[str, str]:
    """Return identifiers of earlier telegrams, and how each is written in this one."""
    found: dict[str, str] = {}
    for _ in range(rng.choice((0, 0, 0, 1, 1, 1, 2, 3))):
        cited = earlier(citing, rng)
        if cited is None:
            continue
        text = f"{cited.station.post} {cited.serial}"
        if rng.random() < 0.1:
            text = f"{cited.station.post} {cited.serial:06}"
        if cited.created.year != citing.created.year:
            text = f"{cited.created:{'%Y' if rng.random() < 0.2 else '%y'}} {text}"
        found[cited.identifier] = text
    return found


def _draw_subject(country: str, rng: Random) -> str:
    """Return a title in capitals; some are too long for one line."""
    return f"{country}: {rng.choice(SUBJECTS)} {rng.choice(OBJECTS)}{rng.choice(TAILS)}"


def _draw_kind(rng: Random) -> str:
    """Return what is special about one of the paragraphs: mostly nothing."""
    return rng.choices(("plain", "accented", "covered"), (95, 4, 1))[0]


def telegram(n: int, seed: int = 0, *, layout: Layout | None = None, variant: int = 0) -> Telegram:
    """Return the n-th telegram; another variant has the same identifier and says something else."""
    return written(slot(n, seed), Random(f"{seed} {n} {variant}"), seed, layout)


def written(place: Slot, rng: Random, seed: int = 0, layout: Layout | None = None) -> Telegram:
    """Return a telegram of that post, number and minute."""
    country = place.station.country
    cited = _draw_references(place, rng)
    draft = Draft(
        slot=place,
        classification=rng.choices(_CLASS_NAMES, cum_weights=_CLASS_WEIGHTS)[0],
        tags=_draw_tags(country, rng),
        subject=_draw_subject(country, rng),
        references=tuple(cited.values()),
        partial=_partial(place.created, rng),
        layout=layout or rng.choices(_LAYOUT_NAMES, cum_weights=_LAYOUT_WEIGHTS)[0],
        length=min(120_000, int(rng.lognormvariate(_LENGTH, _SPREAD))),
        kind=_draw_kind(rng),
        seed=seed,
    )
    text, sections = body(draft, rng)
    return Telegram(
        identifier=place.identifier,
        origin=place.station.origin,
        created=place.created,
        classification=draft.classification,
        tags=draft.tags,
        subject=subject_lines(draft.subject, draft.layout)[0],
        references=tuple(cited),
        partial_extract=draft.partial,
        header=NOTICE if draft.partial else header(place, rng, draft.rank, sections),
        body=text,
    )
