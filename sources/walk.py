"""The files of a source, each once, in one order; what cannot be opened is said."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cableproof.errors import NoSuchPath
from cableproof.sources.places import Trouble

if TYPE_CHECKING:
    from cableproof.sources.archives.members import Member

#: Size, and the times of the last change of a file and of its entry, in nanoseconds.
State = tuple[int, ...]
_HIDDEN = (".git", ".hg", ".svn", "__pycache__")


@dataclass(frozen=True)
class Found:
    """A regular file: its path in the source with forward slashes, and its size in bytes.

    ``state`` is what it was when it was found; ``inside`` tells that it stands in an archive.
    """

    path: str
    file: "Path | Member"
    size: int
    state: State = field(default=(), repr=False, compare=False)
    inside: bool = False

    def changed(self) -> bool:
        """Tell whether the file is no longer what it was when it was found."""
        try:
            return state(self.file.stat()) != self.state
        except OSError:
            return True


@dataclass(frozen=True)
class Skipped:
    """Something that is plainly no record, and what it is instead."""

    path: str
    what: str


@dataclass(frozen=True)
class _Folder:
    folder: Path
    prefix: str  # of the paths in it


def walk(root: Path) -> Iterator[Found | Skipped | Trouble]:
    """Yield the files below ``root`` in the order of their names, or ``root`` itself.

    Links are not followed, so that nothing is read twice or from outside: one that leads to
    a file of the source is skipped, any other is trouble. Devices, pipes and sockets are
    never opened.

    Raises:
        NoSuchPath: there is nothing at ``root``.

    """
    try:
        mode = root.stat().st_mode
    except OSError:
        raise NoSuchPath(str(root)) from None
    if not stat.S_ISDIR(mode):
        yield _file(root, root.name, mode)
        return
    yield from _below(root)


def _below(root: Path) -> Iterator[Found | Skipped | Trouble]:
    """Yield what is below ``root``; folders may be nested deeper than functions may."""
    open_folders = [_entries(root, "", root)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif isinstance(entry, _Folder):
            open_folders.append(_entries(entry.folder, entry.prefix, root))
        else:
            yield entry


def _entries(
    folder: Path, prefix: str, root: Path
) -> Iterator[Found | Skipped | Trouble | _Folder]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield _trouble(prefix.rstrip("/") or ".", _reason(error))
        return
    for entry in entries:
        name = prefix + _spelt(entry.name)
        if entry.name in _HIDDEN:
            continue
        if entry.is_symlink():
            yield _link(folder / entry.name, name, root)
        elif entry.is_dir(follow_symlinks=False):
            yield _Folder(folder / entry.name, name + "/")
        else:
            yield _file(Path(entry.path), name, None)


def _link(link: Path, name: str, root: Path) -> Skipped | Trouble:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return _trouble(name, "a link that leads nowhere or to itself")
    if target in (link.parent.resolve(), *link.parent.resolve().parents):
        return _trouble(name, "a link that leads back to its own folder")
    if not target.is_relative_to(root.resolve()):
        return _trouble(name, "a link that leads out of the source; it was not followed")
    return Skipped(name, "link inside the source")


def _file(file: Path, name: str, mode: int | None) -> Found | Trouble:
    try:
        status = file.stat()
    except OSError as error:
        return _trouble(name, _reason(error))
    if not stat.S_ISREG(mode or status.st_mode):
        return _trouble(name, "no regular file; it was not opened")
    if not os.access(file, os.R_OK):
        return _trouble(name, "no permission to read it")
    return Found(name, file, status.st_size, state(status))


def state(status: os.stat_result) -> State:
    """Return what tells that a file changed, be it in place and with its time put back."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _spelt(name: str) -> str:
    """Return a file name as text; bytes that are no UTF-8 are kept visibly."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _reason(error: OSError) -> str:
    return (error.strerror or "cannot be opened").lower()


def _trouble(name: str, reason: str) -> Trouble:
    return Trouble("SRC001", name, lost=True, facts={"reason": reason})
