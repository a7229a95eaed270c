"""Tasks done in this process or in watched ones, and what came of them in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cableproof.caching.tasks import remembered
from cableproof.pool import WORTH, supervisor
from cableproof.redoing import Redoing
from cableproof.sources.limits import Limits
from cableproof.tasks import Done, Measure, Task
from cableproof.work import EVIDENCE

if TYPE_CHECKING:
    from cableproof.supervising import Supervisor


def performed(
    tasks: list[Task],
    limits: Limits,
    jobs: int,
    progress: Callable[[int], None],
    measure: Measure = EVIDENCE,
) -> Iterator[Done]:
    """Yield what the tasks hand back, in their order; call ``progress`` with bytes read.

    Without ``jobs`` they are done in this process, which is then not safe from what they read.
    """
    if not jobs:
        for task in tasks:
            result = remembered(task, limits, measure)
            progress(task.size)
            yield result
        return
    work = partial(_done, limits=limits, measure=measure)
    with supervisor(min(_worth(tasks, jobs), len(tasks)), limits) as processes:
        yield from _in_order(_redone(processes, work, tasks), progress)


def _worth(tasks: list[Task], jobs: int) -> int:
    """Return how many processes pay: one where there is little to read beside the largest task."""
    sizes = sorted(task.size for task in tasks)
    return jobs if sum(sizes) >= WORTH and sum(sizes[:-1]) >= WORTH // 2 else 1


def _done(task: Task, *, limits: Limits, measure: Measure) -> Done:
    made = remembered(task, limits, measure)
    # Pickling joins the chunks of a table in a thread of Polars without letting go of the
    # interpreter, for which that thread then waits where a chunk was made of Python's bytes.
    return replace(made, evidence=made.evidence.rechunk(), listed=made.listed.rechunk())


def _redone(
    processes: Supervisor, work: Callable[[Task], Done], tasks: list[Task]
) -> Iterator[Done]:
    """Yield what came of tasks; one that ends a process is done again in smaller parts."""
    redoing = Redoing()
    for task, came, add in processes.done(work, tasks):
        whole = redoing.take(task, came, add)
        if whole is not None:
            yield whole


def _in_order(results: Iterator[Done], progress: Callable[[int], None]) -> Iterator[Done]:
    """Yield results in the order of the tasks, whatever the order in which they are ready."""
    ready: dict[int, Done] = {}
    expected = 0
    for result in results:
        progress(result.task.size)
        ready[result.task.number] = result
        while expected in ready:
            yield ready.pop(expected)
            expected += 1
