"""Plant faults, see what is found, and write docs/faults.md: ``nox -s faults``.

    python faults/run.py [--only CODE ...] [--where] [--jobs N] [--list]

With `--only` nothing is written, and only faults of rules whose codes begin so are planted;
`--where` names the records in which a fault was missed or something else was found. Exit status
1 if a goal is not met.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from matrix import Outcome, goals, page
from parts import outcome
from proof import Result
from registry import registered

from cableproof.validators.catalogue import CATALOGUE

_ROOT = Path(__file__).parents[1]
_DATA = _ROOT.parent / "shared" / "data"
_PAGE = _ROOT / "docs" / "faults.md"
#: Places that are named of each thing that is not as it should be.
_NAMED = 8


def _where(came: Outcome) -> Iterator[str]:
    """Yield the places in which something is not as it should be, a line each kind."""
    names = [fault.name for fault in came.faults]
    phrases = [change.name for change in came.innocent]
    for labels, tables in ((names, came.planted), (phrases, came.changed)):
        for ground, results in tables.items():
            for label, result in zip(labels, results, strict=True):
                for what, places in _places(result):
                    yield f"{ground}: {label}: {what}: {' '.join(places[:_NAMED])}"


def _places(result: Result) -> Iterator[tuple[str, list[str]]]:
    """Yield what is not as it should be, and where."""
    if result.missed:
        yield "missed", result.missed
    for rule, places in result.besides.items():
        yield f"also {rule}", places
    for rule, places in result.elsewhere.items():
        yield f"elsewhere {rule}", places


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="CODE")
    parser.add_argument("--where", action="store_true", help="name the records")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes")
    parser.add_argument("--list", action="store_true", help="list the faults, and stop")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Return 0 if all goals are met, 1 if not."""
    options = _options(argv)
    faults, innocent = registered()
    if options.list:
        print("\n".join(f"{fault.code}\t{fault.phrase}" for fault in faults))
        return 0
    rules = [code for code in CATALOGUE if code.startswith(tuple(options.only or [""]))]
    if options.only:
        faults = [fault for fault in faults if fault.code.startswith(tuple(options.only))]
        innocent = []
    came = outcome(rules, faults, innocent, _DATA, options.jobs)
    text = page(came)
    print(text)
    if options.where:
        print("\n".join(_where(came)))
    if not options.only and "real" in came.planted:
        _PAGE.write_text(text, encoding="utf-8", newline="\n")
    elif not options.only:
        print(f"The real pages are not at hand: {_PAGE.relative_to(_ROOT)} is left as it is.")
    return 0 if all(goal.met for goal in goals(came)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
