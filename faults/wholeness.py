"""Faults in the wholeness of a text: the flag of the partial extract, cuts, lost parts."""

import re
from random import Random

import routing
from identity import identity, known_post
from kinds import Record, changed, fault
from lines import class_line, covered, from_line, marked_subject, page_marks, paragraphs, put
from moments import moment
from slots import Slot
from telegrams import NOTICE

#: A text without its end has neither its last paragraphs nor its last sections.
_CUT = {"EXT003": "the text stops there"}


@fault("EXT001", "flagged partial, with a full header")
def _(record: Record, rng: Random) -> Record | None:
    full = record.get("partial_extract") is False and from_line(record.get("header", ""))
    return changed(record, partial_extract=True) if full else None


@fault("EXT001", "not flagged, with the notice in place of the header")
def _(record: Record, rng: Random) -> Record | None:
    partial = record.get("partial_extract") and not from_line(record.get("header", ""))
    return changed(record, partial_extract=False, header=NOTICE) if partial else None


@fault("EXT001", "header lost, not flagged", sparse=True)
def _(record: Record, rng: Random) -> Record | None:
    full = record.get("partial_extract") is False and from_line(record.get("header", ""))
    return changed(record, header="") if full else None


@fault("EXT002", "a partial extract of a later year")
def _(record: Record, rng: Random) -> Record | None:
    late = record["created"] > "2006-07" and record.get("partial_extract") is False
    return changed(record, partial_extract=True, header=NOTICE) if late else None


@fault("EXT002", "a full header in the years of partial extracts")
def _(record: Record, rng: Random) -> Record | None:
    then, post, sound = moment(record), known_post(record), identity(record)
    if not record.get("partial_extract") or then is None or post is None or sound is None:
        return None
    if not 2000 <= then.year <= 2005:
        return None
    place = Slot(post, int(sound.serial), then, 0.5)
    header = routing.header(place, rng, record["classification"][0], 1)
    return changed(record, partial_extract=False, header=header)


def _last(body: str) -> int | None:
    """Return where the words of the last paragraph begin, if there are some paragraphs."""
    chain = paragraphs(body)
    return chain[-1].after if len(chain) > 2 else None


@fault("EXT003", "cut inside a word of the last paragraph")
def _(record: Record, rng: Random) -> Record | None:
    body, begin = record["body"], _last(record["body"])
    words = list(re.finditer(r" [a-z]{6,}", body[begin:])) if begin else []
    if begin is None or not words:
        return None
    place = begin + rng.choice(words).start() + 5
    return changed(record, body=body[:place])


