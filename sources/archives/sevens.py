"""7z archives, by way of py7zr, which unpacks from the front and is asked for members in order."""

import contextlib
import importlib
import io
import zlib
from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from threading import Thread
from typing import Any, BinaryIO, cast

from cableproof.sources.archives.containers import AGAIN, Container, Entry, Names, over_members
from cableproof.sources.archives.faults import ArchiveFault, OverLimit, guarded
from cableproof.sources.archives.names import unsafe
from cableproof.sources.archives.streams import (
    Lost,
    Part,
    Unpacked,
    buffered,
    over_ratio,
    over_unpacked,
)
from cableproof.sources.limits import Limits

_AHEAD = 8  # chunks that are unpacked before somebody reads them
_THROWN = 1 << 16  # bytes that are thrown away at once
_PAUSE = 0.05  # seconds between looks at whether anybody still reads
_MISSING = "7z archives are read with the library py7zr: pip install 'cableproof[7z]'"


def _library() -> Any:
    try:
        return importlib.import_module("py7zr")
    except ImportError:
        raise ArchiveFault(_MISSING) from None


def _faults(library: Any) -> tuple[type[Exception], ...]:
    """Return what the library raises beside what others do."""
    of = library.exceptions
    return (of.ArchiveError, of.PasswordRequired, of.AbsolutePathError)


class Seven(Container):
    """An open 7z archive."""

    def __init__(self, opened: Callable[[], BinaryIO], packed: int) -> None:
        self.opened, self.packed = opened, packed
        self.flow: _Flow | None = None
        library = _library()
        self.file = opened()
        with guarded(*_faults(library)):
            self.archive = library.SevenZipFile(self.file)
            self.members = [each for each in self.archive.list() if not each.is_directory]
            self.locked = bool(self.archive.needs_password())

    def entries(self, limits: Limits) -> Iterator[Entry]:
        unpacked = sum(each.uncompressed for each in self.members)
        if len(self.members) > limits.members:
            raise OverLimit(over_members(limits))
        over = over_ratio(unpacked, self.packed, limits)
        if over or unpacked > limits.unpacked:
            raise OverLimit(over or over_unpacked(limits))
        if self.locked:
            raise ArchiveFault("it is encrypted")
        names = Names()
        for number, member in enumerate(self.members):
            name, first = names.apart(member.filename)
            fault = unsafe(member.filename)
            if not fault and member.is_symlink:
                fault = "a link, which was not followed"
            if fault:
                yield Entry(name, fault=fault)
                continue
            if not first:
                yield Entry(name, fault=AGAIN, lost=False)
            yield Entry(name, number, member.uncompressed)

    def open(self, number: int, size: int) -> BinaryIO:
        return buffered(Part(buffered(Unpacked(lambda: (self._member(number),))), 0, size))

    def _member(self, number: int) -> BinaryIO:
        """Return a member as it flows out; what lies before it is thrown away.

        It is lost to whoever reads it when another one is opened.
        """
        if self.flow is None or number < self.flow.turns:
            self._end()
            self.flow = _Flow(self.opened)
        while self.flow.turns <= number:
            self.flow.turn()
        member = self.members[number]
        return cast("BinaryIO", _Turn(self.flow, member.uncompressed, member.crc32))

    def _end(self) -> None:
        if self.flow is not None:
            self.flow.stop()
        self.flow = None

    def close(self) -> None:
        self._end()
        self.archive.close()
        self.file.close()


class _Stopped(Exception):
    """Nobody reads any more."""


class _Flow:
    """What comes out of an archive, member by member, unpacked by a thread a little ahead."""

    def __init__(self, opened: Callable[[], BinaryIO]) -> None:
        self.queue: Queue[bytes | ArchiveFault | None] = Queue(_AHEAD)
        self.stopped = False
        self.rest = b""
        self.over = True  # the member that is being read
        self.turns = 0  # members that were begun
        self.thread = Thread(target=self._unpack, args=(opened,), daemon=True)
        self.thread.start()

    def _unpack(self, opened: Callable[[], BinaryIO]) -> None:
        library = _library()
        with contextlib.suppress(_Stopped):
            try:
                with (
                    guarded(*_faults(library)),
                    opened() as file,
                    library.SevenZipFile(file) as archive,
                ):
                    archive.extract(factory=_writers(library, self.put))
                self.put(ArchiveFault("it is cut short"))
            except ArchiveFault as fault:
                self.put(fault)

    def put(self, what: bytes | ArchiveFault | None) -> None:
        """Hand on a chunk, the end of a member as None, or what is wrong."""
        while not self.stopped:
            with contextlib.suppress(Full):
                return self.queue.put(what, timeout=_PAUSE)
        raise _Stopped

    def turn(self) -> None:
        """Go on to the next member."""
        while not self.over:
            self.readinto(bytearray(_THROWN))
        self.over = False
        self.turns += 1

    def readinto(self, buffer: Any) -> int:
        if not self.rest and not self.over:
            got = self.queue.get()
            if isinstance(got, ArchiveFault):
                self.queue.put(got)  # whoever asks again is told the same
                raise got
            self.rest, self.over = got or b"", got is None
        data = self.rest[: len(buffer)]
        buffer[: len(data)] = data
        self.rest = self.rest[len(data) :]
        return len(data) if data or self.over else self.readinto(buffer)

    def stop(self) -> None:
        """Let the thread end."""
        self.stopped = True
        with contextlib.suppress(Empty):
            for _ in range(_AHEAD):
                self.queue.get_nowait()
        self.thread.join()


class _Turn(io.RawIOBase):
    """A member as it flows out, whose bytes are held against their checksum before the last."""

    def __init__(self, flow: _Flow, size: int, expected: int | None) -> None:
        super().__init__()
        self.flow, self.turn = flow, flow.turns
        self.left, self.sum, self.expected = size, 0, expected

    def readinto(self, buffer: Any) -> int:
        if self.flow.stopped or self.flow.turns != self.turn:
            raise Lost("another member is read")
        got = self.flow.readinto(buffer)
        self.sum = zlib.crc32(memoryview(buffer)[:got], self.sum)
        self.left -= got
        if not self.left and self.expected not in (None, self.sum):
            raise ArchiveFault("it is damaged")
        return got


def _writers(library: Any, put: Callable[[bytes | None], None]) -> Any:
    """Return what the library asks for a file to write each member to."""

    class Writer(library.io.Py7zIO):  # type: ignore[misc]
        size_so_far = 0

        def write(self, data: bytes) -> int:
            self.size_so_far += len(data)
            if data:
                put(bytes(data))
            return len(data)

        def read(self, size: int | None = None) -> bytes:
            return b""

        def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
            return 0

        def flush(self) -> None:
            pass

        def size(self) -> int:
            return self.size_so_far

        def close(self) -> None:
            put(None)

    class Writers(library.io.WriterFactory):  # type: ignore[misc]
        def create(self, filename: str) -> Writer:
            return Writer()

    return Writers()
