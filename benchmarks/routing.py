"""The header of an invented telegram: routing lines, date-time group, addressees."""

from random import Random

from slots import Slot
from stations import STATIONS, Station

_PRECEDENCES = "RPOZ"
_PRECEDENCE_SHARES = (45, 40, 14, 1)
_ADDRESSED = {"R": "", "P": " PRIORITY", "O": " IMMEDIATE", "Z": " FLASH"}
#: Security line and classification: how each rank is written there.
_SECURITY = {"U": "ZNR UUUUU ZZH", "C": "ZNY CCCCC ZZH", "S": "ZNY SSSSS ZZH"}
_OFFICES = (
    "RHEHNSC/NSC WASHDC", "RHEFDIA/DIA WASHDC", "RUEKJCS/SECDEF WASHINGTON DC",
    "RUEKJCS/JOINT STAFF WASHDC", "RUCPDOC/DEPT OF COMMERCE WASHDC",
    "RUEATRS/DEPT OF TREASURY WASHDC", "RUCNMEM/EU MEMBER STATES COLLECTIVE",
)  # fmt: skip
_POSTS = [station for station in STATIONS if station.indicator]
_DEPARTMENT = next(station for station in STATIONS if station.code == "STATE")


def dtg(slot: Slot) -> str:
    """Return the date-time group without precedence: `071803Z FEB 06`."""
    return f"{slot.created:%d%H%MZ %b %y}".upper()


def _address(post: Station, rng: Random, word: str) -> str:
    """One addressee with routing indicator and, mostly, the count of messages sent to it."""
    count = f" {rng.randint(1, 9999):04}" if rng.random() < 0.6 else ""
    return f"{post.indicator}/{post.plad}{word}{count}"


def _addressees(slot: Slot, rng: Random, precedence: str) -> list[str]:
    """TO and INFO lines."""
    word = _ADDRESSED[precedence]
    others = [post for post in rng.sample(_POSTS, rng.randint(2, 7)) if post != slot.station]
    to = _DEPARTMENT if slot.station != _DEPARTMENT else others.pop()
    lines = [f"TO {_address(to, rng, word)}"]
    info = [_address(post, rng, word) for post in others if post != _DEPARTMENT]
    info.extend(rng.sample(_OFFICES, rng.randint(0, 3)))
    if info:
        lines.append("INFO " + info[0])
    return lines + info[1:]


def _routing(slot: Slot, rng: Random, rank: str, precedence: str, sections: int) -> list[str]:
    """Return the lines that only ACP 127 has: transmission, routing, from station, security."""
    single = rng.random() < 0.28
    relays = rng.sample(_POSTS, 1 if single else rng.randint(1, 5))
    indicators = dict.fromkeys(post.indicator for post in relays)
    sent = slot.serial % 10_000
    section = "/01" if sections > 1 or rng.random() < 0.2 else ""
    return [
        f"VZCZC{'XYZ' if single else 'XRO'}{rng.randint(0, 9999):04}",
        f"{precedence * 2} {' '.join(indicators)}",
        f"DE {slot.station.indicator} #{sent:04}{section} {slot.created:%j%H%M}",
        _SECURITY[rank],
    ]


def header(slot: Slot, rng: Random, rank: str, sections: int) -> str:
    """Return the whole header; `rank` is U, C or S. Stations without an indicator write ACP 126."""
    precedence = rng.choices(_PRECEDENCES, _PRECEDENCE_SHARES)[0]
    lines = []
    if slot.station.indicator and rng.random() < 0.93:
        lines = _routing(slot, rng, rank, precedence, sections)
    lines.append(f"{precedence} {dtg(slot)}")
    lines.append(f"FM {slot.station.plad}")
    return "\n".join(lines + _addressees(slot, rng, precedence))
