"""The page of planted faults: what was planted, what was found of it, and whether that is enough."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinds import Fault, Innocent
from proof import SERIOUS, Result, accepted

from cableproof.validators.catalogue import CATALOGUE

#: Injectors that every rule must have.
_EACH = 2
_NO_GROUND = "not at hand"
_NONE = "-"
#: Where faults are planted.
GROUNDS = ("generated", "real")

_HEAD = """# Planted faults

How sure is it that a rule finds what it is for, and nothing else? Here faults are planted in archives that are known
to be sound, each in as many records as it can be planted in, and the findings are counted. The functions that plant
them (`faults/`) were written from the catalogue of rules and from the anatomy of telegrams, apart from the rules.

- **generated**: {generated}.
- **real**: {real}. A fault is planted only in records of which nothing serious is said before.

A cell says how many were found by the rule, of how many planted; a dash: it cannot be planted there. *Through* a rule:
that one was reported as the cause and says that it stands for this one. *Also*: what else was said of the same records
at warning or error, with what follows from the fault by its nature left out; *elsewhere*: of other records.
`nox -s faults` writes this page.

## Goals
"""


@dataclass(frozen=True)
class Goal:
    """What must hold, whether it does, and the count."""

    says: str
    met: bool
    count: str


@dataclass(frozen=True)
class Outcome:
    """Everything that came of the faults and innocent changes, by the names of the grounds."""

    rules: Sequence[str]  #: the codes of which faults were asked
    faults: Sequence[Fault]
    innocent: Sequence[Innocent]
    planted: Mapping[str, Sequence[Result]]  #: of the faults, in their order
    changed: Mapping[str, Sequence[Result]]  #: of the innocent changes
    clean: Counter[str]  #: serious findings on the invented telegrams as they are
    sizes: Mapping[str, str]  #: what each ground is made of

    def of(self, number: int) -> list[Result]:
        """Return what came of a fault on each ground."""
        return [results[number] for results in self.planted.values()]


def serious(fault: Fault) -> bool:
    """Return whether the fault is one of severity warning or error."""
    return fault.code in CATALOGUE and accepted(fault) == SERIOUS


def goals(outcome: Outcome) -> list[Goal]:
    """Return all goals, met or not."""
    return [
        _each_rule(outcome),
        _each_known(outcome),
        _each_planted(outcome),
        _recall(outcome),
        _precision(outcome),
        Goal(
            "the invented telegrams as they are raise nothing at warning or error",
            not outcome.clean,
            f"{outcome.clean.total()} findings",
        ),
        _innocence(outcome),
    ]


def _each_rule(outcome: Outcome) -> Goal:
    times = Counter(fault.code for fault in outcome.faults)
    few = [code for code in outcome.rules if times[code] < _EACH]
    says = f"every rule has at least {_EACH} faults"
    return Goal(
        says, not few, f"{len(outcome.rules)} rules" + "".join(f", not {code}" for code in few)
    )


def _each_known(outcome: Outcome) -> Goal:
    strange = sorted({fault.code for fault in outcome.faults} - set(CATALOGUE))
    return Goal(
        "every fault is of a rule that there is",
        not strange,
        f"{len(outcome.faults)} faults" + "".join(f", no rule {code}" for code in strange),
    )


def _each_planted(outcome: Outcome) -> Goal:
    idle = [
        fault.name
        for number, fault in enumerate(outcome.faults)
        if fault.code in CATALOGUE and not any(one.planted for one in outcome.of(number))
    ]
    total = sum(one.planted for results in outcome.planted.values() for one in results)
    return Goal("every fault can be planted", not idle, "; ".join(idle) or f"{total:,} planted")


def _recall(outcome: Outcome) -> Goal:
    wanted = [number for number, fault in enumerate(outcome.faults) if serious(fault)]
    planted = sum(one.planted for number in wanted for one in outcome.of(number))
    found = sum(one.recalled for number in wanted for one in outcome.of(number))
    says = "every planted fault of severity warning or error is found"
    return Goal(says, found == planted, f"{found:,} of {planted:,}")


def _precision(outcome: Outcome) -> Goal:
    results = [one for results in outcome.planted.values() for one in results]
    also = sum(len(places) for one in results for places in one.besides.values())
    away = sum(len(places) for one in results for places in one.elsewhere.values())
    says = "nothing else is found at warning or error"
    return Goal(says, not also + away, f"{also:,} also, {away:,} elsewhere")


def _innocence(outcome: Outcome) -> Goal:
    results = [one for results in outcome.changed.values() for one in results]
    raised = sum(
        len(places)
        for one in results
        for table in (one.besides, one.elsewhere)
        for places in table.values()
    )
    total = sum(one.planted for one in results)
    return Goal(
        "innocent changes raise nothing", not raised, f"{raised:,} findings on {total:,} changes"
    )


def _cell(fault: Fault, result: Result | None) -> str:
    """Return what a table says of one fault on one ground."""
    if result is None:
        return _NO_GROUND if fault.code in CATALOGUE else ""
    if not result.planted:
        return _NONE
    through = "".join(f" + {n} through {code}" for code, n in sorted(result.caused.items()))
    cell = f"{result.found}{through} of {result.planted}"
    return cell if result.recalled == result.planted else f"**{cell}**"


def _others(results: Sequence[Result]) -> str:
    """Return which other rules spoke, and how often, on all grounds together."""
    also: Counter[str] = Counter()
    away: Counter[str] = Counter()
    for one in results:
        also.update({rule: len(places) for rule, places in one.besides.items()})
        away.update({rule: len(places) for rule, places in one.elsewhere.items()})
    parts = [f"{rule} {times}" for rule, times in sorted(also.items())]
    return ", ".join(parts + [f"elsewhere {rule} {n}" for rule, n in sorted(away.items())])


def _shows(change: Fault | Innocent) -> str:
    """Return the codes that go with a change by its nature."""
    return ", ".join(sorted(change.shows))


def _rows(outcome: Outcome, grounds: Sequence[str]) -> Iterator[str]:
    for number, fault in enumerate(outcome.faults):
        if fault.code in CATALOGUE:
            severity = CATALOGUE[fault.code].severity if not fault.note else "note"
        else:
            severity = "no such rule yet"
        cells = [
            _cell(fault, outcome.planted[name][number] if name in outcome.planted else None)
            for name in grounds
        ]
        others = _others(outcome.of(number))
        yield f"| {fault.code} | {severity} | {fault.phrase} | {' | '.join(cells)} | {_shows(fault)} | {others} |"


def _innocent_rows(outcome: Outcome, grounds: Sequence[str]) -> Iterator[str]:
    for number, change in enumerate(outcome.innocent):
        results = [outcome.changed.get(name) for name in grounds]
        cells = [_times(each[number]) if each else _NO_GROUND for each in results]
        others = _others([each[number] for each in results if each])
        yield f"| {change.phrase} | {' | '.join(cells)} | {_shows(change)} | {others} |"


def _times(result: Result) -> str:
    return str(result.planted) if result.planted else _NONE


def page(outcome: Outcome) -> str:
    """Return the page: the goals, the matrix, and the innocent changes."""
    sizes = {name: outcome.sizes.get(name, _NO_GROUND) for name in GROUNDS}
    lines = [
        f"- {'met' if goal.met else '**not met**'}: {goal.says} ({goal.count})"
        for goal in goals(outcome)
    ]
    parts = [
        _HEAD.format(**sizes),
        *lines,
        "\n## Faults\n",
        "| rule | severity | fault | generated | real | shows by its nature | also |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *_rows(outcome, GROUNDS),
        "\n## Innocent changes\n",
        "Each made in every record or tree in which it can be; nothing new may be said, at any severity.\n",
        "| change | generated | real | may show | raised |",
        "| --- | --- | --- | --- | --- |",
        *_innocent_rows(outcome, GROUNDS),
    ]
    return "\n".join(parts) + "\n"
