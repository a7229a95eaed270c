"""Faults in the references: of the field, of the REF block, and of both."""

from random import Random

from identity import identity
from kinds import Record, changed, exchange, fault
from lines import put, references_line
from moments import moment

#: As a program that collects references would leave them.
_NOISE = ("BICYCLE", "OSLO", "PARA", "09BERN", "A", "123456", "06BERN")


def _fielded(record: Record, *entries: str) -> Record:
    """Return the record with more entries in its field."""
    return changed(record, references=[*(record.get("references") or []), *entries])


def _written(reference: str) -> str:
    """Return an identifier as a REF block writes it: year, post, number."""
    code = reference[2:].rstrip("0123456789")
    return f"{reference[:2]} {code} {reference[2 + len(code) :]}"


def _cited(record: Record, reference: str) -> Record | None:
    """Return the record with one reference more, in field and REF block."""
    found = references_line(record["body"])
    if found is None:
        return None
    first = found["first"].rstrip().removeprefix("A. ")
    rest = f"A. {_written(reference)}\n     B. {first}"
    return _fielded(changed(record, body=put(found, "first", rest)), reference)


@fault("REF001", "a word that is no cable")
def _(record: Record, rng: Random) -> Record:
    return _fielded(record, rng.choice(_NOISE))


@fault("REF001", "two references run together")
def _(record: Record, rng: Random) -> Record:
    return _fielded(record, "06BERN12MADRID440")


@fault("REF001", "serial lost")
def _(record: Record, rng: Random) -> Record | None:
    entries = record.get("references") or []
    if not entries:
        return None
    return changed(record, references=[entries[0].rstrip("0123456789"), *entries[1:]])


@fault("REF002", "a cable that the REF block has not")
def _(record: Record, rng: Random) -> Record | None:
    if references_line(record["body"]) is None or not record.get("references"):
        return None
    year = record["references"][0][:2]
    return _fielded(record, f"{year}WINDHOEK{rng.randint(1, 60)}")


@exchange("REF002", "references of another record", shows={"REF003": "some were sent later"})
def _(record: Record, other: Record, rng: Random) -> Record | None:
    mine, theirs = record.get("references") or [], other.get("references") or []
    if not mine or not theirs or set(mine) & set(theirs) or not references_line(record["body"]):
        return None
    return changed(record, references=theirs)


@fault("REF002", "cables of the REF block lost from the field")
def _(record: Record, rng: Random) -> Record | None:
    entries = record.get("references") or []
    if len(entries) < 2 or references_line(record["body"]) is None:
        return None
    return changed(record, references=entries[:1])


@fault("REF003", "cites itself, in the field")
def _(record: Record, rng: Random) -> Record:
    return _fielded(record, record["identifier"])


@fault("REF003", "cites itself, in field and REF block")
def _(record: Record, rng: Random) -> Record | None:
    return _cited(record, record["identifier"])


@fault("REF003", "cites a cable of two years later")
def _(record: Record, rng: Random) -> Record | None:
    then, sound = moment(record), identity(record)
    if then is None or sound is None or then.year > 2007:
        return None
    later = f"{(then.year + 2) % 100:02}{sound.code}{sound.serial}"
    return _cited(record, later) or _fielded(record, later)


@exchange("REF003", "cites a cable of the archive that was sent later")
def _(record: Record, other: Record, rng: Random) -> Record | None:
    then, later = moment(record), moment(other)
    if then is None or later is None or (later - then).days < 40 or identity(other) is None:
        return None
    return _cited(record, other["identifier"]) or _fielded(record, other["identifier"])
