"""The nearest word of a table, where one is near enough to be worth naming."""

from collections.abc import Collection


def the_only_one_edit_away(word: str, words: Collection[str]) -> str | None:
    """Return the word of ``words`` that is one edit from ``word``, if it is the only one.

    An edit is a letter added, lost, changed, or two neighbours swapped.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, list(words), scorer=OSA.distance, score_cutoff=1, limit=2)
    return str(found[0][0]) if len(found) == 1 else None


def nearest(word: str, words: Collection[str]) -> str | None:
    """Return the word of ``words`` most like ``word``, letters' case aside, if any is alike."""
    from rapidfuzz import fuzz, process

    choices = list(words)
    found = process.extractOne(
        word, choices, scorer=fuzz.ratio, processor=str.upper, score_cutoff=70
    )
    return None if found is None else str(found[0])


def hint(suggestion: str | None) -> str:
    """Return a suggestion as the end of a message, or nothing."""
    return f"; perhaps {suggestion}" if suggestion else ""
