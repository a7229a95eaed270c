"""How sure a finding is to be a defect, and how findings are named."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256


class Severity(StrEnum):
    """How sure a finding is to be a defect."""

    ERROR = "error"  # breaks the contract, or contradicts itself with no innocent cause ever seen
    WARNING = "warning"  # very probably a defect: a person should look
    NOTE = "note"  # worth knowing, often innocent

    @property
    def rank(self) -> int:
        """Return 0 for an error, 1 for a warning, 2 for a note."""
        return list(Severity).index(self)


def fingerprint(*parts: object) -> str:
    """Return sixteen hexadecimal digits that name what its parts say."""
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def named(
    rule: str, source: str | None, identifier: object, path: str, fields: str, *says: object
) -> str:
    """Return the fingerprint by which a finding is known from run to run.

    A record without an identifier goes by the name of its file. ``says`` are the values that
    the finding shows: one that changes makes a new finding, since nobody has accepted it yet.
    A folder, a line or a row is no part of it, for files are moved and rows are sorted; nor
    is text, which could be guessed from its digest.
    """
    who = path.rpartition("/")[2] if identifier is None else identifier
    return fingerprint(rule, source, who, fields, *says)


def told_apart(prints: Iterable[str]) -> list[str]:
    """Return fingerprints of which none is there twice: the second of a name is numbered 1.

    What is alike in all but its place has the same set of names in any order.
    """
    times: Counter[str] = Counter()
    apart = []
    for name in prints:
        number = times[name]
        times[name] += 1
        apart.append(fingerprint(name, number) if number else name)
    return apart
