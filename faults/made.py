"""Records that nobody wrote: single telegrams, and the archive in which faults are planted."""

from datetime import UTC, datetime
from random import Random

import orjson
from kinds import Record
from records import json_line
from slots import Slot
from stations import Station
from telegrams import Layout, Telegram, telegram, written

#: Of the invented telegrams; another seed gives other telegrams of the same kinds.
SEED = 7
EACH = 30  #: telegrams of each layout


def as_record(told: Telegram) -> Record:
    """Return a telegram with the names of the contract."""
    record: Record = orjson.loads(json_line(told))
    return record


def invented(
    post: Station, serial: int, created: datetime, rng: Random, layout: Layout | None = None
) -> Record:
    """Return a telegram of that post, number and minute."""
    then = created.replace(tzinfo=UTC)
    seniority = (then.timetuple().tm_yday - 0.5) / 366
    return as_record(written(Slot(post, serial, then, seniority), rng, SEED, layout))


def archive(layout: Layout) -> list[Record]:
    """Return the invented telegrams of one layout."""
    first = 1_000 * list(Layout).index(layout)
    return [as_record(telegram(first + n, SEED, layout=layout)) for n in range(EACH)]


def archives() -> list[list[Record]]:
    """Return an archive of each layout; no identifier stands in two of them."""
    return [archive(layout) for layout in Layout]
