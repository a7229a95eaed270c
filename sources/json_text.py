"""Strict JSON: one object from bytes, or the reason why it is none."""

import json
import re
from typing import Any

import orjson

from cableproof.sources.places import Damaged

#: In JSON an unescaped quote before a colon ends a key, so that an object without objects in
#: it has as many of these as keys; an escaped quote in a text can only make them more. The
#: other alternative counts escaped NULs along: what has more matches than keys is looked at.
KEYS = r'"[ \t\r\n]*:|\\u0000'
_KEYS = re.compile(KEYS.encode())


class _Paired(dict[str, Any]):
    """An object that remembers which keys were given twice."""

    twice: tuple[str, ...] = ()


def _paired(pairs: list[tuple[str, Any]]) -> _Paired:
    made = _Paired(pairs)
    if len(made) < len(pairs):
        names = [key for key, _ in pairs]
        made.twice = tuple(sorted({name for name in names if names.count(name) > 1}))
    return made


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def read_object(data: bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the object that ``data`` holds and the keys that it names twice.

    Raises:
        Damaged: it is no JSON by the standard, no object, or holds a NUL or lone surrogate.

    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Damaged(_reason(data), error.pos) from None
    if not isinstance(value, dict):
        raise Damaged("JSON, but no object")
    if b"\\u0000" in data and _holds_nul(value):
        raise Damaged("a value holds an escaped NUL", data.find(b"\\u0000"))
    if len(_KEYS.findall(data)) == len(value):
        return value, ()
    try:
        paired = json.loads(data, object_pairs_hook=_paired, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Damaged("nested deeper than can be checked") from None
    return value, paired.twice


def _reason(data: bytes) -> str:
    """Return why orjson refused ``data``, in words without any of it."""
    if b"\0" in data:
        return "it holds a NUL byte"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "it is no UTF-8"
    try:
        json.loads(text)
    except RecursionError:
        return "nested too deep"
    except ValueError as error:
        known = getattr(error, "msg", "") == "Extra data"
        return "more than one value on a line" if known else "broken JSON, or cut short"
    return "JSON that stands for no text or number"


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_nul(key) or _holds_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_holds_nul, value))
