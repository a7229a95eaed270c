"""The files of manifests: their columns and parts, what is refused of them, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cableproof import schemas
from cableproof.errors import NoManifest, NoSuchPath
from cableproof.sources.manifest import (
    COLUMNS,
    Manifest,
    is_lines,
    is_manifest,
    lines,
    loaded,
    parquet,
)
from cableproof.sources.stretches import Left

_KEPT = ("identifier", "path", "kind", "digest")
_EXAMPLES: dict[pl.DataType, Any] = {
    pl.String(): "x",
    pl.List(pl.String()): ["x", "y"],
    pl.Boolean(): False,
    pl.Int64(): 7,
}


def table(number: int, **more: list[Any]) -> pl.DataFrame:
    """Return so many records, of which nothing is known but what must be there, and ``more``."""
    made = {name: [f"{name}{n}" for n in range(number)] for name in _KEPT} | more
    return pl.DataFrame({name: made.get(name, [None] * number) for name in COLUMNS}, schema=COLUMNS)


def manifest(number: int = 3, **more: list[Any]) -> Manifest:
    return Manifest(table(number, **more), 2, {"json-lines": number}, ("07BERN9",))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "manifest"


def test_the_columns_are_those_of_the_schema() -> None:
    schema = schemas.load("manifest")
    assert {*COLUMNS} == {*schema["$defs"]["record"]["properties"]}
    assert next(reversed(COLUMNS)) == "digest"


def test_a_head_counts_what_is_listed_and_names_what_is_lost() -> None:
    head = {"manifest": "cableproof/1", "records": 3, "unreadable": 2, "kinds": {"json-lines": 3}}
    assert manifest().head() == head | {"lost": ["07BERN9"]}
    assert Manifest(table(3), 2, {"json-lines": 3}).head() == head


@pytest.mark.parametrize("written", [lambda made: b"".join(lines(made)), parquet])
def test_every_column_is_read_as_it_was_written(written: Any, file: Path) -> None:
    for name, kind in COLUMNS.items():
        made = manifest(2, **{name: [_EXAMPLES[kind], None if name not in _KEPT else "y"]})
        file.write_bytes(written(made))
        assert loaded(file).records.equals(made.records)
        assert loaded(file).head() == made.head()


def test_columns_in_which_nothing_stands_are_not_written() -> None:
    made = manifest(2, line=[None, 7], tags=[None, None], digest=["d", "e"], path=[None, None])
    head, records = lines(made)
    assert json.loads(head) == made.head()
    keys = [list(json.loads(each)) for each in records.splitlines()]
    assert keys == [["identifier", "path", "kind", "line", "digest"]] * 2


def test_lines_are_written_so_many_at_once() -> None:
    parts = list(lines(manifest(20_001)))
    assert [each.count(b"\n") for each in parts] == [1, 10_000, 10_000, 1]
    assert json.loads(parts[1].splitlines()[0])["identifier"] == "identifier0"
    assert [each.count(b"\n") for each in lines(manifest(10_000))] == [1, 10_000]
    assert [*lines(manifest(0))] == [json.dumps(manifest(0).head()).encode() + b"\n"]


def test_a_manifest_is_told_from_other_files_by_its_first_bytes(tmp_path: Path, file: Path) -> None:
    assert not is_manifest(tmp_path)
    assert not is_manifest(file)
    file.write_bytes(next(lines(manifest())))
    assert (is_manifest(file), is_lines(file)) == (True, True)
    file.write_bytes(parquet(manifest()))
    assert (is_manifest(file), is_lines(file)) == (True, False)
    table(2).write_parquet(file)
    assert (is_manifest(file), is_lines(file)) == (False, False)
    for data in (b"PAR1", b"PAR1 and more", b"", b'{"manifest": "x', b'{"identifier": "x"}'):
        file.write_bytes(data)
        assert (is_manifest(file), is_lines(file)) == (False, False)


def why(file: Path, left: Left | None = None) -> str:
    """Return why a file is refused, nothing where it is read."""
    try:
        loaded(file, left)
    except NoManifest as error:
        return str(error).removeprefix(f"{file} is no manifest that can be read: ")
    return ""


def test_what_is_not_there_cannot_be_read(file: Path) -> None:
    with pytest.raises(NoSuchPath):
        loaded(file)


_HEAD = {"manifest": "cableproof/1", "records": 1, "unreadable": 0, "kinds": {}}
_RECORD = '{"identifier":"07BERN1","path":"a","kind":"k","line":1,"digest":"d"}'
_DAMAGED, _SHORT = "it is damaged", "it is cut short"


def other(version: object) -> str:
    return f"it is of version {version}, and cableproof/1 can be read"


HEADS: list[tuple[str, str]] = [
    (json.dumps(_HEAD), ""),
    (json.dumps(_HEAD | {"records": 2}), _SHORT),
    (json.dumps(_HEAD | {"records": 0}), _SHORT),
    (json.dumps({name: value for name, value in _HEAD.items() if name != "records"}), _DAMAGED),
    (json.dumps({name: value for name, value in _HEAD.items() if name != "kinds"}), _DAMAGED),
    (json.dumps(_HEAD | {"records": None}), _DAMAGED),
    (json.dumps(_HEAD | {"records": "many"}), _DAMAGED),
    (json.dumps(_HEAD).replace('"unreadable": 0', '"unreadable": 1e999'), _DAMAGED),
    (json.dumps(_HEAD | {"kinds": 7}), _DAMAGED),
    (json.dumps([1]), _DAMAGED),
    (json.dumps(_HEAD)[:-1], _DAMAGED),
    ("[" * 100_000, _DAMAGED),
    (json.dumps(_HEAD | {"manifest": "cableproof/2"}), other("cableproof/2")),
    (json.dumps(_HEAD | {"manifest": "x" * 41}), other("x" * 40)),
    (json.dumps(_HEAD | {"manifest": "y" * 40}), other("y" * 40)),
    (json.dumps({name: value for name, value in _HEAD.items() if name != "manifest"}), other(None)),
]
RECORDS: list[tuple[str, str]] = [
    (_RECORD.replace('"digest":"d"', '"digest":null'), _SHORT),
    (_RECORD[:-9], _DAMAGED),
    (_RECORD + "\n" + _RECORD, _SHORT),
    (_RECORD.replace(":1,", ':"x",'), _DAMAGED),
]


@pytest.mark.parametrize(
    ("head", "record", "reason"),
    [(head, _RECORD, reason) for head, reason in HEADS]
    + [(json.dumps(_HEAD), record, reason) for record, reason in RECORDS],
)
def test_a_manifest_in_lines_is_read_or_it_is_said_why_not(
    head: str, record: str, reason: str, file: Path
) -> None:
    file.write_text(f"{head}\n{record}\n")
    assert why(file) == reason


def test_a_manifest_in_parquet_is_read_or_it_is_said_why_not(file: Path) -> None:
    whole = parquet(manifest())
    for data, reason in ((whole, ""), (whole[:-1], _DAMAGED), (whole[:9], _DAMAGED)):
        file.write_bytes(data)
        assert why(file) == reason
    head = {"cableproof": json.dumps(manifest().head())}
    table(3).with_columns(x=1).write_parquet(file, metadata=head)
    assert why(file) == "it has columns that cableproof/1 has not"
    table(3).with_columns(line=pl.lit("x")).write_parquet(file, metadata=head)
    assert why(file) == _DAMAGED
    table(3).write_parquet(file)
    assert why(file) == _DAMAGED
    table(2).write_parquet(file, metadata=head)
    assert why(file) == _SHORT
    for number in ("1e999", "[7]", '"many"'):
        odd = head["cableproof"].replace('"unreadable": 2', f'"unreadable": {number}')
        table(3).write_parquet(file, metadata={"cableproof": odd})
        assert why(file) == _DAMAGED


def test_a_folder_is_no_manifest(tmp_path: Path) -> None:
    assert why(tmp_path) == _DAMAGED


def test_only_the_records_that_are_left_are_read(file: Path) -> None:
    parts = [each + b"\n" for each in b"".join(lines(manifest())).split(b"\n")[:-1]]
    file.write_bytes(b"".join(parts))
    edges = [sum(map(len, parts[:n])) for n in range(len(parts) + 1)]
    for numbers in ([0], [0, 1], [0, 3], [0, 1, 3], [0, 1, 2, 3]):
        slots = pl.DataFrame(
            {"start": [edges[n] for n in numbers], "end": [edges[n + 1] for n in numbers]}
        )
        others = 4 - len(numbers)
        records = loaded(file, Left(slots, others)).records
        assert records.equals(manifest().records[[n - 1 for n in numbers[1:]]])
        for wrong in (others - 1, others + 1):
            assert why(file, Left(slots, wrong)) == _SHORT
