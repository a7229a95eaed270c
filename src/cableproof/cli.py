"""The command line: it parses, calls, prints, and alone knows exit statuses."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from cableproof.delivery import answered, written
from cableproof.options import Chosen, ColorOption, Paths, judging
from cableproof.program import Color, console, guarded, reader_may_leave, say

if TYPE_CHECKING:
    from cableproof.outcome import Outcome
    from cableproof.progress import Progress

_APP: dict[str, Any] = {
    "pretty_exceptions_enable": False,
    "add_completion": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
app = typer.Typer(no_args_is_help=True, **_APP)
validate_app = typer.Typer(no_args_is_help=True, **_APP)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"cableproof {version('cableproof')} (record schema 1.0, report schema 1.2)")
        raise typer.Exit


_Version = Annotated[
    bool,
    typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit."),
]


@app.callback()
def cableproof(version: _Version = False) -> None:
    """Proof archives of US diplomatic cables."""


@app.command()
@validate_app.command()
@judging()
def validate(
    paths: Paths,
    *,
    said: Chosen,
    version: _Version = False,
) -> None:
    """Check each record of the sources against the contract and against itself.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong call, 3 nothing was
    checked, 4 a report could not be written or a fault of our own.

    Example: validate data/ --output json=report.json --fail-on warning
    """
    from cableproof.caching.runs import Asked
    from cableproof.source import Source
    from cableproof.validators.catalogue import selected

    rules = selected(said.settings["select"], said.settings["ignore"])
    sources = [Source.of(path) for path in paths]
    outputs = written("validate", sources, said)
    codes = [rule.code for rule in rules]
    asked = Asked(
        "validate", sources, {"rules": codes, "limits": said.limits}, digests=bool(outputs)
    )

    def made(progress: Progress) -> Outcome:
        from cableproof.run import run

        return run(
            sources,
            rules,
            jobs=said.jobs,
            limits=said.limits,
            digests=asked.digests,
            progress=progress,
        )

    raise typer.Exit(answered(asked, made, said, outputs))


@app.command()
def inspect(
    path: Annotated[str, typer.Argument(help="A file or folder.")],
    identifier: Annotated[
        str | None, typer.Argument(help="Which cable, if there are more.")
    ] = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Show one cable as it was read: claims beside evidence, and no text.

    Example: cableproof inspect data/ 06BERN1234
    """
    from cableproof.inspecting import inspected
    from cableproof.reports.inspection import show

    with reader_may_leave():
        for record, evidence, found in inspected(Path(path), identifier):
            show(record, evidence, found, console(color))


@app.command()
def rules() -> None:
    """List rules and kinds of discrepancy: code, name, severity and what each says.

    Example: cableproof rules
    """
    from cableproof.validators.catalogue import CATALOGUE
    from cableproof.validators.collation.kinds import KINDS, Kind
    from cableproof.validators.rule import Rule

    cards: list[Rule | Kind] = [*CATALOGUE.values(), *KINDS.values()]
    lines = (
        f"{each.code}  {each.severity.value:<7}  {each.name:<36}  {each.what}\n" for each in cards
    )
    say("".join(lines))


@app.command()
def rule(code: Annotated[str, typer.Argument(help="The code of a rule, such as TAG002.")]) -> None:
    """Explain a rule or a kind of discrepancy: what, why, evidence, examples and severity.

    Example: cableproof rule TAG002
    """
    from cableproof.reports.rules import kind_page, page
    from cableproof.validators import catalogue
    from cableproof.validators.collation.kinds import KINDS

    kind = KINDS.get(code.upper())
    say(page(catalogue.rule(code)) if kind is None else kind_page(kind))


@app.command()
def schema(
    name: Annotated[str, typer.Argument(help="cable, card, manifest, receipt or report.")],
) -> None:
    """Print a JSON Schema (draft 2020-12).

    Example: cableproof schema cable > cable.schema.json
    """
    from cableproof import schemas

    say(schemas.text(name))


def load() -> None:
    """Let ``app`` have the commands that stand in modules of their own."""
    for more in (
        "cli_collate",
        "cli_audit",
        "cli_provenance",
        "cli_settings",
        "cli_convert",
    ):  # whose commands it has too
        import_module(f"cableproof.{more}")


def main() -> NoReturn:
    """Run ``cableproof``."""
    load()
    guarded(app)


def validate_main() -> NoReturn:
    """Run ``validate``, which is ``cableproof validate``."""
    guarded(validate_app)
