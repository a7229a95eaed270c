"""Tasks done in this process or in several, what came of them in their order."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, as_completed

from cableproof.caching.tasks import remembered
from cableproof.pool import WORTH, pool
from cableproof.sources.limits import Limits
from cableproof.work import EVIDENCE, Done, Measure, Task


def performed(
    tasks: list[Task],
    limits: Limits,
    jobs: int,
    progress: Callable[[int], None],
    measure: Measure = EVIDENCE,
) -> Iterator[Done]:
    """Yield what the tasks hand back, in their order; call ``progress`` with bytes read."""
    if jobs < 2 or sum(task.size for task in tasks) < WORTH:
        for task in tasks:
            result = remembered(task, limits, measure)
            progress(task.size)
            yield result
        return
    with pool(jobs) as executor:
        running = {executor.submit(remembered, task, limits, measure): task for task in tasks}
        yield from _in_order(running, progress)


def _in_order(running: dict[Future[Done], Task], progress: Callable[[int], None]) -> Iterator[Done]:
    """Yield results in the order of the tasks, whatever the order in which they are ready."""
    ready: dict[int, Done] = {}
    expected = 0
    for future in as_completed(running):
        result = future.result()
        progress(result.task.size)
        ready[result.task.number] = result
        while expected in ready:
            yield ready.pop(expected)
            expected += 1
