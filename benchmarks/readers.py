"""What others need merely to read files: the yardsticks of the bench.

    python benchmarks/readers.py csv FILE…      every row, by Python's csv module
    python benchmarks/readers.py jsonl FILE…    every line, by orjson

Each prints how many records it read, and keeps none.
"""

import csv
import sys
from pathlib import Path


def rows(path: Path) -> int:
    """Return how many rows `csv.reader` reads in the dialect of `cables.csv`."""
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file, escapechar="\\", doublequote=False))


def lines(path: Path) -> int:
    """Return how many lines `orjson.loads` reads."""
    import orjson  # here, so that the csv module is not charged with it

    count = 0
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
            count += 1
    return count


if __name__ == "__main__":
    reader = {"csv": rows, "jsonl": lines}[sys.argv[1]]
    print(sum(reader(Path(name)) for name in sys.argv[2:]))
