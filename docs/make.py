"""Writes the pages of docs/rules from the cards of the rules: ``python docs/make.py``."""

from pathlib import Path

from cableproof.reports.rules import index, kind_page, page
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.collation.kinds import KINDS

RULES = Path(__file__).parent / "rules"


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


if __name__ == "__main__":
    main()
