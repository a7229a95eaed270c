"""From which releases a page can come: damage makes sets wider, and never moves them."""

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cableproof.audited import Audit
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


DAMAGES = (
    mirrors._minified,
    mirrors._other_charset,
    mirrors._without_side_bar,
    mirrors._wrapped_anew,
    mirrors._reworded,
)


@given(
    truth=st.lists(st.sampled_from("ABC"), min_size=12, max_size=12),
    damages=st.lists(
        st.sets(st.integers(0, len(DAMAGES) - 1), max_size=3), min_size=12, max_size=12
    ),
    given_=st.permutations("ABC"),
)
@settings(max_examples=25, deadline=None)
def test_no_damage_moves_a_page_off_the_release_it_is_from(
    tmp_path_factory: pytest.TempPathFactory,
    truth: list[str],
    damages: list[set[int]],
    given_: list[str],
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    against = [mirrors.write(folder, name) for name in given_]
    trees = {source.name: source.path for source in against}
    where = {}
    for number, name in enumerate(truth, 1):
        page = trees[name] / f"cable/2007/01/07BERN{number}.html"
        if not page.is_file():
            continue
        text = page.read_text(encoding="utf-8")
        for damage in sorted(damages[number - 1], reverse=True):
            data = DAMAGES[damage](text)
            text = data.decode(
                "iso-8859-1" if DAMAGES[damage] is mirrors._other_charset else "utf-8"
            )
        target = folder / "mirror" / page.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
        where[f"07BERN{number}"] = name
    assume(all(any(trees[name].glob(f"**/{each}.html") for each in where) for name in "ABC"))
    found = sets(audit(Source("mirror", folder / "mirror"), against))
    assert {name: found[name] for name, true in where.items() if true not in found[name]} == {}


def test_pages_of_a_release_that_is_not_given_come_from_none_of_those_given(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "AB"]
    mirror = mirrors.write(tmp_path, "C")
    report = audit(Source("mirror", mirror.path), against)
    assert set(sets(report).values()) == {()}
    assert report.releases == ()


def test_without_references_pages_that_count_less_are_left_over(tmp_path: Path) -> None:
    trees = [mirrors.write(tmp_path, name).path for name in "ABC"]
    mirrors.without_deleting(trees, tmp_path / "mirror")
    report = audit(Source("mirror", tmp_path / "mirror"))
    assert [(each.identifier, each.counter) for each in report.leftovers] == [("07BERN5", 9)]
    assert [(each.counter, each.pages) for each in report.origins] == [(11, 11), (9, 1)]


def test_index_pages_of_a_selection_speak_for_cables_that_it_lacks(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "AC"]
    for each in against:
        mirrors.with_index(each.path, each.name)
    for each in against:
        (each.path / "cable/2007/01/07BERN7.html").unlink()
    mirror = tmp_path / "mirror"
    mirrors.copied([mirrors.write(tmp_path, "C").path], mirror)
    for page in mirrors.pages(mirror):
        page.write_bytes(mirrors._without_side_bar(page.read_text(encoding="utf-8")))
    report = audit(Source("mirror", mirror), against)
    evidence = {name: each.evidence for each in report.origins for name in each.identifiers}
    assert evidence["07BERN7"]["index"] == (("A", "C"), ())
    assert evidence["07BERN9"]["index"] == (("C",), ("A",))
    assert sets(report)["07BERN9"] == ("C",)
