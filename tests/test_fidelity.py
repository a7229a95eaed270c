"""Fidelity is a vector: each kind of damage moves its own component, and no other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cableproof.audited import Audit
from cableproof.auditing import audit
from cableproof.manifests import manifest_of
from cableproof.source import Source
from cableproof.sources.manifest import lines
from tests import mirrors

Change = Callable[[Path], object]


def _page(tree: Path, number: int) -> Path:
    return tree / f"cable/2007/01/07BERN{number}.html"


def _replaced(number: int, old: str, new: str) -> Change:
    """Return what puts other words into the page of a cable, which has the old ones."""

    def change(tree: Path) -> None:
        file = _page(tree, number)
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def _older(tree: Path) -> None:
    """Put the form of the second release in the place of that of the third."""
    cable = mirrors.releases()["B"][6]
    above = mirrors.side(mirrors.releases()["C"])
    _page(tree, 6).write_text(mirrors.page(cable, above), encoding="utf-8")


DAMAGE: dict[str, tuple[str, Change]] = {
    "a page is lost": ("completeness", lambda tree: _page(tree, 7).unlink()),
    "a page is cut": ("completeness", _replaced(7, "</pre>", "")),
    "a word is another": ("text", _replaced(7, "lamps", "stamps")),
    "a text is cut": ("text", _replaced(7, " \n \nNOBODY \nNNNN".replace("\n", "&#x000A;"), "")),
    "a sign is decoded wrongly": ("text", _replaced(7, "lamps", "lamps\u00e2\u20ac\u2122s")),
    "the header is another": ("text", _replaced(7, "VZCZCXYZ0001", "VZCZCXYZ0002")),
    "another classification": ("metadata", _replaced(7, "UNCLASSIFIED</a>", "SECRET</a>")),
    "another origin": ("metadata", _replaced(7, "Embassy Bern</a>", "Embassy Lima</a>")),
    "another date": ("metadata", _replaced(7, "2007-01-02 10:10", "2007-02-02 10:10")),
    "another day of release": ("metadata", _replaced(7, f"{mirrors.DAYS[1]} 09", "2011-03-03 09")),
    "a tag is lost": ("metadata", _replaced(7, "<a href='/tag/SZ_0.html'>SZ</a>", "SZ")),
    "another subject": ("metadata", _replaced(7, "07BERN7, TRAM 7", "07BERN7, FERRY 9")),
    "an older form": ("staleness", _older),
    "a passage is covered": ("redaction", _replaced(7, "keeper asked", "XXXXXXXXXXXX asked")),
    "a passage is opened": ("redaction", _replaced(4, "XXXXXXXXXXXX", "a clerk of some age")),
    "a link names another cable": ("links", _replaced(7, "%2F07BERN7.html", "%2F07BERN8.html")),
    "an index page is lost": ("links", lambda tree: (tree / "tag/T7_0.html").unlink()),
}
INNOCENT: dict[str, Change] = {
    "blanks": _replaced(7, " ran on time. ", " ran  on time."),
    "line ends": _replaced(7, "&#x000A;", "\r\n"),
    "another word of the page around it": _replaced(7, "Share</a>", "Pass it on</a>"),
    "a list of the side bar": _replaced(7, "<a href='/tag/SZ_0.html'>SZ</a>\n", ""),
    "another order of the table's attributes": _replaced(7, "<td>", "<td class='x'>"),
}


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
