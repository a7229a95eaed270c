"""Characters that no telegram has: controls, replaced and hidden ones, and signs of a wrong decoding.

Nearly all texts have ordinary characters only. Which others a batch has is told by what is left
when the ordinary bytes are taken away; texts are looked at only where such a one occurs.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

import polars as pl

from cableproof.sources.batches import TEXT

_FIELDS = ("subject", "header", "body")
_ORDINARY = bytes(range(0x20, 0x7F)) + b"\t\n\r"
_BLOCK = 1 << 18  # bytes that are looked at together, so that they stay near the processor
_REPLACED = "\ufffd"
_SCRIPTS = ("CYRILLIC", "GREEK")  # whose letters pass for Latin ones
_MIXED = re.compile(r"[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]")
#: Single-byte encodings as which UTF-8 is read by mistake.
_CODECS = {"Windows-1252": "cp1252", "Mac Roman": "mac_roman"}
_LEADS = ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))  # first bytes of characters of 2, 3 and 4
_FIRST = "\u00c2\u00c3\u00c5\u00e2\u00ef\u00ac\u221a\u201a"  # of nearly all that is read wrongly
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_C1 = "\x80"  # the first control of the second set
_NAMED = 5  # characters that are named by their numbers
_KINDS = {
    "L": "letter", "P": "punctuation mark", "S": "symbol", "Z": "space", "M": "letter", "N": "digit",
    "C": "control",
}  # fmt: skip


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return in words which of the four kinds subject, header and body have; null without text.

    ``mojibake`` counts characters of UTF-8 that were read in another encoding, by their kind;
    ``replaced`` U+FFFD, ``controls`` controls other than line ends and tabs; ``hidden`` characters
    that steer the direction of a text or are not seen, and letters of another script in a word.
    """
    there = batch["body"].is_not_null()
    found = {name: [""] * len(batch) for name in ("mojibake", "replaced", "controls", "hidden")}
    for field in _FIELDS:
        for at, text in _unusual(batch[field]):
            for name, words in _told(text):
                own = found[name]
                own[at] += f"{', ' if own[at] else ''}{words} in the {field}"
    return pl.DataFrame({n: pl.Series(said, dtype=TEXT) for n, said in found.items()}).select(
        pl.when(there).then(pl.col(name)).alias(name) for name in found
    )


def _unusual(texts: pl.Series) -> Iterable[tuple[int, str]]:
    """Yield the texts that have a character that is not usual, each with its place."""
    odd = sorted(filter(_is_odd, _characters(texts)))
    if not odd:
        return
    rows = texts.str.contains_any(odd).fill_null(False).arg_true()
    yield from zip(rows.to_list(), texts.gather(rows).to_list(), strict=True)


def _characters(texts: pl.Series) -> set[str]:
    """Return the characters of all texts that are not ordinary."""
    data = texts.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()[2]
    size = 0 if data is None else data.size
    rest = [
        data.slice(at, min(_BLOCK, size - at)).to_pybytes().translate(None, _ORDINARY)
        for at in range(0, size, _BLOCK)
    ]
    return set(b"".join(rest).decode("utf-8"))


@cache
def _is_odd(character: str) -> bool:
    """Tell whether a character may be one of a kind that is looked for."""
    return (
        character == _REPLACED
        or unicodedata.category(character) in ("Cc", "Cf")
        or character in _FIRST
        or unicodedata.name(character, "").startswith(_SCRIPTS)
    )


def _told(text: str) -> Iterable[tuple[str, str]]:
    """Yield the kinds that a text has, with the numbers of their characters in words."""
    for name, counted in _COUNTED.items():
        words = counted(text)
        if words:
            yield name, words


def _mojibake(text: str) -> str:
    """Return how many characters of each kind were read in another encoding."""
    for name, (pattern, bytes_of) in _misread().items():
        right = Counter(found.translate(bytes_of) for found in pattern.findall(text))
        kinds: Counter[str] = Counter()
        for one, times in right.items():
            character = one.encode("latin-1").decode("utf-8", "ignore")
            if character:
                kinds[_KINDS[unicodedata.category(character)[0]]] += times
        if kinds:
            counts = ", ".join(_many(number, kind) for kind, number in sorted(kinds.items()))
            return f"UTF-8 read as {name}: {counts}"
    return ""


@cache
def _misread() -> dict[str, tuple[re.Pattern[str], dict[int, int]]]:
    """Return by encoding how UTF-8 looks when read in it, and the byte of each character."""
    made = {}
    for name, codec in _CODECS.items():
        # What an encoding leaves undefined was kept as the control of that number.
        spelt = [bytes([n]).decode(codec, "replace") for n in range(0x80, 0x100)]
        spelt = [chr(n) if c == _REPLACED else c for n, c in enumerate(spelt, 0x80)]
        two, three, four = ("".join(spelt[a - 0x80 : b - 0x80]) for a, b in _LEADS)
        rest = f"[{re.escape(''.join(spelt[:0x40]))}\x80-\xbf]"
        forms = (
            f"[{re.escape(first)}]{rest}{{{n}}}" for n, first in enumerate((two, three, four), 1)
        )
        bytes_of = {ord(c): n for n, c in enumerate(spelt, 0x80)}
        made[name] = (re.compile("|".join(forms)), bytes_of)
    return made


def _replaced(text: str) -> str:
    count = text.count(_REPLACED)
    return _many(count, "replacement character") if count else ""


def _controls(text: str) -> str:
    """Return how many controls there are, but for those that mojibake is made of."""
    found = _CONTROL.findall(text)
    if any(c >= _C1 for c in found) and _mojibake(text):
        found = [c for c in found if c < _C1]
    if not found:
        return ""
    return f"{_many(len(found), 'control')} ({_codes(set(found))})"


def _hidden(text: str) -> str:
    found = {c for c in text if unicodedata.category(c) == "Cf"}
    times = sum(map(text.count, found))
    words = [f"{_many(times, 'hidden character')} ({_codes(found)})"] if found else []
    mixed = len(_MIXED.findall(text))
    words += [f"{_many(mixed, 'letter')} of another script in a word"] if mixed else []
    return ", ".join(words)


def _codes(characters: set[str]) -> str:
    """Return the numbers of the first few characters."""
    return ", ".join(f"U+{ord(c):04X}" for c in sorted(characters)[:_NAMED])


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


_COUNTED: dict[str, Callable[[str], str]] = {
    "mojibake": _mojibake,
    "replaced": _replaced,
    "controls": _controls,
    "hidden": _hidden,
}
