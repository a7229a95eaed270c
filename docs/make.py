"""Writes the pages that are made from the code, or show what it prints: ``python docs/make.py``."""

import inspect
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer.main

sys.path.insert(0, str(Path(__file__).parent))
from consoles import refreshed

import cableproof
from cableproof import cli, schemas
from cableproof.formats import FORMATS
from cableproof.keys import KEYS
from cableproof.reports.rules import index, kind_page, page
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.collation.kinds import KINDS

DOCS = Path(__file__).parent
RULES = DOCS / "rules"


def settings() -> str:
    """Return the page of the settings: a row for each key."""
    rows = [
        f"| `{key.name}` | {f'`{key.variable}`' if key.variable else ''} | {_usual(key.default)} | {key.what} |"
        for key in KEYS.values()
    ]
    head = "| key | environment | default | what it is for |\n| --- | --- | --- | --- |\n"
    text = (DOCS / "settings.head.md").read_text(encoding="utf-8")
    return text.replace("TABLE", head + "\n".join(rows))


def _usual(default: object) -> str:
    if default in ((), None) or default == {}:
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def formats() -> str:
    """Return the page of the forms of a report."""
    rows = [
        f"| `{each.name}` | {each.what} | {_told_by(each.commands)} |" for each in FORMATS.values()
    ]
    head = "| format | what | of |\n| --- | --- | --- |\n"
    text = (DOCS / "formats.head.md").read_text(encoding="utf-8")
    return text.replace("TABLE", head + "\n".join(rows))


def _told_by(commands: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in commands) or "every command that judges"


def commands() -> str:
    """Return the page of the commands: what each does, and its arguments and options."""
    cli.load()
    group: Any = typer.main.get_command(cli.app)
    head = (
        "# Commands\n\nMade from the commands themselves. `validate` alone is `cableproof validate`. "
        "The report goes to standard output, all else to standard error.\n"
    )
    parts = [head]
    for name, command in sorted(group.commands.items()):
        said = inspect.cleandoc(command.help or "").replace("Example: ", "\n```\n") + "\n```"
        parts.append(
            f"\n## {name}\n\n{said}\n\n| | |\n| --- | --- |\n" + "".join(_options(command))
        )
    return "".join(parts)


def _options(command: Any) -> Iterator[str]:
    for each in command.params:
        names = ", ".join([*each.opts, *each.secondary_opts])
        if each.param_type_name == "argument":
            names = each.metavar or each.name.upper()
        elif not each.is_flag:
            names += f" {each.metavar or _choices(each.type_descriptor.annotation)}"
        yield f"| `{_cell(names.rstrip())}` | {_cell(each.help)} |\n"


def _choices(kind: Any) -> str:
    return "/".join(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else "N"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


def report() -> str:
    """Return the page of the report schema: its parts, with what each says."""
    schema = json.loads(schemas.text("report"))
    parts = [f"# The JSON report\n\n{schema['description']}\n\n"]
    parts.append(
        "`cableproof schema report` prints the schema (draft 2020-12), from which this page is made.\n"
    )
    for name, each in [("report", schema), *schema["$defs"].items()]:
        if "properties" in each:
            parts.append(f"\n## {name}\n\n| name | type | what |\n| --- | --- | --- |\n")
            asked = each.get("required", ())
            parts += [_property(n, said, n in asked) for n, said in each["properties"].items()]
    return "".join(parts)


def _property(name: str, said: dict[str, Any], asked: bool) -> str:
    what = _cell(said.get("description"))
    return f"| `{name}`{'' if asked else ', optional'} | {_type(said)} | {what} |\n"


def _type(said: dict[str, Any]) -> str:
    if "$ref" in said:
        return said["$ref"].rpartition("/")[2]
    if "oneOf" in said:
        return " or ".join(map(_type, said["oneOf"]))
    if "const" in said or "enum" in said:
        return ", ".join(f"`{each}`" for each in said.get("enum", [said.get("const")]))
    kind = said.get("type", "")
    whole = " or ".join(kind) if isinstance(kind, list) else kind
    return f"list of {_type(said['items'])}" if whole == "array" and "items" in said else whole


def api() -> str:
    """Return the page of the functions for programs."""
    head = (
        "# In Python\n\nMade from the docstrings. Everything is imported when it is first used. "
        "What a function returns shows itself as a page in a notebook.\n"
    )
    parts = [head]
    for name in cableproof.__all__:
        function = getattr(cableproof, name)
        parts.append(
            f"\n## cableproof.{name}\n\n```python\n{name}{inspect.signature(function)}\n```\n"
        )
        parts.append(f"\n```text\n{inspect.getdoc(function)}\n```\n")
    return "".join(parts)


#: The pages that are made, each of a function.
MADE = {
    "settings.md": settings,
    "formats.md": formats,
    "commands.md": commands,
    "report.md": report,
    "api.md": api,
    "tutorial.md": lambda: refreshed((DOCS / "tutorial.md").read_text(encoding="utf-8")),
}


def main() -> None:
    """Write every page, and drop those of rules that are no more."""
    pages = {f"{code}.md": page(rule) for code, rule in CATALOGUE.items()}
    pages |= {f"{code}.md": kind_page(kind) for code, kind in KINDS.items()}
    pages["README.md"] = index([*CATALOGUE.values(), *KINDS.values()])
    RULES.mkdir(exist_ok=True)
    for file in RULES.glob("*.md"):
        if file.name not in pages:
            file.unlink()
    for name, text in pages.items():
        (RULES / name).write_text(text, encoding="utf-8", newline="\n")
    for name, made in MADE.items():
        (DOCS / name).write_text(made(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
