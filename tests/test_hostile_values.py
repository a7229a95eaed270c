"""No value that a report shows is anything but a value, in any format."""

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from junitparser import JUnitXml
from lxml import html
from markdown_it import MarkdownIt
from pyarrow import parquet

import cableproof
from cableproof.formats import CRATE, FORMATS, Format
from cableproof.outcome import Outcome
from cableproof.reports.document import lines
from cableproof.reports.receipt import receipt
from cableproof.reports.rows import Row
from cableproof.saved import saved
from tests.archives import json_lines
from tests.samples import record

VALUES = {
    "a formula": "=1+1",
    "a formula after a blank": " =1+1",
    "a plus": "+1",
    "a minus": "-1+1",
    "an at sign": "@SUM(1)",
    "a tab": "\t=1+1",
    "a line end": "a\r\n::error::planted\n\n# planted",
    "a full-width formula": "\uff1d1+1",
    "quotes and commas": "\"a\",'b';c",
    "a script": "<script>planted()</script>",
    "an image": '"><img src=x onerror=planted()>',
    "the end of a script": "</script><script>planted()",
    "the end of CDATA": "a]]>b<![CDATA[",
    "the end of a comment": "a-->b<!--",
    "an entity": "&lt;&#x41;&planted;",
    "an escape": "\x1b[31mred\x1b]8;;https://planted.example\x07",
    "a control of eight bits": "\x9b31mred",
    "NUL": "a\x00b",
    "other directions": "a\u202ebc\u2066d",
    "invisible": "a\u200bb\ufeffc\u00add",
    "no character": "a\ufffeb\uffff",
    "a surrogate": "a\ud800b",
    "a separator": "a\u2028b\u2029c",
    "a link": "[a](https://planted.example) https://planted.example www.planted.example",
    "a picture": "![a](https://planted.example)",
    "a table": "a | b |\n| --- | --- |",
    "code": "`a` ``` b",
    "a mention": "@planted #1",
    "percent": "100%0A::error::planted%25",
    "a template": "{{ planted }} {% planted %} ${{ planted }}",
    "Greek and Cyrillic": "Αθήνα Москва",
}
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
HOSTILE = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)


@cache
def documents() -> dict[str, str]:
    """Return the JSON of a report of each kind that has findings or discrepancies."""
    found = cableproof.validate(Path(__file__).parents[1] / "examples" / "damaged")
    return {"validate": "".join(lines(found))}


def with_value(value: str, room: Path, command: str) -> Outcome:
    """Return a saved report in which every free word is ``value``."""
    if command == "compare":
        (room / "a.jsonl").write_text(json_lines([record(), record(identifier="06BERN2")]))
        (room / "b.jsonl").write_text(json_lines([record(classification="SECRET")]))
        text = "".join(lines(cableproof.compare(room / "a.jsonl", room / "b.jsonl")))
    else:
        text = documents()[command]
    whole = json.loads(text)
    names = {source["name"]: value + str(n) for n, source in enumerate(whole["sources"])}
    for source in whole["sources"]:
        source |= {"name": names[source["name"]], "path": value}
    for each in whole["findings"]:
        each |= {"identifier": value, "message": value, "name": value, "fields": [value]}
        each |= {"source": names[each["source"]], "facts": {"said": value}}
        each["place"] |= {"path": value}
        each["accepted"] = {"reason": value, "who": value, "until": None}
    comparison = whole["comparison"]
    if comparison:
        for part in ("witnesses", "order"):
            comparison[part] = [names[name] for name in comparison[part]]
        for pair in comparison["pairs"]:
            pair |= {"a": names[pair["a"]], "b": names[pair["b"]]}
        for each in comparison["discrepancies"]:
            each |= {"identifier": value, "fields": [value], "base": names[each["base"]]}
            for part in ("cells", "values"):
                each[part] = {names[name]: said for name, said in each[part].items()}
            each["values"] = dict.fromkeys(each["values"], value)
            each["facts"] = {"how": value, "where": value}
    file = room / "report.json"
    file.write_text(json.dumps(whole))
    return saved(file)


