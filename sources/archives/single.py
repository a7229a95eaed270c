"""A single compressed file, as `cables.csv.gz`: an archive of one member."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from cableproof.sources.archives.containers import Container, Entry
from cableproof.sources.archives.faults import ArchiveFault
from cableproof.sources.archives.forms import HEAD
from cableproof.sources.archives.streams import Part, buffered, unpacked
from cableproof.sources.limits import MIB, Limits


class Single(Container):
    """An open compressed file, whose member is called ``name``."""

    def __init__(
        self, opened: Callable[[], BinaryIO], packing: str, packed: int, name: str
    ) -> None:
        self.name = name.rpartition("/")[2].removesuffix(f".{packing}")
        self.unpacked = unpacked(opened, packing, packed)
        self.file = buffered(self.unpacked)

    def head(self) -> bytes:
        """Return the first bytes that come out, as far as they do."""
        try:
            self.file.seek(0)
            return self.file.read(HEAD)
        except ArchiveFault:
            return b""

    def entries(self, limits: Limits) -> Iterator[Entry]:
        """Yield the one member; of a file that is cut or over a limit, what comes before that."""
        fault = ""
        size = 0
        try:
            with self.unpacked.watched(limits):
                self.file.seek(0)
                while data := self.file.read1(MIB):  # type: ignore[attr-defined]
                    size += len(data)
        except ArchiveFault as error:
            fault = str(error.strerror)
        if size:
            yield Entry(self.name, 0, size)
        if fault:
            raise ArchiveFault(f"{fault}: {size:,} bytes come out of it")

    def open(self, number: int, size: int) -> BinaryIO:
        return buffered(Part(self.file, 0, size))

    def close(self) -> None:
        self.file.close()
