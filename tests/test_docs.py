"""What is generated is fresh: the pages of the rules say what the cards say."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cableproof.accepting import entries
from cableproof.finding import Severity
from cableproof.reports.rules import index, kind_page, page
from cableproof.settings import settings
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.collation.kinds import KINDS, Kind
from cableproof.validators.rule import Rule

RULES = Path(__file__).parents[1] / "docs" / "rules"
each_rule = pytest.mark.parametrize("rule", CATALOGUE.values(), ids=lambda rule: rule.code)


@each_rule
def test_every_rule_has_a_fresh_page(rule: Rule) -> None:
    text = (RULES / f"{rule.code}.md").read_bytes().decode("utf-8")
    assert text == page(rule), "python docs/make.py"


def test_the_list_of_rules_is_fresh() -> None:
    text = (RULES / "README.md").read_bytes().decode("utf-8")
    assert text == index([*CATALOGUE.values(), *KINDS.values()]), "python docs/make.py"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_of_discrepancy_has_a_fresh_page(kind: Kind) -> None:
    text = (RULES / f"{kind.code}.md").read_bytes().decode("utf-8")
    assert text == kind_page(kind), "python docs/make.py"


def test_there_is_no_page_without_a_rule() -> None:
    pages = {file.stem for file in RULES.iterdir()}
    assert pages == {*CATALOGUE, *KINDS, "README"}


@each_rule
def test_the_examples_of_a_page_are_json(rule: Rule) -> None:
    blocks = re.findall(r"```json\n(.*?)\n```", page(rule), re.DOTALL)
    shown = [[json.loads(line) for line in block.splitlines()] for block in blocks]
    assert shown == [[dict(row) for row in rule.bad], [dict(row) for row in rule.good]]


@each_rule
def test_the_list_of_rules_leads_to_the_page(rule: Rule) -> None:
    assert f"| [{rule.code}]({rule.code}.md) | {rule.name} |" in index([rule])


MADE = runpy.run_path(str(RULES.parent / "make.py"))["MADE"]


@pytest.mark.parametrize("name", MADE)
def test_a_page_that_is_made_is_fresh_and_its_commands_print_what_it_says(name: str) -> None:
    text = (RULES.parent / name).read_bytes().decode("utf-8")
    assert text == MADE[name](), "python docs/make.py"


def test_every_console_block_is_on_a_page_whose_commands_are_run() -> None:
    pages = [RULES.parents[1] / "README.md", *RULES.parent.rglob("*.md")]
    assert [page.name for page in pages if "```console" in page.read_text("utf-8")] == [
        "tutorial.md"
    ]


def commands_of_the_readme() -> list[str]:
    text = (RULES.parents[1] / "README.md").read_text("utf-8")
    blocks = re.findall(r"(?ms)^```\n(.*?)^```$", text)
    lines = (line.partition("  #")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line.startswith(("validate ", "cableproof "))]


@pytest.fixture(scope="module")
def readers_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that the commands of the README name."""
    room = tmp_path_factory.mktemp("reader")
    data = RULES.parents[1] / "data"
    for name in ("data", "mirror", "release", "release-1", "release-2", "release-3"):
        shutil.copytree(data, room / name)
    for name in ("dump.csv", "cables.csv"):
        shutil.copy(data / "cables.csv", room / name)
    shutil.copy(data / "pages" / "08BERN447.txt", room / "page.txt")
    shutil.copy(RULES.parents[1] / "data" / "cables.csv", room / "b.manifest")
    return room


def test_the_commands_of_the_readme_run_as_they_stand(readers_room: Path) -> None:
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = os.environ | {"PATH": programs, "HOME": str(readers_room)}
    commands = commands_of_the_readme()
    assert len(commands) > 15
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command], cwd=readers_room, env=own, capture_output=True, check=False
        )
        assert done.returncode in (0, 1), (command, done.stderr)


def test_the_examples_of_the_settings_can_be_read(tmp_path: Path) -> None:
    text = (RULES.parent / "settings.md").read_text("utf-8")
    own, accepted = re.findall(r"```toml\n(.*?)\n```", text, re.DOTALL)
    (tmp_path / "cableproof.toml").write_text(own)
    found = settings({"profile": "nightly"}, config=tmp_path / "cableproof.toml", environment={})
    assert found["notes"] is True
    assert found["fail-on"] == "warning"  # the file goes before the profile
    assert found.policy.severity("TAG002") is Severity.ERROR
    (tmp_path / "accepted.toml").write_text(accepted)
    assert [entry.line for entry in entries(tmp_path / "accepted.toml")] == [1, 8]
