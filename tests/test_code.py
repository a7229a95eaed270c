"""What the code never does with what it reads: no pickle, no eval, no shell, no foreign schema."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("src/cableproof", "schemas", "sources", "validators", "reports")
FILES = sorted(
    file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py") if not file.is_symlink()
)
CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.exec", "os.spawn"}
LOADS = {"yaml.load", "yaml.unsafe_load", "pickle.load", "pickle.loads", "marshal.loads"}
LIBRARIES = {"pickle", "shelve", "marshal", "socket", "ssl", "http", "urllib", "requests", "httpx"}
#: Of these the parts that open nothing: addresses are taken apart, never asked.
HARMLESS = {"urllib.parse"}


def names(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        match each:
            case ast.Import():
                yield from (alias.name for alias in each.names)
            case ast.ImportFrom(module=str(module)):
                yield module


def called(node: ast.Call) -> str:
    return ast.unparse(node.func)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_that_is_read_can_become_code(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    assert {called(each) for each in calls} & (CALLS | LOADS) == set()
    assert not any(key.arg == "shell" for each in calls for key in each.keywords)
    assert not any(called(each).endswith((".query", ".read_pickle")) for each in calls)
    used = {name for name in names(tree) if name not in HARMLESS}
    assert {name.partition(".")[0] for name in used} & LIBRARIES == set()
