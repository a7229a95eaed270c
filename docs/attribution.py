"""Writes docs/attribution.md: how often the true release is among those that a page can be of.

    python docs/attribution.py

Mirrors are built from three invented releases, and from three real ones where they are at hand; of
each page it is known from which release it is. Exit status 1 if a set ever lacks the truth.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from cableproof.audited import Audit, Origin
from cableproof.auditing import audit
from cableproof.source import Source
from cableproof.validators.audit.attribution import KINDS
from tests import mirrors

DATA = HERE.parents[1] / "shared" / "data" / "wikileaks-2010"
PAGE = HERE / "attribution.md"
NAMES = "ABC"
ALL = "all together"
_INTRO = """# From which release is a page?

An audit gives for each page the set of releases that it can come from. How sure is it that the true one is among them,
and how wide are the sets? Mirrors of known origin are built from three successive releases, whose names tell nothing,
and audited against these. A cell says on how many pages the true release is in the set that a kind of evidence leaves,
of how many pages on which it says anything, and the mean size of those sets; a dash: it says nothing there.
`python docs/attribution.py` writes this page.

The claim of a page never narrows its set, since it is what is to be proven; none of these pages makes one.
"""


class Cell(NamedTuple):
    """On how many pages evidence says anything, leaves the true release, and how many releases."""

    said: int = 0
    true: int = 0
    left: int = 0

    def __str__(self) -> str:
        if not self.said:
            return "-"
        return f"{self.true} of {self.said}, {self.left / self.said:.2f}"


def built(trees: list[Path]) -> Iterator[tuple[str, Mapping[str, str], Audit]]:
    """Yield each way to build a mirror, the true release of each cable, and the audit."""
    for how, build in mirrors.BUILT.items():
        with TemporaryDirectory() as folder:
            truth = build(trees, Path(folder) / "mirror")
            against = [Source(name, tree) for name, tree in zip(NAMES, trees, strict=True)]
            report = audit(Source("mirror", Path(folder) / "mirror"), against)
        names = {Path(path).stem.rpartition("-")[2]: NAMES[n] for path, n in truth.items()}
        yield how, names, report


def cells(truth: Mapping[str, str], report: Audit) -> dict[str, Cell]:
    """Return for each kind of evidence, and for all together, how its sets hold the truth."""
    found = {kind.name: Cell() for kind in KINDS} | {ALL: Cell()}
    for origin in report.origins:
        for kind, cell in found.items():
            left = set(origin.releases) if kind == ALL else _left(origin, kind)
            if left is None:
                continue
            true = sum(truth[name] in left for name in origin.identifiers)
            more = Cell(origin.pages, true, len(left) * origin.pages)
            found[kind] = Cell(*(a + b for a, b in zip(cell, more, strict=True)))
    return found


def _left(origin: Origin, kind: str) -> set[str] | None:
    """Return the releases that a kind of evidence leaves, or None where it says nothing."""
    if kind not in origin.evidence:
        return None
    return set(NAMES) - set(origin.evidence[kind][1])


def _table(rows: list[tuple[str, dict[str, Cell]]]) -> Iterator[str]:
    kinds = [kind for kind in rows[0][1] if any(row[1][kind].said for row in rows)]
    yield "| mirror | " + " | ".join(kinds) + " |"
    yield "| --- " * (len(kinds) + 1) + "|"
    for how, found in rows:
        yield f"| {how} | " + " | ".join(str(found[kind]) for kind in kinds) + " |"
    yield ""


def main() -> int:
    """Write the page; return 1 if the true release is missing from a set."""
    lines, whole = [_INTRO], True
    with TemporaryDirectory() as folder:
        made = [mirrors.write(Path(folder), name).path for name in NAMES]
        trees = {"Invented releases of 8, 9 and 11 pages": made}
        if DATA.is_dir():
            real = sorted(DATA.iterdir())
            sizes = [str(len(list(mirrors.pages(tree)))) for tree in real]
            trees[f"Real releases, of which {', '.join(sizes)} pages are at hand"] = real
        for title, each in trees.items():
            rows = [(how, cells(truth, report)) for how, truth, report in built(each)]
            whole &= all(row[ALL].true == row[ALL].said for _, row in rows)
            lines += [f"## {title}\n", *_table(rows)]
    PAGE.write_text("\n".join(lines), encoding="utf-8")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
