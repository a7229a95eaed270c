"""Lists of checksums, as `SHA256SUMS` or `manifest-sha256.txt`: read, and held against the files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from cableproof.sources.decoding import without_bom
from cableproof.sources.places import Trouble

WHAT = "list of checksums"
OTHER = "list of checksums that are no SHA-256"
_LINE = re.compile(rb"\\?(?P<digest>[0-9A-Fa-f]{32,128}) [ *](?P<name>[^\r\n]+)")
_SHA256 = 64  # hexadecimal digits


def what(text: bytes) -> str:
    """Return what kind of list a file is, as its first line shows, or nothing."""
    first = _LINE.match(text)
    if first is None:
        return ""
    return WHAT if len(first["digest"]) == _SHA256 else OTHER


def disagreeing(data: bytes, path: str, digests: Mapping[str, str | None]) -> Iterator[Trouble]:
    """Yield what is wrong with the entries of the list at ``path``.

    ``digests`` are the SHA-256 digests of all files of the source, empty where one could not be
    read, None where one was not meant to be, as a link. No file is opened, so that an entry may name what it likes.
    """
    folder = path.rpartition("/")[0]
    start = without_bom(data)
    times: Counter[str] = Counter()
    for number, line in enumerate(data[start:].split(b"\n"), 1):
        reason = _wrong(line.rstrip(b"\r"), folder, digests, times)
        if reason:
            yield Trouble("SRC011", path, number, start, facts={"reason": reason})
        start += len(line) + 1


def _wrong(line: bytes, folder: str, digests: Mapping[str, str | None], times: Counter[str]) -> str:
    """Return what is wrong with a line, if anything is."""
    if not line.strip() or line.startswith(b"#"):
        return ""
    found = _LINE.fullmatch(line)
    if found is None:
        return "a line that is no digest and a name"
    if len(found["digest"]) != _SHA256:
        return "a digest that is no SHA-256; it was not compared"
    name = _within(found["name"], folder)
    if name is None:
        return "it names a file outside of the source, which was not opened"
    times[name] += 1
    if times[name] > 1:
        return "it names a file for the second time" if times[name] == 2 else ""
    if name not in digests:
        return "it names a file that is not there"
    own = digests[name]
    if own == "":
        return "it names a file that could not be read"
    same = own in (None, found["digest"].decode("ascii").lower())
    return "" if same else "it names a file whose bytes have another SHA-256"


def _within(written: bytes, folder: str) -> str | None:
    """Return the path in the source that a name in a list of ``folder`` leads to, if it does."""
    if written.startswith(b"/") or b"\\" in written:
        return None
    name = written.decode("utf-8", "backslashreplace")  # as the walk spells it
    parts: list[str] = [part for part in folder.split("/") if part]
    for part in PurePosixPath(name).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            return None
    return "/".join(parts)
