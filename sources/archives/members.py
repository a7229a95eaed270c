"""Members of archives as files: opened where they stand, as often as they are asked for."""

import contextlib
import io
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import stat_result
from pathlib import Path
from typing import BinaryIO

from cableproof.sources.archives import forms
from cableproof.sources.archives.containers import Container
from cableproof.sources.archives.sevens import Seven
from cableproof.sources.archives.single import Single
from cableproof.sources.archives.tars import Tar
from cableproof.sources.archives.zips import Zip

_AT_ONCE = 2  # archives that a process holds open


@dataclass(frozen=True)
class Member:
    """A file in an archive, which may be in an archive itself."""

    archive: "Path | Member"
    number: int
    size: int
    name: str

    def open(self, mode: str = "rb") -> BinaryIO:
        """Return the bytes of the member as a file.

        Raises:
            ArchiveFault: they cannot be read.

        """
        return container(self.archive).open(self.number, self.size)

    def read_bytes(self) -> bytes:
        """Return the bytes of the member.

        Raises:
            ArchiveFault: they cannot be read.

        """
        with self.open() as file:
            return file.read()

    def stat(self) -> stat_result:
        """Return the state of the outermost archive."""
        return self.outermost.stat()

    @property
    def outermost(self) -> Path:
        """Return the file in which all archives are that the member is in."""
        return self.archive if isinstance(self.archive, Path) else self.archive.outermost

    @property
    def depth(self) -> int:
        """Return in how many archives the member is."""
        return 1 if isinstance(self.archive, Path) else self.archive.depth + 1


File = Path | Member
_open: OrderedDict[tuple[File, int, int], Container] = OrderedDict()


def container(archive: File) -> Container:
    """Return an archive that is open, and stays so for what is read next.

    Raises:
        ArchiveFault: it cannot be read.
        OSError: it cannot be opened.

    """
    state = archive.stat()
    key = (archive, state.st_size, state.st_mtime_ns)
    found = _open.get(key)
    if found is None:
        found = _opened(archive)
        _open[key] = found
        while len(_open) > _AT_ONCE:
            _open.popitem(last=False)[1].close()
    _open.move_to_end(key)
    return found


@contextlib.contextmanager
def let_go() -> Iterator[None]:
    """Close all archives that are open when something is done."""
    try:
        yield
    finally:
        while _open:
            _open.popitem()[1].close()


def _opened(archive: File) -> Container:
    """Open an archive of whichever form; one inside another is held in memory."""
    whole = archive.read_bytes() if isinstance(archive, Member) else b""
    files: list[BinaryIO] = []

    def opened() -> BinaryIO:
        file = archive.open("rb") if isinstance(archive, Path) else io.BytesIO(whole)
        files.append(file)
        return file

    try:
        return _of_form(opened, len(whole) or archive.stat().st_size, archive.name)
    except BaseException:
        for file in files:
            file.close()
        raise


def _of_form(opened: Callable[[], BinaryIO], size: int, name: str) -> Container:
    with opened() as file:
        head = file.read(forms.HEAD)
    form = forms.form_of(head)
    if form == forms.ZIP:
        return Zip(opened())
    if form == forms.SEVEN:
        return Seven(opened, size)
    if form == forms.TAR:
        return Tar(opened, "", size)
    single = Single(opened, form, size, name)
    if not forms.is_tar(single.head()):
        return single
    single.close()
    return Tar(opened, form, size)
