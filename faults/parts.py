"""The whole work in parts, so that several processes can do it; and what comes of it together."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fields import ready
from grounds import Ground, generated, real
from kinds import Fault, Innocent
from matrix import GROUNDS, Outcome
from proof import Result
from registry import registered

from cableproof.validators.catalogue import CATALOGUE

#: In how many parts the work on a ground is done.
_PARTS = 3


@dataclass(frozen=True)
class Part:
    """What one process does: every so-many-th of the changes, on one ground."""

    ground: str
    first: int
    names: frozenset[str]
    data: Path  #: where the real pages would be


@dataclass(frozen=True)
class Done:
    """What came of a part, by the names of the changes; the size and findings of its ground."""

    results: dict[str, Result]
    size: str
    clean: Counter[str]


def _sizes(ground: Ground) -> str:
    """Return of what a ground is made."""
    what = "invented telegrams" if ground.name == "generated" else "cables of three releases"
    layouts = " in four layouts" if len(ground.archives) > 1 else ""
    return (
        f"{len(ground.records)} {what}{layouts}, and {len(ground.trees)} trees of pages and files"
    )


def work(part: Part) -> Done | None:
    """Return what came of a part; None if its ground is not at hand."""
    ground = generated() if part.ground == "generated" else real(part.data)
    if ground is None:
        return None
    field = ready(ground)
    wanted = _known(part.names)[part.first :: _PARTS]
    came = field.results(wanted)
    names = [change.name for change in wanted]
    return Done(dict(zip(names, came, strict=True)), _sizes(ground), field.serious())


def _known(names: frozenset[str]) -> list[Fault | Innocent]:
    """Return the changes of these names, but no fault whose rule there is not."""
    faults, innocent = registered()
    changes: list[Fault | Innocent] = [fault for fault in faults if fault.code in CATALOGUE]
    changes.extend(innocent)
    return [change for change in changes if change.name in names]


def outcome(
    rules: Sequence[str],
    faults: Sequence[Fault],
    innocent: Sequence[Innocent],
    data: Path,
    jobs: int,
) -> Outcome:
    """Return what comes of all that, on the grounds that are at hand."""
    names = frozenset([fault.name for fault in faults] + [change.name for change in innocent])
    parts = [Part(ground, first, names, data) for first in range(_PARTS) for ground in GROUNDS]
    done: dict[str, list[Done]] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for part, one in zip(parts, pool.map(work, parts), strict=True):
            if one is not None:
                done.setdefault(part.ground, []).append(one)
    came = {ground: _together(ones) for ground, ones in done.items()}
    return Outcome(
        rules,
        faults,
        innocent,
        {ground: [told.get(one.name, Result()) for one in faults] for ground, told in came.items()},
        {ground: [told[one.name] for one in innocent] for ground, told in came.items()},
        done["generated"][0].clean,
        {ground: ones[0].size for ground, ones in done.items()},
    )


def _together(ones: Sequence[Done]) -> dict[str, Result]:
    """Return the results of all parts of a ground."""
    return {name: result for one in ones for name, result in one.results.items()}
