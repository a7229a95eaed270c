"""Invented records, and every kind of file in which they are passed on."""

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from cableproof.sources.batches import COLUMNS, FIELDS, Reading
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.sources.places import At, Trouble
from cableproof.sources.reading import read_data
from cableproof.sources.recognise import Recognised, recognise

Record = dict[str, Any]

#: A word that stands in every text below, and may stand in no finding.
CANARY = "quillfeather"
NOTICE = (
    "This record is a partial extract of the original cable. "
    "The full text of the original cable is not available."
)
HEADER = "VZCZCXYZ0001\nRR RUEHC\nDE RUEHSW #0001 0021030\nR 021030Z JAN 07\nFM AMEMBASSY BERN"
PLACE = ("start", "end", "line", "row", "field_lines")


def record(number: int = 1, **changes: Any) -> Record:
    """Return a record that every kind of file can hold."""
    body = (
        f"UNCLAS BERN {number:06d} \n \nE.O. 12958: N/A \nTAGS: ELTN, SZ \n"
        f"SUBJECT: TRAM {number} AND ITS BENCHES \n \n"
        f"1. (U) The {CANARY} tram has {number + 3} benches & a lamp. \n \n"
        "2. (U) Nothing else was seen. \n \nNOBODY \nNNNN"
    )
    made = {
        "identifier": f"07BERN{number}",
        "origin": "Embassy Bern",
        "created": "2007-01-02 10:30:00",
        "classification": "UNCLASSIFIED",
        "tags": ["ELTN", "SZ"],
        "subject": f"TRAM {number} AND ITS BENCHES",
        "references": ["06BERN9", "06BERN10"],
        "header": "",
        "body": body,
    }
    return made | changes


def records(count: int) -> list[Record]:
    return [record(number) for number in range(1, count + 1)]


def labels(record: Record) -> dict[str, str]:
    """Return what a page prints above the text."""
    return {
        "Identifier": record["identifier"],
        "Wikileaks": f"View {record['identifier']} at Wikileaks.org",
        "Origin": record["origin"],
        "Created": record["created"],
        "Classification": record["classification"],
        "Tags": " ".join(record["tags"]),
        "Redacted": record.get("redaction_statement", "This cable was not redacted by Wikileaks."),
    }


FOOT = "Latest source of this page is cablebrowser-2, released 2011-10-04"
DISCLAIMER = "Disclaimer: This page was put up by a tram."


def page(record: Record, notice: bool = True) -> bytes:
    """Return a cablebrowser page as text."""
    said = [f"{name}: {value}" for name, value in labels(record).items()]
    said += [NOTICE] if notice else []
    text = "\n".join(part for part in (record["header"], record["body"]) if part)
    head = [f"US embassy cable - {record['identifier']}", "", DISCLAIMER, ""]
    return "\n".join([*head, record["subject"], "", *said, "", text, "", FOOT]).encode()


def pages(records: Iterable[Record]) -> bytes:
    return b"\n".join(page(each) for each in records)


