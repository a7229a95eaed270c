"""EXT: whether the text of a record is whole: its end, its paragraphs, its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import BODY
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd

_STUB = "is a stub without a paragraph or a signature"
_SECTIONED = BODY.replace("UNCLAS BERN", "UNCLAS SECTION 01 OF 03 BERN").replace(
    "NOBODY", "BERN 00001234  002 OF 003\n\n2. (U) So did the boats.\n\n{}NOBODY"
)
_THIRD = "BERN 00001234  003 OF 003\n\n{}. (U) The benches are new.\n\n"


@rows(
    code="EXT003",
    severity=Severity.WARNING,
    fields="body",
    reads="ending signed short paragraphs text_rank",
    says="the text {how}",
    why="A text that was cut is taken for the whole cable by whoever reads only its beginning.",
    evidence="Five of 105 sample cables, all stubs of 240 to 260 characters that end in three "
    "dots. A missing signature alone proves nothing: 110 of 1,295 cables have none. Of 3,129 lines "
    "that the next one goes on, a cut is seen at 3,048; the others end as sound texts may.",
    bad=[{"body": BODY[: BODY.index("time")] + "ti"}],
    good=[{"body": BODY.replace("NOBODY", "As ever...\n\nNOBODY")}],
    stands_for="EXT004 EXT005 SUB001 SUB002 TAG005 RED001",
)
def text_cut_short(records: pd.DataFrame) -> pd.DataFrame:
    """The body is a stub, ends in three dots, or stops inside a sentence."""
    bare = (records["paragraphs"] == 0) & ~records["signed"].astype(bool)
    stub = records["short"] & bare
    cut = records["ending"] != ""
    odd = records[cut | stub.astype(bool)]
    return odd.assign(how=odd["ending"].astype(str).where(odd["ending"] != "", _STUB))


@rows(
    code="EXT004",
    severity=Severity.WARNING,
    fields="body",
    reads="missing_paragraphs near_a_mark",
    says="paragraphs missing by their numbers: {missing_paragraphs}{how}",
    why="Paragraphs are numbered without a gap; a gap is a paragraph taken out, or a slip.",
    evidence="Complete in 1,236 of 1,281 cables. Of the others 21 have redaction marks, where it "
    "is a note, as where only the first number lacks (3); some 15 skip a number with no trace.",
    bad=[{"body": BODY.replace("NOBODY", "3. (U) The boats too.\n\nNOBODY")}],
    good=[{"body": BODY.replace("NOBODY", "2. (U) The boats too.\n\nNOBODY")}],
)
def missing_paragraphs(records: pd.DataFrame) -> pd.DataFrame:
    """Paragraph numbers have a gap; with a redaction mark near it, that is a note."""
    odd = records[records["missing_paragraphs"] != ""]
    covered = odd["near_a_mark"].astype(bool)
    mild = covered | (odd["missing_paragraphs"] == "1")
    return odd.assign(
        how=covered.map({True: ", where redaction marks stand", False: ""}),
        severity=mild.map({True: Severity.NOTE.value, False: Severity.WARNING.value}),
    )


@rows(
    code="EXT005",
    severity=Severity.WARNING,
    fields="body",
    reads="mark_total mark_totals unmarked_sections",
    uses="sections section missing_paragraphs near_a_mark signed marks",
    says="by its page marks {how}",
    why="A section that lacks is a third or half of the cable, and nothing else shows it.",
    evidence="Totals agree in 646 of 649 cables with page marks. A section without a mark is a "
    "warning only where paragraphs are missing too or nobody signed: editors also took out "
    "marks and left the text, in all seven cases of 49 sample cables.",
    bad=[
        {
            "body": _SECTIONED.format(_THIRD.format(4)).replace(
                "002 OF 003\n\n2. (U) So did the boats.", "001.2 OF 003\n\n2. (U) So did the boats."
            )
        }
    ],
    good=[{"body": _SECTIONED.format(_THIRD.format(3))}],
    stands_for="EXT004",
)
def missing_sections(records: pd.DataFrame) -> pd.DataFrame:
    """Sections are missing, or the page marks disagree on how many there are."""
    import pandas as pd

    totals = records["mark_totals"] > 1
    stated = records["sections"].notna() & (records["sections"] != records["mark_total"])
    gap = (records["missing_paragraphs"].fillna("") != "") & ~records["near_a_mark"].fillna(False)
    second = gap | ~records["signed"].astype(bool)
    lacking = records["unmarked_sections"] != ""
    count = "their total changes from mark to mark"
    parts = [
        records[totals].assign(how=count),
        records[stated & ~totals].assign(how="the total is not that of the class line"),
    ]
    rest = records[lacking & ~totals & ~stated]
    severe = second[rest.index] & (rest["marks"] == 0)
    severity = severe.map({True: Severity.WARNING.value, False: Severity.NOTE.value})
    how = "no page is of section " + rest["unmarked_sections"].astype(str)
    found = pd.concat([*parts]).assign(severity=Severity.WARNING.value)
    return pd.concat([found, rest.assign(how=how, severity=severity)])


@columns(
    code="EXT006",
    severity=Severity.WARNING,
    fields="body",
    reads="first_section",
    says="the text begins with section {first_section}",
    why="A later section filed alone lacks the beginning of the cable, with all that it says.",
    evidence="Of 811 cables with a section in the class line all begin with the first. Where there "
    "is no class line, a page mark at the top tells the section.",
    bad=[{"body": BODY.replace("UNCLAS BERN", "UNCLAS SECTION 02 OF 02 BERN")}],
    good=[{"body": BODY.replace("UNCLAS BERN", "UNCLAS SECTION 01 OF 02 BERN")}],
    stands_for="EXT003 EXT004 EXT005 CLS005 CLS006 SUB001 SUB002 TAG005",
)
def later_section_filed_alone(records: pd.DataFrame) -> pd.Series[bool]:
    """The text begins with section 2 or later."""
    return records["first_section"] > 1
