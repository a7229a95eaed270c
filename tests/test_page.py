"""The page of a comparison: one file, safe, whole, and the same to the byte."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest
from lxml import html
from syrupy.assertion import SnapshotAssertion

from cableproof.comparing import compare
from cableproof.formats import FORMATS
from cableproof.reports.page import lines
from cableproof.reports.passages import marks, places
from cableproof.source import Source
from tests.archives import json_lines
from tests.collated import NAMES, apart, compared, hostile, large, place, small
from tests.read_pages import page, texts, tree
from tests.samples import CANARY, record

WORDS = {
    *("base", "present", "agrees", "differs", "differs otherwise", "silent", "absent"),
    *("unreadable", "base, withheld", "agrees, withheld", "differs, withheld"),
}


@pytest.fixture(scope="module")
def written() -> html.HtmlElement:
    return tree(small())


def test_the_whole_page_is_as_it_was(snapshot: SnapshotAssertion) -> None:
    body = page(small()).partition("</style>")[2].partition("<script>")[0]
    assert body == snapshot


def test_an_output_called_html_is_this_page() -> None:
    assert import_module(FORMATS["html"].module).lines is lines


def test_the_same_report_gives_the_same_bytes() -> None:
    assert page(small()) == page(small())


def test_no_line_ends_in_another_way_than_lf_and_the_last_one_ends() -> None:
    text = page(small())
    assert "\r" not in text and text.endswith("</html>\n")


def test_each_element_stands_where_the_standard_lets_it(written: html.HtmlElement) -> None:
    anchors = written.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    for link in written.xpath("//a/@href"):
        assert link.removeprefix("#") in anchors
    for table in written.xpath("//table"):
        assert table.xpath("count(caption)") == 1
        assert table.xpath("not(.//th[not(@scope)])")
    assert written.xpath("count(//h1)") == 1
    assert written.xpath("not((//select | //input)[not(@id = //label/@for)])")


def test_each_row_has_a_cell_for_each_column(written: html.HtmlElement) -> None:
    (table,) = written.xpath("//table[@id='witnesses']")
    wide = int(table.xpath("count(thead/tr/*)"))
    assert {len(row) for row in table.xpath("tbody/tr")} == {wide} == {3 + len(NAMES) + 1}


def test_nothing_is_fetched_and_no_address_is_named(written: html.HtmlElement) -> None:
    assert written.xpath("//@src | //link | //img | //iframe | //object | //form") == []
    assert re.findall(r"https?:|//[a-z]|url\(|@import|data:", page(small())) == []


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    text = page(small())
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    said = dict(re.findall("([a-z]+-[a-z]+) ([^;]+)", unescape(policy)))
    assert said == {
        "default-src": "'none'",
        "style-src": hashed(text, "style"),
        "script-src": hashed(text, "script"),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def hashed(text: str, name: str) -> str:
    """Return how a policy names the one element of this name."""
    (inside,) = re.findall(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'"


def test_no_style_and_no_handler_stands_in_an_attribute(written: html.HtmlElement) -> None:
    assert written.xpath("//@style | //@*[starts-with(name(), 'on')]") == []


def test_a_cell_says_in_words_what_a_source_says(written: html.HtmlElement) -> None:
    cells = written.xpath("//table[@id='witnesses']/tbody/tr/td[position() > 2][@class]")
    assert {cell.text.strip() for cell in cells} == WORDS


def test_values_of_metadata_stand_in_their_cells(written: html.HtmlElement) -> None:
    row = "//table[@id='witnesses']/tbody/tr[2]"
    assert texts(written, f"{row}/td/q") == ["CONFIDENTIAL", "SECRET"]


def test_words_that_not_all_sources_have_stand_out(written: html.HtmlElement) -> None:
    row = "//table[@id='witnesses']/tbody/tr[3]"
    assert texts(written, f"{row}/td/q") == ["ELTN PREL SZ", "ELTN SZ", "PREL ELTN SZ"]
    assert texts(written, f"{row}/td/q/b") == ["PREL", "PREL"]


def test_an_empty_value_is_called_empty() -> None:
    row = apart("CMP204", "07BERN1", "tags", "agrees differs agrees", ("ELTN", "", "ELTN"))
    assert texts(tree(compared([row])), "//q") == ["ELTN", "(empty)", "ELTN"]


def test_a_long_value_is_cut_and_says_by_how_much() -> None:
    row = apart("CMP205", "07BERN1", "subject", "agrees differs silent", ("A" * 130, "B", None))
    assert texts(tree(compared([row])), "//q") == ["A" * 120 + "… (+10)", "B"]


def test_a_value_that_may_not_be_told_is_called_withheld() -> None:
    row = apart(
        "CMP203", "07BERN1", "origin", "agrees differs silent", ("Embassy Bern", None, None)
    )
    assert "differs, withheld" in texts(tree(compared([row])), "//td")


def test_a_block_tells_the_places_in_a_text(written: html.HtmlElement) -> None:
    block = "//div[@id='c1']"
    assert texts(written, f"{block}//li") == [
        "heading · 1 % · −1 +1",
        "¶ 2 · 31 % · −4 +2",
        "¶ 7 · 88 % · −0 +60",
    ]
    assert written.xpath(f"string({block}//path/@d)") == "M1 12v-4M31 12v-6M88 12v-12"


def test_of_what_is_covered_only_a_coarse_length_is_told(written: html.HtmlElement) -> None:
    assert texts(written, "//div[@id='c2']//li") == [
        "¶ 3 · 42 % · a phrase",
        "¶ 5 · 60 % · paragraphs",
        "¶ 4 · 50 % · a few words",
    ]


@pytest.mark.parametrize(
    ("passages", "drawn", "told"),
    [
        ([place(1, 5, 2)], "M5 12v-4", "−2 +0"),
        ([place(1, 5, 0, 10)], "M5 12v-6", "−0 +10"),
        ([place(1, 5, 50)], "M5 12v-9", "−50 +0"),
        ([place(1, 100, 1051)], "M100 12v-12", "−1,051 +0"),
        ([place(1, 5, 1), place(2, 5, 30)], "M5 12v-9", "−1 +0"),
        ([place(1, 0, length="none")], "M0 12v-4", "no words"),
    ],
)
def test_a_mark_is_as_high_as_much_differs(
    passages: Sequence[dict[str, object]], drawn: str, told: str
) -> None:
    assert marks(passages) == drawn
    assert places(passages)[0].much == told


@pytest.mark.parametrize(
    ("identical", "both", "share"),
    [
        (0, 0, "none in common"),
        (0, 3000, "0 % 0 of 3,000"),
        (1, 3000, "< 0.1 % 1 of 3,000"),
        (2999, 3000, "99.9 % 2,999 of 3,000"),
        (3000, 3000, "100 % 3,000 of 3,000"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_none(identical: int, both: int, share: str) -> None:
    report = compared([], names=("a", "b"))
    same = replace(report.pairs[0], both=0, cables_a=1, cables_b=0).with_identical(both)
    pairs = (replace(same, identical=identical),)
    cells = tree(replace(report, pairs=pairs)).xpath("//table[@class='matrix']/tbody/tr[1]/td[2]")
    assert " ".join(cells[0].xpath(".//text()")).replace("\xa0", " ") == share


def test_what_was_wrong_with_the_input_is_told(written: html.HtmlElement) -> None:
    assert texts(written, "//section[@id='input']//tbody/tr/*") == [
        *("SRC003 damaged recorderror", "C import"),
        *("archives/import/pages/07BERN9.txt, line 12", "the page ends before its text"),
    ]


def test_copies_are_told(written: html.HtmlElement) -> None:
    rows = texts(written, "//section[@id='copies']//tbody/tr/td[last()]")
    assert rows == ["nothing", "CMP301"]


def test_sources_with_short_names_have_no_other_letters() -> None:
    row = apart("CMP204", "07BERN1", "tags", "agrees differs", ("ELTN", "SZ"), names=("C", "A"))
    found = tree(compared([row], names=("C", "A")))
    assert texts(found, "//table[@id='witnesses']/thead//th")[3:5] == ["C", "A"]
    assert texts(found, "//table[@class='matrix']/thead//th") == ["C", "A"]
    assert texts(found, "//select[@id='by-source']/option")[1:] == ["C", "A"]


def test_sources_that_differ_in_nothing_give_a_whole_page() -> None:
    found = tree(compared([], reference="harbour"))
    assert "The sources differ in no cable." in texts(found, "//p")
    assert found.xpath("//*[@id='filter'] | //details") == []


def test_every_foreign_value_is_escaped() -> None:
    text = page(hostile())
    assert "<script>window" not in text and "<img" not in text
    assert text.count("<script>") == 1 == text.count("</script>")
    assert "\u202e" not in text and "\x1b" not in text and "\\u202e" in text


def test_five_thousand_differences_fit_in_two_megabytes() -> None:
    assert len(page(large()).encode()) < 2_000_000


def test_a_page_of_real_sources_holds_no_text(tmp_path: Path) -> None:
    said = record(1)["body"]
    bodies = {
        "whole": said,
        "covered": said.replace("benches", "XXXXXXX"),
        "other": said.replace("a lamp", "two lamps and a clock"),
    }
    for name, body in bodies.items():
        (tmp_path / f"{name}.jsonl").write_text(json_lines([record(1, body=body), record(2)]))
    report = compare([Source(name, tmp_path / f"{name}.jsonl") for name in bodies])
    assert {"CMP306"} < set(report.kinds)
    text = page(report).partition("</style>")[2]
    assert not any(word in text for word in (CANARY, "benches", "lamp", "clock"))


def test_a_page_lists_what_it_has_room_for_and_says_what_it_leaves_out() -> None:
    page = tree(large(6000))
    assert len(page.xpath("//table[@id='witnesses']/tbody/tr")) == 5000
    said = " ".join(str(page.xpath("string(//section[@id='differences'])")).split())
    assert "This page lists 5,000 of 6,000 differences" in said
    left_out = said.partition("Not listed: ")[2].partition(".")[0]
    numbers = re.findall(r"([0-9,]+) CMP", left_out)
    assert sum(int(number.replace(",", "")) for number in numbers) == 1000
