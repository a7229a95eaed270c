"""A report as a piece of HTML for notebooks: verdict, books, rules, and the gravest findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.reports.gravest import gravest
from cableproof.reports.grouped import by_rule
from cableproof.reports.markdown import verdict
from cableproof.reports.page import environment

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

_FINDINGS = 11  # one less where there are more, and a line that says so


def html(report: Outcome) -> str:
    """Return the piece: no script, no address, and a style that touches nothing around it."""
    taken, left = gravest(report, _FINDINGS)
    view = {
        "head": report.head(),
        "verdict": verdict(report),
        "groups": by_rule(report, 0),
        "first": list(taken),
        "left": sum(left.values()),
    }
    return environment().get_template("fragment.html").render(view=view)
