"""The one function through which every foreign value goes before anybody sees it."""

import re

LONGEST = 80  # characters of one value in a message: a value is no place for a passage

# C0 and C1 controls, DEL, bidirectional and invisible format characters, surrogates, what is no
# character at all, and the two separators that some programs take for line ends. The backslash
# stays: it is common in values and an escaped value need only be safe and readable, not reversible.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def _visible(match: re.Match[str]) -> str:
    point = ord(match[0])
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def shown(value: object, longest: int = LONGEST) -> str:
    r"""Return ``value`` as text that is safe on a terminal and on one line.

    Control, bidirectional and invisible characters become visible escapes; what is longer
    than ``longest`` characters is cut, and says by how much.

    >>> shown("05ALMATY1\x1b[31m")
    '05ALMATY1\\x1b[31m'
    """
    text = str(value)
    cut = text[:longest]
    escaped = _UNSAFE.sub(_visible, cut)
    return escaped if len(text) <= longest else f"{escaped}… (+{len(text) - longest} characters)"
