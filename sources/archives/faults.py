"""What reading an archive may raise, turned into one error that holds nothing of its content."""

import contextlib
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

import pyarrow as pa

#: What the libraries raise on archives that are damaged, or made to harm.
LIBRARY = (
    *(EOFError, OSError, ValueError, RuntimeError, IndexError, KeyError, TypeError),
    *(ArithmeticError, AttributeError, AssertionError, struct.error, zlib.error, lzma.LZMAError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, pa.ArrowException),
)
_CUT = "it is cut short"
_DAMAGED = "it is damaged"


class ArchiveFault(OSError):
    """What stands in an archive cannot be read: damaged, unsafe or over a limit."""

    def __init__(self, reason: str, start: int | None = None) -> None:
        super().__init__(0, reason)
        self.start = start  # the byte of the archive at which it stands, where that is known


class OverLimit(ArchiveFault):
    """An archive is not read on, since it would go over a limit."""


@contextlib.contextmanager
def guarded(*more: type[Exception]) -> Iterator[None]:
    """Raise ``ArchiveFault`` in the place of whatever a library raises.

    Raises:
        ArchiveFault: the archive cannot be read on.

    """
    try:
        yield
    except ArchiveFault:
        raise
    except (*LIBRARY, *more) as error:
        raise ArchiveFault(_CUT if isinstance(error, EOFError) else _DAMAGED) from None
