"""Faults in the characters of a text, and matter in it that is none of the cable's."""

import re
from random import Random

from kinds import Record, changed, exchange, fault
from lines import paragraphs

_SENTENCE = re.compile(r"[a-z]\. (?=[A-Z])")
_WORD = re.compile(r"(?<= )[a-z]{6,}(?= )")


def _inserted(record: Record, rng: Random, words: str) -> Record | None:
    """Return the record with words after a sentence inside a paragraph."""
    body = record["body"]
    chain = paragraphs(body)
    places = [
        found.end()
        for paragraph in chain
        for found in _SENTENCE.finditer(body, paragraph.after, paragraph.end)
    ]
    if not places:
        return None
    place = rng.choice(places)
    return changed(record, body=f"{body[:place]}{words} {body[place:]}")


def _lettered(record: Record, rng: Random, place: int, letters: str) -> Record | None:
    """Return the record with letters put inside a word, or one letter replaced."""
    body = record["body"]
    words = list(_WORD.finditer(body))
    if not words:
        return None
    begin = rng.choice(words).start() + place
    return changed(record, body=body[:begin] + letters + body[begin:])


def _garbled(words: str, encoding: str, times: int = 1) -> str:
    """Return what those words become when their UTF-8 is read as something else."""
    for _ in range(times):
        words = words.encode().decode(encoding)
    return words


@fault("TXT002", "accents, UTF-8 read as Latin-1")
def _(record: Record, rng: Random) -> Record | None:
    words = _garbled("The trams of S\u00e3o Bento and K\u00f8rsb\u00e6r were late.", "latin-1")
    return _inserted(record, rng, words)


@fault("TXT002", "curly quotes, UTF-8 read as Windows-1252")
def _(record: Record, rng: Random) -> Record | None:
    words = _garbled(
        "They call it \u201cthe long bench\u2122\u201c and the depot\u2019s pride.", "cp1252"
    )
    return _inserted(record, rng, words)


@fault("TXT002", "accents, garbled twice")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, _garbled("The caf\u00e9 in Pe\u00f1a was shut.", "latin-1", 2))


@fault("TXT003", "in place of an apostrophe")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "The depot\ufffds roof leaks.")


@fault("TXT003", "in place of a letter")
def _(record: Record, rng: Random) -> Record | None:
    return _lettered(record, rng, 3, "\ufffd")


@fault("TXT003", "three for one character")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "It was a quiet day \ufffd\ufffd\ufffd as always.")


@fault("TXT004", "start of heading inside a word")
def _(record: Record, rng: Random) -> Record | None:
    return _lettered(record, rng, 3, "\x01")


@fault("TXT004", "quotes as C1 controls")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "They call it \x93the long bench\x94.")


@fault("TXT004", "escape sequence of a terminal")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "\x1b[1mAll ran.\x1b[0m")


@fault("TXT004", "bell")
def _(record: Record, rng: Random) -> Record | None:
    return _lettered(record, rng, 0, "\x07")


@fault("TXT005", "right-to-left override")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "The tram \u202elate\u202c was late.")


@fault("TXT005", "zero-width space inside a word")
def _(record: Record, rng: Random) -> Record | None:
    return _lettered(record, rng, 3, "\u200b")


@fault("TXT005", "Cyrillic letter inside a word")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "The h\u0430rbour cranes stood still.")


@fault("TXT005", "Greek letter inside a word")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "The harb\u03bfur cranes stood still.")


@fault("TXT005", "byte order mark in the middle of the text")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "\ufeffAll ran.")


@fault("TXT006", "line break of a page")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "<br />")


@fault("TXT006", "entities of a page")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "The &quot;long bench&quot; isn&#39;t long.")


@fault("TXT006", "link of a page")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "<a href='/tag/ECON_0.html'>ECON</a>")


@fault("TXT006", "cells of a table")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "</td></tr><tr><td>Trams</td><td>12</td></tr>")


def _ended(record: Record, words: str) -> Record:
    """Return the record with words under its text."""
    return changed(record, body=f"{record['body'].rstrip()}\n\n{words}\n")


@exchange("TXT007", "row of cables.csv pasted in front")
def _(record: Record, other: Record, rng: Random) -> Record | None:
    moment = (
        f"{int(other['created'][5:7])}/{int(other['created'][8:10])}/{other['created'][:4]} 9:40"
    )
    cells = ("2071", moment, other["identifier"], other["origin"], other["classification"], "", "")
    row = ",".join(f'"{cell}"' for cell in cells)
    return changed(record, body=f"{row}\n\n{record['body']}")


@exchange("TXT007", "row of cables.csv pasted in behind")
def _(record: Record, other: Record, rng: Random) -> Record | None:
    row = f'"114520","{int(other["created"][5:7])}/2/{other["created"][:4]} 11:05"'
    return _ended(record, f'{row},"{other["identifier"]}","{other["origin"]}","UNCLASSIFIED"')


@fault("TXT007", "statement of a database")
def _(record: Record, rng: Random) -> Record:
    said = f"INSERT INTO cables (id, origin) VALUES ('{record['identifier']}', 'x');"
    return _ended(record, said)


@fault("TXT007", "head of a newspaper's database in front")
def _(record: Record, rng: Random) -> Record:
    head = (
        f"ID: {rng.randint(1000, 250000)}\nDate: 2009-11-02 10:40\nOrigin: {record['origin']}\n"
        f"Source: {record['identifier']}\nClassification: {record['classification']}\n"
    )
    return changed(record, body=f"{head}\n{record['body']}")


@fault("TXT007", "note of an editor")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "[Editor's note: the tram in question is number four.]")


@fault("TXT007", "credit of a newspaper under the text")
def _(record: Record, rng: Random) -> Record:
    return _ended(record, "Text courtesy of The Tramway Gazette. All rights reserved.")


@fault("TXT008", "commas for apostrophes")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "The depot,s roof and the Embassy,s garden aren,t dry.")


@fault("TXT008", "& and 8 for quotes")
def _(record: Record, rng: Random) -> Record | None:
    return _inserted(record, rng, "They call it &the long bench8 and &the short one.8")
