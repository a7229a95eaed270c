"""Records read once more from their places, when a collation must look at their words."""

from collections.abc import Callable

import polars as pl

from cableproof.errors import SourceChanged
from cableproof.sources.archives.files import of_name
from cableproof.sources.batches import empty
from cableproof.sources.limits import GIB, Limits
from cableproof.sources.places import At
from cableproof.sources.reading import read_data
from cableproof.sources.recognise import Recognised, recognise

TEXTS = ("subject", "header", "body")
_ANY = Limits(page=GIB, record=GIB, document=GIB)  # it was read once within those of its run
_OF_LINES = ("cables-csv", "json-lines")


def texts(places: pl.DataFrame) -> pl.DataFrame:
    """Return subject, header and body of the records at ``places``, in their order.

    ``places`` has the columns file, path, kind, start, end, row and identifier, which is null
    where it is not known.

    Raises:
        SourceChanged: at one of the places there is no longer the record that was read there.

    """
    at = places.with_row_index("at")
    parts = [empty().select("identifier", *TEXTS).with_columns(at=pl.lit(None, pl.UInt32))]
    for (_, kind), here in at.group_by("file", "kind", maintain_order=True):
        try:
            records = _reader(str(kind))(here)
        except OSError:
            raise SourceChanged(here["path"][0]) from None
        expected = here["identifier"]
        known = expected.is_not_null()
        if len(records) != len(here) or (records["identifier"] != expected).filter(known).any():
            raise SourceChanged(here["path"][0])
        parts.append(records.select("identifier", *TEXTS).with_columns(at=here["at"]))
    return pl.concat(parts).sort("at").select(TEXTS)


def _reader(kind: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    if kind.endswith("-page"):
        return _pages
    return _slices if kind in _OF_LINES else _whole


def _pages(here: pl.DataFrame) -> pl.DataFrame:
    """Return the records of pages, of which a file as a rule has one."""
    data = _bytes(here)
    return pl.concat(
        _all(data[start:end], here) for start, end in here.select("start", "end").rows()
    )


def _slices(here: pl.DataFrame) -> pl.DataFrame:
    """Return records of a table of lines, of which only their own bytes are read."""
    kind, pieces = here["kind"][0], []
    with of_name(here["file"][0]).open("rb") as file:
        for start, end in here.select("start", "end").iter_rows():
            file.seek(start)
            pieces.append(file.read(end - start).rstrip(b"\r\n") + b"\n")
    at = At(here["path"][0], start=1)  # not at the beginning of the file, where a mark may stand
    readings = read_data(b"".join(pieces), Recognised(kind), at, _ANY)
    return pl.concat([empty(), *(reading.frame() for reading in readings)])


def _whole(here: pl.DataFrame) -> pl.DataFrame:
    """Return records of a file that can only be read from its beginning."""
    by = "row" if here["row"].null_count() == 0 else "start"
    records = _all(_bytes(here), here)
    wanted = here.select(pl.col(by))
    return wanted.join(records, on=by, how="left", maintain_order="left")


def _all(data: bytes, here: pl.DataFrame) -> pl.DataFrame:
    path = here["path"][0]
    readings = read_data(data, recognise(data, path, whole=True), At(path), _ANY)
    return pl.concat([empty(), *(reading.frame() for reading in readings)])


def _bytes(here: pl.DataFrame) -> bytes:
    return of_name(here["file"][0]).read_bytes()
