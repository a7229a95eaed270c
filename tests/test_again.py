"""Records are read once more from their places, in the order in which they are asked for."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from cableproof.errors import SourceChanged
from cableproof.sources.again import TEXTS, texts
from cableproof.sources.archives.files import named
from cableproof.sources.archives.members import Member, let_go
from cableproof.sources.limits import DEFAULT
from cableproof.sources.places import At
from cableproof.sources.reading import read_data
from cableproof.sources.recognise import recognise
from tests import samples
from tests.packed import zipped
from tests.samples import KINDS, Record, frame

SCHEMA = {
    **dict.fromkeys(("file", "path", "kind"), pl.String),
    **dict.fromkeys(("start", "end", "row"), pl.Int64),
    "identifier": pl.String,
}
WRITERS = {kind: write for kind, (_, write) in KINDS.items()} | {"Parquet": samples.parquet}
each_kind = pytest.mark.parametrize("kind", WRITERS)


def made(kind: str, number: int) -> list[Record]:
    """Return invented records, of which each has texts of its own."""
    few = 1 if kind == "JSON object" else 5
    return [
        samples.record(
            10 * number + n, header=f"HEADER {number} {n}", body=f"UNCLAS BERN {n:06d} \nWORDS"
        )
        for n in range(few)
    ]


def places(folder: Path, kind: str, number: int = 0, mark: bytes = b"") -> pl.DataFrame:
    """Return the places of the records of a file of a kind, with what stands there."""
    data = mark + WRITERS[kind](made(kind, number))
    file = folder / f"{kind}{number}"
    file.write_bytes(data)
    what = recognise(data, file.name, whole=True)
    found = frame(read_data(data, what, At(file.name), DEFAULT))
    own = {"file": named(file), "path": file.name, "kind": what.kind}
    return found.with_columns(pl.lit(said).alias(name) for name, said in own.items()).select(
        *SCHEMA, *TEXTS
    )


def check(asked: pl.DataFrame) -> None:
    assert texts(asked.select(list(SCHEMA))).equals(asked.select(TEXTS))


def test_nothing_is_read_where_nothing_is_asked_for() -> None:
    assert TEXTS == ("subject", "header", "body")
    found = texts(pl.DataFrame(schema=SCHEMA))
    assert found.equals(pl.DataFrame(schema=dict.fromkeys(TEXTS, pl.String)))


@each_kind
def test_records_are_read_in_the_order_of_their_places(kind: str, tmp_path: Path) -> None:
    found = places(tmp_path, kind)
    assert len(found) == (1 if kind == "JSON object" else 5)
    assert found["body"].n_unique() == len(found)
    orders = [range(len(found))] if len(found) == 1 else [range(5), (4, 0, 2), (3,), (1, 4)]
    if kind.endswith("page"):
        orders = [range(5), (4,), (1, 4)]
    for order in orders:
        check(found[[*order]])
    check(found.with_columns(identifier=pl.lit(None, pl.String)))


def test_files_of_all_kinds_are_read_mixed(tmp_path: Path) -> None:
    found = pl.concat([places(tmp_path, kind, n) for n in (1, 2) for kind in WRITERS])
    mixed = found.sample(fraction=1, shuffle=True, seed=7)
    check(mixed)
    check(mixed.reverse()[::3])


@each_kind
def test_a_mark_before_a_file_is_in_no_record(kind: str, tmp_path: Path) -> None:
    if kind != "Parquet":
        check(places(tmp_path, kind, mark=b"\xef\xbb\xbf"))


def test_a_mark_in_a_row_is_no_mark_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    row = samples.json_lines([samples.record(1)])
    file.write_bytes(row + b"\xef\xbb\xbf" + samples.json_lines([samples.record(2)]))
    here = pl.DataFrame(
        [[named(file), "a", "json-lines", len(row), file.stat().st_size, None, None]],
        schema=SCHEMA,
        orient="row",
    )
    with pytest.raises(SourceChanged):
        texts(here)


def test_a_page_is_told_by_the_whole_of_itself(tmp_path: Path) -> None:
    blank = b"\n" * 99
    page = blank + samples.page(samples.record())
    (tmp_path / "a").write_bytes(page)
    here = pl.DataFrame(
        [[named(tmp_path / "a"), "a", "cablebrowser-page", 0, len(page), None, "07BERN1"]],
        schema=SCHEMA,
        orient="row",
    )
    assert texts(here)["subject"].to_list() == ["TRAM 1 AND ITS BENCHES"]


@each_kind
def test_members_of_an_archive_are_read_again(kind: str, tmp_path: Path) -> None:
    found = places(tmp_path, kind)
    data = (tmp_path / f"{kind}0").read_bytes()
    (tmp_path / "a.zip").write_bytes(zipped({"x": b"", "y": data}))
    member = Member(tmp_path / "a.zip", 1, len(data), "y")
    with let_go():
        check(found.with_columns(file=pl.lit(named(member))))


@each_kind
@pytest.mark.parametrize("at", [0, -1])
def test_another_record_at_a_place_is_a_change(kind: str, at: int, tmp_path: Path) -> None:
    found = places(tmp_path, kind, 3)
    other = places(tmp_path, "JSON lines", 1)
    names = found["identifier"].to_list()
    names[at] = "07BERN999"
    wrong = pl.concat([other, found.with_columns(identifier=pl.Series(names))])
    with pytest.raises(SourceChanged, match=rf"^{kind}3 changed"):
        texts(wrong.select(list(SCHEMA)))


@each_kind
def test_a_file_that_is_no_longer_there_is_a_change(kind: str, tmp_path: Path) -> None:
    found = places(tmp_path, kind)
    (tmp_path / f"{kind}0").unlink()
    with pytest.raises(SourceChanged, match=f"^{kind}0 changed"):
        texts(found.select(list(SCHEMA)))


def test_of_many_changes_the_first_is_told(tmp_path: Path) -> None:
    found = [places(tmp_path, "JSON lines", number) for number in range(12)]
    for path in tmp_path.iterdir():
        path.unlink()
    for first in (0, 5, 11):
        wrong = pl.concat([found[first], *reversed(found)]).select(list(SCHEMA))
        with pytest.raises(SourceChanged, match=f"^JSON lines{first} changed"):
            texts(wrong)


@pytest.mark.parametrize("kind", ["cables.csv", "JSON lines", "text page", "HTML page"])
def test_a_record_that_is_no_longer_whole_is_a_change(kind: str, tmp_path: Path) -> None:
    found = places(tmp_path, kind).with_columns(identifier=pl.lit(None, pl.String))
    data = bytearray((tmp_path / f"{kind}0").read_bytes())
    for start, end in found.select("start", "end").rows()[1:2]:
        data[start:end] = b"\0" * (end - start)
    (tmp_path / f"{kind}0").write_bytes(data)
    with pytest.raises(SourceChanged):
        texts(found.select(list(SCHEMA)))
    check(found[[0]])
