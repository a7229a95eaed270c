"""The findings of an audit: of the rules on the mirror itself, and of what was held against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from cableproof.books import Marked, RuleBooks
from cableproof.comparing import findings_on_input
from cableproof.finding import told_apart
from cableproof.gathering import Gathered, marked, rule_books, troubles
from cableproof.sources.index_pages import frame
from cableproof.validators.audit import findings
from cableproof.validators.audit.statements import Statement
from cableproof.validators.catalogue import INPUT_RULES
from cableproof.validators.collation.kinds import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.validators.audit.held import Held
    from cableproof.validators.engine import Checked

_ROLE = "nothing but a reference's part"  # what a rule on the mirror lacks in the others
_ALONE = "no reference given"
_NUMBERS = ("record", "line", "row", "start")
_ORDER = ["source", "path", "start", "row", "line", "rule", "fields", "message"]


@dataclass(frozen=True)
class Judgement:
    """All findings as one sheet, on how many records each rule ran, and how many are marked."""

    sheet: pd.DataFrame
    rules: Mapping[str, RuleBooks]
    marked: Mapping[str, Marked]


def judgement(
    own: Gathered,
    others: Sequence[Gathered],
    tables: Mapping[str, pl.DataFrame],
    seen: Held | None,
    contradicted: Sequence[tuple[Statement, pl.Series]],
) -> Judgement:
    """Return what is found in a mirror and its references."""
    from cableproof.validators.audit.consistency import RULES
    from cableproof.validators.audit.consistency import tables as consistent
    from cableproof.validators.engine import check

    name = own.source.name
    listed = pl.concat([frame([]).with_columns(source=pl.lit("")), *own.listed])
    mine = check(RULES, consistent(name, tables[name], troubles([own]), listed))
    rest = {each.source.name: tables[each.source.name] for each in others}
    theirs = findings_on_input(others, rest) if others else None
    records = sum(len(table) for table in rest.values())
    held = [] if seen is None else [*_held(seen, contradicted)]
    books = {
        code: _with(book, theirs, code, records) for code, book in rule_books(RULES, mine).items()
    } | _kinds(held, len(tables[name]), records, alone=seen is None)
    sheet = _sheet([mine.sheet, *([] if theirs is None else [theirs.sheet])], held)
    return Judgement(sheet, books, {name: marked(sheet, name)})


def _held(
    seen: Held, contradicted: Sequence[tuple[Statement, pl.Series]]
) -> list[findings.Finding]:
    return [
        *findings.of_discrepancies(seen),
        *findings.disproved(seen, contradicted),
        *findings.left_over(seen),
    ]


def _with(book: RuleBooks, theirs: Checked | None, code: str, records: int) -> RuleBooks:
    """Return the books of a rule on the mirror, with those of the references."""
    from dataclasses import replace

    if theirs is None:
        return book
    if code in {rule.code for rule in INPUT_RULES}:
        found = int((theirs.sheet["rule"] == code).sum())
        return replace(book, ran=book.ran + theirs.ran[code], findings=book.findings + found)
    return replace(book, lacking={**book.lacking, _ROLE: records} if records else book.lacking)


def _kinds(
    held: Sequence[findings.Finding], mirror: int, others: int, *, alone: bool
) -> dict[str, RuleBooks]:
    """Return the books of the kinds that an audit finds by holding the mirror against others."""
    found = [each["rule"] for each in held]
    asked = [code for code in KINDS if not code.startswith(("FIX", "ACC"))]
    lacking = {_ALONE: mirror} if alone else {_ROLE: others}
    return {
        code: RuleBooks(
            *(KINDS[code].name, KINDS[code].severity, 0 if alone else mirror),
            lacking={lack: number for lack, number in lacking.items() if number},
            findings=found.count(code),
        )
        for code in asked
    }


def _sheet(sheets: Sequence[pd.DataFrame], held: Sequence[findings.Finding]) -> pd.DataFrame:
    """Return all findings as one sheet, sorted by place."""
    import pandas as pd

    from cableproof.validators.engine import SHEET

    made = pd.DataFrame(held, columns=list(SHEET)).astype(dict.fromkeys(_NUMBERS, "Int64"))
    whole = [each for each in (*sheets, made) if len(each)]
    if not whole:
        return made
    sheet = pd.concat(whole, ignore_index=True)
    sheet = sheet.sort_values(_ORDER, na_position="first", kind="stable").reset_index(drop=True)
    return sheet.assign(fingerprint=told_apart(sheet["fingerprint"]))
