"""What tells a file from any other, and from itself after any change, without reading it."""

import time
from pathlib import Path

SETTLED = 2.0  # seconds after a change, from which the times of a file tell any other


class Changing(Exception):
    """A file that changed so lately that another change could leave it the same times."""


def stamp(file: Path) -> tuple[int, ...]:
    """Return what tells a file from any other, and from itself after any change.

    Raises:
        Changing: it changed within the last two seconds.
        OSError: it is not there.

    """
    status = file.stat()
    if time.time() - max(status.st_ctime, status.st_mtime) < SETTLED:
        raise Changing
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return (status.st_dev, status.st_ino, status.st_size, *times)
