"""Signs of life of a process that is watched, from whatever takes long in it."""

import contextlib
import time
from collections.abc import Callable, Iterator

MEASURING = -1  # the number of a step that is no file
Beat = Callable[[int | None], None]  # of the step that begins, or None where one goes on
_SELDOM = 0.1  # seconds between signs that a step goes on, a tenth of the least limit


def _unheard(step: int | None) -> None:
    pass


_heard: list[Beat] = [_unheard]


def beat(step: int | None = None) -> None:
    """Say to whoever watches that the step of that number begins, or that one goes on."""
    _heard[-1](step)


@contextlib.contextmanager
def beating(call: Beat) -> Iterator[None]:
    """Let ``call`` be told each step that begins, and now and then that it goes on.

    A process gives thousands of signs a second, and to hear each takes a part of another's time.
    """
    at: int | None = None
    told = 0.0

    def seldom(step: int | None) -> None:
        nonlocal at, told
        now = time.monotonic()
        if (step is not None and step != at) or now - told >= _SELDOM:
            at, told = at if step is None else step, now
            call(step)

    _heard.append(seldom)
    try:
        yield
    finally:
        _heard.pop()
