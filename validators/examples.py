"""A clean record, invented, over which the examples of the cards are laid."""

from collections.abc import Mapping
from types import MappingProxyType

HEADER = (
    "VZCZCXYZ0001\nRR RUEHC\nDE RUEHSW #1234 2551239\nZNR UUUUU ZZH\nR 121239Z SEP 06\n"
    "FM AMEMBASSY BERN\nTO RUEHC/SECSTATE WASHDC 0590\n"
)
BODY = (
    "UNCLAS BERN 001234\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PGOV, PREL, SZ\n"
    "SUBJECT: TRAM TIMETABLES\n\n1. (U) All trams ran on time.\n\nNOBODY\n"
)
MARKED = "UNCLAS BERN 001234\n\nSUBJECT: TRAM TIMETABLES\n\n1. (U) XXXXXXXXXXXX ran on time.\n"

#: A record of which no rule has anything to say.
CLEAN: Mapping[str, object] = MappingProxyType(
    {
        "identifier": "06BERN1234",
        "origin": "Embassy Bern",
        "created": "2006-09-12 12:39:00",
        "released": None,
        "classification": "UNCLASSIFIED",
        "tags": ["PGOV", "PREL", "SZ"],
        "subject": "TRAM TIMETABLES",
        "references": [],
        "redacted": False,
        "redaction_statement": None,
        "partial_extract": False,
        "source_release": "cablebrowser-2",
        "source_released": "2011-10-04",
        "link": "06BERN1234",
        "header": HEADER,
        "body": BODY,
    }
)
