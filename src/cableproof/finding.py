"""How sure a finding is to be a defect, and how findings are named."""

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
    """Return sixteen hexadecimal digits that name a finding from run to run.

    The parts are rule, source, identifier, field and the number of the occurrence; never a
    line, a path of a moved file or a text.
    """
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")).hexdigest()[:16]