@fault("EXT003", "cut in the middle of the text, inside a sentence")
def _(record: Record, rng: Random) -> Record | None:
    body, chain = record["body"], paragraphs(record["body"])
    if len(chain) < 4:
        return None
    middle = chain[len(chain) // 2]
    words = re.search(r"[a-z]{3,},? [a-z]{4,} [a-z]{3,}", body[middle.after : middle.end])
    if words is None or covered(words[0]):
        return None
    return changed(record, body=body[: middle.after + words.end()])


@fault("EXT003", "stub of the first 250 characters, with three dots")
def _(record: Record, rng: Random) -> Record | None:
    body = record["body"].strip()
    return changed(record, body=f"{body[:250].rstrip()}...") if len(body) > 800 else None


@fault("EXT003", "cut at the end of a line inside a sentence")
def _(record: Record, rng: Random) -> Record | None:
    body, begin = record["body"], _last(record["body"])
    glued = r"(?<![.?!\s])\s+"  # a name after the last sentence would be a signature
    ends = list(re.finditer(glued + r"[A-Za-z]{3,} ?\n(?=[a-z])", body[begin:])) if begin else []
    if begin is None or not ends:
        return None
    return changed(record, body=body[: begin + rng.choice(ends).end()])


_WRAPPED = re.compile(r"(?<=[^.?!\n]{50}) ?\n(?=[a-z])")  # whatever word the line ends with


@fault("EXT003", "cut at the end of a line that the next one goes on")
def _(record: Record, rng: Random) -> Record | None:
    body, inner = record["body"], paragraphs(record["body"])[1:-1]
    ends = [end.end() for p in inner for end in _WRAPPED.finditer(body, p.after, p.end)]
    return changed(record, body=body[: rng.choice(ends)]) if ends else None


_NUMBERS = re.compile(r"(?m)^[ \t]*\u00b6?[ \t]*([0-9]{1,2})\.\s")


def _without(record: Record, rng: Random, count: int) -> Record | None:
    """Return the record without so many paragraphs in the middle, page marks kept.

    Where numbers begin anew, nobody can tell the paragraphs of the cable from items of a list.
    """
    body, chain = record["body"], paragraphs(record["body"])
    if len(_NUMBERS.findall(body)) > len(set(_NUMBERS.findall(body))):
        return None
    inner = [
        i
        for i in range(1, len(chain) - count)
        if not page_marks(body[chain[i].start : chain[i + count - 1].end])
    ]
    if not inner:
        return None
    first = rng.choice(inner)
    return changed(record, body=body[: chain[first].start] + body[chain[first + count].start :])


#: Where page marks had been taken out before, it is the section that counts as lost.
_SECTION = {"EXT005": "its section may have no page mark"}


@fault("EXT004", "a paragraph removed", shows=_SECTION)
def _(record: Record, rng: Random) -> Record | None:
    return None if covered(record["body"]) else _without(record, rng, 1)


@fault("EXT004", "two paragraphs removed", shows=_SECTION)
def _(record: Record, rng: Random) -> Record | None:
    return None if covered(record["body"]) else _without(record, rng, 2)


@fault("EXT004", "five paragraphs removed", shows=_SECTION)
def _(record: Record, rng: Random) -> Record | None:
    return None if covered(record["body"]) else _without(record, rng, 5)


@fault("EXT004", "a paragraph removed, and a mark in its place", note=True)
def _(record: Record, rng: Random) -> Record | None:
    body, chain = record["body"], paragraphs(record["body"])
    if len(chain) < 3 or page_marks(body[chain[1].start : chain[1].end]):
        return None
    covered_body = f"{body[: chain[1].start]}XXXXXXXXXXXX\n\n{body[chain[1].end :]}"
    return changed(record, body=covered_body, redacted=True)


@fault("EXT005", "page marks of another total")
def _(record: Record, rng: Random) -> Record | None:
    line, marks = class_line(record["body"]), page_marks(record["body"])
    joined = marked_subject(record.get("subject", ""))
    if line is None or not line["total"] or not marks or joined:
        return None
    body = record["body"]
    for mark in reversed(marks):
        total = f"{int(mark['total']) + 1:03}"
        body = body[: mark.start("total")] + total + body[mark.end("total") :]
    return changed(record, body=body)


@fault("EXT005", "one page mark of another total")
def _(record: Record, rng: Random) -> Record | None:
    marks = page_marks(record["body"])
    if len(marks) < 2:
        return None
    mark = rng.choice(marks)
    return changed(record, body=put(mark, "total", f"{int(mark['total']) + 2:03}"))


@fault("EXT005", "class line of another total")
def _(record: Record, rng: Random) -> Record | None:
    line, marks = class_line(record["body"]), page_marks(record["body"])
    if line is None or not line["total"] or not marks:
        return None
    return changed(record, body=put(line, "total", f"{int(line['total']) + 1:02}"))


def _sections(record: Record) -> dict[int, int]:
    """Return where each section after the first begins, by its number, if all have a mark."""
    begins: dict[int, int] = {}
    for mark in page_marks(record["body"]):
        begins.setdefault(int(mark["section"]), mark.start())
    begins.pop(1, None)
    line = class_line(record["body"])
    whole = line is not None and line["total"] is not None
    return begins if whole and line and len(begins) == int(line["total"]) - 1 else {}


@fault("EXT005", "a section in the middle lost")
def _(record: Record, rng: Random) -> Record | None:
    begins = _sections(record)
    if len(begins) < 2 or covered(record["body"]):
        return None
    number = rng.choice(sorted(begins)[:-1])
    body = record["body"]
    lost = body[begins[number] : begins[number + 1]]
    if not any(f"\n{p.number}." in lost for p in paragraphs(body)):
        return None
    return changed(record, body=body[: begins[number]] + body[begins[number + 1] :])


@fault("EXT005", "the last section lost, at the end of a paragraph", shows=_CUT)
def _(record: Record, rng: Random) -> Record | None:
    begins = _sections(record)
    if len(begins) < 2:
        return None
    body = record["body"][: begins[max(begins)]].rstrip()
    return changed(record, body=body) if body.endswith(".") else None


@fault("EXT006", "class line of the second section")
def _(record: Record, rng: Random) -> Record | None:
    line = class_line(record["body"])
    if line is None or line["section"] is None:
        return None
    return changed(record, body=put(line, "section", "02"))


@fault("EXT006", "second section alone, with a class line of its own")
def _(record: Record, rng: Random) -> Record | None:
    line, begins, chain = class_line(record["body"]), _sections(record), paragraphs(record["body"])
    if line is None or 2 not in begins or not chain or begins[2] < chain[0].start:
        return None
    body = record["body"]
    return changed(
        record,
        body=f"{put(line, 'section', '02')[line.start() : line.end()]}\n\n{body[begins[2] :]}",
    )


@fault("EXT006", "second section alone, page mark first")
def _(record: Record, rng: Random) -> Record | None:
    begins, chain = _sections(record), paragraphs(record["body"])
    if 2 not in begins or not chain or begins[2] < chain[0].start:
        return None
    return changed(record, body=record["body"][begins[2] :])
