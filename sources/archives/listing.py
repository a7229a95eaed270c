"""What an archive holds, as a folder would be walked."""

from collections.abc import Iterator
from dataclasses import replace

from cableproof.sources.archives.faults import ArchiveFault
from cableproof.sources.archives.members import Member, container
from cableproof.sources.archives.names import INSIDE
from cableproof.sources.beats import beat
from cableproof.sources.limits import Limits
from cableproof.sources.places import Trouble
from cableproof.sources.walk import Found, Skipped


def listed(found: Found, limits: Limits) -> Iterator[Found | Skipped | Trouble]:
    """Yield the members of an archive: files to read, what is skipped, and what is wrong.

    What is wrong with the archive as a whole is told after the members that could be listed.
    """
    depth = found.file.depth if isinstance(found.file, Member) else 0
    if depth >= limits.depth:
        yield _trouble(found.path, f"over the limit of {limits.depth} archives in one another")
        return
    if depth and found.size > limits.nested:
        reason = f"over the limit of {limits.nested:,} bytes for an archive in an archive"
        yield _trouble(found.path, reason)
        return
    try:
        for entry in container(found.file).entries(limits):
            beat()
            path = found.path + INSIDE + entry.name
            if entry.skipped:
                yield Skipped(path, entry.skipped)
            elif entry.fault:
                yield _trouble(path, entry.fault, lost=entry.lost)
            else:
                member = Member(found.file, entry.number, entry.size, entry.name)
                yield Found(path, member, entry.size, found.state, inside=True)
    except ArchiveFault as fault:
        yield replace(_trouble(found.path, str(fault.strerror)), start=fault.start)
    except OSError as error:
        yield _trouble(found.path, (error.strerror or "cannot be opened").lower())


def _trouble(path: str, reason: str, *, lost: bool = True) -> Trouble:
    return Trouble("SRC004", path, lost=lost, facts={"reason": reason})
