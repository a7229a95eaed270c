"""Each reader gives the values as they were written, whatever the layout or dialect."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cableproof
from cableproof.sources.json_text import read_object
from cableproof.sources.recognise import Recognised
from tests import samples
from tests.samples import KINDS, NOTICE, Record, Said, fields, frame, html_page, page, read, record

DATA = Path(__file__).parents[1].parent / "shared" / "data"
VALUES = settings(derandomize=True, deadline=None, max_examples=60)
LAYOUTS = (
    samples.as_dl,
    samples.as_table,
    samples.as_cells,
    samples.as_paragraphs,
    samples.as_lines,
)
WRITERS: dict[str, Callable[[list[Record]], bytes]] = {
    "cables.csv": samples.cables_csv,
    "table": samples.table,
    "JSON lines": samples.json_lines,
    "JSON array": samples.json_array,
    "Parquet": samples.parquet,
}
PASTED = samples.cables_row(record(7), 7).decode()
ODD = [
    "NA",
    "null",
    "nan",
    "NULL",
    "NO",
    "007",
    "09E12",
    "1e999",
    "2007-01-02",
    "one\r\ntwo\rthree\nfour",
    'he said "tram" and ""bench""',
    "a\\b\\\\c\\",
    "\\\n",
    "trailing \\\r\n",
    "\u00b61. (U) Z\u00fcrich \u4e2d\u6587 \U0001f68b",
    "\u2028 \x85 \x0b \x0c \x1b",
    PASTED,
    "before\n" + PASTED + "after",
    samples.json_lines([record(7)]).decode(),
    "=1+1",
    " \t blanks \t ",
    ";a|b,c'd",
    "&amp; &#27; <b>",
    "\ufeffmarked",
    "tram " * 1000,
]
each_writer = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


def only(data: bytes, path: str = "here") -> Record:
    """Return the fields of the only record of a file."""
    (made,) = fields(data, path)
    return made


@each_writer
@pytest.mark.parametrize("value", ODD)
def test_a_value_stays_as_it_was_written(
    write: Callable[[list[Record]], bytes], value: str
) -> None:
    made = record(origin=value, classification=value, header=value, body=value)
    for each in fields(write([made, record(2), made])):
        expected = record(2) if each["identifier"] == "07BERN2" else made
        for name in ("origin", "classification", "header", "body"):
            assert each[name] == expected[name]


@each_writer
@VALUES
@given(header=any_text, body=any_text, origin=any_text.filter(bool))
def test_any_text_stays_as_it_was_written(
    write: Callable[[list[Record]], bytes], header: str, body: str, origin: str
) -> None:
    made = only(write([record(header=header, body=body, origin=origin)]))
    assert (made["header"], made["body"], made["origin"]) == (header, body, origin)


@each_writer
def test_an_identifier_is_text_though_it_looks_like_a_number(
    write: Callable[[list[Record]], bytes],
) -> None:
    names = ["0512", "09E12", "007", "1_0", "+1"]
    made = fields(write([record(identifier=name) for name in names]))
    assert [each["identifier"] for each in made] == names


@each_writer
def test_lists_keep_their_order_and_repetitions(write: Callable[[list[Record]], bytes]) -> None:
    refs = ["09BERN2", "06BERN1", "09BERN2"]
    assert only(write([record(references=refs)]))["references"] == refs


def test_an_empty_cell_of_a_table_is_absent_but_an_empty_text_is_a_text() -> None:
    made = only(b'identifier,origin,subject,body,tags\n07BERN1,,"",,\n')
    assert (made["origin"], made["subject"], made["body"], made["tags"]) == (None, None, "", [])


def test_columns_of_a_table_that_the_contract_does_not_know_are_kept_as_they_are() -> None:
    names = ["row", "start", "end", "line", "other", "unknown", "wrong", "path", "digest", "tram"]
    data = f"{','.join(names)},identifier\n{','.join(names)},07BERN1\n".encode()
    (made,) = frame(read(data)).to_dicts()
    assert json.loads(made["other"]) == dict(zip(names, names, strict=True))
    assert made["unknown"] == names
    assert (made["start"], made["line"], made["row"]) == (data.index(b"\n") + 1, 2, None)


@pytest.mark.parametrize("value", ["true", "false", "True", "1", "0", "", "maybe", "NA"])
def test_a_flag_in_a_table_is_read_or_named_as_wrong(value: str) -> None:
    (made,) = frame(read(f"identifier,redacted\n07BERN1,{value}\n".encode())).to_dicts()
    said = {"true": True, "True": True, "1": True, "false": False, "0": False}
    assert made["redacted"] is said.get(value)
    assert made["wrong"] == (["redacted"] if value in ("maybe", "NA") else [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_may_end_its_lines_in_any_way(end: str) -> None:
    lines = ["identifier,body", "07BERN1,a", '07BERN2,"b\nc"', "", "07BERN3,d"]
    made = fields(end.join(lines).encode())
    assert [(each["identifier"], each["body"]) for each in made] == [
        ("07BERN1", "a"),
        ("07BERN2", "b\nc"),
        ("07BERN3", "d"),
    ]


def test_a_line_of_a_text_that_looks_like_a_row_is_none_even_after_damage() -> None:
    body = "UNCLAS\ntrams, benches\n07 trams, benches\n"
    data = samples.table([record(n, body=body) for n in (1, 2, 3)], ["identifier", "body"])
    made = fields(data.replace(b'07BERN2,"UNCLAS', b'07BERN2,""UNCLAS'))
    assert [each["identifier"] for each in made] == ["07BERN1", "07BERN3"]


def test_a_record_pasted_into_a_body_is_no_record() -> None:
    pasted = record(body="before\n" + PASTED + "after")
    made = fields(samples.cables_csv([record(1), pasted, record(3)]))
    assert [each["body"] for each in made] == [record(1)["body"], pasted["body"], record(3)["body"]]


def test_a_text_page_gives_what_it_prints() -> None:
    made = only(page(record()))
    expected = record(references=None) | {
        "released": None,
        "redacted": False,
        "redaction_statement": "This cable was not redacted by Wikileaks.",
        "partial_extract": True,
        "source_release": "cablebrowser-2",
        "source_released": "2011-10-04",
        "link": "07BERN1",
    }
    assert made == expected


@pytest.mark.parametrize("said", LAYOUTS)
def test_a_page_as_html_gives_the_same_record_as_text(said: Said) -> None:
    assert only(html_page(record(), said)) == only(page(record()))


@pytest.mark.parametrize("said", LAYOUTS)
def test_a_body_with_br_differs_in_blanks_before_line_ends_only(said: Said) -> None:
    def trimmed(made: Record) -> Record:
        return made | {"body": [line.rstrip() for line in made["body"].split("\n")]}

    made = only(html_page(record(), said, samples.with_br))
    assert trimmed(made) == trimmed(only(page(record())))


@pytest.mark.parametrize("shown", [samples.in_pre, samples.with_br])
@pytest.mark.parametrize(
    "body", ["UNCLAS \u00a0a\u2028b\x85c\u3000d", "UNCLAS &amp; <b> &#27; \u00b6"]
)
def test_html_keeps_the_characters_that_it_does_not_fold(
    body: str, shown: Callable[[str], str]
) -> None:
    assert only(html_page(record(body=body), shown=shown))["body"] == body


def test_an_empty_value_of_a_page_does_not_take_the_next_label() -> None:
    for said in LAYOUTS:
        made = only(html_page(record(tags=[], classification=""), said))
        assert (made["tags"], made["classification"]) == ([], "")


@pytest.mark.parametrize("end", ["", "</body>", "</body></HTML >\n\n", "</html><!-- copied -->"])
def test_a_page_may_end_in_any_way(end: str) -> None:
    assert only(html_page(record(), end=end)) == only(page(record()))


def test_a_page_may_end_its_lines_in_any_way() -> None:
    crlf = only(page(record()).replace(b"\n", b"\r\n"))
    assert crlf | {"body": None} == only(page(record())) | {"body": None}
    assert crlf["body"] == record()["body"].replace("\n", "\r\n")


@pytest.mark.parametrize("write", [page, html_page])
def test_a_page_without_the_notice_is_no_extract(write: Callable[..., bytes]) -> None:
    made = only(write(record(), notice=False))
    assert (made["partial_extract"], made["body"]) == (False, record()["body"])


@pytest.mark.parametrize("write", [page, html_page])
def test_header_and_body_in_one_run_are_divided_by_their_grammar(
    write: Callable[..., bytes],
) -> None:
    made = only(write(record(header=samples.HEADER), notice=False))
    assert (made["header"], made["body"]) == (samples.HEADER, record()["body"])


STATEMENTS = [
    ("This cable was not redacted by Wikileaks.", False),
    ("This cable was not  redacted by WikiLeaks", False),
    ("This cable was redacted by Wikileaks.", True),
    ("Parts of this cable were modified.", None),
]


@pytest.mark.parametrize("write", [page, html_page])
@pytest.mark.parametrize(("statement", "redacted"), STATEMENTS)
def test_a_redaction_statement_is_understood_or_kept(
    write: Callable[..., bytes], statement: str, redacted: bool | None
) -> None:
    made = only(write(record(redaction_statement=statement)))
    assert made["redacted"] is redacted
    assert " ".join(made["redaction_statement"].split()) == " ".join(statement.split())


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8"])
def test_a_page_is_read_in_the_encoding_that_it_declares(charset: str) -> None:
    text = html_page(record(origin="Z\u00fcrich")).decode()
    text = text.replace("<head>", f'<head><meta charset="{charset}">')
    (reading,) = read(text.encode(charset))
    assert (reading.frame()["origin"].item(), reading.troubles) == ("Z\u00fcrich", ())


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "hex", "idna", "unicode_escape", "rot13"])
def test_an_encoding_that_a_page_cannot_be_in_is_not_believed(charset: str) -> None:
    text = html_page(record(origin="Z\u00fcrich")).decode()
    declared = text.replace("<head>", f'<head><meta charset="{charset}">')
    assert only(declared.encode()) == only(text.encode())


def test_a_page_never_takes_in_the_next_one() -> None:
    first, second = page(record(1)), page(record(2))
    cut = first[: first.index(b"2. (U)")] + b"\n"
    headless = second[second.index(b"Disclaimer") :]
    assert [made["identifier"] for made in fields(cut + second)] == ["07BERN2"]
    assert [made["body"] for made in fields(first + b"\n" + headless)] == [
        record(1)["body"],
        record(2)["body"],
    ]


def test_a_body_may_quote_the_head_of_a_page() -> None:
    body = "UNCLAS\nUS embassy cable - 07BERN2\n\nend"
    assert only(page(record(body=body)))["body"] == body


def test_a_release_page_gives_what_it_shows() -> None:
    body = "UNCLAS & <b> \u00b6 x < y\nTAGS: ELTN \nend"
    made = only(samples.release_page(record(header=samples.HEADER, body=body)))
    assert (made["header"], made["body"]) == (samples.HEADER, body)
    assert (made["identifier"], made["subject"]) == ("07BERN1", record()["subject"])
    assert made["partial_extract"] is False


def test_a_release_page_with_the_notice_for_a_header_is_an_extract() -> None:
    assert only(samples.release_page(record(header=NOTICE)))["partial_extract"] is True


@pytest.mark.parametrize("wraps", [b'{"x": %s}', b"[%s]", b'"%s"', b"%s"])
def test_json_is_an_object_or_damage(wraps: bytes) -> None:
    data = wraps.replace(b"%s", b"1")
    made = samples.read(data + b"\n", what=KINDS["JSON lines"][0])
    assert bool(samples.troubles(made)) == (not data.startswith(b"{"))


def test_a_key_given_twice_is_named_at_any_depth_and_the_last_value_kept() -> None:
    assert read_object(b'{"a": 1, "a": 2}') == ({"a": 2}, ("a",))


def test_json_objects_of_a_document_may_differ_in_their_keys_and_nest() -> None:
    data = b'[{"identifier": "07BERN1", "tram": {"identifier": "x", "a": [{}]}},\n{"origin": "y"}]'
    made = fields(data)
    assert [(each["identifier"], each["origin"]) for each in made] == [
        ("07BERN1", None),
        (None, "y"),
    ]


def arrow(**columns: pa.Array) -> list[dict[str, Any]]:
    """Return the records of a Parquet file with such columns, with what was noticed."""
    made = {"identifier": pa.array(["07BERN1", "07BERN2"])} | columns
    return frame(read(samples.arrow_parquet(pa.table(made)))).to_dicts()


MOMENT = datetime(2007, 1, 2, 10, 30)
TIMES = [
    pa.array([MOMENT, None], pa.timestamp("us")),
    pa.array([MOMENT, None], pa.timestamp("ms")),
    pa.array([MOMENT.replace(tzinfo=UTC), None], pa.timestamp("us", "UTC")),
    pa.array([MOMENT.replace(tzinfo=UTC), None], pa.timestamp("us", "Asia/Almaty")),
    pa.array(["2007-01-02 10:30:00", None]).dictionary_encode(),
    pa.array([b"2007-01-02 10:30:00", None]),
    pa.array(["2007-01-02 10:30:00", None], pa.large_string()),
]


@pytest.mark.parametrize("created", TIMES, ids=[str(each.type) for each in TIMES])
def test_a_time_of_a_parquet_file_is_text_in_utc(created: pa.Array) -> None:
    made = arrow(created=created)
    assert [each["created"] for each in made] == ["2007-01-02 10:30:00", None]
    assert [each["wrong"] for each in made] == [None, None]


def test_a_day_of_a_parquet_file_is_text() -> None:
    made = arrow(source_released=pa.array([date(2011, 10, 4), None]))
    assert [each["source_released"] for each in made] == ["2011-10-04", None]


WRONG = {
    "origin": pa.array([7, None]),
    "body": pa.array([["a"], None]),
    "tags": pa.array(["ELTN", None]),
    "references": pa.array([["06BERN1", None], ["06BERN2"]]),
    "redacted": pa.array(["true", None]),
    "subject": pa.array([{"a": 1}, None]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_type_in_a_parquet_file_is_named_and_the_record_kept(name: str) -> None:
    first, second = arrow(**{name: WRONG[name]})
    assert (first[name], first["wrong"]) == (None, [name])
    assert not second["wrong"]


def test_columns_of_a_parquet_file_that_the_contract_does_not_know_are_kept() -> None:
    odd = {
        "tram": pa.array([7, None]),
        "start": pa.array(["x", None]),
        "day": pa.array([date(2011, 10, 4), None]),
        "raw": pa.array([b"\xe9", None]),
        "nest": pa.array([{"a": [b"\xff"]}, None]),
    }
    first, second = arrow(**odd)
    assert (first["unknown"], second["unknown"]) == (list(odd), None)
    assert json.loads(first["other"])["tram"] == 7
    assert (first["start"], first["row"]) == (None, 0)


def test_bytes_of_a_parquet_file_that_are_no_utf8_are_guessed_and_said() -> None:
    made = samples.arrow_parquet(
        pa.table({"identifier": ["07BERN1"], "body": pa.array([b"caf\xe9"])})
    )
    readings = read(made)
    assert frame(readings)["body"].to_list() == ["caf\u00e9"]
    assert [each.code for each in samples.troubles(readings)] == ["SRC005"]


def test_a_row_of_a_parquet_file_that_holds_a_nul_is_lost_alone() -> None:
    readings = read(samples.parquet([record(1), record(2, body="a\0b"), record(3)]))
    assert frame(readings)["row"].to_list() == [0, 2]
    assert [each.code for each in samples.troubles(readings)] == ["SRC003"]


@VALUES
@given(bit=st.integers(0, 8 * 4000))
def test_a_parquet_file_with_a_flipped_bit_never_ends_the_run(bit: int) -> None:
    data = bytearray(samples.parquet(samples.records(20)))
    data[4 + bit // 8 % (len(data) - 4)] ^= 1 << bit % 8
    read(bytes(data), what=Recognised("parquet"))


def test_real_pages_give_whole_records_and_nothing_is_lost() -> None:
    if not DATA.is_dir():
        pytest.skip("no real pages beside this checkout")
    files = [file for file in sorted(DATA.rglob("*")) if file.is_file()]
    for file in files:
        made = only(file.read_bytes(), f"cable/2010/01/{file.name}")
        assert made["identifier"] == file.stem
        assert all(made[name] for name in ("origin", "created", "classification", "body"))


def test_the_frame_of_a_source_places_each_record_at_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(samples.json_lines(samples.records(3)) + b"{\n")
    made = cableproof.read(tmp_path)
    assert made["identifier"].tolist() == ["07BERN1", "07BERN2", "07BERN3"]
    assert made["line"].tolist() == [1, 2, 3]
    assert made.attrs["unreadable"] == 1


def test_a_table_keeps_an_invisible_mark_at_the_beginning_of_a_value() -> None:
    made = fields("identifier,body\n\ufeff07BERN1,x\n".encode())
    assert made[0]["identifier"] == "\ufeff07BERN1"


def test_a_text_page_says_on_which_line_each_field_stands() -> None:
    data = page(record(1))
    lines = data.decode().split("\n")
    found = dict(part.split("=") for part in frame(read(data))["field_lines"][0].split())
    assert lines[int(found["tags"]) - 1].startswith("Tags:")
    assert lines[int(found["created"]) - 1].startswith("Created:")


def test_a_release_page_says_on_which_line_each_field_stands() -> None:
    data = samples.release_page(record(1))
    lines = data.decode().split("\n")
    found = dict(part.split("=") for part in frame(read(data))["field_lines"][0].split())
    near = "".join(lines[int(found["created"]) - 1 : int(found["created"]) + 1])
    assert str(record(1)["created"]) in near
    assert "<pre>" in lines[int(found["body"]) - 1]
