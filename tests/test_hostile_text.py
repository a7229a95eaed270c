"""Texts made to take long: eight times the text may take no more than a few times eight the work."""

from collections.abc import Callable
from time import process_time

import pytest

from cableproof.validators.evidence import measured
from cableproof.validators.examples import BODY
from tests.conftest import laid

SMALL, TIMES = 1 << 17, 8  # characters of the smaller text, and how much longer the other is
MOST = 3  # times as much as linear growth would take; quadratic growth takes eight times as much

TEXTS: dict[str, Callable[[int], str]] = {
    "no line ends": lambda n: BODY + "Trams ran on time, said the clerk of the kerbs. " * (n // 48),
    "one long word": lambda n: BODY + "a" * n,
    "blanks alone": lambda n: " " * n,
    "line ends alone": lambda n: "\n" * n,
    "nothing but X": lambda n: "X" * n,
    "runs of X and x": lambda n: BODY + "XXXXX xxxxx " * (n // 12),
    "paragraph numbers that rise": lambda n: "".join(f"{i % 100}. (U) x\n" for i in range(n // 9)),
    "paragraph numbers that fall": lambda n: "".join(f"{99 - i % 100}. x\n" for i in range(n // 6)),
    "one paragraph number again and again": lambda n: "1. (U) All trams.\n" * (n // 18),
    "paragraph numbers inside lines": lambda n: "1. (U) x. 2. (U) y. 9. (U) z. " * (n // 30),
    "nested round brackets": lambda n: BODY + "(" * n,
    "nested square brackets": lambda n: BODY + "[" * n + "redacted]",
    "opened tags": lambda n: BODY + "<a href=" * (n // 8),
    "tags with long attributes": lambda n: BODY + "<a " + "b=c " * (n // 4),
    "ampersands": lambda n: BODY + " &a" * (n // 3),
    "page marks": lambda n: BODY + "BERN 00001234  001.2 OF 002\n" * (n // 28),
    "page marks of others": lambda n: BODY + "PARIS 00000777  001.2 OF 002\n" * (n // 29),
    "broken page marks": lambda n: BODY + "BERN 00001234  001.2 OF " * (n // 24),
    "figures": lambda n: BODY + "0123456789" * (n // 10),
    "capital letters": lambda n: BODY + "TRAMS AND BOATS " * (n // 16),
    "reference blocks": lambda n: BODY + "\nREF: A. BERN 12\n     B. 05 PARIS 7" * (n // 36),
    "one reference block": lambda n: BODY.replace("SUBJECT", "REF: " + "BERN 12, " * (n // 9)),
    "tags lines": lambda n: BODY + "\nTAGS: PGOV, PREL" * (n // 17),
    "one tags line": lambda n: BODY.replace("SZ", "SZ, PGOV" * (n // 8)),
    "class lines": lambda n: "UNCLAS SECTION 01 OF 02 BERN 1\n" * (n // 31),
    "spaced letters": lambda n: "C O N F I D E N T I A L " * (n // 24),
    "wrongly decoded": lambda n: BODY + "\u00c3" * n,
    "controls": lambda n: BODY + "\x0b\x7f" * (n // 2),
    "hidden characters": lambda n: BODY + "a\u200b" * (n // 2),
    "letters of another script": lambda n: BODY + "a\u0430" * (n // 2),
    "records of another file": lambda n: BODY + '"1","9/12/2006 12:39","06BERN1"\n' * (n // 32),
    "times without a record": lambda n: BODY + "12:39 12:39, " * (n // 13),
    "names of columns": lambda n: "created: x\norigin: y\n" * (n // 21),
    "statements of a database": lambda n: BODY + "SELECT a, " * (n // 10),
    "damaged quotes": lambda n: BODY + " &tram,s" * (n // 8),
    "dots": lambda n: BODY + "." * n,
    "pilcrow signs": lambda n: BODY + "\u00b61. (U) x\n" * (n // 10),
}


def work(text: str) -> float:
    """Return the processor time that the evidence on a text takes, the least of three times."""
    batch = laid([{"body": text, "header": text[:SMALL], "subject": None}])
    spent = []
    for _ in range(3):
        begun = process_time()
        measured(batch)
        spent.append(process_time() - begun)
    return min(spent)


@pytest.mark.parametrize("kind", TEXTS)
def test_the_work_grows_with_the_length_of_the_text_and_no_faster(kind: str) -> None:
    small, large = (work(TEXTS[kind](size)) for size in (SMALL, SMALL * TIMES))
    assert large < small * TIMES * MOST


def test_hostile_texts_together_are_measured_row_by_row() -> None:
    texts = [make(1 << 12) for make in TEXTS.values()]
    evidence = measured(laid([{"body": text} for text in texts]))
    alone = [measured(laid([{"body": text}])) for text in texts]
    for row, one in enumerate(alone):
        assert evidence[row].drop("start", "end").equals(one.drop("start", "end"), null_equal=True)
