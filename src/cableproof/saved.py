"""A report that was saved as JSON, read again without holding its rows in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import NoneType
from typing import Any, BinaryIO

import orjson

from cableproof.errors import NoReport, NoSuchPath
from cableproof.escape import shown
from cableproof.outcome import FORMAT, Outcome
from cableproof.schemas import shipped

#: The lists of a document that may be long, each with the schema of its rows: of the document
#: itself, or the last thing in a part of it. Our own files have a row of them on a line.
_ROWS = {
    "findings": ("", "finding"),
    "comparison": ("discrepancies", "discrepancy"),
    "history": ("cables", "life"),
    "audit": ("origins", "origin"),
    "baseline": ("findings", "gone"),
}
_OPENING = re.compile(rb' "(%s)": (.*)\n' % "|".join(_ROWS).encode())
_TYPES: dict[str, type] = {
    "array": list,
    "integer": int,
    "null": NoneType,
    "number": float,
    "object": dict,
    "string": str,
}

Row = dict[str, Any]
_Rows = Callable[[], Iterable[Row]]


@dataclass(frozen=True)
class Saved(Outcome):
    """A report whose rows are read from its file again each time that they are asked for."""

    file: Path
    start: Mapping[str, Any]
    parts: Mapping[str, Row | None]
    rows: Mapping[str, _Rows] = field(repr=False)

    @property
    def command(self) -> str:  # type: ignore[override]
        """Return the name of the command that made the report."""
        return str(self.start["command"])

    def head(self) -> dict[str, Any]:
        """Return what stands in the document before the findings."""
        return dict(self.start)

    def found(self) -> Iterator[Row]:
        """Yield the findings in their order."""
        return self._each("findings")

    def comparison(self) -> Row | None:
        """Return what the document says of a comparison, its discrepancies left out."""
        return self.parts.get("comparison")

    def told(self) -> Iterator[Row]:
        """Yield the discrepancies, of which only a comparison has any."""
        return self._each("comparison")

    def history(self) -> Row | None:
        """Return what the document says of a history, its lives left out."""
        return self.parts.get("history")

    def lived(self) -> Iterator[Row]:
        """Yield the lives of cables, which only a history has."""
        return self._each("history")

    def audit(self) -> Row | None:
        """Return what the document says of an audit, the origins of pages left out."""
        return self.parts.get("audit")

    def from_where(self) -> Iterator[Row]:
        """Yield the origins of pages, which only an audit tells."""
        return self._each("audit")

    def baseline(self) -> Row | None:
        """Return how many results are new, known and gone against a baseline, if there was one."""
        return self.parts.get("baseline")

    def gone(self) -> Iterator[Row]:
        """Yield the results of a baseline that are there no more."""
        return self._each("baseline")

    def _each(self, part: str) -> Iterator[Row]:
        """Yield rows that have what the schema of the report asks of them.

        Raises:
            NoReport: the file is damaged, or changed meanwhile.

        """
        asked = _asked(_ROWS[part][1])
        for row in self.rows.get(part, tuple)():
            if not isinstance(row, dict):
                raise NoReport(str(self.file), f"a row of its {part} is no object")
            for name, kind in asked.items():
                if not isinstance(row.get(name), kind):
                    raise NoReport(str(self.file), f"a row of its {part} has no proper {name}")
            yield row


def saved(file: Path) -> Saved:
    """Return the report that was saved as ``file``.

    Raises:
        NoSuchPath: there is no such file.
        NoReport: it is no report, is damaged, or is of another version.

    """
    if not file.is_file():
        raise NoSuchPath(str(file))
    try:
        found = _by_lines(file)
        if found is None:
            found = _at_once(file)
    except (OSError, ValueError, RecursionError):
        raise NoReport(str(file), "it is no JSON object") from None
    wrong = _wrong(found)
    if wrong:
        raise NoReport(str(file), wrong)
    return found


def _by_lines(file: Path) -> Saved | None:
    """Return a report as our own writer lays it out, or nothing where the layout is another."""
    head: list[bytes] = []
    parts: dict[str, Row | None] = {}
    rows: dict[str, _Rows] = {}
    with file.open("rb") as lines:
        for line in iter(lines.readline, b""):
            opening = _OPENING.match(line)
            if opening is not None:
                name = opening[1].decode()
                said, begin = _part(opening[2], lines)
                parts[name], rows[name] = _apart(name, said)
                if begin:
                    rows[name] = partial(_read, file, begin)
            elif not rows:
                head.append(line)
            elif line != b"}\n":
                return None
    if not rows:
        return None
    return Saved(file, json.loads(b"".join(head).rstrip(b",\n") + b"}"), parts, rows)


def _part(said: bytes, lines: BinaryIO) -> tuple[Any, int]:
    """Return what a part says without its rows, and where these begin; they are passed over."""
    if not said.endswith(b"["):
        return json.loads(said.rstrip(b",")), 0
    begin = lines.tell()
    for line in iter(lines.readline, b""):
        if line.startswith(b" ]"):
            break
    closed = b"]}" if said.startswith(b"{") else b"]"
    return json.loads(said + closed), begin


def _apart(name: str, said: Any) -> tuple[Row | None, _Rows]:
    """Return a part of a document without its rows, and the rows."""
    inner = _ROWS[name][0]
    if inner and isinstance(said, dict):
        return said, partial(iter, said.pop(inner, ()))
    return None, partial(iter, said or ())


def _read(file: Path, begin: int) -> Iterator[Row]:
    """Yield the rows that begin somewhere in a file, each on a line of its own."""
    with file.open("rb") as lines:
        lines.seek(begin)
        for line in lines:
            if line.startswith(b" ]"):
                return
            try:
                yield _row(line.strip().removesuffix(b","))
            except (ValueError, RecursionError):
                raise NoReport(str(file), "a row of it is no JSON") from None
    raise NoReport(str(file), "it is cut short")


def _row(text: bytes) -> Row:
    """Return a row; the fast reader knows no half characters, which names of files can have."""
    try:
        row: Row = orjson.loads(text)
    except orjson.JSONDecodeError:
        row = json.loads(text)
    return row


def _at_once(file: Path) -> Saved:
    """Return a report of any layout, which is held in memory."""
    whole = json.loads(file.read_bytes())
    if not isinstance(whole, dict):
        raise NoReport(str(file), "it is no JSON object")
    apart = {name: _apart(name, whole.pop(name)) for name in _ROWS if name in whole}
    parts = {name: part for name, (part, _) in apart.items()}
    return Saved(file, whole, parts, {name: rows for name, (_, rows) in apart.items()})


def _wrong(found: Saved) -> str:
    """Return what is wrong with a document, its rows apart; empty where nothing is."""
    said = found.start.get("report")
    if said != FORMAT:
        return f"its version is {shown(said)}, not {FORMAT}" if said else "it names no version"
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    whole: Row = {**found.start, "findings": []}
    for name, part in found.parts.items():
        if name != "findings":
            whole[name] = None if part is None else part | {_ROWS[name][0]: []}
    error = best_match(Draft202012Validator(shipped.load("report")).iter_errors(whole))
    return "" if error is None else f"/{shown('/'.join(map(str, error.path)))} is not as it must be"


@cache
def _asked(row: str) -> dict[str, tuple[type, ...]]:
    """Return what the schema asks of each row: names, and the types that their values have."""
    shapes = shipped.load("report")["$defs"]
    schema = shapes[row]
    return {name: _types(schema["properties"][name], shapes) for name in schema["required"]}


def _types(schema: Row, shapes: Mapping[str, Row]) -> tuple[type, ...]:
    """Return the types that the values of a schema have in Python."""
    if "$ref" in schema:
        return _types(shapes[schema["$ref"].rpartition("/")[2]], shapes)
    kinds = schema.get("type", "string")  # what is one of a few words says no type
    return tuple(_TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
