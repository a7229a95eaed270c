"""All rules by code; the modules named here are the families."""

from cableproof.errors import NoSuchRule
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
CATALOGUE: dict[str, Rule] = {
    rule.code: rule
    for family in FAMILIES
    for rule in vars(family).values()
    if isinstance(rule, Rule)
}
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
