"""Invented audits, as they would come out of a run: no cable, post or person is real."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cableproof.audited import COMPONENTS, Audit, Leftover, Origin, Release
from cableproof.books import Books, RuleBooks, SourceBooks
from cableproof.finding import Severity
from cableproof.tool import Tool
from cableproof.validators.audit.fidelity import Component
from cableproof.validators.audit.statements import Statement
from cableproof.validators.audit.succession import Fate
from tests.collated import COLUMNS, HOSTILE, found

NAMES = ("harbour-2010", "harbour-2011", "harbour-2012")
_RULES = {
    "CMP101": ("missing-record", Severity.ERROR),
    "PRV004": ("contradicted-claim", Severity.ERROR),
    "PRV005": ("left-over", Severity.WARNING),
    "SRC007": ("release-counter-disagrees", Severity.NOTE),
}
Sides = tuple[tuple[str, ...], tuple[str, ...]]


def finding(code: str, identifier: str | None, **values: Any) -> Mapping[str, Any]:
    """Return a finding of a rule on a cable of the mirror."""
    name, severity = _RULES[code]
    said = {"rule": code, "name": name, "severity": severity.value, "identifier": identifier}
    usual = {"source": "mirror", "message": f"{identifier} is not as it was", "line": 1}
    return found(**usual | said | {"path": f"cable/2007/01/{identifier}.html"} | values)


def release(name: str, moment: str = "", counter: int | None = None, **values: Any) -> Release:
    """Return a reference of forty cables."""
    usual: dict[str, Any] = {"selection": False, "lacks": (), "tied": ()}
    return Release(name, moment, 40, counter, **usual | values)


def vector(names: Sequence[str] = NAMES, **changed: Component | None) -> dict[str, Any]:
    """Return components of fidelity, of which one agrees in all and most in less."""
    old, new = names[0], names[-1]
    covered = {name: {"agree": 39 - n, "of": 40} for n, name in enumerate(names)}
    rungs = {"exact": 30, "spaced": 34, "encoded": 34, "laid_out": 36, "covered_alike": 36}
    fields = {
        "classification": {"agree": 37, "of": 37},
        "tags": {"agree": 29, "of": 30},
        "partial_extract": {"agree": 0, "of": 0},
    }
    own, inner = {"of": 37, "wrong": 1}, {"of": 63, "dead": 2, "to_missing_cables": 3}
    dead = [{"path": "tag/ELTN_0.html", "pages": 37}, {"path": "[46 characters]", "pages": 1}]
    made: dict[str, Component | None] = {
        "completeness": Component(
            *(37, 40),
            {"release": new, "missing": ["07BERN9"], "unreadable": 1, "releases": covered},
        ),
        "text": Component(36, 37, {"rungs": rungs, "kinds": {"CMP306": 1}}),
        "metadata": Component(36, 37, {"fields": fields}),
        "staleness": Component(30, 37, {"older": {old: 7}}),
        "redaction": Component(37, 37, {"covered_here": 0, "covered_there": 0, "restyled": 2}),
        "fixity": None,
        "links": Component(97, 100, {"own": own, "inner": inner, "dead": dead}),
    }
    return {name: (made | changed)[name] for name in COMPONENTS}


def origin(
    releases: Sequence[str],
    pages: int,
    evidence: Mapping[str, Sides] | None = None,
    counter: int | None = None,
    first: int = 1,
) -> Origin:
    """Return pages that can come from some releases; they are numbered from ``first``."""
    names = tuple(f"07BERN{number}" for number in range(first, first + pages))
    return Origin(tuple(releases), pages, evidence or {}, counter, names)


def claim(
    where: str, says: Mapping[str, str | int], verdicts: Mapping[str, int], **more: Any
) -> Statement:
    """Return a claim with its verdicts."""
    return Statement(where, says, verdicts, **more)


def audited(
    names: Sequence[str] = NAMES, findings: Sequence[Mapping[str, Any]] = (), **values: Any
) -> Audit:
    """Return an audit of a mirror of thirty-seven pages, without any claims, parts or fates."""
    books = {name: Books(*(40, 40, 0, 0, 40), records=40, clean=40, valid=40) for name in names}
    books["mirror"] = Books(
        *(38, 37, 0, 1, 38), records=37, clean=30, flagged=7, valid=37, unreadable=1
    )
    records = sum(each.records for each in books.values())
    codes = [each["rule"] for each in findings]
    usual: dict[str, Any] = {
        "vector": vector(names) if names else dict.fromkeys(COMPONENTS),
        "against": tuple(release(name) for name in names),
    }
    return Audit(
        command="audit",
        sources=tuple(
            SourceBooks(
                *(name, f"archives/{name}", {"wikileaks-page": book.records}, {}, 123_456),
                *(f"sha256:{number:064x}", False, book),
                role="mirror" if name == "mirror" else "against",
            )
            for number, (name, book) in enumerate(books.items(), 1)
        ),
        rules={
            code: RuleBooks(
                *(name, severity, 37, {"nothing but a reference's part": records - 37}),
                codes.count(code),
            )
            for code, (name, severity) in _RULES.items()
        },
        findings=pd.DataFrame(list(findings), columns=list(COLUMNS)),
        tool=Tool("0", {}, {}, {}, {}),
        mirror="mirror",
        **usual | values,
    )


def small() -> Audit:
    """Return an audit that has each part of the page, each verdict and each fate."""
    old, middle, new = NAMES
    every = {"presence": (NAMES, ()), "text": ((middle, new), (old,))}
    return audited(
        findings=[
            finding("CMP101", "07BERN9", source=new),
            finding("PRV004", "07BERN31", fields="source_release"),
            finding("PRV005", "07BERN31"),
            finding("PRV005", "07BERN32"),
            finding("SRC007", None, path="cable", message="40 by its own count, 37 pages here"),
        ],
        against=(
            release(old, "2010-12-07 0806", 960, selection=True, lacks=("index", "claim")),
            release(middle, "2011-01-04", tied=(new,)),
            release(new, "2011-01-05", 40, tied=(middle,), lacks=("index",)),
        ),
        origins=(
            origin((new,), 20, every | {"counter": ((new,), (old, middle))}, 40),
            origin((middle, new), 10, every, first=21),
            origin(
                *((old,), 5, {"counter": ((old,), (middle, new)), "claim": ((new,), ())}),
                *(960, 31),
            ),
            origin((), 2, {"presence": ((), NAMES)}, first=36),
        ),
        leftovers=tuple(Leftover(f"07BERN{n}", (old,), 960) for n in range(31, 36)),
        statements=(
            claim("counter", {"released_so_far": 1060}, {"supported": 20}, releases=(new,)),
            claim(
                "footer",
                {"release": new},
                {"supported": 20, "contradicted": 5},
                releases=(new,),
                against={"counter": 5},
            ),
            claim("footer", {"release": "harbor-12"}, {"unreadable": 1}, because="no such name"),
            claim("folder", {"release_of": "2012-01-05"}, {"untestable": 37}, because="no copy"),
            claim(
                "date",
                {"release": new, "released": "2011-01-05"},
                {"consistent": 25},
                because="the release table has it",
            ),
            claim(
                "front",
                {"path": "index.html", "released_so_far": 41},
                {"contradicted": 1},
                because="most cable pages say 40, 37 cables are here",
            ),
        ),
        fates=(
            Fate("07BERN9", "missing", new),
            Fate("07BERN38", "missing", middle),
            Fate("07BERN31", "withdrawn", old),
            Fate("07BERN36", "unknown"),
            *(Fate(f"07BERN{n}", "restored", old, form) for n, form in enumerate(_FORMS, 3)),
        ),
    )


_FORMS = ("earlier", "later", "both", "neither")


def whole() -> Audit:
    """Return an audit of a mirror that is as its one release, and claims nothing."""
    facts: dict[str, Any] = {
        "completeness": Component(
            *(40, 40),
            {
                "release": "A",
                "missing": [],
                "unreadable": 0,
                "releases": {"A": {"agree": 40, "of": 40}},
            },
        )
    }
    said = {"text": (("A",), ())}
    return audited(
        ("A",), releases=("A",), origins=(origin(("A",), 37, said),), vector=vector("A", **facts)
    )


def alone() -> Audit:
    """Return an audit without any release: counters, claims and links alone."""
    links = vector()["links"]
    return audited(
        (),
        vector=dict.fromkeys(COMPONENTS) | {"links": links},
        origins=(origin((), 30, counter=1060), origin((), 7, first=31)),
        leftovers=(Leftover("07BERN3", (), 960),),
        statements=(claim("footer", {"release": "harbour-9"}, {"untestable": 30}),),
    )


def hostile() -> Audit:
    """Return an audit in which each foreign value would do harm if it could."""
    names = (HOSTILE, "\" onload='window.planted=1' x=\"", "javascript:window.planted=1")
    cable = f"{HOSTILE}\u202e"
    evidence = {"text": ((names[0],), names[1:]), "</style><b onclick=x>": (names[1:], ())}
    facts = vector(names)
    facts["staleness"] = Component(30, 37, {"older": {HOSTILE: 7}})
    return audited(
        names,
        findings=[
            finding("PRV005", cable, path=f"{HOSTILE}.txt", message=f"saw {HOSTILE}\x1b[31m")
        ],
        vector=facts,
        against=tuple(release(name, HOSTILE, tied=names[:1], lacks=(HOSTILE,)) for name in names),
        origins=(Origin((names[0],), 37, evidence, None, (cable,) * 37),),
        leftovers=(Leftover(cable, (names[0],), None), Leftover(cable, (), 3)),
        statements=(
            claim(
                "footer",
                {"release": f"'><img src=x onerror=window.planted=1>{cable}"},
                {"contradicted": 3},
                releases=names,
                against={HOSTILE: 3},
                because=HOSTILE,
            ),
        ),
        fates=(Fate(cable, "withdrawn", names[1]), Fate(cable, "missing", names[0])),
    )


def large(number: int = 5000, names: tuple[str, ...] = NAMES) -> Audit:
    """Return an audit with so many findings, fates and left-over pages, and with many parts."""
    codes = tuple(_RULES)
    cables = [f"{5 + n % 5:02d}REYKJAVIK{1000 + n}" for n in range(number)]
    whats = ("missing", "missing", "withdrawn", "unknown", "restored")
    sides = dict.fromkeys(
        ("presence", "file", "text", "released", "counter", "days", "months", "tags"),
        (names[:1], names[1:]),
    )
    return audited(
        names,
        findings=[finding(codes[n % len(codes)], name) for n, name in enumerate(cables)],
        origins=tuple(
            Origin((names[n % len(names)],), 100, sides, n, tuple(cables[:100])) for n in range(80)
        ),
        leftovers=tuple(Leftover(name, (names[0],), 960) for name in cables),
        statements=tuple(
            claim("counter", {"released_so_far": n}, {"supported": 1}) for n in range(600)
        ),
        fates=tuple(
            Fate(name, what, names[0], "earlier" if what == "restored" else "")
            for name, what in ((name, whats[n % 5]) for n, name in enumerate(cables))
        ),
    )
