"""Names of members: which are safe, how they are spelt, and where links lead."""

import posixpath
import re

INSIDE = "!/"  # between the path of an archive and that of a member
_DRIVE = re.compile("[A-Za-z]:")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def unsafe(name: str) -> str:
    """Return why a name may lead out of a folder into which somebody extracts, or nothing."""
    if not name:
        return "a member without a name"
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "the name of a member is an absolute path"
    if ".." in re.split(r"[/\\]", name):
        return "the name of a member leads out of the archive"
    if "\\" in name:
        return "the name of a member holds a backslash"
    if _CONTROL.search(name):
        return "the name of a member holds a control character"
    return ""


def spelt(name: str) -> str:
    """Return a name as text; bytes that are no UTF-8 are kept visibly."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def target(name: str, link: str) -> str | None:
    """Return the name of what a symbolic link leads to in the archive; outside there is none."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
    return None if link.startswith("/") or joined.split("/")[0] == ".." else joined
