"""Grounds made ready: what is said of them as they are, and what comes of changes made there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import trees
from grounds import Ground
from kinds import Fault, Innocent
from planting import Planted, plant, write
from proof import (
    SERIOUS,
    Baseline,
    Result,
    Said,
    accepted,
    baseline,
    count,
    fresh,
    judged,
    said,
    validated,
)

Change = Fault | Innocent
#: Changes that are made and validated together, in files that are then removed.
_TOGETHER = 24
_TREES_TOGETHER = 6


@dataclass(frozen=True)
class Field:
    """A ground, with what is said of its records, archives and trees as they are."""

    ground: Ground
    records: Baseline
    archives: list[Said]
    trees: list[Said]

    def serious(self) -> Counter[str]:
        """Return the rules that say something serious of the ground as it is."""
        told = [*self.records.lines.values(), *self.archives, *self.trees]
        return Counter(rule for one in told for (rule, severity) in one if severity in SERIOUS)

    def results(self, changes: Sequence[Change]) -> list[Result]:
        """Return what comes of each of the changes here, in their order."""
        alone = [change for change in changes if not _of_whole(change)]
        whole = [change for change in changes if _of_whole(change)]
        done: dict[str, Result] = {}
        for first in range(0, len(alone), _TOGETHER):
            done |= self._of_records(alone[first : first + _TOGETHER])
        for first in range(0, len(whole), _TREES_TOGETHER):
            done |= self._of_sources(whole[first : first + _TREES_TOGETHER])
        return [done[change.name] for change in changes]

    def _free(self, change: Change) -> set[str]:
        """Return the records in which a change can be told from what was said before."""
        if isinstance(change, Innocent):
            return {name for name in self.records.lines if name is not None}
        sound = self.records.sound()
        if accepted(change) == ("note",):
            return sound & self.records.without(change.code)
        return sound

    def _of_records(self, changes: Sequence[Change]) -> dict[str, Result]:
        """Return what comes of changes of single records, by their names."""
        planted = [plant(change, self.ground.records, self._free(change)) for change in changes]
        with _folder() as folder:
            files = [write(one, folder / f"{n}.jsonl") for n, one in enumerate(planted)]
            found = validated(files)
        return {
            change.name: judged(change, one, found[file.name], self.records)
            for change, one, file in zip(changes, planted, files, strict=True)
        }

    def _of_sources(self, changes: Sequence[Change]) -> dict[str, Result]:
        """Return what comes of changes of whole archives or trees, by their names."""
        with _folder() as folder:
            made = [
                dict(self._changed(change, folder / str(number)))
                for number, change in enumerate(changes)
            ]
            found = validated([path for sources in made for path in sources])
        results = {}
        for change, sources in zip(changes, made, strict=True):
            result = results[change.name] = Result(planted=len(sources))
            for path, before in sources.items():
                count(change, fresh(found[path.name], before), result, path.stem.rpartition("-")[0])
        return results

    def _changed(self, change: Change, folder: Path) -> Iterator[tuple[Path, Said]]:
        """Yield changed archives or trees laid down, and what was said of each before."""
        folder.mkdir()
        for number, tree in enumerate(self.ground.trees):
            rng = Random(f"{change.name} {number}")
            files = change.tree(tree, rng) if change.tree else None
            if files is not None:
                yield trees.lay(files, folder / f"tree-{number}-{folder.name}"), self.trees[number]
        for number, records in enumerate(self.ground.archives):
            rng = Random(f"{change.name} {number}")
            whole = isinstance(change, Fault) and change.archive
            rows = whole(records, rng) if whole else None
            if rows is not None:
                file = write(Planted(rows, []), folder / f"archive-{number}-{folder.name}.jsonl")
                yield file, self.archives[number]


def _of_whole(change: Change) -> bool:
    """Return whether a change is one of whole archives or trees."""
    return change.tree is not None or (isinstance(change, Fault) and change.archive is not None)


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder that is removed afterwards, with the texts in it."""
    with TemporaryDirectory(prefix="cableproof-faults-") as folder:
        yield Path(folder)


def ready(ground: Ground) -> Field:
    """Return the ground with what is said of it as it is."""
    whole = Planted(ground.records, [])
    with _folder() as folder:
        base = write(whole, folder / "records.jsonl")
        archives = [
            write(Planted(records, []), folder / f"archive-{n}.jsonl")
            for n, records in enumerate(ground.archives)
        ]
        laid = [trees.lay(tree, folder / f"tree-{n}") for n, tree in enumerate(ground.trees)]
        found = validated([base, *archives, *laid])
    return Field(
        ground,
        baseline(whole, found[base.name]),
        [said(found[file.name]) for file in archives],
        [said(found[tree.name]) for tree in laid],
    )
