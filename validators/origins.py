"""ORG: the post that sent the cable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.schemas import vocab
from cableproof.validators.examples import HEADER, telegram
from cableproof.validators.near import hint, nearest
from cableproof.validators.rule import columns, rows

if TYPE_CHECKING:
    import pandas as pd

_USEU = {
    "origin": "USEU Brussels",
    "identifier": "06BRUSSELS12",
    "link": "06BRUSSELS12",
    "header": telegram(12)["header"].replace("AMEMBASSY BERN", "USEU BRUSSELS").replace("SW", "BS"),
    "body": telegram(12)["body"].replace("BERN", "BRUSSELS"),
}


@rows(
    code="ORG001",
    severity=Severity.WARNING,
    fields="origin",
    reads="origin",
    says="{origin} is not in the table of posts{hint}",
    why="An origin in another spelling falls out of every list that is made by post.",
    evidence="The table has all 275 origin texts of the published set.",
    bad=[{"origin": "Embasy Bern"}],
    good=[{"origin": "Embassy Bern"}],
)
def unknown_origin(records: pd.DataFrame) -> pd.DataFrame:
    """The origin is not in the table of posts."""
    odd = records[~records["origin"].isin(list(vocab.origins()))]
    near = {text: nearest(text, vocab.origins().keys()) for text in set(odd["origin"])}
    return odd.assign(hint=[hint(near[text]) for text in odd["origin"]])


@rows(
    code="ORG002",
    severity=Severity.ERROR,
    fields="origin identifier",
    reads="identifier origin station",
    says="{identifier} was sent by {post}, but the origin is {origin}",
    why="The identifier is built from the post; where they differ, one of the two was changed.",
    evidence="Origin and station agree in 1,288 of 1,295 pages; the other seven are BRUSSELS "
    "with USEU Brussels, which is legitimate and in the table.",
    bad=[{"origin": "Embassy Paris"}],
    good=[_USEU],
)
def origin_contradicts_identifier(records: pd.DataFrame) -> pd.DataFrame:
    """The origin is another post than the identifier's station."""
    origins, stations = records["origin"].cat, records["station"].cat
    pairs = origins.codes.astype(int) * len(stations.categories) + stations.codes
    apart = [
        pair
        for pair in pairs.unique()
        if _are_apart(*_names(pair, origins.categories, stations.categories))
    ]
    odd = records[pairs.isin(apart)].astype({"origin": str, "station": str})
    return odd.assign(post=[vocab.posts()[station]["origin"] for station in odd["station"]])


def _names(pair: int, origins: pd.Index[str], stations: pd.Index[str]) -> tuple[str, str]:
    return origins[pair // len(stations)], stations[pair % len(stations)]


def _are_apart(origin: str, station: str) -> bool:
    """Tell whether both are known and are not one post."""
    return station in vocab.posts() and station not in vocab.origins().get(origin, (station,))


@columns(
    code="ORG003",
    severity=Severity.WARNING,
    fields="identifier header",
    reads="identifier stations_apart",
    says="{identifier} was sent from another post by its header: {stations_apart}",
    why="The header names the sender twice more; where it names another, header or page was swapped.",
    evidence="The FM line agrees in 1,196 of 1,203 cables, the other seven are USEU Brussels "
    "under BRUSSELS; the routing indicator in 1,118 of 1,120, the other two are a second "
    "indicator of Paris. Only the indicator of another known post counts.",
    bad=[{"header": HEADER.replace("AMEMBASSY BERN", "AMEMBASSY PARIS")}],
    good=[{"header": HEADER.replace("AMEMBASSY BERN", "AMEMBASSY  BERN")}],
)
def from_line_contradicts_identifier(records: pd.DataFrame) -> pd.Series[bool]:
    """FM line or routing indicator names another post than the identifier."""
    return records["stations_apart"] != ""
