"""Digests of large files, made while the files are compared."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from threading import Thread

from cableproof.caching.tasks import remembered
from cableproof.sources.limits import Limits
from cableproof.sources.walk import Found
from cableproof.tasks import Task
from cableproof.work import EVIDENCE

_LAST = 19  # the niceness of what takes only time that nothing else wants


class Signing:
    """Makes the digests of files, each in a thread, beside what the processes do.

    They ask next to nothing of the process that they run in. That waits for others most of the
    time, and has one processor to itself while it writes reports; they use what is left.
    """

    def __init__(self, files: Mapping[str, Found], limits: Limits) -> None:
        self._made: dict[str, str] = {}
        self._limits = limits
        self._threads = [
            Thread(target=self._make, args=each, daemon=True) for each in files.items()
        ]
        for thread in self._threads:
            thread.start()

    def _make(self, name: str, file: Found) -> None:
        """Make the digest of a file, which is empty where it cannot be read."""
        if sys.platform == "linux":  # elsewhere a thread has no niceness of its own
            os.setpriority(os.PRIO_PROCESS, 0, _LAST)
        self._made[name] = remembered(Task(0, digest=file), self._limits, EVIDENCE).digest

    def digests(self) -> dict[str, str]:
        """Return the digests of all files, by name, when they are made."""
        for thread in self._threads:
            thread.join()
        return self._made
