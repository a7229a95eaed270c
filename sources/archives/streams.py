"""Streams out of archives: unpacked as they are read, watched, and never beyond a limit."""

import bz2
import contextlib
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from cableproof.sources.archives.faults import ArchiveFault, OverLimit, guarded
from cableproof.sources.beats import beat
from cableproof.sources.limits import MIB, Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = MIB  # bytes that are thrown away at once
_FROM = MIB  # unpacked bytes from which a ratio tells anything
_BUFFER = 1 << 18


class _Stream(io.RawIOBase):
    """Bytes that are read from ``_at`` on."""

    _at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at


class Lost(ArchiveFault):
    """Something can be read no further, since another reader went elsewhere in it."""


class Unpacked(_Stream):
    """What comes out of something that can only be read forward; going back begins anew.

    ``begin`` opens it at its beginning, with whatever else is to be closed behind it; ``packed``
    is how many bytes go in, where that is known.
    """

    def __init__(self, begin: Callable[[], tuple[BinaryIO, ...]], packed: int = 0) -> None:
        super().__init__()
        self._open, self._packed = begin, packed
        self._limits: Limits | None = None
        self._fault: ArchiveFault | None = None
        self._begin()

    @contextlib.contextmanager
    def watched(self, limits: Limits) -> Iterator[None]:
        """Hold what is read against the limits; what came out within them is read freely later."""
        self._limits = limits
        try:
            yield
        finally:
            self._limits = None

    def _begin(self) -> None:
        with guarded():
            self._file, *self._others = self._open()
        self._at, self._fault = 0, None

    def readinto(self, buffer: "WriteableBuffer") -> int:
        if self._fault is not None:  # what broke goes on as if it had ended
            raise self._fault
        view = memoryview(buffer).cast("B")
        try:
            with guarded():
                data = self._file.read(len(view))
        except Lost:
            return self._readinto_anew(view)
        except ArchiveFault as fault:
            self._fault = fault
            raise
        view[: len(data)] = data
        self._at += len(data)
        beat()
        if self._limits is not None:
            over = over_ratio(self._at, self._packed, self._limits)
            if over or self._at > self._limits.unpacked:
                raise OverLimit(over or over_unpacked(self._limits))
        return len(data)

    def _readinto_anew(self, view: memoryview) -> int:
        at = self._at
        self._let_go()
        self._begin()
        self.seek(at)
        return self.readinto(view)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            raise ArchiveFault("its end is not known")
        wanted = offset + (self._at if whence == io.SEEK_CUR else 0)
        if wanted < self._at or self._fault is not None:
            self._let_go()
            self._begin()
        while self._at < wanted and self.read(min(_CHUNK, wanted - self._at)):
            pass
        return self._at

    def close(self) -> None:
        if not self.closed:
            self._let_go()
        super().close()

    def _let_go(self) -> None:
        for each in (self._file, *self._others):
            each.close()


def unpacked(opened: Callable[[], BinaryIO], packing: str, packed: int) -> Unpacked:
    """Return what comes out of a compressed file of so many bytes."""

    def begin() -> tuple[BinaryIO, ...]:
        file = opened()
        return _UNPACK[packing](file), file

    return Unpacked(begin, packed)


_UNPACK: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gz": lambda file: gzip.GzipFile(fileobj=file, mode="rb"),  # type: ignore[dict-item,return-value]
    "bz2": lambda file: bz2.BZ2File(file),  # type: ignore[dict-item,return-value]
    "xz": lambda file: lzma.LZMAFile(file),  # type: ignore[dict-item,return-value]  # noqa: SIM115
    "zst": lambda file: pa.CompressedInputStream(file, "zstd"),
}


class Part(_Stream):
    """A part of a file that is open, as a file of its own; libraries' errors become ours."""

    def __init__(self, file: BinaryIO, start: int, size: int, *, own: bool = False) -> None:
        super().__init__()
        self._file, self._start, self._size, self._own = file, start, size, own

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        with guarded():
            self._file.seek(self._start + self._at)
            data = self._file.read(wanted)
        if not data:
            raise ArchiveFault("it is cut short")
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        if self._own and not self.closed:
            self._file.close()
        super().close()


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Return a stream with a buffer, so that lines can be read from it."""
    return io.BufferedReader(raw, _BUFFER)


def over_ratio(unpacked: int, packed: int, limits: Limits) -> str:
    """Return why something is not unpacked that grows too much, or nothing."""
    if unpacked <= _FROM or unpacked <= limits.ratio * max(packed, 1):
        return ""
    return f"over the limit of a ratio of {limits.ratio:,} between unpacked and packed bytes"


def over_unpacked(limits: Limits) -> str:
    """Return why an archive is not unpacked any further."""
    return f"over the limit of {limits.unpacked:,} bytes for what comes out of an archive"
