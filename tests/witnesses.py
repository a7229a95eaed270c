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
