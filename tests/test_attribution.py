"""From which releases a page can come: damage makes sets wider, and never moves them."""

from pathlib import Path

import pytest

from cableproof.audit import Audit
from cableproof.auditing import audit
from cableproof.manifests import manifest_of
from cableproof.source import Source
from cableproof.sources.manifest import lines
from tests import mirrors

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "wikileaks-2010"
SOURCES = [
    "invented",
    pytest.param(
        "real", marks=pytest.mark.skipif(not DATA.is_dir(), reason="the real pages are not at hand")
    ),
]


@pytest.fixture(scope="module", params=SOURCES)
def trees(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return three releases, oldest first, under names that tell nothing."""
    if request.param == "real":
        return sorted(DATA.iterdir())
    folder = tmp_path_factory.mktemp("releases")
    return [mirrors.write(folder, name).path for name in "ABC"]


def sets(report: Audit) -> dict[str, tuple[str, ...]]:
    """Return of each cable the releases that its page can come from."""
    return {name: each.releases for each in report.origins for name in each.identifiers}


def cables(truth: mirrors.Truth) -> dict[str, str]:
    """Return the true release of each cable."""
    return {Path(path).stem.rpartition("-")[2]: "ABC"[number] for path, number in truth.items()}


@pytest.mark.parametrize("how", mirrors.BUILT)
def test_the_true_release_is_in_the_set_of_every_page(
    how: str, trees: list[Path], tmp_path: Path
) -> None:
    truth = cables(mirrors.BUILT[how](trees, tmp_path / "mirror"))
    against = [Source(name, tree) for name, tree in zip("ABC", trees, strict=True)]
    found = sets(audit(Source("mirror", tmp_path / "mirror"), against))
    assert found.keys() == truth.keys()
    assert {name: where for name, where in found.items() if truth[name] not in where} == {}


@pytest.mark.parametrize("how", [h for h in mirrors.BUILT if h != "side bar removed"])
def test_a_page_that_counts_the_cables_comes_from_one_release_alone(
    how: str, trees: list[Path], tmp_path: Path
) -> None:
    mirrors.BUILT[how](trees, tmp_path / "mirror")
    against = [Source(name, tree) for name, tree in zip("ABC", trees, strict=True)]
    found = sets(audit(Source("mirror", tmp_path / "mirror"), against))
    assert {len(where) for where in found.values()} == {1}


@pytest.mark.parametrize("how", mirrors.BUILT)
def test_manifests_tell_as_much_as_the_releases_themselves(
    how: str, trees: list[Path], tmp_path: Path
) -> None:
    mirrors.BUILT[how](trees, tmp_path / "mirror")
    mirror = Source("mirror", tmp_path / "mirror")
    live = [Source(name, tree) for name, tree in zip("ABC", trees, strict=True)]
    listed = []
    for each in live:
        file = tmp_path / f"{each.path.name}.manifest"
        file.write_bytes(b"".join(lines(manifest_of(each))))
        listed.append(Source(each.name, file))
    assert sets(audit(mirror, listed)) == sets(audit(mirror, live))


def test_the_order_of_references_makes_no_difference(tmp_path: Path) -> None:
    trees = [mirrors.write(tmp_path, name).path for name in "ABC"]
    mirrors.without_deleting(trees, tmp_path / "mirror")
    against = [Source(name, tree) for name, tree in zip("ABC", trees, strict=True)]
    mirror = Source("mirror", tmp_path / "mirror")
    first, second = audit(mirror, against), audit(mirror, against[::-1])
    assert first.audit() == second.audit()
    assert [*first.from_where()] == [*second.from_where()]
