"""TXT: characters that no telegram has, and what importers and editors left in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import telegram
from cableproof.validators.rule import columns

if TYPE_CHECKING:
    import pandas as pd


def _said(text: str) -> dict[str, str]:
    return {"body": telegram(text=text)["body"]}


_PASTED = '"17","9/12/2006 12:39","06BERN1234","Embassy Bern","UNCLASSIFIED","","","'


@columns(
    code="TXT002",
    severity=Severity.WARNING,
    reads="mojibake",
    says="{mojibake}",
    why="Letters that were read in another encoding cannot be searched, and names are maimed.",
    evidence="None of 1,295 pages. Only what is a character again when it is read rightly counts.",
    bad=[_said("The caf\u00c3\u00a9 is open.")],
    good=[_said("The caf\u00e9 of S\u00c3O JO\u00c3O is open.")],
)
def mojibake(records: pd.DataFrame) -> pd.Series[bool]:
    """Text was decoded with the wrong encoding."""
    return records["mojibake"] != ""


@columns(
    code="TXT003",
    severity=Severity.WARNING,
    reads="replaced",
    says="{replaced}",
    why="A replacement character stands where a letter was lost for good.",
    evidence="None of 1,295 pages.",
    bad=[_said("The caf\ufffd is open.")],
    good=[_said("The cafe? is open.")],
)
def replacement_character(records: pd.DataFrame) -> pd.Series[bool]:
    """The text has a character that stands for one that could not be read."""
    return records["replaced"] != ""


@columns(
    code="TXT004",
    severity=Severity.WARNING,
    reads="controls",
    says="{controls}",
    why="Controls break programs that read on, and are a sign of damage in passing on.",
    evidence="None of 1,295 pages.",
    bad=[_said("All trams\x0b ran on time.")],
    good=[_said("All trams\tran on time.")],
)
def control_character(records: pd.DataFrame) -> pd.Series[bool]:
    """The text has controls other than line ends and tabs."""
    return records["controls"] != ""


@columns(
    code="TXT005",
    severity=Severity.WARNING,
    reads="hidden",
    says="{hidden}",
    why="What is not seen, or looks like another letter, hides a word from searches and eyes.",
    evidence="None of 1,295 pages. Telegrams were sent in capitals and figures of seven bits.",
    bad=[_said("All tr\u0430ms ran on time.")],
    good=[_said("All trams of the \u0411\u0435\u0440\u043d line ran on time.")],
)
def bidi_or_invisible_character(records: pd.DataFrame) -> pd.Series[bool]:
    """The text has hidden or direction-changing characters, or a foreign letter in a word."""
    return records["hidden"] != ""


@columns(
    code="TXT006",
    severity=Severity.WARNING,
    fields="body",
    reads="residue",
    says="in the text there are {residue}",
    why="Markup in a text was left by an importer, who may have lost text with other markup.",
    evidence="Of 1,295 pages two have the tags of a table in the text and two have line breaks.",
    bad=[_said("All trams<br/>ran on time &amp; so on.")],
    good=[_said("Trams < boats & <bern@trams.example> ran on time.")],
)
def markup_residue(records: pd.DataFrame) -> pd.Series[bool]:
    """Tags or entities of a page stand inside the text."""
    return records["residue"] != ""


@columns(
    code="TXT007",
    severity=Severity.WARNING,
    fields="body",
    reads="foreign",
    says="in the text there is {foreign}",
    why="What was pasted into a text is read as what the sender wrote.",
    evidence="Three of 1,295 pages have a record of another file pasted in, one has the head of "
    "a newspaper's database. A pasted record repeats lines and numbers of the telegram.",
    bad=[_said(f"All trams ran on time.\n\n{_PASTED}\n")],
    good=[_said("On 9/12/2006 12:39 all trams ran on time, as 06 BERN 1200 says.")],
    stands_for="IDN006 EXT003 EXT004 EXT005 TXT006",
)
def foreign_matter(records: pd.DataFrame) -> pd.Series[bool]:
    """A pasted record, a fragment of SQL, a database head or an editor's note is in the text."""
    return records["foreign"] != ""


@columns(
    code="TXT008",
    severity=Severity.NOTE,
    fields="body",
    reads="damaged_quotes",
    says="apostrophes and quotation marks in stand-ins of seven bits: {damaged_quotes}",
    why="The sending system had no signs for them; whoever quotes should restore them.",
    evidence="A comma for an apostrophe in 140 of 1,295 cables, & and 8 for quotation marks in "
    "about 67.",
    bad=[_said("The tram,s driver was &on time8 again.")],
    good=[_said("The trams, so the R&D unit said, were on time at 8.")],
)
def punctuation_damage(records: pd.DataFrame) -> pd.Series[bool]:
    """Apostrophes or quotation marks are written in the stand-ins of seven bits."""
    return records["damaged_quotes"] > 0
