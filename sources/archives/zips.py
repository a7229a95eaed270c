"""Zip archives: members by their numbers in the directory at the end."""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO, cast

from cableproof.sources.archives.containers import AGAIN, Container, Entry, Names, over_members
from cableproof.sources.archives.faults import ArchiveFault, OverLimit, guarded
from cableproof.sources.archives.names import target, unsafe
from cableproof.sources.archives.streams import Part, buffered, over_ratio, over_unpacked
from cableproof.sources.limits import Limits

_LOCAL = 30  # bytes of a local header without name and extra field
_ENCRYPTED = 0x1
_NUL = "\0"


class Zip(Container):
    """An open zip archive."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        with guarded():
            self.archive = zipfile.ZipFile(file)
            self.members = self.archive.infolist()

    def entries(self, limits: Limits) -> Iterator[Entry]:
        if len(self.members) > limits.members:
            raise OverLimit(over_members(limits))
        if _overlap(self.members):
            raise ArchiveFault("its members overlap, as in no archive that a program wrote")
        names, unpacked = Names(), 0
        there = {member.filename.rstrip("/") for member in self.members}
        for number, member in enumerate(self.members):
            if (
                member.filename.endswith("/")
                and not member.file_size
                and not unsafe(member.orig_filename)
            ):
                continue
            name, first = names.apart(member.orig_filename.replace(_NUL, "\\x00"))
            unpacked += member.file_size
            fault = _fault(member, limits)
            if not fault and unpacked > limits.unpacked:
                fault = over_unpacked(limits)
            if fault:
                yield Entry(name, fault=fault)
            elif stat.S_ISLNK(member.external_attr >> 16):
                yield _link(name, self._link_of(member), there)
            else:
                if not first:
                    yield Entry(name, fault=AGAIN, lost=False)
                yield Entry(name, number, member.file_size)

    def _link_of(self, member: zipfile.ZipInfo) -> str:
        with guarded():
            return self.archive.open(member).read(4096).decode("utf-8", "surrogateescape")

    def open(self, number: int, size: int) -> BinaryIO:
        with guarded():
            member = cast("BinaryIO", self.archive.open(self.members[number]))
            return buffered(Part(member, 0, size, own=True))

    def close(self) -> None:
        self.archive.close()
        self.file.close()


def _link(name: str, link: str, there: set[str]) -> Entry:
    """Return what is said of a link: it is not followed."""
    leads = target(name, link)
    if leads is not None and leads in there:
        return Entry(name, skipped="link inside the archive")
    return Entry(name, fault="a link that leads out of the archive; it was not followed")


def _fault(member: zipfile.ZipInfo, limits: Limits) -> str:
    """Return why a member is not read, or nothing."""
    if member.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    over = over_ratio(member.file_size, member.compress_size, limits)
    return unsafe(member.orig_filename) or over


def _overlap(members: Sequence[zipfile.ZipInfo]) -> bool:
    """Tell whether bytes of the archive belong to two members."""
    spans = sorted(
        (each.header_offset, each.header_offset + _LOCAL + each.compress_size) for each in members
    )
    return any(end > start for (_, end), (start, _) in pairwise(spans))
