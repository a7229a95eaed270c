"""Whole commands, measured: wall time, and processor time and memory of all their processes.

A command runs in a session of its own, by which its processes are known, however they were
started. They are looked at every 20 ms in `/proc`; where there is none, only the wall time is
known. Memory is the resident set of each process, or in a run that is not timed its proportional
set, which counts a page that several processes share only once in their sum, and takes longer.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_INTERVAL = 0.02  # seconds between two looks
_PROC = Path("/proc")
HAS_PROC = (_PROC / "self" / "statm").exists()
_PAGE = os.sysconf("SC_PAGE_SIZE") if HAS_PROC else 0
_TICK = os.sysconf("SC_CLK_TCK") if HAS_PROC else 1
#: Of `/proc/PID/stat`, after the name in brackets: session, user time, system time.
_SESSION, _USER, _SYSTEM = 3, 11, 12


#: The words of a command line.
Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took, and what it printed."""

    wall: float  #: seconds
    cpu: float | None  #: seconds, of all processes
    largest: int | None  #: bytes, of the largest process beside the command's own
    together: int | None  #: bytes, of all processes when their sum was highest
    printed: str


class CommandFailed(Exception):
    """A command that is to be measured did not do its work."""


def command(name: str) -> Path:
    """Return the command that is installed beside this Python."""
    return Path(sys.executable).with_name(name)


def tell(words: str) -> None:
    """Say what is being measured."""
    print(f"… {words}", file=sys.stderr, flush=True)


def resident(pid: str) -> int:
    """Return the bytes of a process that are in memory, shared ones included."""
    return int((_PROC / pid / "statm").read_text().split()[1]) * _PAGE


def proportional(pid: str) -> int:
    """Return the same with each shared page divided by the processes that share it."""
    for line in (_PROC / pid / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return resident(pid)


class _Watch(Thread):
    """Looks at the processes of a session until it is told to stop."""

    def __init__(self, session: int, memory: Callable[[str], int]) -> None:
        super().__init__(daemon=True)
        self.session = str(session)
        self.memory = memory
        self.stopped = Event()
        self.strangers: set[str] = set()  # processes that were there and are none of ours
        self.ticks: dict[str, int] = {}  # processor time of each process when last seen
        self.largest = 0
        self.together = 0

    def run(self) -> None:
        while not self.stopped.wait(_INTERVAL):
            self.look()

    def look(self) -> None:
        sizes = {pid: self.memory_of(pid) for pid in self.processes()}
        workers = (size for pid, size in sizes.items() if pid != self.session)
        self.largest = max([self.largest, *workers])
        self.together = max(self.together, sum(sizes.values()))

    def processes(self) -> Iterator[str]:
        """Yield the processes of the session, and note what time they took so far."""
        for name in os.listdir(_PROC):  # noqa: PTH208  # names are enough, and cheaper
            if not name.isdigit() or name in self.strangers:
                continue
            try:
                fields = (_PROC / name / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if len(fields) <= _SYSTEM:
                continue
            if fields[_SESSION] == self.session:
                self.ticks[name] = int(fields[_USER]) + int(fields[_SYSTEM])
                yield name
            else:
                self.strangers.add(name)

    def memory_of(self, pid: str) -> int:
        try:
            return self.memory(pid)
        except (OSError, IndexError):  # it has ended
            return 0


def run(
    command: Command,
    memory: Callable[[str], int] = resident,
    statuses: tuple[int, ...] = (0, 1),
) -> Cost:
    """Run a command to its end and return what it took.

    Raises:
        CommandFailed: it ended with another status than `statuses`.

    """
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        watch = _Watch(process.pid, memory)
        try:
            if HAS_PROC:
                watch.start()
            status = process.wait()
            wall = time.perf_counter() - began
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            raise
        finally:
            watch.stopped.set()
        out.seek(0)
        printed = out.read().decode("utf-8", "replace")
    if status not in statuses:
        words = " ".join(Path(word).name for word in map(str, command))
        raise CommandFailed(f"{words} ended with status {status}:\n{printed[-2000:]}")
    if not HAS_PROC:
        return Cost(wall, None, None, None, printed)
    watch.join()
    cpu = sum(watch.ticks.values()) / _TICK
    return Cost(wall, cpu, watch.largest, watch.together, printed)
