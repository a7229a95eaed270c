"""The rows of a `cables.csv` one by one, as bytes and as fields, and fields as bytes again."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_BEGINS = re.compile(rb'"[0-9]+","')


class Fields(NamedTuple):
    """The fields of a row but for its number."""

    created: str
    identifier: str
    origin: str
    classification: str
    references: str  #: identifiers with strokes between them
    header: str
    body: str


def rows(path: Path) -> Iterator[bytes]:
    """Yield the rows of a file, of which one is in memory."""
    lines: list[bytes] = []
    with path.open("rb") as file:
        for line in file:
            if lines and _BEGINS.match(line):
                yield b"".join(lines)
                lines = []
            lines.append(line)
    if lines:
        yield b"".join(lines)


def numbered(row: bytes, number: int) -> bytes:
    """Return a row under another number."""
    return b'"%d"' % number + row[row.index(b'"', 1) + 1 :]


def identifier(row: bytes) -> str:
    """Return the identifier of a row, which is not parsed for it."""
    return row.split(b'","', 3)[2].decode()


def parsed(row: bytes) -> Fields:
    """Return the fields of a row."""
    lines = row.decode().splitlines(keepends=True)
    return Fields(*next(csv.reader(lines, escapechar="\\", doublequote=False))[1:])


def row(fields: Fields) -> bytes:
    """Return the fields as a row that has no number yet."""
    inside = '","'.join(field.replace("\\", "\\\\").replace('"', '\\"') for field in ("0", *fields))
    return f'"{inside}"\n'.encode()
