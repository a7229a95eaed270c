"""The formats in which a report is written: one row each, and nothing else knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cableproof import plugins

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

CRATE = "ro-crate"  # the format that is a folder


@dataclass(frozen=True)
class Format:
    """A form of a report.

    ``module`` has the function ``lines``, which yields the parts of the file, text or bytes. It
    is given an outcome, or the receipt of one where the format is ``of_receipt``.
    """

    name: str
    module: str
    what: str
    commands: tuple[str, ...] = ()  # those whose reports it can tell; none means all
    of_receipt: bool = False
    library: str = ""  # of the extra ``provenance``, which the format needs

    @property
    def place(self) -> str:
        """Return what it is written to, in a word."""
        return "FOLDER" if self.name == CRATE else "FILE"

    def parts(self, report: Outcome, made: dict[str, Any]) -> Iterable[str | bytes]:
        """Return the parts of the file; ``made`` is the receipt of the report."""
        lines = import_module(self.module).lines
        parts: Iterable[str | bytes] = lines(made if self.of_receipt else report)
        return parts


_HERE = "cableproof.reports."
_FORMATS = (
    Format("json", _HERE + "document", "the whole report, of which all other forms can be made"),
    Format(
        "html", _HERE + "page", "a page for a browser", commands=("validate", "compare", "audit")
    ),
    Format(
        "markdown", _HERE + "markdown", "for a mail or an issue: verdict, books, first findings"
    ),
    Format("csv", _HERE + "csv_rows", "a table with a row a finding, safe in spreadsheets"),
    Format("parquet", _HERE + "parquet_rows", "the same table for programs"),
    Format("sarif", _HERE + "sarif", "SARIF 2.1.0 for code scanning and editors"),
    Format("junit", _HERE + "junit", "JUnit XML: a case for each rule and source"),
    Format("github", _HERE + "github", "annotations of a pull request"),
    Format("github-summary", _HERE + "github_summary", "the summary of a step on GitHub"),
    Format("gitlab", _HERE + "gitlab", "a code quality report of GitLab"),
    Format("receipt", _HERE + "receipt", "what it takes to do the run again", of_receipt=True),
    Format("prov", _HERE + "provenance", "W3C PROV-JSON", of_receipt=True, library="prov"),
    Format(CRATE, _HERE + "crate", "an RO-Crate", of_receipt=True, library="rocrate"),
)


def _of_others() -> Iterator[Format]:
    """Yield the formats of other packages; their modules are imported when one is asked for."""
    for name, each in plugins.of_group(plugins.REPORTS).items():
        maker = each.dist.name if each.dist else each.value
        yield Format(name, each.value, f"of the package {maker}")


FORMATS = {each.name: each for each in (*_of_others(), *_FORMATS)}  # ours cannot be replaced


def of_command(command: str) -> dict[str, Format]:
    """Return by name the formats that can tell the report of a command."""
    return {n: each for n, each in FORMATS.items() if command in each.commands or not each.commands}
