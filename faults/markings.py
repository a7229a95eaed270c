"""Faults in the classification, and in what header and text say of it."""

import re
from random import Random

from kinds import Record, changed, fault
from lines import class_line, order_line, paragraphs, put, security_line

#: One letter wrong in each.
_MISSPELT = {
    "UNCLASSIFIED": "UNCLASIFIED",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY": "UNCLASSIFIED//FOR OFFICAL USE ONLY",
    "CONFIDENTIAL": "CONFIDENCIAL",
    "CONFIDENTIAL//NOFORN": "CONFIDENTIAL//NOFRON",
    "SECRET": "SECERT",
    "SECRET//NOFORN": "SECRTE//NOFORN",
}
_SHORT = {
    "UNCLASSIFIED": "UNCLAS",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY": "UNCLASSIFIED//FOUO",
    "CONFIDENTIAL": "C",
    "CONFIDENTIAL//NOFORN": "CONFIDENTIAL//NF",
    "SECRET": "S",
    "SECRET//NOFORN": "SECRET/NOFORN",
}
_SPACED = {"C": "C O N F I D E N T I A L", "S": "S E C R E T"}
_SENSITIVE = re.compile(r"^SENSITIVE[ \r]*\n", re.MULTILINE)
_NOFORN = re.compile(r"^NOFORN[ \r]*\n", re.MULTILINE)
_SIPDIS = re.compile(r"^SIPDIS", re.MULTILINE)
_RAISED = {"CONFIDENTIAL": "SECRET", "CONFIDENTIAL//NOFORN": "SECRET//NOFORN"}
_LOWERED = {higher: lower for lower, higher in _RAISED.items()}
_FOUO = "UNCLASSIFIED//FOR OFFICIAL USE ONLY"


def _among(record: Record, table: dict[str, str]) -> Record | None:
    """Return the record with its classification as the table has it."""
    said = table.get(record["classification"])
    return changed(record, classification=said) if said else None


@fault("CLS001", "letter wrong")
def _(record: Record, rng: Random) -> Record | None:
    return _among(record, _MISSPELT)


@fault("CLS001", "word of another system")
def _(record: Record, rng: Random) -> Record:
    return changed(record, classification=rng.choice(("RESTREINT UE", "VERTRAULICH", "COSMIC")))


@fault("CLS001", "line end of the table cell read along")
def _(record: Record, rng: Random) -> Record:
    return changed(record, classification=f"{record['classification']} Origin")


@fault("CLS002", "abbreviated")
def _(record: Record, rng: Random) -> Record | None:
    return _among(record, _SHORT)


@fault("CLS002", "small letters")
def _(record: Record, rng: Random) -> Record:
    return changed(record, classification=record["classification"].capitalize())


def _has_rank_line(record: Record) -> bool:
    """Return whether class line or security line state the rank of the record."""
    return bool(class_line(record["body"]) or security_line(record.get("header", "")))


@fault("CLS003", "field a rank too high")
def _(record: Record, rng: Random) -> Record | None:
    return _among(record, _RAISED) if _has_rank_line(record) else None


@fault(
    "CLS003",
    "field a rank too low",
    shows={"CLS004": "its paragraphs keep their marks"},
)
def _(record: Record, rng: Random) -> Record | None:
    return _among(record, _LOWERED) if _has_rank_line(record) else None


@fault("CLS003", "class line of another rank")
def _(record: Record, rng: Random) -> Record | None:
    found, rank = class_line(record["body"]), record["classification"][0]
    if found is None or rank not in _SPACED or found["word"].replace(" ", "")[0] != rank:
        return None
    return changed(record, body=put(found, "word", _SPACED["S" if rank == "C" else "C"]))


@fault("CLS003", "security line of another rank")
def _(record: Record, rng: Random) -> Record | None:
    found = security_line(record.get("header", ""))
    if found is None:
        return None
    words = "ZNY SSSSS" if found["words"] != "ZNY SSSSS" else "ZNY CCCCC"
    return changed(record, header=put(found, "words", words))


def _marked(record: Record, rng: Random, mark: str) -> Record | None:
    """Return the record with one of the later paragraphs under that mark."""
    chain = paragraphs(record["body"])[1:]
    marked = [paragraph for paragraph in chain if paragraph.mark]
    if not marked:
        return None
    chosen, body = rng.choice(marked), record["body"]
    begin = chosen.after - len(chosen.mark)
    return changed(record, body=body[:begin] + mark + body[chosen.after :])


