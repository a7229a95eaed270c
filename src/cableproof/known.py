"""What was known before: the results of an earlier report, and the files that settings name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cableproof.books import Books
from cableproof.errors import WrongSetting
from cableproof.reports.results import Result, results
from cableproof.saved import saved
from cableproof.sources.digests import digest_of

Row = dict[str, Any]


def before(file: Path, command: str) -> dict[str, Row]:
    """Return the results of an earlier report of a command, by fingerprint.

    Raises:
        NoSuchPath: it is not there.
        NoReport: it is no report of this version.
        WrongSetting: it is of another command.

    """
    then = saved(file)
    if then.command != command:
        said = f"it is a report of {then.command}, and this is {command}"
        raise WrongSetting(f"baseline {file}", said)
    return {each.fingerprint: _told(each) for each in results(then)}


def _told(each: Result) -> Row:
    return {
        "rule": each.rule,
        "name": each.name,
        "severity": each.severity,
        "source": each.source,
        "identifier": each.identifier,
        "fields": list(each.fields),
        "message": each.message,
        "fingerprint": each.fingerprint,
    }


def file_of(name: str, file: Path, role: str) -> Row:
    """Return a file that settings name as a source of a run without inputs."""
    counts = Books(files=1, read_files=1).document()
    size = {"bytes": file.stat().st_size, "placed_bytes": 0, "extents": {}}
    digest = f"sha256:{digest_of(file)}"
    own = {"name": name, "path": file.as_posix(), "role": role, "kinds": {}, "skipped_files": {}}
    return own | size | counts | {"digest": digest}
