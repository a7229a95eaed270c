"""Digests of large files, made while the files are compared."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from collections.abc import Mapping
from threading import Thread

from cableproof.caching.tasks import remembered
from cableproof.sources.limits import Limits
from cableproof.sources.walk import Found
from cableproof.tasks import Task
from cableproof.work import EVIDENCE

_LAST = 19  # the niceness of what takes only time that nothing else wants


class Signing:
    """Makes the digests of files in as many threads as there are processes, beside these.

    They ask next to nothing of the process that they run in. That waits for others most of the
    time, and has one processor to itself while it writes reports; they use what is left.
    """

    def __init__(self, files: Mapping[str, Found], limits: Limits, jobs: int) -> None:
        self._made: dict[str, str] = {}
        self._limits = limits
        self._waiting = deque(files.items())
        number = min(max(jobs, 1), len(files))
        self._threads = [Thread(target=self._make, daemon=True) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def _make(self) -> None:
        """Make digests as long as files wait; that of one which cannot be read is empty."""
        if sys.platform == "linux":  # elsewhere a thread has no niceness of its own
            with contextlib.suppress(OSError):  # where it may not be set
                os.setpriority(os.PRIO_PROCESS, 0, _LAST)
        while True:
            try:
                name, file = self._waiting.popleft()
            except IndexError:  # another thread took the last one
                return
            self._made[name] = remembered(Task(0, digest=file), self._limits, EVIDENCE).digest

    def digests(self) -> dict[str, str]:
        """Return the digests of all files, by name, when they are made."""
        for thread in self._threads:
            thread.join()
        return self._made
