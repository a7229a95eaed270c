"""What the index pages of release trees list, set beside the cable pages that are there."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.index_pages import FRONT
from cableproof.validators.trees import AT

_PAGE = ["source", "path"]  # of an index
_CABLE = [*AT, "name"]
_SHOWN = 5  # cables that a finding names
_SHAPED = r"^[0-9]{2}[A-Z]{2,25}[0-9]{1,6}$"  # of a name that may be told
_ROW = {
    "source": pl.String,
    "path": pl.String,
    "tree": pl.String,
    "entries": pl.Int64,
    "disagreement": pl.String,
    "cables": pl.String,
}
#: The kinds of index, and what an entry is whose page has another value than the index.
_UNLIKE = {
    "date": "of another month",
    "reldate": "released on another day",
    "classification": "of another classification",
    "origin": "of another origin",
    "tag": "without the tag",
}
_NOWHERE = "without a page"
_UNLISTED = "not listed"


def indexes(pages: pl.DataFrame, listed: pl.DataFrame, trees: pl.DataFrame) -> pl.DataFrame:
    """Return one row an index page, with the cables on which it disagrees with the pages.

    ``disagreement`` says how many disagree and in what, ``cables`` names the first of them;
    both are empty where none does. An index that is there in part is not asked for the pages
    that it does not list, and a tree that is a selection not for the pages that it lacks. A
    row for the folder of a kind has the pages for which there is no index page of that kind.
    """
    listed = listed.filter(pl.col("kind") != FRONT).join(pages, on=AT, how="semi")
    whole = trees.filter(pl.col("pages") >= pl.col("counter"))
    there = [kind for kind in _UNLIKE if kind in listed["kind"]]
    kinds = [_Kind(kind, pages, listed.filter(pl.col("kind") == kind)) for kind in there]
    if not kinds:
        return pl.DataFrame(schema=_ROW)
    entries = pl.col("cables").list.len().cast(pl.Int64).alias("entries")
    rows = [listed.select(*_PAGE, "tree", entries), *(kind.folders() for kind in kinds)]
    odd = pl.concat(part for kind in kinds for part in kind.odd(whole))
    return (
        pl.concat(rows)
        .join(_told(odd), on=_PAGE, how="left")
        .with_columns(pl.col("disagreement", "cables").fill_null(""))
        .sort(_PAGE)
    )


def _told(odd: pl.DataFrame) -> pl.DataFrame:
    """Return one row an index page that disagrees: in what, and the first of the cables."""
    counts = odd.group_by(*_PAGE, "order", "how").len().sort("order")
    said = pl.format("{} {}", "len", "how").str.join(", ").alias("disagreement")
    shaped = pl.when(pl.col("name").str.contains(_SHAPED)).then("name")
    name = shaped.otherwise(pl.format("[{} characters]", pl.col("name").str.len_chars()))
    first = name.head(_SHOWN).str.join(", ").alias("cables")
    ordered = odd.sort("order", "name")
    return (
        counts.group_by(_PAGE, maintain_order=True)
        .agg(said)
        .join(ordered.group_by(_PAGE, maintain_order=True).agg(first), on=_PAGE)
    )


def _odd(cables: pl.DataFrame, order: int, how: str) -> pl.DataFrame:
    """Return the cables on which an index page disagrees, and how, in the order of telling."""
    return cables.select(*_PAGE, "name", order=pl.lit(order, pl.Int64), how=pl.lit(how))


@dataclass(frozen=True)
class _Kind:
    """The index pages of one kind, beside all cable pages."""

    kind: str
    pages: pl.DataFrame
    listed: pl.DataFrame

    def odd(self, whole: pl.DataFrame) -> list[pl.DataFrame]:
        """Return what disagrees; ``whole`` are the trees that have all the pages they count."""
        entries = self._entries.join(self._wanted.select(*_PAGE, "wanted"), on=_PAGE)
        value, wanted = pl.col("value"), pl.col("wanted")
        unlike = ~value.list.contains(wanted) if self.kind == "tag" else value != wanted
        nowhere = entries.filter(pl.col("there").is_null()).join(whole, on=AT, how="semi")
        found = [_odd(entries.filter(unlike), 0, _UNLIKE[self.kind]), _odd(nowhere, 1, _NOWHERE)]
        # Codes on continuation lines are no links, so that the tag index innocently lacks them.
        return found if self.kind == "tag" else [*found, _odd(self._unlisted(), 2, _UNLISTED)]

    def folders(self) -> pl.DataFrame:
        """Return one row a folder of this kind, with the number of cables that are listed."""
        cables = pl.col("name").n_unique().cast(pl.Int64).alias("entries")
        return self._entries.group_by(AT).agg(cables).select(*self._folder, "tree", "entries")

    @property
    def _folder(self) -> tuple[pl.Expr, ...]:
        return pl.col("source"), (pl.col("tree") + self.kind).alias("path")

    @cached_property
    def _own(self) -> pl.DataFrame:
        """Return what each page says of itself that this kind of index may say of it."""
        return self.pages.select(*_CABLE, pl.col(self.kind).alias("value")).unique(_CABLE)

    @cached_property
    def _entries(self) -> pl.DataFrame:
        """Return one row an entry, with the value of its page; ``there`` is null without one."""
        names = self.listed.select(*_PAGE, "tree", "key", pl.col("cables").alias("name"))
        names = names.explode("name").drop_nulls("name")
        return names.join(self._own.with_columns(there=pl.lit(value=True)), on=_CABLE, how="left")

    @cached_property
    def _wanted(self) -> pl.DataFrame:
        """Return the index pages with the value that the pages of their entries should have.

        The number of a classification or an origin means nothing by itself. Its value is the
        name by which the index page links to itself, if that is known, else what most pages
        of its entries have.
        """
        key = pl.col("key")
        if self.kind not in ("classification", "origin"):
            spelt = key.str.to_uppercase().hash(0) if self.kind == "tag" else key
            return self.listed.with_columns(spelt.alias("wanted"))
        known = {*vocab.classifications(), *vocab.origins(), *self._own["value"]} - {None}
        label = pl.when(pl.col("label").is_in(list(known))).then("label")
        share = pl.col("len") * 2 > pl.col("len").sum().over(*AT, "key")
        values = self._entries.drop_nulls("value").group_by(*AT, "key", "value").len()
        most = values.filter(share).select(*AT, "key", "value")
        listed = self.listed.join(most, on=[*AT, "key"], how="left")
        return listed.with_columns(pl.coalesce(label, "value").alias("wanted"))

    def _unlisted(self) -> pl.DataFrame:
        """Return the pages that no index page of this kind lists, with where they should stand."""
        own = self._own.drop_nulls("value").join(self._entries, on=AT, how="semi")
        missing = own.join(self._entries, on=_CABLE, how="anti")
        sets = self._sets()
        value, wanted = [*AT, "value"], [*AT, "wanted"]
        home = sets.filter("complete").unique(wanted, keep="first", maintain_order=True)
        at_home = missing.join(home, left_on=value, right_on=wanted).select(*_PAGE, "name")
        full = sets.group_by(AT).agg(
            pl.col("complete").all() & pl.col("wanted").is_not_null().all(),
            (pl.len() >= pl.col("keys").max()).alias("all"),
        )
        homeless = missing.join(sets, left_on=value, right_on=wanted, how="anti")
        homeless = homeless.join(full.filter(pl.col("complete") & pl.col("all")), on=AT, how="semi")
        return pl.concat([at_home, homeless.select(*self._folder, "name")])

    def _sets(self) -> pl.DataFrame:
        """Return one row a key, with its first index page, and whether all its pages are there."""
        final = pl.max_horizontal(pl.col("page").max(), pl.col("final").max())
        return (
            self._wanted.sort("page")
            .group_by(*AT, "key", maintain_order=True)
            .agg(
                pl.col("path", "wanted").first(),
                pl.col("keys").max(),
                ((pl.col("page").n_unique() == final + 1) & pl.col("whole").all()).alias(
                    "complete"
                ),
            )
            .sort(*AT, "key")
        )
