"""The commands that hold a mirror against its releases: what they print, and how they end."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion

import cableproof
from cableproof import schemas
from tests import archives, mirrors
from tests.test_cli_collate import run

AGAINST = (
    "--against",
    "A=201012070806",
    "--against",
    "B=201012072146",
    "--against",
    "C=C.manifest",
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three releases, a manifest of the last, and mixed and damaged mirrors."""
    folder = tmp_path_factory.mktemp("audits")
    trees = [mirrors.write(folder, name).path for name in "ABC"]
    mirrors.without_deleting(trees, folder / "mixed")
    page = folder / "mixed/cable/2007/01/07BERN7.html"
    page.write_text(page.read_text().replace("lamps", "stamps"), encoding="utf-8")
    (folder / "mixed/cable/2007/01/07BERN12.html").unlink()
    (folder / "C.manifest").write_bytes(run(folder, "manifest", "C=201012102105").stdout)
    (folder / "pages").mkdir()
    for number in (1, 2):
        (folder / f"pages/06BERN{number}.txt").write_text(archives.page(number), encoding="utf-8")
    (folder / "empty").mkdir()
    return folder


def test_an_audit_fits_80_columns_and_fails_on_errors(
    room: Path, snapshot: SnapshotAssertion
) -> None:
    done = run(room, "audit", "mixed", *AGAINST)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert done.stderr == b""
    assert max(map(len, text.splitlines())) <= 80
    assert text == snapshot


def test_an_audit_without_references_fits_80_columns(
    room: Path, snapshot: SnapshotAssertion
) -> None:
    done = run(room, "audit", "pages")
    assert done.returncode == 0
    assert max(map(len, done.stdout.decode().splitlines())) <= 80
    assert done.stdout.decode() == snapshot


def test_the_report_is_valid_and_the_same_bytes_each_time(room: Path) -> None:
    words = ("audit", "mixed", *AGAINST, "--output")
    for name, jobs in (("one.json", "1"), ("two.json", "2")):
        assert run(room, *words, f"json={name}", "--jobs", jobs).returncode == 1
    whole = (room / "one.json").read_bytes()
    assert whole == (room / "two.json").read_bytes()
    Draft202012Validator(schemas.load("report")).validate(json.loads(whole))


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_card_is_printed_in_each_form(form: str, room: Path, snapshot: SnapshotAssertion) -> None:
    done = run(room, "cite", "07BERN3", "--in", "mixed", *AGAINST, "--format", form)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    own = re.sub(r"(rules(?:\":)? \"?sha256:)[0-9a-f]+", r"\1…", text)  # changes with every rule
    assert re.sub(r"(settings\": \"sha256:)[0-9a-f]+", r"\1…", own) == snapshot
    if form == "json":
        Draft202012Validator(schemas.load("card")).validate(json.loads(text))
    elif form == "text":
        assert max(map(len, text.splitlines())) <= 80


def test_a_card_alone_is_valid_too(room: Path) -> None:
    done = run(room, "cite", "06BERN1", "--in", "pages", "--format", "json")
    card = json.loads(done.stdout)
    Draft202012Validator(schemas.load("card")).validate(card)
    assert card["origin"] is None
    assert [each["claim"] for each in card["statements"]] == ["footer", "date"]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("audit", "mixed", "--against", "pages"), 3, "no cable is in two of the sources"),
        (("audit", "mixed", *AGAINST, "--against", "pages"), 3, "sources pages, mixed"),
        (("audit", "empty"), 3, ""),
        (("audit", "nowhere"), 2, "no such file or folder: nowhere"),
        (("audit", "mixed", "--against", "nowhere"), 2, "no such file or folder: nowhere"),
        (("audit", "mixed", "--against", "mixed"), 2, "two sources are called mixed"),
        (("audit", "pages", *("--against", "pages") * 20), 2, "up to 20 sources"),
        (("audit", "mixed", "-o", "json=mixed/x/y.json"), 4, ""),
        (("cite", "07BERN99", "--in", "mixed"), 3, "no record with the identifier 07BERN99"),
        (("cite", "07BERN3", "--in", "nowhere"), 2, "no such file or folder: nowhere"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_its_status(
    words: tuple[str, ...], status: int, says: str, room: Path
) -> None:
    done = run(room, *words)
    assert (done.returncode, says in done.stderr.decode()) == (status, True), done.stderr
    assert done.stderr.decode().count("\n") <= 1


def test_a_manifest_of_another_version_is_refused_with_both(room: Path) -> None:
    text = (room / "C.manifest").read_text(encoding="utf-8")
    (room / "newer.manifest").write_text(text.replace("cableproof/1", "cableproof/2"))
    done = run(room, "audit", "mixed", "--against", "newer.manifest")
    assert done.returncode == 2
    assert "cableproof/2" in done.stderr.decode()
    assert "cableproof/1" in done.stderr.decode()


def test_audits_and_cards_are_there_for_programs(room: Path) -> None:
    against = [f"A={room / '201012070806'}", f"C={room / 'C.manifest'}"]
    report = cableproof.audit(room / "mixed", against=against)
    assert [each.name for each in report.against] == ["A", "C"]
    completeness = report.vector["completeness"]
    assert completeness is not None
    assert (completeness.agree, completeness.of) == (10, 11)
    card = cableproof.cite("07BERN3", room / "mixed", against=against)
    assert card.origin is not None
    assert card.origin.releases == ("C",)
