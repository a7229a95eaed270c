"""Faults in identifier and origin, and in the numbers and posts of the text beside them."""

from random import Random

from identity import Identity, aliases, identity, other_post, renamed, slipped, station
from kinds import Record, changed, exchange, fault
from lines import class_line, from_line, from_station, marked_subject, page_marks, paragraphs, put
from stations import STATIONS

#: A malformed identifier beside its canonical form.
_MALFORMED = {"IDN001": "the twin's identifier is malformed"}
_NO_STATIONS = ("GRAVELHAVEN", "PORTUMBRELLA", "TRAMWICK", "BENCHBOROUGH", "KERBSTADT")


def _respelt(record: Record, form: str) -> Record | None:
    """Return the record under its identifier in another form."""
    sound = identity(record)
    return renamed(record, form.format(**sound._asdict())) if sound else None


@fault("IDN001", "EFTO glued to the station")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, "{year}EFTO{code}{serial}")


@fault("IDN001", "section counter glued in")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, f"{{year}}SECTION{rng.choice('12')}OF03{{code}}{{serial}}")


@fault("IDN001", "AMEMBASSY before the station")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, "{year}AMEMBASSY{code}{serial}")


@fault("IDN001", "operating signal and a second number at the end")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, "{year}{code}{serial:0>6}ZDK{serial}")


@fault("IDN001", "year doubled")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, "{year}{year}{code}{serial}")


@fault("IDN001", "figure of the serial read as a letter")
def _(record: Record, rng: Random) -> Record | None:
    sound = identity(record)
    if sound is None or not set("01") & set(sound.serial[1:]):
        return None
    serial = sound.serial[0] + sound.serial[1:].replace("0", "O").replace("1", "I")
    return renamed(record, f"{sound.year}{sound.code}{serial}")


@fault("IDN001", "station as the table of aliases misspells it")
def _(record: Record, rng: Random) -> Record | None:
    sound = identity(record)
    spelt = sorted(alias for alias, code in aliases().items() if sound and code == sound.code)
    if sound is None or not spelt:
        return None
    return renamed(record, f"{sound.year}{rng.choice(spelt)}{sound.serial}")


@fault("IDN001", "serial lost")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, "{year}{code}")


def _misspelt(record: Record, code: str) -> Record | None:
    sound = identity(record)
    if sound is None or code in aliases() or any(code == known.code for known in STATIONS):
        return None
    return renamed(record, f"{sound.year}{code}{sound.serial}")


@fault("IDN002", "letter of the station doubled")
def _(record: Record, rng: Random) -> Record | None:
    code = station(record)
    place = rng.randrange(2, len(code)) if code else 0
    return _misspelt(record, code[:place] + code[place - 1] + code[place:]) if code else None


