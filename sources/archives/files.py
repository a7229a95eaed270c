"""Files by their names as a table can hold them: those on the disk, and members of archives."""

import json
import os
from pathlib import Path

from cableproof.sources.archives.members import File, Member

_MEMBER = "\0"  # before what tells a member, which stands in no name of a file


def named(file: File) -> str:
    """Return the name of a file as a table can hold it, whatever its bytes are."""
    if isinstance(file, Path):
        return os.fsencode(file).decode("latin-1")
    return named(file.archive) + _MEMBER + json.dumps([file.number, file.size, file.name])


def of_name(name: str) -> File:
    """Return the file that ``named`` gave this name."""
    path, *members = name.split(_MEMBER)
    file: File = Path(os.fsdecode(path.encode("latin-1")))
    for member in members:
        number, size, own = json.loads(member)
        file = Member(file, number, size, own)
    return file
