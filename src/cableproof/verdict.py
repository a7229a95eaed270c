"""What came of doing a run again: whether the same bytes came out, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Change(NamedTuple):
    """One thing that is not what it was: of what sort, its name, and what became of it."""

    sort: str
    name: str
    told: str


@dataclass(frozen=True)
class Verdict:
    """The size in bytes and the digest of the report as it is made now, and all that changed."""

    bytes: int
    digest: str
    same_bytes: bool
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Tell whether the same bytes came out, and nothing else is otherwise either."""
        return self.same_bytes and not self.changes
