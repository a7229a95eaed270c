"""The page of an audit: one file, safe, whole, and the same to the byte."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from syrupy.assertion import SnapshotAssertion

from cableproof.auditing import audit
from cableproof.validators.audit.fidelity import Component
from tests import mirrors
from tests.audited import (
    NAMES,
    alone,
    audited,
    claim,
    hostile,
    large,
    origin,
    small,
    vector,
    whole,
)
from tests.read_pages import page, texts, tree

LEFT_OVER = "and 5 are left over from an older one"
ALL = {"small": small, "whole": whole, "alone": alone, "hostile": hostile}


def rows(node: html.HtmlElement, table: str) -> list[list[str]]:
    """Return the cells of a table, of which a path says where it is."""
    return [texts(row, "./*") for row in node.xpath(f"{table}/tbody/tr")]


@pytest.fixture(scope="module")
def written() -> html.HtmlElement:
    return tree(small())


def test_the_whole_page_is_as_it_was(snapshot: SnapshotAssertion) -> None:
    body = page(small()).partition("</style>")[2].partition("<script>")[0]
    assert body == snapshot


@pytest.mark.parametrize("name", ALL)
def test_the_same_audit_gives_the_same_bytes_and_ends_in_lf(name: str) -> None:
    text = page(ALL[name]())
    assert text == page(ALL[name]())
    assert "\r" not in text and text.endswith("</html>\n")


@pytest.mark.parametrize("name", ALL)
def test_each_element_stands_where_the_standard_lets_it(name: str) -> None:
    written = tree(ALL[name]())
    anchors = written.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    for link in written.xpath("//a/@href"):
        assert link.removeprefix("#") in anchors
    for table in written.xpath("//table"):
        assert table.xpath("count(caption)") == 1
        assert table.xpath("not(.//th[not(@scope)])")
        assert len({len(row) for row in table.xpath("*/tr")}) == 1
    assert written.xpath("count(//h1)") == 1
    assert written.xpath("not((//select | //input)[not(@id = //label/@for)])")


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_fetched_and_no_style_or_handler_stands_in_an_attribute(name: str) -> None:
    written = tree(ALL[name]())
    assert written.xpath("//@src | //link | //img | //iframe | //object | //form") == []
    assert written.xpath("//@style | //@*[starts-with(name(), 'on')]") == []


def test_each_component_has_its_share_and_its_denominator(written: html.HtmlElement) -> None:
    said = {row[0].split()[0][:8]: row[1] for row in rows(written, "//table[@class='vector']")}
    assert list(said.values()) == [
        *("92.5 % 37 of 40", "97.2 % 36 of 37", "97.2 % 36 of 37", "81.0 % 30 of 37"),
        *("100 % 37 of 37", "not asked", "97.0 % 97 of 100"),
    ]


def test_a_bar_is_as_wide_as_the_share_it_stands_for(written: html.HtmlElement) -> None:
    bars = written.xpath("//table[@class='vector']//rect/@width")
    assert bars == ["92.5", "97.2", "97.2", "81.0", "100.0", "97.0"]


@pytest.mark.parametrize(
    ("agree", "of", "told"),
    [
        (9999, 10000, "99.9 % 9,999 of 10,000"),
        (1, 10000, "< 0.1 % 1 of 10,000"),
        (0, 10000, "0 % 0 of 10,000"),
        (0, 0, "not asked"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_none(agree: int, of: int, told: str) -> None:
    report = audited(vector=vector(redaction=replace_counts(agree, of)))
    table = rows(tree(report), "//table[@class='vector']")
    assert table[4][1].replace("\xa0", " ") == told


def replace_counts(agree: int, of: int) -> Component:
    facts = {"covered_here": 0, "covered_there": 0, "restyled": 0}
    return Component(agree, of, facts)


def test_what_moved_a_component_stands_beside_it(written: html.HtmlElement) -> None:
    moved = [row[2] for row in rows(written, "//table[@class='vector']")]
    assert moved[0] == "1 missing1 unreadableheld against harbour-2012"
    assert moved[1] == "wording differs (CMP306): 1"
    assert moved[2:4] == ["tags: 1 differ", "7 as in harbour-2010"]
    assert moved[5] == "no manifest among the releases"


def test_the_top_answers_where_how_faithful_which_claims_and_what_went(
    written: html.HtmlElement,
) -> None:
    answers = [texts(each, "dd") for each in written.xpath("//dl[@class='answers']/div")]
    assert answers[0][:2] == [
        "20 pages: C harbour-2012",
        "10 pages: B harbour-2011 or C harbour-2012",
    ]
    assert answers[0][3:] == ["2 pages: none of those given", "5 left over from an older release"]
    assert answers[1][-2:] == ["all agrees: redaction", "not asked: fixity"]
    assert answers[2][0] == "contradicted 2 claims"
    assert answers[2][5] == "false on 5 pages: release in the last line, “harbour-2012”"
    assert [each.split(" ", 2)[:2] for each in answers[3]] == [
        *(["1", "withdrawn:"], ["2", "missing:"], ["1", "unknown:"], ["4", "restored:"]),
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("small", f"No one release has every page, {LEFT_OVER}. Some of its claims are false."),
        ("whole", "Every page can come from A."),
        ("alone", "No copy of a release was given, so that 37 pages vouch for themselves."),
    ],
)
def test_the_first_sentence_says_whether_one_release_has_every_page(name: str, told: str) -> None:
    assert texts(tree(ALL[name]()), "//p[@class='lead']") == [told]


def test_the_strip_is_divided_as_the_pages_are(written: html.HtmlElement) -> None:
    found = written.xpath("//*[@class='strip']/rect")
    assert [float(each.get("width")) for each in found] == pytest.approx(
        [2000 / 37, 1000 / 37, 500 / 37, 200 / 37]
    )
    assert float(found[1].get("x")) == pytest.approx(2000 / 37)
    assert found[3].get("class") == "t6"


def test_a_release_is_a_column_with_what_the_mirror_has_of_it(written: html.HtmlElement) -> None:
    table = {row[0]: row[1:] for row in rows(written, "//table[@class='releases']")}
    assert table["released"] == ["2010-12-07 0806", "2011-01-04", "2011-01-05"]
    assert table["cables by its own count"] == ["960so this is a selection", "not told", "40"]
    assert table["its cables that are here"][0] == "97.5 %39 of 40"
    assert table["pages that can come from it"][2] == "3020 from it alone"
    assert table["tied with"] == ["none", "C harbour-2012", "B harbour-2011"]


def test_releases_with_short_names_have_no_other_letters() -> None:
    report = audited(("B", "A"), origins=(origin(("A",), 37),))
    heads = texts(tree(report), "//table[@class='releases']/thead//th")
    assert heads == ["B", "A"]


def test_each_part_has_what_each_kind_of_evidence_says_of_each_release(
    written: html.HtmlElement,
) -> None:
    table = "(//table[@class='evidence'])[3]"
    assert [row[1:] for row in rows(written, table)] == [
        ["for", "against", "against"],
        ["nothing", "nothing", "for"],
    ]
    assert "it never narrows a set" in rows(written, table)[1][0]
    assert texts(written, f"{table}/tfoot//td") == ["yes", "no", "no"]


def test_parts_stand_as_in_the_strip_and_say_which_releases_alone_have_their_cables() -> None:
    origins = (
        origin(("A",), 15, {"counter": (("A",), ("B", "C"))}),
        origin(("C",), 12, {"presence": (("C",), ()), "counter": (("C",), ("A", "B"))}),
        origin(("C",), 10, {"presence": (("B", "C"), ()), "text": (("C",), ("B",))}),
        origin((), 5, {"presence": ((), ("A", "B", "C"))}),
    )
    found = tree(audited(("A", "B", "C"), origins=origins))
    said = texts(found, "//details[.//table[@class='evidence']]/summary")
    assert said == [
        "12 pages: C counter for C; only C has these cables",
        "10 pages: C text for C; only B and C have these cables",
        "15 pages: A counter for A",
        "5 pages: none of those given presence against all",
    ]


def test_a_mirror_that_is_whole_was_moved_by_nothing() -> None:
    (moved, *_) = [row[2] for row in rows(tree(whole()), "//table[@class='vector']")]
    assert moved == "nothingheld against A"


def test_left_over_pages_are_named(written: html.HtmlElement) -> None:
    names = texts(written, "//h3[. = 'Left over from an older release']/following-sibling::*//li")
    assert names == [f"07BERN{number}" for number in range(31, 36)]


def test_claims_that_are_false_come_first_and_say_why(written: html.HtmlElement) -> None:
    table = rows(written, "//table[@class='claims']")
    assert table[0][1:] == [
        *("harbour-2012", "contradicted 5 supported 20"),
        "it means harbour-2012counter contradicts it on 5 pages",
    ]
    assert [row[2].split()[0] for row in table] == [
        *("contradicted", "contradicted", "unreadable", "untestable", "consistent", "supported"),
    ]


def test_what_came_and_went_is_told_cable_by_cable(written: html.HtmlElement) -> None:
    table = rows(written, "//table[@id='gone']")
    assert table[0] == ["07BERN9", "missing", "harbour-2012", ""]
    assert table[4] == ["07BERN3", "restored", "harbour-2010", "the mirror has the earlier form"]
    assert len(table) == 8


def test_each_finding_is_a_row_with_its_place(written: html.HtmlElement) -> None:
    table = rows(written, "//table[@id='found']")
    assert table[1] == [
        *("07BERN31", "PRV004 contradicted claimerror", "source_release"),
        "07BERN31 is not as it was",
        "archives/mirror/cable/2007/01/07BERN31.html, line 1",
    ]
    assert [row[0] for row in table] == ["07BERN9", "07BERN31", "07BERN31", "07BERN32", ""]


def test_what_was_not_run_is_told_and_why(written: html.HtmlElement) -> None:
    (said,) = texts(written, "//section[@id='findings']/details//p")
    assert said.startswith("120 records with nothing but a reference's part: CMP101 PRV004")


def test_without_releases_pages_are_told_apart_by_their_counter() -> None:
    found = tree(alone())
    assert texts(found, "//ul[@class='sets']/li") == [
        "30 pages: 1,060 cables out",
        "7 pages: no number",
    ]
    assert found.xpath("//table[@class='releases'] | //table[@class='evidence']") == []


def test_every_foreign_value_is_escaped() -> None:
    text = page(hostile())
    assert "<script>window" not in text and "<img" not in text
    assert text.count("<script>") == 1 == text.count("</script>")
    assert "\u202e" not in text and "\x1b" not in text and "\\u202e" in text


@pytest.mark.parametrize("names", [NAMES, tuple(f"release-{n}" for n in range(19))])
def test_five_thousand_findings_and_fates_fit_in_two_megabytes(names: tuple[str, ...]) -> None:
    assert len(page(large(5000, names)).encode()) < 2_000_000


def test_a_page_lists_what_it_has_room_for_and_says_what_it_leaves_out() -> None:
    found = tree(large(6000))
    said = {name: " ".join(texts(found, f"//section[@id='{name}']/p")) for name in SECTIONS}
    for name, table in (("fates", "gone"), ("findings", "found")):
        assert found.xpath(f"count(//table[@id='{table}']/tbody/tr)") == 5000
        assert "lists 5,000 of 6,000" in said[name] and "the JSON report lists all" in said[name]
        left_out = said[name].partition("Not listed: ")[2].partition(".")[0]
        numbers = re.findall(r"(?<![A-Z0-9])([0-9,]+) ", left_out)
        assert sum(int(number.replace(",", "")) for number in numbers) == 1000
    assert "lists 500 of 600 claims" in said["claims"]
    assert "Not listed: 56 parts with 5,600 pages" in said["origins"]
    assert "… and 1,000 more" in str(found.xpath("string(//section[@id='origins'])"))


SECTIONS = ("origins", "claims", "fates", "findings")


def test_the_first_to_be_left_out_are_missing_cables_and_mere_notes() -> None:
    found = tree(large(6000))
    kept = [row[1] for row in rows(found, "//table[@id='gone']")]
    assert Counter(kept) == {"missing": 1400, "withdrawn": 1200, "unknown": 1200, "restored": 1200}
    assert "Not listed: 1,000 missing." in " ".join(texts(found, "//section[@id='fates']/p"))
    assert "1,000 SRC007" in " ".join(texts(found, "//section[@id='findings']/p"))


def test_many_sets_are_drawn_as_one_beyond_those_there_is_room_for() -> None:
    counted = tuple(origin((), 1, counter=n) for n in range(40))
    said = texts(tree(replace(alone(), origins=counted)), "//ul[@class='sets']/li")
    assert len(said) == 25 and said[-1] == "16 pages: 16 other sets"


def test_a_mirror_that_claims_nothing_says_so() -> None:
    said = " ".join(texts(tree(whole()), "//section[@id='claims']/p"))
    assert said == "Neither its pages nor its folder say of which release they are."
    none = audited(statements=(claim("counter", {"released_so_far": 9}, {"supported": 1}),))
    assert "9 supported 1" in " ".join(texts(tree(none), "//section[@id='claims']//td"))


def test_a_page_of_a_real_mirror_holds_no_text(tmp_path: Path) -> None:
    sources = [mirrors.write(tmp_path, name) for name in "ABC"]
    mirrors.without_deleting([each.path for each in sources], tmp_path / "mixed")
    mixed = replace(sources[0], name="mixed", path=tmp_path / "mixed")
    text = page(audit(mixed, sources)).partition("</style>")[2]
    assert "07BERN5" in text
    assert not any(word in text for word in (mirrors.NAME, "keeper", "ran on time", "ferry"))
