"""Faults in redactions: flag against text, statements, marks, and what is open elsewhere."""

import re
from random import Random

from identity import identity, renamed
from kinds import Record, archive_fault, changed, fault
from lines import Paragraph, class_line, covered, marked_subject, paragraphs, put

_MARK = "XXXXXXXXXXXX"
#: Marks in one record of an archive that has many.
_TIMES = 6
#: What two copies of one cable in a source show besides.
_COPY = {"IDN004": "two copies under one identifier"}
_TWIN = {"IDN001": "the twin's identifier is malformed", "IDN005": "and its partner is here"}
_REPEAT = {"TXT009": "the same text under two numbers"}
_WORDS = re.compile(r"(?<=[a-z] )[a-z]{4,}(?: [a-z]+){2,4}(?= [a-z])")


def _covered(record: Record, rng: Random, mark: str = _MARK) -> Record | None:
    """Return the record with some words of a paragraph covered."""
    body = record["body"]
    chain = [p for p in paragraphs(body)[1:] if _WORDS.search(body, p.after, p.end)]
    if not chain:
        return None
    chosen = rng.choice(chain)
    found = _WORDS.search(body, chosen.after, chosen.end)
    assert found is not None
    return changed(record, body=body[: found.start()] + mark + body[found.end() :])


def _wider(body: str) -> str | None:
    """Return the text with a mark of ours that covers the next three words too."""
    found = re.search(rf"(?<=[a-z] ){_MARK}(?: [a-z]{{2,}}){{3}}(?= [a-z])", body)
    return f"{body[: found.start()]}{_MARK}{body[found.end() :]}" if found else None


def _whole(record: Record, paragraph: Paragraph) -> Record:
    """Return the record with a whole paragraph covered, number and mark kept."""
    body = record["body"]
    return changed(record, body=f"{body[: paragraph.after]} {_MARK}\n\n{body[paragraph.end :]}")


@fault("RED001", "words covered, and flagged as not redacted")
def _(record: Record, rng: Random) -> Record | None:
    marked = None if covered(record["body"]) else _covered(record, rng)
    return changed(marked, redacted=False) if marked else None


@fault("RED001", "names in brackets removed, and flagged as not redacted")
def _(record: Record, rng: Random) -> Record | None:
    open_text = not covered(record["body"])
    marked = _covered(record, rng, "[NAME REMOVED]") if open_text else None
    return changed(marked, redacted=False) if marked else None


@fault("RED001", "flagged as redacted, and nothing covered")
def _(record: Record, rng: Random) -> Record | None:
    return None if covered(record["body"]) else changed(record, redacted=True)


@fault("RED002", "a sentence that is none of the known")
def _(record: Record, rng: Random) -> Record:
    said = "Parts of this cable were changed before it was shown."
    return {**record, "redacted": None, "redaction_statement": said}


@fault("RED002", "a word in place of the sentence")
def _(record: Record, rng: Random) -> Record:
    return {**record, "redacted": None, "redaction_statement": "Partly"}


def _often(record: Record, rng: Random) -> Record:
    """Return the record with words covered in many places, where it has so many."""
    for _ in range(_TIMES):
        record = _covered(record, rng) or record
    return record


def _irregular(records: list[Record], rng: Random, mark: str) -> list[Record] | None:
    """Return the archive with usual marks in all records, and one of another kind in one."""
    marked = [_often(record, rng) for record in records]
    places = [n for n, record in enumerate(marked) if record is not records[n]]
    if len(places) < 10:
        return None
    place = rng.choice(places)
    marked[place] = _covered(marked[place], rng, mark) or marked[place]
    return [
        changed(record, redacted=True) if covered(record["body"]) else record for record in marked
    ]


@archive_fault("RED003", "a run of seven X among runs of twelve")
def _(records: list[Record], rng: Random) -> list[Record] | None:
    return _irregular(records, rng, "XXXXXXX")


@archive_fault("RED003", "a row of blocks among runs of X")
def _(records: list[Record], rng: Random) -> list[Record] | None:
    return _irregular(records, rng, "\u2588" * 8)


@archive_fault("RED003", "a run of thirty X among runs of twelve")
def _(records: list[Record], rng: Random) -> list[Record] | None:
    return _irregular(records, rng, "X" * 30)


@fault("RED004", "words covered in one of two copies", shows=_COPY)
def _(record: Record, rng: Random) -> list[Record] | None:
    hidden = _covered(record, rng)
    return [record, changed(hidden, redacted=True)] if hidden else None


@fault("RED004", "more words covered in one of two copies that share a mark", shows=_COPY)
def _(record: Record, rng: Random) -> list[Record] | None:
    shared = _covered(record, rng)
    hidden = _covered(shared, rng) if shared else None
    if shared is None or hidden is None:
        return None
    return [changed(shared, redacted=True), changed(hidden, redacted=True)]


@fault("RED004", "more words covered by one of the marks that two copies share", shows=_COPY)
def _(record: Record, rng: Random) -> list[Record] | None:
    shared = _covered(record, rng)
    hidden = _wider(shared["body"]) if shared else None
    if shared is None or hidden is None:
        return None
    return [changed(shared, redacted=True), changed(shared, redacted=True, body=hidden)]


@fault("RED004", "a paragraph covered in one of two copies", shows=_COPY)
def _(record: Record, rng: Random) -> list[Record] | None:
    chain = paragraphs(record["body"])
    if len(chain) < 4:
        return None
    hidden = _whole(record, rng.choice(chain[1:-1]))
    return [changed(hidden, redacted=True), record]


@fault("RED004", "words covered, and open under a malformed identifier", shows=_TWIN)
def _(record: Record, rng: Random) -> list[Record] | None:
    sound, hidden = identity(record), _covered(record, rng)
    if sound is None or hidden is None:
        return None
    twin = renamed(record, f"{sound.year}EFTO{sound.code}{sound.serial}")
    return [changed(hidden, redacted=True), twin]


@fault("RED004", "words covered, and open in a repeat under the next number", shows=_REPEAT)
def _(record: Record, rng: Random) -> list[Record] | None:
    sound, line, hidden = identity(record), class_line(record["body"]), _covered(record, rng)
    joined = marked_subject(record.get("subject", ""))
    if sound is None or line is None or hidden is None or joined:
        return None
    serial = int(sound.serial) + 1
    body = put(line, "number", f"{serial:06}").replace(f"{int(sound.serial):08} ", f"{serial:08} ")
    twin = renamed(changed(record, body=body), f"{sound.year}{sound.code}{serial}")
    header = re.sub(r"#\d{4}", f"#{serial % 10_000:04}", record.get("header", ""))
    return [changed(hidden, redacted=True), changed(twin, header=header or None)]
