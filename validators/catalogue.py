"""All rules by code: of the families named here, and of other packages."""

import re
from collections.abc import Iterator
from string import Formatter
from types import ModuleType

from cableproof import plugins
from cableproof.errors import BrokenPlugIn, NoSuchRule
from cableproof.validators import (
    classifications,
    datelines,
    dates,
    extracts,
    identifiers,
    inputs,
    markings,
    origins,
    provenance,
    records,
    redactions,
    references,
    releases,
    subjects,
    swaps,
    tags,
    texts,
    wholeness,
)
from cableproof.validators.collation.kinds import KINDS
from cableproof.validators.rule import Rule
from cableproof.validators.telling import FOREIGN, OURS

FAMILIES = (
    inputs,
    releases,
    records,
    identifiers,
    origins,
    dates,
    datelines,
    classifications,
    markings,
    tags,
    subjects,
    references,
    redactions,
    extracts,
    wholeness,
    swaps,
    texts,
    provenance,
)
_CODE = re.compile("[A-Z]{3}[0-9]{3}")


def _rules(module: ModuleType) -> Iterator[Rule]:
    yield from (each for each in vars(module).values() if isinstance(each, Rule))


def _catalogue() -> dict[str, Rule]:
    """Return all rules by code, those of other packages behind ours.

    Raises:
        BrokenPlugIn: one has the code of another rule or none, or tells what no finding may.

    """
    found = {rule.code: rule for family in FAMILIES for rule in _rules(family)}
    for name, module in plugins.modules(plugins.RULES).items():
        for rule in _rules(module):
            if rule.code in found or rule.code in KINDS or not _CODE.fullmatch(rule.code):
                raise BrokenPlugIn(name, f"{rule.code} is no code of its own, such as OWN001")
            told = {field for _, field, _, _ in Formatter().parse(rule.says) if field}
            if not told <= {*OURS, *FOREIGN}:
                odd = min(told - {*OURS, *FOREIGN})
                raise BrokenPlugIn(name, f"{rule.code} may tell no {odd}")
            found[rule.code] = rule
    return found


CATALOGUE: dict[str, Rule] = _catalogue()
#: The rules on the input itself, which every command that reads sources asks.
INPUT_RULES = tuple(rule for rule in CATALOGUE.values() if rule.on == "troubles")


def rule(code: str) -> Rule:
    """Return the rule of that code.

    Raises:
        NoSuchRule: there is none; the message names the nearest.

    """
    if code.upper() not in CATALOGUE:
        raise NoSuchRule(code, (*CATALOGUE, *KINDS))
    return CATALOGUE[code.upper()]


def selected(select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Rule]:
    """Return the rules whose codes begin with one of ``select`` and with none of ``ignore``.

    Raises:
        NoSuchRule: no code begins so.

    """
    for prefix in (*select, *ignore):
        if not any(code.startswith(prefix) for code in (*CATALOGUE, *KINDS)):
            raise NoSuchRule(prefix, dict.fromkeys((*CATALOGUE, *(c[:3] for c in CATALOGUE))))
    return [
        rule
        for code, rule in CATALOGUE.items()
        if code.startswith(select or ("",)) and not (ignore and code.startswith(ignore))
    ]
