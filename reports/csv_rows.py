"""Results as CSV: a header, a row a result, lines that end in LF, UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from cableproof.reports.rows import Row, rows

if TYPE_CHECKING:
    from cableproof.outcome import Outcome

_TOGETHER = 1000  # rows


def lines(report: Outcome) -> Iterator[str]:
    """Yield the table in parts of some rows."""
    yield ",".join(Row._fields) + "\n"
    each = rows(report)
    while some := list(islice(each, _TOGETHER)):
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows(some)
        yield text.getvalue()
