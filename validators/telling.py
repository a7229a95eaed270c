"""What a finding may tell: words of our own, numbers, and values that look like their field.

A value that has not even the characters of its field may be a piece of text that slipped into
it, when columns were shifted or a page was cut; it is withheld, and only its length is told.
"""

import re
from collections.abc import Mapping

from cableproof.escape import LONGEST, shown

#: Names that hold words of this program or of its tables, whatever the record says.
OURS = frozenset(
    [
        "after",
        "before",
        "beside",
        "controls",
        "disagreement",
        "flag",
        "foreign",
        "form",
        "hidden",
        "hint",
        "how",
        "known",
        "last_year",
        "mark",
        "missing_paragraphs",
        "mojibake",
        "name",
        "numbers_apart",
        "page_months",
        "passages",
        "post",
        "ranks_apart",
        "reason",
        "replaced",
        "residue",
        "said",
        "seen",
        "stations_apart",
        "styles",
        "suggestion",
        "used",
        "written",
    ]
)
LONGEST_OF_OURS = 400  # characters of words of our own, which are never cut in practice
_IDENTIFIER = re.compile(r"\s?\S{1,40}\s?")
_DATE = re.compile(r"[0-9/:. +TZ-]{1,30}")
_RELEASE = re.compile(r"[\w.-]{1,40}")
#: What a value of each other name may look like to be told as it stands.
FOREIGN: Mapping[str, re.Pattern[str]] = {
    "cables": re.compile(r"(?:(?:[0-9A-Z]{1,40}|\[[0-9]{1,3} characters\])(?:, )?){1,5}"),
    "canonical": _IDENTIFIER,
    "classification": re.compile(r"[A-Za-z /,()-]{1,60}"),
    "copy": re.compile(r"[^\x00-\x1f\x7f]{1,400}"),
    "created": _DATE,
    "field": re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,40}"),
    "identifier": _IDENTIFIER,
    "key": re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,40}"),
    "link_identifier": _IDENTIFIER,
    "twin": _IDENTIFIER,
    "origin": re.compile(r"[\w ,.'*()&/-]{1,60}"),
    "page_names": re.compile(r"(?:[a-z ]+ \S{1,45}(?:, )?){1,3}"),
    "reference": _IDENTIFIER,
    "source_release": _RELEASE,
    "source_released": _DATE,
    "station": _IDENTIFIER,
    "text_of": _IDENTIFIER,
    "tag": re.compile(r"[A-Za-z0-9&'-]{1,24}|[A-Za-z&'., ()-]{1,40}"),
    "value": _DATE,
    "when": _DATE,
}
_SEVERAL = frozenset(["cables"])  # names of several values at once
_PLACES = frozenset(["copy"])  # names of what says where something else stands
_NUMBER = re.compile("[0-9]+")


def told(name: str, value: object) -> object:
    """Return ``value`` if a finding may tell it under ``name``, else None.

    Raises:
        KeyError: nothing was laid down for ``name``, so that no rule may tell it.

    """
    if value is None or isinstance(value, int) or name in OURS:
        return value
    return value if FOREIGN[name].fullmatch(str(value)) else None


def lasting(facts: Mapping[str, object]) -> list[str]:
    """Return what the facts of a finding say of its record, wherever it stands, sorted by name.

    Numbers are left out, and those in our own words: they count, or say a row, and another
    record beside this one changes them. Values of the record stay as they are.
    """
    return [
        f"{name}={_NUMBER.sub('#', value) if name in OURS else value}"
        for name, value in sorted(facts.items())
        if isinstance(value, str) and name not in _PLACES
    ]


def worded(name: str, value: object) -> str:
    """Return ``value`` as a message words it: safe to show, or by its length alone."""
    if told(name, value) is None:
        return f"[{len(str(value))} characters]"
    return shown(value, LONGEST_OF_OURS if name in OURS or name in _SEVERAL else LONGEST)