@fault("IDN002", "two letters of the station exchanged")
def _(record: Record, rng: Random) -> Record | None:
    code = station(record)
    places = [i for i in range(1, len(code) - 1) if code[i] != code[i + 1]]
    if not places:
        return None
    place = rng.choice(places)
    return _misspelt(record, code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@fault("IDN002", "station that never was")
def _(record: Record, rng: Random) -> Record | None:
    return _misspelt(record, rng.choice(_NO_STATIONS))


@fault("IDN004", "the same record twice")
def _(record: Record, rng: Random) -> list[Record]:
    return [record, dict(record)]


@fault("IDN004", "two texts under one identifier")
def _(record: Record, rng: Random) -> list[Record] | None:
    body = record["body"]
    chain = paragraphs(body)
    if len(chain) < 3:
        return None
    place = body.find(". ", chain[-1].after)
    if place < 0:
        return None
    added = ". This was not so in the other copy, which speaks of boats"
    return [record, changed(record, body=body[:place] + added + body[place:])]


@fault("IDN004", "another date and classification in the second copy")
def _(record: Record, rng: Random) -> list[Record] | None:
    others = {"CONFIDENTIAL": "CONFIDENTIAL//NOFORN", "SECRET": "SECRET//NOFORN"}
    other = others.get(record["classification"])
    return [record, changed(record, classification=other)] if other else None


@fault("IDN005", "a second copy with EFTO glued in", shows=_MALFORMED)
def _(record: Record, rng: Random) -> list[Record] | None:
    twin = _respelt(record, "{year}EFTO{code}{serial}")
    return [record, twin] if twin else None


@fault("IDN005", "a second copy with a damaged section counter glued in", shows=_MALFORMED)
def _(record: Record, rng: Random) -> list[Record] | None:
    twin = _respelt(record, "{year}SECTIN01OF02{code}{serial}")
    return [record, twin] if twin else None


@fault("IDN006", "figures of the class line exchanged")
def _(record: Record, rng: Random) -> Record | None:
    found = class_line(record["body"])
    number = slipped(found["number"].lstrip("0"), rng) if found else None
    if found is None or number is None:
        return None
    return changed(record, body=put(found, "number", number.zfill(len(found["number"]))))


@fault("IDN006", "another number in the line of the sending station")
def _(record: Record, rng: Random) -> Record | None:
    found = from_station(record.get("header", ""))
    if found is None:
        return None
    number = (int(found["number"]) + rng.randint(11, 4000)) % 10_000
    return changed(record, header=put(found, "number", f"{number:04}"))


@fault("IDN006", "another number in all page marks")
def _(record: Record, rng: Random) -> Record | None:
    numbers = {found["number"] for found in page_marks(record["body"])}
    if len(numbers) != 1 or marked_subject(record.get("subject", "")):
        return None
    (number,) = numbers
    other = f"{int(number) + rng.randint(11, 400):08}"
    return changed(record, body=record["body"].replace(number, other))


@fault(
    "IDN006",
    "identifier of the telegram before",
    shows={
        "TXT001": "all its numbers agree, so that it may be the text of the telegram after",
        "REF003": "it may cite the telegram whose identifier it now has",
    },
)
def _(record: Record, rng: Random) -> Record | None:
    sound = identity(record)
    if sound is None or int(sound.serial) < 2 or class_line(record["body"]) is None:
        return None
    return renamed(record, f"{sound.year}{sound.code}{int(sound.serial) - 1}")


@fault("ORG001", "letter of the origin lost")
def _(record: Record, rng: Random) -> Record | None:
    origin = record["origin"]
    place = rng.randrange(len(origin) - 4, len(origin))
    return changed(record, origin=origin[:place] + origin[place + 1 :])


@fault("ORG001", "post that never was")
def _(record: Record, rng: Random) -> Record:
    return changed(record, origin=f"Embassy {rng.choice(_NO_STATIONS).title()}")


@fault("ORG001", "country in place of the city")
def _(record: Record, rng: Random) -> Record:
    return changed(record, origin=f"{record['origin'].split(' ')[0]} Freedonia")


@fault("ORG002", "origin of a post in another country")
def _(record: Record, rng: Random) -> Record | None:
    post = other_post(record, rng)
    return changed(record, origin=post.origin) if post else None


@fault("ORG002", "origin of another post in the same country")
def _(record: Record, rng: Random) -> Record | None:
    post = other_post(record, rng, neighbour=True)
    return changed(record, origin=post.origin) if post else None


@exchange("ORG002", "origin of another record of the archive")
def _(record: Record, other: Record, rng: Random) -> Record | None:
    mine, theirs = identity(record), identity(other)
    if mine is None or theirs is None or _office(mine) & _office(theirs):
        return None
    return changed(record, origin=other["origin"])


def _office(sound: Identity) -> set[str]:
    """Return the station and the Origin text of its post."""
    return {sound.code} | {known.origin for known in STATIONS if known.code == sound.code}


@fault("ORG003", "FM line of another post")
def _(record: Record, rng: Random) -> Record | None:
    found, post = from_line(record.get("header", "")), other_post(record, rng)
    return changed(record, header=put(found, "post", post.plad)) if found and post else None


@fault("ORG003", "routing indicator of another post")
def _(record: Record, rng: Random) -> Record | None:
    found, post = from_station(record.get("header", "")), other_post(record, rng)
    if found is None or post is None or not post.indicator:
        return None
    return changed(record, header=put(found, "indicator", post.indicator))
