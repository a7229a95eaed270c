"""A small invented archive with a fault of many kinds, for tests of reports and of the program."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cableproof.validators.examples import CLEAN, telegram

CANARY = "QUAGGAQUAGGA"
DROPPED = object()


def record(number: int, **more: object) -> dict[str, object]:
    """Return a clean record of the number, changed."""
    own = {"identifier": f"06BERN{number}", "link": f"06BERN{number}"}
    own |= telegram(number, text=f"Tram {number} ran on time.")
    whole = {**CLEAN, **own, **more}
    return {name: value for name, value in whole.items() if value is not DROPPED}


def json_lines(records: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(each) + "\n" for each in records)


def page(number: int, tags: str = "PGOV SZ") -> str:
    """Return a cablebrowser page, invented."""
    name = f"06BERN{number}"
    own = telegram(number, tags=", ".join(tags.split()), text=f"Tram {number} ran on time.")
    return (
        f"US embassy cable - {name}\n\nDisclaimer: invented.\n\nTRAM TIMETABLES\n\n"
        f"Identifier: {name}\nWikileaks: View {name} at Wikileaks.org\nOrigin: Embassy Bern\n"
        f"Created: 2006-09-12 12:39:00\nClassification: UNCLASSIFIED\nTags: {tags}\n"
        f"Redacted: This cable was not redacted by Wikileaks.\n\n{own['header']}\n{own['body']}\n"
        "Latest source of this page is cablebrowser-2, released 2011-10-04"
    )


FAULTY = [
    record(1),
    record(2, origin=None, tags=["PGOV", "SZ", "POLITICAL", "POLITICAL"]),
    record(3, subject=7, shelfmark=CANARY),
    record(4, created="2006-13-45 12:39:00", classification="UNCLAS"),
    record(5, body=f"UNCLAS BERN 000005\nSUBJECT: {CANARY}\n\n1. (U) {CANARY} XXXXXXXXXXXX.\n"),
    record(6, header=f"FM {CANARY}\n", subject=CANARY, redacted=None, redaction_statement=CANARY),
    record(6, body=CANARY, subject=DROPPED),
    record(7, origin=f"Embassy {CANARY} " * 9, classification=f"{CANARY}\n" * 40),
]
FILES = {
    "pages/06BERN20.txt": page(20),
    "pages/06BERN21.txt": page(21, tags="PGOV QXQX"),
    "pages/06BERN22.txt": page(22)[:200],
    "style.css": "body { color: black }\n",
    "cables.dat": f"\x01\x02 {CANARY}\n",
    "cables.jsonl": json_lines(FAULTY) + f'{{"identifier": "{CANARY}\n',
}


def build(folder: Path, files: Iterable[str] = FILES) -> Path:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(FILES[name], encoding="utf-8", newline="")
    return folder
