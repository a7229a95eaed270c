"""Signs of life of a process that is watched, from whatever takes long in it."""

import contextlib
from collections.abc import Callable, Iterator

MEASURING = -1  # the number of a step that is no file
Beat = Callable[[int | None], None]  # of the step that begins, or None where one goes on


def _unheard(step: int | None) -> None:
    pass


_heard: list[Beat] = [_unheard]


def beat(step: int | None = None) -> None:
    """Say to whoever watches that the step of that number begins, or that one goes on."""
    _heard[-1](step)


@contextlib.contextmanager
def beating(call: Beat) -> Iterator[None]:
    """Let ``call`` be told each sign of life."""
    _heard.append(call)
    try:
        yield
    finally:
        _heard.pop()
