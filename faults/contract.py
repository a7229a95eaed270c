"""Faults against the contract of a record, and in what it says of the release it comes from."""

from random import Random

from kinds import Record, archive_fault, changed, fault


@fault("REC001", "no identifier")
def _(record: Record, rng: Random) -> Record:
    return changed(record, identifier=None)


@fault("REC001", "origin of blanks only")
def _(record: Record, rng: Random) -> Record:
    return {**record, "origin": "  "}


@fault("REC001", "classification null")
def _(record: Record, rng: Random) -> Record:
    return {**record, "classification": None}


@fault("REC001", "date of creation absent")
def _(record: Record, rng: Random) -> Record:
    return changed(record, created=None)


@fault("REC002", "subject a number")
def _(record: Record, rng: Random) -> Record:
    return {**record, "subject": 12}


@fault("REC002", "tags run together in one text")
def _(record: Record, rng: Random) -> Record | None:
    tags = record.get("tags")
    return {**record, "tags": " ".join(tags)} if tags else None


@fault("REC002", "flag written as a word")
def _(record: Record, rng: Random) -> Record:
    return {**record, "partial_extract": "no"}


@fault("REC002", "text in a list of lines")
def _(record: Record, rng: Random) -> Record:
    return {**record, "body": record["body"].split("\n")}


@archive_fault("REC003", "field name misspelt beside the right one")
def _(records: list[Record], rng: Random) -> list[Record]:
    return [{**record, "clasification": record["classification"]} for record in records]


@archive_fault("REC003", "field of a program's own")
def _(records: list[Record], rng: Random) -> list[Record]:
    return [{**record, "row_number": number} for number, record in enumerate(records)]


@fault("REC004", "text empty", sparse=True)
def _(record: Record, rng: Random) -> Record:
    return {**record, "body": ""}


@fault("REC004", "text of blanks and line ends", sparse=True)
def _(record: Record, rng: Random) -> Record:
    return {**record, "body": " \n\n \r\n"}


@fault("REC004", "text null", sparse=True)
def _(record: Record, rng: Random) -> Record:
    return {**record, "body": None}


def _released(record: Record, release: str, day: str | None) -> Record:
    return changed(record, source_release=release, source_released=day)


@fault("PRV001", "release that never was")
def _(record: Record, rng: Random) -> Record:
    return _released(record, "cablebrowser-7", None)


@fault("PRV001", "figure lost from the name of a release")
def _(record: Record, rng: Random) -> Record:
    return _released(record, "cablegate-20101230113", None)


@fault("PRV002", "a day late")
def _(record: Record, rng: Random) -> Record:
    return _released(record, "cablebrowser-2", "2011-10-05")


@fault("PRV002", "month and day exchanged")
def _(record: Record, rng: Random) -> Record:
    return _released(record, "cablebrowser-2", "2011-04-10")


@fault("PRV002", "a month early")
def _(record: Record, rng: Random) -> Record:
    return _released(record, "cablebrowser-2", "2011-09-04")
