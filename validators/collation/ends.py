"""The ends that two texts share: of these tokens are counted, and no token is made.

Two texts of one cable differ as a rule in a few words among thousands. What both have before and
after them says nothing of the difference but where it stands.
"""

import re
from typing import NamedTuple

from cableproof.validators.collation.tokens import first_sign, last_sign

#: Characters between what is left out and a difference or a sign of a mark: more than a notice
#: in brackets has on one side of the word that makes it one.
_REACH = 128
_OTHERS = re.compile(r"[^\x00-\x7f]")


class Ends(NamedTuple):
    """What two texts share and is left out: characters at the beginning and at the end."""

    head: int = 0
    tail: int = 0
    tokens: tuple[int, int] = (0, 0)  # of head and tail


def shared_ends(base: str, other: str) -> Ends:
    """Return what need not be looked at where two texts differ.

    It ends at blanks and holds nothing that could be a mark, and no mark reaches into it: its
    tokens are the same whatever stands beside it.
    """
    head = alike(base, other, min(len(base), len(other)))
    most = min(len(base), len(other)) - head
    tail = alike(base, other, most, from_end=True)
    start, rest = base[: _head(base[:head])], base[len(base) - tail :]
    rest = rest[_tail(rest) :]
    return Ends(len(start), len(rest), (plain_tokens(start), plain_tokens(rest)))


def alike(base: str, other: str, most: int, *, from_end: bool = False) -> int:
    """Return how many characters are the same from the beginning, or from the end."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if from_end:
            same = (
                base[len(base) - middle : len(base) - low]
                == (other[len(other) - middle : len(other) - low])
            )
        else:
            same = base[low:middle] == other[low:middle]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _head(shared: str) -> int:
    """Return how much of a beginning is left out: there is a token of it behind, that is no mark."""
    free = first_sign(shared)
    at = shared.rfind(" ", 0, max(0, free - _REACH))
    return at if at >= 0 and not shared[at:free].isspace() else 0


def _tail(shared: str) -> int:
    """Return from where an end is left out: there is a token of it before, that is no mark."""
    free = last_sign(shared)
    at = shared.find(" ", free + _REACH)
    return at if at >= 0 and not shared[free:at].isspace() else len(shared)


def _class(sign: str) -> str:
    """Return what a character is for tokens: part of a word, a blank, or a token of its own."""
    if sign.isalnum() or sign == "_":
        return "w"
    return " " if sign.isspace() else "."


_CLASSES = bytes(ord(_class(chr(code))) for code in range(128)) + bytes(128)


def plain_tokens(text: str) -> int:
    """Return how many tokens a text without marks has: words and single signs."""
    if not text.isascii():
        text = _OTHERS.sub(lambda found: _class(found[0]), text)
    signs = b" " + text.encode("ascii").translate(_CLASSES)
    return signs.count(b".") + signs.count(b" w") + signs.count(b".w")
