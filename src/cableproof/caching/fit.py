"""What may be kept: evidence that says of a record no more than a report may tell of it.

A value that has not even the characters of its field may be a piece of text that slipped into
it. A report withholds it, and no table that holds one is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from cableproof.tasks import Links
from cableproof.validators.collation.forms import RUNGS
from cableproof.validators.collation.witness import columns
from cableproof.validators.telling import FOREIGN

_DIGEST = re.compile("[0-9a-f]*")
_LISTS = re.compile(r"[A-Z0-9&' .,()-]{1,40}(?: [A-Z0-9&'.,()-]{1,40})*")
_KEY = re.compile(r"[\w ,.'*()&/-]{1,60}")
#: Columns of evidence that hold values of a record, by what a report may tell of each.
_VALUES = {
    **{name: name for name in ("canonical", "classification", "created", "identifier", "origin")},
    **{name: name for name in ("link_identifier", "page_names", "source_release", "station")},
    **{name: name for name in ("source_released", "text_of")},
    **dict.fromkeys(("released", "created_key", "released_key"), "created"),
    **dict.fromkeys(("key", "own_links"), "identifier"),
    **dict.fromkeys(("references", "cited", "not_cables"), "reference"),
    **dict.fromkeys(("references_not_in_text", "references_only_in_text"), "reference"),
    **dict.fromkeys(("tags", "tag", "dated_tags"), "tag"),
    **dict.fromkeys(("tags_not_in_line", "tags_only_in_line"), "tag"),
    **dict.fromkeys(("unknown", "wrong"), "field"),
    "release": "source_release",
    "classification_key": "classification",
    "origin_key": "origin",
}
_PATTERNS = {name: FOREIGN[like] for name, like in _VALUES.items()} | {
    **dict.fromkeys(("tags_key", "references_key"), _LISTS),
    **dict.fromkeys(("furniture", "subject_key", "digest", "page_digest"), _DIGEST),
    **{f"listed_{name}": _DIGEST for name in ("days", "months", "origins", "tags")},
    **dict.fromkeys(columns(RUNGS), _DIGEST),
    **dict.fromkeys(("cables", "label"), _KEY),
}
#: Columns that hold words of ours, numbers of lines, or places.
OURS = frozenset(
    [
        *("controls", "created_precision", "ending", "field_lines", "file", "foreign"),
        *("hidden", "kind", "mark_styles", "missing", "missing_paragraphs", "mojibake"),
        *("numbers_apart", "opening", "page_months", "path", "ranks_apart", "replaced"),
        *("residue", "stations_apart", "tree", "unmarked_sections"),
    ]
)
_ADDRESS = re.compile(r"[A-Za-z0-9_./-]{1,80}")


def tables_fit(tables: Iterable[pl.DataFrame]) -> bool:
    """Tell whether all values of tables are such as a report may tell."""
    return all(
        _values_fit(name, values)
        for table in tables
        for name, values in zip(table.columns, table.get_columns(), strict=True)
    )


def links_fit(links: Links) -> bool:
    """Tell whether no address of a link is made of words."""
    return all(_ADDRESS.fullmatch(each) for _, addresses in links for each in addresses)


def pattern_of(name: str) -> re.Pattern[str] | None:
    """Return what a column's values must look like, or nothing where they are words of ours."""
    return None if name in OURS else _PATTERNS[name]


def _values_fit(name: str, values: pl.Series) -> bool:
    kind = values.dtype
    if isinstance(kind, pl.List):
        return _values_fit(name, values.explode())
    if isinstance(kind, pl.Struct):
        fields = values.struct.unnest()
        return all(_values_fit(each, fields[each]) for each in fields.columns)
    if kind != pl.String:
        return True
    wanted = pattern_of(name)
    if wanted is None:
        return True
    fits = values.str.contains(rf"\A(?:{wanted.pattern})?\z")
    return bool(fits.fill_null(True).all())
