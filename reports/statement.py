"""An unsigned in-toto statement over the bytes of a manifest, to be signed by whoever vouches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cableproof.books import SourceBooks

STATEMENT = "https://in-toto.io/Statement/v1"
#: Our own type of predicate, in docs/provenance.md.
PREDICATE = "urn:cableproof:predicate:manifest:1"


def statement(
    head: Mapping[str, Any], source: SourceBooks, form: str, digest: str
) -> dict[str, Any]:
    """Return the statement over a manifest, whose first line is ``head``.

    ``digest`` is the SHA-256 of the bytes of the manifest in hexadecimal digits. The subject
    bears the name of the source: a manifest that is printed does not know that of its file.
    """
    return {
        "_type": STATEMENT,
        "subject": [{"name": f"{source.name}.manifest", "digest": {"sha256": digest}}],
        "predicateType": PREDICATE,
        "predicate": {
            **head,
            "format": form,
            "source": {
                "name": source.name,
                "files": source.books.files,
                "bytes": source.bytes,
                "digest": source.digest or None,
            },
            "tool": {"name": "cableproof", "version": version("cableproof")},
        },
    }


def lines(made: Mapping[str, Any]) -> Iterator[str]:
    """Yield a statement as JSON text, all beyond ASCII escaped."""
    yield json.dumps(made, indent=1) + "\n"
