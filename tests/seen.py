"""What changes in the evidence of a record when the record changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from cableproof.schemas import contract
from cableproof.validators.evidence import measured
from tests.conftest import Row, laid

_HASHED = (pl.UInt64, pl.List(pl.UInt64))  # numbers that say nothing to a reader


def differences(pairs: Sequence[tuple[Row, Row]], *, alone: bool = False) -> list[str]:
    """Return for each pair of records what the second shows that the first does not, in words.

    A record has what it lacks from the clean one, unless it is to stand ``alone``.
    """
    before, after = (_evidence([pair[side] for pair in pairs], alone) for side in (0, 1))
    return [_difference(*pair) for pair in zip(before, after, strict=True)]


def _evidence(records: list[Row], alone: bool) -> list[dict[str, Any]]:
    none = dict.fromkeys(contract.fields()) if alone else {}
    table = measured(laid([none | dict(each) for each in records]))
    plain = (name for name, kind in table.schema.items() if kind not in _HASHED)
    return table.select(plain).drop("covered", "field_lines", "start", "end").to_dicts()


def _difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    return "; ".join(
        f"{name} {_short(before[name])} > {_short(after[name])}"
        for name in before
        if before[name] != after[name]
    )


def _short(value: object) -> str:
    return "-" if value is None else ascii(value).strip("'")
