"""Mutants of a module: its source with one pattern, number, row of a table or condition changed.

At the level of the module patterns and tables are changed, in functions what is compared, joined,
negated and counted. Rules are decorated functions, which common tools leave alone.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
    """A change of a source, from one character to another, and in words what it does where."""

    line: int
    what: str
    start: int
    end: int
    text: str
    within: str = ""  # the name of the function, or what is defined


def changed(source: str, mutant: Mutant) -> str:
    """Return a source with a change."""
    return source[: mutant.start] + mutant.text + source[mutant.end :]


def mutants(source: str) -> Iterator[Mutant]:
    """Yield the mutants of a module; what has the words of another within the same name is numbered."""
    times: Counter[tuple[str, str]] = Counter()
    for each in _unnumbered(source):
        key = each.within, each.what
        times[key] += 1
        yield replace(each, what=f"{each.what} [{times[key]}]") if times[key] > 1 else each


def _unnumbered(source: str) -> Iterator[Mutant]:
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            target = (
                statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
            )
            for each in _of_value(source, statement.value):
                yield replace(each, within=ast.unparse(target))
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            for part in statement.body:
                method = f".{part.name}" if isinstance(part, ast.FunctionDef) else ""
                name = statement.name + method * isinstance(statement, ast.ClassDef)
                for each in _of_body(source, part):
                    yield replace(each, within=name)


_COMPARED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
}
_JOINED: dict[type[ast.operator], ast.operator] = {
    ast.BitAnd: ast.BitOr(),
    ast.BitOr: ast.BitAnd(),
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
}


def _of_body(source: str, body: ast.stmt) -> Iterator[Mutant]:
    """Yield the mutants of what a function does; hints of types and texts stay as they are."""
    for node in _done(body):
        match node:
            case ast.Compare(ops=[op, *_]) if type(op) in _COMPARED:
                ops = [_COMPARED[type(op)], *node.ops[1:]]
                yield _instead(source, node, ast.Compare(node.left, ops, node.comparators))
            case ast.BoolOp(op=op):
                other = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield _instead(source, node, ast.BoolOp(other, node.values))
            case ast.BinOp(op=op) if type(op) in _JOINED and not _is_of_texts(node):
                yield _instead(source, node, ast.BinOp(node.left, _JOINED[type(op)], node.right))
            case ast.UnaryOp(op=ast.Not() | ast.Invert()):
                yield _instead(source, node, node.operand)
            case ast.Constant(value=bool() | int()):
                for text in _others(source, node):
                    yield _mutant(source, node, text)


def _done(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is run, but for hints of types, and that sides of ``zip`` must be of one length.

    That is asserted, as much else is by other means: no test is to make it untrue.
    """
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns") or (name == "value" and _is_strict(node)):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield from _done(part)


def _is_strict(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and ast.unparse(node) == "strict=True"


def _is_of_texts(node: ast.BinOp) -> bool:
    """Tell whether a sum is one of texts, or a type as ``str | None``."""
    sides = (node.left, node.right)
    return any(
        isinstance(each, ast.Constant | ast.JoinedStr)
        and not isinstance(getattr(each, "value", 0), int)
        for each in sides
    )


def _instead(source: str, node: ast.expr, other: ast.expr) -> Mutant:
    return _mutant(source, node, f"({ast.unparse(other)})")


def _of_value(source: str, value: ast.expr) -> Iterator[Mutant]:
    types = {each.slice for each in ast.walk(value) if isinstance(each, ast.Subscript)}
    for node in _done(value):
        if isinstance(node, ast.Constant):
            for text in _others(source, node):
                yield _mutant(source, node, text)
        elif isinstance(node, ast.List | ast.Tuple | ast.Set) and node not in types:
            yield from (_mutant(source, each, "") for each in node.elts if len(node.elts) > 1)
        elif isinstance(node, ast.Dict) and len(node.keys) > 1:
            for key, held in zip(node.keys, node.values, strict=True):
                if key is not None:
                    yield _without(source, key, held)


def _others(source: str, node: ast.Constant) -> Iterator[str]:
    """Yield what may stand in the place of a constant."""
    written = ast.get_source_segment(source, node) or ""
    if isinstance(node.value, bool):
        yield str(not node.value)
    elif isinstance(node.value, int):
        yield from (str(node.value + 1), str(node.value - 1))
    elif isinstance(node.value, str | bytes) and written.count("\n") == 0:
        text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        if _LIKE_A_PATTERN.search(text):
            yield from of_pattern(written)


def of_pattern(written: str) -> Iterator[str]:
    """Yield a pattern as it is written with one piece of it changed."""
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
    return Mutant(node.lineno, what, start, end, text)


def _without(source: str, key: ast.expr, value: ast.expr) -> Mutant:
    lines = source.splitlines(keepends=True)
    start = _offset(lines, key.lineno, key.col_offset)
    end = _offset(lines, value.end_lineno or 0, value.end_col_offset or 0)
    what = f"{source[start:end][:60]} becomes nothing".replace("\n", " ")
    end += source[end : end + 1] == ","
    return Mutant(key.lineno, what, start, end, "")


def _offset(lines: list[str], line: int, column: int) -> int:
    """Return where a place is, whose column counts bytes."""
    before = sum(map(len, lines[: line - 1]))
    return before + len(lines[line - 1].encode()[:column].decode())
