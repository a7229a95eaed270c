"""The page of a comparison in a real browser: filter, keyboard, colours, paper, and no script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import FAINT, needs_chromium, wide, written
from tests.collated import hostile, large, small

pytestmark = needs_chromium
ROWS = "#witnesses tbody tr:visible"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the addresses of the pages of some comparisons."""
    folder = tmp_path_factory.mktemp("pages")
    return {
        name: written(folder / f"{name}.html", report)
        for name, report in {"small": small(), "hostile": hostile()}.items()
    }


def identifiers(page: Page) -> list[str]:
    return page.locator(f"{ROWS} th").all_inner_texts()


def test_the_filter_shows_one_kind(page: Page) -> None:
    page.get_by_label("Kind", exact=True).select_option("CMP204")
    assert identifiers(page) == ["07BERN1"]
    expect(page.get_by_role("status")).to_have_text("1 of 8 differences in 1 cable.")
    assert page.locator("#places details:visible").count() == 0


def test_the_filter_shows_one_severity(page: Page) -> None:
    page.get_by_label("Kind", exact=True).select_option("errors only")
    assert identifiers(page) == ["06BERN12", "07BERN1", "07BERN1", "07BERN2"]
    page.get_by_label("Kind", exact=True).select_option("errors and warnings")
    assert len(identifiers(page)) == 7


def test_the_filter_shows_where_one_source_stands_apart(page: Page) -> None:
    page.get_by_label("Source that stands apart").select_option("C import")
    assert identifiers(page) == ["06BERN12", "07BERN1", "07BERN2", "07BERN30"]
    expect(page.get_by_role("status")).to_have_text("4 of 8 differences in 4 cables.")


def test_the_filter_shows_one_cable_and_its_block(page: Page) -> None:
    page.get_by_label("Identifier contains").fill(" bern2 ")
    expect(page.get_by_role("status")).to_have_text("3 of 8 differences in 1 cable.")
    assert identifiers(page) == ["07BERN2"] * 3
    assert page.locator("#places details:visible summary").count() == 1


def test_the_filter_says_so_when_nothing_is_left_and_shows_all_again(page: Page) -> None:
    page.get_by_label("Identifier contains").fill("no such cable")
    expect(page.get_by_role("status")).to_contain_text("No difference is of that kind")
    assert identifiers(page) == []
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("status")).to_have_text("8 differences in 4 cables.")
    assert len(identifiers(page)) == 8


def test_the_count_is_announced(page: Page) -> None:
    assert page.get_by_role("status").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_nothing_is_fetched_and_nothing_of_the_data_runs(
    name: str, browser: Browser, files: dict[str, str]
) -> None:
    asked, said = [], []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(files[name])
        page.locator("summary").first.click()
        page.locator("#by-source").select_option(index=2)
        assert page.evaluate("window.planted") is None
        assert page.locator("body script").count() == 1
        assert page.locator("a[href^='javascript:'], img, [onclick], [onload]").count() == 0
    assert asked == [files[name]]
    assert said == []


def test_without_script_all_is_there_and_no_idle_control(
    browser: Browser, files: dict[str, str]
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(files["small"])
        assert len(identifiers(page)) == 8
        assert page.locator("select:visible, input:visible, button:visible").count() == 0
        page.locator("summary").first.click()
        expect(page.locator("#c1 li").first).to_be_visible()


def test_the_first_key_leads_past_the_top(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the report")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_keys_reach_the_filter_and_what_has_the_focus_is_outlined(page: Page) -> None:
    page.locator("#kinds .scroll").focus()
    for control in ("#by-kind", "#by-source", "#by-identifier", "#reset"):
        page.keyboard.press("Tab")
        expect(page.locator(control)).to_be_focused()
        expect(page.locator(control)).to_have_css("outline-style", "solid")


def test_a_key_opens_a_block(page: Page) -> None:
    page.locator("summary").first.focus()
    expect(page.locator("#c1")).not_to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#c1")).to_be_visible()


def test_a_link_in_the_table_opens_its_block(page: Page) -> None:
    page.get_by_role("link", name="3 places").click()
    expect(page.locator("#c1 svg")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.locator("summary").first.click()
    assert page.evaluate(FAINT) == []


def test_dark_is_dark(page: Page) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(251, 250, 246)", "rgb(23, 25, 29)"]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", ["small", "hostile"])
def test_a_table_scrolls_and_never_the_page(
    name: str, width: int, browser: Browser, files: dict[str, str]
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(files[name])
        page.locator("summary").first.click()
        across, screen = wide(page)
        assert across <= screen == width


def test_the_head_of_the_table_stays_in_sight(browser: Browser, tmp_path: Path) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(written(tmp_path / "large.html", large(200)))
        page.locator("#differences .tall").scroll_into_view_if_needed()
        page.locator("#witnesses tbody tr").last.scroll_into_view_if_needed()
        expect(page.get_by_role("columnheader", name="How much")).to_be_in_viewport()


def test_paper_has_every_row_and_every_block(page: Page) -> None:
    page.get_by_label("Kind", exact=True).select_option("CMP204")
    page.emulate_media(media="print")
    assert len(identifiers(page)) == 8
    shown = page.locator("#places li").evaluate_all("all => all.map(e => e.checkVisibility())")
    assert shown == [True] * 9
    assert page.locator("#filter:visible, nav:visible").count() == 0


def test_the_printer_opens_what_is_shut_and_shuts_it_again(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details[open]").count() == 2
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
