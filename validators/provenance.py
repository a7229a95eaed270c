"""PRV: which release a record says that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.schemas import vocab
from cableproof.validators.near import hint, nearest
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd


@rows(
    code="PRV001",
    severity=Severity.WARNING,
    fields="source_release",
    reads="source_release",
    says="{source_release} is no release that is known{hint}",
    why="A release that nobody knows cannot be looked up, and its name may be damaged.",
    evidence="One announced release name lacks a digit; it must not be taken for a release.",
    bad=[{"source_release": "cablebrowser-7", "source_released": None}],
    good=[{"source_release": "cablebrowser-2"}],
)
def unknown_release(records: pd.DataFrame) -> pd.DataFrame:
    """The record names a source release that the release table does not know."""
    odd = records[~records["source_release"].isin(list(vocab.releases()))]
    near = {name: nearest(name, vocab.releases().keys()) for name in set(odd["source_release"])}
    return odd.assign(hint=[hint(near[name]) for name in odd["source_release"]])


@rows(
    code="PRV002",
    severity=Severity.WARNING,
    fields="source_released",
    reads="source_release source_released",
    says="{source_release} was released {known}, not {source_released}",
    why="Two dates for one release mean that a page was made from another, or by hand.",
    evidence="cablebrowser-2 was released on 2011-10-04, by its own pages.",
    bad=[{"source_released": "2011-10-05"}],
    good=[{"source_released": "2011-10-04"}],
)
def release_date_contradicts_table(records: pd.DataFrame) -> pd.DataFrame:
    """The date of the named release is not the one in the release table."""
    import pandas as pd

    pairs = records[["source_release", "source_released"]].drop_duplicates()
    odd = [records.head(0).assign(known="")]
    for name, stated in pairs.itertuples(index=False):
        known = vocab.releases().get(name, {}).get("released", "")
        if known and not (stated.startswith(known) or known.startswith(stated)):
            same = (records["source_release"] == name) & (records["source_released"] == stated)
            odd.append(records[same].assign(known=known))
    return pd.concat(odd)


@columns(
    code="PRV003",
    severity=Severity.ERROR,
    fields="link identifier",
    reads="identifier link_identifier",
    stands_for="DAT005",
    says="the record is {identifier}, but its link to the original names {link_identifier}",
    why="The link is where a reader looks for the original; another cable's proves nothing.",
    evidence="The link names the page's own cable in every page seen.",
    bad=[{"link": "06BERN1243"}],
    good=[{"link": "06BERN1234"}],
)
def link_contradicts_identifier(records: pd.DataFrame) -> pd.Series[bool]:
    """The record's link to the original names another cable."""
    return records["link_identifier"] != records["identifier"]
