"""What an identifier is made of, and the canonical form of one that is spelt otherwise."""

import re
from dataclasses import dataclass

from cableproof.schemas import vocab

CENTURY = 66  # years from here on are of the twentieth century: no identifier has 11 to 65
STRICT = re.compile(r"([0-9]{2})([A-Z]{4,17})([1-9][0-9]{0,5})")
_LONGEST = 100  # characters that may spell an identifier; what is longer is none
_YEAR = re.compile(r"(?:19|20)?([0-9]{2})(.*)", re.DOTALL)
_SUFFIX = re.compile(r"(?:_[A-E]|TOSEC.*|(?:ZFR|ZDK|ZDS|ZFD)[0-9]*|SUSPECTEDDUPLICATE[0-9]*)$")
_SECTION = re.compile(r".*OF[0-9]{1,2}(?=[A-Z])", re.DOTALL)
_WORDS = re.compile(r"(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|EMBASSY|REFTEL|EFTO)(?=[A-Z]{4})")
_STATION = re.compile(r"([A-Z]+?)0*([1-9][0-9]{0,5})")
_SHAPED = re.compile(r"(?:19|20)?[0-9]{2}[A-Za-z0-9]{4,40}[0-9]{1,6}")


@dataclass(frozen=True)
class Identifier:
    """A strictly well-formed identifier, taken apart."""

    year: int  # four digits
    station: str
    serial: int

    def __str__(self) -> str:
        return f"{self.year % 100:02d}{self.station}{self.serial}"


def parsed(text: str) -> Identifier | None:
    """Return the parts of ``text``, or None where it is not strictly well formed.

    >>> parsed("07BERN1")
    Identifier(year=2007, station='BERN', serial=1)
    """
    found = STRICT.fullmatch(text)
    if found is None:
        return None
    year, station, serial = int(found[1]), found[2], int(found[3])
    return Identifier(year + (1900 if year >= CENTURY else 2000), station, serial)


def canonical(text: str) -> str | None:
    """Return the canonical form that ``text`` spells, or None where nothing tells it.

    The steps are those of the archive's own malformed identifiers: the table of them first,
    then section counters, other systems' years and endings, words before the station, zeros
    before the serial, and other spellings of the station.

    >>> canonical("09EFTOLONDON2468"), canonical("2007BERN0001")
    ('09LONDON2468', '07BERN1')
    """
    if len(text) > _LONGEST:
        return None
    spelt = "".join(text.upper().split())
    known = vocab.malformed_identifiers().get(spelt)
    if known is not None:
        return known
    start = _YEAR.fullmatch(spelt)
    if start is None:
        return None
    rest = _SECTION.sub("", _SUFFIX.sub("", start[2]), count=1)
    found = _STATION.fullmatch(rest)
    if found is None:
        return None
    station = station_spelt(found[1])
    whole = f"{start[1]}{station}{found[2]}"
    return whole if station and STRICT.fullmatch(whole) else None


def station_spelt(letters: str) -> str | None:
    """Return the station that capital letters spell, words before it and aliases allowed.

    None where no table knows it, or where it may be one of two.

    >>> station_spelt("AMEMBASSYBERN"), station_spelt("SECSTATE"), station_spelt("USMISSIONROME")
    ('BERN', 'STATE', None)
    """
    if letters in vocab.ambiguous_aliases():
        return None
    for name in (letters, _WORDS.sub("", letters, count=1)):
        station = vocab.station_aliases().get(name, name)
        if station in vocab.posts():
            return station
    return None


def named_by_file(stem: str) -> str | None:
    """Return the identifier that a file is named for, as spelt, or None where there is none."""
    return stem if _SHAPED.fullmatch(stem) else None
