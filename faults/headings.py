"""Faults in TAGS and subject."""

import re
from itertools import pairwise
from random import Random

from kinds import Record, changed, exchange, fault
from lines import put, subject_line, tags_line
from stations import STATIONS
from telegrams import PROGRAM_CODES, SUBJECT_CODES

_COUNTRIES = {station.country for station in STATIONS}
_NO_TAGS = ("QVXJ", "JWQX", "KZQJ", "XQJW")
_PHRASES = ("POLITICAL", "COUNTRY VISITS", "TRAMS AND FERRIES")
#: Countries that were no more in 2000, by their codes.
_GONE = ("GC", "YO", "UR")
#: With two letters exchanged, and near no other code.
_EXCHANGED = {"PGOV": "PGVO", "ECON": "EOCN", "PHUM": "PHMU", "PTER": "PTRE", "MARR": "MRAR"}
#: One letter wrong, and near no other code.
_ONE_OFF = {"PGOV": "PGQV", "PREL": "PQEL", "ECON": "EQON", "OTRA": "OQRA", "PHUM": "PQUM"}


def _lined(record: Record, codes: list[str]) -> Record | None:
    """Return the record with codes put before those of its TAGS line."""
    found = tags_line(record["body"])
    if found is None:
        return None
    gap = ", " if "," in found["codes"] else " "
    return changed(record, body=put(found, "codes", gap.join([*codes, found["codes"]])))


def _more(record: Record, *codes: str) -> Record | None:
    """Return the record with more tags, in field and line."""
    lined = _lined(record, list(codes)) if record.get("tags") else None
    return changed(lined, tags=[*codes, *record["tags"]]) if lined else None


def _respelt(record: Record, spellings: dict[str, str]) -> Record | None:
    """Return the record with one tag as the table spells it, in field and line."""
    tags, found = record.get("tags") or [], tags_line(record["body"])
    for tag in tags if found else ():
        if tag in spellings and found and re.search(rf"\b{tag}\b", found["codes"]):
            codes = re.sub(rf"\b{tag}\b", spellings[tag], found["codes"], count=1)
            other = [spellings[tag] if tag == code else code for code in tags]
            return changed(record, tags=other, body=put(found, "codes", codes))
    return None


@fault("TAG001", "code that was never given, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _more(record, rng.choice(_NO_TAGS))


@fault("TAG001", "two codes run together, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    tags = record.get("tags") or []
    pairs = [(a, b) for a, b in pairwise(tags) if len(a) == len(b) == 4]
    found = tags_line(record["body"])
    if not pairs or found is None:
        return None
    first, second = pairs[0]
    codes, times = re.subn(rf"\b{first},? +{second}\b", first + second, found["codes"], count=1)
    joined = [first + second if tag == first else tag for tag in tags if tag != second]
    return changed(record, tags=joined, body=put(found, "codes", codes)) if times else None


@fault("TAG002", "free phrase, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _more(record, rng.choice(_PHRASES))


@fault("TAG002", "code with a figure in it, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _more(record, "PG0V")


@fault("TAG002", "name of a person, in field and line", note=True)
def _(record: Record, rng: Random) -> Record | None:
    return _more(record, "KERBSTONE, ALBERTINE")


@fault("TAG003", "two letters exchanged, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, _EXCHANGED)


@fault("TAG003", "letter wrong, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, _ONE_OFF)


@fault("TAG003", "letter doubled, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _respelt(record, {"PGOV": "PGOVV", "PREL": "PRREL", "ECON": "ECONN"})


@fault("TAG004", "first tag once more at the end, in the field")
def _(record: Record, rng: Random) -> Record | None:
    tags = record.get("tags")
    return changed(record, tags=[*tags, tags[0]]) if tags else None


@fault("TAG004", "a tag twice in a row, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    tags = record.get("tags")
    return _more(record, tags[0]) if tags else None


def _free(record: Record, codes: list[str], rng: Random) -> str:
    """Return one of the codes that the record does not have."""
    said = record["body"]
    return rng.choice([code for code in codes if not re.search(rf"\b{code}\b", said)])


@fault("TAG005", "code that the line has not")
def _(record: Record, rng: Random) -> Record | None:
    tags = record.get("tags")
    if not tags or tags_line(record["body"]) is None:
        return None
    return changed(record, tags=[*tags, _free(record, SUBJECT_CODES, rng)])


@exchange("TAG005", "tags of another record")
def _(record: Record, other: Record, rng: Random) -> Record | None:
    mine, theirs = record.get("tags") or [], other.get("tags") or []
    if not mine or tags_line(record["body"]) is None or set(theirs) <= set(mine):
        return None
    if any(re.search(rf"\b{tag}\b", record["body"]) for tag in theirs):
        return None
    return changed(record, tags=theirs)


@fault("TAG005", "code that the field has not", note=True)
def _(record: Record, rng: Random) -> Record | None:
    return _lined(record, [_free(record, PROGRAM_CODES, rng)]) if record.get("tags") else None


@fault("TAG006", "country that was no more")
def _(record: Record, rng: Random) -> Record | None:
    late = record["created"] > "2000"
    return _more(record, rng.choice(_GONE)) if late else None


@fault("TAG006", "organization that was no more")
def _(record: Record, rng: Random) -> Record | None:
    late = record["created"] > "2000"
    return _more(record, rng.choice(("CENTO", "COMECON"))) if late else None


@fault("TAG006", "country that was not yet")
def _(record: Record, rng: Random) -> Record | None:
    early = record["created"] < "2003" and "AE" not in (record.get("tags") or [])
    return _more(record, "MW") if early else None


def _only(record: Record, wanted: list[str]) -> Record | None:
    """Return the record with those tags and no others, in field and line."""
    found = tags_line(record["body"])
    if found is None or not wanted or wanted == record.get("tags"):
        return None
    return changed(record, tags=wanted, body=put(found, "codes", ", ".join(wanted)))


@fault("TAG007", "no geographic code, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _only(record, [tag for tag in record.get("tags") or [] if len(tag) == 4])


@fault("TAG007", "no subject code, in field and line")
def _(record: Record, rng: Random) -> Record | None:
    return _only(record, [tag for tag in record.get("tags") or [] if tag in _COUNTRIES])


def _without_subject(record: Record) -> str | None:
    """Return the text without its SUBJECT line."""
    found = subject_line(record["body"])
    if found is None:
        return None
    body: str = record["body"]
    return body[: found.start()] + body[found.end() :].lstrip("\r\n")


@fault("SUB001", "subject lost from field and text")
def _(record: Record, rng: Random) -> Record | None:
    body = _without_subject(record)
    return changed(record, subject=None, body=body) if body else None


@fault("SUB001", "subject empty in field and text")
def _(record: Record, rng: Random) -> Record | None:
    found = subject_line(record["body"])
    return changed(record, subject="", body=put(found, "words", "\n")) if found else None


@fault("SUB002", "word of the subject replaced")
def _(record: Record, rng: Random) -> Record | None:
    words = (record.get("subject") or "").split(" ")
    if subject_line(record["body"]) is None or len(words) < 3:
        return None
    words[rng.randrange(1, len(words))] = "WEATHERCOCK"
    return changed(record, subject=" ".join(words))


@exchange("SUB002", "subject of another record")
def _(record: Record, other: Record, rng: Random) -> Record | None:
    if subject_line(record["body"]) is None or not other.get("subject"):
        return None
    return (
        None
        if other["subject"] == record.get("subject")
        else changed(record, subject=other["subject"])
    )
