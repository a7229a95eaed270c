"""Text in which nothing is markup, for Markdown."""

from cableproof.escape import shown

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>()#+!|~&"})
#: What makes a link of bare words, or calls somebody.
_LINKS = {"@": "&#64;", "://": "&#58;//", "www.": "www&#46;"}


def plain(value: object, longest: int = 400) -> str:
    """Return a value as Markdown in which nothing is markup, and nobody is mentioned."""
    text = shown(value, longest).translate(_SPECIAL)
    for bare, written in _LINKS.items():
        text = text.replace(bare, written)
    return text
