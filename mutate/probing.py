"""Choose texts that tell each pattern from its mutants, and write what it sees in them.

``python mutate/probing.py`` writes ``tests/patterns.json``, which `tests/test_patterns.py` holds
patterns against. Texts are made of the pattern itself: one that it matches, and those that
deviate in one piece of it. Of these only such are kept as tell a mutant that no other one tells.
Look at what changes before you commit it: it is what the patterns are said to mean.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from re import _constants as of  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import polars as pl
from mutants import of_pattern

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.patterns import PROBES, Pattern, patterns, seen

_LONGEST = 1200  # characters of a text
_MOST = 3000  # texts that are tried
_AT_LEAST = 3  # that are kept, whatever they tell
_STRANGE = "q"  # stands for what is not expected
_CATEGORIES = {
    of.CATEGORY_DIGIT: "7",
    of.CATEGORY_NOT_DIGIT: "q",
    of.CATEGORY_SPACE: " ",
    of.CATEGORY_NOT_SPACE: "q",
    of.CATEGORY_WORD: "w",
    of.CATEGORY_NOT_WORD: "-",
}
#: Texts beside those that are made of a pattern.
_ANY = ("", " ", "\n", "q", "Q", "7", "-", ".", "q Q\n7-8")


def texts_for(pattern: str) -> Iterator[str]:
    """Yield texts that a pattern matches, or fails to match in one piece of it alone."""
    try:
        tree = parser.parse(_in_python(pattern))
    except (re.error, OverflowError):
        yield from _ANY
        return
    plain = _plain(tree)
    made = [plain, *islice(_variants(tree), _MOST)]
    yield from made
    for text in islice(made, 40):
        yield from (
            f"q{text}",
            f"{text}q",
            f" {text} ",
            f"\n{text}\n",
            f"-{text}-",
            f"x\n{text}\nx",
        )
        yield from (text + text, f"{text} {text}", f"7{text}7", text.swapcase())
    yield from _ANY


def _in_python(pattern: str) -> str:
    """Return a pattern of the syntax of columns in that of Python, as far as it goes."""
    found = re.sub(r"\\x\{([0-9a-fA-F]+)\}", lambda m: f"\\u{m[1]:0>4}", pattern)
    found = re.sub(r"\(\?<(?![=!])", "(?P<", found)
    found = found.replace(r"\z", r"\Z").replace(r"\p{L}\p{N}", "A-Za-z0-9")
    return re.sub(r"--\[[^\]]*\]", "", found)


def _plain(tree: Any) -> str:
    """Return a text that matches, as far as pieces can be taken by themselves."""
    return "".join(next(_pieces(op, held)) for op, held in tree)


def _variants(tree: Any) -> Iterator[str]:
    """Yield texts that deviate from the plain one in one piece."""
    parts = [next(_pieces(op, held)) for op, held in tree]
    for at, (op, held) in enumerate(tree):
        before, after = "".join(parts[:at]), "".join(parts[at + 1 :])
        for piece in islice(_pieces(op, held), 1, None):
            yield before + piece + after


def _pieces(op: Any, held: Any) -> Iterator[str]:
    """Yield what a piece of a pattern matches plainly, and then other texts in its place."""
    if op is of.LITERAL:
        yield from (chr(held), _other(chr(held)), "")
    elif op is of.NOT_LITERAL:
        yield from (_other(chr(held)), chr(held))
    elif op is of.ANY:
        yield from ("q", "\n")
    elif op is of.IN:
        yield from _of_class(held)
    elif op is of.BRANCH:
        yield from (_plain(branch) for branch in held[1])
        yield from chain.from_iterable(map(_variants, held[1]))
    elif op is of.SUBPATTERN:
        yield _plain(held[-1])
        yield from _variants(held[-1])
    elif op is of.ATOMIC_GROUP:
        yield _plain(held)
        yield from _variants(held)
    elif op in (of.MAX_REPEAT, of.MIN_REPEAT, of.POSSESSIVE_REPEAT):
        yield from _repeated(*held)
    elif op in (of.ASSERT, of.ASSERT_NOT):
        yield ""
        yield _plain(held[1])
        yield from _variants(held[1])
    elif op is of.AT:
        yield from ("", "q", " ", "\n", "-", "7")
    else:
        yield ""


def _other(sign: str) -> str:
    return sign.swapcase() if sign.swapcase() != sign else _STRANGE


def _of_class(held: Any) -> Iterator[str]:
    negated = held[0][0] is of.NEGATE
    members: list[str] = []
    for op, what in held:
        if op is of.LITERAL:
            members.append(chr(what))
        elif op is of.RANGE:
            low, high = what
            members += [chr(low), chr(high), *(chr(n) for n in (low - 1, high + 1) if n > 0)]
        elif op is of.CATEGORY:
            members.append(_CATEGORIES[what])
    strange = [
        each for each in ("q", "Q", "7", "-", " ", "\n", "~", "\u00e9") if each not in members
    ]
    yield from [*strange, *members] if negated else [*members, *strange]


def _repeated(least: Any, most: Any, tree: Any) -> Iterator[str]:
    plain = _plain(tree)
    yield plain * max(1, least)
    most = least + 3 if most is of.MAXREPEAT else most
    for times in sorted({least, least - 1, least + 1, most, most + 1, most - 1} - {-1}):
        if len(plain) * times <= _LONGEST:
            yield plain * times
    for variant in _variants(tree):
        yield plain * max(0, least - 1) + variant
        yield plain * max(1, least) + variant


def chosen(pattern: Pattern) -> list[str]:
    """Return texts that together tell a pattern from all its mutants that any text tells."""
    written = pattern if isinstance(pattern, str) else _as_text(pattern.pattern)
    limit = 256 if not isinstance(pattern, str) and isinstance(pattern.pattern, bytes) else 0x110000
    texts = [
        text
        for text in dict.fromkeys(islice(texts_for(written), _MOST))
        if len(text) <= _LONGEST and all(ord(sign) < limit for sign in text)
    ]
    said = {text: seen(pattern, text) for text in texts}
    kept = [text for text in texts if said[text]][:1]
    for mutant in _mutants(pattern, written):
        if not any(_seen(mutant, text) != said[text] for text in kept):
            kept += islice((t for t in texts if _seen(mutant, t) != said[t]), 1)
    return kept + [text for text in texts if text not in kept][: max(0, _AT_LEAST - len(kept))]


def _as_text(written: str | bytes) -> str:
    return written if isinstance(written, str) else written.decode("latin-1")


def _mutants(pattern: Pattern, written: str) -> Iterator[Pattern]:
    for text in of_pattern(written):
        try:
            if isinstance(pattern, str):
                seen(text, "")
                yield text
            else:
                whole = text if isinstance(pattern.pattern, str) else text.encode("latin-1")
                yield re.compile(whole, pattern.flags & ~re.UNICODE)
        except (re.error, OverflowError, ValueError, pl.exceptions.PolarsError):
            continue


def _seen(pattern: Pattern, text: str) -> str | None:
    try:
        return seen(pattern, text)
    except (re.error, pl.exceptions.PolarsError):
        return None


def main() -> None:
    """Write the texts and what is seen in them."""
    found = {
        name: {text: seen(pattern, text) for text in chosen(pattern)}
        for name, pattern in patterns().items()
    }
    PROBES.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(f"{len(found)} patterns, {sum(map(len, found.values()))} texts")


if __name__ == "__main__":
    main()
