"""How long each format of a report of 250,000 findings takes, and how much memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from processes import Command, command, proportional, run, tell
from results import Goal, Row, measured, memory, table

from cableproof.formats import CRATE, of_command

TITLE = "## Formats"
NUMBER = 250_000  # findings
_SECONDS, _MEMORY = 10, 600  # of a format, and MB of its process
_HERE = Path(__file__).parent
_DAMAGED = _HERE.parent / "examples" / "damaged"


def written(room: Path) -> str:
    """Write each format of a large report once, and return the part of the page of results."""
    report = room / "large.json"
    validate: Command = [command("validate"), _DAMAGED, "--output", f"json={room / 'small.json'}"]
    run(validate)
    report.write_text("".join(_many(json.loads((room / "small.json").read_text()))))
    rows: list[Row] = []
    for name in of_command("validate"):
        place = room / f"written.{name}"
        tell(f"{NUMBER:,} findings as {name}")
        call: Command = [command("cableproof"), "render", report, "-o", f"{name}={place}", "-q"]
        cost = run([*call, *(["--published", "2011-09-02"] if name == CRATE else [])], proportional)
        rows += [
            measured(f"{name}, {_size(place):,} bytes", [cost.wall], " s", Goal(_SECONDS, " s")),
            memory(f"{name}, memory", [cost.together], _MEMORY),
        ]
    return (
        f"{TITLE}\n\nA saved report of {NUMBER:,} findings ({report.stat().st_size:,} bytes) in each "
        f"format, by `cableproof render`, one whole process each.\n\n{table(rows, Row._fields)}\n"
    )


def _size(place: Path) -> int:
    if place.is_dir():
        return sum(each.stat().st_size for each in place.iterdir())
    return place.stat().st_size


def _many(whole: dict[str, object]) -> Iterator[str]:
    """Yield a report whose findings are repeated, each under a name of its own."""
    found = whole.pop("findings")
    assert isinstance(found, list)
    later = {name: whole.pop(name) for name in ("comparison", "history", "audit")}
    counts = dict.fromkeys(("error", "warning", "note"), 0)
    rows = []
    for number in range(NUMBER):
        each = dict(found[number % len(found)])
        counts[each["severity"]] += 1
        each |= {"identifier": f"09BERN{number}", "fingerprint": f"{number:016x}"}
        rows.append(json.dumps(each))
    summary = whole["summary"]
    assert isinstance(summary, dict)
    summary["findings"] = counts
    yield json.dumps(whole, indent=1).removesuffix("\n}") + ',\n "findings": [\n  '
    yield ",\n  ".join(rows) + "\n ]"
    for name, part in later.items():
        yield f',\n "{name}": {json.dumps(part)}'
    yield "\n}\n"


if __name__ == "__main__":
    print(written(Path(sys.argv[1])))
