"""Which station a telegram names: posts as they stand in its lines, and which are one office."""

import polars as pl

from cableproof.schemas import vocab
from cableproof.sources.batches import TEXT

_KINDS = (
    "AMEMBASSY",
    "AMCONSULATE",
    "AMCONSUL",
    "AMCONGEN",
    "USMISSION",
    "USDEL",
    "USOFFICE",
    "USINT",
)
_CUT = 10  # letters and blanks of a post that page marks have room for


@vocab.derived
def station_of(post: str) -> str | None:
    """Return the station code of a post as a line of a telegram spells it, or None.

    >>> station_of("AMCONSUL RIO DE JANEIRO"), station_of("SECSTATE WASHDC")
    ('RIODEJANEIRO', 'STATE')
    """
    letters = "".join(filter(str.isalpha, post.upper()))
    for kind in ("", *_KINDS):
        name = letters.removeprefix(kind)
        name = vocab.station_aliases().get(name, name)
        if name in vocab.posts():
            return name
    return None


def one_office(station: str, other: str) -> bool:
    """Tell whether two codes may stand for one sender: one post, or two offices in one place.

    >>> one_office("RPODUBAI", "DUBAI"), one_office("BRUSSELS", "USEUBRUSSELS")
    (True, True)
    >>> one_office("BERN", "PARIS")
    False
    """
    return station.endswith(other) or other.endswith(station) or other in _offices(station)


@vocab.derived
def _offices(station: str) -> frozenset[str]:
    """Return the codes that share an origin text with ``station``."""
    return frozenset().union(*(codes for codes in vocab.origins().values() if station in codes))


@vocab.derived
def _by_indicator() -> dict[str, str]:
    """Return the station of each routing indicator that only one office has, whatever its codes."""
    found: dict[str, list[str]] = {}
    for code, row in vocab.posts().items():
        found.setdefault(row["routing_indicator"], []).append(code)
    return {
        name: codes[0]
        for name, codes in found.items()
        if name and all(code == codes[0] or code in _offices(codes[0]) for code in codes)
    }


def stations(posts: pl.Series) -> pl.Series:
    """Return the station code of each post; null where the tables do not know it."""
    known = {post: station_of(post) for post in posts.drop_nulls().unique()}
    return posts.replace_strict(known, default=None, return_dtype=TEXT)


def stations_of_indicators(indicators: pl.Series) -> pl.Series:
    """Return the station code of each routing indicator; null where no one station has it."""
    return indicators.replace_strict(_by_indicator(), default=None, return_dtype=TEXT)


def spelt_in_marks(station: str) -> str:
    """Return how a station stands in page marks, at the most: cut, and without blanks."""
    return station[:_CUT]


def unlike(found: pl.Series, station: pl.Series) -> pl.Series:
    """Tell of each station that was found whether it is another office's; null if unknown."""
    known_own = station.set(~station.is_in(list(vocab.posts())), None)
    apart = pl.DataFrame({"found": found, "own": known_own})
    pairs = apart.filter(pl.col("found") != pl.col("own")).unique()
    odd = [(a, b) for a, b in pairs.iter_rows() if not one_office(a, b)]
    known = pl.struct("found", "own").is_in([{"found": a, "own": b} for a, b in odd])
    both = pl.col("found").is_not_null() & pl.col("own").is_not_null()
    verdict = known if odd else pl.lit(False)
    return apart.select(pl.when(both).then(verdict).alias("unlike"))["unlike"]
