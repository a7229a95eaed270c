"""Records that all witnesses have alike: settled by what their slots say, before any is parsed.

Slots that say the same byte for byte, or have one digest, are alike; so that where one of them is
proven to be a whole record all of them are, and what any rule, digest or claim would tell of one
it tells of all. The digest is a whole SHA-256: whoever could hide a change from it could forge
manifests.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from cableproof.validators.claims import identifiers
from cableproof.validators.collation.forms import digest_of
from cableproof.validators.telling import FOREIGN

_WHOLE = 64  # hexadecimal digits of a digest
_SAME = ("key", "digest")


def signed(slots: pl.DataFrame) -> pl.DataFrame:
    """Return slots with a key, and a digest in place of what they say: see ``beside.surveyed``.

    The key is null where it is not plain what the record is called. Sound is but a slot whose
    identifier is the key itself, and whose release looks like one: others are told otherwise
    than as they stand. Those that were found to say the same have an empty digest.
    """
    said = pl.col("said")
    whole = digest_of(pl.when(said != "").then(said), _WHOLE).str.decode("hex")
    release = pl.col("release")
    fine = release.str.contains(f"^(?:{FOREIGN['source_release'].pattern})$").fill_null(value=True)
    known = identifiers(slots["identifier"])["canonical"]
    key = pl.coalesce(known, "identifier")
    return slots.select(
        "source",
        "start",
        "end",
        key.alias("key"),
        pl.when(said == "").then(pl.lit(b"")).otherwise(whole).alias("digest"),
        pl.when(fine).then(release).alias("release"),
        pl.col("sound") & fine & (key == pl.col("identifier")),
    )


@dataclass(frozen=True)
class Settled:
    """For each witness the slots of the records that all have alike, and those left to be read.

    The records that are alike stand in the order of the witness; their keys are theirs alone.
    """

    alike: Mapping[str, pl.DataFrame]
    left: Mapping[str, pl.DataFrame]

    @property
    def number(self) -> int:
        """Return how many records all witnesses have alike."""
        return len(next(iter(self.alike.values())))

    @property
    def named(self) -> pl.DataFrame:
        """Return the release that each of these records names."""
        return next(iter(self.alike.values())).select("release")

    def kept(self, keys: pl.Series) -> pl.Series:
        """Return the keys of what is alike, without ``keys``."""
        mine = next(iter(self.alike.values()))["key"]
        return mine.filter(~mine.is_in(keys.implode()))

    def only(self, keys: pl.Series) -> "Settled":
        """Return the same with all cables left to be read but these."""
        whole = {name: pl.concat([self.alike[name], self.left[name]]) for name in self.alike}
        return _divided({name: table.sort("start") for name, table in whole.items()}, keys)


def settled(slots: Mapping[str, pl.DataFrame]) -> Settled:
    """Return what all witnesses have alike, by their signed slots, of which the first are proven.

    A cable that has several slots in a witness is left, and so is what has no plain name.
    """
    own = pl.col("key").is_not_null() & pl.col("key").is_unique() & pl.col("sound")
    first, *others = (table.select(*_SAME, "sound").filter(own) for table in slots.values())
    for other in others:
        first = first.join(other, on=_SAME, how="semi")
    places = {name: table.drop("digest", "sound") for name, table in slots.items()}
    return _divided(places, first["key"])


def _divided(slots: Mapping[str, pl.DataFrame], keys: pl.Series) -> Settled:
    inside = pl.col("key").is_in(keys.implode()).fill_null(value=False)
    return Settled(
        {name: table.filter(inside) for name, table in slots.items()},
        {name: table.filter(~inside) for name, table in slots.items()},
    )
