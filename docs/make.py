"""Writes the pages that are made from the code, docs/rules and docs/settings.md: ``python docs/make.py``."""

from pathlib import Path

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
    (DOCS / "settings.md").write_text(settings(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
