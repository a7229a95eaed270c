"""Other packages add rules, sources and forms of a report: the example beside these tests does."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.archives import json_lines, record

EXAMPLE = Path(__file__).parent / "example_plugin"
ROLL = (
    "TRAM OFFICE TELEX\n"
    "06BERN1|Embassy Bern|2006-09-12 12:39:00|UNCLASSIFIED|Tram 1 ran.\n"
    "a torn line\n"
    "06BERN9123|Embassy Bern|2006-09-12 12:39:00|UNCLASSIFIED|Tram 2 ran.\n"
)


def installed(folder: Path, kind: str = "tram-telex", **changes: str) -> Path:
    """Return a folder in which the example is as an installer would leave it."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    info = folder / "cableproof_trams-1.0.dist-info"
    info.mkdir(parents=True)
    told = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(told)
    groups = project["entry-points"]
    entries = [
        f"[{group}]\n"
        + "".join(
            f"{kind if name == 'tram-telex' else name} = {value}\n"
            for name, value in points.items()
        )
        for group, points in groups.items()
    ]
    (info / "entry_points.txt").write_text("\n".join(entries))
    (folder / "trams").mkdir()
    for file in (EXAMPLE / "trams").glob("*.py"):
        (folder / "trams" / file.name).write_text(changes.get(file.stem) or file.read_text())
    return folder


def run(site: Path, cwd: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    program = "from cableproof.cli import main; main()"
    command = [sys.executable, "-c", program, *words]
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    own = {"PYTHONPATH": path, "CABLEPROOF_CACHE_DIR": str(cwd / "kept")}
    return subprocess.run(
        command, cwd=cwd, env=os.environ | own, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(tmp_path_factory.mktemp("site"))


def test_a_rule_of_another_package_runs_and_explains_itself(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json_lines([record(1), record(9123)]), encoding="utf-8")
    ended = run(site, tmp_path, "validate", "a.jsonl", "--select", "TRM", "-o", "json=out.json")
    assert (ended.returncode, ended.stderr.count("wrote out.json")) == (0, 1)
    (finding,) = json.loads((tmp_path / "out.json").read_text())["findings"]
    assert (finding["rule"], finding["identifier"]) == ("TRM001", "06BERN9123")
    explained = run(site, tmp_path, "rule", "TRM001").stdout
    assert "The serial is higher than any that the office gave." in explained


def test_the_examples_of_its_card_are_found_and_not_found(site: Path, tmp_path: Path) -> None:
    program = (
        "from cableproof.validators.catalogue import rule\n"
        "from tests.conftest import found_alone\n"
        "card = rule('TRM001')\n"
        "print([['TRM001' in codes for codes in found_alone(e)] for e in (card.bad, card.good)])\n"
    )
    path = os.pathsep.join([str(site), str(EXAMPLE.parents[1]), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[[True], [False]]\n"


def test_a_source_of_another_package_is_read_and_accounted_for(site: Path, tmp_path: Path) -> None:
    (tmp_path / "roll.telex").write_text(ROLL)
    ended = run(site, tmp_path, "validate", "roll.telex", "-o", "json=out.json")
    report = json.loads((tmp_path / "out.json").read_text())
    (source,) = report["sources"]
    assert (source["kinds"], source["unreadable"]) == ({"tram-telex": 2}, 1)
    lost = next(each for each in report["findings"] if each["rule"] == "SRC003")
    assert (lost["place"]["line"], lost["place"]["start"]) == (3, ROLL.index("a torn"))
    assert "not five values" in ended.stdout


def test_files_named_for_cables_are_offered_too(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "06BERN1.telex").write_text(ROLL)
    run(site, tmp_path, "validate", "a", "-o", "json=out.json")
    (source,) = json.loads((tmp_path / "out.json").read_text())["sources"]
    assert source["kinds"] == {"tram-telex": 2}


def test_texts_of_such_sources_are_compared(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.telex").write_text(ROLL)
    (tmp_path / "b.telex").write_text(ROLL.replace("Tram 2 ran", "Tram 2 stood still"))
    words = ("compare", "a.telex", "b.telex", "--jobs", "1", "-o", "json=out.json")
    ended = run(site, tmp_path, *words)
    comparison = json.loads((tmp_path / "out.json").read_text())["comparison"]
    (found,) = comparison["discrepancies"]
    assert (ended.returncode, found["identifier"]) == (1, "06BERN9123")
    assert "stood" not in ended.stdout


def test_a_form_of_another_package_is_written_and_rendered(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json_lines([record(9123)]), encoding="utf-8")
    words = ("validate", "a.jsonl", "--select", "TRM", "-o", "json=a.json", "-o", "tram-list=a.txt")
    run(site, tmp_path, *words)
    assert (tmp_path / "a.txt").read_text() == "TRM001 06BERN9123\n1 in all\n"
    rendered = run(site, tmp_path, "render", "a.json", "--format", "tram-list").stdout
    assert rendered == "TRM001 06BERN9123\n1 in all\n"


def test_without_the_package_what_was_kept_with_it_is_not_found(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json_lines([record(9123)]), encoding="utf-8")
    words = ("validate", "a.jsonl", "--cache", "--fail-on", "warning")
    assert run(site, tmp_path, *words).returncode == 1
    assert "TRM001" in run(site, tmp_path, *words).stdout
    alone = run(tmp_path / "nowhere", tmp_path, *words)
    assert (alone.returncode, "TRM001" in alone.stdout) == (0, False)


RULES = (EXAMPLE / "trams" / "rules.py").read_text()


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (RULES.replace("TRM001", "TAG001"), "TAG001 is no code of its own"),
        (RULES.replace("TRM001", "CMP301"), "CMP301 is no code of its own"),
        (RULES.replace("TRM001", "trams"), "trams is no code of its own"),
        (RULES.replace("{identifier} has", "{body} has"), "TRM001 may tell no body"),
        ("raise ValueError('the secret tram')\n", "trams.rules: ValueError"),
    ],
)
def test_a_package_that_is_not_as_it_must_be_ends_with_2_and_says_why(
    rules: str, told: str, tmp_path: Path
) -> None:
    site = installed(tmp_path / "site", rules=rules)
    ended = run(site, tmp_path, "rules")
    assert ended.returncode == 2
    assert f"plug-in trams: {told}" in ended.stderr
    assert "secret" not in ended.stderr


@pytest.mark.parametrize("kind", ["json-lines", "tram-page"])
def test_a_kind_of_source_has_a_name_of_its_own(kind: str, tmp_path: Path) -> None:
    site = installed(tmp_path / "site", kind=kind)
    (tmp_path / "roll.telex").write_text(ROLL)
    ended = run(site, tmp_path, "validate", "roll.telex")
    assert ended.returncode == 2
    assert f"plug-in {kind}: a kind of source needs a name of its own" in ended.stderr
