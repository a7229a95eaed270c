"""CLS: the classification of the whole cable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableproof.finding import Severity
from cableproof.schemas import vocab
from cableproof.validators.near import hint, nearest
from cableproof.validators.rule import rows

if TYPE_CHECKING:
    import pandas as pd


def canonical(text: str) -> str | None:
    """Return the vocabulary's string for a known abbreviation, case or spelling of it."""
    spelt = " ".join(text.upper().split())
    if spelt in vocab.classifications():
        return spelt
    return vocab.abbreviations().get(spelt)


def _unlisted(records: pd.DataFrame) -> pd.DataFrame:
    """Return the records whose classification is no string of the vocabulary, with its form."""
    listed = [name for name, row in vocab.classifications().items() if row["canonical"] == "yes"]
    odd = records[~records["classification"].isin(listed)].astype({"classification": str})
    forms = {text: canonical(text) for text in set(odd["classification"])}
    return odd.assign(form=odd["classification"].map(forms))


@rows(
    code="CLS001",
    severity=Severity.ERROR,
    fields="classification",
    reads="classification",
    says="{classification} is no known classification{hint}",
    why="The classification decides how a cable was handled; a string that is none says nothing.",
    evidence="Six strings cover all 1,295 pages of the December 2010 release.",
    bad=[{"classification": "CONFIDENCIAL"}],
    good=[{"classification": "UNCLASSIFIED"}],
)
def unknown_classification(records: pd.DataFrame) -> pd.DataFrame:
    """The classification is not in the vocabulary."""
    odd = _unlisted(records)
    odd = odd[odd["form"].isna()]
    near = {text: nearest(text, vocab.classifications()) for text in set(odd["classification"])}
    return odd.assign(hint=[hint(near[text]) for text in odd["classification"]])


@rows(
    code="CLS002",
    severity=Severity.WARNING,
    fields="classification",
    reads="classification",
    says="{classification} is another spelling of {form}",
    why="Counts by classification and comparisons of sources need one spelling.",
    evidence="None in the 1,295 pages of the December 2010 release.",
    bad=[{"classification": "UNCLAS"}],
    good=[{"classification": "UNCLASSIFIED"}],
)
def noncanonical_classification(records: pd.DataFrame) -> pd.DataFrame:
    """The classification is a known abbreviation, case or spelling of a vocabulary string."""
    odd = _unlisted(records)
    return odd[odd["form"].notna()]
