"""The settings that there are: what each is called, what it may be, and what it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from cableproof.errors import WrongSetting, nearest
from cableproof.finding import Severity
from cableproof.policy import Most, known
from cableproof.sources.limits import Limits, unfit

Reader = Callable[[str, Any], Any]  # of a key's place and what stands there


def codes_there_are() -> list[str]:
    """Return the codes of all rules and kinds."""
    from cableproof.validators.catalogue import CATALOGUE
    from cableproof.validators.collation.kinds import KINDS

    return [*CATALOGUE, *KINDS]


def _codes(where: str, said: Any) -> tuple[str, ...]:
    """Read codes or their beginnings: a list, or a text with commas between."""
    parts = said.split(",") if isinstance(said, str) else said
    if not isinstance(parts, list | tuple) or not all(isinstance(p, str) for p in parts):
        raise WrongSetting(where, 'write codes, as ["TAG", "IDN001"]')
    split = [code for part in parts for code in part.split(",") if code.strip()]
    return tuple(known(code, codes_there_are(), where) for code in split)


def _severities(where: str, said: Any) -> dict[str, Severity]:
    return {
        known(code, codes_there_are(), where): Severity(_word(f"{where} {code}", each, _SEVERITIES))
        for code, each in _table(where, said).items()
    }


def _by_path(where: str, said: Any) -> dict[str, tuple[str, ...]]:
    return {path: _codes(f"{where} {path}", each) for path, each in _table(where, said).items()}


def _most(where: str, said: Any) -> dict[str, Most]:
    """Read thresholds: a table by code, or texts such as ``TAG003=0.1%``."""
    found = {}
    for code, text in _named(where, said).items():
        full = code.strip().upper()
        if full not in codes_there_are():
            hint = nearest(full, codes_there_are())
            raise WrongSetting(f"{where} {code}", f"write a whole code, as TAG003=5{hint}")
        found[full] = Most.of(str(text), f"{where} {full}")
    return found


def _limits(where: str, said: Any) -> dict[str, int]:
    """Read limits: a table by name, or texts such as ``ratio=200``."""
    names = tuple(each.name for each in fields(Limits))
    found = {
        _word(f"{where} {name}", name, names): _number(f"{where} {name}", value)
        for name, value in _named(where, said).items()
    }
    odd = unfit(found)
    if odd:
        raise WrongSetting(where, odd)
    return found


def _named(where: str, said: Any) -> Mapping[str, Any]:
    """Read a table, or texts such as ``ratio=200``, as flags and variables have them."""
    if isinstance(said, str | list | tuple):
        parts = said.split(",") if isinstance(said, str) else said
        said = dict(str(part).strip().partition("=")[::2] for part in parts)
    return _table(where, said)


def _table(where: str, said: Any) -> Mapping[str, Any]:
    if isinstance(said, Mapping):
        return said
    raise WrongSetting(where, "it must be a table")


def _word(where: str, said: Any, words: tuple[str, ...]) -> str:
    if isinstance(said, str) and said in words:
        return said
    hint = nearest(said, words) if isinstance(said, str) else ""
    raise WrongSetting(where, f"it must be one of {', '.join(words)}{hint}")


def _one_of(*words: str) -> Reader:
    return lambda where, said: _word(where, said, words)


def _flag(where: str, said: Any) -> bool:
    spelt = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    value = spelt.get(said.lower()) if isinstance(said, str) else said
    if isinstance(value, bool):
        return value
    raise WrongSetting(where, "it must be true or false")


def _number(where: str, said: Any) -> int:
    value = int(said) if isinstance(said, str) and said.isdecimal() else said
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise WrongSetting(where, "it must be a number from 0 on")


def _text(where: str, said: Any) -> str:
    if isinstance(said, str) and said:
        return said
    raise WrongSetting(where, "it must be a text")


def _files(where: str, said: Any) -> dict[str, str]:
    from cableproof.schemas.vocab import names

    found = {}
    for name, path in _table(where, said).items():
        _word(f"{where} {name}", name, tuple(names()))
        found[name] = _text(f"{where} {name}", path)
    return found


_SEVERITIES = tuple(severity.value for severity in Severity)


@dataclass(frozen=True)
class Key:
    """A setting: its name in files, how it is read, its default, and what it is for.

    ``variable`` is the environment variable that sets it, empty where none can; ``paths`` says
    that it names files, which in a settings file are relative to that file.
    """

    name: str
    read: Reader
    default: Any
    what: str
    variable: str = ""
    paths: bool = False


_KEYS = (
    Key("profile", _text, "default", "A named set of these settings.", "CABLEPROOF_PROFILE"),
    Key(
        "select",
        _codes,
        (),
        "Run only rules whose codes begin so; none means all.",
        "CABLEPROOF_SELECT",
    ),
    Key(
        "ignore", _codes, (), "Leave out rules and kinds whose codes begin so.", "CABLEPROOF_IGNORE"
    ),
    Key("per-path-ignores", _by_path, {}, "The same in files of a pattern."),
    Key(
        "severities",
        _severities,
        {},
        "Severities by code or its beginning, in the place of the card's.",
    ),
    Key(
        "max",
        _most,
        {},
        "Up to how many findings of a rule, or what share, fail no run.",
        "CABLEPROOF_MAX",
    ),
    Key(
        "fail-on",
        _one_of(*_SEVERITIES, "never"),
        "error",
        "The lowest severity that fails a run.",
        "CABLEPROOF_FAIL_ON",
    ),
    Key("accepted", _text, None, "A file of accepted findings.", "CABLEPROOF_ACCEPTED", paths=True),
    Key(
        "baseline",
        _text,
        None,
        "An earlier report, from which only new findings fail.",
        "CABLEPROOF_BASELINE",
        paths=True,
    ),
    Key(
        "vocabularies",
        _files,
        {},
        "Rows of your own for the tables of posts, tags and so on: CSV files.",
        paths=True,
    ),
    Key(
        "limits",
        _limits,
        {},
        "Other limits than those of docs/limits.md: bytes, seconds or numbers by name.",
        "CABLEPROOF_LIMITS",
    ),
    Key("notes", _flag, False, "Show findings that are notes.", "CABLEPROOF_NOTES"),
    Key(
        "color",
        _one_of("auto", "always", "never"),
        "auto",
        "When to use colour.",
        "CABLEPROOF_COLOR",
    ),
    Key(
        "jobs",
        _number,
        None,
        "Processes that read, one a processor if nothing is said; 0 reads in this one.",
        "CABLEPROOF_JOBS",
    ),
    Key(
        "cache",
        _flag,
        True,
        "Keep what is found, no text, so that what did not change is not read again.",
        "CABLEPROOF_CACHE",
    ),
)
KEYS = {key.name: key for key in _KEYS}
#: The profiles that there are without any file.
PROFILES: dict[str, dict[str, Any]] = {
    "default": {},
    "strict": {"fail-on": "note", "notes": True},
    "import": {"fail-on": "warning"},
    "survey": {"fail-on": "never", "notes": True},
}
