"""Write two releases of a corpus that differ in planted edits, and the key to them.

    python benchmarks/edits.py --corpus DIR --out DIR [--seed 0] [--records N]

takes the `cables.csv` that `corpus.py` wrote, or the first so many records of it, and writes

    older.csv, newer.csv     the two releases, each in order and numbered from 1
    key.json                 what is planted: index, identifier, edit, kind of difference, alias

A record has at most one edit, and none where it has a planted defect. Signs that an edit is about
stand in both releases, so that both may differ from the corpus. `alias` is the identifier of a
renamed record in the newer release. The same arguments give the same bytes. One row is in memory.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random

import claimed
import layouts
import orjson
import wordings
from rows import Fields, identifier, numbered, parsed, row, rows
from wordings import Both, Edit

OLDER, NEWER, KEY = "older.csv", "newer.csv", "key.json"


@dataclass(frozen=True, slots=True)
class Family:
    """Edits that are one kind of difference."""

    code: str
    share: float  #: of all records
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted edit, as `key.json` lists it."""

    index: int
    identifier: str
    edit: str
    code: str
    alias: str = ""


def _removed(record: Fields, rng: Random) -> Both | None:
    """Return the record as it stands: whoever writes it leaves it out of one release."""
    return record, record


FAMILIES = (
    Family("CMP101", 0.005, (_removed,)),
    Family("CMP102", 0.005, (_removed,)),
    Family("CMP103", 0.001, (claimed.malformed, claimed.another)),
    Family("CMP201", 0.0025, (claimed.classification,)),
    Family("CMP202", 0.0025, (claimed.created,)),
    Family("CMP203", 0.0025, (claimed.origin,)),
    Family("CMP206", 0.0025, (claimed.references,)),
    Family(
        "CMP301",
        0.02,
        (
            layouts.line_ends,
            layouts.wrapped_otherwise,
            layouts.trailing_blanks,
            layouts.wide_blanks,
            layouts.blank_lines,
        ),
    ),
    Family("CMP302", 0.002, (layouts.read_wrongly, layouts.signs_lost, layouts.entities)),
    Family(
        "CMP303",
        0.002,
        (
            layouts.quotes_curled,
            layouts.dashes_restyled,
            layouts.page_marks_dropped,
            layouts.dateline_dropped,
            layouts.pilcrows_added,
            layouts.heading_restyled,
        ),
    ),
    Family(
        "CMP304", 0.002, (layouts.header_dropped, layouts.header_added, layouts.header_line_lost)
    ),
    Family(
        "CMP305",
        0.002,
        (
            wordings.end_cut,
            wordings.end_cut_in_a_word,
            wordings.beginning_cut,
            wordings.end_extended,
            wordings.beginning_extended,
        ),
    ),
    Family(
        "CMP306",
        0.002,
        (
            wordings.word_changed,
            wordings.words_inserted,
            wordings.figure_changed,
            wordings.sentence_removed,
            wordings.word_changed_among_marks,
        ),
    ),
    Family("CMP401", 0.002, wordings.COVERING),
    Family("CMP402", 0.002, wordings.OPENING),
    Family("CMP403", 0.001, (wordings.marks_restyled,)),
)
_NAMES = {"CMP101": "record_removed", "CMP102": "record_added"}


def name(family: Family, edit: Edit) -> str:
    """Return what the key calls an edit."""
    return _NAMES.get(family.code, edit.__name__).replace("_", " ")


def _drawn(rng: Random) -> Family | None:
    """Return the family of the edit that a record shall have; mostly none."""
    drawn = rng.random()
    for family in FAMILIES:
        if drawn < family.share:
            return family
        drawn -= family.share
    return None


def _edited(record: Fields, family: Family, rng: Random) -> tuple[Edit, Both] | None:
    """Return the first edit of a family, in an order drawn for it, for which there is a place."""
    for edit in rng.sample(family.edits, len(family.edits)):
        both = edit(record, rng)
        if both is not None:
            return edit, both
    return None


def planted(
    index: int, whole: bytes, seed: int
) -> tuple[Planted | None, bytes | None, bytes | None]:
    """Return the edit of a row, if it has one, and the row in the older and newer release."""
    rng = Random(f"edit {seed} {index}")
    family = _drawn(rng)
    if family is None:
        return None, whole, whole
    record = parsed(whole)
    found = _edited(record, family, rng)
    if found is None:
        return None, whole, whole
    edit, (old, new) = found
    alias = new.identifier if new.identifier != old.identifier else ""
    key = Planted(index, old.identifier, name(family, edit), family.code, alias)
    older = None if family.code == "CMP102" else row(old)
    return key, older, None if family.code == "CMP101" else row(new)


def _unsound(corpus: Path) -> set[str]:
    """Return the identifiers of the records with a planted defect."""
    defects = orjson.loads((corpus / "defects.json").read_bytes())["csv"]
    return {defect["identifier"] for defect in defects}


def write(corpus: Path, out: Path, seed: int, records: int | None) -> Iterator[Planted]:
    """Write both releases, and yield what is planted while they are written."""
    unsound = _unsound(corpus)
    numbers = [0, 0]
    with (out / OLDER).open("wb") as older, (out / NEWER).open("wb") as newer:
        for index, whole in enumerate(islice(rows(corpus / "cables.csv"), records)):
            key, *both = (
                (None, whole, whole)
                if identifier(whole) in unsound
                else planted(index, whole, seed)
            )
            if key is not None:
                yield key
            for at, (file, content) in enumerate(zip((older, newer), both, strict=True)):
                if content is not None:
                    numbers[at] += 1
                    file.write(numbered(content, numbers[at]))


def main(argv: list[str]) -> None:
    """Write two releases and their key."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder that corpus.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder; made if it is not there")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--records", type=int, help="how many of the corpus; else all")
    given = parser.parse_args(argv)
    given.out.mkdir(parents=True, exist_ok=True)
    key = [asdict(each) for each in write(given.corpus, given.out, given.seed, given.records)]
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    (given.out / KEY).write_bytes(orjson.dumps(key, option=options))
    print(f"{len(key):,} edits")


if __name__ == "__main__":
    main(sys.argv[1:])
