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
_COMPARED = ("identifier", "released_key", "subject_key", *_TEXTS.values(), *_EXACT)
_TIMES = ("created", "released")
_PRECISIONS = tuple(f"{time}_precision" for time in _TIMES)
_KEPT = (*_COMPARED, *_CLAIMS.values(), *_PRECISIONS)


@dataclass(frozen=True)
class Event:
    """What happened to a cable at a release; ``earlier`` is the one that had its last form."""

    cable: int
    release: str
    what: str
    earlier: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def events(table: Parallel, judge: Judge) -> list[Event]:
    """Return all events, by cable and release; the first release is where lives begin."""
    found = list(_seen(table))
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


def _seen(table: Parallel) -> Iterator[Event]:
    """Yield what digests and claims tell, release after release."""
    last = pl.Series("last", [None] * len(table.keys), dtype=pl.Int32)
    form: dict[str, pl.Series] = {}
    for number, name in enumerate(table.names):
        here = table.present(name)
        now = {column: table.column(name, column) for column in _KEPT}
        if number:
            yield from _step(table, number, here, last, form, now)
        form = {
            column: pl.select(
                pl.when(here & values.is_not_null()).then(values).otherwise(form.get(column))
            ).to_series()
            for column, values in now.items()
        }
        last = pl.select(pl.when(here).then(pl.lit(number, pl.Int32)).otherwise(last)).to_series()


def _step(
    table: Parallel,
    number: int,
    here: pl.Series,
    last: pl.Series,
    form: Mapping[str, pl.Series],
    now: Mapping[str, pl.Series],
) -> Iterator[Event]:
    name = table.names[number]
    known = here & last.is_not_null()
    earlier = [None if at is None else table.names[at] for at in last.to_list()]
    yield from _events(name, "added", here & last.is_null(), None)
    yield from _events(name, "removed", ~here & (last == number - 1).fill_null(False), earlier)
    apart = _apart(known, form, now)
    text = apart["header_spaced"] | apart["body_spaced"]
    same = known & ~text
    for cable in (known & (last < number - 1)).arg_true().to_list():
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


def _apart(
    known: pl.Series, form: Mapping[str, pl.Series], now: Mapping[str, pl.Series]
) -> dict[str, pl.Series]:
    """Tell of each column in which cables it differs from the last form; of times as far as told."""
    columns = (*_COMPARED, *_CLAIMS.values())
    apart = {name: known & (now[name] != form[name]).fill_null(False) for name in columns}
    for time, precision in zip(_TIMES, _PRECISIONS, strict=True):
        key = f"{time}_key"
        apart[key] &= beyond(now[key], form[key], now[precision], form[precision])
    return apart


def _any(flags: list[pl.Series]) -> pl.Series:
    return pl.select(pl.any_horizontal(flags)).to_series().arg_true()


def _events(
    release: str, what: str, flags: pl.Series, earlier: Sequence[str | None] | None
) -> Iterator[Event]:
    for cable in flags.arg_true().to_list():
        yield Event(cable, release, what, str(earlier[cable]) if earlier else "")


def leftovers(table: pl.DataFrame) -> tuple[int | None, list[str]]:
    """Return the counter of most pages, and the cables whose pages state a lower one.

    A page says how many cables were out when it was made, so that these are of an older release.
    """
    counters = table["release_counter"].drop_nulls()
    if not len(counters):
        return None, []
    most = int(counters.mode().max())  # type: ignore[arg-type]
    older = table.filter(pl.col("release_counter") < most)
    return most, sorted(older["key"].to_list())
