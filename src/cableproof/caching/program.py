"""The program by which something was found: a digest of its code, and of all that it judges by."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

from cableproof import plugins

#: The libraries that a finding may depend on.
_LIBRARIES = (
    *("ftfy", "jsonschema", "lxml", "numpy", "orjson", "pandas", "pandera", "polars"),
    *("polars-hash", "pyarrow", "rapidfuzz"),
)
#: Where its code and tables are; in a checkout the rooms do not lie in one folder.
_ROOMS = ("reports", "schemas", "sources", "validators")
_JUDGES = (".py", ".json", ".csv")


def digest(own: Mapping[str, str]) -> str:
    """Return the digest of the program; ``own`` are rows that the user added to its tables."""
    found = hashlib.sha256(f"{sys.implementation.cache_tag} {sys.platform}\n".encode())
    for name in _LIBRARIES:
        found.update(f"{name} {_version(name)}\n".encode())
    core = files("cableproof")
    rooms = [core / "caching", *(files(f"cableproof.{room}") for room in _ROOMS)]
    for file in [*_files(core), *(file for room in rooms for file in _below(room))]:
        found.update(hashlib.sha256(file.read_bytes()).digest())
    for group, name, maker in plugins.installed():
        code = find_spec(plugins.of_group(group)[name].value)
        found.update(f"{group} {name} {maker}\n".encode())
        found.update(_content(code.origin if code else None))
    found.update(repr(sorted(own.items())).encode())
    return found.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _content(file: str | None) -> bytes:
    return hashlib.sha256(Path(file).read_bytes() if file else b"").digest()


def _entries(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)


def _files(folder: Traversable) -> Iterator[Traversable]:
    yield from (entry for entry in _entries(folder) if entry.name.endswith(_JUDGES))


def _below(folder: Traversable) -> Iterator[Traversable]:
    yield from _files(folder)
    for entry in _entries(folder):
        if entry.is_dir():
            yield from _below(entry)
