"""An orderly end when the system asks for one."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType

TERMINATED = 143  # 128 + SIGTERM


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(TERMINATED)


@contextlib.contextmanager
def terminated() -> Iterator[None]:
    """End with status 143 on SIGTERM, so that everything that is open is closed."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
