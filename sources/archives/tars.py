"""Tar archives, plain or compressed: members by where their bytes begin."""

import io
import tarfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import BinaryIO

from cableproof.sources.archives.containers import AGAIN, Container, Entry, Names, over_members
from cableproof.sources.archives.faults import ArchiveFault, OverLimit, guarded
from cableproof.sources.archives.names import target, unsafe
from cableproof.sources.archives.streams import Part, buffered, unpacked
from cableproof.sources.limits import MIB, Limits

_BLOCK = 512
_END = "it has no end-of-archive block: it is cut short or damaged"


class Tar(Container):
    """An open tar; ``opened`` opens its bytes, which are compressed where ``packing`` says so."""

    def __init__(self, opened: Callable[[], BinaryIO], packing: str, packed: int) -> None:
        self.unpacked = unpacked(opened, packing, packed) if packing else None
        self.file = opened() if self.unpacked is None else buffered(self.unpacked)

    def entries(self, limits: Limits) -> Iterator[Entry]:
        watched = nullcontext() if self.unpacked is None else self.unpacked.watched(limits)
        with watched:
            yield from self._listed(limits)

    def _listed(self, limits: Limits) -> Iterator[Entry]:
        with guarded():
            self.file.seek(0)
            archive = tarfile.open(fileobj=self.file, mode="r:")  # noqa: SIM115  # closed with the file
        end = self.file.seek(0, io.SEEK_END) if self.unpacked is None else None
        names = Names()
        there: set[str] = set()
        while (member := _next(archive, end)) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # nothing asks for them again
            if member.isdir() and not unsafe(member.name):
                continue
            if sum(names.times.values()) >= limits.members:
                raise OverLimit(over_members(limits))
            name, first = names.apart(member.name)
            entry = _entry(member, name, there)
            if not first and not entry.fault:
                yield Entry(name, fault=AGAIN, lost=False)
            yield entry
            there.add(member.name)
        self._to_the_end(archive.offset)

    def _to_the_end(self, offset: int) -> None:
        """Read on behind the last member, where the end of the archive must be said.

        Raises:
            ArchiveFault: it is not.

        """
        with guarded():
            self.file.seek(offset)
            block = self.file.read(_BLOCK)
            while self.unpacked is not None and self.file.read(MIB):
                pass  # for what checks the bytes at their end
        if block != bytes(_BLOCK):
            raise ArchiveFault(_END, offset if self.unpacked is None else None)

    def open(self, number: int, size: int) -> BinaryIO:
        return buffered(Part(self.file, number, size))

    def close(self) -> None:
        self.file.close()


def _next(archive: tarfile.TarFile, end: int | None) -> tarfile.TarInfo | None:
    """Return the next member; where there is none to tell, the archive ends at ``end``."""
    try:
        with guarded():
            return archive.next()
    except OverLimit:
        raise
    except ArchiveFault as fault:
        reason = f"its members cannot be told from some place on: {fault.strerror}"
        raise ArchiveFault(reason, end) from None


def _entry(member: tarfile.TarInfo, name: str, there: set[str]) -> Entry:
    fault = unsafe(member.name)
    if fault:
        return Entry(name, fault=fault)
    if member.islnk() and member.linkname in there:
        return Entry(name, skipped="link inside the archive")
    if member.issym() and target(member.name, member.linkname) in there:
        return Entry(name, skipped="link inside the archive")
    if member.islnk() or member.issym():
        return Entry(name, fault="a link to what is not in the archive; it was not followed")
    if not member.isreg():
        return Entry(name, fault="no regular file; it was not opened")
    if member.issparse():
        return Entry(name, fault="a file with holes, which is not read out of a tar")
    return Entry(name, member.offset_data, member.size)
