"""Innocent changes of a record: other blanks, other hands, other habits of typing."""

import re
from random import Random

from kinds import Record, changed, innocent
from lines import class_line, page_marks, paragraphs, put, security_line
from wordlist import wrap

_SIPDIS = re.compile(r"^SIPDIS", re.MULTILINE)
_STRAIGHT = re.compile(r'"([^"\n]{1,200})"')


def _texts(record: Record, old: str, new: str) -> Record:
    """Return the record with something else in place of it, in header and body."""
    return changed(
        record,
        header=record.get("header", "").replace(old, new),
        body=record["body"].replace(old, new),
    )


@innocent("trailing blanks")
def _(record: Record, rng: Random) -> Record:
    return _texts(record, "\n", "  \n")


@innocent("CRLF line ends")
def _(record: Record, rng: Random) -> Record:
    return _texts(record, "\n", "\r\n")


@innocent("CR line ends after another system's copy, with blanks")
def _(record: Record, rng: Random) -> Record:
    return _texts(record, "\n", " \r\n")


@innocent("blank line after every line")
def _(record: Record, rng: Random) -> Record:
    return changed(record, body=record["body"].replace("\n", "\n\n"))


@innocent("blank lines and a blank before and after the text")
def _(record: Record, rng: Random) -> Record:
    return changed(record, body=f"\n \n{record['body']}\n \n\n")


def _laid_out(record: Record, width: int) -> Record | None:
    """Return the record with its paragraphs in lines of another width."""
    body, chain = record["body"], paragraphs(record["body"])
    if len(chain) < 2:
        return None
    parts = [body[: chain[0].start]]
    for paragraph in chain[:-1]:
        blocks = re.split(r"(\n\s*\n)", body[paragraph.start : paragraph.end])
        parts += [block if _kept(block) else _wrapped(block, width) for block in blocks]
    return changed(record, body="".join(parts) + body[chain[-1].start :])


def _kept(block: str) -> bool:
    """Return whether a block of lines is no prose."""
    return not block.strip() or bool(page_marks(block)) or "---" in block


def _wrapped(block: str, width: int) -> str:
    end = block[len(block.rstrip()) :]
    return "\n".join(wrap(" ".join(block.split()), width)) + end


@innocent("paragraphs in narrower lines")
def _(record: Record, rng: Random) -> Record | None:
    return _laid_out(record, 50)


@innocent("one line a paragraph")
def _(record: Record, rng: Random) -> Record | None:
    return _laid_out(record, 1_000_000)


@innocent("SIPDIS repeated")
def _(record: Record, rng: Random) -> Record | None:
    body, times = _SIPDIS.subn("SIPDIS\n\nSIPDIS", record["body"], count=1)
    return changed(record, body=body) if times else None


@innocent("curly quotes and apostrophes")
def _(record: Record, rng: Random) -> Record:
    body = _STRAIGHT.sub("\u201c\\1\u201d", record["body"])
    return changed(record, body=re.sub(r"(?<=[a-z])'(?=[a-z])", "\u2019", body))


