"""What a report found, as one kind of row for every list: findings, and discrepancies.

Lists that go into other programs have one row a result, whichever command it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from cableproof.validators.collation.in_words import in_words

if TYPE_CHECKING:
    from cableproof.outcome import Outcome


class Result(NamedTuple):
    """A finding, or a discrepancy between sources, whose rule is its kind.

    Attributes:
        source: the name of the source; of a discrepancy those that differ, with blanks between.
        path: with the path of the source, as it was given; None of a discrepancy, which has no
            one place.
        line: from 1; row: from 0; start: in bytes. Each is None where the source has none.
        state: ``new`` or ``unchanged`` where there was a baseline.
        accepted: why, by whom and until when somebody accepted it.
        declared: the severity on the card, where settings grade it otherwise.

    """

    rule: str
    name: str
    severity: str
    source: str
    identifier: str | None
    fields: tuple[str, ...]
    message: str
    path: str | None
    line: int | None
    row: int | None
    start: int | None
    facts: dict[str, Any]
    fingerprint: str
    state: str | None = None
    accepted: dict[str, Any] | None = None
    declared: str | None = None


def results(report: Outcome) -> Iterator[Result]:
    """Yield the findings of a report, and then its discrepancies, each in their order."""
    for each in report.found():
        place = each["place"]
        yield Result(
            *(each["rule"], each["name"], each["severity"], each["source"], each["identifier"]),
            *(tuple(each["fields"]), each["message"]),
            *(place["path"], place.get("line"), place.get("row"), place.get("start")),
            *(each["facts"], each["fingerprint"]),
            *_judged(each),
        )
    for each in report.told():
        differ = [name for name, cell in each["cells"].items() if cell in _APART]
        yield Result(
            *(each["kind"], each["name"], each["severity"], " ".join(differ), each["identifier"]),
            *(tuple(each["fields"]), _message(each, differ)),
            *(None, None, None, None),
            *(each["facts"], each["fingerprint"]),
            *_judged(each),
        )


#: What the cells of the sources say that are not as the base is.
_APART = ("differs", "absent", "otherwise")


def _judged(each: dict[str, Any]) -> tuple[Any, ...]:
    return each.get("state"), each.get("accepted"), each.get("declared")


def _message(each: dict[str, Any], differ: list[str]) -> str:
    """Return in words what a discrepancy is: which sources differ from which, and how."""
    cells = each["cells"]
    here = [name for name in cells if cells[name] not in ("absent", "unreadable")]
    absent = [name for name in differ if cells[name] == "absent"]
    if absent:
        return f"in {' '.join(here)}, absent from {' '.join(absent)}"
    fields = " and ".join(each["fields"]) or "text"
    said = f"{fields} of {' '.join(differ)} is not that of {each['base']}"
    how = in_words(each["facts"])
    return f"{said}: {how}" if how else said
