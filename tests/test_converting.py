"""A source converted is read again as the same records, in all forms and both ways."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cableproof.cli_convert import TableFormat
from cableproof.converting import FORMS, Converted, parts
from cableproof.reading import readings
from cableproof.sources.batches import FIELDS, LIST, TEXT, empty
from tests.archives import build, json_lines
from tests.programs import Call
from tests.samples import page, record, records, release_page

#: All that a text of a record may hold: no NUL, which is in no record that can be read.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
LISTS = st.lists(TEXTS, max_size=3)
VALUES = {
    name: st.none() | {TEXT: TEXTS, LIST: LISTS}.get(kind, st.booleans())
    for name, kind in FIELDS.items()
}
RECORDS = st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=4)


def read(path: Path) -> pl.DataFrame:
    """Return the records at a path, as they were read."""
    found = [reading for _, _, reading in readings(path)]
    assert [reading.troubles for reading in found if reading.lost] == []
    return pl.concat([empty(), *(reading.frame() for reading in found)]).select(*FIELDS)


def converted(path: Path, form: str, to: Path) -> Converted:
    counted = Converted()
    to.write_bytes(b"".join(parts(path, form, counted)))
    return counted


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.permutations(list(FORMS)))
def test_a_table_goes_through_all_forms_and_is_as_it_was(rows: Any, order: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "first.parquet"
        first = pl.DataFrame(rows, schema=FIELDS)
        first.write_parquet(here)
        for form in order:
            there = Path(folder) / f"cables.{form}"
            assert converted(here, form, there).records == len(rows)
            assert read(there).equals(first), form
            here = there


@pytest.mark.parametrize("form", FORMS)
def test_pages_of_all_kinds_become_a_table(form: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "07BERN1.txt").write_bytes(page(record(1)))
    (tmp_path / "in" / "07BERN2.html").write_bytes(release_page(record(2)))
    there = tmp_path / f"cables.{form}"
    counted = converted(tmp_path / "in", form, there)
    assert (counted.records, counted.unreadable) == (2, 0)
    found = read(there)
    assert found.equals(read(tmp_path / "in"))
    assert found["identifier"].to_list() == ["07BERN1", "07BERN2"]
    assert found["body"].str.contains("quillfeather").all()


@pytest.mark.parametrize("form", FORMS)
def test_a_source_without_records_is_a_table_without_rows(form: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert converted(tmp_path / "in", form, tmp_path / "out") == Converted()


def test_json_lines_keep_fields_that_the_contract_does_not_have(tmp_path: Path) -> None:
    own = record(1, shelfmark={"box": 7, "note": 'of "paper"'}, rank=None)
    (tmp_path / "a.jsonl").write_text(json_lines([own, record(2)]), encoding="utf-8")
    assert converted(tmp_path / "a.jsonl", "jsonl", tmp_path / "b.jsonl").unknown == 1
    first, second = map(json.loads, (tmp_path / "b.jsonl").read_text().splitlines())
    assert {n: v for n, v in first.items() if v is not None} == {
        n: v for n, v in own.items() if v is not None
    }
    assert second.keys() == set(FIELDS)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_source_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json_lines(records(9)), encoding="utf-8")
    one, other = (b"".join(parts(tmp_path / "a.jsonl", form, Converted())) for _ in range(2))
    assert one == other


CELLS = st.sampled_from(['""', '"[]"', '"[1]"', '"[""a"",]"', '"[""\\ud800""]"', "[a", '"[""a""]"'])


@settings(max_examples=40, deadline=None)
@given(CELLS, st.sampled_from(["", "true", "maybe"]), st.sampled_from(["", "subject", "x  body"]))
def test_a_table_like_ours_from_elsewhere_is_read_whatever_its_cells(
    cell: str, flag: str, named: str
) -> None:
    values = dict.fromkeys(FIELDS, "") | {"identifier": "07BERN1", "tags": cell, "redacted": flag}
    text = ",".join([*FIELDS, "empty"]) + "\n" + ",".join([*values.values(), named]) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cables.csv"
        file.write_text(text)
        (found,) = [r.frame() for _, _, r in readings(file) if len(r.frame())]
    wrong = set(found["wrong"].item())
    assert ("redacted" in wrong) is (flag == "maybe")
    assert ("tags" in wrong) is (cell not in ('""', '"[]"', '"[""a""]"'))


def test_the_command_writes_a_file_and_says_what_is_not_in_it(call: Call, tmp_path: Path) -> None:
    build(tmp_path / "a")
    ended = call("cableproof", "convert", "a", "out.csv")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "wrote out.csv: 10 records",
        "left out: 2 inputs that cannot be read",
        "left out: fields of 1 record that are not in the contract; jsonl keeps them",
        "left out: values of 1 record that are of another type than the contract's",
    ]
    assert len(read(tmp_path / "out.csv")) == 10


def test_to_standard_output_a_form_must_be_said(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json_lines(records(2)), encoding="utf-8")
    assert call("cableproof", "convert", "a.jsonl", "-").status == 2
    ended = call("cableproof", "convert", "a.jsonl", "-", "--format", "jsonl", "-q")
    assert (ended.status, ended.err) == (0, "")
    assert [json.loads(line)["identifier"] for line in ended.out.splitlines()] == [
        "07BERN1",
        "07BERN2",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere", "out.csv"], "no such file or folder"),
        (["a", "out.xlsx"], "jsonl, csv, parquet"),
        (["a", "a/out.csv"], "in the source"),
        (["a/cables.jsonl", "a/cables.jsonl"], "in the source"),
    ],
)
def test_a_wrong_call_changes_nothing(
    words: list[str], told: str, call: Call, tmp_path: Path
) -> None:
    build(tmp_path / "a")
    before = sorted(tmp_path.rglob("*"))
    ended = call("cableproof", "convert", *words)
    assert ended.status == 2
    assert told in " ".join(ended.err.split())
    assert sorted(tmp_path.rglob("*")) == before


def test_the_command_knows_the_forms_that_there_are() -> None:
    assert list(TableFormat) == list(FORMS)


def test_a_reader_who_leaves_is_told_nothing_of_what_he_did_not_take(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json_lines(records(5000)), encoding="utf-8")
    program = "from cableproof.cli import main; main()"
    words = [sys.executable, "-c", program, "convert", "a.jsonl", "-", "--format", "jsonl"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=tmp_path, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
