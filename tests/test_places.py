"""The place of a record is exact, and every byte of a file belongs to something."""

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cableproof.run import run
from cableproof.source import Source
from cableproof.sources.batches import Reading
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.reading import look_at_large, read_piece
from cableproof.sources.walk import Found
from cableproof.validators.catalogue import selected
from tests import samples
from tests.samples import KINDS, PLACE, Record, frame, read

SMALL = Limits(range=700, block=300, head=4096)
MANY = 40
ODD = (
    *('"', '""', "\\", '\\"', ",", '","', "\n", "\r\n", '\n"', " \n", "\u00b6", "\u2028", "\x85"),
    *("NA", "null", '{"identifier": "', "}, {", "[", "]", "&amp;", "<b>", "US embassy cable - "),
    *('"7","1/2/2007 3:04","07BERN7",', "\n07BERN7,x,y\n", "\U0001f68b", "\xe9", "'", "\t", ";"),
)
FILES = settings(
    derandomize=True,
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],
)

plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
texts = st.lists(st.one_of(st.sampled_from(ODD), plain), max_size=8).map("".join)
each_kind = pytest.mark.parametrize("kind", KINDS)
each_table = pytest.mark.parametrize("kind", ["cables.csv", "JSON lines", "table"])
in_any_block = pytest.mark.parametrize("limits", [DEFAULT, SMALL], ids=["whole", "small blocks"])


@st.composite
def archives(draw: st.DrawFn) -> list[Record]:
    """Some records with odd texts."""
    bodies = draw(st.lists(texts, min_size=1, max_size=5))
    return [
        samples.record(number, body=f"UNCLAS BERN {body}")
        for number, body in enumerate(bodies, start=1)
    ]


def spans(readings: list[Reading]) -> list[tuple[int, int]]:
    """Return the byte ranges that were accounted for, in their order."""
    made = [pair for each in readings for pair in each.slots]
    made += [(gap.start, gap.end) for each in readings for gap in each.gaps]
    made += frame(readings).select("start", "end").rows()
    return sorted(made)


