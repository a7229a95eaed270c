"""Faults in dates: of a record, of its text, and of its place among its neighbours."""

from datetime import datetime, timedelta
from random import Random

from identity import identity, known_post
from kinds import Record, archive_fault, changed, fault
from lines import dateline, group_line
from made import invented
from moments import created, datelined, grouped, moment

#: What a record shows whose field says another year or month than its text.
_TEXT = {"DAT004": "the text keeps the true date"}
_YEAR = {"DAT003": "the identifier keeps the true year"}


@fault("DAT001", "month and day that no calendar has")
def _(record: Record, rng: Random) -> Record:
    return changed(record, created=f"{record['created'][:4]}-13-45 99:99:00")


@fault("DAT001", "31 February")
def _(record: Record, rng: Random) -> Record:
    return changed(record, created=f"{record['created'][:4]}-02-31 10:30:00")


@fault("DAT001", "hour 25")
def _(record: Record, rng: Random) -> Record:
    return changed(record, created=record["created"][:11] + "25" + record["created"][13:])


@fault("DAT001", "day of the release that no calendar has")
def _(record: Record, rng: Random) -> Record:
    return changed(record, released="2010-11-31 10:10")


@fault("DAT002", "a clock that stood at 1956", sparse=True, shows=_YEAR)
def _(record: Record, rng: Random) -> Record | None:
    return _in_year(record, 1956)


@fault("DAT002", "day of the copy in place of the date", sparse=True, shows=_YEAR)
def _(record: Record, rng: Random) -> Record | None:
    return _in_year(record, 2019)


def _in_year(record: Record, year: int) -> Record | None:
    then = moment(record)
    return created(record, then.replace(year=year, day=min(then.day, 28))) if then else None


@fault("DAT003", "the year before", sparse=True)
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    return _in_year(record, then.year - 1) if then and then.year > 1967 else None


@fault("DAT003", "the year after", sparse=True)
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    return _in_year(record, then.year + 1) if then and then.year < 2009 else None


@fault("DAT003", "identifier of the year before")
def _(record: Record, rng: Random) -> Record | None:
    sound = identity(record)
    if sound is None or sound.year in ("66", "00"):
        return None
    other = f"{int(sound.year) - 1:02}{sound.code}{sound.serial}"
    link = record.get("link")
    said = link and link.replace(record["identifier"], other)
    return changed(record, identifier=other, link=said)


def _told(record: Record) -> bool:
    """Return whether the text says when it was written."""
    return bool(group_line(record.get("header", "")) or dateline(record["body"]))


@fault("DAT004", "local time in place of universal time")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    if then is None or not _told(record):
        return None
    there = then + timedelta(hours=5 if then.hour < 12 else -5)
    return created(record, there)


@fault(
    "DAT004",
    "day and month exchanged",
    sparse=True,
    shows={"DAT007": "some are months off", "REF003": "and then cited before they were sent"},
)
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    if then is None or not _told(record) or then.day > 12 or then.day == then.month:
        return None
    return created(record, then.replace(month=then.day, day=then.month))


@fault("DAT004", "date-time group of another day")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    if then is None or dateline(record["body"]):
        return None
    return grouped(record, then.replace(day=then.day + 2 if then.day < 15 else then.day - 2))


@fault("DAT004", "dateline five hours off")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    if then is None or group_line(record.get("header", "")):
        return None
    return datelined(record, then + timedelta(hours=5 if then.hour < 12 else -5))


@fault("DAT005", "link to a page of another month")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    link = record.get("link")
    if then is None or link is None or f"/{then:%Y/%m}/" not in link:
        return None
    month = then.month % 12 + 1
    return changed(record, link=link.replace(f"/{then:%Y/%m}/", f"/{then:%Y}/{month:02}/"))


@fault("DAT006", "released a year before it was written")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    day = then.replace(year=then.year - 1, day=1) if then else None
    return changed(record, released=f"{day:%Y-%m-%d %H:%M}") if day else None


@fault("DAT006", "released the day before it was written")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    return changed(record, released=f"{then - timedelta(days=1):%Y-%m-%d}") if then else None


def _three(record: Record, rng: Random) -> tuple[Record, Record, datetime] | None:
    """Return the telegrams before and after, as the same post sent them, and a wrong date."""
    sound, post, then = identity(record), known_post(record), moment(record)
    if sound is None or post is None or then is None or int(sound.serial) < 2:
        return None
    if not 3 <= then.month <= 10 or then.day > 27:
        return None
    month = then.month + 5 if then.month < 7 else then.month - 5
    before = invented(post, int(sound.serial) - 1, then - timedelta(hours=9), rng)
    after = invented(post, int(sound.serial) + 1, then + timedelta(hours=9), rng)
    return before, after, then.replace(month=max(1, month), day=min(then.day, 28))


@fault("DAT007", "five months off, in the field only", shows=_TEXT)
def _(record: Record, rng: Random) -> list[Record] | None:
    found = _three(record, rng)
    if found is None:
        return None
    before, after, wrong = found
    return [before, created(record, wrong), after]


@fault("DAT007", "five months off, in field and text")
def _(record: Record, rng: Random) -> list[Record] | None:
    found = _three(record, rng)
    sound, post = identity(record), known_post(record)
    if found is None or sound is None or post is None:
        return None
    before, after, wrong = found
    return [before, invented(post, int(sound.serial), wrong, rng), after]


def _repeating(records: list[Record], form: str) -> list[Record] | None:
    told = []
    for record in records:
        then = moment(record)
        if then is None:
            return None
        then = then.replace(minute=(then.hour - 1) % 12 + 1)
        told.append(changed(record, created=then.strftime(form)))
    return told


@archive_fault("DAT008", "minutes repeat the hour, no seconds")
def _(records: list[Record], rng: Random) -> list[Record] | None:
    return _repeating(records, "%Y-%m-%d %H:%M")


@archive_fault("DAT008", "minutes repeat the hour, seconds 00")
def _(records: list[Record], rng: Random) -> list[Record] | None:
    return _repeating(records, "%Y-%m-%d %H:%M:00")


@fault("DAT009", "weekday of the day before")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    return _weekday(record, then, then - timedelta(days=1)) if then else None


@fault("DAT009", "telegram of two days later, weekday left")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    if then is None or then.day > 26 or dateline(record["body"]) is None:
        return None
    later = then + timedelta(days=2)
    moved = created(record, later)
    moved = grouped(moved, later) or moved
    return _weekday(moved, later, then)


def _weekday(record: Record, then: datetime, other: datetime) -> Record | None:
    return datelined(record, then, weekday=f"{other:%A}")