@innocent("FOR OFFICIAL USE ONLY in the field, SENSITIVE in the captions")
def _(record: Record, rng: Random) -> Record | None:
    found = _SIPDIS.search(record["body"])
    if record["classification"] != "UNCLASSIFIED" or found is None:
        return None
    body = f"{record['body'][: found.start()]}SENSITIVE\n{record['body'][found.start() :]}"
    return changed(record, classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY", body=body)


@innocent("FOUO in the class line of a FOR OFFICIAL USE ONLY cable")
def _(record: Record, rng: Random) -> Record | None:
    found = class_line(record["body"])
    if found is None or not record["classification"].endswith("ONLY") or found["caveat"]:
        return None
    return changed(record, body=put(found, "word", "UNCLAS FOUO"))


@innocent("pilcrow signs before the numbers")
def _(record: Record, rng: Random) -> Record:
    body = record["body"].replace("\u00b6", "")
    return changed(record, body=re.sub(r"^(?=\d{1,2}\. )", "\u00b6", body, flags=re.MULTILINE))


@innocent("pilcrow signs taken out")
def _(record: Record, rng: Random) -> Record | None:
    body = record["body"]
    return changed(record, body=body.replace("\u00b6", "")) if "\u00b6" in body else None


@innocent("dateline taken out")
def _(record: Record, rng: Random) -> Record | None:
    line = class_line(record["body"])
    day = re.match(r"\s*\w+day, \d\d", record["body"])
    return changed(record, body=record["body"][line.start() :]) if line and day else None


@innocent("page marks taken out by an editor")
def _(record: Record, rng: Random) -> Record | None:
    body = record["body"]
    for mark in reversed(page_marks(body)):
        alone = (
            body[: mark.start()].endswith("\n") and not body[mark.end() :].split("\n")[0].strip()
        )
        if alone:
            body = body[: mark.start()] + body[mark.end() :].lstrip("\n")
    return changed(record, body=body) if body != record["body"] else None


@innocent("page marks inside a line")
def _(record: Record, rng: Random) -> Record | None:
    body = record["body"]
    for mark in reversed(page_marks(body)):
        before = body[: mark.start()].rstrip()
        body = f"{before} {' '.join(mark[0].split())} {body[mark.end() :]}"
    return changed(record, body=body) if body != record["body"] else None


@innocent("end marks under the text")
def _(record: Record, rng: Random) -> Record:
    return changed(record, body=f"{record['body'].rstrip()}\n\n\nNNNN\n\n\n\nEnd Cable Text\n")


@innocent("surname glued to the end of the last sentence")
def _(record: Record, rng: Random) -> Record | None:
    found = re.search(r"(?<=[a-z]\.)\s*\n\s*([A-Z]{4,14})\s*\Z", record["body"])
    if found is None:
        return None
    return changed(record, body=f"{record['body'][: found.start()]} {found[1].title()}")


@innocent("no signature")
def _(record: Record, rng: Random) -> Record | None:
    found = re.search(r"(?<=[a-z]\.)\s*\n\s*[A-Z]{4,14}\s*\Z", record["body"])
    return changed(record, body=record["body"][: found.start()]) if found else None


@innocent("first letter of the class line doubled")
def _(record: Record, rng: Random) -> Record | None:
    found = class_line(record["body"])
    return (
        changed(record, body=put(found, "word", found["word"][0] + found["word"]))
        if found
        else None
    )


@innocent("class line in small letters")
def _(record: Record, rng: Random) -> Record | None:
    found = class_line(record["body"])
    return changed(record, body=put(found, "word", found["word"].capitalize())) if found else None


@innocent("spaced word of the class line written solid")
def _(record: Record, rng: Random) -> Record | None:
    found = class_line(record["body"])
    return (
        changed(record, body=put(found, "word", found["word"].replace(" ", ""))) if found else None
    )


@innocent("operating signals after security line and date-time group")
def _(record: Record, rng: Random) -> Record | None:
    header = record.get("header", "")
    found = security_line(header)
    if found is None:
        return None
    header = put(found, "words", f"{found['words']} ZDK ZUI")
    header = re.sub(r"^([ZOPR] \d{6}Z [A-Z]{3} \d\d)$", r"\1 ZDK", header, flags=re.MULTILINE)
    return changed(record, header=header)


@innocent("distribution block above the header")
def _(record: Record, rng: Random) -> Record | None:
    header = record.get("header", "")
    block = "INFO  LOG-00   EEB-00   AID-00   ACQ-00   CIAE-00  \n      /006W\n\n"
    return changed(record, header=block + header) if "\nFM " in header else None


@innocent("sent on forty minutes later than its date-time group")
def _(record: Record, rng: Random) -> Record | None:
    header = record.get("header", "")
    found = re.search(r"^DE .* \d{5}(?P<minute>[01]\d)$", header, re.MULTILINE)
    if found is None:
        return None
    later = f"{int(found['minute']) + 40:02}"
    return changed(record, header=put(found, "minute", later))
