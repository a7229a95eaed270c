"""Where records stand in the bytes, and what is said of bytes that are none."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a piece of input: the code of an SRC rule and where it stands.

    ``facts`` fill the rule's message and never hold content. ``lost`` says that the input
    could not be read, so that it is counted as unreadable.
    """

    code: str
    path: str
    line: int | None = None
    start: int | None = None
    lost: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)

    def moved(self, lines: int) -> "Trouble":
        """Return the same with ``lines`` more line ends before it in the file."""
        return self if self.line is None else replace(self, line=self.line + lines)


@dataclass(frozen=True)
class At:
    """Where a piece of a file begins: path in the source, byte offset, line from 1."""

    path: str
    start: int = 0
    line: int = 1


@dataclass(frozen=True)
class Gap:
    """Bytes that belong to no record: ``start`` up to ``end``, and what they are."""

    start: int
    end: int
    name: str


class Damaged(Exception):
    """A record that cannot be read whole; the reader's own signal, always caught."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset
