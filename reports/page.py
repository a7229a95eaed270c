"""A report as one HTML page that fetches nothing and is readable without its script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cableproof.escape import shown
from cableproof.reports import viewing, viewing_audit, viewing_validation

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

#: The template of each command's page; all are laid over ``base.html``.
_TEMPLATES = {"audit": "audit.html", "compare": "comparison.html", "validate": "validation.html"}
LONGEST = 400  # characters of one value on a page; where less is meant, the view cuts it


def lines(report: Outcome) -> Iterator[str]:
    """Yield the parts of the page: no clock, no address, and no words of a text."""
    style, script = _asset("style.css"), _asset("filter.js")
    yield from (
        environment()
        .get_template(_TEMPLATES[report.command])
        .generate(
            view=_view(report),
            style=Markup(style),
            script=Markup(script),
            policy=policy(style, script),
        )
    )


def _view(report: Outcome) -> dict[str, Any]:
    """Return what the page of a report shows."""
    if report.command == "validate":
        return viewing_validation.view(report)
    head, found = report.head(), list(report.found())
    audit = report.audit()
    if audit is not None:
        return viewing_audit.view(head, audit, list(report.from_where()), found)
    return viewing.view(head, report.comparison() or {}, list(report.told()), found)


def policy(style: str, script: str) -> str:
    """Return the content security policy: this one style and this one script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _asset(name: str) -> str:
    return (files("cableproof.reports") / "templates" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def environment() -> Environment:
    """Return what makes templates: every value that is not our own markup is made safe."""
    return Environment(
        loader=PackageLoader("cableproof.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_written,
    )


def _written(value: object) -> object:
    """Return a value as the page writes it; every text that is not our own markup is made safe.

    Every expression of every template passes here, so that none can be forgotten.
    """
    if isinstance(value, Markup):
        return value
    return f"{value:,}" if isinstance(value, int) else shown(value, LONGEST)
