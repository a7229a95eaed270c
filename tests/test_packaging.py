"""The folders, pyproject.toml and the links tell one story."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
FOLDERS = ("reports", "schemas", "sources", "validators")
DATA = {"cableproof.reports.templates", "cableproof.schemas.vocab"}  # packages without code


def folder_of(package: str) -> Path:
    """Return the folder that pyproject.toml maps ``package`` to."""
    mapped: dict[str, str] = SETUPTOOLS["package-dir"]
    return ROOT / mapped.get(package, f"{mapped['']}/{package}")


def code_in(folder: Path) -> set[Path]:
    """Return the modules below ``folder`` that are files of it, not reached by a link."""
    return {module for module in folder.rglob("*.py") if module.resolve() == module}


def test_every_folder_with_code_is_a_listed_package() -> None:
    listed = {folder_of(package) for package in set(SETUPTOOLS["packages"]) - DATA}
    assert {module.parent for top in ("src", *FOLDERS) for module in code_in(ROOT / top)} == listed


def test_a_package_of_data_is_listed_and_holds_no_code() -> None:
    assert set(SETUPTOOLS["packages"]) >= DATA
    assert [package for package in DATA if code_in(folder_of(package))] == []


def test_every_mapped_package_is_listed() -> None:
    assert set(SETUPTOOLS["package-dir"]) - {""} == set(SETUPTOOLS["packages"]) - {"cableproof"}


def test_every_file_that_is_no_code_is_listed_as_data() -> None:
    for package in SETUPTOOLS["packages"]:
        found = {f for f in folder_of(package).iterdir() if f.is_file() and f.suffix != ".py"}
        patterns = SETUPTOOLS["package-data"].get(package, [])
        listed = {f for pattern in patterns for f in folder_of(package).glob(pattern)}
        assert found == listed, package


def test_the_data_is_found_by_the_import_system() -> None:
    assert (files("cableproof.schemas") / "cable.schema.json").is_file()
    assert (files("cableproof.schemas") / "vocab" / "posts.csv").is_file()
    assert (files("cableproof.reports") / "templates" / "base.html").is_file()
    assert (files("cableproof") / "py.typed").is_file()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_link_says_what_pyproject_says(name: str) -> None:
    link = ROOT / "src" / "cableproof" / name
    if not link.is_symlink():
        pytest.skip("checked out without links")
    assert link.resolve() == folder_of(f"cableproof.{name}")
    assert not link.readlink().is_absolute()


def test_no_file_in_the_house_has_the_name_of_a_linked_folder() -> None:
    modules = {module.stem for module in code_in(ROOT / "src")}
    assert modules & set(FOLDERS) == set()
