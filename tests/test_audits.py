"""All that an audit says of a mirror that is damaged in one way, or built in one, as a snapshot."""

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from cableproof.audited import Audit
from cableproof.auditing import audit
from cableproof.books import RuleBooks
from cableproof.source import Source
from tests import mirrors
from tests.damage import DAMAGE

_TOLD = ["rule", "severity", "path", "record", "identifier", "fields", "message", "facts"]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    folder = tmp_path_factory.mktemp("releases")
    made = [mirrors.write(folder, name) for name in "ABC"]
    for each in made:
        mirrors.with_index(each.path, each.name)
    return made


def _all_that_it_says(report: Audit) -> str:
    """Return the lines of an audit: its card, where pages come from, and its findings."""
    origins = [each.document() for each in report.origins]
    card = [f"{name}: {json.dumps(said)}" for name, said in report.audit().items()]
    found = report.findings[_TOLD].astype(object).itertuples(index=False)
    return "\n".join(
        [
            *card,
            *(f"origin: {json.dumps(each)}" for each in origins),
            *(" | ".join(map(str, row)) for row in found),
            *(f"{code}: {_in_short(each)}" for code, each in report.rules.items() if each.lacking),
        ]
    )


def _in_short(each: RuleBooks) -> str:
    return f"ran {each.ran}, found {each.findings}, lacking {dict(each.lacking)}"


@pytest.mark.parametrize("what", DAMAGE)
def test_an_audit_of_a_damaged_mirror_says_this(
    what: str, releases: list[Source], tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    made = mirrors.write(tmp_path, "C")
    mirrors.with_index(made.path, "C")
    DAMAGE[what][1](made.path)
    assert _all_that_it_says(audit(Source("mirror", made.path), releases)) == snapshot


@pytest.mark.parametrize("how", mirrors.BUILT)
def test_an_audit_of_a_mirror_that_was_built_so_says_this(
    how: str, releases: list[Source], tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    mirrors.BUILT[how]([each.path for each in releases], tmp_path / "mirror")
    assert _all_that_it_says(audit(Source("mirror", tmp_path / "mirror"), releases)) == snapshot


def test_an_audit_without_references_says_this(
    releases: list[Source], tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    mirrors.BUILT["copied over each other without deleting"](
        [each.path for each in releases], tmp_path / "mirror"
    )
    assert _all_that_it_says(audit(Source("mirror", tmp_path / "mirror"), [])) == snapshot
