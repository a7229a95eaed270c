"""All faults and innocent changes: the modules that make them, imported once."""

import importlib

from kinds import FAULTS, INNOCENT, Fault, Innocent

#: The modules in which faults and innocent changes register themselves.
_MODULES = (
    "filefaults", "releasefaults", "contract", "identifiers", "pagefaults", "dates", "markings", "headings",
    "references", "redactions", "wholeness", "characters", "swaps", "innocents", "habits",
    "treeinnocents",
)  # fmt: skip


def registered() -> tuple[list[Fault], list[Innocent]]:
    """Return all faults, by code, and all innocent changes."""
    for module in _MODULES:
        importlib.import_module(module)
    return sorted(FAULTS, key=lambda fault: fault.code), list(INNOCENT)
