"""Which station sends which number when: identifiers without collision, at random access.

Every station has for every year as many numbers as it sent telegrams. All of them lie on one
line; the n-th telegram is found by stepping along it with a stride that meets each number once
and spreads evenly, so that any beginning of the sequence has the measured shares of stations and
years. Within a station and year the serial rises with time.
"""

from bisect import bisect
from datetime import UTC, datetime, timedelta
from math import gcd
from random import Random
from typing import NamedTuple

from stations import STATIONS, YEARS, Station

#: Telegrams sent for each that is in the archive: the archive is a selection.
SENT_PER_KEPT = 8
#: The department numbers in hundreds of thousands, of which the archive has few.
_STEPS = {"STATE": 16}
#: The last telegrams are of February 2010.
_END = datetime(2010, 3, 1, tzinfo=UTC)


class Slot(NamedTuple):
    """A number that a station has given, and the minute at which it did."""

    station: Station
    serial: int
    created: datetime
    seniority: float  #: part of the station's year that had passed, 0 to 1

    @property
    def identifier(self) -> str:
        """Year, station and serial, as in `09RIODEJANEIRO311`."""
        return f"{self.created:%y}{self.station.code}{self.serial}"


def _yearbook() -> dict[tuple[Station, int], int]:
    """How many telegrams each station sent in each of its years."""
    book = {}
    for station in STATIONS:
        years = [year for year in YEARS if station.first <= year <= station.last]
        willing = sum(YEARS[year] for year in years)
        for year in years:
            sent = SENT_PER_KEPT * station.ids * YEARS[year] / willing
            book[station, year] = max(1, round(sent))
    return book


_BOOK = _yearbook()
_PAGES = list(_BOOK)
_ENDS = [0]
for _sent in _BOOK.values():
    _ENDS.append(_ENDS[-1] + _sent)

#: How many telegrams there can be: `slot(n)` is defined for n below this.
CAPACITY = _ENDS[-1]


def _stride() -> int:
    """Return a step near the golden section that has no divisor in common with the capacity."""
    step = int(CAPACITY * 0.6180339887)
    while gcd(step, CAPACITY) != 1:
        step += 1
    return step


_STRIDE = _stride()


def _slot(station: Station, year: int, number: int) -> Slot:
    """Return the number-th telegram (from 0) of a station's year."""
    sent = _BOOK[station, year]
    seniority = (number + 0.5) / sent
    start = datetime(year, 1, 1, tzinfo=UTC)
    end = min(datetime(year + 1, 1, 1, tzinfo=UTC), _END)
    minutes = int(seniority * ((end - start).total_seconds() // 60))
    step = _STEPS.get(station.code, 1)
    serial = number * step + 1 + number * 7919 % step
    return Slot(station, serial, start + timedelta(minutes=minutes), seniority)


def slot(n: int, seed: int = 0) -> Slot:
    """Return the slot of the n-th telegram; no two n below CAPACITY have the same identifier."""
    if not 0 <= n < CAPACITY:
        raise ValueError(f"n is {n}, but must be from 0 to {CAPACITY - 1}")
    place = (n * _STRIDE + seed * 1_000_003) % CAPACITY
    page = bisect(_ENDS, place) - 1
    station, year = _PAGES[page]
    return _slot(station, year, place - _ENDS[page])


def earlier(citing: Slot, rng: Random) -> Slot | None:
    """Return a telegram that was sent before, by this or another station, if there is one."""
    station = citing.station if rng.random() < 0.6 else rng.choice(STATIONS)
    year = citing.created.year - (rng.random() < 0.2)
    sent = _BOOK.get((station, year), 0)
    passed = citing.seniority if year == citing.created.year else 1.0
    before = int(sent * passed * 0.98)
    return _slot(station, year, rng.randrange(before)) if before > 1 else None
