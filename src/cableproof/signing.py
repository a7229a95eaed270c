"""Digests of large files, made while the files are compared."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Thread

from cableproof.caching.tasks import remembered
from cableproof.sources.limits import Limits
from cableproof.sources.walk import Found
from cableproof.tasks import Task
from cableproof.work import EVIDENCE


class Signing(Thread):
    """Makes the digests of files, one after the other, beside what the processes do.

    It asks next to nothing of the process that it runs in. That waits for others most of the
    time, and has one processor to itself while it writes reports; this uses what is left.
    """

    def __init__(self, files: Mapping[str, Found], limits: Limits) -> None:
        super().__init__(daemon=True)
        self.files, self.limits = files, limits
        self.made: dict[str, str] = {}
        self.start()

    def run(self) -> None:
        """Make all digests; that of a file which cannot be read is empty."""
        for name, file in self.files.items():
            self.made[name] = remembered(Task(0, digest=file), self.limits, EVIDENCE).digest

    def digests(self) -> dict[str, str]:
        """Return the digests of all files, by name, when they are made."""
        self.join()
        return self.made
