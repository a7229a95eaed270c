"""Write an archive of invented telegrams as large as the real one, in one or several formats.

    python benchmarks/corpus.py --out DIR [--records 251287] [--pages 10000] [--seed 0]
                                [--defects 0.01] [--formats csv,jsonl,html] [--jobs N]

writes into DIR

    cables.csv                    the dialect of the published file: 8 columns, no header row,
                                  all quoted, backslash escapes, oldest telegram first
    cables.jsonl                  canonical names, one record a line
    html/cable/YYYY/MM/ID.html    every so-many-th record, so that there are `--pages` of them
    defects.json                  for each format what is planted: index, identifier, kind, field

About the share `--defects` of the records has one planted defect each (see `defects.py`); with
`--defects 0` a validator should find nothing at error or warning level. A duplicate takes the
identifier of the record before it, with another text; pages have no duplicates, since an identifier
is one file. `index` counts from 0: the row, the line, or the page in the order of the records.

The same arguments give the same bytes, whatever the number of processes. Memory does not grow with
the number of records, but for 60 bytes each to put them in order.
"""

import argparse
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from os import cpu_count
from pathlib import Path
from typing import BinaryIO

import orjson
from defects import DUPLICATE, KINDS, planned, plant
from pages import address, page
from records import csv_row, json_line
from slots import CAPACITY, slot
from telegrams import Telegram, telegram

