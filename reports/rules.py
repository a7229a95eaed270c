"""The page of a rule, made from its card: for the terminal and for docs/rules."""

import json
from collections.abc import Sequence

from cableproof.validators.collation.kinds import Kind
from cableproof.validators.rule import OF_FILES, Example, Rule

_PAGE = """\
# {code} {name}

{what}

- Severity: {severity}
- Says: `{says}`
- Looks at: {reads} (of the {on})
- Stands for: {stands_for}

## Why

{why}

## Evidence

{evidence}

## Examples

{laid}

Found:

```json
{bad}
```

Not found:

```json
{good}
```
"""


_KIND = """\
# {code} {name}

{what}

- Severity: {severity}
- Found by: {found_by}

## Why

{why}
"""
_INNOCENT = """
## Innocent causes

{innocent}
"""
_FOUND_BY = {
    "CMP": "`compare` and `audit`",
    "FIX": "`manifest --check`",
    "PRV": "`audit`",
    "ACC": "every command that is given accepted findings",
}
_RECORDS = "Each differs from a clean record only in what is shown."
_FILES = "Each is a file of a folder that holds nothing else."


def page(rule: Rule) -> str:
    """Return the page of a rule in Markdown."""
    return _PAGE.format(
        code=rule.code,
        name=rule.name,
        what=rule.what,
        severity=rule.severity.value,
        says=rule.says,
        reads=", ".join(f"`{column}`" for column in f"{rule.reads} {rule.uses}".split()),
        on=rule.on,
        stands_for=rule.stands_for.replace(" ", ", ") or "itself alone",
        why=rule.why,
        evidence=rule.evidence,
        laid=_FILES if rule.on in OF_FILES else _RECORDS,
        bad=_example(rule.bad),
        good=_example(rule.good),
    )


def kind_page(kind: Kind) -> str:
    """Return the page of a kind of discrepancy in Markdown."""
    return (_KIND + (_INNOCENT if kind.innocent else "")).format(
        code=kind.code,
        name=kind.name,
        what=kind.what,
        severity=kind.severity.value,
        found_by=_FOUND_BY[kind.code[:3]],
        why=kind.why,
        innocent=kind.innocent,
    )


def _example(example: Example) -> str:
    return "\n".join(json.dumps(dict(row)) for row in example)


def index(rules: Sequence[Rule | Kind]) -> str:
    """Return the list of all rules and kinds in Markdown."""
    rows = [
        f"| [{r.code}]({r.code}.md) | {r.name} | {r.severity.value} | {r.what} |" for r in rules
    ]
    head = "# Rules\n\n| code | name | severity | says |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"
