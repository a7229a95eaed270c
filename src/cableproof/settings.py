"""Settings brought together: a flag before the environment, a file, a profile, the default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cableproof.errors import WrongSetting, nearest
from cableproof.keys import KEYS, PROFILES, Key
from cableproof.policy import Policy

OWN, SHARED, TABLE = "cableproof.toml", "pyproject.toml", "cableproof"
_PROFILE, _PROFILES = "profile", "profiles"


class Value(NamedTuple):
    """The value of a setting, and where it came from."""

    value: Any
    origin: str


@dataclass(frozen=True)
class Settings:
    """The value of each key, by name."""

    values: Mapping[str, Value]

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    @property
    def policy(self) -> Policy:
        """Return what the settings make of findings; rules that are left out do not run at all."""
        return Policy(
            severities=self["severities"],
            path_ignores=self["per-path-ignores"],
            ignore=(*filter(_is_kind, self["ignore"]), *self._not_selected()),
            most=self["max"],
            accepted=_path(self["accepted"]),
            baseline=_path(self["baseline"]),
        )

    def _not_selected(self) -> Iterator[str]:
        """Yield the kinds that nobody asked for, where kinds were asked for at all."""
        asked = tuple(filter(_is_kind, self["select"]))
        if asked:
            yield from (code for code in _kinds() if not code.startswith(asked))

    def vocabularies(self) -> dict[str, Path]:
        """Return the files of one's own rows by the table that they belong to."""
        return {name: Path(path) for name, path in self["vocabularies"].items()}


def _is_kind(code: str) -> bool:
    return any(kind.startswith(code) for kind in _kinds())


def _kinds() -> list[str]:
    """Return the codes of what no rule finds: discrepancies, and what is in no catalogue."""
    from cableproof.validators.catalogue import CATALOGUE
    from cableproof.validators.collation.kinds import KINDS

    return [code for code in KINDS if code not in CATALOGUE]


def _path(said: str | None) -> Path | None:
    return None if said is None else Path(said)


def settings(
    flags: Mapping[str, Any],
    *,
    config: Path | None = None,
    alone: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings of a run: ``flags`` are those that were given, by name of the key.

    ``config`` is the settings file; without it the nearest is taken from here upwards, and none
    where the flags are to stand ``alone``.

    Raises:
        WrongSetting: a key, a code, a profile or a value is none; the message says where.

    """
    environment = os.environ if environment is None else environment
    said = _File.of(config) if config is not None else None if alone else nearest_file()
    layers = [_flags(flags), _variables(environment), {} if said is None else said.settings()]
    named = next((layer[_PROFILE] for layer in layers if _PROFILE in layer), None)
    if named is not None:
        layers.append(_profile(named, said))
    defaults = {name: Value(key.default, "default") for name, key in KEYS.items()}
    found = [*layers, defaults]
    return Settings({name: next(each[name] for each in found if name in each) for name in KEYS})


def _flags(flags: Mapping[str, Any]) -> dict[str, Value]:
    return {n: Value(KEYS[n].read(f"--{n}", said), f"--{n}") for n, said in flags.items()}


def _variables(environment: Mapping[str, str]) -> dict[str, Value]:
    given = {name: key for name, key in KEYS.items() if environment.get(key.variable)}
    return {
        name: Value(key.read(key.variable, environment[key.variable]), key.variable)
        for name, key in given.items()
    }


@dataclass(frozen=True)
class _File:
    """A settings file, and the table of it that is ours."""

    path: Path
    text: str
    table: Mapping[str, Any]

    @classmethod
    def of(cls, path: Path) -> _File:
        """Return the file at ``path``.

        Raises:
            WrongSetting: it is not there, or is no TOML.

        """
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            whole = tomllib.loads(text)
        except OSError as error:
            raise WrongSetting(str(path), (error.strerror or "cannot be read").lower()) from None
        except (ValueError, RecursionError) as error:
            raise WrongSetting(str(path), f"it is no TOML: {error}") from None
        tool = whole.get("tool")
        shared = tool.get(TABLE) if isinstance(tool, dict) else None
        table = shared if path.name == SHARED else whole
        if table is not None and not isinstance(table, dict):
            raise WrongSetting(f"{path}: tool.{TABLE}", "it must be a table")
        return cls(path, text, table or {})

    def settings(self) -> dict[str, Value]:
        """Return what the file sets, profiles apart."""
        for name in self.profiles():
            self.profile(name)  # one that is wrong is told before anybody asks for it
        return self.read({n: said for n, said in self.table.items() if n != _PROFILES}, "")

    def profiles(self) -> Mapping[str, Any]:
        """Return the sets of settings that have names."""
        sets = self.table.get(_PROFILES, {})
        if not isinstance(sets, dict):
            raise WrongSetting(self.place(_PROFILES), "it must be a table of tables")
        return sets

    def profile(self, name: str) -> dict[str, Value]:
        """Return the settings of one of them."""
        return self.read(self.profiles()[name], f"{_PROFILES}.{name}")

    def read(self, table: Any, under: str) -> dict[str, Value]:
        """Return the values of a table, each read by its key."""
        if not isinstance(table, dict):
            raise WrongSetting(self.place(under), "it must be a table")
        found = {}
        for name, said in table.items():
            key = KEYS.get(name)
            if key is None or (under and name == _PROFILE):
                hint = nearest(name, KEYS)
                raise WrongSetting(self.place(name), f"no such setting{hint}")
            found[name] = Value(self._value(key, said), self.place(name))
        return found

    def _value(self, key: Key, said: Any) -> Any:
        value = key.read(self.place(key.name), said)
        if not key.paths:
            return value
        if isinstance(value, dict):
            return {name: self._beside(path) for name, path in value.items()}
        return self._beside(value)

    def _beside(self, path: str) -> str:
        """Return a path that is relative to the file, as it is from here."""
        whole = self.path.parent / path
        return whole.as_posix()

    def place(self, name: str) -> str:
        """Return the file and the line where a key is set, as far as it is found."""
        last = name.rpartition(".")[2]
        for number, line in enumerate(self.text.split("\n"), 1):
            bare = line.strip().lstrip("[").strip().replace('"', "").replace("'", "")
            key, _, _ = bare.partition("=")
            if key.strip().rstrip("]").strip().rpartition(".")[2] == last:
                return f"{self.path.as_posix()}:{number} {name}"
        return f"{self.path.as_posix()} {name}"


def nearest_file() -> _File | None:
    """Return the settings file of this folder or of the nearest one above that has one."""
    for folder in _upwards(Path.cwd()):
        own, shared = folder / OWN, folder / SHARED
        if own.is_file():
            return _File.of(_from_here(own))
        if shared.is_file():
            found = _File.of(_from_here(shared))
            if found.table:
                return found
    return None


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _from_here(path: Path) -> Path:
    """Return a path as it is from here, so that nothing tells where the folder is."""
    return Path(os.path.relpath(path))


def _profile(named: Value, said: _File | None) -> dict[str, Value]:
    """Return the settings of a profile: one of the file, or one that there is anyway."""
    sets = {} if said is None else said.profiles()
    if said is not None and named.value in sets:
        return said.profile(named.value)
    if named.value not in PROFILES:
        hint = nearest(named.value, [*PROFILES, *sets])
        raise WrongSetting(named.origin, f"no profile {named.value}{hint}")
    origin = f"profile {named.value}"
    return {
        name: Value(KEYS[name].read(origin, v), origin) for name, v in PROFILES[named.value].items()
    }
