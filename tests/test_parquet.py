"""Parquet files: what is read of each column and row group, and what is told of the rest."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pyarrow as pa
import pytest

from cableproof.sources import parquet
from cableproof.sources.batches import Reading
from cableproof.sources.limits import DEFAULT
from cableproof.sources.places import At, Trouble
from tests.samples import arrow_parquet

_GUESSED = {"seen": "a byte that is no UTF-8", "used": "windows-1252 for such bytes"}


def read(data: bytes) -> list[Reading]:
    return [*islice(parquet.read(io.BytesIO(data), At("p", 0, 1), DEFAULT), 99)]


def of(table: pa.Table, **options: Any) -> list[Reading]:
    return read(arrow_parquet(table, **options))


def named(number: int) -> pa.Array:
    return pa.array([f"07BERN{n}" for n in range(number)])


def only(**columns: pa.Array) -> tuple[list[dict[str, Any]], tuple[Trouble, ...]]:
    (made,) = of(pa.table({"identifier": named(2)} | columns))
    return made.records.to_dicts(), made.troubles


def lost(reason: str) -> Trouble:
    return Trouble("SRC003", "p", None, None, True, {"reason": reason})


def test_rows_are_read_a_thousand_at_once_and_numbered_through_all_groups() -> None:
    made = of(pa.table({"identifier": named(4503)}), row_group_size=2001)
    assert [len(each.records) for each in made] == [1000, 1000, 1, 1000, 1000, 1, 501]
    rows = [row for each in made for row in each.records["row"]]
    assert rows == [*range(4503)]
    assert [name for each in made for name in each.records["identifier"]] == named(4503).to_pylist()
    assert {each.troubles for each in made} == {()}


def test_a_row_group_that_was_damaged_is_lost_alone() -> None:
    table = pa.table({"identifier": named(3000), "body": named(3000)})
    data = arrow_parquet(
        table,
        row_group_size=1100,
        use_dictionary=False,
        compression="none",
        write_page_checksum=True,
    )
    at = data.rindex(b"07BERN1500")
    made = read(data[:at] + b"07BERN1x00" + data[at + 10 :])
    assert [row for each in made for row in each.records["row"]] == [
        *range(1100),
        *range(2200, 3000),
    ]
    (trouble,) = [each for reading in made for each in reading.troubles]
    assert trouble == lost("row group 1 cannot be read from row 1100 on: 1100 rows")
    assert [len(each.records) for each in made] == [1000, 100, 0, 800]


@pytest.mark.parametrize(
    "names", [["origin"], ["identifier"] * 2, ["identifier", "x", "x"], ["x"] * 2]
)
def test_a_table_of_records_has_each_name_once_and_an_identifier(names: list[str]) -> None:
    (made,) = of(pa.Table.from_arrays([named(2)] * len(names), names=names))
    reason = "another table than one of records: each name once, one of them identifier"
    assert (made.troubles, len(made.records)) == ((lost(reason),), 0)


def test_what_is_no_parquet_file_is_lost() -> None:
    whole = arrow_parquet(pa.table({"identifier": named(2)}))
    for data in (b"PAR1", b"", whole[:-1], whole[:20], b"PAR1" + b"x" * 40 + b"PAR1"):
        (made,) = read(data)
        assert made.troubles == (lost("no Parquet file, or cut short"),)
        assert len(made.records) == 0


_TEXT_TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary()]


@pytest.mark.parametrize("kind", _TEXT_TYPES, ids=map(str, _TEXT_TYPES))
@pytest.mark.parametrize("list_of", [pa.list_, pa.large_list])
def test_texts_of_any_type_are_texts(kind: pa.DataType, list_of: Any) -> None:
    values = pa.array(["x\u00e9", None]).cast(kind)
    guessed: list[Trouble] = []
    plain = parquet._plain(values, At("p"), guessed)
    assert (plain.type, plain.to_pylist()) == (pa.large_string(), ["x\u00e9", None])
    several = pa.array([["x", "y"], None], list_of(pa.large_string()))
    if kind != pa.string_view():  # of which lists cannot be made from others
        several = several.cast(list_of(kind))
        plain = parquet._plain(several, At("p"), guessed)
        assert plain.type == pa.large_list(pa.large_string())
        assert plain.to_pylist() == [["x", "y"], None]
    assert not guessed


def test_columns_are_read_as_the_contract_has_them() -> None:
    rows, troubles = only(
        origin=pa.array([b"x", None]),
        tags=pa.array([["a"], []]),
        references=pa.array([None, ["b", "c"]], pa.large_list(pa.binary())),
        redacted=pa.array([True, None]),
        created=pa.array(
            [datetime(2007, 1, 2, 3, 4, 5, 678, UTC), None], pa.timestamp("us", "UTC")
        ),
        released=pa.array([1, None], pa.date64()),
        classification=pa.array(["s", None]).dictionary_encode(),
    )
    first: dict[str, object] = {
        "origin": "x",
        "tags": ["a"],
        "references": None,
        "redacted": True,
        "released": "1970-01-01",
    }
    first |= {
        "created": "2007-01-02 03:04:05",
        "classification": "s",
        "identifier": "07BERN0",
        "row": 0,
    }
    second = dict.fromkeys(first) | {"tags": [], "references": ["b", "c"]}
    second |= {"identifier": "07BERN1", "row": 1}
    for row, expected in zip(rows, (first, second), strict=True):
        assert {name: value for name, value in row.items() if value is not None} == {
            name: value for name, value in expected.items() if value is not None
        }
    assert troubles == ()


def test_what_has_another_type_is_null_and_named_where_it_is() -> None:
    rows, troubles = only(
        origin=pa.array([7, None]),
        tags=pa.array([["a", None], ["b"]]),
        references=pa.array([[1], None]),
        redacted=pa.array([None, "true"]),
        released=pa.array([None, None]),
        subject=pa.array(["x", "y"]),
    )
    names = ("origin", "tags", "references", "redacted", "released", "subject", "wrong")
    assert [[row[name] for name in names] for row in rows] == [
        [None, None, None, None, None, "x", ["origin", "tags", "references"]],
        [None, ["b"], None, None, None, "y", ["redacted"]],
    ]
    assert (rows[0]["other"], troubles) == (None, ())


def test_columns_that_are_unknown_are_kept_as_json_and_by_name() -> None:
    rows, _ = only(
        tram=pa.array([7, None]),
        path=pa.array(["p", None]),
        row=pa.array([None, None], pa.int8()),
        body=pa.array(["b", "c"]),
        when=pa.array([datetime(2007, 1, 2), None], pa.timestamp("s")),
    )
    assert json.loads(rows[0]["other"]) == {"tram": 7, "path": "p", "when": "2007-01-02 00:00:00"}
    assert (rows[0]["unknown"], rows[0]["row"]) == (["tram", "path", "when"], 0)
    assert (rows[1]["other"], rows[1]["unknown"], rows[1]["row"]) == (None, None, 1)


def test_a_row_that_holds_a_nul_is_lost_alone() -> None:
    rows, troubles = only(body=pa.array(["x", "a\0"]), subject=pa.array([None, None], pa.string()))
    assert [row["identifier"] for row in rows] == ["07BERN0"]
    assert troubles == (lost("row 1 holds a NUL"),)
    rows, troubles = only(
        tags=pa.array([["x", "\0a"], ["y", None]]), redacted=pa.array([True, None])
    )
    assert [row["identifier"] for row in rows] == ["07BERN1"]
    assert troubles == (lost("row 0 holds a NUL"),)
    rows, troubles = only(x=pa.array(["\0", "y"]), tags=pa.array([[], None], pa.list_(pa.string())))
    assert ([row["row"] for row in rows], troubles) == ([0, 1], ())
    rows, troubles = only(references=pa.array([["x", "\0"], ["\0"]]))
    assert (rows, troubles) == ([], (lost("row 0 holds a NUL"), lost("row 1 holds a NUL")))


def test_texts_that_are_no_utf8_are_guessed_and_said_once_a_column() -> None:
    rows, troubles = only(
        body=pa.array([b"\xe9", b"\xe9\xff"]),
        tags=pa.array(
            [
                [b"\xe9", None],
                None,
            ]
        ),
    )
    assert [row["body"] for row in rows] == ["\xe9", "\xe9\xff"]
    assert rows[0]["wrong"] == ["tags"]
    assert troubles == (Trouble("SRC005", "p", facts=_GUESSED),) * 2
    rows, _ = only(tags=pa.array([[b"\xe9", b"a"], None]))
    assert [row["tags"] for row in rows] == [["\xe9", "a"], None]


#: Columns that cannot be turned into what Python has for them.
_FAULTS = [
    pa.array([2**62, 1], pa.duration("s")),
    pa.array([{"a": 2**50}, None], pa.struct({"a": pa.timestamp("s")})),
    pa.StructArray.from_arrays([named(2)] * 2, names=["a", "a"]),
]


@pytest.mark.parametrize("column", _FAULTS, ids=["duration", "time", "a name twice"])
def test_a_group_that_cannot_be_turned_is_lost(column: pa.Array) -> None:
    made = of(pa.table({"identifier": named(2), "x": column}))
    (trouble,) = [each for reading in made for each in reading.troubles]
    assert trouble == lost("row group 0 cannot be read from row 0 on: 2 rows")


@pytest.mark.parametrize(
    "raised", [pa.ArrowNotImplementedError, pa.ArrowInvalid, OSError, ValueError, OverflowError]
)
def test_whatever_the_library_raises_costs_a_group(
    raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(part: pa.RecordBatch, row: int, at: At) -> Reading:
        raise raised

    monkeypatch.setattr(parquet, "_reading", refuse)
    made = of(pa.table({"identifier": named(3)}), row_group_size=2)
    assert [each.troubles for each in made] == [
        (lost("row group 0 cannot be read from row 0 on: 2 rows"),),
        (lost("row group 1 cannot be read from row 2 on: 1 rows"),),
    ]


def test_a_day_is_told_without_its_time() -> None:
    days = pa.array([86_400_001, None], pa.date64())
    assert parquet._plain(days, At("p"), []).to_pylist() == ["1970-01-02", None]
