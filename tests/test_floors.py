"""Imports point down: no file reaches up, and no two files reach each other."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("reports", "schemas", "sources", "validators")

#: Each room uses those after it, and none before it.
FLOORS = (
    "cli_convert",
    "cli_audit",
    "cli_collate",
    "cli_provenance",
    "cli_settings",
    "cli",
    "delivery",
    "starting",
    "options",
    "settings",
    "keys",
    "formats",
    "program",
    "__init__",  # the functions that others call
    "verifying",
    "weighing",
    "accepting",
    "known",
    "policy",
    "changes",
    "inspecting",
    "citing",
    "auditing",
    "judgement",
    "recounting",
    "comparing",
    "settling",
    "signing",
    "witnesses",
    "fixity",
    "manifests",
    "run",
    "gathering",
    "performing",
    "redoing",
    "pool",
    "supervising",
    "caching",
    "work",
    "tasks",
    "converting",
    "reading",
    "progress",
    "signals",
    "source",
    "receipts",
    "reports",
    "verdict",
    "card",
    "audited",
    "chronicle",
    "comparison",
    "saved",
    "report",
    "outcome",
    "books",
    "tool",
    "validators",
    "sources",
    "schemas",
    "finding",
    "escape",
    "plugins",
    "errors",
)


@cache
def modules() -> dict[str, Path]:
    """Return every module of the package with its file."""
    src = ROOT / "src"
    core = {
        ".".join(f.relative_to(src).with_suffix("").parts): f
        for f in (src / "cableproof").rglob("*.py")
    }
    rooms = {
        ".".join(("cableproof", *f.relative_to(ROOT).with_suffix("").parts)): f
        for folder in FOLDERS
        for f in (ROOT / folder).rglob("*.py")
    }
    return {name.removesuffix(".__init__"): file for name, file in (core | rooms).items()}


def named(node: ast.AST) -> Iterator[str]:
    """Yield what an import may name: modules, and what is taken from them."""
    match node:
        case ast.Import(names=names):
            yield from (name.name for name in names)
        case ast.ImportFrom(module=str(module), names=names):
            yield module
            yield from (f"{module}.{name.name}" for name in names)


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def used(module: str) -> frozenset[str]:
    """Return the modules of the package that ``module`` imports, wherever in it."""
    found = set(chain.from_iterable(map(named, ast.walk(tree(module)))))
    inside = {name for name in found if name in modules()}
    return frozenset(inside - packages_of(inside))


def packages_of(names: set[str]) -> set[str]:
    """Return the packages that are named only because something in them is."""
    return {name for name in names for other in names if other.startswith(f"{name}.")}


def room(module: str) -> str:
    """Return the room in which a module lies."""
    return module.split(".")[1] if "." in module else "__init__"


def test_the_house_has_the_rooms_that_are_drawn() -> None:
    assert {room(module) for module in modules()} == set(FLOORS)


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_point_down(module: str) -> None:
    here = FLOORS.index(room(module))
    assert [other for other in used(module) if FLOORS.index(room(other)) < here] == []


def test_no_two_modules_reach_each_other() -> None:
    graph = {module: set(used(module)) for module in modules()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.parametrize("module", sorted(modules()))
def test_no_import_is_relative(module: str) -> None:
    nodes = ast.walk(tree(module))
    assert [n.lineno for n in nodes if isinstance(n, ast.ImportFrom) and n.level] == []


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_folder_is_never_imported_by_its_bare_name(module: str) -> None:
    found = set(chain.from_iterable(map(named, ast.walk(tree(module)))))
    assert {name.split(".")[0] for name in found} & set(FOLDERS) == set()


def test_only_the_command_line_and_what_it_shows_print() -> None:
    printing = {
        module
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "typer.echo")
    }
    assert printing == {
        "cableproof.cli",
        "cableproof.cli_collate",
        "cableproof.cli_convert",
        "cableproof.delivery",
        "cableproof.program",
        "cableproof.progress",
    }


def test_no_module_takes_the_name_of_a_function_for_programs() -> None:
    import cableproof

    assert {f"cableproof.{name}" for name in cableproof.__all__} & modules().keys() == set()
