"""What every form of archive can do: list its members, and open one by its number."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cableproof.sources.archives.names import spelt
from cableproof.sources.limits import Limits


@dataclass(frozen=True)
class Entry:
    """What an archive lists: a member by its number, or why it is none that can be read.

    ``skipped`` says what it plainly is instead; ``fault`` what is wrong with it, and it is
    ``lost`` where it cannot be read for that.
    """

    name: str
    number: int = 0
    size: int = 0
    skipped: str = ""
    fault: str = ""
    lost: bool = True


class Container(ABC):
    """An open archive."""

    @abstractmethod
    def entries(self, limits: Limits) -> Iterator[Entry]:
        """Yield what the archive lists, in its order.

        Raises:
            ArchiveFault: it cannot be read on.

        """

    @abstractmethod
    def open(self, number: int, size: int) -> BinaryIO:
        """Return the bytes of a member.

        Raises:
            ArchiveFault: they cannot be read.

        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""


class Names:
    """The names that were listed so far, each spelt, and told apart where one stands twice."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()

    def apart(self, name: str) -> tuple[str, bool]:
        """Return a name by which to call a member, and whether it is the first of that name."""
        shown = spelt(name)
        self.times[shown] += 1
        times = self.times[shown]
        return (shown, True) if times == 1 else (f"{shown}#{times}", False)


AGAIN = "its name stands more than once in the archive; each was read"


def over_members(limits: Limits) -> str:
    """Return why an archive is not read on."""
    return f"over the limit of {limits.members:,} members"
