"""The date of a record, moved in field, link, header and dateline, or in one of them."""

import re
from datetime import datetime

from kinds import Record, changed
from lines import dateline, from_station, group_line, put

_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
_LINK_MONTH = re.compile(r"/cable/\d{4}/\d{2}/")


def moment(record: Record) -> datetime | None:
    """Return the date and time of the field, in the forms that archives at hand have."""
    for form in _FORMS:
        try:
            return datetime.strptime(record["created"], form)
        except ValueError:
            continue
    return None


def hour_only(record: Record) -> bool:
    """Return whether the minutes repeat the hour on the twelve-hour clock."""
    then = moment(record)
    return then is not None and then.minute == (then.hour - 1) % 12 + 1


def created(record: Record, then: datetime) -> Record:
    """Return the record with that date in field and link; minutes repeat the hour if they did."""
    if hour_only(record):
        then = then.replace(minute=(then.hour - 1) % 12 + 1)
    form = _FORMS[record["created"].count(":") == 1]
    link = record.get("link")
    said = link and _LINK_MONTH.sub(f"/cable/{then:%Y/%m}/", link)
    return changed(record, created=then.strftime(form), link=said)


def grouped(record: Record, then: datetime) -> Record | None:
    """Return the record with that date-time group and that time in the line of the station."""
    header = record.get("header", "")
    group = group_line(header)
    if group is None:
        return None
    written = then.replace(minute=int(group["minute"]))
    header = put(group, "group", f"{written:%d%H%MZ %b %y}".upper())
    sent = from_station(header)
    if sent is not None:
        header = put(sent, "day", f"{written:%j}")
        sent = from_station(header)
        header = put(sent, "time", f"{written:%H%M}") if sent else header
    return changed(record, header=header)


def datelined(record: Record, then: datetime, *, weekday: str = "") -> Record | None:
    """Return the record with that dateline; the weekday is right unless another is named."""
    found = dateline(record["body"])
    if found is None:
        return None
    written = then.replace(minute=int(found["minute"]))
    line = f"{weekday or f'{written:%A}'}, {written:%d %B %Y, %H:%M}"
    return changed(record, body=line + record["body"][found.end() :])
