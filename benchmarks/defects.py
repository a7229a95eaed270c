"""Records with one planted defect each, so that it can be counted how many are found.

A defect is in the metadata, or makes the record collide with another; the text agrees with all
the rest. An unknown, misspelt or repeated tag stands in the TAGS line too: `cables.csv` has no
other place for it.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import NamedTuple

from stations import STATIONS
from telegrams import Telegram

#: One letter wrong in each.
_MISSPELT = {
    "UNCLASSIFIED": "UNCLASIFIED",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY": "UNCLASSIFIED//FOR OFFICAL USE ONLY",
    "CONFIDENTIAL": "CONFIDENTAL",
    "CONFIDENTIAL//NOFORN": "CONFIDENTIAL//NOFRN",
    "SECRET": "SECERT",
    "SECRET//NOFORN": "SECRT//NOFORN",
}
_NO_STATIONS = ("GRAVELHAVEN", "PORTUMBRELLA", "TRAMWICK", "BENCHBOROUGH", "KERBSTADT")
_NO_TAGS = ("QVXJ", "JWQX", "KZQJ", "XQJW")
#: With a wrong second letter these would be near two codes.
_CROWDED = {
    "ETRD": "ETQD",
    "EFIN": "EFQN",
    "ETTC": "ETQC",
    "ASEC": "ASQC",
    "AORC": "AOQC",
    "CVIS": "CVQS",
    "OVIP": "QVIP",
}
_CODES = {station.code for station in STATIONS}
#: Two offices share the first; neither is a wrong origin beyond doubt.
_AMBIGUOUS = {"Embassy Brussels", "USEU Brussels"}


class Identifier(NamedTuple):
    """An identifier in its three parts."""

    year: str
    station: str
    serial: str


def _parts(identifier: str) -> Identifier:
    """Return the parts of a sound identifier."""
    year, rest = identifier[:2], identifier[2:]
    station = rest.rstrip("0123456789")
    return Identifier(year, station, rest[len(station) :])


def _bad_classification(record: Telegram, rng: Random) -> Telegram:
    """Return a record whose classification has a letter lost or two exchanged."""
    return replace(record, classification=_MISSPELT[record.classification])


def _malformed_identifier(record: Telegram, rng: Random) -> Telegram:
    """Return an identifier with a section counter, whole or damaged, or EFTO glued in."""
    year, station, serial = _parts(record.identifier)
    counter = f"OF{rng.randint(2, 5):02}"
    forms = (
        f"{year}SECTION01{counter}{station}{serial}",
        f"{year}SECTIN01{counter}{station}{serial}",
        f"{year}EFTO{station}{serial}",
    )
    return replace(record, identifier=rng.choice(forms))


def _misspelt_station(record: Telegram, rng: Random) -> Telegram:
    """Return a station with a letter lost."""
    year, station, serial = _parts(record.identifier)
    shorter = [station[:i] + station[i + 1 :] for i in range(1, len(station))]
    lost = rng.choice([code for code in shorter if code not in _CODES])
    return replace(record, identifier=f"{year}{lost}{serial}")


def _unknown_station(record: Telegram, rng: Random) -> Telegram:
    """Return a station that does not exist."""
    year, _, serial = _parts(record.identifier)
    return replace(record, identifier=f"{year}{rng.choice(_NO_STATIONS)}{serial}")


def _wrong_origin(record: Telegram, rng: Random) -> Telegram:
    """Return the Origin of another post."""
    others = {station.origin for station in STATIONS} - _AMBIGUOUS - {record.origin}
    return replace(record, origin=rng.choice(sorted(others)))


def _wrong_year(record: Telegram, rng: Random) -> Telegram:
    """Return a record created in the year before that of the identifier."""
    moment = record.created
    day = min(moment.day, 28)
    return replace(record, created=moment.replace(year=moment.year - 1, day=day))


def _unreadable_date(record: Telegram, rng: Random) -> Telegram:
    """Nothing here: the writers put a date in its place that no calendar has."""
    return record


def _empty_body(record: Telegram, rng: Random) -> Telegram:
    """No text at all."""
    return replace(record, body="")


def _retagged(record: Telegram, tags: tuple[str, ...]) -> Telegram:
    """Other tags, in the field and in the TAGS line."""
    gap = ", " if ", ".join(record.tags) in record.body else " "
    body = record.body.replace(gap.join(record.tags), gap.join(tags), 1)
    return replace(record, tags=tags, body=body)


def _unknown_tag(record: Telegram, rng: Random) -> Telegram:
    """One tag more, with the shape of a code and in no table."""
    return _retagged(record, (*record.tags, rng.choice(_NO_TAGS)))


def _misspelt_tag(record: Telegram, rng: Random) -> Telegram:
    """Return the first tag with one letter wrong, so that no other code is as near."""
    right = record.tags[0]
    wrong = _CROWDED.get(right, f"{right[0]}Q{right[2:]}")
    return _retagged(record, (wrong, *record.tags[1:]))


def _repeated_tag(record: Telegram, rng: Random) -> Telegram:
    """Return the first tag once more at the end."""
    return _retagged(record, (*record.tags, record.tags[0]))


_PLANTERS: dict[str, tuple[str, Callable[[Telegram, Random], Telegram]]] = {
    "unknown-classification": ("classification", _bad_classification),
    "malformed-identifier": ("identifier", _malformed_identifier),
    "misspelt-station": ("identifier", _misspelt_station),
    "unknown-station": ("identifier", _unknown_station),
    "wrong-origin": ("origin", _wrong_origin),
    "wrong-year": ("created", _wrong_year),
    "unreadable-date": ("created", _unreadable_date),
    "empty-body": ("body", _empty_body),
    "unknown-tag": ("tags", _unknown_tag),
    "misspelt-tag": ("tags", _misspelt_tag),
    "repeated-tag": ("tags", _repeated_tag),
}
#: Made by the corpus: it takes two records.
DUPLICATE = "duplicate-identifier"
#: The kinds, and the field of each.
KINDS = {kind: field for kind, (field, _) in _PLANTERS.items()} | {DUPLICATE: "identifier"}


def planned(index: int, seed: int, share: float) -> str | None:
    """Return the kind of defect that the record at this index shall have; mostly none."""
    rng = Random(f"defect {seed} {index}")
    return rng.choice(sorted(KINDS)) if rng.random() < share else None


def plant(record: Telegram, kind: str, seed: int) -> Telegram:
    """Return the record with that defect; a duplicate is made elsewhere."""
    return _PLANTERS[kind][1](record, Random(f"{kind} {seed} {record.identifier}"))
