"""Where the names of a module are used: the lines of functions that a changed table reaches."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Line(NamedTuple):
    """A line of a module."""

    module: str
    number: int


class Uses:
    """The lines of functions in which each name is used, and the names that are made of it."""

    def __init__(self, root: Path, modules: Iterable[str]) -> None:
        self._lines: defaultdict[str, set[Line]] = defaultdict(set)
        self._made: defaultdict[str, set[str]] = defaultdict(set)
        self._bodies: dict[str, ast.Module] = {}
        for module in modules:
            self._bodies[module] = ast.parse((root / module).read_text("utf-8"))
            for statement in self._bodies[module].body:
                self._note(module, statement)

    def in_function(self, module: str, line: int) -> bool:
        """Tell whether a line is run each time when a function is called."""
        functions = (
            each for each in ast.walk(self._bodies[module]) if isinstance(each, _FUNCTIONS)
        )
        return any(line in {*_lines(each)} for each in functions)

    def of(self, module: str, line: int) -> set[Line]:
        """Return the lines that use what a line defines, or what is made of that."""
        lines: set[Line] = set()
        for name in self.names(module, line):
            local = name.startswith("_")
            lines |= {each for each in self._lines[name] if not local or each.module == module}
        return lines

    def names(self, module: str, line: int) -> set[str]:
        """Return the names that a line defines, and those of what is made of that."""
        statement = next(each for each in self._bodies[module].body if line in {*_whole(each)})
        return self._and_made_of(_names(statement))

    def _and_made_of(self, names: set[str]) -> set[str]:
        known: set[str] = set()
        while names:
            known |= names
            names = set().union(*(self._made[name] for name in names)) - known
        return known

    def _note(self, module: str, statement: ast.stmt) -> None:
        """Note in which lines a statement uses names, and that what it defines is made of them."""
        made = _names(statement)
        for name in _at_once(statement):
            self._made[name] |= made - {name}
        for node in ast.walk(statement):
            if isinstance(node, _FUNCTIONS):
                for name, number in _used(node):
                    self._lines[name].add(Line(module, number))
            if isinstance(node, _DEFINED):
                for name, _ in (used for each in node.decorator_list for used in _used(each)):
                    self._lines[name] |= {Line(module, each.lineno) for each in node.body}


def _used(node: ast.AST) -> Iterator[tuple[str, int]]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id, each.lineno
        elif isinstance(each, ast.Attribute):
            yield each.attr, each.lineno


def _at_once(node: ast.AST) -> Iterator[str]:
    """Yield the names that are used when a statement is run, not when a function is called."""
    if isinstance(node, ast.Name):
        yield node.id
    if not isinstance(node, _FUNCTIONS):
        for part in ast.iter_child_nodes(node):
            yield from _at_once(part)


def _names(statement: ast.stmt) -> set[str]:
    """Return the names that a statement at the level of the module defines."""
    if isinstance(statement, _DEFINED):
        return {statement.name}
    stored = (each for each in ast.walk(statement) if isinstance(each, ast.Name))
    return {each.id for each in stored if isinstance(each.ctx, ast.Store)}


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> range:
    body = function.body if isinstance(function.body, list) else [function.body]
    return range(body[0].lineno, (body[-1].end_lineno or 0) + 1)


def _whole(statement: ast.stmt) -> range:
    decorators = (each.lineno for each in getattr(statement, "decorator_list", ()))
    return range(min([statement.lineno, *decorators]), (statement.end_lineno or 0) + 1)
