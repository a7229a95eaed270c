"""Compare two releases as others do: ``python benchmarks/peers.py OLDER NEWER``, with datacompy.

Prints how many records both have, only one has, and how many differ. Needs datacompy, which holds
polars at a version of its own: see `peers.txt`.
"""

import sys
from pathlib import Path

import datacompy
import polars as pl
from pyarrow import csv

_NAMES = (
    *("number", "created", "identifier", "origin"),
    *("classification", "references", "header", "body"),
)


def read(path: Path) -> pl.DataFrame:
    """Return a `cables.csv` as a table, but for the numbers of its rows."""
    table = csv.read_csv(
        path,
        csv.ReadOptions(column_names=_NAMES, block_size=16 << 20),
        csv.ParseOptions(escape_char="\\", double_quote=False, newlines_in_values=True),
        csv.ConvertOptions(
            column_types=dict.fromkeys(_NAMES, "string"),
            include_columns=_NAMES[1:],
            strings_can_be_null=False,
        ),
    )
    return pl.DataFrame(table)


def main(older: Path, newer: Path) -> None:
    """Compare, write the report that it makes, and print the figures."""
    compare = datacompy.PolarsCompare(read(older), read(newer), join_columns="identifier")
    mismatches = compare.all_mismatch(ignore_matching_cols=True)
    report = compare.report()
    print(
        f"{len(compare.intersect_rows)} {len(compare.df1_unq_rows)} {len(compare.df2_unq_rows)} "
        f"{len(mismatches)} {len(report)}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
