"""How faithful a mirror is, component by component, each with its denominator; never one grade.

A cable is held against the release whose form it has, so that an old form is stale and not
altered, and a change of a word is a change of a word. White space, order and the page around a
record move nothing but fixity, which any byte moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cableproof.validators.audit.homes import EXPECTED
from cableproof.validators.collation.collate import Discrepancy
from cableproof.validators.collation.fields import FIELDS
from cableproof.validators.collation.kinds import KINDS
from cableproof.validators.collation.parallel import Parallel

#: The rung of the ladder on which texts with a difference of a kind are still equal.
RUNGS = ("exact", "spaced", "encoded", "laid_out", "covered_alike")
_RUNG = {"CMP301": "spaced", "CMP302": "encoded", "CMP303": "laid_out", "CMP403": "covered_alike"}
_WORDS = frozenset({"CMP302", "CMP303", "CMP304", "CMP305", "CMP306"})
_COVERED, _OPENED, _RESTYLED = "CMP401", "CMP402", "CMP403"


@dataclass(frozen=True)
class Component:
    """One thing in which a mirror is faithful or not: of how many it is asked, and of how many true."""

    agree: int
    of: int
    facts: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return what the document says of it."""
        return {"agree": self.agree, "of": self.of, **self.facts}


def text(pair: Parallel, found: Sequence[Discrepancy]) -> Component:
    """Return of how many cables the words agree, and how many agree on each rung.

    What is covered or opened is no difference of words; it is counted under redaction.
    """
    both = _both(pair)
    kinds = _by_cable(found, lambda code: code[:4] in ("CMP3", "CMP4"))
    rungs = Counter(_deepest(codes) for codes in kinds.values())
    rungs["exact"] += both - len(kinds)
    equal, counts = 0, {}
    for rung in RUNGS:
        equal += rungs[rung]
        counts[rung] = equal
    apart = sum(not _WORDS.isdisjoint(codes) for codes in kinds.values())
    differ = Counter(code for codes in kinds.values() for code in codes & _WORDS)
    return Component(both - apart, both, {"rungs": counts, "kinds": dict(sorted(differ.items()))})


def _deepest(codes: Iterable[str]) -> str:
    """Return the rung on which a text with all of these differences is equal, if there is one."""
    rungs = [_RUNG.get(code, "") for code in codes]
    return "" if "" in rungs else max(rungs, key=RUNGS.index)


def metadata(pair: Parallel, found: Sequence[Discrepancy]) -> Component:
    """Return of how many cables all claims agree, and of how many each that both make."""
    both = _both(pair)
    kinds = _by_cable(found, lambda code: code.startswith("CMP2") or code == "CMP103")
    apart = Counter(each.fields[0] for each in found if each.kind.startswith("CMP2"))
    keys = {each.field: each.key for each in FIELDS} | {"subject": "subject_key"}
    fields = {}
    for name, key in keys.items():
        said = [pair.column(each, key).is_not_null() for each in pair.names]
        of = int((said[0] & said[1]).sum())
        fields[name] = {"agree": of - apart[name], "of": of}
    return Component(both - len(kinds), both, {"fields": fields})


def redaction(pair: Parallel, found: Sequence[Discrepancy]) -> Component:
    """Return of how many cables the same is covered, and of how many more is, or less."""
    both = _both(pair)
    kinds = _by_cable(found, lambda code: code.startswith("CMP4"))
    counts = Counter(code for codes in kinds.values() for code in codes)
    apart = sum(bool(codes & {_COVERED, _OPENED}) for codes in kinds.values())
    facts = {
        "covered_here": counts[_COVERED],
        "covered_there": counts[_OPENED],
        "restyled": counts[_RESTYLED],
    }
    return Component(both - apart, both, facts)


def fixity(pair: Parallel) -> Component | None:
    """Return how many records are to the byte those of a manifest; None where there is none."""
    listed = pair.column(EXPECTED, "kind") == "manifest"
    asked = (listed & pair.present(pair.names[1])).fill_null(value=False)
    if not asked.any():
        return None
    same = pair.column(EXPECTED, "digest") == pair.column(pair.names[1], "digest")
    return Component(int((asked & same.fill_null(value=False)).sum()), int(asked.sum()))


def staleness(pair: Parallel, stale: Mapping[str, str]) -> Component:
    """Return how many cables have the form of the newest release that has them.

    ``stale`` names the others, each with the release whose form it has.
    """
    older = dict(sorted(Counter(stale.values()).items()))
    both = _both(pair)
    return Component(both - len(stale), both, {"older": older})


def completeness(
    release: str, covered: Mapping[str, Mapping[str, int]], missing: Sequence[str]
) -> Component:
    """Return how many of the cables of ``release`` the mirror has.

    ``covered`` has the same of all references, and ``missing`` names the cables that it lacks;
    what could not be read is not named, but neither is it there.
    """
    own = covered[release]
    facts = {
        "release": release,
        "missing": list(missing),
        "unreadable": own["of"] - own["agree"] - len(missing),
        "releases": {name: dict(each) for name, each in covered.items()},
    }
    return Component(own["agree"], own["of"], facts)


def by_flags(found: Sequence[Discrepancy], pair: Parallel) -> list[Discrepancy]:
    """Return discrepancies, of which those are redactions that digests call so with the marks.

    Against a manifest the digests of a text differ whether words changed or were covered; where
    one side has marks and the other has none, it is taken that they were covered.
    """
    covered = [pair.column(name, "covered") for name in pair.names]

    def kind(each: Discrepancy) -> Discrepancy:
        if "hint" not in each.facts:
            return each
        there, here = (bool(column[each.cable]) for column in covered)
        code = {(False, True): _COVERED, (True, False): _OPENED}.get((there, here), "")
        if not code or code not in each.facts["hint"]:
            return each
        card = KINDS[code]
        return replace(each, kind=code, name=card.name, severity=card.severity)

    return [kind(each) for each in found]


def _both(pair: Parallel) -> int:
    there = [pair.present(name) for name in pair.names]
    return int((there[0] & there[1]).sum())


def _by_cable(found: Sequence[Discrepancy], wanted: Callable[[str], bool]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for each in found:
        if wanted(each.kind):
            kinds.setdefault(each.identifier, set()).add(each.kind)
    return kinds