def in_pre(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def with_br(text: str) -> str:
    return "<p>" + escape(text).replace("\n", "<br>\n") + "</p>"


def as_dl(said: Mapping[str, str]) -> str:
    pairs = (f"<dt>{name}:</dt> <dd>{escape(value)}</dd>" for name, value in said.items())
    return "<dl>\n" + "\n".join(pairs) + "\n</dl>"


def as_table(said: Mapping[str, str]) -> str:
    rows = (f"<tr><th>{name}</th>\n<td>{escape(value)}</td></tr>" for name, value in said.items())
    return "<table>" + "".join(rows) + "</table>"


def as_cells(said: Mapping[str, str]) -> str:
    rows = (f"<tr><td>{name}:</td><td><p>{escape(v)}</p></td></tr>" for name, v in said.items())
    return "<table><tbody>" + "\n".join(rows) + "</tbody></table>"


def as_paragraphs(said: Mapping[str, str]) -> str:
    return "".join(f"<p><b>{name}:</b> {escape(value)}</p>" for name, value in said.items())


def as_lines(said: Mapping[str, str]) -> str:
    return "<p>" + "<br/>".join(f"{name}: {escape(v)}" for name, v in said.items()) + "</p>"


Said = Callable[[Mapping[str, str]], str]


def html_page(
    record: Record,
    said: Said = as_dl,
    shown: Callable[[str], str] = in_pre,
    notice: bool = True,
    end: str = "</body></html>\n",
) -> bytes:
    """Return a cablebrowser page as HTML."""
    text = "\n".join(part for part in (record["header"], record["body"]) if part)
    return (
        "<!DOCTYPE html>\n<html><head><title>A cable</title></head>\n<body>"
        f"<h1>US embassy cable - {record['identifier']}</h1>\n<p>{DISCLAIMER}</p>\n"
        f"<h2>{escape(record['subject'])}</h2>\n{said(labels(record))}\n"
        f"{f'<p>{NOTICE}</p>' if notice else ''}\n{shown(text)}\n<footer>{FOOT}</footer>{end}"
    ).encode()


def html_pages(records: Iterable[Record]) -> bytes:
    return b"".join(html_page(each) for each in records)


def release_page(record: Record) -> bytes:
    """Return the page of a WikiLeaks release, which escapes nothing in its texts."""
    number = record["identifier"]
    table = "".join(f"<td><a href='/x'>{record[name]}</a></td>" for name in _IN_TABLE)
    header, body = (record[name].replace("\n", "&#x000A;") for name in ("header", "body"))
    return (
        "<?xml version='1.0' encoding='utf-8' ?>\n<html>\n<body><div>\n"
        f"<h3>Viewing cable {number}, {record['subject']}</h3>\n<table class='cable'>\n<tr>"
        "<th>Reference ID</th><th>Created</th><th>Classification</th><th>Origin</th></tr>\n"
        f"<tr>{table}</tr></table>\n<code><pre>{header}</pre></code>\n"
        f"<code><pre>{body}</pre></code>\n</div></body>\n</html>\n"
    ).encode()


_IN_TABLE = ("identifier", "created", "classification", "origin")


def release_pages(records: Iterable[Record]) -> bytes:
    return b"".join(release_page(each) for each in records)


def cables_row(record: Record, number: int = 1) -> bytes:
    """Return a row of `cables.csv`; texts and identifier as they are, the date its own."""
    refs = "|".join(record["references"])
    fields = [str(number), "1/2/2007 10:30", record["identifier"], record["origin"]]
    fields += [record["classification"], refs, record["header"], record["body"]]
    quoted = (field.replace("\\", "\\\\").replace('"', '\\"') for field in fields)
    return ",".join(f'"{field}"' for field in quoted).encode() + b"\n"


def cables_csv(records: Iterable[Record]) -> bytes:
    return b"".join(cables_row(each, number) for number, each in enumerate(records, 1))


def table(records: Iterable[Record], names: Sequence[str] = tuple(record())) -> bytes:
    """Return a CSV file with a header."""
    lines = [",".join(names)]
    for each in records:
        cells = {"tags": " ".join(each["tags"]), "references": "|".join(each["references"])}
        lines.append(",".join(_cell((each | cells)[name]) for name in names))
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(value: str) -> str:
    if any(sign in value for sign in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def json_lines(records: Iterable[Record]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


def json_array(records: Iterable[Record]) -> bytes:
    return json.dumps(list(records), indent=1, ensure_ascii=False).encode()


def json_object(records: Sequence[Record]) -> bytes:
    return json.dumps(records[0], indent=1, ensure_ascii=False).encode()


def parquet(records: Sequence[Record]) -> bytes:
    return arrow_parquet(pa.Table.from_pylist(list(records)))


def arrow_parquet(made: pa.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(made, sink, **options)
    return sink.getvalue()


#: Each kind of file with bytes and lines: what it is, and how records are written so.
KINDS: dict[str, tuple[Recognised, Callable[[list[Record]], bytes]]] = {
    "text page": (Recognised("cablebrowser-page"), pages),
    "HTML page": (Recognised("cablebrowser-page", is_html=True), html_pages),
    "release page": (Recognised("wikileaks-page", is_html=True), release_pages),
    "cables.csv": (Recognised("cables-csv"), cables_csv),
    "table": (Recognised("csv-table"), table),
    "JSON lines": (Recognised("json-lines"), json_lines),
    "JSON array": (Recognised("json"), json_array),
    "JSON object": (Recognised("json"), json_object),
}


def read(
    data: bytes, path: str = "here", limits: Limits = DEFAULT, what: Recognised | None = None
) -> list[Reading]:
    """Return the readings of a file, of the kind that it shows or of a given one."""
    return list(read_data(data, what or recognise(data, path, whole=True), At(path), limits))


def frame(readings: Iterable[Reading]) -> pl.DataFrame:
    """Return all records of some readings."""
    return pl.concat([pl.DataFrame(schema=COLUMNS), *(each.frame() for each in readings)])


def rows(data: bytes, path: str = "here") -> list[dict[str, Any]]:
    """Return the records of a file, each without its place."""
    return frame(read(data, path)).drop(PLACE).to_dicts()


def fields(data: bytes, path: str = "here") -> list[Record]:
    """Return the fields of the records of a file that the contract knows."""
    return frame(read(data, path)).select(list(FIELDS)).to_dicts()


def troubles(readings: Iterable[Reading]) -> list[Trouble]:
    return [trouble for each in readings for trouble in each.troubles]
