"""ORG: the post that sent the cable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.schemas import vocab
from cableproof.validators.near import hint, nearest
from cableproof.validators.rule import rows

if TYPE_CHECKING:
    import pandas as pd


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
    good=[{"origin": "USEU Brussels", "identifier": "06BRUSSELS12", "link": "06BRUSSELS12"}],
)
def origin_contradicts_identifier(records: pd.DataFrame) -> pd.DataFrame:
    """The origin is another post than the identifier's station."""
    both = records["origin"].isin(list(vocab.origins())) & records["station"].isin(
        list(vocab.posts())
    )
    pairs = records["origin"].astype(str) + "\x1f" + records["station"].astype(str)
    fitting = [f"{o}\x1f{station}" for o, codes in vocab.origins().items() for station in codes]
    odd = records[both & ~pairs.isin(fitting)]
    return odd.assign(post=[vocab.posts()[station]["origin"] for station in odd["station"]])