def leftover(data: bytes, readings: list[Reading]) -> bytes:
    """Return the bytes that belong to no record, lost slot or gap; none may belong to two."""
    made = spans(readings)
    assert all(before[1] <= after[0] for before, after in pairwise(made))
    edges = [0, *(edge for span in made for edge in span), len(data)]
    return b"".join(data[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def cut_out(data: bytes, row: dict[str, Any], kind: str) -> bytes:
    """Return the bytes of one record, behind the header where its kind has one."""
    head = data[: data.index(b"\n") + 1] if kind == "table" else b""
    return head + data[row["start"] : row["end"]]


def without_place(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in PLACE}


@each_kind
@FILES
@given(archive=archives())
def test_the_range_of_a_record_read_alone_gives_the_same_record(
    kind: str, archive: list[Record]
) -> None:
    what, write = KINDS[kind]
    data = write(archive)
    found = frame(read(data, what=what)).to_dicts()
    for row in found:
        again = frame(read(cut_out(data, row, kind), what=what)).to_dicts()
        assert [without_place(each) for each in again] == [without_place(row)]
    assert found


@each_kind
@FILES
@given(archive=archives())
def test_the_line_is_that_at_which_the_record_begins(kind: str, archive: list[Record]) -> None:
    what, write = KINDS[kind]
    data = write(archive)
    for start, line in frame(read(data, what=what)).select("start", "line").rows():
        assert line == data.count(b"\n", 0, start) + 1


def test_the_row_of_a_parquet_record_counts_from_nought() -> None:
    made = frame(read(samples.parquet(samples.records(2500))))
    assert made["row"].to_list() == list(range(2500))
    assert made["identifier"][2100] == "07BERN2101"


@each_table
@FILES
@given(archive=archives())
def test_small_blocks_give_the_same_records_as_the_whole(kind: str, archive: list[Record]) -> None:
    what, write = KINDS[kind]
    data = write(archive * 4)
    assert frame(read(data, limits=SMALL, what=what)).equals(frame(read(data, what=what)))


def in_pieces(file: Path, limits: Limits) -> Iterator[pl.DataFrame]:
    """Yield the records of a large file, with lines that count from its beginning."""
    _, pieces, _ = look_at_large(Found(file.name, file, file.stat().st_size), limits)
    lines = 0
    for piece in pieces:
        before = lines
        for reading in read_piece(piece, limits):
            yield reading.frame().with_columns(pl.col("line") + before)
            lines += reading.lines


@pytest.mark.parametrize("kind", ["cables.csv", "JSON lines"])
@settings(FILES, max_examples=15)
@given(archive=archives())
def test_pieces_of_a_large_file_give_the_same_records_as_the_whole(
    kind: str, archive: list[Record]
) -> None:
    what, write = KINDS[kind]
    data = write(archive * 5)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large"
        file.write_bytes(data)
        made = pl.concat(in_pieces(file, SMALL))
    assert made.equals(frame(read(data, what=what)))


@pytest.mark.parametrize("kind", ["cables.csv", "JSON lines"])
def test_a_run_in_pieces_reports_the_same_as_a_run_at_once(tmp_path: Path, kind: str) -> None:
    data = KINDS[kind][1](samples.records(MANY))
    broken = data.replace(b"TRAM 9 ", b'TRAM "9 ').replace(b"TRAM 21 ", b"TRAM \0 21 ")
    (tmp_path / "large").write_bytes(broken)

    def report(limits: Limits) -> dict[str, Any]:
        source = Source("data", tmp_path / "large")
        made = run([source], selected(("SRC",), ()), limits=limits).document()
        return {name: value for name, value in made.items() if name not in ("tool", "receipt")}

    assert report(SMALL) == report(DEFAULT)
    assert report(SMALL)["summary"]["unreadable"] == 2


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[str, float, bytes]]:
    """Where in a file what happens to it: bytes are lost, added or changed."""
    happens = st.sampled_from(["delete", "insert", "flip", "cut"])
    where = st.floats(0, 1, exclude_max=True)
    signs = st.sampled_from(
        [b'"', b"\\", b"\n", b",", b"{", b"}", b"]", b"<", b"\x1b", b"\0", b"\xff", b"7"]
    )
    return draw(st.lists(st.tuples(happens, where, signs), min_size=1, max_size=4))


def damaged(data: bytes, damage: list[tuple[str, float, bytes]], begin: int) -> tuple[bytes, int]:
    """Return the damaged file, and the offset before which it is as it was."""
    first = len(data)
    for how, where, sign in damage:
        at = begin + int(where * (len(data) - begin))
        first = min(first, at)
        rest = {"delete": data[at + 9 :], "insert": sign + data[at:], "cut": b""}
        data = data[:at] + rest.get(how, sign + data[at + 1 :])
    return data, first


@in_any_block
@each_kind
@FILES
@given(archive=archives(), damage=damages())
def test_every_byte_is_accounted_for_whatever_the_damage(
    kind: str, limits: Limits, archive: list[Record], damage: list[tuple[str, float, bytes]]
) -> None:
    what, write = KINDS[kind]
    whole = write(archive)
    data, _ = damaged(whole, damage, whole.index(b"\n") + 1 if kind == "table" else 0)
    between = b" \t\r\n,[]" if kind.startswith("JSON") else b" \t\r\n"
    assert not leftover(data, read(data, limits=limits, what=what)).strip(between)


@in_any_block
@each_kind
@FILES
@given(archive=archives(), damage=damages())
def test_what_lies_before_the_damage_is_read_as_if_there_were_none(
    kind: str, limits: Limits, archive: list[Record], damage: list[tuple[str, float, bytes]]
) -> None:
    what, write = KINDS[kind]
    whole = write(archive)
    data, first = damaged(whole, damage, whole.index(b"\n") + 1 if kind == "table" else 0)
    before = frame(read(whole, what=what)).filter(pl.col("end") < first)
    after = frame(read(data, limits=limits, what=what)).head(len(before))
    free = ["end"] if kind == "text page" else []  # what follows the last line may be furniture
    assert after.drop(free).equals(before.drop(free))


@each_kind
def test_what_lies_after_a_damaged_record_is_read_too(kind: str) -> None:
    what, write = KINDS[kind]
    if kind == "JSON object":
        return
    parts = samples.records(MANY)
    data = write(parts)
    mark = b"07BERN20" if "page" in kind else b"TRAM 20 "
    at = data.index(mark)
    made = frame(read(data[:at] + b'"\0' + data[at:], what=what))
    assert made["identifier"].to_list() == [f"07BERN{n}" for n in range(1, MANY + 1) if n != 20]
