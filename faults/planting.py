"""Archives with planted faults: where a fault can be planted, and which lines are then its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import orjson
from kinds import Fault, Innocent, Record

#: Partners that are tried before a record counts as one in which nothing can be planted.
_PARTNERS = 12


@dataclass(frozen=True)
class Planted:
    """An archive with faults: its records, and which of them belong to one fault."""

    records: list[Record]
    groups: list[tuple[list[int], str]]  #: numbers of records, and the identifier before


def write(planted: Planted, file: Path) -> Path:
    """Write the records as lines of JSON."""
    file.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in planted.records))
    return file


def plant(change: Fault | Innocent, records: Sequence[Record], free: set[str]) -> Planted:
    """Return the archive with the change wherever it can be made in a free record."""
    if isinstance(change, Fault) and change.exchange:
        return _exchanged(change, records, free)
    taken = {record["identifier"] for record in records}
    sparse = isinstance(change, Fault) and change.sparse
    out: list[Record] = []
    groups = []
    for number, record in enumerate(records):
        identifier = record["identifier"]
        open_to_it = identifier in free and not (sparse and number % 2)
        rows = _rows(change, record) if open_to_it else []
        names = {row.get("identifier", identifier) for row in rows} - {identifier}
        if not rows or taken & names:
            out.append(record)
            continue
        taken |= names
        groups.append((list(range(len(out), len(out) + len(rows))), identifier))
        out.extend(rows)
    return Planted(out, groups)


def _rows(change: Fault | Innocent, record: Record) -> list[Record]:
    """Return the changed record and what records it takes; none if the change cannot be made."""
    assert change.record is not None
    result = change.record(record, Random(f"{change.name} {record['identifier']}"))
    if result is None:
        return []
    return result if isinstance(result, list) else [result]


def _exchanged(fault: Fault, records: Sequence[Record], free: set[str]) -> Planted:
    """Return the archive with the fault in every other free record, each with a partner."""
    whole = [record for record in records if record["identifier"] in free]
    partners = whole[1::2]
    Random(fault.name).shuffle(partners)
    out: list[Record] = []
    groups, replaced = [], set()
    for record in whole[::2]:
        rows = _with_partner(fault, record, partners)
        if rows:
            replaced |= {record["identifier"]} | {row.get("identifier") for row in rows}
            groups.append((list(range(len(out), len(out) + len(rows))), record["identifier"]))
            out.extend(rows)
    rest = [record for record in records if record["identifier"] not in replaced]
    return Planted(out + rest, groups)


def _with_partner(fault: Fault, record: Record, partners: list[Record]) -> list[Record]:
    """Return the changed record, made with a partner that is then used up; none if none fits."""
    assert fault.exchange is not None
    rng = Random(f"{fault.name} {record['identifier']}")
    for partner in partners[:_PARTNERS]:
        result = fault.exchange(record, partner, rng)
        if result is not None:
            partners.remove(partner)
            return result if isinstance(result, list) else [result]
    return []
