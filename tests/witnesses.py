"""Small invented sources for tests of collation, and what is found between them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cableproof.comparing import compare
from cableproof.comparison import Comparison
from cableproof.source import Source
from cableproof.validators.collation.collate import Discrepancy
from tests.samples import Record, record

TEXT = (
    "UNCLAS BERN 000001 \n \nE.O. 12958: N/A \nTAGS: ELTN, SZ \nSUBJECT: TRAMS \n \n"
    "1. (U) Summary: the town has more trams than benches, and its council knows it. \n \n"
    "2. (U) The keeper of the lamps told the clerk that the third bench would be painted green "
    "before the harvest, and that nobody would sit on it until the paint was dry. \n \n"
    "3. (U) Comment: the paint has been drying for two summers. End comment. \n \nNOBODY \nNNNN"
)


def with_text(text: str, number: int = 1, **changes: Any) -> Record:
    """Return a record with that body."""
    return record(number, body=text, **changes)


def source(folder: Path, name: str, records: Iterable[Mapping[str, Any]]) -> Source:
    """Write records as a file of JSON lines, and return it as a source of that name."""
    file = folder / f"{name}.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return Source(name, file)


def compared(folder: Path, **sources: Iterable[Mapping[str, Any]]) -> Comparison:
    """Return the comparison of sources; one that is called ``reference`` is it."""
    made = [source(folder, name, records) for name, records in sources.items()]
    return compare(made, reference="reference" if "reference" in sources else None)


def found(report: Comparison) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return kind, identifier and fields of each discrepancy."""
    return [(each.kind, each.identifier, each.fields) for each in report.discrepancies]


def only(report: Comparison) -> Discrepancy:
    """Return the one discrepancy that there is."""
    (each,) = report.discrepancies
    return each


def release(folder: Path, name: str, pages: Mapping[str, Record], counter: int) -> Source:
    """Write a release tree whose pages state how many cables were out."""
    for identifier, each in pages.items():
        file = folder / name / "cable" / "2007" / "01" / f"{identifier}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(release_page(each, counter), encoding="utf-8")
    return Source(name, folder / name)


def release_page(record: Record, counter: int) -> str:
    return (
        f"<html><body><p>Currently released so far... {counter} / 251,287</p>"
        f"<h3>Viewing cable {record['identifier']}, {record['subject']}</h3>"
        "<table class='cable'><tr><th>Reference ID</th><th>Created</th><th>Released</th>"
        "<th>Classification</th><th>Origin</th></tr>"
        f"<tr><td>{record['identifier']}</td><td>2007-01-02 10:10</td><td>2010-11-30 10:10</td>"
        f"<td>UNCLASSIFIED</td><td>Embassy Bern</td></tr></table>"
        f"<pre></pre><pre>{record['body']}</pre></body></html>"
    )
