"""Edits of what is said about a text: classification, date, origin, references, identifier."""

import re
from datetime import datetime, timedelta
from random import Random

from rows import Fields
from stations import STATIONS
from wordings import Both

_CLASSES = (
    "UNCLASSIFIED",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    "CONFIDENTIAL",
    "CONFIDENTIAL//NOFORN",
    "SECRET",
    "SECRET//NOFORN",
)
_SHARED = "Brussels"  # in the names of two offices of one place
_IDENTIFIER = re.compile(r"([0-9]{2})([A-Z]+)([0-9]+)")


def classification(record: Fields, rng: Random) -> Both | None:
    """Another classification."""
    others = [name for name in _CLASSES if name != record.classification]
    return record, record._replace(classification=rng.choice(others))


def created(record: Fields, rng: Random) -> Both | None:
    """A minute later, an hour, a day or a month."""
    moment = datetime.strptime(record.created, "%m/%d/%Y %H:%M")
    later = moment + rng.choice(
        (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=31))
    )
    date = f"{later.month}/{later.day}/{later.year} {later.hour}:{later:%M}"
    return record, record._replace(created=date)


def origin(record: Fields, rng: Random) -> Both | None:
    """Another post."""
    others = {station.origin for station in STATIONS if _SHARED not in station.origin}
    if _SHARED in record.origin:
        return None
    return record, record._replace(origin=rng.choice(sorted(others - {record.origin})))


def references(record: Fields, rng: Random) -> Both | None:
    """One reference more, or one less."""
    cited = [name for name in record.references.split("|") if name]
    if len(cited) > 1 and rng.random() < 0.5:
        cited.pop(rng.randrange(len(cited)))
    else:
        station = rng.choice(STATIONS)
        cited.append(f"{station.last:02}{station.code}{rng.randint(700_000, 799_999)}")
    return record, record._replace(references="|".join(cited))


def malformed(record: Fields, rng: Random) -> Both | None:
    """The identifier with a section counter or a precedence word in it."""
    year, station, serial = _parts(record)
    middle = rng.choice((f"SECTION01OF{rng.randint(2, 5):02}", "EFTO"))
    return record, record._replace(identifier=f"{year}{middle}{station}{serial}")


def another(record: Fields, rng: Random) -> Both | None:
    """An identifier that no other record has."""
    year, station, serial = _parts(record)
    return record, record._replace(identifier=f"{year}{station}{int(serial) + 500_000}")


def _parts(record: Fields) -> tuple[str, str, str]:
    found = _IDENTIFIER.fullmatch(record.identifier)
    if found is None:
        raise ValueError("an identifier of the corpus that has no planted defect is malformed")
    return found[1], found[2], found[3]
