"""What each witness of a record says beside the claim of its field: lines of the text, and page."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from cableproof.validators.telegram.portions import NAMES
from cableproof.validators.telegram.stations import one_office

_MODULUS = 10_000  # the line of the sending station has the last four digits of the serial
_HOUR, _DAY = 3600, 86_400  # seconds within which times agree
_SENSITIVE = 1  # rank of FOR OFFICIAL USE ONLY, which class line and security line do not tell
_CLASSES = {0: "UNCLASSIFIED", 2: "CONFIDENTIAL", 3: "SECRET"}

Evidence = dict[str, Any]


class Witness(NamedTuple):
    """What one line or place says of a field; ``agrees`` is null where there is no comparing."""

    field: str
    says: str
    agrees: bool | None = None


def witnesses(record: dict[str, Any], evidence: Evidence) -> Iterator[Witness]:
    """Yield what the text and the page of a record say of each of its fields, and no text."""
    for part in (_numbers, _places, _times, _markings, _lists, _wholeness, _characters):
        yield from part(record, evidence)


def _numbers(record: dict[str, Any], own: Evidence) -> Iterator[Witness]:
    if own["station"]:
        parts = "year {year}, station {station}, serial {serial}".format(**own)
        yield Witness("identifier", parts)
    elif record["identifier"]:
        yield Witness("identifier", "no known shape", False)
    serial = own["serial"]
    last = None if serial is None else serial % _MODULUS
    for what, said, claim in (
        ("class line", own["text_serial"], serial),
        ("line of the sending station", own["header_serial"], last),
        ("page marks", own["mark_serial"], serial),
    ):
        if said is not None:
            yield Witness("identifier", f"{what}: {said}", _same(said, claim))
    if own["text_of"]:
        yield Witness("identifier", f"the text is that of {own['text_of']}", False)
    for what, said, claim in (
        ("page", own["page_names"], ""),
        ("link", own["link_identifier"], record["identifier"]),
    ):
        if said is not None:
            yield Witness("identifier", f"{what}: {said or 'names it too'}", _same(said, claim))


def _places(record: dict[str, Any], own: Evidence) -> Iterator[Witness]:
    for what, station in (
        ("class line", own["text_station"]),
        ("FM line", own["from_station"]),
        ("routing indicator", own["header_station"]),
    ):
        if station is not None:
            known = own["station"]
            agrees = None if known is None else station == known or one_office(station, known)
            yield Witness("origin", f"{what}: {station}", agrees)


def _times(record: dict[str, Any], own: Evidence) -> Iterator[Witness]:
    created = own["created_time"]
    if created is None:
        yield Witness("created", "no such time", False if record["created"] else None)
    else:
        yield Witness("created", f"{created} UTC, to the {own['created_precision']}")
    within = _DAY if own["created_precision"] == "day" else _HOUR
    for what, time in (("date-time group", own["group_time"]), ("dateline", own["dateline"])):
        if time is not None:
            apart = None if created is None else abs((time - created).total_seconds())
            agrees = None if apart is None else apart <= within
            yield Witness("created", f"{what}: {time:%Y-%m-%d %H:%M}", agrees)
    if own["page_months"] is not None:
        said = own["page_months"] or "the same month"
        yield Witness("created", f"page: {said}", own["page_months"] == "")
    if own["released_time"] is not None:
        yield Witness("released", f"{own['released_time']} UTC")


def _markings(record: dict[str, Any], own: Evidence) -> Iterator[Witness]:
    rank = own["rank"]
    plain = 0 if rank == _SENSITIVE else rank
    for what, said in (("class line", own["text_rank"]), ("security line", own["security_rank"])):
        if said is not None:
            yield Witness("classification", f"{what}: {_CLASSES[said]}", _same(said, plain))
    if own["noforn"] is not None:
        names = [name for name in ("noforn", "sensitive") if own[name]]
        captions = " ".join(names).upper() or "none"
        agrees = None if rank is None or plain else own["sensitive"] == (rank == _SENSITIVE)
        yield Witness("classification", f"captions: {captions}", agrees)
    if own["portion_rank"] is not None:
        highest = f"highest portion mark: {NAMES[own['portion_rank']]}"
        yield Witness(
            "classification", highest, None if rank is None else own["portion_rank"] <= rank
        )
    if own["opening"] is not None:
        day = f" {own['opening_day']}" if own["opening_day"] else ""
        agrees = None if rank is None else (own["opening"] != "none") == bool(plain)
        words = f"order {own['order']}, declassification: {own['opening']}{day}"
        yield Witness("classification", words, None if own["opening"] == "declassified" else agrees)


def _lists(record: dict[str, Any], own: Evidence) -> Iterator[Witness]:
    if own["subject_tags"] is not None:
        counts = f"{own['subject_tags']} subject, {own['geographic_tags']} geographic codes"
        odd = ", ".join(each["tag"] for each in own["odd_tags"] or ())
        yield Witness("tags", f"{counts}; odd: {odd}" if odd else counts, False if odd else None)
    for field, line, lacks, only in (
        ("tags", "TAGS line", "tags_not_in_line", "tags_only_in_line"),
        ("references", "REF block", "references_not_in_text", "references_only_in_text"),
    ):
        if own[lacks] is not None:
            said = [
                f"{words} {' '.join(own[name])}"
                for words, name in (("lacks", lacks), ("has besides", only))
                if own[name]
            ]
            yield Witness(field, f"{line} {', '.join(said) or 'has the same'}", not said)
    if own["cited"]:
        yield Witness("references", f"cited with their year: {' '.join(own['cited'])}")
    if own["subject_begins"] is not None:
        words = "begins so" if own["subject_begins"] else "begins otherwise"
        yield Witness("subject", f"SUBJECT line {words}", own["subject_begins"])
    elif not (record["subject"] or "").strip() and own["subject_known"] is not None:
        known = "the text has a subject line" if own["subject_known"] else "none in the text"
        yield Witness("subject", known)


def _wholeness(record: dict[str, Any], own: Evidence) -> Iterator[Witness]:
    if own["marks"] is not None:
        places = sorted(set(own["covered"] or []))
        where = f" in paragraphs {', '.join(map(str, places))}" if places else ""
        agrees = _same(bool(own["marks"]), record["redacted"])
        yield Witness("redacted", f"redaction marks: {own['marks']}{where}", agrees)
    header = own["from_line"]
    if header is not None:
        words = "routing header" if header else "no routing header"
        yield Witness("partial_extract", words, _same(not header, record["partial_extract"]))
    if own["paragraphs"]:
        lacking = own["missing_paragraphs"]
        words = f"numbered paragraphs: {own['paragraphs']}" + (
            f", lacking {lacking}" if lacking else ""
        )
        yield Witness("body", words, not lacking)
    if own["sections"] is not None:
        yield Witness("body", f"class line: section {own['section']} of {own['sections']}")
    if own["mark_total"] is not None:
        lacking = own["unmarked_sections"]
        words = f"page marks: {own['mark_total']} sections" + (
            f", none of {lacking}" if lacking else ""
        )
        yield Witness("body", words, not lacking)
    if own["ending"] is not None:
        end = own["ending"] or ("signed" if own["signed"] else "not signed")
        yield Witness("body", f"end: {end}", False if own["ending"] else None)


def _characters(record: dict[str, Any], own: Evidence) -> Iterator[Witness]:
    for name in ("mojibake", "replaced", "controls", "hidden", "residue", "foreign"):
        if own[name]:
            yield Witness("body", own[name], False)


def _same(said: object, claim: object) -> bool | None:
    """Return whether a statement is the claim; null where nothing is claimed."""
    return None if claim is None else said == claim
