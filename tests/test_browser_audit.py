"""The page of an audit in a real browser: filters, keyboard, colours, paper, and no script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.audited import alone, hostile, large, small, whole
from tests.browsing import FAINT, needs_chromium, wide, written

pytestmark = needs_chromium
ALL = {"small": small, "whole": whole, "alone": alone, "hostile": hostile}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the addresses of the pages of some audits."""
    folder = tmp_path_factory.mktemp("pages")
    return {name: written(folder / f"{name}.html", made()) for name, made in ALL.items()}


def part(page: Page, name: str) -> Locator:
    """Return a filter by what it is called."""
    return page.get_by_role("search", name=name)


def identifiers(page: Page, table: str) -> list[str]:
    return page.locator(f"#{table} tbody tr:visible th").all_inner_texts()


def test_findings_are_filtered_by_rule_and_by_severity(page: Page) -> None:
    findings = part(page, "Findings")
    findings.get_by_label("Rule").select_option("PRV005")
    assert identifiers(page, "found") == ["07BERN31", "07BERN32"]
    expect(findings.get_by_role("status")).to_have_text("2 of 5 findings in 2 cables.")
    findings.get_by_label("Rule").select_option("errors only")
    assert identifiers(page, "found") == ["07BERN9", "07BERN31"]
    findings.get_by_label("Rule").select_option("errors and warnings")
    assert len(identifiers(page, "found")) == 4


def test_a_finding_without_a_cable_is_counted_and_is_no_cable(page: Page) -> None:
    findings = part(page, "Findings")
    expect(findings.get_by_role("status")).to_have_text("5 findings in 3 cables.")
    findings.get_by_label("Rule").select_option("SRC007")
    expect(findings.get_by_role("status")).to_have_text("1 of 5 findings.")


def test_what_came_and_went_is_filtered_by_what_happened_and_by_cable(page: Page) -> None:
    fates = part(page, "What came and went")
    fates.get_by_label("What happened").select_option("missing")
    assert identifiers(page, "gone") == ["07BERN9", "07BERN38"]
    expect(fates.get_by_role("status")).to_have_text("2 of 8 cables.")
    fates.get_by_label("Cable contains").fill(" bern38 ")
    expect(fates.get_by_role("status")).to_have_text("1 of 8 cables.")
    fates.get_by_label("Cable contains").fill("no such cable")
    expect(fates.get_by_role("status")).to_contain_text("No cable is of that kind")
    fates.get_by_role("button", name="Show all").click()
    expect(fates.get_by_role("status")).to_have_text("8 cables.")


def test_one_filter_leaves_the_other_table_alone(page: Page) -> None:
    part(page, "Findings").get_by_label("Identifier contains").fill("no such cable")
    expect(part(page, "Findings").get_by_role("status")).to_contain_text("No finding")
    assert len(identifiers(page, "gone")) == 8


@pytest.mark.parametrize("name", ALL)
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
        for summary in page.locator("summary").all():
            summary.click()
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
        assert (len(identifiers(page, "found")), len(identifiers(page, "gone"))) == (5, 8)
        assert page.locator("select:visible, input:visible, button:visible").count() == 0
        page.locator("summary", has_text="2 pages").click()
        expect(page.get_by_text("07BERN37", exact=True)).to_be_visible()


def test_the_verdict_is_in_sight_when_the_page_opens(page: Page) -> None:
    for question in page.locator(".answers dt").all():
        expect(question).to_be_in_viewport()
    expect(page.get_by_text("5 are left over from an older one.")).to_be_in_viewport()
    expect(page.get_by_text("Some of its claims are false.")).to_be_in_viewport()


def test_keys_lead_from_a_question_to_its_answer(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the report")).to_be_focused()
    for name in ("origins", "fidelity", "claims", "fates"):
        page.keyboard.press("Tab")
        expect(page.locator(f".answers a[href='#{name}']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What came and went")).to_be_in_viewport()


def test_keys_reach_both_filters_and_open_the_evidence(page: Page) -> None:
    for name, controls in (
        ("What came and went", ("#by-fate", "#by-cable")),
        ("Findings", ("#by-rule", "#by-identifier")),
    ):
        page.locator(controls[0]).focus()
        for control in controls:
            expect(page.locator(control)).to_be_focused()
            expect(page.locator(control)).to_have_css("outline-style", "solid")
            page.keyboard.press("Tab")
        expect(part(page, name).get_by_role("button")).to_be_focused()
    summary = page.locator("summary", has_text="2 pages")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("07BERN37", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ALL)
def test_every_text_stands_out_from_its_ground(
    name: str, scheme: str, opened: Page, files: dict[str, str]
) -> None:
    opened.emulate_media(media="screen", color_scheme="dark" if scheme == "dark" else "light")
    opened.goto(files[name])
    opened.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert opened.evaluate(FAINT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_part_of_the_strip_has_a_colour_of_its_own(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    colours = page.locator(".strip rect").evaluate_all(
        "all => all.map(e => getComputedStyle(e).fill)"
    )
    squares = page.locator(".sets li").evaluate_all(
        "all => all.map(e => getComputedStyle(e, '::before').backgroundColor)"
    )
    assert len(set(colours)) == 4
    assert colours == squares


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", ALL)
def test_a_table_scrolls_and_never_the_page(
    name: str, width: int, browser: Browser, files: dict[str, str]
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(files[name])
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        across, screen = wide(page)
        assert across <= screen == width


def test_the_vector_needs_no_scrolling_on_a_narrow_screen(
    browser: Browser, files: dict[str, str]
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(files["small"])
        box = page.locator("#fidelity .scroll").first
        assert box.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_paper_has_every_row_and_all_evidence(page: Page) -> None:
    part(page, "Findings").get_by_label("Rule").select_option("PRV004")
    part(page, "What came and went").get_by_label("What happened").select_option("missing")
    page.emulate_media(media="print")
    assert (len(identifiers(page, "found")), len(identifiers(page, "gone"))) == (5, 8)
    shown = page.locator("details table, details li").evaluate_all(
        "all => all.map(e => e.checkVisibility())"
    )
    assert shown and all(shown)
    assert page.locator(".filter:visible, nav:visible").count() == 0


def test_five_thousand_rows_are_filtered_while_one_waits(browser: Browser, tmp_path: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(written(tmp_path / "large.html", large(5000)))
        part(page, "Findings").get_by_label("Rule").select_option("CMP101")
        told = part(page, "Findings").get_by_role("status")
        expect(told).to_have_text("1,250 of 5,000 findings in 1,250 cables.")