@fault("CLS004", "paragraph marked S in a CONFIDENTIAL whole")
def _(record: Record, rng: Random) -> Record | None:
    whole = record["classification"].startswith("CONF")
    return _marked(record, rng, "(S)") if whole else None


@fault("CLS004", "paragraph marked S//NF in a CONFIDENTIAL whole")
def _(record: Record, rng: Random) -> Record | None:
    whole = record["classification"] == "CONFIDENTIAL//NOFORN"
    return _marked(record, rng, "(S//NF)") if whole else None


@fault("CLS004", "paragraph marked C in an UNCLASSIFIED whole")
def _(record: Record, rng: Random) -> Record | None:
    whole = record["classification"].startswith("UNCLAS")
    return _marked(record, rng, "(C)") if whole else None


@fault("CLS004", "paragraph marked SBU in an UNCLASSIFIED whole", note=True)
def _(record: Record, rng: Random) -> Record | None:
    whole = record["classification"] == "UNCLASSIFIED"
    return _marked(record, rng, "(SBU)") if whole else None


def _captioned(record: Record, word: str) -> Record | None:
    """Return the record with one caption more, beside SIPDIS."""
    found = _SIPDIS.search(record["body"])
    if found is None or re.search(rf"^{word}\b", record["body"], re.MULTILINE):
        return None
    body = record["body"]
    return changed(record, body=f"{body[: found.start()]}{word}\n{body[found.start() :]}")


def _uncaptioned(record: Record, caption: re.Pattern[str]) -> Record | None:
    """Return the record without that caption."""
    body, times = caption.subn("", record["body"])
    return changed(record, body=body) if times else None


@fault("CLS005", "caption SENSITIVE in an UNCLASSIFIED whole")
def _(record: Record, rng: Random) -> Record | None:
    whole = record["classification"] == "UNCLASSIFIED"
    return _captioned(record, "SENSITIVE") if whole else None


@fault("CLS005", "caption SENSITIVE lost")
def _(record: Record, rng: Random) -> Record | None:
    return _uncaptioned(record, _SENSITIVE) if record["classification"] == _FOUO else None


@fault("CLS005", "FOR OFFICIAL USE ONLY lost from the field")
def _(record: Record, rng: Random) -> Record | None:
    if record["classification"] != _FOUO or not _SENSITIVE.search(record["body"]):
        return None
    return changed(record, classification="UNCLASSIFIED")


@fault("CLS005", "caption NOFORN lost", note=True)
def _(record: Record, rng: Random) -> Record | None:
    noforn = record["classification"].endswith("//NOFORN")
    return _uncaptioned(record, _NOFORN) if noforn else None


@fault("CLS005", "NOFORN lost from the field", note=True)
def _(record: Record, rng: Random) -> Record | None:
    said, seen = record["classification"], _NOFORN.search(record["body"])
    if not said.endswith("//NOFORN") or seen is None:
        return None
    return changed(record, classification=said.removesuffix("//NOFORN"))


def _ordered(record: Record, rest: str, *, classified: bool) -> Record | None:
    """Return the record with another rest of its line of the executive order."""
    found = order_line(record["body"])
    if found is None or (record["classification"][0] in "CS") != classified:
        return None
    return changed(record, body=put(found, "rest", rest))


@fault("CLS006", "N/A in a classified whole")
def _(record: Record, rng: Random) -> Record | None:
    return _ordered(record, "N/A", classified=True)


@fault("CLS006", "declassification date in an UNCLASSIFIED whole")
def _(record: Record, rng: Random) -> Record | None:
    return _ordered(record, f"DECL: 11/17/{int(record['created'][:4]) + 10}", classified=False)


@fault("CLS006", "declassification on 30 February")
def _(record: Record, rng: Random) -> Record | None:
    return _ordered(record, f"DECL: 02/30/{int(record['created'][:4]) + 10}", classified=True)


@fault("CLS006", "figures of the order's number exchanged", note=True)
def _(record: Record, rng: Random) -> Record | None:
    found = order_line(record["body"])
    if found is None or found["number"] != "12958":
        return None
    return changed(record, body=put(found, "number", rng.choice(("19528", "12598", "12985"))))
