"""IDN: the identifier's shape, its station, and what else carries it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.schemas import vocab
from cableproof.validators.examples import BODY, numbered, telegram
from cableproof.validators.near import hint, the_only_one_edit_away
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd


def _hint(identifier: str, form: object) -> str:
    """Return a hint that names the canonical form, or the first character that none has."""
    if isinstance(form, str):
        return hint(form)
    odd = next((c for c in identifier if not (c.isascii() and c.isalnum())), None)
    if odd is None:
        return ""
    return f"; it holds U+{ord(odd):04X} {unicodedata.name(odd, '')}".rstrip()


@rows(
    code="IDN001",
    severity=Severity.ERROR,
    fields="identifier",
    reads="identifier shaped",
    uses="canonical",
    says="{identifier} is no well-formed identifier{hint}",
    why="Under a malformed identifier a cable cannot be found, cited or compared; some hide a "
    "second section or a second copy of a cable.",
    evidence="203 of the 251,287 published identifiers are malformed, in seven ways; the table "
    "of them is shipped, with the canonical form of each.",
    bad=[{"identifier": "06EFTOBERN1234", "link": None}],
    good=[{"identifier": "06BERN1234"}],
)
def malformed_identifier(records: pd.DataFrame) -> pd.DataFrame:
    """The identifier does not have the shape year, station, serial."""
    known = records["canonical"]
    odd = records[~records["shaped"] | (known.notna() & (known != records["identifier"]))]
    pairs = zip(odd["identifier"], odd["canonical"], strict=True)
    return odd.assign(hint=[_hint(text, form) for text, form in pairs])


@rows(
    code="IDN002",
    severity=Severity.WARNING,
    fields="identifier",
    reads="identifier canonical station",
    says="{identifier} names the station {station}, which is in no table{hint}",
    why="A station that never existed is a misspelt one, and the cable is lost to searches.",
    evidence="The table of 282 stations covers 251,084 of 251,287 published identifiers; the "
    "others are all malformed.",
    bad=[{"identifier": "06BERNN1234", "link": None, "origin": "Embassy Bern"}],
    good=[{"identifier": "06BERN1234"}],
)
def unknown_station(records: pd.DataFrame) -> pd.DataFrame:
    """The identifier has the right shape and a station that is in no table."""
    plain = records["canonical"] == records["identifier"]
    odd = records[plain & ~records["station"].isin(list(vocab.posts()))]
    near = [the_only_one_edit_away(station, vocab.posts().keys()) for station in odd["station"]]
    return odd.assign(hint=list(map(hint, near)))


@columns(
    code="IDN003",
    severity=Severity.ERROR,
    fields="identifier",
    reads="identifier page_names",
    stands_for="PRV003 IDN006 TXT001 REF003",
    says="the record is {identifier}, but the page says: {page_names}",
    why="One page that names two cables was put together from two.",
    evidence="Heading, file name, table cell and link agree in 1,295 of 1,295 pages.",
    bad=[{"heading_identifier": "06BERN1243"}],
    good=[{"heading_identifier": "06BERN1234", "file_identifier": "06BERN1234"}],
)
def identifier_contradicts_page(records: pd.DataFrame) -> pd.Series[bool]:
    """File name, heading, table cell, link or footer of one page name different cables."""
    return records["page_names"] != ""


@rows(
    code="IDN004",
    severity=Severity.ERROR,
    fields="identifier",
    on="copies",
    reads="identifier copies contents",
    says="{identifier} stands {copies} times in this source, {how}",
    why="Of two records under one name only one can be meant; importers keep one by chance.",
    evidence="No identifier occurs twice among 251,287. Copies with the same content are a "
    "warning: nothing is lost with one of them.",
    bad=[
        telegram(text="All trams ran on time."),
        telegram(text="Some trams ran late."),
    ],
    good=[{}, numbered(1235, partial_extract=None)],
)
def duplicate_identifier(copies: pd.DataFrame) -> pd.DataFrame:
    """The same identifier stands twice in one source."""
    same = copies["contents"] == 1
    return copies.assign(
        how=same.map({True: "with the same content", False: "with different content"}),
        severity=same.map({True: Severity.WARNING.value, False: Severity.ERROR.value}),
    )


@rows(
    code="IDN005",
    severity=Severity.WARNING,
    fields="identifier",
    reads="identifier canonical group",
    says="{identifier} is malformed, and its canonical form {canonical} is in this source too",
    why="The malformed one is often a second section or a second copy; merging them is a "
    "decision for a person.",
    evidence="82 of the 203 malformed identifiers have such a partner.",
    bad=[{"identifier": "06EFTOBERN1234", "link": None}, {}],
    good=[{}, numbered(1235, partial_extract=None)],
)
def twin_identifier(records: pd.DataFrame) -> pd.DataFrame:
    """A malformed identifier whose canonical form is in the same source too."""
    plain = records["identifier"] == records["canonical"]
    odd = records[~plain]
    there = records[plain & records["canonical"].isin(set(odd["canonical"]))]
    pairs = set(zip(there["group"], there["canonical"], strict=True))
    mine = zip(odd["group"], odd["canonical"], strict=True)
    return odd[[pair in pairs for pair in mine]]


@columns(
    code="IDN006",
    severity=Severity.ERROR,
    fields="identifier body",
    reads="identifier numbers_apart",
    says="{identifier} is contradicted by the number in its {numbers_apart}",
    why="Class line, line of the sending station and page marks repeat the serial; one was changed.",
    evidence="The class line agrees in 1,279 of 1,285 cables, the other six carry the text of "
    "another cable (TXT001); the line of the sending station in 1,120 of 1,120; page marks in "
    "645 of 649, the other four among those six.",
    bad=[{"body": BODY.replace("001234", "001243")}],
    good=[{"body": BODY.replace("001234", "1234")}],
)
def number_in_text_contradicts_identifier(records: pd.DataFrame) -> pd.Series[bool]:
    """Class line, line of the sending station or page marks carry another serial."""
    return records["numbers_apart"] != ""
