"""The cables that ``inspect`` shows: each record with the evidence on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cableproof.errors import NoSuchCable
from cableproof.reading import readings
from cableproof.sources.batches import FIELDS
from cableproof.sources.identifiers import canonical
from cableproof.validators.evidence import measured


def found(path: Path, identifier: str | None) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each record of that identifier, or the first of all, with its evidence.

    Raises:
        NoSuchCable: there is none.

    """
    wanted = None if identifier is None else {identifier, canonical(identifier)}
    any_found = False
    for _, _, reading in readings(path):
        records = reading.frame()
        if not len(records):
            continue
        evidence = measured(records)
        if wanted is not None:
            mine = evidence["identifier"].is_in(list(wanted)) | evidence["canonical"].is_in(
                list(wanted)
            )
            records, evidence = records.filter(mine), evidence.filter(mine)
        rows = zip(records.select(*FIELDS).to_dicts(), evidence.to_dicts(), strict=True)
        for record, attested in rows:
            any_found = True
            yield record, attested
            if wanted is None:
                return
    if not any_found:
        raise NoSuchCable(identifier or "any")