def of(form: Format, report: Outcome) -> bytes:
    made = receipt(report) if form.of_receipt else {}
    parts = form.parts(report, made)
    return b"".join(part.encode() if isinstance(part, str) else part for part in parts)


def strings(value: object) -> list[str]:
    """Return all strings in a JSON value, keys among them."""
    if isinstance(value, dict):
        return [*map(str, value), *(s for each in value.values() for s in strings(each))]
    if isinstance(value, list):
        return [s for each in value for s in strings(each)]
    return [value] if isinstance(value, str) else []


def read_as_data(content: bytes, value: str) -> None:
    """A document of ours keeps values as they are; only its bytes are harmless."""
    assert strings(json.loads(content))


def read_as_shown(content: bytes, value: str) -> None:
    said = strings(json.loads(content))
    assert not any(map(UNSAFE.search, said))


def read_page(content: bytes, value: str) -> None:
    page = html.fromstring(content.decode())
    assert page.xpath("count(//script)") == 1
    assert not page.xpath(
        "//img|//iframe|//object|//*[@onerror]|//*[@src]|//a[contains(@href, ':')]"
    )
    assert not UNSAFE.search(str(page.xpath("string()")))


def read_markdown(content: bytes, value: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(content.decode())
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inner)}
    assert kinds.isdisjoint({"html_inline", "html_block", "link_open", "image", "fence"})
    assert kinds.isdisjoint({"code_block", "code_inline", "hr", "blockquote_open"})
    headings = [
        t.content
        for t, before in zip(tokens[1:], tokens, strict=False)
        if before.type == "heading_open"
    ]
    assert "planted" not in headings
    source = content.decode()
    assert "://" not in source
    assert "@" not in source


def read_cells(rows: list[list[str]]) -> None:
    assert rows
    for row in rows:
        assert len(row) == len(Row._fields)
        for cell in row:
            assert not cell.strip().startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))
            assert not UNSAFE.search(cell)


def read_csv(content: bytes, value: str) -> None:
    read_cells(list(csv.reader(io.StringIO(content.decode(), newline=""))))
    assert content.count(b"\n") == len(list(csv.reader(io.StringIO(content.decode()))))


def read_parquet(content: bytes, value: str) -> None:
    table = parquet.read_table(io.BytesIO(content)).to_pylist()
    read_cells([["" if cell is None else str(cell) for cell in row.values()] for row in table])


def read_xml(content: bytes, value: str) -> None:
    ElementTree.fromstring(content)
    names = [
        (case.classname, case.name) for suite in JUnitXml.fromstring(content) for case in suite
    ]
    assert len(set(names)) == len(names) > 50
    assert not UNSAFE.search(content.decode())


def read_commands(content: bytes, value: str) -> None:
    lines = content.decode().splitlines()
    assert all(
        re.fullmatch(r"::(error|warning|notice) [^\n]*?title=[^:,]*::.*", line) for line in lines
    )
    assert not any("::error::planted" in line.partition("::")[0] for line in lines)


READERS: dict[str, Callable[[bytes, str], None]] = {
    "json": read_as_data,
    "html": read_page,
    "markdown": read_markdown,
    "csv": read_csv,
    "parquet": read_parquet,
    "sarif": read_as_shown,
    "junit": read_xml,
    "github": read_commands,
    "github-summary": read_markdown,
    "gitlab": read_as_shown,
    "receipt": read_as_data,
    "prov": read_as_data,
}


def test_every_format_has_a_reader_of_another_maker_here() -> None:
    assert set(READERS) == set(FORMATS) - {CRATE}


@HOSTILE
@pytest.mark.parametrize("command", ["validate", "compare"])
def test_a_hostile_value_is_a_value_in_each_format(
    value: str, command: str, tmp_path: Path
) -> None:
    report = with_value(value, tmp_path, command)
    for name, read in READERS.items():
        form = FORMATS[name]
        if command in (form.commands or (command,)):
            content = of(form, report)
            if name != "parquet":
                assert not UNSAFE.search(content.decode()), name
            read(content, value)
