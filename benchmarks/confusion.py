"""Which of the planted edits a comparison names as what they are, and what it names besides.

python benchmarks/confusion.py REPORT.json KEY.json
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Confusion:
    """What a report says of each planted edit: records by edit, kind and all that was reported."""

    records: Counter[tuple[str, str, str]]  #: edit, its kind, kinds reported ("" for none)
    besides: Counter[str]  #: kinds reported on records without an edit
    wrong: tuple[tuple[str, str, str], ...]  #: identifier, edit, kinds reported

    @property
    def planted(self) -> int:
        """How many edits there are."""
        return self.records.total()

    @property
    def right(self) -> int:
        """How many are named as what they are and nothing else."""
        return sum(n for (_, code, said), n in self.records.items() if said == code)

    @property
    def missed(self) -> int:
        """On how many nothing is reported."""
        return sum(n for (_, _, said), n in self.records.items() if not said)

    def rows(self) -> Iterator[list[str]]:
        """Yield for each edit: its kind, how many, named rightly, missed, named otherwise."""
        for code, edit in sorted({(code, edit) for edit, code, _ in self.records}):
            said = {s: n for (e, c, s), n in self.records.items() if (c, e) == (code, edit)}
            others = (f"{n:,} {s}" for s, n in sorted(said.items()) if s not in ("", code))
            counts = sum(said.values()), said.get(code, 0), said.get("", 0)
            yield [edit, code, *(f"{n:,}" for n in counts), ", ".join(others) or "none"]

    def matrix(self) -> list[list[str]]:
        """Return a row a planted kind and a column a reported one, with a row for no edit."""
        counts: Counter[tuple[str, str]] = Counter()
        for (_, planted, said), number in self.records.items():
            for code in said.split("+") if said else ["missed"]:
                counts[planted, code] += number
        counts.update({("no edit", code): n for code, n in self.besides.items()})
        kinds = sorted({planted for planted, _ in counts})
        columns = [*sorted({code for _, code in counts} - {"missed"}), "missed"]
        table = [["planted \\ reported", *columns]]
        for planted in kinds if "no edit" in kinds else [*kinds, "no edit"]:
            cells = (counts[planted, code] for code in columns)
            table.append([planted, *(f"{cell:,}" if cell else "" for cell in cells)])
        return table


def confusion(report: Path, key: Path) -> Confusion:
    """Return what the JSON report of a comparison says of what the key says is planted."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for each in json.loads(report.read_bytes())["comparison"]["discrepancies"]:
        said[each["identifier"]].add(each["kind"])
    records: Counter[tuple[str, str, str]] = Counter()
    wrong = []
    for edit in json.loads(key.read_bytes()):
        names = {edit["identifier"], edit["alias"]} - {""}
        kinds = "+".join(sorted({kind for name in names for kind in said.pop(name, ())}))
        records[edit["edit"], edit["code"], kinds] += 1
        if kinds != edit["code"]:
            wrong.append((edit["identifier"], edit["edit"], kinds))
    besides = Counter(kind for kinds in said.values() for kind in kinds)
    return Confusion(records, besides, tuple(wrong))


if __name__ == "__main__":
    from results import table

    found = confusion(Path(sys.argv[1]), Path(sys.argv[2]))
    print(table(list(found.rows()), ["edit", "kind", "planted", "right", "missed", "otherwise"]))
    names, *lines = found.matrix()
    print(table(lines, names))
    print(f"{found.right:,} of {found.planted:,} right; besides: {dict(found.besides)}")
    for row in found.wrong[:40]:
        print(*row)
