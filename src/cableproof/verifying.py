"""The same run again: done as its receipt says, and held against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from cableproof.changes import changes
from cableproof.errors import NoManifest, NoReport, NothingInCommon, NothingVerified, WrongSetting
from cableproof.policy import Policy, of_values
from cableproof.receipts import Document
from cableproof.reports.receipt import receipt
from cableproof.run import ALL, run
from cableproof.source import Source
from cableproof.sources.limits import Limits
from cableproof.verdict import Change, Verdict
from cableproof.weighing import weighed

if TYPE_CHECKING:
    from cableproof.report import Report
    from cableproof.validators.rule import Rule

_OF_SETTINGS = ("accepted", "baseline")  # roles of files that no run reads as an archive


def verified(
    then: Document,
    *,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Verdict:
    """Do the run of a receipt again, and return what came of it and what changed since.

    Raises:
        NothingVerified: a source is no longer there, or the run can no longer be done.
        SourceChanged: a file changed while it was read.

    """
    missing = [each["path"] for each in then["sources"] if not _there(Path(each["path"]))]
    if missing:
        raise NothingVerified(f"there is no longer {', '.join(missing)}")
    try:
        now = receipt(weighed(_again(then, jobs, progress), _policy(then)))
    except (NoManifest, NoReport, NothingInCommon, WrongSetting) as error:
        raise NothingVerified(str(error)) from None
    found = tuple(changes(then, now))
    if not found and {**then, "report": now["report"]} != now:
        found = (Change("receipt", "rest", "it says what the same run does not say now"),)
    same = now["report"] == then["report"]
    return Verdict(**now["report"], same_bytes=same, changes=found)


def _again(then: Document, jobs: int, progress: Callable[[int, int], None]) -> Report:
    """Return the report of the same run: same command, sources and settings."""
    settings, sources = then["settings"], _sources(then)
    limits = _limits(settings["limits"])
    if then["command"] == "validate":
        rules = _rules(settings.get("rules", ALL))
        return run(sources, rules, limits=limits, jobs=jobs, progress=progress)
    if then["command"] == "manifest":
        from cableproof.fixity import checked

        source, manifest = sources
        return checked(source, manifest.path, limits=limits, jobs=jobs, progress=progress)
    if then["command"] == "history":
        from cableproof.recounting import recount

        return recount(sources, limits=limits, jobs=jobs, progress=progress)
    if then["command"] == "audit":
        from cableproof.auditing import audit

        *against, mirror = sources
        return audit(mirror, against, limits=limits, jobs=jobs, progress=progress)
    from cableproof.comparing import compare

    base = settings.get("reference")
    return compare(sources, reference=base, limits=limits, jobs=jobs, progress=progress)


def _sources(then: Document) -> list[Source]:
    read = (each for each in then["sources"] if each["role"] not in _OF_SETTINGS)
    return [Source(each["name"], Path(each["path"])) for each in read]


def _policy(then: Document) -> Policy:
    """Return what settings made of the findings of the run."""
    said = then["settings"].get("policy")
    if said is None:
        return Policy()
    files = {each["role"]: Path(each["path"]) for each in then["sources"]}
    return of_values(said, files.get("accepted"), files.get("baseline"))


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _limits(values: Document) -> Limits:
    """Return the limits of a receipt; those that it does not know are as they are now."""
    known = {field.name for field in fields(Limits)}
    return Limits(**{name: value for name, value in values.items() if name in known})


def _rules(codes: str | list[str]) -> list[Rule]:
    """Return the rules of a receipt, as far as there still are such."""
    from cableproof.validators.catalogue import CATALOGUE

    asked = CATALOGUE if codes == ALL else codes
    return [rule for code, rule in CATALOGUE.items() if code in asked]
