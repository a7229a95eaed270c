"""What is generated is fresh: the pages of the rules say what the cards say."""

import json
import re
import runpy
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


def test_the_page_of_the_settings_is_fresh() -> None:
    page = runpy.run_path(str(RULES.parent / "make.py"))["settings"]()
    assert (RULES.parent / "settings.md").read_text("utf-8") == page, "python docs/make.py"


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
