"""A report to a file: whole, or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from cableproof.errors import ReportNotWritten


def write_whole(path: Path, parts: Iterable[str | bytes]) -> int:
    """Write ``parts`` to ``path`` in one step and return the number of bytes.

    The text goes to a temporary file beside it, which takes its place when it is safe on the
    disk; until then an older report stays as it was.

    Raises:
        ReportNotWritten: the folder is not there, is full, or may not be written.

    """
    temporary = ""
    try:
        number, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(number, "wb") as file:
            file.writelines(part.encode() if isinstance(part, str) else part for part in parts)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        raise ReportNotWritten(str(path), (error.strerror or "failed").lower()) from None
    finally:  # whatever went wrong, and where nothing did it is gone already
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
    return size


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
