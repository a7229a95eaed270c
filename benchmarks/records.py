"""A telegram as a record of each format, as bytes: `cables.csv` row, JSON line."""

import orjson
from telegrams import Telegram


def _escaped(text: str) -> str:
    """As inside a field of `cables.csv`: backslash before backslash and quote."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def csv_row(record: Telegram, number: int, written: str = "") -> bytes:
    """One row of `cables.csv`; `written` stands in place of the date."""
    moment = record.created
    date = f"{moment.month}/{moment.day}/{moment.year} {moment.hour}:{moment:%M}"
    fields = (
        str(number),
        written or date,
        record.identifier,
        record.origin,
        record.classification,
        "|".join(record.references),
        record.header,
        record.body,
    )
    inside = '","'.join(map(_escaped, fields))
    return f'"{inside}"\n'.encode()


def link(record: Telegram) -> str:
    """Return the address of the page at the first publisher."""
    return f"https://wikileaks.org/cable/{record.created:%Y/%m}/{record.identifier}.html"


def json_line(record: Telegram, written: str = "") -> bytes:
    """One line with the canonical names; `written` stands in place of the date."""
    fields = {
        "identifier": record.identifier,
        "origin": record.origin,
        "created": written or f"{record.created:%Y-%m-%d %H:%M:%S}",
        "classification": record.classification,
        "tags": record.tags,
        "subject": record.subject,
        "references": record.references,
        "redacted": "XXXX" in record.body,
        "partial_extract": record.partial_extract,
        "source_release": "cablebrowser-2",
        "source_released": "2011-10-04",
        "link": link(record),
        "header": record.header,
        "body": record.body,
    }
    return orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE)
