"""The page on precision is what the real pages and the verdicts give."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def precision() -> ModuleType:
    spec = importlib.util.spec_from_file_location("precision", ROOT / "docs" / "precision.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not module.DATA.is_dir():
        pytest.skip("the real pages are not at hand")
    return module


def test_the_page_is_fresh_and_its_goals_are_met(precision: ModuleType) -> None:
    found, judged = precision.reports(), precision.verdicts()
    assert precision.PAGE.read_text(encoding="utf-8") == precision.page(found, judged)
    assert all(precision.goals(precision.firings(found), judged).values())


def test_no_verdict_is_on_what_is_not_found_any_more(precision: ModuleType) -> None:
    fired = precision.firings(precision.reports())
    assert set(precision.verdicts()) <= set(fired)
