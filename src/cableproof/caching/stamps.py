"""What tells a file from any other, and from itself after any change, without reading it."""

import time
from typing import NamedTuple

from cableproof.sources.archives.members import File

SETTLED = 2.0  # seconds after a change, from which the times of a file tell any other


class Stamp(NamedTuple):
    """Where a file is, how long it is, and when it and what is said of it last changed, in ns."""

    device: int
    number: int
    size: int
    changed: int
    touched: int

    @property
    def settled(self) -> bool:
        """Tell whether another change would leave other times than these."""
        return time.time() - max(self.changed, self.touched) / 1e9 >= SETTLED


def stamp(file: File) -> Stamp:
    """Return the stamp of a file as it is now.

    Raises:
        OSError: it is not there.

    """
    status = file.stat()
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return Stamp(status.st_dev, status.st_ino, status.st_size, *times)
