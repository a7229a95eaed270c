"""A run as an RO-Crate: a folder with the report, its receipt, and what describes both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cableproof.errors import ReportNotWritten
from cableproof.reports import document, receipt
from cableproof.reports.writing import write_whole

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

    from cableproof.outcome import Outcome

VERSION = "1.1"  # of the specification, which the profile asks for
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
METADATA = "ro-crate-metadata.json"
REPORT, RECEIPT = "report.json", "receipt.json"
#: All that a crate of ours holds; a folder with anything else in it is left alone.
NAMES = (REPORT, RECEIPT, METADATA)
_RIGHTS = (
    "No licence is stated: whoever publishes this crate says under which one. It holds metadata, "
    "places and numbers, and no text of a cable."
)


def is_free(folder: Path) -> bool:
    """Tell whether a crate may be written to ``folder``: it is not there, empty, or one of ours."""
    if not folder.exists():
        return True
    return folder.is_dir() and {entry.name for entry in folder.iterdir()} <= set(NAMES)


def write_crate(report: Outcome, made: dict[str, Any], folder: Path, published: str) -> int:
    """Write the crate of a run, its description last, and return the number of bytes.

    ``made`` is the receipt of the report.

    Raises:
        ReportNotWritten: it cannot be made there, or the folder holds other files.

    """
    if not is_free(folder):
        raise ReportNotWritten(str(folder), "there are other files in it")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ReportNotWritten(str(folder), (error.strerror or "failed").lower()) from None
    text = "".join(receipt.lines(made))
    size = write_whole(folder / REPORT, document.lines(report))
    size += write_whole(folder / RECEIPT, [text])
    return size + write_whole(folder / METADATA, lines(made, text, published))


def lines(made: dict[str, Any], text: str, published: str) -> Iterator[str]:
    """Yield the metadata of a crate as JSON text, from a receipt and the receipt's own text."""
    crate = _crate(made, text, published)
    yield json.dumps(crate.metadata.generate(), indent=1, sort_keys=True) + "\n"


def _crate(made: dict[str, Any], text: str, published: str) -> ROCrate:
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version=VERSION)
    crate.metadata.extra_terms = {"sha256": "http://schema.org/sha256"}  # in the context since 1.2
    root = crate.root_dataset
    root["name"] = f"cableproof {made['command']}"
    root["description"] = _told(made)
    root["datePublished"] = published
    root["license"] = _context(crate, "#licence", "CreativeWork", "Licence", description=_RIGHTS)
    root["conformsTo"] = _context(
        crate, PROFILE, "CreativeWork", "Process Run Crate", version=PROFILE.rpartition("/")[2]
    )
    data = text.encode()
    files = [
        _file(crate, REPORT, "Report", made["report"]["bytes"], made["report"]["digest"]),
        _file(crate, RECEIPT, "Receipt", len(data), sha256(data).hexdigest()),
    ]
    root["mentions"] = _run(crate, made, files)
    return crate


def _told(made: dict[str, Any]) -> str:
    summary = made["summary"]
    found = ", ".join(f"{number:,} {severity}s" for severity, number in summary["findings"].items())
    return f"What cableproof {made['command']} found in {summary['records']:,} records: {found}."


def _run(crate: ROCrate, made: dict[str, Any], files: list[Any]) -> Any:
    tool = made["tool"]
    program = _context(
        *(crate, f"pkg:generic/cableproof@{tool['version']}", "SoftwareApplication", "cableproof"),
        softwareVersion=tool["version"],
    )
    used = [
        _context(crate, f"#{part}", "PropertyValue", part, value=tool[part])
        for part in ("rules", "settings")
    ]
    return _context(
        *(crate, "#run", "CreateAction", f"cableproof {made['command']}"),
        description="The sources were read and judged, and the report was made.",
        actionStatus="http://schema.org/CompletedActionStatus",
        instrument=program,
        object=[*_sources(crate, made["sources"]), *used],
        result=files,
    )


def _sources(crate: ROCrate, sources: Iterable[dict[str, Any]]) -> Iterator[Any]:
    """Yield the sources, which are no part of the crate: known by name, path and digest."""
    for number, source in enumerate(sources, 1):
        size = ", ".join(f"{part}: {source[part]:,}" for part in ("files", "bytes", "records"))
        yield _context(
            *(crate, f"#source-{number}", "CreativeWork", source["name"]),
            alternateName=source["path"],
            description=f"{source['role']}; {size}",
            identifier=source["digest"] or "not read",
        )


def _file(crate: ROCrate, name: str, title: str, size: int, digest: str) -> Any:
    about = {
        "name": title,
        "encodingFormat": "application/json",
        "contentSize": str(size),
        "sha256": digest.removeprefix("sha256:"),
    }
    return crate.add_file(dest_path=name, properties=about)


def _context(crate: ROCrate, at: str, kind: str, name: str, **said: Any) -> Any:
    """Return an entity of the crate that is no file of it."""
    from rocrate.model import ContextEntity

    entity = crate.add(ContextEntity(crate, at, {"@type": kind, "name": name}))
    for key, value in said.items():
        entity[key] = value
    return entity
