"""Work at which a process ended, done again in smaller parts, down to the record that ends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import polars as pl

from cableproof.errors import ReaderFailed
from cableproof.sources.blocks import IN_PIECES, Piece, line_ends, pieces_between
from cableproof.sources.extents import UNREADABLE
from cableproof.sources.places import Trouble
from cableproof.sources.reading import PLACED, Seen
from cableproof.sources.stretches import Stretches
from cableproof.supervising import Failure
from cableproof.tasks import Done, Plan, Task


@dataclass
class _Cut:
    """A task that is done in parts, and what has come of these so far.

    The least is done once more before it is given up: what ended its process may have been no
    fault of it. That is the ``last`` time.
    """

    task: Task
    failure: Failure
    of: tuple[_Cut, int] | None  # the task of which it is a part itself
    last: bool
    files: tuple[Seen, ...] = ()
    parts: list[Done | None] = field(default_factory=list)


@dataclass
class Redoing:
    """What has come of tasks, of which some are done in parts because they ended a process."""

    cuts: dict[int, tuple[_Cut, int]] = field(default_factory=dict)  # by the identity of a part

    def take(self, task: Task, came: Done | Failure, add: Callable[[Task], None]) -> Done | None:
        """Return what came of a whole task, once all its parts are done; ``add`` is given parts.

        Raises:
            ReaderFailed: it was no reading of records that ended a process.

        """
        of = self.cuts.pop(id(task), None)
        if isinstance(came, Failure):
            if of is not None and of[0].last:
                return self._join(*of, _given_up(task, came))
            parts = _smaller(task, came) or [replace(task)]
            self._cut(_Cut(task, came, of, len(parts) == 1 and not parts[0].again), parts, add)
            return None
        if task.again is not None and of is not None and came.plan is not None:
            parts = _in_pieces(came.plan) or [Task(0, small=(task.again,))]
            cut = _Cut(task, of[0].failure, of, len(parts) == 1, tuple(came.plan.files.values()))
            self._cut(cut, parts, add)
            return None
        return came if of is None else self._join(*of, came)

    def _cut(self, cut: _Cut, parts: list[Task], add: Callable[[Task], None]) -> None:
        cut.parts = [None] * len(parts)
        self.cuts |= {id(part): (cut, n) for n, part in enumerate(parts)}
        for part in reversed(parts):  # each is put before all that wait
            add(part)

    def _join(self, cut: _Cut, number: int, done: Done) -> Done | None:
        """Return what came of all parts of the outermost task, if this was the last of them."""
        cut.parts[number] = done
        parts = [part for part in cut.parts if part is not None]
        if len(parts) < len(cut.parts):
            return None
        alone = replace(parts[0], task=cut.task)
        whole = alone if cut.last else _joined(cut.task, parts, cut.files)
        return whole if cut.of is None else self._join(*cut.of, whole)


def _smaller(task: Task, failure: Failure) -> list[Task]:
    """Return a task in parts, the one that may be to blame by itself; none where it is the least.

    A file of many records is first looked at, as large files are, to be read in pieces.
    """
    if len(task.small) > 1:
        at = failure.step
        cuts = [at, at + 1] if at >= 0 else [len(task.small) // 2]
        edges = pairwise([0, *cuts, len(task.small)])
        return [Task(0, small=task.small[begin:end]) for begin, end in edges if begin < end]
    if task.small:
        return [Task(0, again=task.small[0])]
    if task.piece is not None:
        return [Task(0, piece=piece) for piece in _halves(task.piece)]
    return []


def _halves(piece: Piece) -> list[Piece]:
    """Return a piece in two, each of whole records; none where it may have but one."""
    if piece.stretches is not None:
        edges = piece.stretches.edges
        half = len(edges) // 2
        parts = (edges[:half], edges[half:]) if half else ()
        return [Piece.of(piece.found, piece.kind, Stretches(part)) for part in parts]
    if piece.kind not in IN_PIECES:
        return []
    halves = pieces_between(piece, 2)
    return halves if len(halves) > 1 else []


def _in_pieces(plan: Plan) -> list[Task]:
    """Return how to read a file in pieces, or nothing where it has no more than one."""
    pieces = [task for task in plan.tasks if task.piece is not None]
    return plan.tasks if len(pieces) > 1 else []


def _given_up(task: Task, failure: Failure) -> Done:
    """Return what is said of the least that ends a process: it is lost."""
    facts = {"reason": failure.reason}
    found = task.again or (task.small[0] if task.small else None)
    if found is not None:
        trouble = Trouble("SRC003", found.path, 1, 0, lost=True, facts=facts)
        return Done(
            task, pl.DataFrame(), (trouble,), (Seen(found.path, found.size, inside=found.inside),)
        )
    if task.archive is not None:
        trouble = Trouble("SRC004", task.archive.path, lost=True, facts=facts)
        return Done(task, pl.DataFrame(), (), plan=Plan(troubles=[trouble]))
    if task.piece is None:
        raise ReaderFailed(failure.reason)
    piece = task.piece
    trouble = Trouble("SRC003", piece.found.path, 1, piece.start, lost=True, facts=facts)
    extents = Counter({UNREADABLE: piece.size} if piece.kind in PLACED else {})
    lines = 0 if piece.stretches is not None else line_ends(piece)
    return Done(task, pl.DataFrame(), (trouble,), lines=lines, extents=extents)


def _joined(task: Task, parts: Sequence[Done], files: tuple[Seen, ...]) -> Done:
    """Return what came of parts, which follow one another, as what came of the whole."""
    lines, moved = 0, []
    for part in parts:
        moved.append(part.moved(lines))
        lines += part.lines
    evidence = [part.evidence for part in moved if len(part.evidence)]
    listed = [part.listed for part in moved if len(part.listed)]
    digest = next((part.digest for part in moved if part.digest), "")
    seen = files or tuple(each for part in moved for each in part.seen)
    return Done(
        task,
        pl.concat(evidence) if evidence else pl.DataFrame(),
        tuple(trouble for part in moved for trouble in part.troubles),
        tuple(replace(each, digest=digest) for each in seen) if digest else seen,
        lines,
        listed=pl.concat(listed) if listed else pl.DataFrame(),
        links=sum((part.links for part in moved), Counter()),
        extents=sum((part.extents for part in moved), Counter()),
    )
