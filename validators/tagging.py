"""What kind of thing a tag is, told by the table of TAGS codes."""

import re

from cableproof.schemas import vocab
from cableproof.validators.near import the_only_one_edit_away

_SHAPE = re.compile(r"[A-Z]{2,8}|[A-Z]{1,8}(?:[&'-][A-Z0-9]{1,8})+")
_NAME = re.compile(r"\(.*\)|[^,]+,[^,]+")
_FREQUENT = 5  # uses of a code in the samples that make it worth suggesting
_LONGEST_TYPED = 6  # letters: longer codes are organizations, which look like one another


@vocab.derived
def _frequent() -> tuple[str, ...]:
    return tuple(code for code, row in vocab.tags().items() if int(row["uses"] or 0) >= _FREQUENT)


@vocab.derived
def misspelt(tag: str) -> str | None:
    """Return the code that an unknown ``tag`` stands for, if the table or one edit tells it."""
    if tag in vocab.misspelt_tags():
        return vocab.misspelt_tags()[tag]
    if not 4 <= len(tag) <= _LONGEST_TYPED:
        return None
    return the_only_one_edit_away(tag, _frequent())


@vocab.derived
def verdict(tag: str) -> str:
    """Return what kind of thing a tag is: known, misspelt, unknown, name or malformed."""
    if tag in vocab.tags():
        return "known"
    if _NAME.fullmatch(tag):
        return "name"
    if not _SHAPE.fullmatch(tag):
        return "malformed"
    return "misspelt" if misspelt(tag) else "unknown"