FORMATS = ("csv", "jsonl", "html")
_CHUNK = 500
#: In each format, a date that no calendar has.
_NO_DATE = {"csv": "13/45/{} 99:99", "jsonl": "{}-13-45 99:99:00", "html": "{}-13-45 99:99"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written."""

    out: Path
    records: int
    pages: int
    seed: int
    defects: float
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect, as `defects.json` lists it."""

    index: int
    identifier: str
    kind: str
    field: str


@dataclass(slots=True)
class Written:
    """What one chunk of the work comes to."""

    csv: bytes = b""
    jsonl: bytes = b""
    html: int = 0
    defects: dict[str, list[Defect]] = field(default_factory=dict)


class Corpus:
    """The records of a plan in order of time, with their defects."""

    def __init__(self, plan: Plan) -> None:
        """Put the telegrams of the plan in order."""
        self.plan = plan
        moments = [(slot(n, plan.seed).created, n) for n in range(plan.records)]
        self.order = [n for _, n in sorted(moments)]

    def kind(self, index: int) -> str | None:
        """Return the defect that the record has; a duplicate needs a sound record before it."""
        kind = self._planned(index)
        unsound = index == 0 or self._planned(index - 1) is not None
        return None if kind == DUPLICATE and unsound else kind

    def _planned(self, index: int) -> str | None:
        return planned(index, self.plan.seed, self.plan.defects)

    def record(self, index: int, *, alone: bool = False) -> tuple[Telegram, str | None]:
        """Return the record and its defect; `alone` where an identifier cannot occur twice."""
        kind, seed = self.kind(index), self.plan.seed
        if kind is None or (kind == DUPLICATE and alone):
            return telegram(self.order[index], seed), None
        if kind == DUPLICATE:
            return telegram(self.order[index - 1], seed, variant=1), kind
        return plant(telegram(self.order[index], seed), kind, seed), kind


_corpus: Corpus


def _prepare(plan: Plan) -> None:
    """Make the corpus of this process."""
    global _corpus
    _corpus = Corpus(plan)


def _date(format_: str, record: Telegram, kind: str | None) -> str:
    """Return what stands in place of the date: nothing, or one that cannot be read."""
    return _NO_DATE[format_].format(record.created.year) if kind == "unreadable-date" else ""


def _defect(format_: str, index: int, record: Telegram, kind: str) -> Defect:
    """Return the defect as listed; tags are only in the body of `cables.csv`."""
    where = KINDS[kind]
    if format_ == "csv" and where == "tags":
        where = "body"
    return Defect(index, record.identifier, kind, where)


def write_rows(start: int) -> Written:
    """Rows and lines of one chunk of the records."""
    formats = [name for name in _corpus.plan.formats if name != "html"]
    rows: dict[str, list[bytes]] = {name: [] for name in FORMATS}
    done = Written(defects={name: [] for name in formats})
    for index in range(start, min(start + _CHUNK, _corpus.plan.records)):
        record, kind = _corpus.record(index)
        if "csv" in formats:
            rows["csv"].append(csv_row(record, index + 1, _date("csv", record, kind)))
        if "jsonl" in formats:
            rows["jsonl"].append(json_line(record, _date("jsonl", record, kind)))
        for name in formats if kind else ():
            done.defects[name].append(_defect(name, index, record, kind or ""))
    done.csv, done.jsonl = b"".join(rows["csv"]), b"".join(rows["jsonl"])
    return done


def write_pages(start: int) -> Written:
    """Pages of one chunk of them, written to their files; returns how large they are."""
    plan = _corpus.plan
    done = Written(defects={"html": []})
    for number in range(start, min(start + _CHUNK, plan.pages)):
        record, kind = _corpus.record(number * plan.records // plan.pages, alone=True)
        content = page(record, plan.pages, _date("html", record, kind)).encode()
        path = plan.out / "html" / "cable" / address(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        done.html += len(content)
        if kind:
            done.defects["html"].append(_defect("html", number, record, kind))
    return done


def _in_order(plan: Plan, jobs: int) -> Iterator[Written]:
    """All chunks in order, with few at once in memory."""
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(plan,)) as pool:
        tasks = [(write_rows, start) for start in range(0, plan.records, _CHUNK)]
        if set(plan.formats) == {"html"}:
            tasks.clear()
        if "html" in plan.formats:
            tasks += [(write_pages, start) for start in range(0, plan.pages, _CHUNK)]
        waiting: deque[Future[Written]] = deque()
        for work, start in tasks:
            waiting.append(pool.submit(work, start))
            if len(waiting) > 3 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def write(plan: Plan, jobs: int) -> dict[str, int]:
    """Write everything; returns the size of each format."""
    plan.out.mkdir(parents=True, exist_ok=True)
    sizes = dict.fromkeys(plan.formats, 0)
    found: dict[str, list[Defect]] = {name: [] for name in plan.formats}
    files: dict[str, BinaryIO] = {
        name: (plan.out / f"cables.{name}").open("wb") for name in plan.formats if name != "html"
    }
    for done in _in_order(plan, jobs):
        for name, file in files.items():
            sizes[name] += file.write(getattr(done, name))
        if "html" in sizes:
            sizes["html"] += done.html
        for name, defects in done.defects.items():
            found[name].extend(defects)
    for file in files.values():
        file.close()
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    (plan.out / "defects.json").write_bytes(orjson.dumps(found, option=options))
    return sizes


def _arguments(argv: list[str]) -> tuple[Plan, int]:
    """Return the plan and the number of processes that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="folder; made if it is not there")
    parser.add_argument("--records", type=int, default=251_287)
    parser.add_argument("--pages", type=int, default=10_000, help="at most the records")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--defects", type=float, default=0.01, help="share of records")
    parser.add_argument("--formats", default=",".join(FORMATS), help="of csv, jsonl, html")
    parser.add_argument("--jobs", type=int, default=cpu_count() or 1, help="processes")
    given = parser.parse_args(argv)
    formats = tuple(name for name in FORMATS if name in given.formats.split(","))
    if set(given.formats.split(",")) != set(formats):
        parser.error(f"--formats takes {', '.join(FORMATS)}")
    if not 0 < given.records <= CAPACITY:
        parser.error(f"--records takes 1 to {CAPACITY}")
    pages = min(given.pages, given.records)
    return Plan(given.out, given.records, pages, given.seed, given.defects, formats), given.jobs


def main(argv: list[str]) -> None:
    """Write a corpus and print what was written."""
    plan, jobs = _arguments(argv)
    began = time.perf_counter()
    for name, size in write(plan, jobs).items():
        print(f"{name:6} {size:14,} bytes")
    print(f"{plan.records:,} records in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
