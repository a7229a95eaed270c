"""Telegrams in which many lines are odd at once: what is seen in them, column by column.

One odd line is seen as `test_ways.py` has it; here what several tell must be weighed.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

import polars as pl
import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.collation.forms import RUNGS
from cableproof.validators.collation.witness import attested
from cableproof.validators.engine import Checked, check
from cableproof.validators.evidence import measured
from cableproof.validators.tables import TROUBLES, tables
from tests.chance import Chance
from tests.conftest import laid
from tests.ways import WAYS, telegram

_NUMBER = 800
_SHOWN = 3  # values of a column, beside the digest of all

_STARTS = (
    "{n}. (U) ",
    "{n}. (C) ",
    "{n}.(SBU) ",
    "{n}. ",
    "\u00b6{n}. (S) ",
    "  {n}.  (C/NF) ",
    "({n}) ",
)
_WORDS = (
    *("The trams of Bern", "ran on time", "the clerk said so", "in 2006", "REF A has more"),
    *(
        "XXXXXXXXXXXX",
        "[removed]",
        "\u2588\u2588\u2588\u2588",
        "XXX",
        "xxxxxx",
        "(name redacted)",
        "see REFTEL",
    ),
    *(
        "caf\u00c3\u00a9",
        "&amp;",
        "<br>",
        "\ufffd",
        "\x07",
        "don\u00e2\u0080\u0099t",
        "06ROME1234",
        "ROME 77",
    ),
    *("End summary.", "Comment:", "1.5 trams", "on page 2.", "and the", "Nobody...", "as follows:"),
)
_BETWEEN = (
    *("\n\n", "\n\n", "\n\n", "\n", "\n \n", "\r\n\r\n", "\n\nBERN 00001234  002 OF 003\n\n"),
    *(
        "\n\nBERN 00001234  003 OF 003\n\n",
        "\n\nROME 00000777  002 OF 002\n\n",
        "\n\nSUMMARY\n-------\n\n",
    ),
)
_FIELDS: dict[str, tuple[Any, ...]] = {
    "identifier": ("06BERN1234", "06BERN1235", "06ROME777", "06BERN99", "2006BERN1234", None),
    "origin": ("Embassy Bern", "Embassy Rome", "Consulate Geneva", None),
    "created": ("2006-09-12 12:39", "2006-09-13 12:39:00", "2006-09-12", "2007-01-02 00:00", None),
    "classification": ("UNCLASSIFIED", "CONFIDENTIAL", "SECRET//NOFORN", "UNCLAS", None),
    "tags": (["PGOV", "PREL", "SZ"], ["PGOV"], ["SZ", "ECON", "IT"], [], None),
    "subject": ("TRAM TIMETABLES", "TRAM", "BOATS", "", None),
    "references": (["06BERN99"], ["06BERN99", "06ROME1234"], [], ["MEETING"], None),
    "redacted": (True, False, None),
    "partial_extract": (True, False, None),
}


def _paragraphs(by: Chance) -> str:
    made, n = [], 0
    for _ in range(by.below(9)):
        n += by.one((1, 1, 1, 1, 1, 2, 0, 3))
        words = " ".join(by.one(_WORDS) for _ in range(1 + by.below(12)))
        made.append(by.one(_STARTS).format(n=n) + words + by.one(_BETWEEN))
    return "".join(made)


def _mixture(seed: int) -> dict[str, Any]:
    """Return a record of which half the lines and fields are as they should be."""
    by = Chance(seed)
    odd = {line: by.one(ways) for line, ways in WAYS.items() if not by.below(2)}
    whole = telegram(**odd)
    if by.below(2):
        head, _, foot = whole["body"].partition("1. (U)")
        whole["body"] = head + _paragraphs(by) + foot[-by.below(200) or len(foot) :]
    if not by.below(4):
        whole["header"] = ""
    fields = {
        name: values[0] if by.below(3) else by.one(values) for name, values in _FIELDS.items()
    }
    return fields | whole


@cache
def _records() -> pl.DataFrame:
    return laid([_mixture(seed) for seed in range(_NUMBER)])


@cache
def _evidence() -> pl.DataFrame:
    return measured(_records())


@cache
def _checked() -> Checked:
    rules = list(CATALOGUE.values())
    evidence = _evidence().with_columns(group=pl.lit(0))
    return check(rules, tables(evidence, pl.DataFrame(schema=TROUBLES), rules))


def _told(values: list[Any]) -> str:
    """Return how many values there are, some of them, and a digest of all in their order."""
    words = [ascii(value) for value in values]
    there = [word for word, value in zip(words, values, strict=True) if value is not None]
    digest = sha256("\n".join(words).encode()).hexdigest()[:12]
    some = " | ".join(dict.fromkeys(word[:80] for word in there[:: len(there) // _SHOWN + 1]))
    return f"{len(there)}, {len(set(there))} different, {digest}: {some}"


def _columns(table: pl.DataFrame) -> str:
    """Return a line a column, but for digests that are another machine's business."""
    hashed = (pl.UInt64, pl.List(pl.UInt64), pl.List(pl.Struct))
    plain = [name for name, kind in table.schema.items() if kind not in hashed]
    return "\n".join(f"{name}: {_told(table[name].to_list())}" for name in plain)


def test_what_is_seen_in_them_stays_as_it_is(snapshot: SnapshotAssertion) -> None:
    assert _columns(_evidence()) == snapshot


def test_what_they_attest_stays_as_it_is(snapshot: SnapshotAssertion) -> None:
    records = _records().with_columns(file=pl.lit("cables.jsonl"))
    assert _columns(attested(records, RUNGS)) == snapshot


@pytest.mark.parametrize("seed", range(0, _NUMBER, 20))
def test_a_record_by_itself_shows_what_it_shows_among_others(seed: int) -> None:
    alone = laid([_mixture(seed)]).with_columns(_records()[seed].select("start", "end"))
    assert measured(alone).equals(_evidence()[seed])
    with_file = pl.lit("cables.jsonl").alias("file")
    among = attested(_records()[seed : seed + 2].with_columns(with_file), RUNGS)
    assert attested(alone.with_columns(with_file), RUNGS).equals(among[:1])


def test_what_all_rules_say_of_them_stays_as_it_is(snapshot: SnapshotAssertion) -> None:
    sheet = _checked().sheet
    said = [
        f"{rule}: {_told([f'{record} {severity} {message}' for record, severity, message in rows])}"
        for rule, found in sheet.groupby("rule", sort=True)
        for rows in [zip(found["record"], found["severity"], found["message"], strict=True)]
    ]
    ran = [f"{code} ran on {times}" for code, times in _checked().ran.items()]
    assert "\n".join([*said, *ran]) == snapshot
