"""Edits that change what a text says: words, its ends, and marks over words.

Each takes the fields of a record and gives those of the older and of the newer release, or
nothing where the record has no place for it.
"""

from collections.abc import Callable
from random import Random

import wordlist
from places import COVER, Span, put, sentences, spots
from rows import Fields

Both = tuple[Fields, Fields]
Edit = Callable[[Fields, Random], Both | None]
#: Words that the corpus has nowhere.
_NEW = ("copper", "sapling", "thimble", "gravel", "barley", "lantern-maker", "marzipan", "quilted")
_STYLES = ("XXXXXXX", "\u2588\u2588\u2588\u2588\u2588\u2588", "[REDACTED]", "[name removed]")
_FEWEST = 60  # words of a text that is cut


def bodies(record: Fields, old: str, new: str) -> Both | None:
    """Return both releases of a record with these bodies, if they differ."""
    return (record._replace(body=old), record._replace(body=new)) if old != new else None


def _within(text: str, rng: Random) -> list[Span]:
    """Return one to three places, each with its first word only."""
    found = spots(text, rng, rng.randint(1, 3))
    return [Span(span.start, span.start + len(text[span.start :].split()[0])) for span in found]


def word_changed(record: Fields, rng: Random) -> Both | None:
    """One to three words are others."""
    spans = _within(record.body, rng)
    new = put(record.body, spans, rng.sample(_NEW, len(spans)))
    return bodies(record, record.body, new)


def words_inserted(record: Fields, rng: Random) -> Both | None:
    """One to three words are new in one place."""
    spans = _within(record.body, rng)[:1]
    more = " ".join(rng.sample(_NEW, rng.randint(1, 3)))
    words = [f"{more} {record.body[span.start : span.end]}" for span in spans]
    return bodies(record, record.body, put(record.body, spans, words))


def figure_changed(record: Fields, rng: Random) -> Both | None:
    """A figure is larger by one."""
    words = record.body.split(" ")
    inside = range(len(words) // 3, 2 * len(words) // 3)
    found = [at for at in inside if words[at].isdigit() and words[at] != "9"]
    if not found:
        return None
    at = rng.choice(found)
    words[at] = str(int(words[at]) + 1)
    return bodies(record, record.body, " ".join(words))


def sentence_removed(record: Fields, rng: Random) -> Both | None:
    """A sentence between two others is gone."""
    found = sentences(record.body)
    if not found:
        return None
    return bodies(record, record.body, put(record.body, [rng.choice(found)], [""]))


def _cuts(text: str) -> list[int]:
    """Return where blanks stand in a text that is long enough to be cut."""
    blanks = [at for at, sign in enumerate(text) if sign.isspace() and at and text[at - 1] > " "]
    return blanks if len(blanks) > _FEWEST else []


def end_cut(record: Fields, rng: Random) -> Both | None:
    """The text ends after a word."""
    cuts = _cuts(record.body.rstrip())
    if not cuts:
        return None
    return bodies(record, record.body, record.body[: rng.choice(cuts[len(cuts) // 3 :])])


def end_cut_in_a_word(record: Fields, rng: Random) -> Both | None:
    """The text ends in the middle of a word of prose."""
    found = [span for span in spots(record.body, rng, 5) if span.end - span.start > 6]
    if not found:
        return None
    return bodies(record, record.body, record.body[: found[-1].start + 3])


def beginning_cut(record: Fields, rng: Random) -> Both | None:
    """The text begins after its first twelve words or more."""
    cuts = _cuts(record.body)
    if not cuts:
        return None
    cut = rng.choice(cuts[12 : 2 * len(cuts) // 3])
    return bodies(record, record.body, record.body[cut:].lstrip())


def end_extended(record: Fields, rng: Random) -> Both | None:
    """A paragraph follows after the end."""
    more = f"{record.body.rstrip()}\n\n{wordlist.prose(rng, 'plain')}"
    return bodies(record, record.body, more) if record.body else None


def beginning_extended(record: Fields, rng: Random) -> Both | None:
    """A paragraph stands before the beginning."""
    more = f"{wordlist.prose(rng, 'plain')}\n\n{record.body}"
    return bodies(record, record.body, more) if record.body else None


def words_covered(record: Fields, rng: Random) -> Both | None:
    """One to three places are covered by marks."""
    spans = spots(record.body, rng, rng.randint(1, 3))
    new = put(record.body, spans, [COVER] * len(spans))
    return bodies(record, record.body, new)


def sentence_covered(record: Fields, rng: Random) -> Both | None:
    """A mark stands for a whole sentence."""
    found = sentences(record.body)
    if not found:
        return None
    return bodies(record, record.body, put(record.body, [rng.choice(found)], [f"{COVER} "]))


def signature_covered(record: Fields, rng: Random) -> Both | None:
    """A mark stands for the last word."""
    words = record.body.split()
    if len(words) < _FEWEST or COVER in words[-1]:
        return None
    start = record.body.rindex(words[-1])
    return bodies(record, record.body, record.body[:start] + COVER)


def mark_widened(record: Fields, rng: Random) -> Both | None:
    """A mark stands for the words after it too, by another mark beside it."""
    spans = spots(record.body, rng, 1)
    words = [record.body[span.start : span.end].split(" ", 1) for span in spans]
    if not words or len(words[0]) < 2:
        return None
    old, new = (put(record.body, spans, [f"{COVER} {rest}"]) for rest in (words[0][1], COVER))
    return bodies(record, old, new)


def _mirrored(edit: Edit) -> Edit:
    """Return the reverse of an edit that covers, which opens what it covered."""

    def opened(record: Fields, rng: Random) -> Both | None:
        both = edit(record, rng)
        return both and (both[1], both[0])

    opened.__name__ = edit.__name__.replace("covered", "opened").replace("widened", "narrowed")
    return opened


COVERING: tuple[Edit, ...] = (words_covered, sentence_covered, signature_covered, mark_widened)
OPENING = tuple(_mirrored(edit) for edit in COVERING)


def word_changed_among_marks(record: Fields, rng: Random) -> Both | None:
    """One word is another, and marks elsewhere stand in both releases."""
    spans = spots(record.body, rng, 4)
    if len(spans) < 3:
        return None
    words = [COVER] * len(spans)
    words[rng.randrange(len(words))] = record.body[spans[0].start : spans[0].end]
    changed = next(at for at, word in enumerate(words) if word != COVER)
    old = put(record.body, spans, words)
    words[changed] = rng.choice(_NEW)
    return bodies(record, old, put(record.body, spans, words))


def marks_restyled(record: Fields, rng: Random) -> Both | None:
    """The marks of all covered places look otherwise."""
    both = words_covered(record, rng)
    if both is None:
        return None
    covered = both[1].body
    return bodies(record, covered, covered.replace(COVER, rng.choice(_STYLES)))
