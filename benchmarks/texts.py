"""The body of an invented telegram: head lines, paragraphs, page marks, signature."""

from dataclasses import dataclass
from enum import Enum
from math import ceil
from random import Random

from slots import Slot
from wordlist import HEADINGS, POOL, SURNAMES, opening, paragraph, prose, wrap, wrapped

_SPACED = {"U": "UNCLAS", "C": "C O N F I D E N T I A L", "S": "S E C R E T"}
_SECTION = 6500  #: characters of a section; a page is half of one
#: Portion marks beside that of the whole, and how often they stand there.
_MARKS = {"U": ("U",), "SBU": ("SBU", "U"), "C": ("C", "SBU", "U"), "S": ("S", "C", "U")}
_MARK_SHARES = {"U": (1,), "SBU": (4, 1), "C": (12, 1, 1), "S": (7, 2, 1)}
_ROLES = ("DCM", "Municipal Affairs Counselor", "Econ Counselor", "Pol/Econ Chief", "Consul")


class Layout(Enum):
    """The families in which the text of a telegram is laid out."""

    WRAPPED = "native, wrapped"
    REFLOWED = "native, reflowed"
    EDITED = "edited, no dateline"
    DATELINED = "edited, dateline"

    @property
    def edited(self) -> bool:
        """Whether an editor took out dots and colons."""
        return self in (Layout.EDITED, Layout.DATELINED)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is decided about a telegram before its text is written."""

    slot: Slot
    classification: str
    tags: tuple[str, ...]
    subject: str  #: the whole, which may run over two lines
    references: tuple[str, ...]  #: as written in the REF block
    partial: bool
    layout: Layout
    length: int  #: of the body, roughly
    kind: str  #: of one of the paragraphs: plain, accented, covered
    seed: int

    @property
    def rank(self) -> str:
        """U, C or S."""
        return self.classification[0]

    @property
    def mark(self) -> str:
        """The portion mark of the whole."""
        return "SBU" if self.classification.endswith("ONLY") else self.rank

    @property
    def noforn(self) -> bool:
        """Whether it is not for foreign nationals."""
        return self.classification.endswith("NOFORN")


def subject_lines(subject: str, layout: Layout) -> list[str]:
    """Return the subject as it is broken into lines; the first is the title."""
    return wrap(subject, 63, indent=9) if layout is Layout.WRAPPED else [subject]


def _portion(draft: Draft, rng: Random, first: bool) -> str:
    """Return the mark of one paragraph in brackets; the first has that of the whole."""
    drawn = rng.choices(_MARKS[draft.mark], _MARK_SHARES[draft.mark])[0]
    mark = draft.mark if first else drawn
    return f"({mark}/NF) " if draft.noforn and mark in "CS" else f"({mark}) "


def _pooled(draft: Draft, rng: Random) -> str:
    """Return a paragraph out of the pool, laid out."""
    number = int(rng.random() * POOL)
    if draft.layout is Layout.WRAPPED:
        return wrapped(number, draft.seed)
    return paragraph(number, draft.seed)


def _summary(draft: Draft, rng: Random) -> str:
    """Return the first paragraph, which no other telegram has."""
    text = f"Summary. {opening(draft.slot.station.post, rng)} {prose(rng, draft.kind)} End summary."
    return "\n".join(wrap(text, 63, indent=14)) if draft.layout is Layout.WRAPPED else text


def _heading(rng: Random) -> str:
    """Return a heading with a rule under it."""
    words = rng.choice(HEADINGS)
    return f"{words}\n{'-' * len(words)}"


def _paragraphs(draft: Draft, rng: Random, room: int) -> list[str]:
    """Numbered paragraphs and their headings, until the room is filled."""
    marked = draft.classification != "UNCLASSIFIED" or rng.random() < 0.6
    blocks: list[str] = []
    number = 1
    while room > 0:
        mark = _portion(draft, rng, number == 1) if marked else ""
        text = _pooled(draft, rng) if number > 1 else _summary(draft, rng)
        if number > 1 and rng.random() < 0.12:
            text = f"Comment: {text} End comment."
        elif number > 1 and rng.random() < 0.15:
            blocks.append(_heading(rng))
        blocks.append(f"{number}. {mark}{text}")
        room -= len(blocks[-1]) + 2
        number += 1
    return blocks


def _classified_by(draft: Draft, rng: Random) -> list[str]:
    """Return the line that names who classified it and why; nothing if nobody did."""
    if draft.rank == "U":
        return []
    role, surname = rng.choice(_ROLES), rng.choice(SURNAMES)
    section = "1.5" if draft.slot.created.year < 2003 else "1.4"
    line = f"Classified By: {role} {surname} for reasons {section} (b) and (d)."
    return ["\n".join(wrap(line, 63))]


def _order(draft: Draft) -> str:
    """Return the executive order in force, and the day on which the text may be opened."""
    created = draft.slot.created
    order = "12958" if (created.year, created.month) >= (1995, 10) else "12356"
    rest = "N/A"
    if draft.rank != "U" and order == "12356":
        rest = "DECL: OADR"
    elif draft.rank != "U":
        rest = f"DECL: {created:%m}/{min(created.day, 28):02}/{created.year + 10}"
    return f"EO {order} {rest}" if draft.layout.edited else f"E.O. {order}: {rest}"


def _head(draft: Draft) -> str:
    """Return executive order, TAGS and subject: three lines or a few more."""
    if draft.layout.edited:
        tags = f"TAGS {', '.join(draft.tags)}"
    else:
        tags = f"TAGS: {(', ' if draft.slot.serial % 3 == 0 else ' ').join(draft.tags)}"
    subject = "\n".join(subject_lines(draft.subject, draft.layout))
    return f"{_order(draft)}\n{tags}\nSUBJECT: {subject}"


def _references(draft: Draft) -> list[str]:
    """Return the REF block: one reference, or a lettered list."""
    if len(draft.references) < 2:
        return [f"REF: {only}" for only in draft.references]
    lettered = [f"{chr(65 + i)}. {text}" for i, text in enumerate(draft.references)]
    return ["REF: " + "\n     ".join(lettered)]


def _captions(draft: Draft) -> list[str]:
    """Return the lines between class line and executive order."""
    if draft.noforn:
        return ["NOFORN\nSIPDIS"]
    if draft.mark == "SBU":
        return ["SENSITIVE\nSIPDIS"]
    return ["SIPDIS"]


def _class_line(draft: Draft, sections: int) -> str:
    """Return the first line of the text, after the dateline if there is one."""
    part = f"SECTION 01 OF {sections:02} " if sections > 1 else ""
    station = draft.slot.station
    line = f"{_SPACED[draft.rank]} {part}{station.post} {draft.slot.serial:06}"
    if draft.layout is Layout.DATELINED:
        return f"{draft.slot.created:%A, %d %B %Y, %H:%M}\n{line}"
    return line


def _paged(draft: Draft, blocks: list[str], sections: int) -> list[str]:
    """Return the blocks with a page mark before each in which a page begins."""
    post = draft.slot.station.post[:10].rstrip()
    number = f"{post} {draft.slot.serial:08} "
    paged: list[str] = []
    passed, page = 0, 1
    for block in blocks:
        passed += len(block) + 2
        while passed > page * _SECTION // 2:
            place = f"{page // 2 + 1:03}" + (".2" if page % 2 else "  ")
            paged.append(f"{number} {place} OF {sections:03}")
            page += 1
        paged.append(block)
    return paged


def body(draft: Draft, rng: Random) -> tuple[str, int]:
    """Return the text and the number of its sections."""
    head = [*_captions(draft), _head(draft), *_references(draft), *_classified_by(draft, rng)]
    blocks = _paragraphs(draft, rng, draft.length)
    sections = ceil(sum(len(block) + 2 for block in blocks) / _SECTION)
    if sections > 1 and not draft.partial and not draft.layout.edited:
        blocks = _paged(draft, blocks, sections)
    signature = rng.choice(SURNAMES).upper()
    end = ["NNNN"] if rng.random() < 0.007 else []
    gap = "\n" if draft.layout is Layout.DATELINED else "\n\n"
    text = gap.join([_class_line(draft, sections), *head, *blocks, signature, *end])
    if draft.partial and draft.layout is Layout.WRAPPED:
        text = text.replace("\n", " \n")
    return text, sections
