"""TAG: the codes by which a cable was filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.validators.examples import tagged
from cableproof.validators.rule import columns, rows
from cableproof.validators.tagging import misspelt

if TYPE_CHECKING:
    import pandas as pd

_NEVER = 9999  # the last year of a code that is still in use


@columns(
    code="TAG001",
    severity=Severity.WARNING,
    on="tags",
    fields="tags",
    reads="tag verdict",
    says="{tag} has the shape of a code and is in no table",
    why="A code that nobody knows was misread, or belongs to another field.",
    evidence="The table covers 99.5 per cent of 7,443 uses in the December 2010 release and "
    "95.4 per cent of 29,098 in a newspaper's list; nearly all others are phrases.",
    bad=[tagged("PGOV", "SZ", "QXQX")],
    good=[tagged("PGOV", "SZ")],
)
def unknown_tag(tags: pd.DataFrame) -> pd.Series[bool]:
    """A tag has the shape of a code and is in no table."""
    return tags["verdict"] == "unknown"


@rows(
    code="TAG002",
    severity=Severity.WARNING,
    on="tags",
    fields="tags",
    reads="tag verdict",
    says="{tag} has not the shape of a TAGS code{name}",
    why="Free phrases among the codes were typed by hand and are found by no search for a code.",
    evidence="Codes have two to eight capitals. Phrases such as COUNTRY VISITS are nearly all of "
    "the uses outside the table. Names of persons were allowed as tags, and are a note.",
    bad=[tagged("PGOV", "SZ", "POLITICAL")],
    good=[tagged("PGOV", "SZ", "AU-1")],
)
def malformed_tag(tags: pd.DataFrame) -> pd.DataFrame:
    """A tag has not the shape of any kind of TAGS code, or is a free phrase."""
    odd = tags[tags["verdict"].isin(["malformed", "name"])]
    named = odd["verdict"] == "name"
    return odd.assign(
        name=named.map({True: "; perhaps the name of a person", False: ""}),
        severity=named.map({True: Severity.NOTE.value, False: Severity.WARNING.value}),
    )


@rows(
    code="TAG003",
    severity=Severity.WARNING,
    on="tags",
    fields="tags",
    reads="tag verdict",
    says="{tag} is in no table; perhaps {suggestion}",
    why="A misspelt code hides the cable from everybody who searches for the right one.",
    evidence="Of the codes in no list, the commonest are one letter off a frequent one (ECPSN, "
    "ETDR, EREL). One that is as rare as the code that it resembles proves nothing: it is unknown.",
    bad=[tagged("PGVO", "PREL", "SZ")],
    good=[tagged("PGOV", "PREL", "SZ")],
)
def misspelt_tag(tags: pd.DataFrame) -> pd.DataFrame:
    """An unknown tag is one edit from a single frequent code."""
    odd = tags[tags["verdict"] == "misspelt"]
    return odd.assign(suggestion=odd["tag"].map(misspelt))


@columns(
    code="TAG004",
    severity=Severity.WARNING,
    on="tags",
    fields="tags",
    reads="tag times",
    says="{tag} stands {times} times",
    why="A code given twice is often a line of another list that was read along.",
    evidence="The text itself repeats a code now and then; the field should not.",
    bad=[tagged("PGOV", "PREL", "SZ", "PGOV")],
    good=[tagged("PGOV", "PREL", "SZ")],
)
def repeated_tag(tags: pd.DataFrame) -> pd.Series[bool]:
    """The same tag stands twice in one record."""
    return tags["times"] > 1


@columns(
    code="TAG007",
    severity=Severity.NOTE,
    fields="tags",
    reads="subject_tags geographic_tags",
    says="subject codes: {subject_tags}, geographic codes: {geographic_tags}",
    why="Every telegram was to carry at least one subject and one geographic code.",
    evidence="Two of 1,295 cables have no TAGS line at all.",
    bad=[tagged("PGOV", "PREL")],
    good=[tagged("PGOV", "SZ")],
)
def no_tags(records: pd.DataFrame) -> pd.Series[bool]:
    """A record has no subject code or no geographic code."""
    return (records["subject_tags"] == 0) | (records["geographic_tags"] == 0)


@rows(
    code="TAG005",
    severity=Severity.WARNING,
    on="contrasts",
    fields="tags body",
    reads="tag where",
    says="{tag} {how}",
    why="The tags were taken from the TAGS line; one that is not in it belongs to another cable.",
    evidence="Every code of the field stands in the line in 1,282 of 1,293 cables; of the others "
    "eight have names or codes run together, three the text of another cable. The reverse is a "
    "note: in 54 the field has the first of two lines.",
    bad=[{"tags": ["PGOV", "PREL", "SZ", "ECON"]}],
    good=[{"tags": ["SZ", "PGOV", "PREL"]}],
)
def tags_contradict_text(contrasts: pd.DataFrame) -> pd.DataFrame:
    """A code of the field is not in the TAGS line; the reverse is a note."""
    own = contrasts["where"] == "field"
    how = {True: "is not in the TAGS line", False: "is in the TAGS line and not in the field"}
    mild = {True: Severity.WARNING.value, False: Severity.NOTE.value}
    return contrasts.assign(how=own.map(how), severity=own.map(mild))


@rows(
    code="TAG006",
    severity=Severity.NOTE,
    on="dated",
    fields="tags created",
    reads="tag used_in first_year final_year",
    says="{tag} was in use from {first_year}{last_year}, the cable is of {used_in}",
    why="A country's code before there was the country, or after, is a slip or a later addition.",
    evidence="Only codes whose first or last year is known, not merely the last year in which "
    "they were seen; a year is allowed on either side. No use in the sample trees is outside.",
    bad=[tagged("PGOV", "SZ", "RH")],
    good=[tagged("PGOV", "PREL", "KZ")],
)
def tag_out_of_period(dated: pd.DataFrame) -> pd.DataFrame:
    """A code was used before it was introduced, or after it was retired."""
    first, final, year = dated["first_year"], dated["final_year"], dated["used_in"]
    odd = dated[(year < first - 1) | (year > final + 1)]
    ends = odd["final_year"]
    return odd.assign(last_year=(" to " + ends.astype(str)).where(ends < _NEVER, ""))
