"""The first lines of the body: dateline, class line, and the captions under it."""

import polars as pl

from cableproof.sources.batches import TEXT
from cableproof.validators.telegram.dates import moment
from cableproof.validators.telegram.passes import contains, without
from cableproof.validators.telegram.stations import stations

#: Characters in which the class line stands: nearly always, and at the latest.
_NEAR, _FAR = 130, 700
_CAPTIONS = 1200
#: The class line without its blanks and dots, in capitals; a letter may be doubled or lost.
_LINE = (
    r"(?m)^(?:(?<u>U{1,2}NCLAS(?:SIFIED)?|LIMITEDOFFICIALUSE)|(?<c>C{0,2}ONFIDENTIAL)|(?<s>S{0,2}ECRET))"
    r"(?:/{0,2}(?:(?<noforn>NOFORN)|(?<sensitive>FOUO)|EFTO)){0,2}(?:FINAL)?"
    r"(?:SECTION(?<section>[0-9]{1,2})OF(?<sections>[0-9]{1,2}))?"
    r"(?<post>[A-Z]{0,24}?)(?<serial>[0-9]{2,8})(?:$|[^0-9])"
)
_DATELINE = (
    r"(?m)^(?<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>[0-9]{2}) "
    r"(?<month>[A-Z][a-z]{2,8}) (?<year>[0-9]{4}), (?<hour>[0-9]{2}):(?<minute>[0-9]{2})[ \t\r]*$"
)
_WORD = r"(?:SIPDIS|SENSITIVE|BUT UNCLASSIFIED|NO ?FORN|AIDAC|EFTO)"
#: Lines of captions alone, of which one is the caption that is asked for.
_LINE_WITH = r"(?m)^(?:[ \t/,]*" + _WORD + r")*[ \t/,]*{}(?:[ \t/,]+" + _WORD + r")*[ \t\r]*$"
_CORRECTED = r"(?:C O R R E C T E D|CORRECTED|[Cc]orrected)\b"  # a repeat that says that it is one
#: Captions with the word without which they stand nowhere.
_CAPTION = {
    "noforn": ("FORN", _LINE_WITH.replace("{}", "NO ?FORN")),
    "sensitive": ("SENSITIVE", _LINE_WITH.replace("{}", "(?:[A-Z]{2,6} )?SENSITIVE")),
}


def attested(batch: pl.DataFrame) -> pl.DataFrame:
    """Return what the first lines of the body say; null where a line does not stand there.

    ``text_rank`` is 0, 2 or 3; ``text_station`` a station code; ``text_serial`` a number;
    ``section`` and ``sections`` those of the class line; ``dateline`` a time in UTC;
    ``weekday_right`` tells whether the dateline's weekday is that of its date. ``noforn`` and
    ``sensitive`` tell of captions; they are null where there is no class line above them.
    ``corrected`` tells whether the telegram calls itself a corrected one.
    """
    line = _class_line(batch["head"])
    rank = pl.when(pl.col("u").is_not_null()).then(0).when(pl.col("c").is_not_null()).then(2)
    return line.select(
        rank.when(pl.col("s").is_not_null()).then(3).cast(pl.Int64).alias("text_rank"),
        stations(line["post"]).alias("text_station"),
        pl.col("serial").cast(pl.Int64).alias("text_serial"),
        pl.col("section").cast(pl.Int64),
        pl.col("sections").cast(pl.Int64),
        *_dateline(batch["head"]).get_columns(),
        *_captions(line, batch["head"]),
        batch["head"].str.slice(0, _CAPTIONS).str.contains(_CORRECTED).alias("corrected"),
    )


def _class_line(head: pl.Series) -> pl.DataFrame:
    """Return the parts of the class line; it is looked for further down only where it must be.

    A line that goes on behind the first characters is looked for there, as a whole; where that ends
    too, a number that may go on is left out.
    """
    top = head.str.slice(0, _NEAR)
    parts = _parts(top.zip_with(top == head, top.str.replace(r"[^\n]*\z", "")))
    far = parts["serial"].is_null().arg_true()
    if len(far) == 0:
        return parts
    rest = head.gather(far)
    top = rest.str.slice(0, _FAR)
    found = _parts(top.zip_with(top == rest, top.str.strip_chars_end("0123456789")))
    return parts.select(parts[name].scatter(far, found[name]) for name in parts.columns)


def _parts(top: pl.Series) -> pl.DataFrame:
    squeezed = without(top, " .\t\r").str.to_uppercase()
    return squeezed.str.extract_groups(_LINE).struct.unnest().cast(TEXT)


def _dateline(head: pl.Series) -> pl.DataFrame:
    parts = head.str.slice(0, _NEAR).str.extract_groups(_DATELINE).struct.unnest()
    day = pl.format("{}-{}-{}", "year", "month", "day")
    time = moment(day, "%Y-%B-%d", pl.col("hour"), pl.col("minute"))
    return parts.select(
        time.alias("dateline"),
        (time.dt.strftime("%A") == pl.col("weekday") + "day").alias("weekday_right"),
    )


def _captions(line: pl.DataFrame, head: pl.Series) -> list[pl.Series]:
    """Return whether a caption stands in the class line or on a line of captions."""
    top = head.str.slice(0, _CAPTIONS)
    there = line["serial"].is_not_null()
    return [
        (line[name].is_not_null() | contains(top, *how)).set(~there, None).alias(name)
        for name, how in _CAPTION.items()
    ]
