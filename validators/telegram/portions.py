"""Portion marks: the classification of one paragraph, in brackets beside its number."""

import re
from functools import cache

_RANKS = {
    "U": 0, "UNCLASSIFIED": 0, "UNCLAS": 0,
    "SBU": 1, "LOU": 1, "FOUO": 1, "LIMITED OFFICIAL USE": 1, "SENSITIVE BUT UNCLASSIFIED": 1,
    "C": 2, "CNF": 2, "CONFIDENTIAL": 2,
    "S": 3, "SNF": 3, "N/SF": 3, "SECRET": 3,
    "TS": 4, "TOP SECRET": 4,
}  # fmt: skip
NAMES = ("U", "SBU", "C", "S", "TS")  # of the ranks, in their order
_CAVEATS = re.compile(r"[ /-]+(?:NF|NOFORN|FOUO|FGI|SIPDIS|ENTIRE TEXT|REL\b.*)$")
_LONGEST = 40  # characters of a mark


@cache
def rank_of(mark: str) -> int | None:
    """Return the rank of a portion mark, 0 for U to 4 for TS, or None for other words.

    >>> rank_of("C//NF"), rank_of("SBU/REL NATO"), rank_of("France")
    (2, 1, None)
    """
    head = " ".join(mark[:_LONGEST].upper().split())
    while head not in _RANKS and (shorter := _CAVEATS.sub("", head)) != head:
        head = shorter.strip(" /-")
    return _RANKS.get(head)
