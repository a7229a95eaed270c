"""A run as a W3C PROV document in PROV-JSON: sources, rules, tool, run and report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prov.model import ProvDocument

#: The words that PROV does not have; each stands in docs/provenance.md.
WORDS = "urn:cableproof:prov:1:"
#: What the names of one run begin with, the digest of its report after it.
RUN = "urn:cableproof:run:"
_SOURCE = ("path", "role", "digest", "files", "bytes", "records", "unreadable", "skipped")
_BOOKS = (
    *("files", "skipped", "inputs", "records", "clean", "flagged", "valid", "invalid"),
    "unreadable",
)


def lines(made: Mapping[str, Any]) -> Iterator[str]:
    """Yield the document of a run as JSON text, from its receipt: no clock, so that it has no times."""
    records = json.loads(document(made).serialize(format="json") or "")
    yield json.dumps(records, indent=1, sort_keys=True) + "\n"


def document(made: Mapping[str, Any]) -> ProvDocument:
    """Return the PROV document of the run that a receipt tells of.

    Names are made of the digest of the report: the same run has the same names anywhere.
    """
    from prov.model import ProvDocument

    prov = ProvDocument()
    prov.add_namespace("cableproof", WORDS)
    prov.add_namespace("run", RUN + made["report"]["digest"].removeprefix("sha256:") + ":")
    run = prov.activity("run:run", None, None, _said(f"cableproof {made['command']}"))
    tool = prov.agent(
        "run:tool", _said("cableproof", "SoftwareAgent", version=made["tool"]["version"])
    )
    rules = prov.entity("run:rules", _said("rules", "Plan", digest=made["tool"]["rules"]))
    settings = prov.entity("run:settings", _said("settings", digest=made["tool"]["settings"]))
    report = prov.entity("run:report", _said("report", **made["report"], **_counts(made)))
    prov.wasAssociatedWith(run, tool, rules)
    prov.used(run, settings)
    for number, source in enumerate(made["sources"], 1):
        own = {name: source[name] for name in _SOURCE if source[name] is not None}
        entity = prov.entity(f"run:source-{number}", _said(source["name"], **own))
        prov.used(run, entity)
        prov.wasDerivedFrom(report, entity, run)
    prov.wasGeneratedBy(report, run)
    prov.wasAttributedTo(report, tool)
    return prov


def _counts(made: Mapping[str, Any]) -> dict[str, int]:
    """Return the counts of a run, the findings of each severity among them."""
    summary = made["summary"]
    return {**{name: summary[name] for name in _BOOKS}, **summary["findings"]}


def _said(label: str, kind: str = "", /, **said: Any) -> dict[str, Any]:
    """Return attributes: a label, a type of PROV, and what is said in words of our own."""
    from prov.constants import PROV

    own = {f"cableproof:{name}": value for name, value in said.items()}
    return {"prov:label": label} | ({"prov:type": PROV[kind]} if kind else {}) | own
