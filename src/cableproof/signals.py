"""An orderly end when a user or the system asks for one."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

#: Words for the signals that ask for an end.
_SAID = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}


class Stopped(BaseException):
    """Somebody asks for an end; no library takes it for an error of its own, or for its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.said = _SAID[signal.Signals(number)]
        self.status = 128 + number


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(number)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise ``Stopped`` on SIGINT and SIGTERM, so that everything that is open is closed.

    A program that was begun with SIGINT ignored, as one in the background, goes on ignoring it.
    """
    before = {number: signal.getsignal(number) for number in _SAID}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
