"""The kinds of discrepancy between sources, and their cards."""

from __future__ import annotations

from dataclasses import dataclass

from cableproof.finding import Severity


@dataclass(frozen=True)
class Kind:
    """One way in which witnesses of a cable differ.

    ``severity`` is the gravest that it has; ``innocent`` names causes that are no damage.
    """

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    innocent: str = ""


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_KINDS = (
    Kind(
        "CMP101",
        "missing-record",
        _ERROR,
        "The base source has a cable that this source lacks.",
        "A cable that was dropped on the way can no longer be found, cited or compared.",
        "An older release, or a selection. What could not be read is called unreadable instead. In "
        "an audit a note where no page can come from the release that has it.",
    ),
    Kind(
        "CMP102",
        "extra-record",
        _WARNING,
        "This source has a cable that the base source lacks.",
        "A cable that was withdrawn, or that somebody added.",
        "A later release.",
    ),
    Kind(
        "CMP103",
        "renamed-record",
        _WARNING,
        "The same cable stands under another identifier.",
        "Under another identifier a cable is taken for a missing and a new one.",
        "A malformed identifier that one source mended.",
    ),
    Kind(
        "CMP201",
        "classification-differs",
        _ERROR,
        "The classifications differ, abbreviations and spellings apart.",
        "In 10,954 comparisons of neighbouring releases no classification ever changed.",
    ),
    Kind(
        "CMP202",
        "created-differs",
        _ERROR,
        "The dates differ beyond the precision of the coarser source.",
        "In 10,954 comparisons of neighbouring releases no date of a cable ever changed.",
    ),
    Kind(
        "CMP203",
        "origin-differs",
        _ERROR,
        "The origins are different posts.",
        "In 10,954 comparisons of neighbouring releases no origin ever changed.",
    ),
    Kind(
        "CMP204",
        "tags-differ",
        _WARNING,
        "The TAGS differ as sets.",
        "Codes were lost, added or mended on the way.",
        "A source that mends misspelt codes.",
    ),
    Kind(
        "CMP205",
        "subject-differs",
        _WARNING,
        "The subjects differ; a note where one is the beginning of the other.",
        "Subjects are often cut, sometimes redacted, and rarely another cable's.",
        "Titles that were cut at a fixed length.",
    ),
    Kind(
        "CMP206",
        "references-differ",
        _NOTE,
        "The references differ as sets of canonical identifiers.",
        "References are read from the text by programs of different skill.",
        "Another reading of the same REF block.",
    ),
    Kind(
        "CMP207",
        "released-differs",
        _NOTE,
        "The release dates differ.",
        "In twelve releases 70 release dates moved, 46 of them without any change of the text.",
        "A cable that was released again.",
    ),
    Kind(
        "CMP208",
        "redaction-flag-differs",
        _WARNING,
        "One source says that the cable was redacted, and another that it was not.",
        "Who trusts the flag takes a covered text for a whole one.",
    ),
    Kind(
        "CMP209",
        "partial-flag-differs",
        _WARNING,
        "One source calls the cable a partial extract, and another does not.",
        "Who trusts the flag takes a part for the whole.",
    ),
    Kind(
        "CMP301",
        "whitespace-differs",
        _NOTE,
        "Line ends, blanks or wrapping differ, and nothing else.",
        "Each copying program writes white space in its own way; words are the same.",
    ),
    Kind(
        "CMP302",
        "encoding-differs",
        _WARNING,
        "The texts are equal after repair of encoding and entities.",
        "A text that was decoded wrongly cannot be searched.",
    ),
    Kind(
        "CMP303",
        "layout-differs",
        _NOTE,
        "Page marks, dateline, quotes, dashes or the punctuation of the heading differ.",
        "Editors laid texts out anew; the words are the same.",
    ),
    Kind(
        "CMP304",
        "header-differs",
        _WARNING,
        "The routing header is absent in one source, or another; the body is equal.",
        "Who received a cable stands in its header alone.",
        "A partial extract, which never has one.",
    ),
    Kind(
        "CMP305",
        "text-extended-or-truncated",
        _ERROR,
        "One text is the beginning or the end of the other.",
        "A text was cut, or what was cut was restored.",
    ),
    Kind(
        "CMP306",
        "wording-differs",
        _ERROR,
        "The words differ: how many, where, and how alike the texts are.",
        "No copying program changes words; somebody did, or two cables were taken for one.",
    ),
    Kind(
        "CMP401",
        "redaction-added",
        _WARNING,
        "Marks stand in this source where the base has words.",
        "Passages were covered after the base was made.",
        "Covering later is what editors do with names.",
    ),
    Kind(
        "CMP402",
        "redaction-removed",
        _ERROR,
        "This source has words where the base has marks.",
        "A passage that one source protects is open in the other.",
    ),
    Kind(
        "CMP403",
        "redaction-restyled",
        _NOTE,
        "The same places are covered, with other marks.",
        "The number of X is no measure of what is covered.",
    ),
    Kind(
        "PRV004",
        "claim-disproved",
        _ERROR,
        "The content cannot come from the release that the page claims.",
        "Who cites the page by the release it names cites what was never in it.",
    ),
    Kind(
        "PRV005",
        "left-over",
        _WARNING,
        "The page is of an older release than most pages of the mirror.",
        "A mirror that was copied over an older one without deleting keeps forms that were "
        "withdrawn or corrected since.",
        "A mirror that is meant to keep several releases.",
    ),
    Kind(
        "FIX001",
        "altered",
        _ERROR,
        "A record is not the one that the manifest lists: its digest differs.",
        "The manifest was made so that any change would be seen.",
    ),
    Kind(
        "FIX002",
        "missing",
        _ERROR,
        "A record that the manifest lists is not in the source.",
        "It was lost or withdrawn since the manifest was made.",
    ),
    Kind(
        "FIX003",
        "unlisted",
        _WARNING,
        "A record of the source is not in the manifest.",
        "It was added since the manifest was made.",
    ),
    Kind(
        "ACC001",
        "accepted-expired",
        _WARNING,
        "An accepted finding has expired, and the finding is still there.",
        "It was accepted until a day that is over, so that somebody looks at it again.",
    ),
    Kind(
        "ACC002",
        "accepted-unmatched",
        _WARNING,
        "An accepted finding fits nothing that was found.",
        "What it accepted was mended, or its words are wrong; what is kept for nothing would one "
        "day accept a new defect.",
    ),
)
KINDS: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
