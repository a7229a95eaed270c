"""Proofs archives of US diplomatic cables: validates each record against its contract and itself.

    >>> import cableproof
    >>> report = cableproof.validate("data/")      # doctest: +SKIP
    >>> report.counts                              # doctest: +SKIP
    {'error': 0, 'warning': 4, 'note': 2}
    >>> report.findings[["rule", "identifier"]]    # doctest: +SKIP

Everything is imported when it is first used, so that ``import cableproof`` is cheap.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from cableproof.audited import Audit
    from cableproof.card import Card
    from cableproof.chronicle import History
    from cableproof.comparison import Comparison
    from cableproof.report import Report

__all__ = ["audit", "cite", "compare", "history", "read", "validate"]


def validate(
    *paths: str | PathLike[str],
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    jobs: int = 0,
) -> Report:
    """Return the report on the sources at ``paths``: files, or folders that may mix kinds.

    Args:
        paths: each is one source; ``"NAME=PATH"`` names it, otherwise its last part does.
        select: run only the rules whose codes begin with one of these, such as ``"TAG"``.
        ignore: leave out the rules whose codes begin with one of these.
        jobs: processes that read, so that what hostile input ends is one of them; 0 reads in
            this process, as a notebook may. With any, a script needs the usual
            ``if __name__ == "__main__":`` around its own code.

    Raises:
        NoSuchPath: a source is not there.
        NoSuchRule: no code begins so.
        NameTakenTwice: two sources have one name.

    """
    from cableproof.run import run
    from cableproof.source import Source
    from cableproof.validators.catalogue import selected

    sources = [Source.of(str(path)) for path in paths]
    return run(sources, selected(tuple(select), tuple(ignore)), jobs=jobs)


def compare(
    *paths: str | PathLike[str], reference: str | PathLike[str] | None = None, jobs: int = 0
) -> Comparison:
    """Return in what the sources at ``paths`` differ, cable by cable and field by field.

    Args:
        paths: each is one source, of any kind, or a manifest; ``"NAME=PATH"`` names it.
        reference: the source that the others are held against; without one it is the oldest
            release, or else the first by name.
        jobs: processes that read; 0 reads in this process.

    Returns:
        A ``Comparison``, whose ``frame()`` is a pandas DataFrame with one row a discrepancy.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        TooFewSources: there are fewer than two, the reference counted.
        NothingInCommon: no cable is in two of them.

    """
    from cableproof.comparing import compare as compared
    from cableproof.source import Source

    base = None if reference is None else Source.of(str(reference))
    sources = [*([] if base is None else [base]), *(Source.of(str(path)) for path in paths)]
    return compared(sources, reference=None if base is None else base.name, jobs=jobs)


def history(*paths: str | PathLike[str], jobs: int = 0) -> History:
    """Return what each release at ``paths`` did to its cables, and the life of each cable.

    Releases stand in the order of their dates, or as they are given where one has none.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        TooFewSources: there are fewer than two.
        NothingInCommon: no cable is in two of them.

    """
    from cableproof.recounting import recount
    from cableproof.source import Source

    return recount([Source.of(str(path)) for path in paths], jobs=jobs)


def audit(
    mirror: str | PathLike[str], *, against: Sequence[str | PathLike[str]] = (), jobs: int = 0
) -> Audit:
    """Return how faithful a mirror is, and from which releases each of its pages can come.

    Args:
        mirror: a file or folder of any kind; ``"NAME=PATH"`` names it.
        against: copies of releases, or their manifests; without any the mirror is held
            against its own claims, counters, index pages and links alone.
        jobs: processes that read; 0 reads in this process.

    Returns:
        An ``Audit``: ``vector`` has the components of fidelity with their denominators,
        ``origins`` the pages by what the evidence says, ``statements`` the claims.

    Raises:
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        NothingInCommon: a reference has no cable of the mirror.

    """
    from cableproof.auditing import audit as audited
    from cableproof.source import Source

    others = [Source.of(str(path)) for path in against]
    return audited(Source.of(str(mirror)), others, jobs=jobs)


def cite(
    identifier: str,
    mirror: str | PathLike[str],
    *,
    against: Sequence[str | PathLike[str]] = (),
    jobs: int = 0,
) -> Card:
    """Return the card of a cable of ``mirror``: places, digests, agreement, claims; no text.

    Raises:
        NoSuchCable: the mirror has no record of that identifier.
        NoSuchPath: a source is not there.
        NameTakenTwice: two sources have one name.
        NothingInCommon: a reference has no cable of the mirror.

    """
    from cableproof.citing import cite as cited
    from cableproof.source import Source

    others = [Source.of(str(path)) for path in against]
    return cited(identifier, Source.of(str(mirror)), others, jobs=jobs)


def read(path: str | PathLike[str]) -> pd.DataFrame:
    """Return the records at ``path`` as a pandas DataFrame, one row a record, texts included.

    The columns are those of the contract (``cableproof schema cable``), with values as the
    source wrote them, and the place of each record: ``path`` in the source, ``start`` and
    ``end`` in bytes, ``line`` from 1 or ``row`` from 0, and ``digest``, the SHA-256 of its
    bytes. ``attrs["unreadable"]`` counts the inputs that could not be read. All texts are in
    memory at once.

    Raises:
        NoSuchPath: there is nothing at ``path``.

    """
    from cableproof.reading import frame

    return frame(path)
