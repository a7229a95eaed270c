"""The page of a validation in a real browser: its filter, widths, colours, and no script."""

from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import cableproof
from cableproof.report import Report
from tests.browsing import FAINT, needs_chromium, wide, written

pytestmark = needs_chromium
ROOT = Path(__file__).parents[1]


@cache
def validated() -> Report:
    """Return the report on two sources."""
    return cableproof.validate(ROOT / "data", ROOT / "examples" / "damaged")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the address of the page of two sources."""
    return {"small": written(tmp_path_factory.mktemp("pages") / "small.html", validated())}


def shown(page: Page) -> int:
    return page.locator("#found tbody tr:visible").count()


def test_findings_are_filtered_by_rule_source_and_cable(page: Page) -> None:
    cables = {each["identifier"] for each in validated().found()} - {None}
    told = f"28 findings in {len(cables)} cables."
    expect(page.get_by_role("status")).to_have_text(told)
    page.get_by_label("Source", exact=True).select_option("data")
    assert shown(page) == 6
    page.get_by_label("Rule", exact=True).select_option("TAG003")
    expect(page.get_by_role("status")).to_have_text("1 of 28 findings in 1 cable.")
    page.get_by_label("Source", exact=True).select_option("damaged")
    expect(page.get_by_role("status")).to_contain_text("No finding is of that kind")
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Identifier contains").fill("bern801")
    expect(page.get_by_role("status")).to_have_text("2 of 28 findings in 1 cable.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert page.evaluate(FAINT) == []


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_the_page_is_no_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    inner, outer = wide(page)
    assert inner <= outer


def test_nothing_is_fetched_and_all_can_be_read_without_a_script(
    browser: Browser, files: dict[str, str]
) -> None:
    asked: list[str] = []
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(files["small"])
        assert shown(page) == 28
        assert page.get_by_role("search").count() == 0
    assert asked == [files["small"]]
