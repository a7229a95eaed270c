"""Texts that agree with the fields of an example, for tests that are not about the text."""

from datetime import datetime
from typing import Any

from cableproof.schemas import vocab
from cableproof.sources.identifiers import canonical, parsed
from cableproof.validators.examples import CLEAN
from cableproof.validators.rule import Row

_WORDS = ("UNCLAS", "UNCLAS", "C O N F I D E N T I A L", "S E C R E T", "T O P S E C R E T")
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ")


def agreeing(example: Row) -> dict[str, Any]:
    """Return the example with a header and a body that say what its fields say."""
    fields = {**CLEAN, **example}
    return {**example, "header": _header(fields), "body": _body(fields), **_own(example)}


def _own(example: Row) -> Row:
    return {name: example[name] for name in ("header", "body") if name in example}


def _sender(fields: Row) -> tuple[str, int]:
    """Return post and number, of Bern where the identifier has none."""
    spelt = str(fields["identifier"])
    found = parsed(canonical(spelt) or spelt) or parsed("06BERN1234")
    assert found is not None
    return found.station, found.serial


def _header(fields: Row) -> str:
    post, _ = _sender(fields)
    return f"R {_group(str(fields['created']))}FM {post}\nTO SECSTATE WASHDC\n"


def _group(created: str) -> str:
    """Return the line of the date-time group; nothing where the date is written otherwise."""
    for form in _FORMS:
        try:
            return f"{datetime.strptime(created, form):%d%H%MZ %b %y}\n".upper()
        except ValueError:
            continue
    return "121239Z SEP 06\n"


def _body(fields: Row) -> str:
    post, number = _sender(fields)
    classification = str(fields["classification"])
    rank = int(vocab.classifications().get(classification, {"rank": "0"})["rank"])
    captions = {"NOFORN": "NOFORN\n", "ONLY": "SENSITIVE\n", "TED": ""}
    caption = next((said for end, said in captions.items() if classification.endswith(end)), "")
    if rank == 1:
        caption = "SENSITIVE\n"
    tags = fields["tags"] if isinstance(fields["tags"], list) else []
    order = "DECL: 09/12/2016" if rank > 1 else "N/A"
    return (
        f"{_WORDS[rank]} {post} {number:06d}\n\n{caption}SIPDIS\n\nE.O. 12958: {order}\n"
        f"TAGS: {', '.join(tags)}\nSUBJECT: {fields['subject'] or 'TRAM TIMETABLES'}\n\n"
        f"1. Tram {number} of {post} ran on time.\n\nNOBODY\n"
    )
