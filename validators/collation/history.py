"""The life of each cable through releases in their order: added, removed, restored, changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from cableproof.validators.collation.apart import Doubt, Doubts, places
from cableproof.validators.collation.collate import Judge
from cableproof.validators.collation.fields import FIELDS, beyond
from cableproof.validators.collation.parallel import Parallel

#: What can happen to a cable from one release to the next.
EVENTS = ("added", "removed", "restored", "renamed", "re-dated", "metadata", "blanks", "changed")
_TEXTS = {"header": "header_spaced", "body": "body_spaced"}
_EXACT = ("header_exact", "body_exact")
_CLAIMS = {each.field: each.key for each in FIELDS if each.field != "released"}
_PRECISIONS = {each.key: each.precision for each in FIELDS if each.precision}
_COMPARED = (
    *("identifier", "released_key", "subject_key"),
    *(*_TEXTS.values(), *_EXACT, *_CLAIMS.values()),
)


@dataclass(frozen=True)
class Event:
    """What happened to a cable at a release; ``earlier`` is the one that had its last form."""

    cable: int
    release: str
    what: str
    earlier: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def events(table: Parallel, judge: Judge, unreadable: Mapping[str, frozenset[str]]) -> list[Event]:
    """Return all events, by cable and release; the first release is where lives begin.

    ``unreadable`` names the cables that each release has and that could not be read: these were
    neither removed nor added.
    """
    found = list(_seen(table, unreadable))
    changed = [event for event in found if event.what == "changed"]
    doubts = [
        Doubt(
            *(event.cable, event.earlier, event.release),
            {part: [event.release] for part in event.facts["parts"]},
        )
        for event in changed
    ]
    kinds: dict[int, list[Any]] = {}
    for answer in judge(Doubts(doubts, places(table, doubts))):
        kinds.setdefault(answer.doubt, []).append(answer)
    told = [
        Event(e.cable, e.release, e.what, e.earlier, _said(kinds.get(number, [])))
        for number, e in enumerate(changed)
    ]
    rest = [event for event in found if event.what != "changed"]
    order = {name: number for number, name in enumerate(table.names)}
    key = [(e.cable, order[e.release], EVENTS.index(e.what)) for e in (*rest, *told)]
    return [event for _, event in sorted(zip(key, (*rest, *told), strict=True), key=lambda p: p[0])]


def _said(answers: Sequence[Any]) -> dict[str, Any]:
    return {"kinds": sorted({answer.code for answer in answers})}


@dataclass(frozen=True)
class _Past:
    """For each cable the number of the last release that had it, and of the last one read."""

    seen: pl.Series
    read: pl.Series


def _seen(table: Parallel, unreadable: Mapping[str, frozenset[str]]) -> Iterator[Event]:
    """Yield what digests and claims tell, release after release."""
    never = pl.Series("last", [None] * len(table.keys), dtype=pl.Int32)
    past = _Past(never, never)
    form: dict[str, pl.Series] = {}
    for number, name in enumerate(table.names):
        here = table.present(name)
        lost = table.keys.is_in(sorted(unreadable.get(name, ()))) & ~here
        now = {column: table.column(name, column) for column in (*_COMPARED, *_PRECISIONS.values())}
        if number:
            yield from _step(table, number, here, lost, past, form, now)
        form = {
            column: pl.select(
                pl.when(here & values.is_not_null()).then(values).otherwise(form.get(column))
            ).to_series()
            for column, values in now.items()
        }
        past = _Past(_at(here | lost, number, past.seen), _at(here, number, past.read))


def _at(flags: pl.Series, number: int, otherwise: pl.Series) -> pl.Series:
    return pl.select(pl.when(flags).then(pl.lit(number, pl.Int32)).otherwise(otherwise)).to_series()


def _step(
    table: Parallel,
    number: int,
    here: pl.Series,
    lost: pl.Series,
    past: _Past,
    form: Mapping[str, pl.Series],
    now: Mapping[str, pl.Series],
) -> Iterator[Event]:
    name = table.names[number]
    known = here & past.read.is_not_null()
    earlier = [None if at is None else table.names[at] for at in past.read.to_list()]
    yield from _events(name, "added", here & past.seen.is_null(), None)
    gone = ~(here | lost) & (past.seen == number - 1).fill_null(False)
    yield from _events(name, "removed", gone, earlier)
    apart = {column: known & (now[column] != form[column]).fill_null(False) for column in _COMPARED}
    for key, precision in _PRECISIONS.items():
        apart[key] &= beyond(now[key], form[key], now[precision], form[precision]).fill_null(False)
    text = apart["header_spaced"] | apart["body_spaced"]
    same = known & ~text
    for cable in (known & (past.seen < number - 1)).arg_true().to_list():
        yield Event(cable, name, "restored", str(earlier[cable]), {"same_text": same[cable]})
    yield from _events(name, "renamed", apart["identifier"], earlier)
    yield from _events(name, "re-dated", apart["released_key"] & same, earlier)
    for cable in _any([apart[key] for key in (*_CLAIMS.values(), "subject_key")]).to_list():
        fields = [field for field, key in _CLAIMS.items() if apart[key][cable]]
        fields += ["subject"] if apart["subject_key"][cable] else []
        yield Event(cable, name, "metadata", str(earlier[cable]), {"fields": fields})
    blanks = (apart["header_exact"] | apart["body_exact"]) & same
    yield from _events(name, "blanks", blanks, earlier)
    for cable in text.arg_true().to_list():
        parts = [part for part, column in _TEXTS.items() if apart[column][cable]]
        yield Event(cable, name, "changed", str(earlier[cable]), {"parts": parts})


def _any(flags: list[pl.Series]) -> pl.Series:
    return pl.select(pl.any_horizontal(flags)).to_series().arg_true()


def _events(
    release: str, what: str, flags: pl.Series, earlier: Sequence[str | None] | None
) -> Iterator[Event]:
    for cable in flags.arg_true().to_list():
        yield Event(cable, release, what, (earlier[cable] or "") if earlier else "")


def usual(values: pl.Series) -> Any:
    """Return the value that most rows have, the highest of several as frequent, or None."""
    return values.drop_nulls().mode().max()


def leftovers(table: pl.DataFrame) -> tuple[int | None, pl.DataFrame]:
    """Return the counter of most pages, and key and counter of those that state a lower one.

    A page says how many cables were out when it was made, so that these are of an older release.
    """
    most = usual(table["release_counter"])
    older = table.filter(pl.col("release_counter") < pl.lit(most, pl.Int64))
    return most, older.select("key", "release_counter").sort("key")
