"""The outcome of a comparison: how the sources agree in pairs, and every discrepancy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cableproof.errors import BooksDoNotBalance
from cableproof.finding import Severity
from cableproof.report import Report

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.validators.collation.collate import Discrepancy


@dataclass(frozen=True)
class Pair:
    """Two sources: how many cables both have, and in how many of these what differs.

    Bytes are those of the pages, or all fields of rows in tables; furniture is the page around
    a record; text differs where words do. Identical are cables that say the same in metadata
    and text, white space apart. Of what one has alone some may be unreadable in the other.
    """

    a: str
    b: str
    cables_a: int
    cables_b: int
    both: int
    only_a: int
    only_b: int
    unreadable_a: int  # cables of b that are in a and cannot be read there
    unreadable_b: int
    bytes_differ: int
    furniture_differs: int
    metadata_differs: int
    whitespace_differs: int
    text_differs: int
    identical: int

    def with_identical(self, more: int) -> Pair:
        """Return the figures with ``more`` cables that both have and that say the same."""
        return replace(
            self,
            cables_a=self.cables_a + more,
            cables_b=self.cables_b + more,
            both=self.both + more,
            identical=self.identical + more,
        )

    def balanced(self) -> Pair:
        """Return the pair, which must account for every cable of both.

        Raises:
            BooksDoNotBalance: a cable was lost or counted twice, which is our own fault.

        """
        alone = (self.unreadable_b + self.only_a, self.unreadable_a + self.only_b)
        if (self.cables_a - self.both, self.cables_b - self.both) != alone:
            law = "cables = same + different + unreadable in the other + only here"
            raise BooksDoNotBalance(f"{law}, but {self}")
        return self


@dataclass(frozen=True)
class Copies:
    """Records of one source that have one identifier, compared with each other first."""

    source: str
    identifier: str
    copies: int
    kinds: tuple[str, ...]  # of the differences between them, if any


@dataclass(frozen=True)
class Comparison(Report):
    """What a comparison found: a report with its findings on input, and the discrepancies.

    ``discrepancies`` are sorted by cable, kind and field; ``witnesses`` stand in the order in
    which the sources were given, ``order`` in that of the collation, whose first is the base.
    """

    reference: str | None = None
    witnesses: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    copies: tuple[Copies, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for pair in self.pairs:
            pair.balanced()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return the number of findings and discrepancies of each severity."""
        found = Counter(each.severity.value for each in self.discrepancies)
        own = super().counts
        return {
            severity.value: own[severity.value] + found[severity.value] for severity in Severity
        }

    @property
    def kinds(self) -> dict[str, int]:
        """Return the number of discrepancies of each kind that was found, by its code."""
        return dict(sorted(Counter(each.kind for each in self.discrepancies).items()))

    def frame(self) -> pd.DataFrame:
        """Return the discrepancies as a pandas DataFrame: kind, identifier, fields, base, cells."""
        import pandas as pd

        rows = [
            {
                "kind": each.kind,
                "name": each.name,
                "severity": each.severity.value,
                "identifier": each.identifier,
                "fields": " ".join(each.fields),
                "base": each.base,
                **{name: each.cells[name] for name in self.witnesses},
            }
            for each in self.discrepancies
        ]
        names = ["kind", "name", "severity", "identifier", "fields", "base", *self.witnesses]
        return pd.DataFrame(rows, columns=names)

    def comparison(self) -> dict[str, Any]:
        """Return what the document says of the comparison, its discrepancies left out."""
        return {
            "reference": self.reference,
            "witnesses": list(self.witnesses),
            "order": list(self.order),
            "pairs": [asdict(pair) for pair in self.pairs],
            "kinds": self.kinds,
            "copies": [asdict(each) | {"kinds": list(each.kinds)} for each in self.copies],
        }

    def told(self) -> Iterator[dict[str, Any]]:
        """Yield the discrepancies as the document has them, columns in the order of sources."""
        for each in self.discrepancies:
            yield {
                "kind": each.kind,
                "name": each.name,
                "severity": each.severity.value,
                "identifier": each.identifier,
                "fields": list(each.fields),
                "base": each.base,
                "cells": _in_order(each.cells, self.witnesses),
                "values": _in_order(each.values, self.witnesses),
                "facts": dict(each.facts),
                "fingerprint": each.fingerprint,
            }


def _in_order(cells: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: cells[name] for name in names}
