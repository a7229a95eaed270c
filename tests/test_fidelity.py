"""Fidelity is a vector: each kind of damage moves its own component, and no other."""

from pathlib import Path

import pytest

from cableproof.audited import Audit
from cableproof.auditing import audit
from cableproof.manifests import manifest_of
from cableproof.source import Source
from cableproof.sources.manifest import lines
from tests import mirrors
from tests.damage import DAMAGE, INNOCENT


@pytest.fixture(scope="module")
def against(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    folder = tmp_path_factory.mktemp("releases")
    return [mirrors.write(folder, name) for name in "ABC"]


@pytest.fixture
def mirror(tmp_path: Path) -> Source:
    """Return a copy of the third release, with its index pages."""
    made = mirrors.write(tmp_path, "C")
    mirrors.with_index(made.path, "C")
    return Source("mirror", made.path)


def moved(before: Audit, after: Audit) -> list[str]:
    """Return the components that are no longer what they were."""
    numbers = [
        {name: found and (found.agree, found.of) for name, found in each.vector.items()}
        for each in (before, after)
    ]
    share = [{name: pair and pair[0] / pair[1] for name, pair in each.items()} for each in numbers]
    return [name for name in before.vector if share[0][name] != share[1][name]]


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_moves_its_own_component_and_no_other(
    what: str, mirror: Source, against: list[Source]
) -> None:
    component, damage = DAMAGE[what]
    before = audit(mirror, against)
    damage(mirror.path)
    assert moved(before, audit(mirror, against)) == [component]


@pytest.mark.parametrize("what", INNOCENT)
def test_white_space_and_the_page_around_a_record_move_nothing(
    what: str, mirror: Source, against: list[Source]
) -> None:
    before = audit(mirror, against)
    INNOCENT[what](mirror.path)
    assert moved(before, audit(mirror, against)) == []


def test_a_mirror_that_is_whole_is_faithful_in_every_component(
    mirror: Source, against: list[Source]
) -> None:
    for name, found in audit(mirror, against).vector.items():
        if name != "fixity":
            assert found is not None
            assert (name, found.agree) == (name, found.of)


@pytest.fixture
def listed(against: list[Source], tmp_path: Path) -> list[Source]:
    """Return the manifests of the releases."""
    made = [Source(each.name, tmp_path / f"{each.name}.manifest") for each in against]
    for source, each in zip(made, against, strict=True):
        source.path.write_bytes(b"".join(lines(manifest_of(each))))
    return made


@pytest.mark.parametrize("what", DAMAGE)
def test_digests_alone_tell_the_component_as_well(
    what: str, mirror: Source, listed: list[Source]
) -> None:
    component, damage = DAMAGE[what]
    before = audit(mirror, listed)
    damage(mirror.path)
    assert [name for name in moved(before, audit(mirror, listed)) if name != "fixity"] == [
        component
    ]


@pytest.mark.parametrize("what", INNOCENT)
def test_against_manifests_any_byte_of_a_page_moves_fixity(
    what: str, mirror: Source, listed: list[Source]
) -> None:
    before = audit(mirror, listed)
    INNOCENT[what](mirror.path)
    assert moved(before, audit(mirror, listed)) == ["fixity"]
