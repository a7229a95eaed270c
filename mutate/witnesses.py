"""Which tests look at a line, as `watching.py` wrote it down."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from coverage import CoverageData
from uses import Line, Uses

FOLDERS = ("schemas", "sources", "validators", "reports", "src/cableproof")
_CODE = re.compile(r'"([A-Z]{3}[0-9]{3})"')
_WHOLE = "syrupy.assertion"  # what a file of tests imports that compares whole outputs
_Contexts = dict[int, set[str]]


class Witnesses:
    """The tests that run the lines that a change reaches: first those that are about its module.

    Rules look at whole columns, so that nearly every test runs nearly every rule. A test is a
    module's own if its file imports it or has its name: all these are taken, since what is kept
    once it is made is run by the first test alone. A test is about a module if it is named by the
    code of a rule in it; and what compares whole outputs sees most. First go those that are named
    for what is changed, then its own, the quickest first, then of others the quickest of each file.
    """

    def __init__(self, watched: Path, root: Path) -> None:
        self._root = root
        self._data = [*map(_read, sorted(watched.glob("lines.*")))]
        self._times: dict[str, float] = {}
        for times in sorted(watched.glob("times.*.json")):
            self._times |= json.loads(times.read_text("utf-8"))
        modules = (each for name in FOLDERS for each in (root / name).rglob("*.py"))
        self._uses = Uses(root, sorted(str(each.relative_to(root)) for each in modules))
        self._contexts = cache(self._contexts_of)
        self._about, self._own = cache(self._about_of), cache(self._own_of)
        tests = {str(each.relative_to(root)): each for each in (root / "tests").glob("test_*.py")}
        self._imports = {name: {*_imported(file)} for name, file in tests.items()}

    def of(self, module: str, line: int) -> dict[str, float]:
        """Return the tests that a change of a line may fail, each with its seconds.

        A line of a function is looked at by the tests that run it. What is made when a module is
        imported is looked at by those that run a line in which it is used, or are named for it.
        """
        within = self._uses.in_function(module, line)
        tests = self._contexts(module).get(line, set()) if within else set()
        tests = tests or self._running(self._uses.of(module, line))
        named = set() if within else self._named(module, line)
        own = {test for test in self._times if _file(test) in self._own(module)}
        tests = tests or self._running(self._all(module)) or {*self._times}  # a table alone
        return self._order(module, tests | named | own, named)

    def _named(self, module: str, line: int) -> set[str]:
        """Return the tests that are named for what a line defines, as for a pattern."""
        names = self._uses.names(module, line)
        dotted = {f"[{_dotted(module)}.{name}" for name in names}
        return {test for test in self._times for name in dotted if name in test}

    def _running(self, lines: Iterable[Line]) -> set[str]:
        return set().union(*(self._contexts(module).get(line, set()) for module, line in lines))

    def _all(self, module: str) -> Iterator[Line]:
        lines = self._contexts(module)
        return (Line(module, line) for line in lines if self._uses.in_function(module, line))

    def _order(self, module: str, tests: set[str], named: set[str]) -> dict[str, float]:
        own, about = self._own(module), self._about(module)
        ranks, order = Counter[tuple[bool, bool, str]](), []
        for test in sorted(tests & self._times.keys(), key=lambda each: (self._times[each], each)):
            among = _file(test) not in own, not about(test), _file(test)
            rank = ranks[among] if among[0] else 0  # of its own all that are quick go first
            order.append((test not in named, *among[:2], rank, self._times[test], test))
            ranks[among] += 1
        return {test: seconds for *_, seconds, test in sorted(order)}

    def _about_of(self, module: str) -> Callable[[str], bool]:
        """Return what tells whether a test is about a module."""
        words = {*_CODE.findall((self._root / module).read_text("utf-8")), f"[{_dotted(module)}."}
        whole = {file for file, names in self._imports.items() if _WHOLE in names}
        return lambda test: _file(test) in whole or any(word in test for word in words)

    def _own_of(self, module: str) -> set[str]:
        """Return the files of tests that are about a module."""
        name = f"cableproof.{_dotted(module)}"
        files = {file for file, names in self._imports.items() if name in names}
        return {*files, f"tests/test_{PurePosixPath(module).stem}.py"}

    def _contexts_of(self, module: str) -> _Contexts:
        """Return the tests by line, of which those that only import a module name none."""
        tests: _Contexts = defaultdict(set)
        for data in self._data:
            for line, contexts in data.contexts_by_lineno(module).items():
                tests[line] |= set(contexts) - {""}
        return dict(tests)


def _read(file: Path) -> CoverageData:
    data = CoverageData(str(file))
    data.read()
    return data


def _dotted(module: str) -> str:
    return ".".join(PurePosixPath(module).with_suffix("").parts)


def _file(test: str) -> str:
    return test.partition("::")[0]


def _imported(file: Path) -> Iterator[str]:
    """Yield the dotted names of all that a file imports, of a module both it and what is in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
