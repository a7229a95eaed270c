"""Measure whole commands side by side and write what came out.

    python benchmarks/bench.py [--corpus DIR] [--quick] [--pairs 5] [--results FILE]
                               [--only validate|compare|audit|formats|again] [--datacompy PYTHON]

Makes the corpus where there is none (see `corpus.py`), and measures one command at a time:
`validate` on the whole archive in turn with a program that merely reads it, pages a second, the
commands that must be quick, and how many of the planted defects are found; then `compare` on two
releases (see `comparing.py`), `audit` of one against three (see `auditing.py`), and each format of
a report (see `rendering.py`), and second runs (see `again.py`); in no other part is anything kept.
Prints a page of tables, and writes it to `benchmarks/RESULTS.md`, of which `--only` leaves the
other parts as they stand; with `--quick`, which is too small for the goals, it is only printed.
Whatever the figures are, the status is 0.
"""

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import again
import auditing
import comparing
import rendering
from auditing import audited
from comparing import compared
from processes import Command, Cost, command, proportional, run, tell
from recall import Recall, defects, recall
from rendering import written
from results import Goal, Row, kinds, machine, measured, memory, recalled, seconds, table

HERE = Path(__file__).parent
ROOT = HERE.parent
_PAGE = ROOT / "data" / "pages" / "08BERN447.txt"
_SEED, _SHARE = 0, 0.01
_FULL, _QUICK = (251_287, 10_000), (20_000, 2_000)  # records, and how many of them are pages too
_BATCH, _STARTS = 3, 7  # runs of a median
_WORKER, _ALL = 400, 1000  # MB
_TITLES = {
    "compare": comparing.TITLE,
    "audit": auditing.TITLE,
    "formats": rendering.TITLE,
    "again": again.TITLE,
}
_PARTS = ("validate", "compare", "audit", "formats", "again")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the corpus is, how often to measure, and what came out so far."""

    corpus: Path
    pairs: int
    reports: Path
    found: dict[str, Recall]

    def warmed(self, name: str) -> Cost:
        """Validate a part of the corpus once, untimed: for the page cache and for its report."""
        report = self.reports / f"{name}.json"
        validate: Command = [command("validate"), self.corpus / name, "--output", f"json={report}"]
        cost = run(validate, proportional)
        planted = defects(self.corpus, name.removeprefix("cables."))
        self.found[name] = recall(report, planted)
        return cost


def side_by_side(bench: Bench, name: str, pairs: int) -> list[tuple[Cost, Cost]]:
    """Return the costs of validating a file and of merely reading it, in turn.

    Raises:
        AssertionError: the two did not read the same number of records.

    """
    validate: Command = [command("validate"), bench.corpus / name]
    form = name.removeprefix("cables.")
    read: Command = [Path(sys.executable), HERE / "readers.py", form, bench.corpus / name]
    costs = []
    for number in range(pairs):
        tell(f"{name}, pair {number + 1} of {pairs}")
        costs.append((run(validate), run(read)))
        if int(costs[-1][1].printed) != bench.found[name].records:
            raise AssertionError(f"{name}: the two did not read the same number of records")
    return costs


def paired(bench: Bench, name: str, reader: str, pairs: int, bound: float) -> list[Row]:
    """Return the rows of validating a file against merely reading it."""
    tell(f"{name}, to warm up")
    warm = bench.warmed(name)
    costs = side_by_side(bench, name, pairs)
    ours, theirs = [a for a, _ in costs], [b for _, b in costs]
    ratios = [a.wall / b.wall for a, b in costs]
    times = [a.cpu / b.cpu for a, b in costs if a.cpu and b.cpu]
    return [
        measured(f"validate {name}", [cost.wall for cost in ours], " s"),
        measured(f"{reader} merely reading it", [cost.wall for cost in theirs], " s"),
        measured(f"ratio, of {pairs} pairs", ratios, "", Goal(bound)),
        seconds(f"processor time, validate {name}", [cost.cpu for cost in ours]),
        measured("ratio of processor times", times) if times else Row("", "not measured"),
        memory("memory, largest worker", [cost.largest for cost in ours], _WORKER),
        memory("memory, all processes together", [warm.together], _ALL),
    ]


def stages(bench: Bench, name: str) -> Row:
    """Return the row that says which share of a validation each stage takes."""
    tell(f"{name}, stage by stage")
    cost = run([Path(sys.executable), HERE / "shares.py", bench.corpus / name])
    spent = json.loads(cost.printed)
    whole = sum(spent.values())
    said = (f"{stage} {seconds / whole:.0%}" for stage, seconds in spent.items())
    return Row("share of each stage", ", ".join(said))


def pages(bench: Bench) -> list[Row]:
    """Return the rows of a tree of pages."""
    tell("html, to warm up")
    warm = bench.warmed("html")
    costs = []
    for number in range(_BATCH):
        tell(f"html, {number + 1} of {_BATCH}")
        costs.append(run([command("validate"), bench.corpus / "html"]))
    records = bench.found["html"].records
    speeds = [records / cost.wall for cost in costs]
    return [
        measured(f"validate html, {records:,} pages", [cost.wall for cost in costs], " s"),
        measured("pages a second", speeds, "", Goal(1500, at_least=True)),
        memory("memory, all processes together", [warm.together], _ALL),
    ]


def starts() -> list[Row]:
    """Return the rows of the commands that must be quick."""
    commands: dict[str, tuple[Command, float]] = {
        "cableproof --help": ([command("cableproof"), "--help"], 0.3),
        "cableproof --version": ([command("cableproof"), "--version"], 0.3),
        "cableproof rule TAG002": ([command("cableproof"), "rule", "TAG002"], 0.3),
        "validate one page": ([command("validate"), _PAGE], 1.5),
    }
    rows = []
    for words, (call, bound) in commands.items():
        tell(words)
        run(call, statuses=(0,))
        walls = [run(call, statuses=(0,)).wall for _ in range(_STARTS)]
        rows.append(measured(words, walls, " s", Goal(bound, " s")))
    return rows


def results(bench: Bench) -> str:
    """Measure everything, one after the other, and return it as a page."""
    rows = [
        *paired(bench, "cables.csv", "Python's csv module", bench.pairs, 1.3),
        stages(bench, "cables.csv"),
        *paired(bench, "cables.jsonl", "orjson", min(bench.pairs, _BATCH), 2.0),
        *pages(bench),
        *starts(),
    ]
    for name, result in bench.found.items():
        rows += recalled(name, result)
    records = bench.found["cables.csv"].records
    small = "" if records >= _FULL[0] else f" The goals are for {_FULL[0]:,} records."
    return (
        f"# Results of the bench\n\n{machine()}\n\n"
        f"Corpus: {records:,} invented records and {bench.found['html'].records:,} pages of them, "
        "made by `corpus.py`. Whole processes, imports included, files in the page cache, one "
        "command at a time; commands to be compared were run in turn. Figures are medians, with "
        "the least and the greatest. Memory: the highest peak; of one process its resident set, "
        f"of all together the sum of their proportional sets. MB are 10⁶ bytes.{small}\n\n"
        f"{table(rows, Row._fields)}\n\n"
        "Of the planted defects, by kind. `cables.csv`, and pages in the layout of an editor, have "
        "TAGS in the text only:\n\n"
        f"{kinds(bench.found)}\n"
    )


def made(corpus: Path | None, quick: bool) -> Path:
    """Return the folder of the corpus, which is made if it is not whole there."""
    records, count = _QUICK if quick else _FULL
    name = f"cableproof-bench-{records}-{count}-{_SEED}-{_SHARE}"
    folder = corpus or Path(tempfile.gettempdir()) / name
    if not (folder / "defects.json").is_file():  # written last
        tell("making the corpus")
        sizes = ["--records", str(records), "--pages", str(count)]
        drawn = ["--seed", str(_SEED), "--defects", str(_SHARE)]
        run([sys.executable, HERE / "corpus.py", "--out", folder, *sizes, *drawn], statuses=(0,))
    return folder


def main(argv: Sequence[str]) -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, help="folder; made if nothing is there")
    parser.add_argument("--quick", action="store_true", help="a small corpus, to try the bench")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each of the two on the csv")
    parser.add_argument("--results", type=Path, help="file to write; - for none")
    parser.add_argument("--only", choices=_PARTS, help="one part of the bench")
    parser.add_argument("--datacompy", type=Path, help="a Python that has it: see peers.txt")
    given = parser.parse_args(argv)
    corpus, pairs = made(given.corpus, given.quick), max(1, given.pairs)
    file = given.results or (None if given.quick else HERE / "RESULTS.md")
    parts = _parts(file)
    os.environ["CABLEPROOF_CACHE"] = "no"
    with tempfile.TemporaryDirectory() as reports:
        if given.only in (None, "validate"):
            parts["validate"] = results(Bench(corpus, pairs, Path(reports), {}))
        if given.only in (None, "compare"):
            python = given.datacompy or (Path(sys.executable) if find_spec("datacompy") else None)
            parts["compare"] = compared(corpus, min(pairs, _BATCH), Path(reports), python)
        if given.only in (None, "audit"):
            parts["audit"] = audited(corpus, pairs, Path(reports))
        if given.only in (None, "formats"):
            parts["formats"] = written(Path(reports))
        if given.only in (None, "again"):
            parts["again"] = again.again(corpus, min(pairs, _BATCH))
    page = "\n".join(part for part in parts.values() if part)
    print(page)
    if file and str(file) != "-":
        file.write_text(page, encoding="utf-8", newline="\n")


def _parts(file: Path | None) -> dict[str, str]:
    """Return the parts of a page of results by the command they are on, as far as they are there."""
    text = file.read_text(encoding="utf-8") if file is not None and file.is_file() else ""
    pattern = "|".join(re.escape(title) for title in _TITLES.values())
    found = re.split(rf"^(?={pattern})", text, flags=re.MULTILINE)
    parts = dict.fromkeys(_PARTS, "")
    for part in found:
        name = next((name for name, title in _TITLES.items() if part.startswith(title)), "validate")
        parts[name] = part.rstrip("\n") + "\n" if part.strip() else ""
    return parts


if __name__ == "__main__":
    main(sys.argv[1:])
