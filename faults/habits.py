"""Innocent changes of a record: other spellings of the head, other forms of the fields, odd words."""

import re
from random import Random

from identity import identity
from kinds import Record, changed, innocent
from lines import order_line, paragraphs, put, references_line, tags_line
from moments import moment

_OPTIONAL = (
    "subject", "tags", "references", "partial_extract", "link", "released", "redacted",
    "redaction_statement",
)  # fmt: skip
_SENTENCE = re.compile(r"[a-z]\. (?=[A-Z])")
_ORDER_HEAD = re.compile(r"^E\.?O\.? (1\d{4}):? ", re.MULTILINE)
_TAGS_HEAD = re.compile(r"^TAGS:? ", re.MULTILINE)


@innocent("executive order and TAGS with dots and colons")
def _(record: Record, rng: Random) -> Record:
    body = _ORDER_HEAD.sub(r"E.O. \1: ", record["body"], count=1)
    return changed(record, body=_TAGS_HEAD.sub("TAGS: ", body, count=1))


@innocent("executive order and TAGS without dots and colons")
def _(record: Record, rng: Random) -> Record:
    body = _ORDER_HEAD.sub(r"EO \1 ", record["body"], count=1)
    return changed(record, body=_TAGS_HEAD.sub("TAGS ", body, count=1))


@innocent("SUBJ and Ref, abbreviated")
def _(record: Record, rng: Random) -> Record:
    body = re.sub(r"^SUBJECT\b", "SUBJ", record["body"], count=1, flags=re.MULTILINE)
    return changed(record, body=re.sub(r"^REF:", "Ref:", body, count=1, flags=re.MULTILINE))


@innocent("commas between the codes of the TAGS line")
def _(record: Record, rng: Random) -> Record | None:
    found = tags_line(record["body"])
    if found is None or "(" in found["codes"] or "," in found["codes"]:
        return None
    codes = record.get("tags") or []
    if found["codes"].split() != codes:
        return None
    return changed(record, body=put(found, "codes", ", ".join(codes)))


@innocent("TAGS line on two lines, all codes in the field")
def _(record: Record, rng: Random) -> Record | None:
    found, codes = tags_line(record["body"]), record.get("tags") or []
    if found is None or len(codes) < 3 or found["codes"].replace(",", " ").split() != codes:
        return None
    lines = f"{', '.join(codes[:2])},\n      {', '.join(codes[2:])}"
    return changed(record, body=put(found, "codes", lines))


@innocent("tags in another order")
def _(record: Record, rng: Random) -> Record | None:
    tags = record.get("tags")
    return changed(record, tags=tags[::-1]) if tags else None


@innocent("date of declassification with the year first")
def _(record: Record, rng: Random) -> Record | None:
    found = order_line(record["body"])
    date = re.fullmatch(r"DECL: (\d\d/\d\d)/(\d{4})", found["rest"]) if found else None
    if found is None or date is None:
        return None
    return changed(record, body=put(found, "rest", f"DECL: {date[2]}/{date[1]}"))


@innocent("date of declassification with a year of two figures")
def _(record: Record, rng: Random) -> Record | None:
    found = order_line(record["body"])
    date = re.fullmatch(r"DECL: (\d\d/\d\d)/\d\d(\d\d)", found["rest"]) if found else None
    if found is None or date is None:
        return None
    return changed(record, body=put(found, "rest", f"DECL: {date[1]}/{date[2]}"))


@innocent("NO FORN in two words, portions marked //NF")
def _(record: Record, rng: Random) -> Record | None:
    body = re.sub(r"^NOFORN(?=\s*$)", "NO FORN", record["body"], flags=re.MULTILINE)
    body = body.replace("/NF)", "//NF)").replace("///NF", "//NF")
    return changed(record, body=body) if body != record["body"] else None


@innocent("serials of the REF block padded with zeros")
def _(record: Record, rng: Random) -> Record | None:
    found = references_line(record["body"])
    first = (
        re.sub(r"(?<=[A-Z] )(?<!OF )(\d{1,5})\b", lambda n: n[1].zfill(6), found["first"])
        if found
        else ""
    )
    return changed(record, body=put(found, "first", first)) if found else None


