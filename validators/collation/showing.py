"""Values of metadata as reports show them: nothing that may be a piece of a text."""

from collections.abc import Callable, Mapping

from cableproof.schemas import vocab
from cableproof.sources.identifiers import canonical
from cableproof.validators.classifications import canonical as classification
from cableproof.validators.telling import told


def shown_value(field: str, value: object, *, guarded: bool = False) -> str | None:
    """Return a value as reports show it: a list as its words, and nothing that may be a text.

    Where a witness covers something, ``guarded``, only values that tables know are shown: an
    origin may have all characters of one and be a sentence.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        name = _ITEMS[field]
        words = [shown_value(name, item, guarded=guarded) for item in value if item is not None]
        return " ".join(word or "" for word in words).strip()
    kept = told({"released": "created"}.get(field, field), value)
    if kept is None or (guarded and not _KNOWN.get(field, _any)(str(kept))):
        return None
    return str(kept)


def _any(value: str) -> bool:
    return True


#: What tells of a value that it stands in a table, or has the one shape of its field.
_KNOWN: Mapping[str, Callable[[str], bool]] = {
    "origin": lambda value: value in vocab.origins(),
    "tag": lambda value: value in vocab.tags(),
    "classification": lambda value: classification(value) is not None,
    "reference": lambda value: canonical(value) is not None,
}
_ITEMS = {"tags": "tag", "references": "reference"}
