"""The folder of what is kept: entries by key, each whole or not there; anything may be deleted.

An entry that is damaged, or that somebody else may have written, is none. What cannot be kept is
not kept, and no run fails for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "CABLEPROOF_CACHE_DIR"
MOST = 2 << 30  # bytes of all entries together, of which the least used go first
_DIGEST = hashlib.sha256().digest_size
_TAG = "CACHEDIR.TAG"  # by which programs that make copies know that this needs none
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"


def folder() -> Path | None:
    """Return where entries are: as the environment says, or else in the user's cache, if any."""
    said = os.environ.get(VARIABLE)
    if said:
        return Path(said)
    from platformdirs import user_cache_path

    try:
        return user_cache_path("cableproof")
    except RuntimeError:  # of a user who has no home
        return None


@dataclass(frozen=True)
class Store:
    """Entries in a folder, under keys that ``program`` is a part of.

    Whatever another program, or another version of this one, would find is not found.
    """

    folder: Path
    program: str

    def key(self, *parts: object) -> str:
        """Return the key of what is asked for: a digest of the program and of ``parts``."""
        return hashlib.sha256(repr((self.program, parts)).encode("utf-8", "replace")).hexdigest()

    def file(self, kind: str, key: str) -> Path:
        """Return the file of an entry, which may not be there."""
        return self.folder / kind / key[:2] / key

    def read(self, kind: str, key: str) -> bytes | None:
        """Return an entry, or nothing where there is none that is whole."""
        file = self.file(kind, key)
        try:
            if not _is_own(file):
                return None
            data = file.read_bytes()
            if hashlib.sha256(data[:-_DIGEST]).digest() == data[-_DIGEST:]:
                os.utime(file)  # it was of use
                return data[:-_DIGEST]
            file.unlink()
        except OSError:
            pass
        return None

    def write(self, kind: str, key: str, data: bytes) -> None:
        """Keep an entry, with a digest of it at its end."""
        self.write_parts(kind, key, [data, hashlib.sha256(data).digest()])

    def write_parts(self, kind: str, key: str, parts: Iterable[bytes]) -> bool:
        """Write a file in one step, as it is; tell whether it is there."""
        file = self.file(kind, key)
        temporary = ""
        try:
            self._prepare(file.parent)
            number, temporary = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(number, "wb") as out:
                out.writelines(parts)
            Path(temporary).replace(file)
            temporary = ""
        except OSError:
            return False
        finally:
            if temporary:
                with contextlib.suppress(OSError):
                    Path(temporary).unlink()
        return True

    def _prepare(self, place: Path) -> None:
        """Make the folders of an entry, which are the user's own; nobody else may enter them."""
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / _TAG).write_text(_SIGNATURE, encoding="ascii")
        place.mkdir(mode=0o700, parents=True, exist_ok=True)

    def prune(self, most: int = MOST) -> None:
        """Remove the entries that were not of use for longest, until ``most`` bytes are left."""
        entries = sorted(_entries(self.folder), reverse=True)
        size = 0
        for _, length, file in entries:
            size += length
            if size > most:
                with contextlib.suppress(OSError):
                    file.unlink()


def _is_own(file: Path) -> bool:
    """Tell whether nobody but the user could write a file."""
    status = file.lstat()
    own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    return stat.S_ISREG(status.st_mode) and own and not status.st_mode & 0o022


def _entries(place: Path) -> Iterator[tuple[int, int, Path]]:
    """Yield when each entry was last of use, its size, and its file."""
    for file in place.glob("*/??/*"):
        with contextlib.suppress(OSError):
            status = file.lstat()
            yield status.st_mtime_ns, status.st_size, file


_used: list[Store] = []


def use(store: Store | None) -> None:
    """Keep what this process finds in ``store``, and look there first; None: nowhere."""
    _used[:] = [] if store is None else [store]


def in_use() -> Store | None:
    """Return where this process keeps what it finds, if it keeps anything."""
    return _used[0] if _used else None
