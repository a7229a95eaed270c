"""Invented comparisons, as a collation would make them: no cable, post or person is real."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from cableproof.books import Books, RuleBooks, SourceBooks
from cableproof.comparison import Comparison, Copies, Pair
from cableproof.finding import Severity
from cableproof.tool import Tool
from cableproof.validators.collation.collate import Discrepancy
from cableproof.validators.collation.kinds import KINDS

NAMES = ("harbour", "mirror-2011", "import")
HOSTILE = "<script>window.planted = 1</script>"
COLUMNS = (
    *("rule", "name", "severity", "source", "path", "start", "line", "row"),
    *("identifier", "fields", "message", "facts", "fingerprint"),
)
_FIGURES = {"bytes_differ": 40, "furniture_differs": 40, "metadata_differs": 2}
Passage = dict[str, Any]


def place(paragraph: int, at: int, removed: int = 0, added: int = 0, length: str = "") -> Passage:
    """Return a place in a text as a collation tells it."""
    made: Passage = {"paragraph": paragraph, "at": at, "removed": removed, "added": added}
    return made | ({"length": length} if length else {})


def apart(
    code: str,
    identifier: str,
    field: str,
    cells: str,
    values: Sequence[str | None] = (),
    severity: Severity | None = None,
    names: Sequence[str] = NAMES,
    **facts: Any,
) -> Discrepancy:
    """Return a discrepancy; ``cells`` are words, one a source, and the first that agrees is base."""
    said = dict(zip(names, cells.split(), strict=True))
    return Discrepancy(
        code,
        KINDS[code].name,
        severity or KINDS[code].severity,
        identifier,
        (field,),
        next(name for name, cell in said.items() if cell == "agrees"),
        said,
        dict(zip(names, values or (None,) * len(names), strict=True)),
        facts,
    )


def wording(*passages: Passage, alike: int = 97, **facts: Any) -> dict[str, Any]:
    """Return the facts of a text whose words differ in ``passages``."""
    words = {part: sum(each[part] for each in passages) for part in ("removed", "added")}
    return {**facts, **words, **covered(*passages, alike=alike)}


def covered(*passages: Passage, alike: int = 99) -> dict[str, Any]:
    """Return the facts of a text that is covered in ``passages``."""
    return {"alike": alike, "number": len(passages), "passages": list(passages)}


def found(**values: Any) -> Mapping[str, Any]:
    """Return a finding on input, as a row of the findings."""
    return dict.fromkeys(COLUMNS) | {
        "rule": "SRC003",
        "name": "damaged-record",
        "severity": "error",
        "source": "import",
        "path": "pages/07BERN9.txt",
        "line": 12,
        "fields": "",
        "message": "the page ends before its text",
        "facts": {},
        "fingerprint": "0123456789abcdef",
        **values,
    }


def compared(
    discrepancies: Sequence[Discrepancy],
    names: Sequence[str] = NAMES,
    findings: Sequence[Mapping[str, Any]] = (),
    copies: Sequence[Copies] = (),
    reference: str | None = None,
) -> Comparison:
    """Return a comparison of sources of forty cables each, with these discrepancies."""
    books = Books(*(41, 40, 0, 1, 41), records=40, clean=38, flagged=2, valid=40, unreadable=1)
    return Comparison(
        command="compare",
        sources=tuple(
            SourceBooks(
                *(name, f"archives/{name}", {"cablebrowser-page": 40}, {}, 123_456),
                *(f"sha256:{number:064x}", False, books),
            )
            for number, name in enumerate(names, 1)
        ),
        rules={
            "SRC003": RuleBooks(
                "damaged-record", Severity.ERROR, 40 * len(names), {}, len(findings)
            )
        },
        findings=pd.DataFrame(list(findings), columns=list(COLUMNS)),
        tool=Tool("0", {}, {}, {}, {}),
        reference=reference,
        witnesses=tuple(names),
        order=tuple(names),
        pairs=tuple(
            Pair(
                a,
                b,
                41,
                40,
                40,
                1,
                0,
                0,
                0,
                **_FIGURES,
                whitespace_differs=3,
                text_differs=1,
                identical=37,
            )
            for a, b in combinations(names, 2)
        ),
        discrepancies=tuple(discrepancies),
        copies=tuple(copies),
    )


def small() -> Comparison:
    """Return a comparison that has each part of the page, and each word of a cell."""
    text = wording(place(0, 1, 1, 1), place(2, 31, 4, 2), place(7, 88, 0, 60))
    withheld: dict[str, Any] = {"withheld": True}
    return compared(
        [
            apart("CMP101", "06BERN12", "identifier", "agrees absent unreadable"),
            apart(
                *("CMP201", "07BERN1", "classification", "agrees differs silent"),
                ("CONFIDENTIAL", "SECRET", None),
            ),
            apart(
                *("CMP204", "07BERN1", "tags", "agrees differs agrees"),
                ("ELTN PREL SZ", "ELTN SZ", "PREL ELTN SZ"),
            ),
            apart("CMP306", "07BERN1", "body", "agrees differs otherwise", **text),
            apart("CMP205", "07BERN2", "subject", "agrees differs agrees", **withheld),
            apart(
                *("CMP401", "07BERN2", "body", "agrees agrees differs"),
                **covered(place(3, 42, length="a phrase"), place(5, 60, length="paragraphs")),
            ),
            apart(
                *("CMP402", "07BERN2", "body", "agrees differs agrees"),
                **covered(place(4, 50, length="a few words")),
            ),
            apart("CMP301", "07BERN30", "body", "agrees differs differs"),
        ],
        findings=[found()],
        copies=[Copies("import", "07BERN4", 2, ()), Copies("harbour", "07BERN5", 3, ("CMP301",))],
    )


def hostile() -> Comparison:
    """Return a comparison in which each foreign value would do harm if it could."""
    names = (HOSTILE, "\" onload='window.planted=1' x=\"", "javascript:window.planted=1")
    row = apart(
        *("CMP205", f"{HOSTILE}\u202e", "subject", "agrees differs otherwise"),
        (HOSTILE, "'><img src=x onerror=window.planted=1>\x1b[31m", "javascript:window.planted=1"),
        names=names,
    )
    text = apart(
        *("CMP306", f"{HOSTILE}\u202e", "body", "agrees differs absent"),
        names=names,
        **wording(place(1, 3, 1, 1), hint="</style></script><b onclick=x>"),
    )
    bad = found(source=names[0], path=f"{HOSTILE}.txt", message=f"saw {HOSTILE}")
    return compared([row, text], names, findings=[bad])


_MANY = (  # about as kinds are spread where mirrors differ from a release
    ("CMP102", "identifier", "absent agrees agrees"),
    ("CMP204", "tags", "agrees differs agrees"),
    ("CMP205", "subject", "agrees differs differs"),
    ("CMP206", "references", "agrees differs silent"),
    ("CMP301", "body", "agrees differs differs"),
    ("CMP303", "body", "agrees differs otherwise"),
    ("CMP306", "body", "agrees differs differs"),
    ("CMP401", "body", "agrees agrees differs"),
)
_SAID = {
    "CMP204": ("ELTN PREL PGOV SZ", "ELTN PREL SZ", "ELTN PREL PGOV SZ"),
    "CMP205": ("TRAMS OF BERN AND THEIR BENCHES", "TRAMS OF BERN AND", "TRAMS OF BERN AND"),
    "CMP206": ("06BERN9 06BERN10 05GENEVA1201", "06BERN9 06BERN10", None),
}


def large(number: int = 5000) -> Comparison:
    """Return a comparison with so many discrepancies, two a cable, a quarter of them in places."""
    made = []
    for n in range(number):
        code, field, cells = _MANY[n % len(_MANY)]
        some = [place(k + 1, (17 * n + 23 * k) % 100, n % 9, k * 7) for k in range(n % 7 + 1)]
        hidden = [each | {"removed": 0, "added": 0, "length": "a phrase"} for each in some]
        facts = {"CMP306": wording(*some), "CMP401": covered(*hidden)}.get(code, {})
        cable = n // 2
        post = ("BERN", "GENEVA", "REYKJAVIK")[cable % 3]
        identifier = f"{5 + cable % 5:02d}{post}{1000 + cable}"
        made.append(apart(code, identifier, field, cells, _SAID.get(code, ()), **facts))
    made.sort(key=lambda each: (each.identifier, each.kind))
    return compared(made)