@innocent("references of the field padded, in small letters")
def _(record: Record, rng: Random) -> Record | None:
    entries = record.get("references") or []
    padded = [re.sub(r"(?<=[A-Z])(\d{1,5})$", lambda n: n[1].zfill(6), one) for one in entries]
    return changed(record, references=padded) if padded else None


@innocent("date of the field to the minute, or with T and Z")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    form = rng.choice(("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ"))
    return changed(record, created=then.strftime(form)) if then else None


@innocent("date of the field as in cables.csv")
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    day = f"{then.month}/{then.day}/{then.year} {then.hour}:{then:%M}" if then else None
    return changed(record, created=day) if day else None


@innocent("date of the field to the hour", shows={"DAT008": "that is what it says"})
def _(record: Record, rng: Random) -> Record | None:
    then = moment(record)
    hour = f"{then:%Y-%m-%d %H}:{(then.hour - 1) % 12 + 1:02}" if then else None
    return changed(record, created=hour) if hour else None


@innocent("fields that a source may lack")
def _(record: Record, rng: Random) -> Record:
    return {name: value for name, value in record.items() if name not in _OPTIONAL}


@innocent("link to another site's page of the cable")
def _(record: Record, rng: Random) -> Record | None:
    sound = identity(record)
    address = f"https://site.example/plusd/cables/{record['identifier']}_a.html"
    return changed(record, link=address) if sound else None


def _said(record: Record, words: str) -> Record | None:
    """Return the record with words after the first sentence of a paragraph."""
    body = record["body"]
    for paragraph in paragraphs(body):
        found = _SENTENCE.search(body, paragraph.after, paragraph.end)
        if found is not None:
            return changed(record, body=f"{body[: found.end()]}{words} {body[found.end() :]}")
    return None


@innocent("words with accents, also in capitals")
def _(record: Record, rng: Random) -> Record | None:
    return _said(
        record,
        "S\u00c3O TOM\u00c9, Sk\u00e5ne, \u00celot, \u0141\u00f3d\u017a, Pe\u00f1a \u20ac 5.",
    )


@innocent("whole words of other scripts")
def _(record: Record, rng: Random) -> Record | None:
    return _said(
        record,
        "The sign said \u0442\u0440\u0430\u043c\u0432\u0430\u0439, then \u03c4\u03c1\u03b1\u03bc.",
    )


@innocent("no-break spaces, tabs, dashes and an ellipsis")
def _(record: Record, rng: Random) -> Record | None:
    return _said(record, "Trams\u00a0run\t\u2013 or\u2014so we hear \u2026 daily.")


@innocent("signs that a page would escape")
def _(record: Record, rng: Random) -> Record | None:
    return _said(record, "R&D of A&T is < 5 and > 3; P&L, if a<b, and 3>2.")


@innocent("inequalities without blanks")
def _(record: Record, rng: Random) -> Record | None:
    return _said(record, "It is late if a<b or b>c holds.")


@innocent("wrapped date that looks like a paragraph's number")
def _(record: Record, rng: Random) -> Record | None:
    return _said(record, "All of it began on November\n16. The trams were late.")


@innocent("number of a paragraph inside a line")
def _(record: Record, rng: Random) -> Record | None:
    body, chain = record["body"], paragraphs(record["body"])
    inner = [p for p in chain[1:-1] if p.mark and body[: p.start].rstrip().endswith(".")]
    if not inner:
        return None
    before = body[: inner[0].start].rstrip()
    return changed(record, body=f"{before} {body[inner[0].start :].lstrip(chr(0xB6))}")


@innocent("square brackets of the drafter, Roman numerals, XXX")
def _(record: Record, rng: Random) -> Record | None:
    return _said(record, "He [the keeper] opened volume XXXVIII of the XXX files [sic].")


@innocent("figures and commas as everybody uses them")
def _(record: Record, rng: Random) -> Record | None:
    return _said(record, "Rooms 7 & 8, the Embassy, its garden, and 8 others.")
