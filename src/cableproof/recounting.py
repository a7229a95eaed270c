"""A history: sources in the order of their releases, and what each did to the cables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from itertools import groupby

from cableproof.chronicle import Happening, History, Life, Release
from cableproof.comparing import (
    findings_on_input,
    in_common,
    judging,
    kinds_of,
    unreadable_in,
)
from cableproof.errors import NothingInCommon, TooFewSources
from cableproof.gathering import rule_books
from cableproof.source import Source
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.tool import tool
from cableproof.validators.catalogue import INPUT_RULES
from cableproof.validators.collation.collate import all_spelt
from cableproof.validators.collation.history import EVENTS, Event, events, leftovers
from cableproof.validators.collation.order import moment
from cableproof.validators.collation.parallel import Parallel, one_each, parallel, renamed
from cableproof.validators.telling import told
from cableproof.witnesses import read


def recount(
    sources: Sequence[Source],
    *,
    limits: Limits = DEFAULT,
    jobs: int = 0,
    digests: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> History:
    """Return the history of ``sources``, in the order of release, or else as they are given.

    Raises:
        TooFewSources: there are fewer than two.
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        NothingInCommon: no cable is in two of them.
        SourceChanged: a file changed while it was read.

    """
    if len(sources) < 2:
        raise TooFewSources(len(sources))
    gathered, tables = read(sources, limits, jobs, digests, progress)
    moments = {s.name: moment(tables[s.name], s.path.resolve().name) for s in sources}
    names = [source.name for source in sources]
    if all(moments.values()):
        names.sort(key=lambda name: (moments[name], name))
    single, _ = one_each(tables)
    table = parallel(renamed(single, names), names)
    if not in_common(table):
        raise NothingInCommon(names, unreadable_in(gathered))
    found = events(
        table, partial(judging, jobs=jobs), {each.source.name: each.lost for each in gathered}
    )
    checked = findings_on_input(gathered, tables)
    counted = Counter((event.release, event.what) for event in found)
    older = {name: leftovers(tables[name]) for name in names}
    releases = [
        Release(
            *(name, moments[name], int(table.present(name).sum()), older[name][0]),
            tuple(all_spelt(older[name][1]["key"])),
            tuple((what, counted[name, what]) for what in EVENTS),
        )
        for name in names
    ]
    return History(
        command="history",
        sources=tuple(each.books(kinds_of(tables[each.source.name])) for each in gathered),
        rules=rule_books(INPUT_RULES, checked),
        findings=checked.sheet,
        tool=tool({"limits": asdict(limits)}),
        releases=tuple(releases),
        lives=tuple(_lives(table, found)),
    )


def _lives(table: Parallel, found: Sequence[Event]) -> list[Life]:
    there = {name: table.present(name) for name in table.names}
    lives = []
    for cable, mine in groupby(found, key=lambda event: event.cable):
        key = table.keys[cable]
        lives.append(
            Life(
                str(told("identifier", key) or f"[{len(key)} characters]"),
                tuple(name for name in table.names if there[name][cable]),
                tuple(
                    Happening(e.release, e.what, e.earlier, tuple(sorted(e.facts.items())))
                    for e in mine
                ),
            )
        )
    return lives
