"""Mutants of a module: its source with one pattern, number, word or row of a table changed.

Only what stands at the level of the module is changed, in the assignments that rules and readers look
up; what stands in functions is changed by mutmut.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Pieces of a regular expression, and what stands in their place in a mutant.
_PATTERN = (
    (re.compile(r"(?<!\\)\+(?![+?])"), ("*", "")),
    (re.compile(r"(?<![\\(])\*(?![+?])"), ("+",)),
    (re.compile(r"(?<![\\(+*?}])\?(?![:=!<P#a-zA-Z])"), ("",)),
    (re.compile(r"\{(\d+),(\d+)\}"), ("{\\1,0}",)),
    (re.compile(r"(?<!\\)\[(?!\^)(?=[^\]])"), ("[^",)),
    (re.compile(r"(?<!\\)\[\^"), ("[",)),
    (re.compile(r"(?<![\\\[])\^"), ("",)),
    (re.compile(r"(?<!\\)\$"), ("",)),
    (re.compile(r"\\b"), ("",)),
    (re.compile(r"\\[AzZ]"), ("",)),
    (re.compile(r"(?<![\\(|])\|(?![)|])"), ("",)),
    (re.compile(r"\(\?[=!]"), ("(?:",)),
)
_LIKE_A_PATTERN = re.compile(r"[\\^$*+?\[\](){}|]")


@dataclass(frozen=True)
class Mutant:
    """A changed source, and in words what was changed in which line."""

    line: int
    what: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield the mutants of a module, in the order of its lines."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            yield from _of_value(source, statement.value)


def _of_value(source: str, value: ast.expr) -> Iterator[Mutant]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant):
            for text in _changed(source, node):
                yield _mutant(source, node, text)
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield from (_mutant(source, each, "") for each in node.elts if len(node.elts) > 1)
        elif isinstance(node, ast.Dict) and len(node.keys) > 1:
            for key, held in zip(node.keys, node.values, strict=True):
                if key is not None:
                    yield _without(source, key, held)


def _changed(source: str, node: ast.Constant) -> Iterator[str]:
    """Yield what may stand in the place of a constant."""
    written = ast.get_source_segment(source, node) or ""
    if isinstance(node.value, bool):
        yield str(not node.value)
    elif isinstance(node.value, int):
        yield from (str(node.value + 1), str(node.value - 1))
    elif isinstance(node.value, str | bytes) and written.count("\n") == 0:
        text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        if _LIKE_A_PATTERN.search(text):
            yield from _patterns(written)


def _patterns(written: str) -> Iterator[str]:
    """Yield a pattern as it is written with one piece of it changed, if it still is a pattern."""
    for piece, others in _PATTERN:
        for found in piece.finditer(written):
            for other in others:
                new = _bounds(found) if other.startswith("{") else other
                yield written[: found.start()] + new + written[found.end() :]


def _bounds(found: re.Match[str]) -> str:
    return f"{{{found[1]},{max(int(found[2]) - 1, int(found[1]))}}}"


def _mutant(source: str, node: ast.expr, text: str) -> Mutant:
    lines = source.splitlines(keepends=True)
    start = _offset(lines, node.lineno, node.col_offset)
    end = _offset(lines, node.end_lineno or 0, node.end_col_offset or 0)
    before = source[start:end]
    if not text:  # an element goes with the comma behind it
        end += len(source[end:]) - len(source[end:].lstrip(" \n"))
        end += source[end : end + 1] == ","
    what = f"{before[:60]} becomes {text[:60] or 'nothing'}".replace("\n", " ")
    return Mutant(node.lineno, what, source[:start] + text + source[end:])


def _without(source: str, key: ast.expr, value: ast.expr) -> Mutant:
    lines = source.splitlines(keepends=True)
    start = _offset(lines, key.lineno, key.col_offset)
    end = _offset(lines, value.end_lineno or 0, value.end_col_offset or 0)
    what = f"{source[start:end][:60]} becomes nothing".replace("\n", " ")
    end += source[end : end + 1] == ","
    return Mutant(key.lineno, what, source[:start] + source[end:])


def _offset(lines: list[str], line: int, column: int) -> int:
    """Return where a place is, whose column counts bytes."""
    before = sum(map(len, lines[: line - 1]))
    return before + len(lines[line - 1].encode()[:column].decode())
