"""The sources of a run: where each is, and what reports call it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_NAMED = re.compile(r"([\w.-]+)=(.+)", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """A place that records are read from, and the name by which reports call it."""

    name: str
    path: Path

    @classmethod
    def of(cls, text: str) -> Source:
        """Return the source that a word of the command line names: ``PATH`` or ``NAME=PATH``."""
        named = _NAMED.fullmatch(text)
        if named and not Path(text).exists():
            return cls(named[1], Path(named[2]))
        return cls(Path(text).resolve().name or "root", Path(text))
