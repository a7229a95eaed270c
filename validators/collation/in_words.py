"""What a difference in a text is, in words: where and how much, never which words of it."""

from collections.abc import Mapping
from typing import Any

_PLACES = 6  # paragraphs that are named


def in_words(facts: Mapping[str, Any]) -> str:
    """Return places and numbers of a discrepancy as a line, empty where there are none."""
    said = [str(facts[name]) for name in ("how", "where", "hint") if name in facts]
    if "number" in facts:
        number = facts["number"]
        places = sorted({passage["paragraph"] for passage in facts["passages"]})
        where = ", ".join(str(place) if place else "heading" for place in places[:_PLACES])
        more = " …" if len(places) > _PLACES else ""
        said.append(f"{number:,} passage{'' if number == 1 else 's'} in ¶ {where}{more}")
    if "removed" in facts:
        said.append(f"-{facts['removed']:,} +{facts['added']:,} words, {facts['alike']} % alike")
    return "; ".join(said)
