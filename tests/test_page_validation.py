"""The page of a validation: what it shows, what it leaves out, and that it fetches nothing."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import cableproof
from cableproof.outcome import Outcome
from cableproof.policy import Policy
from cableproof.reports.document import lines as document
from cableproof.reports.page import lines
from cableproof.saved import saved
from cableproof.weighing import weighed

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def report() -> Outcome:
    return cableproof.validate(ROOT / "data", ROOT / "examples" / "damaged")


def read(report: Outcome) -> Any:
    return html.fromstring("".join(lines(report)))


def words(page: Any, where: str) -> str:
    return " ".join(str(page.xpath(f"string({where})")).split())


def test_it_says_whether_the_archive_conforms_and_balances_its_books(report: Outcome) -> None:
    page = read(report)
    books = report.books
    lead = words(page, "//p[@class='lead']")
    assert lead.startswith("It does not conform.")
    assert (
        f"Of {books.records} records, {books.clean} are clean and {books.flagged} flagged" in lead
    )
    assert f"{books.inputs} inputs = {books.records} records" in words(
        page, "//section[@id='sources']"
    )
    clean = read(cableproof.validate(ROOT / "data", select=["IDN001"]))
    assert words(clean, "//p[@class='lead']").startswith("It conforms")


def test_each_rule_that_found_something_has_a_block_with_what_why_and_how_many(
    report: Outcome,
) -> None:
    page = read(report)
    rules = report.head()["summary"]["rules"]
    found = {code: rule["findings"] for code, rule in rules.items() if rule["findings"]}
    blocks = page.xpath("//table[@class='kinds']/tbody/tr")
    assert {block.get("id") for block in blocks} == set(found)
    for block in blocks:
        assert block.xpath("number(td[1]/text())") == found[block.get("id")]
        assert len(words(block, "td[2]")) > 40


def test_bars_count_by_source_year_and_post(report: Outcome) -> None:
    page = read(report)
    charts = {
        words(table, "caption"): {
            words(row, "th"): int(row.xpath("string(td/text())")) for row in table.xpath("tbody/tr")
        }
        for table in page.xpath("//table[contains(@class, 'bars')]")
    }
    assert sum(charts["By source"].values()) == sum(report.counts.values())
    of_2006 = [each for each in report.found() if (each["identifier"] or "").startswith("06")]
    assert charts["By year of the cable"]["2006"] == len(of_2006) > 0
    assert charts["By post"]["HELSINKI"] >= 2
    assert "EFTOBERN" not in charts["By post"]
    for rect in page.xpath("//table[contains(@class, 'bars')]//rect"):
        assert float(rect.get("x")) + float(rect.get("width")) <= 100.1


def test_what_was_not_run_is_not_passed_and_says_why(report: Outcome) -> None:
    told = words(read(report), "//section[@id='idle']")
    assert "Not run is not passed" in told
    assert "with no page marks: EXT005" in told


def test_accepted_and_known_findings_say_so(report: Outcome, tmp_path: Path) -> None:
    (tmp_path / "before.json").write_text("".join(document(report)))
    (tmp_path / "accepted.toml").write_text(
        '[[accepted]]\nrule = "TAG003"\npath = "*.html"\nreason = "as sent"\nwho = "us"\n'
    )
    policy = Policy(accepted=tmp_path / "accepted.toml", baseline=tmp_path / "before.json")
    page = read(weighed(report, policy))
    assert "accepted: as sent" in words(page, "//table[@id='found']")
    assert "0 new" in words(page, "//dl[@class='answers']")
    assert words(page, "//p[@class='lead']").startswith("It conforms")


def many(report: Outcome, number: int, room: Path, value: str) -> Outcome:
    whole = report.document()
    found = whole["findings"]
    whole["findings"] = [
        found[n % len(found)] | {"fingerprint": f"{n:016x}", "message": f"{value} {n}"}
        for n in range(number)
    ]
    counts = Counter(each["severity"] for each in whole["findings"])
    whole["summary"]["findings"] = {s: counts[s] for s in ("error", "warning", "note")}
    (room / "report.json").write_text(json.dumps(whole))
    return saved(room / "report.json")


def test_six_thousand_findings_fit_in_two_megabytes_and_the_cut_is_told(
    report: Outcome, tmp_path: Path
) -> None:
    text = "".join(lines(many(report, 6000, tmp_path, "a message of the usual length, so to say")))
    assert len(text.encode()) < 2_000_000
    page = html.fromstring(text)
    assert "This page lists 4,999 of 6,000 findings" in words(page, "//section[@id='findings']")
    assert page.xpath("count(//table[@id='found']/tbody/tr)") == 4999


def test_it_has_one_script_and_one_style_and_no_address(report: Outcome, tmp_path: Path) -> None:
    page = read(many(report, 50, tmp_path, "<script>window.planted = 1</script>"))
    assert page.xpath("count(//script)") == page.xpath("count(//style)") == 1
    assert not page.xpath("//*[@src]|//link|//@href[not(starts-with(., '#'))]")
    assert "default-src 'none'" in page.xpath("string(//meta[@http-equiv]/@content)")


def test_the_same_report_gives_the_same_bytes(report: Outcome) -> None:
    assert "".join(lines(report)) == "".join(lines(report))


def test_a_notebook_shows_verdict_books_rules_and_the_gravest(report: Outcome) -> None:
    piece = html.fromstring(report._repr_html_())
    said = " ".join(str(piece.xpath("string()")).split())
    assert said.startswith("cableproof validate: failed, 22 errors")
    assert f"{report.books.inputs} inputs = {report.books.records} records" in said
    rules = report.head()["summary"]["rules"]
    assert piece.xpath("count(.//tbody/tr)") == sum(bool(r["findings"]) for r in rules.values())
    assert piece.xpath("count(.//li)") == 11
    assert "… and 18 more" in said


def test_a_notebook_runs_nothing_and_fetches_nothing(report: Outcome, tmp_path: Path) -> None:
    piece = html.fromstring(many(report, 5, tmp_path, "<script>planted()</script>")._repr_html_())
    assert not piece.xpath("//script|//style|//@href|//@src|//@onclick")
    assert "<script>planted()" in str(piece.xpath("string()"))
