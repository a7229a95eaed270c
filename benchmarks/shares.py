"""Prints how long each stage of a validation takes: ``python benchmarks/shares.py PATH``.

Reading and evidence are done by several processes at once, and their seconds are summed up.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from cableproof.run import run
from cableproof.source import Source
from cableproof.validators.catalogue import CATALOGUE

JOBS = 2


def shares(path: Path) -> dict[str, float]:
    """Return the seconds of each stage, reading and evidence as if their processes took turns."""
    report = run([Source(path.name, path)], list(CATALOGUE.values()), jobs=JOBS, digests=False)
    begun = perf_counter()
    json.dumps(report.document())
    spent = report.shares
    return {
        "reading": spent["reading"] / JOBS,
        "evidence": spent["evidence"] / JOBS,
        "rules": spent["rules"],
        "report": spent["books"] + perf_counter() - begun,
    }


if __name__ == "__main__":
    print(json.dumps(shares(Path(sys.argv[1]))))
