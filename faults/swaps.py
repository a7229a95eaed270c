"""Faults that take two records: the text of another cable, and one text under two names."""

import re
from random import Random

from identity import identity, renamed
from kinds import Record, changed, exchange, fault
from lines import class_line, marked_subject, paragraphs, put

#: What says of itself that it is a repeat.
_REPEAT = re.compile(r"\bZ(?:DK|DS|FD|FR)\b|CORRECTED|C O R R E C T E D")
#: The other cable stands in the archive too, with the same text.
_STILL_HERE = {"TXT009": "the text stands under its own identifier too"}


def _strangers(record: Record, other: Record) -> bool:
    """Return whether two records are of different posts and numbers, and both say so."""
    mine, theirs = identity(record), identity(other)
    if mine is None or theirs is None:
        return False
    told = class_line(record["body"]) and class_line(other["body"])
    return bool(told) and mine.code != theirs.code and mine.serial != theirs.serial


@exchange("TXT001", "text of another cable", shows=_STILL_HERE)
def _(record: Record, other: Record, rng: Random) -> Record | None:
    return changed(record, body=other["body"]) if _strangers(record, other) else None


@exchange("TXT001", "header and text of another cable", shows=_STILL_HERE)
def _(record: Record, other: Record, rng: Random) -> Record | None:
    if not _strangers(record, other):
        return None
    return {**record, "header": other.get("header", ""), "body": other["body"]}


@exchange("TXT001", "text of another cable, with its subject and tags", shows=_STILL_HERE)
def _(record: Record, other: Record, rng: Random) -> Record | None:
    if not _strangers(record, other):
        return None
    told = {name: other.get(name) for name in ("body", "subject", "tags")}
    return changed(record, **told)


@exchange("TXT001", "texts of two cables exchanged")
def _(record: Record, other: Record, rng: Random) -> list[Record] | None:
    if not _strangers(record, other):
        return None
    return [changed(record, body=other["body"]), changed(other, body=record["body"])]


def _copied(record: Record, rng: Random) -> Record | None:
    """Return the same text under another number of the same post."""
    sound, line = identity(record), class_line(record["body"])
    if sound is None or line is None or len(paragraphs(record["body"])) < 3:
        return None
    if _REPEAT.search(record.get("header", "") + record["body"]):
        return None
    if marked_subject(record.get("subject", "")):
        return None
    serial = int(sound.serial) + rng.randint(3, 30)
    body = put(line, "number", f"{serial:0{len(line['number'])}}")
    body = body.replace(f"{int(sound.serial):08}", f"{serial:08}")
    header = re.sub(r"#\d{4}", f"#{serial % 10_000:04}", record.get("header", ""), count=1)
    twin = renamed(record, f"{sound.year}{sound.code}{serial}")
    return {**twin, "header": header, "body": body}


@fault("TXT009", "under another number of the same post")
def _(record: Record, rng: Random) -> list[Record] | None:
    twin = _copied(record, rng)
    return [record, twin] if twin else None


@fault("TXT009", "under another number, a few words changed")
def _(record: Record, rng: Random) -> list[Record] | None:
    twin = _copied(record, rng)
    if twin is None:
        return None
    words = list(re.finditer(r"(?<= )[a-z]{7,}(?= )", twin["body"]))
    if len(twin["body"].split()) < 300 or not words:
        return None
    found = rng.choice(words)
    body = f"{twin['body'][: found.start()]}seasonable{twin['body'][found.end() :]}"
    return [record, changed(twin, body=body)]
