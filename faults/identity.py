"""Who sent a record, by its identifier; and the posts that did not."""

import csv
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from kinds import Record, changed
from stations import STATIONS, Station

VOCAB = Path(__file__).parents[1] / "schemas" / "vocab"
_SOUND = re.compile(r"(\d\d)([A-Z]{4,17})([1-9]\d{0,5})")
#: Codes that share an office, an Origin text or an indicator with another code.
_SHARED = {
    "AITTAIPEI", "TAIPEI", "ALMATY", "ASTANA", "BELIZE", "BELMOPAN", "BRUSSELS", "USEUBRUSSELS",
    "CALCUTTA", "KOLKATA", "IRANRPODUBAI", "RPODUBAI", "KIEV", "KYIV", "STATE",
}  # fmt: skip
_KNOWN = {post.code: post for post in STATIONS}


@cache
def aliases() -> dict[str, str]:
    """Return the known misspellings of stations, each with the one that is meant."""
    with (VOCAB / "station_aliases.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    return {row["alias"]: row["code"] for row in rows if row["ambiguous"] == "no"}


class Identity(NamedTuple):
    """An identifier in its three parts."""

    year: str
    code: str
    serial: str


def identity(record: Record) -> Identity | None:
    """Return year, station and serial of a sound identifier."""
    found = _SOUND.fullmatch(record["identifier"])
    return Identity(*found.groups()) if found else None


def station(record: Record) -> str:
    """Return the station of the identifier, or nothing."""
    sound = identity(record)
    return sound.code if sound else ""


def known_post(record: Record) -> Station | None:
    """Return the post of the identifier, where the generator knows it."""
    return _KNOWN.get(station(record))


def other_post(record: Record, rng: Random, *, neighbour: bool = False) -> Station | None:
    """Return a post that certainly did not send the record; a neighbour is of the same country."""
    sender = known_post(record)
    if sender is None or sender.code in _SHARED:
        return None
    strangers = [
        post
        for post in STATIONS
        if post.code not in _SHARED
        and post.origin != sender.origin
        and post.indicator != sender.indicator
        and (post.country == sender.country) == neighbour
    ]
    return rng.choice(strangers) if strangers else None


def renamed(record: Record, identifier: str) -> Record:
    """Return the record under another identifier, in its link too."""
    link = record.get("link")
    said = link and link.replace(record["identifier"], identifier)
    return changed(record, identifier=identifier, link=said)


def slipped(number: str, rng: Random) -> str | None:
    """Return the number with two neighbouring figures exchanged, or None if all are the same."""
    places = [i for i in range(len(number) - 1) if number[i] != number[i + 1]]
    places = [i for i in places if i or number[1] != "0"]
    if not places:
        return None
    place = rng.choice(places)
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
